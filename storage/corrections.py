"""What the centre wants mended in a case, whom to call about it, and what was said on the phone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlite_utils import Database

from registration.application import application_from_json
from registration.changes import Changes
from registration.errors import InputError
from registration.rights import Act
from storage import audit
from storage.json_text import compact_json
from storage.rights import needs
from storage.rows import as_moment, as_text, one, rows, scalar
from storage.values import Who

MOST_CALLS = 500
"""More than an office calls in a month; the next ones come up as these are mended."""

# Which cases are meant is found in the columns; bodies are read of those few that are shown.
_PHONE_LIST = """
    WITH wanted AS MATERIALIZED (
        SELECT n.seq, c.revision FROM applications n
        JOIN corrections c ON c.application_id = n.id
        AND c.revision = (SELECT max(m.revision) FROM corrections m WHERE m.application_id = n.id)
        WHERE n.state IN ('returned', 'draft') AND (n.state = 'returned' OR n.revision > 1 AND EXISTS (
            SELECT 1 FROM revisions v WHERE v.application_id = n.id AND v.next_revision = n.revision
            AND v.why <> 'given_up' AND v.state = 'returned'))
        ORDER BY c.due = '', c.due, c.returned_at LIMIT ?
    )
    SELECT c.*, a.receipt_number, a.applicant_name, a.property_label, a.state, b.body,
           (SELECT max(k.seq) FROM calls k WHERE k.application_id = a.id) AS call
    FROM wanted w JOIN applications a ON a.seq = w.seq JOIN application_bodies b ON b.application = a.seq
    JOIN corrections c ON c.application_id = a.id AND c.revision = w.revision
    ORDER BY c.due = '', c.due, c.returned_at
"""


@dataclass(frozen=True)
class ItemToMend:
    """One row of the checklist that has to be brought again, and why, in both languages."""

    item_code: str
    zh: str
    en: str


@dataclass(frozen=True)
class Correction:
    """What the centre said when it returned a revision; `due` is an ISO date, "" where it set none."""

    revision: int
    items: tuple[ItemToMend, ...]
    reason_zh: str
    reason_en: str
    due: str
    returned_at: datetime


class CallOutcome(StrEnum):
    """How a call ended; a note is no call."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    NOTE = "note"


@dataclass(frozen=True)
class Call:
    """One entry about a call. The note is what the operator typed: it is shown with the case alone."""

    outcome: CallOutcome
    note: str
    operator_name: str
    called_at: datetime


@dataclass(frozen=True)
class ToCall:
    """One line of the phone list, unmasked; the screen masks. `mending`: under way at this window."""

    application_id: str
    receipt_number: str
    applicant_name: str
    phone: str
    property_label: str
    correction: Correction
    mending: bool
    last_call: Call | None


def put(db: Database, now: datetime, application_id: str, revision: int, body: Mapping[str, Any]) -> None:
    """Keep what a status item of the wire with the state "returned" wants of a revision."""
    items = [
        {name: str(item.get(name) or "") for name in ("item_code", "zh", "en")}
        for item in body.get("items") or ()
    ]
    db.execute(
        "INSERT OR REPLACE INTO corrections (application_id, revision, items, reason_zh, reason_en, due,"
        " returned_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            application_id,
            revision,
            compact_json(items),
            str(body.get("reason_zh") or ""),
            str(body.get("reason_en") or ""),
            str(body.get("due") or ""),
            as_text(now),
        ),
    )


def correction(db: Database, application_id: str) -> Correction | None:
    """Return what the centre wanted last of a case, None where it was never returned."""
    sql = "SELECT * FROM corrections WHERE application_id = ? ORDER BY revision DESC LIMIT 1"
    row = one(db, sql, (application_id,))
    return None if row is None else _correction(row)


@needs(Act.CALL)
def note_call(
    db: Database, who: Who, now: datetime, application_id: str, outcome: CallOutcome, note: str
) -> Changes:
    """Keep that somebody was called, or a note about it; audited without its words.

    InputError call_note_missing where a note says nothing; KeyError for an unknown application.
    """
    if scalar(db, "SELECT 1 FROM applications WHERE id = ?", (application_id,)) is None:
        raise KeyError(application_id)
    if outcome is CallOutcome.NOTE and not note.strip():
        raise InputError("call_note_missing", field="note")
    db.execute(
        "INSERT INTO calls (application_id, outcome, note, operator_name, called_at) VALUES (?, ?, ?, ?, ?)",
        (application_id, outcome.value, note.strip(), who.operator_name, as_text(now)),
    )
    audit.append(db, who, now, "call_noted", application_id, {"outcome": outcome.value})
    return Changes(applications=frozenset({application_id}))


def calls(db: Database, application_id: str) -> tuple[Call, ...]:
    """Return what was noted of calls about a case, the newest first."""
    sql = "SELECT * FROM calls WHERE application_id = ? ORDER BY seq DESC"
    return tuple(_call(row) for row in rows(db, sql, (application_id,)))


def phone_list(db: Database, limit: int = MOST_CALLS) -> list[ToCall]:
    """Return the cases that were returned and are not submitted again: first what is due first."""
    return [_to_call(db, row) for row in rows(db, _PHONE_LIST, (limit,))]


def _to_call(db: Database, row: Mapping[str, Any]) -> ToCall:
    call = one(db, "SELECT * FROM calls WHERE seq = ?", (row["call"],)) if row["call"] else None
    return ToCall(
        application_id=row["application_id"],
        receipt_number=row["receipt_number"],
        applicant_name=row["applicant_name"],
        phone=application_from_json(json.loads(row["body"])).first_applicant.phone,
        property_label=row["property_label"],
        correction=_correction(row),
        mending=row["state"] == "draft",
        last_call=_call(call) if call is not None else None,
    )


def _correction(row: Mapping[str, Any]) -> Correction:
    return Correction(
        revision=row["revision"],
        items=tuple(ItemToMend(**item) for item in json.loads(row["items"])),
        reason_zh=row["reason_zh"],
        reason_en=row["reason_en"],
        due=row["due"],
        returned_at=as_moment(row["returned_at"]),
    )


def _call(row: Mapping[str, Any]) -> Call:
    return Call(CallOutcome(row["outcome"]), row["note"], row["operator_name"], as_moment(row["called_at"]))
