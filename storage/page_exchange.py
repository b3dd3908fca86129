"""Pages that take the place of others (retaken, split, joined, a card's two sides), and the way back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlite_utils import Database

from registration.changes import Changes
from registration.rights import Act
from storage import applications, page_rows
from storage.json_text import compact_json
from storage.page_operations import draft_only, record_change, stored_page
from storage.rights import needs
from storage.rows import as_text, rows
from storage.values import NewPage, StoredPage, Who

_FACTS = tuple(f.name for f in fields(NewPage) if f.name != "thumbnail")


class Exchange(StrEnum):
    """Why pages took the place of others."""

    RETAKEN = "retaken"
    SPLIT = "split"
    JOINED = "joined"
    CARD_SHEET = "card_sheet"


@needs(Act.CAPTURE)
def exchange_pages(
    db: Database, who: Who, now: datetime, gone: Sequence[str], new: Sequence[NewPage], why: Exchange
) -> tuple[Changes, tuple[StoredPage, ...]]:
    """Put new pages in the place of the first of those that go; they are of its row, whatever they say.

    The pages that go are kept with their files, and `bring_back` undoes it. The new files are put and durable
    before this. InputError frozen; KeyError for an unknown page; ValueError for none.
    """
    if not gone or not new:
        raise ValueError("pages for pages")
    former = [stored_page(db, page_id) for page_id in gone]
    first = former[0]
    draft_only(db, first.application_id)
    successors = compact_json([page.id for page in new])
    for old in former:
        if old.application_id != first.application_id:
            raise ValueError("pages of two applications")
        _put_away(db, old, successors, why, as_text(now))
    for page in new:
        page_rows.insert(
            db, replace(page, application_id=first.application_id, item_code=first.item_code), as_text(now)
        )
    for item_code in {page.item_code for page in former}:
        left = page_rows.order(db, first.application_id, item_code)
        if item_code == first.item_code:
            ids = [page.id for page in new]
            others = [page_id for page_id in left if page_id not in ids]
            at = (
                first.ordinal
                - 1
                - sum(p.item_code == item_code and p.ordinal < first.ordinal for p in former[1:])
            )
            left = [*others[:at], *ids, *others[at:]]
        page_rows.renumber(db, first.application_id, item_code, left)
    details = {
        "page": first.id,
        "item": first.item_code,
        "before": [page.id for page in former],
        "after": [page.id for page in new],
        "originals": [page.original_digest for page in former],
    }
    changes = record_change(db, who, now, f"page_{why.value}", first.application_id, details)
    return changes, tuple(stored_page(db, page.id) for page in new)


@needs(Act.CAPTURE)
def bring_back(db: Database, who: Who, now: datetime, page_id: str) -> tuple[Changes, tuple[StoredPage, ...]]:
    """Put the pages back that this one took the place of, alone or with others, which go.

    InputError frozen; KeyError where it took nobody's place.
    """
    page = stored_page(db, page_id)
    draft_only(db, page.application_id)
    found = _predecessors(db, page)
    if not found:
        raise KeyError(page_id)
    successors = set(json.loads(found[-1]["successors"]))
    here = page_rows.order(db, page.application_id, page.item_code)
    at = min(here.index(each) for each in successors if each in here)
    for each in successors:
        if (one := page_rows.page(db, each)) is not None:
            db.execute("DELETE FROM pages WHERE id = ?", (each,))
            left = page_rows.order(db, one.application_id, one.item_code)
            page_rows.renumber(db, one.application_id, one.item_code, left)
    returned = []
    for row in found:
        new = _new_page(row)
        page_rows.insert(db, replace(new, item_code=page.item_code), as_text(now))
        db.execute("DELETE FROM former_pages WHERE seq = ?", (row["seq"],))
        returned.append(new.id)
    others = [i for i in page_rows.order(db, page.application_id, page.item_code) if i not in returned]
    page_rows.renumber(db, page.application_id, page.item_code, [*others[:at], *returned, *others[at:]])
    details = {"page": page_id, "item": page.item_code, "after": returned}
    changes = record_change(db, who, now, "pages_brought_back", page.application_id, details)
    return changes, tuple(stored_page(db, each) for each in returned)


def has_former(db: Database, page_id: str) -> bool:
    """Say whether a page took the place of others that can be brought back."""
    page = page_rows.page(db, page_id)
    return page is not None and bool(_predecessors(db, page))


def former_pages(db: Database, application_id: str) -> tuple[tuple[NewPage, Exchange], ...]:
    """Return the pages of an application that others took the place of, and why, the oldest first."""
    sql = "SELECT * FROM former_pages WHERE application_id = ? ORDER BY seq"
    return tuple((_new_page(row), Exchange(row["why"])) for row in rows(db, sql, (application_id,)))


def _put_away(db: Database, page: StoredPage, successors: str, why: Exchange, now: str) -> None:
    facts = {name: value for name, value in asdict(page).items() if name in _FACTS}
    db.execute(
        "INSERT INTO former_pages (page_id, application_id, digest, original_digest, facts, thumbnail,"
        " successors, why, replaced_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            page.id,
            page.application_id,
            page.digest,
            page.original_digest,
            compact_json(facts),
            applications.thumbnail(db, page.id),
            successors,
            why.value,
            now,
        ),
    )
    db.execute("DELETE FROM pages WHERE id = ?", (page.id,))


def _predecessors(db: Database, page: StoredPage) -> list[dict[str, Any]]:
    """Return the rows of the pages whose place a page took, in their order."""
    sql = "SELECT * FROM former_pages WHERE application_id = ? ORDER BY seq"
    return [row for row in rows(db, sql, (page.application_id,)) if page.id in json.loads(row["successors"])]


def _new_page(row: dict[str, Any]) -> NewPage:
    facts = json.loads(row["facts"])
    facts["corners"] = tuple((float(x), float(y)) for x, y in facts["corners"])
    return NewPage(**facts, thumbnail=row["thumbnail"])
