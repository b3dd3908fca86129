"""Where each row of the checklist stands: wanted, here, promised, replaced, or to be looked up online."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from registration.application_value import Application, PageRef
from registration.checklist import Checklist, ChecklistItem, Need
from registration.compound_file import CompoundFile
from registration.conditions import Facts
from registration.deferral import may_defer, open_deferrals, words_of
from registration.errors import Problem
from registration.legacy import accepted_substitutions, categories_of, owed_by_developer
from registration.packs import PackSet


class Standing(StrEnum):
    """How one row stands."""

    HERE = "here"
    MISSING = "missing"
    DEFERRED = "deferred"  # 容缺
    REPLACED = "replaced"  # by a department's opinion
    TO_VERIFY = "to_verify"  # shared data: 待联网核验
    APART = "apart"  # the developer's debt, kept apart
    OPTIONAL = "optional"  # may be handed in
    NOT_WANTED = "not_wanted"


@dataclass(frozen=True)
class Row:
    """One row of the board: what it asks for, how many pages are here, and how it stands."""

    item: ChecklistItem
    standing: Standing
    pages: int
    declared: int = 0  # pages that the operator said there are


def rows_of(
    application: Application,
    checklist: Checklist,
    pages: Sequence[PageRef],
    file: CompoundFile | None,
    facts: Facts,
    packs: PackSet,
) -> tuple[Row, ...]:
    """Return how every row of the checklist stands, in its order.

    A required row, and a conditional one whose condition holds, needs a page; shared data is looked up by
    the centre. A promise or an opinion accounts for a missing paper, but never for one that may not be
    deferred or replaced. A row that feeds only tracks that were not asked for is not wanted.
    Source: 不动产登记暂行条例 arts. 16 and 24 (what can be shared must not be asked for again).
    """
    counts = Counter(page.item_code for page in pages)
    promised = {deferral.item_code for deferral in open_deferrals(application.deferrals)}
    categories = categories_of(file, application.categories)
    replaced = accepted_substitutions(application.substitutions, categories, packs)
    rows = []
    for item in checklist.items:
        have = counts[item.code]
        material = application.material(item.code)
        if have:
            standing = Standing.HERE
        elif item.tracks.isdisjoint(application.tracks) or not item.wanted(facts):
            standing = Standing.OPTIONAL if _optional(item) else Standing.NOT_WANTED
        elif item.code in replaced:
            standing = Standing.REPLACED
        elif owed_by_developer(item, file):
            standing = Standing.APART
        elif item.need is Need.SHARED:
            standing = Standing.TO_VERIFY
        elif item.code in promised and may_defer(item):
            standing = Standing.DEFERRED
        else:
            standing = Standing.MISSING
        rows.append(Row(item, standing, have, material.declared_pages if material else 0))
    return tuple(rows)


def problems_of_rows(rows: Sequence[Row]) -> tuple[Problem, ...]:
    """Return which papers are missing, and of which fewer pages are here than were counted."""
    found = []
    for row in rows:
        place, words = f"materials.{row.item.code}", words_of(row.item, row.item.code)
        wanted = max(row.declared, row.item.pages)
        if row.standing is Standing.MISSING:
            found.append(Problem("material_missing", place, words))
        elif row.standing is Standing.HERE and wanted > row.pages:
            counts = {"declared": str(wanted), "have": str(row.pages)}
            found.append(Problem("material_pages", place, {**words, **counts}))
    return tuple(found)


def _optional(item: ChecklistItem) -> bool:
    return item.condition is None and item.need is Need.CONDITIONAL
