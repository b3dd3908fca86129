"""Home visits as stored: booked, arranged, done at the door, and what was promised there until it is kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from registration.changes import Changes
from registration.checklist import Checklist
from registration.errors import InputError
from registration.facts import Attachment, Fact, Topic
from registration.rights import Act
from registration.visits import (
    OPEN,
    Booking,
    Promise,
    PromiseKind,
    Visit,
    VisitRules,
    VisitState,
    booking_from_json,
    booking_to_json,
    check_booking,
    check_day,
    check_team,
    visit_from,
    visit_from_json,
    visit_to_json,
)
from storage import facts
from storage.json_text import compact_json
from storage.rights import needs
from storage.rows import as_micros, one, rows
from storage.values import Who


@dataclass(frozen=True)
class Due:
    """A promise of a visit that is not kept yet; name and address unmasked, the screen masks."""

    visit_id: str
    promise_id: str
    kind: PromiseKind
    due: date
    name: str
    address: str
    note: str
    compound_id: str
    household_id: str


def visit(db: Database, visit_id: str) -> Visit | None:
    row = one(db, "SELECT body FROM visits WHERE id = ?", (visit_id,))
    return None if row is None else visit_from_json(json.loads(row["body"]))


def of_days(db: Database, first: date, last: date) -> list[Visit]:
    """Return the visits of these days, both included, in the order in which they are gone."""
    found = rows(
        db, "SELECT body FROM visits WHERE day BETWEEN ? AND ?", (first.isoformat(), last.isoformat())
    )
    return sorted((visit_from_json(json.loads(row["body"])) for row in found), key=lambda one: one.order)


def behind(db: Database, today: date, limit: int = 100) -> list[Visit]:
    """Return open visits of days before `today`: not begun, not ended, or nobody met; the oldest first."""
    marks = ", ".join("?" * len(OPEN))
    found = rows(
        db,
        f"SELECT body FROM visits WHERE day < ? AND state IN ({marks}) ORDER BY day, id LIMIT ?",  # noqa: S608
        (today.isoformat(), *(state.value for state in OPEN), limit),
    )
    return [visit_from_json(json.loads(row["body"])) for row in found]


def underway(db: Database) -> Visit | None:
    """Return the visit that has begun and is not over, the latest where there are several."""
    row = one(db, "SELECT body FROM visits WHERE state = 'underway' ORDER BY day DESC, id DESC LIMIT 1")
    return None if row is None else visit_from_json(json.loads(row["body"]))


def waiting_orders(db: Database, limit: int = 200) -> list[tuple[str, Booking]]:
    """Return the centre's orders that no window has answered yet, as (id, booking), the newest first."""
    found = rows(
        db,
        "SELECT o.id, o.body FROM orders o LEFT JOIN visits v ON v.id = o.id WHERE v.id IS NULL"
        " ORDER BY o.seq DESC LIMIT ?",
        (limit,),
    )
    return [(row["id"], booking_from_json(json.loads(row["body"]))) for row in found]


def due(db: Database, today: date) -> list[Due]:
    """Return the promises that fall due until `today` or are overdue, the oldest first."""
    found = rows(
        db, "SELECT * FROM visit_promises WHERE kept = 0 AND due <= ? ORDER BY due, id", (today.isoformat(),)
    )
    return [
        Due(
            row["visit_id"],
            row["id"],
            PromiseKind(row["kind"]),
            date.fromisoformat(row["due"]),
            row["name"],
            row["address"],
            row["note"],
            row["compound_id"],
            row["household_id"],
        )
        for row in found
    ]


@needs(Act.VISIT)
def book(
    db: Database,
    who: Who,
    now: datetime,
    *,
    fact_id: str,
    visit_id: str,
    booking: Booking,
    rules: VisitRules,
    checklist: Checklist | None,
) -> Changes:
    """Take a visit in, or change one that has not begun. `visit_id` is new, or that of the centre's order.

    Raises what `check_booking` raises, and InputError visit_begun.
    """
    before = visit(db, visit_id)
    if before is not None and before.state is not VisitState.PLANNED:
        raise InputError("visit_begun")
    verb = "booked" if before is None else "changed"
    return _note(
        db, who, now, fact_id, visit_id, verb, booking.compound_id,
        booking_to_json(check_booking(booking, rules, checklist)),
    )  # fmt: skip


@needs(Act.VISIT)
def refuse(
    db: Database,
    who: Who,
    now: datetime,
    *,
    fact_id: str,
    visit_id: str,
    booking: Booking,
    code: str,
    words: str,
) -> Changes:
    """Say no to a visit, with words for the person who asked. InputError visit_words_missing, visit_begun."""
    _not_begun(visit(db, visit_id))
    if not words.strip():
        raise InputError("visit_words_missing", field="words")
    body = {"code": code, "words": words.strip(), "booking": booking_to_json(booking)}
    return _note(db, who, now, fact_id, visit_id, "refused", booking.compound_id, body)


@needs(Act.VISIT)
def cancel(db: Database, who: Who, now: datetime, *, fact_id: str, visit_id: str, words: str) -> Changes:
    """Take a visit off the list because the applicant wants it no more. InputError visit_begun."""
    found = _known(db, visit_id)
    _not_begun(found)
    return _note_of(db, who, now, fact_id, found, "cancelled", {"words": words.strip()})


@needs(Act.VISIT)
def postpone(
    db: Database, who: Who, now: datetime, *, fact_id: str, visit_id: str, day: str, hour: str, words: str
) -> Changes:
    """Give a visit another day; also one where nobody was met. InputError visit_day_invalid, visit_begun."""
    found = _known(db, visit_id)
    _not_begun(found)
    check_day(day, hour)
    if day < now.date().isoformat():
        raise InputError("visit_day_past", field="day")
    return _note_of(
        db, who, now, fact_id, found, "postponed", {"day": day, "time": hour, "words": words.strip()}
    )


@needs(Act.VISIT)
def arrange(db: Database, who: Who, now: datetime, *, fact_ids: Iterable[str], ids: Sequence[str]) -> Changes:
    """Put the visits of a day into this order; only those whose place changes are noted."""
    changes, fresh = Changes(), iter(fact_ids)
    for place, visit_id in enumerate(ids, start=1):
        found = _known(db, visit_id)
        if found.place != place:
            changes |= _note_of(db, who, now, next(fresh), found, "placed", {"place": place})
    return changes


@needs(Act.VISIT)
def begin(db: Database, who: Who, now: datetime, *, fact_id: str, visit_id: str, second_name: str) -> Changes:
    """Begin a visit with another person beside the operator.

    Raises InputError visit_second_missing, visit_second_same, visit_begun, visit_another_underway.
    """
    check_team(who.operator_name, second_name)
    found = _known(db, visit_id)
    _not_begun(found)
    other = one(
        db,
        "SELECT v.id FROM visits v JOIN facts f ON f.topic = 'visit' AND f.subject = v.id"
        " AND f.verb = 'begun' WHERE v.state = 'underway' AND f.device_code = ? LIMIT 1",
        (who.device_code,),
    )
    if other is not None:
        raise InputError("visit_another_underway")
    return _note_of(db, who, now, fact_id, found, "begun", {"second_name": second_name.strip()})


@needs(Act.VISIT)
def consent(
    db: Database, who: Who, now: datetime, *, fact_id: str, visit_id: str, text_digest: str
) -> Changes:
    """Note that the person agreed to exactly the text with this SHA-256. InputError visit_not_underway."""
    return _note_of(db, who, now, fact_id, _begun(db, visit_id), "consented", {"text_digest": text_digest})


@needs(Act.VISIT)
def witness(
    db: Database, who: Who, now: datetime, *, fact_id: str, visit_id: str, photo: Attachment
) -> Changes:
    """Keep a photograph of the visit, whose file is durable already. InputError visit_not_underway."""
    return _note_of(db, who, now, fact_id, _begun(db, visit_id), "witnessed", {}, [photo])


@needs(Act.VISIT)
def end(
    db: Database,
    who: Who,
    now: datetime,
    *,
    fact_id: str,
    visit_id: str,
    met: bool,
    note: str = "",
    application_id: str = "",
    promises: Sequence[Promise] = (),
) -> Changes:
    """End a visit: met or not, what came of it, what was promised.

    Without an `application_id` it is the application of the household that was begun meanwhile.

    Raises InputError visit_not_underway, visit_note_missing where nobody was met, visit_day_invalid.
    """
    found = _begun(db, visit_id)
    if not met and not note.strip():
        raise InputError("visit_note_missing", field="note")
    for promise in promises:
        check_day(promise.due)
    body = {
        "met": met,
        "note": note.strip(),
        "application_id": application_id or _taken_in(db, found),
        "promises": [
            {"id": one.id, "kind": one.kind.value, "due": one.due, "note": one.note} for one in promises
        ],
    }
    return _note_of(db, who, now, fact_id, found, "ended", body)


@needs(Act.VISIT)
def keep_promise(
    db: Database, who: Who, now: datetime, *, fact_id: str, visit_id: str, promise_id: str
) -> Changes:
    """Note that what was promised is done. Nothing happens the second time."""
    found = _known(db, visit_id)
    if not any(one.id == promise_id and not one.kept for one in found.promises):
        return Changes()
    return _note_of(db, who, now, fact_id, found, "promise_kept", {"promise": promise_id})


def fold(db: Database, subject: str, known: Sequence[Fact]) -> None:
    """Write a visit and its promises anew from everything known of it."""
    db.execute("DELETE FROM visits WHERE id = ?", (subject,))
    found = visit_from(subject, known)
    if found is None:
        return
    booking = found.booking
    db.execute(
        "INSERT INTO visits VALUES (?, ?, ?, ?, ?, ?)",
        (
            subject,
            booking.compound_id,
            booking.household_id,
            booking.day,
            found.state.value,
            compact_json(visit_to_json(found)),
        ),
    )
    for promise in found.promises:
        db.execute(
            "INSERT OR REPLACE INTO visit_promises VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                subject,
                promise.id,
                booking.compound_id,
                booking.household_id,
                promise.kind.value,
                promise.due,
                int(promise.kept),
                booking.name,
                booking.address,
                promise.note,
            ),
        )


def _taken_in(db: Database, found: Visit) -> str:
    """Return the application of the visit's household that was begun since the visit began, "" for none."""
    row = one(
        db,
        "SELECT id FROM applications WHERE household_id = ? AND household_id <> '' AND created_at >= ?"
        " ORDER BY created_at DESC LIMIT 1",
        (found.booking.household_id, as_micros(datetime.fromisoformat(found.begun_at))),
    )
    return "" if row is None else str(row["id"])


def _known(db: Database, visit_id: str) -> Visit:
    found = visit(db, visit_id)
    if found is None:
        raise InputError("visit_unknown")
    return found


def _not_begun(found: Visit | None) -> None:
    if found is not None and found.state not in (VisitState.PLANNED, VisitState.NOT_MET):
        raise InputError("visit_begun")


def _begun(db: Database, visit_id: str) -> Visit:
    found = _known(db, visit_id)
    if found.state is not VisitState.UNDERWAY:
        raise InputError("visit_not_underway")
    return found


def _note_of(
    db: Database,
    who: Who,
    now: datetime,
    fact_id: str,
    found: Visit,
    verb: str,
    body: Mapping[str, Any],
    photos: Sequence[Attachment] = (),
) -> Changes:
    return _note(db, who, now, fact_id, found.id, verb, found.booking.compound_id, body, photos)


def _note(
    db: Database,
    who: Who,
    now: datetime,
    fact_id: str,
    visit_id: str,
    verb: str,
    compound_id: str,
    body: Mapping[str, Any],
    photos: Sequence[Attachment] = (),
) -> Changes:
    changes, _ = facts.note(
        db, who, now, fact_id=fact_id, topic=Topic.VISIT, subject=visit_id, verb=verb,
        compound_id=compound_id, body=body, attachments=photos,
    )  # fmt: skip
    return changes
