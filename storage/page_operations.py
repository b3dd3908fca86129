"""Use cases on captured pages: add, replace by a better cut, move, remove; drafts only."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from registration.application import CaseState
from registration.changes import Changes
from registration.errors import InputError
from registration.page_reading import reading_from_json, reading_to_json
from registration.rights import Act
from storage import audit, page_rows
from storage.json_text import compact_json
from storage.rights import needs
from storage.rows import as_micros, as_text, one, scalar
from storage.values import NewPage, StoredPage, Who

Corners = tuple[tuple[float, float], ...]


@needs(Act.CAPTURE)
def add_page(db: Database, who: Who, now: datetime, page: NewPage) -> tuple[Changes, StoredPage]:
    """Attach a captured page, last in its checklist row. Its files are put and durable before this.

    Adding the same page id again changes nothing. InputError frozen for a submitted case.
    """
    known = page_rows.page(db, page.id)
    if known is not None:
        return Changes(), known
    draft_only(db, page.application_id)
    page_rows.insert(db, page, as_text(now))
    stored = stored_page(db, page.id)
    details = {
        "page": page.id,
        "item": page.item_code,
        "digest": page.digest,
        "original": page.original_digest,
    }
    return record_change(db, who, now, "page_added", page.application_id, details), stored


@needs(Act.CAPTURE)
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
    *,
    findings: str | None = None,
    marked: bool = False,
) -> Changes:
    """Put another improved copy of the same original in a page's place: corners dragged, turned, watermarked.

    `findings` is what the quality gate says of the new cut, None where it is the old one. Where it says
    something else, an override of what it said before falls; where the corners are others, so does what was
    read within the old ones. The new file is put and durable before this. InputError frozen; KeyError for an
    unknown page.
    """
    page = stored_page(db, page_id)
    draft_only(db, page.application_id)
    said = page.findings if findings is None else findings
    db.execute(
        "UPDATE pages SET digest = ?, size = ?, width = ?, height = ?, corners = ?, rotation = ?,"
        " page_found = 1, findings = ?, kept = ?, marked = ? WHERE id = ?",
        (
            digest,
            size,
            width,
            height,
            page_rows.corners_text(corners),
            rotation % 360,
            said,
            page.kept if kinds_of(said) == kinds_of(page.findings) else "",
            int(marked),
            page_id,
        ),
    )
    db.execute("UPDATE thumbnails SET image = ? WHERE page_id = ?", (thumbnail, page_id))
    if not _same_cut(page.corners, corners):
        db.execute("DELETE FROM page_readings WHERE page_id = ?", (page_id,))
    elif page.rotation != rotation % 360 and (reading := reading_from_json(page.reading)) is not None:
        upright = tuple(finding for finding in reading.findings if finding[0] != "upside_down")
        text = reading_to_json(replace(reading, findings=upright))
        page_rows.put_reading(db, page_id, text, as_text(now), page.confirmed)
    details = {"page": page_id, "digest": digest, "before": page.digest}
    action = "page_replaced" if marked == page.marked else "page_marked" if marked else "page_unmarked"
    return record_change(db, who, now, action, page.application_id, details)


@needs(Act.CAPTURE)
def move_page(db: Database, who: Who, now: datetime, page_id: str, item_code: str, ordinal: int) -> Changes:
    """Move a page to a place (from 1) in a checklist row, its own or another; beyond the end means last.

    InputError frozen; KeyError for an unknown page.
    """
    page = stored_page(db, page_id)
    draft_only(db, page.application_id)
    others = [found for found in page_rows.order(db, page.application_id, item_code) if found != page_id]
    at = max(ordinal - 1, 0)
    page_rows.renumber(db, page.application_id, item_code, [*others[:at], page_id, *others[at:]])
    if item_code != page.item_code:
        left = page_rows.order(db, page.application_id, page.item_code)
        page_rows.renumber(db, page.application_id, page.item_code, left)
    details = {"page": page_id, "item": item_code, "ordinal": ordinal, "before": page.item_code}
    return record_change(db, who, now, "page_moved", page.application_id, details)


@needs(Act.CAPTURE)
def remove_page(db: Database, who: Who, now: datetime, page_id: str) -> Changes:
    """Take a page out of a draft. Its files stay until the next start, so that `add_page` can undo it.

    InputError frozen; KeyError for an unknown page.
    """
    page = stored_page(db, page_id)
    draft_only(db, page.application_id)
    db.execute("DELETE FROM pages WHERE id = ?", (page_id,))
    left = page_rows.order(db, page.application_id, page.item_code)
    page_rows.renumber(db, page.application_id, page.item_code, left)
    details = {
        "page": page_id,
        "item": page.item_code,
        "digest": page.digest,
        "original": page.original_digest,
    }
    return record_change(db, who, now, "page_removed", page.application_id, details)


@needs(Act.CAPTURE)
def keep_page(db: Database, who: Who, now: datetime, page_id: str, reasons: Sequence[str]) -> Changes:
    """Record that a page is kept in spite of what the quality gate says (`reasons`: its codes).

    Who and when stand in the page's row and in the audit. InputError frozen; KeyError for an unknown page;
    ValueError without a reason.
    """
    if not reasons:
        raise ValueError("nothing to override")
    page = stored_page(db, page_id)
    draft_only(db, page.application_id)
    told = {"reasons": list(reasons), "by": who.operator_id, "name": who.operator_name, "at": as_text(now)}
    db.execute("UPDATE pages SET kept = ? WHERE id = ?", (compact_json(told), page_id))
    details = {"page": page_id, "item": page.item_code, "reasons": list(reasons)}
    return record_change(db, who, now, "page_kept", page.application_id, details)


def keep_reading(db: Database, now: datetime, page_id: str, digest: str, reading: str) -> Changes:
    """Keep what recognition said of a page's stored copy, so that reopening the draft does not read again.

    Nothing happens for a page that is gone or has been squared anew meanwhile.
    """
    page = page_rows.page(db, page_id)
    if page is None or page.digest != digest:
        return Changes()
    page_rows.put_reading(db, page_id, reading, as_text(now))
    return Changes(applications=frozenset({page.application_id}))


@needs(Act.CAPTURE)
def confirm_reading(
    db: Database, who: Who, now: datetime, page_id: str, decisions: Mapping[str, Mapping[str, str]]
) -> Changes:
    """Record what the operator decided about what a machine read: by entry, choice ("read" or "entered") and
    the values that stood against each other.

    The values stay in the encrypted page row; the audit names page and entries only. InputError frozen;
    KeyError for a page that is unknown or was not read.
    """
    page = stored_page(db, page_id)
    draft_only(db, page.application_id)
    if not page.reading:
        raise KeyError(page_id)
    stamp = {"by": who.operator_id, "name": who.operator_name, "at": as_text(now)}
    known = json.loads(page.confirmed)
    known.update({entry: {**decision, **stamp} for entry, decision in decisions.items()})
    db.execute("UPDATE page_readings SET confirmed = ? WHERE page_id = ?", (compact_json(known), page_id))
    details = {"page": page_id, "item": page.item_code}
    for choice in ("read", "entered"):
        named = sorted(entry for entry, decision in decisions.items() if decision["choice"] == choice)
        if named:
            details[choice] = ", ".join(named)
    return record_change(db, who, now, "reading_confirmed", page.application_id, details)


def kinds_of(findings: str) -> list[str]:
    """Return the codes in what the quality gate said."""
    return [str(entry["kind"]) for entry in json.loads(findings)]


def _same_cut(one: Corners, other: Corners) -> bool:
    """Say whether four corners are the same ones to half a pixel, whichever comes first."""
    return all(any(math.dist(a, b) < 0.5 for b in other) for a in one)


def stored_page(db: Database, page_id: str) -> StoredPage:
    page = page_rows.page(db, page_id)
    if page is None:
        raise KeyError(page_id)
    return page


def draft_only(db: Database, application_id: str) -> None:
    row = one(db, "SELECT state FROM applications WHERE id = ?", (application_id,))
    if row is None:
        raise KeyError(application_id)
    if row["state"] != CaseState.DRAFT:
        raise InputError("frozen")


def record_change(
    db: Database, who: Who, now: datetime, action: str, application_id: str, details: Mapping[str, object]
) -> Changes:
    db.execute("UPDATE applications SET updated_at = ? WHERE id = ?", (as_micros(now), application_id))
    pages = scalar(db, "SELECT count(*) FROM pages WHERE application_id = ?", (application_id,))
    audit.append(db, who, now, action, application_id, {**details, "pages": pages})
    return Changes(applications=frozenset({application_id}))
