"""Legacy handling (先行登记、并行完善): opinions in place of papers, no-fault, arrears apart, hard stops."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from registration.checklist import Checklist, ChecklistItem, Payer
from registration.compound_file import CompoundFile, Land
from registration.conditions import Facts, condition_from_data
from registration.deferral import words_of
from registration.errors import Problem
from registration.packs import CATEGORIES, POLICIES, PackSet
from registration.representation import read_day


class CaseSource(StrEnum):
    """Where a case comes from. Cases at the handing over of keys never enter the legacy ledger."""

    ORDINARY = "ordinary"
    LEGACY = "legacy"  # 登记难
    ON_DELIVERY = "on_delivery"  # 交房即交证


@dataclass(frozen=True)
class Substitution:
    """A department's opinion in place of a project's missing paper. Not a deferral: nothing comes later."""

    item_code: str
    category: str  # problem category that allows it
    department: str  # code of the pack `departments`
    document: str = ""  # title of the opinion or the minutes
    number: str = ""
    dated: str = ""  # ISO date


@dataclass(frozen=True)
class NoFault:
    """无过错认定: who decided that the buyer bears no fault, when, and on what."""

    decided_by: str = ""
    decided_on: str = ""  # ISO date
    basis: str = ""  # document by its title and number


@dataclass(frozen=True)
class GreenChannel:
    """绿色通道: the fast track, and who opened it; it is printed and audited."""

    set_by: str = ""
    set_at: str = ""  # ISO date and time
    urgency: str = ""  # code of the list `urgencies`


def belongs_in_ledger(source: CaseSource) -> bool:
    """Say whether a case counts in the ledger of legacy problems.

    Source: the Gansu programme: from 2023 on new housing is certified at the handing over of keys, so that
    new cases never enter the ledger.
    """
    return source is CaseSource.LEGACY


def suggested_source(file: CompoundFile, packs: PackSet) -> CaseSource:
    """Return the source that a compound's file suggests: legacy where it has a known category."""
    known = packs[CATEGORIES]["categories"]
    return CaseSource.LEGACY if any(code in known for code in file.categories) else CaseSource.ORDINARY


def categories_of(file: CompoundFile | None, own: Sequence[str]) -> tuple[str, ...]:
    """Return the categories of a household: its project's, then its own."""
    return tuple(dict.fromkeys((*(file.categories if file is not None else ()), *own)))


def accepted_substitutions(
    substitutions: Sequence[Substitution], categories: Sequence[str], packs: PackSet
) -> frozenset[str]:
    """Return the rows whose paper is replaced by an opinion that is in order."""
    return frozenset(
        s.item_code for s in substitutions if not _wrong_with(s, categories, packs[CATEGORIES]["categories"])
    )


def problems_of_substitutions(
    substitutions: Sequence[Substitution],
    checklist: Checklist,
    categories: Sequence[str],
    packs: PackSet,
    *,
    today: date,
) -> tuple[Problem, ...]:
    """Return what is wrong with the opinions that stand in for a project's papers.

    The compound (or the household) has to be of a category, the category has to offer an opinion for this
    paper, and the department has to be one that may give it.
    Source: 自然资发〔2021〕1号 (现状认定、核实意见 in place of papers that can no longer be had), the Gansu
    mechanism 先行登记、并行完善; the dictionary is the pack `problem_categories`.
    """
    known, found = packs[CATEGORIES]["categories"], list[Problem]()
    for given in substitutions:
        place = f"materials.{given.item_code}"
        words = words_of(checklist.item(given.item_code), given.item_code)
        code = _wrong_with(given, categories, known)
        if code is not None:
            found.append(Problem(code, place, {**words, "category": given.category}))
        dated = read_day(given.dated)
        if given.dated and (dated is None or dated > today):
            found.append(Problem("date_malformed", place, {"date": given.dated}))
    return tuple(found)


def problems_of_fast_track(
    no_fault: NoFault | None, green: GreenChannel | None, substituted: bool, *, today: date
) -> tuple[Problem, ...]:
    """Return what the fast track lacks: a determination that the buyer bears no fault, and who opened it.

    Source: the Gansu programme: 国家利益不受损、群众无过错 is the condition of the green channel; who set it
    is kept for the audit.
    """
    found: list[Problem] = []
    if no_fault is None:
        if green is not None or substituted:
            found.append(Problem("no_fault_missing", "type.no_fault"))
    else:
        decided = read_day(no_fault.decided_on)
        if not no_fault.decided_by.strip() or not no_fault.basis.strip():
            found.append(Problem("no_fault_incomplete", "type.no_fault"))
        if decided is None or decided > today:
            found.append(Problem("no_fault_date", "type.no_fault", {"date": no_fault.decided_on}))
    if green is not None and (not green.set_by.strip() or not green.set_at or not green.urgency):
        found.append(Problem("green_channel_incomplete", "type.green_channel"))
    return tuple(found)


def problems_of_project(
    checklist: Checklist,
    categories: Sequence[str],
    file: CompoundFile | None,
    source: CaseSource,
    facts: Facts,
    packs: PackSet,
) -> tuple[Problem, ...]:
    """Return what about the project stops this household: hard stops, scope, and categories that block it.

    Source: never-in list of all policies (小产权房, disputes, unsafe buildings, not in the ledger); the
    national notice of 2025 (a day by which it was built and sold, a task list); the categories' "blocks".
    """
    body = packs[CATEGORIES]
    found = [
        Problem("hard_stop", "property.household", {"stop_zh": stop["zh"], "stop_en": stop["en"]})
        for code in _hard_stops(file, source, packs)
        if (stop := body["hard_stops"].get(code, {"zh": code, "en": code}))
    ]
    if source is CaseSource.LEGACY and file is not None:
        found += _scope(file, policy_of(file, packs))
    if source is CaseSource.ON_DELIVERY and categories:
        found.append(Problem("delivery_is_legacy", "type.source"))
    for code in categories:
        for block in body["categories"].get(code, {}).get("blocks", ()):
            if checklist.type_code in block["types"] and condition_from_data(block["when"]).holds(facts):
                words = {"category": code, "way_zh": block["zh"], "way_en": block["en"]}
                found.append(Problem("category_blocks", "property.household", words))
    return tuple(found)


def owed_by_developer(item: ChecklistItem, file: CompoundFile | None) -> bool:
    """Say whether a row proves only the developer's debt and is kept apart from the household's case.

    Source: 自然资发〔2021〕1号 part 2: of housing that is sold and lived in, arrears are collected while the
    buyers are registered (证缴分离). The buyer's own taxes stay due.
    """
    return item.payer is Payer.DEVELOPER and file is not None and file.arrears_separation


def policy_of(file: CompoundFile, packs: PackSet) -> Mapping[str, Any]:
    """Return the policy that a compound is handled under; the pack's default where it names none."""
    body = packs[POLICIES]
    policy: Mapping[str, Any] = body["policies"].get(file.policy) or body["policies"][body["default"]]
    return policy


def _hard_stops(file: CompoundFile | None, source: CaseSource, packs: PackSet) -> tuple[str, ...]:
    if file is None:
        return ()
    stops = list(file.hard_stops)
    if file.land is Land.COLLECTIVE:
        stops.append("collective_land")
    if source is CaseSource.LEGACY and file.listed is False and policy_of(file, packs).get("list_required"):
        stops.append("not_listed")
    return tuple(dict.fromkeys(stops))


def _scope(file: CompoundFile, policy: Mapping[str, Any]) -> list[Problem]:
    found = []
    until, sold = read_day(str(policy.get("scope_until", ""))), read_day(file.sold_on)
    if until is not None and sold is not None and sold > until:
        words = {"date": sold.isoformat(), "until": until.isoformat()}
        found.append(Problem("legacy_out_of_scope", "type.source", words))
    if policy.get("urban_housing") and file.urban_housing is False:
        found.append(Problem("legacy_not_housing", "type.source"))
    return found


def _wrong_with(given: Substitution, categories: Sequence[str], known: Mapping[str, Any]) -> str | None:
    """Return the code of what is wrong with one opinion, None where it is in order."""
    if given.category not in categories:
        return "substitution_category"
    replaced = [r for r in known.get(given.category, {}).get("replaces", ()) if r["item"] == given.item_code]
    if not replaced:
        return "substitution_not_offered"
    if not any(given.department in row["departments"] for row in replaced):
        return "substitution_department"
    if not given.document.strip() or not given.number.strip() or read_day(given.dated) is None:
        return "substitution_document"
    return None
