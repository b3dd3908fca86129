"""Use cases on captured pages: add, replace by a better cut, move, remove; drafts only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlite_utils import Database

from registration.application import CaseState
from registration.changes import Changes
from registration.errors import InputError
from storage import audit, page_rows
from storage.rows import as_micros, as_text, one, rows, scalar
from storage.values import NewPage, StoredPage, Who


def add_page(db: Database, who: Who, now: datetime, page: NewPage) -> tuple[Changes, StoredPage]:
    """Attach a captured page, last in its checklist row. Its files are put and durable before this.

    Adding the same page id again changes nothing. InputError frozen for a submitted case.
    """
    known = page_rows.page(db, page.id)
    if known is not None:
        return Changes(), known
    _draft_only(db, page.application_id)
    page_rows.insert(db, page, as_text(now))
    stored = _stored(db, page.id)
    details = {
        "page": page.id,
        "item": page.item_code,
        "digest": page.digest,
        "original": page.original_digest,
    }
    return _done(db, who, now, "page_added", page.application_id, details), stored


def replace_page(
    db: Database,
    who: Who,
    now: datetime,
    page_id: str,
    digest: str,
    size: int,
    width: int,
    height: int,
    corners: tuple[tuple[float, float], ...],
    rotation: int,
    thumbnail: bytes,
) -> Changes:
    """Put another improved copy of the same original in a page's place: corners dragged, or turned.

    The new file is put and durable before this. InputError frozen; KeyError for an unknown page.
    """
    page = _stored(db, page_id)
    _draft_only(db, page.application_id)
    db.execute(
        "UPDATE pages SET digest = ?, size = ?, width = ?, height = ?, corners = ?, rotation = ?,"
        " page_found = 1 WHERE id = ?",
        (digest, size, width, height, page_rows.corners_text(corners), rotation % 360, page_id),
    )
    db.execute("UPDATE thumbnails SET image = ? WHERE page_id = ?", (thumbnail, page_id))
    details = {"page": page_id, "digest": digest, "before": page.digest}
    return _done(db, who, now, "page_replaced", page.application_id, details)


def move_page(db: Database, who: Who, now: datetime, page_id: str, item_code: str, ordinal: int) -> Changes:
    """Move a page to a place (from 1) in a checklist row, its own or another; beyond the end means last.

    InputError frozen; KeyError for an unknown page.
    """
    page = _stored(db, page_id)
    _draft_only(db, page.application_id)
    others = [found for found in _order(db, page.application_id, item_code) if found != page_id]
    at = max(ordinal - 1, 0)
    page_rows.renumber(db, page.application_id, item_code, [*others[:at], page_id, *others[at:]])
    if item_code != page.item_code:
        left = _order(db, page.application_id, page.item_code)
        page_rows.renumber(db, page.application_id, page.item_code, left)
    details = {"page": page_id, "item": item_code, "ordinal": ordinal, "before": page.item_code}
    return _done(db, who, now, "page_moved", page.application_id, details)


def remove_page(db: Database, who: Who, now: datetime, page_id: str) -> Changes:
    """Take a page out of a draft. Its files stay until the next start, so that `add_page` can undo it.

    InputError frozen; KeyError for an unknown page.
    """
    page = _stored(db, page_id)
    _draft_only(db, page.application_id)
    db.execute("DELETE FROM pages WHERE id = ?", (page_id,))
    left = _order(db, page.application_id, page.item_code)
    page_rows.renumber(db, page.application_id, page.item_code, left)
    details = {
        "page": page_id,
        "item": page.item_code,
        "digest": page.digest,
        "original": page.original_digest,
    }
    return _done(db, who, now, "page_removed", page.application_id, details)


def _stored(db: Database, page_id: str) -> StoredPage:
    page = page_rows.page(db, page_id)
    if page is None:
        raise KeyError(page_id)
    return page


def _draft_only(db: Database, application_id: str) -> None:
    row = one(db, "SELECT state FROM applications WHERE id = ?", (application_id,))
    if row is None:
        raise KeyError(application_id)
    if row["state"] != CaseState.DRAFT:
        raise InputError("frozen")


def _order(db: Database, application_id: str, item_code: str) -> list[str]:
    sql = "SELECT id FROM pages WHERE application_id = ? AND item_code = ? ORDER BY ordinal, seq"
    return [row["id"] for row in rows(db, sql, (application_id, item_code))]


def _done(
    db: Database, who: Who, now: datetime, action: str, application_id: str, details: Mapping[str, object]
) -> Changes:
    db.execute("UPDATE applications SET updated_at = ? WHERE id = ?", (as_micros(now), application_id))
    pages = scalar(db, "SELECT count(*) FROM pages WHERE application_id = ?", (application_id,))
    audit.append(db, who, now, action, application_id, {**details, "pages": pages})
    return Changes(applications=frozenset({application_id}))
