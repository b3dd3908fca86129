"""The waiting line as stored: slips and appointments, given, called and ended at the tables of a session."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from registration.appointments import Pace, birth_from, crowd
from registration.changes import Changes
from registration.errors import InputError
from registration.facts import Fact, Topic
from registration.queue import (
    QueueRules,
    Slip,
    SlipState,
    next_slip,
    slip_from,
    slip_from_json,
    slip_to_json,
)
from registration.rights import Act
from storage import facts, sessions
from storage.json_text import compact_json
from storage.rights import needs
from storage.rows import one, rows, scalar
from storage.values import Who

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def slips(db: Database, session_id: str) -> list[Slip]:
    """Return all slips of a session, in the order in which they were given."""
    found = rows(db, "SELECT body FROM slips WHERE session_id = ?", (session_id,))
    return sorted(map(_slip, found), key=lambda slip: (slip.issued_at, slip.number))


def slip(db: Database, slip_id: str) -> Slip | None:
    row = one(db, "SELECT body FROM slips WHERE id = ?", (slip_id,))
    return None if row is None else _slip(row)


def at_table(db: Database, session_id: str, device_code: str) -> Slip | None:
    """Return the slip that this laptop is serving, the one called last; None where there is none."""
    sql = "SELECT body FROM slips WHERE session_id = ? AND state = 'called'"
    mine = [found for row in rows(db, sql, (session_id,)) if (found := _slip(row)).called_by == device_code]
    return max(mine, key=lambda found: datetime.fromisoformat(found.called_at), default=None)


def drafted(db: Database, slip: Slip) -> bool:
    """Say whether the case that was begun for a slip is a draft of this machine still."""
    sql = "SELECT 1 FROM applications WHERE id = ? AND state = 'draft'"
    return bool(slip.application_id) and scalar(db, sql, (slip.application_id,)) is not None


def prepared(db: Database, slip: Slip) -> str:
    """Return the newest draft that was prepared for a slip's household and type, "" for none."""
    sql = (
        "SELECT id FROM applications WHERE household_id = :home AND state = 'draft' AND revision = 1"
        " AND :type IN ('', type_code) ORDER BY updated_at DESC LIMIT 1"
    )
    return str(scalar(db, sql, {"home": slip.household_id, "type": slip.type_code}) or "")


def appointments(db: Database, compound_id: str, day: date) -> list[Slip]:
    """Return a day's appointments at a compound by time, those that came or were cancelled too."""
    sql = "SELECT body FROM slips WHERE day = ? AND compound_id = ?"
    found = rows(db, sql, (day.isoformat(), compound_id))
    return sorted(map(_slip, found), key=lambda booked: (booked.time, booked.id))


@needs(Act.QUEUE)
def issue(
    db: Database,
    who: Who,
    now: datetime,
    *,
    fact_id: str,
    slip_id: str,
    rules: QueueRules,
    type_code: str = "",
    reason: str = "",
    missing: Sequence[str] = (),
    why: str = "",
    household_id: str = "",
) -> tuple[Changes, Slip]:
    """Give the next number of the open session; `slip_id` is new, or that of an appointment that has come.

    Numbers of a laptop that joined another's session carry its code, so that two that cannot hear of each
    other give no number twice. InputError no_session; slip_reason_missing where somebody is missing and
    nothing says why a number is given all the same; slip_moved where an appointment is not open any more.
    """
    session = sessions.current(db)
    if session is None:
        raise InputError("no_session")
    if missing and not why.strip():
        raise InputError("slip_reason_missing", field="why")
    before = slip(db, slip_id)
    if before is not None and before.state is not SlipState.BOOKED:
        raise InputError("slip_moved", number=before.number)
    body = {
        "number": _next_number(db, session.id, rules.priority if reason else rules.ordinary, who.device_code),
        "session_id": session.id,
        "type_code": type_code,
        "reason": reason,
        "missing": list(missing),
        "why": why.strip(),
        **({"household_id": household_id} if household_id else {}),  # an appointment keeps its own
    }
    changes = _note(db, who, now, fact_id, slip_id, "issued", session.compound_id, body)
    return changes, _known(db, slip_id)


@needs(Act.QUEUE)
def call_next(
    db: Database, who: Who, now: datetime, *, fact_ids: Sequence[str], rules: QueueRules
) -> tuple[Changes, Slip | None]:
    """Call the next number to this table and end the one that was there; None where nobody waits.

    `fact_ids` are two new ones. Where nobody waits, the one at the table stays; so does one whose draft was
    put aside: it ends with its case. InputError no_session.
    """
    session = sessions.current(db)
    if session is None:
        raise InputError("no_session")
    wanted = next_slip(slips(db, session.id), rules)
    if wanted is None:
        return Changes(), None
    ending, calling = fact_ids
    changes, before = Changes(), at_table(db, session.id, who.device_code)
    if before is not None and not drafted(db, before):
        changes |= _note(db, who, now, ending, before.id, "served", session.compound_id, {})
    changes |= _note(db, who, now, calling, wanted.id, "called", session.compound_id, {})
    return changes, _known(db, wanted.id)


@needs(Act.QUEUE)
def call(db: Database, who: Who, now: datetime, *, fact_id: str, slip_id: str) -> Changes:
    """Call a number once more, or out of its turn. InputError slip_moved, KeyError for an unknown slip."""
    return _move(db, who, now, fact_id, slip_id, "called", (SlipState.WAITING, SlipState.CALLED))


@needs(Act.QUEUE)
def skip(db: Database, who: Who, now: datetime, *, fact_id: str, slip_id: str) -> Changes:
    """Nobody came: the number waits until some others were called. InputError slip_moved."""
    return _move(db, who, now, fact_id, slip_id, "skipped", (SlipState.CALLED,))


@needs(Act.QUEUE)
def put_back(db: Database, who: Who, now: datetime, *, fact_id: str, slip_id: str) -> Changes:
    """A number that was given up, or called by mistake, waits again. InputError slip_moved."""
    of = (SlipState.CALLED, SlipState.LEFT, SlipState.CANCELLED, SlipState.WAITING)
    return _move(db, who, now, fact_id, slip_id, "put_back", of)


@needs(Act.QUEUE)
def serve(db: Database, who: Who, now: datetime, *, fact_id: str, slip_id: str) -> Changes:
    """They are done, with a case or without one. InputError slip_moved."""
    return _move(db, who, now, fact_id, slip_id, "served", (SlipState.CALLED,))


@needs(Act.QUEUE)
def begin(
    db: Database, who: Who, now: datetime, *, fact_id: str, slip_id: str, application_id: str
) -> Changes:
    """The person has come and their case is begun at this table. InputError slip_moved."""
    body = {"application_id": application_id}
    return _move(db, who, now, fact_id, slip_id, "begun", (SlipState.CALLED,), body)


@needs(Act.QUEUE)
def end_with_case(db: Database, who: Who, now: datetime, *, fact_id: str, application_id: str) -> Changes:
    """End the slip that a case was begun for, in the transaction that ends the case; nothing without one."""
    sql = "SELECT body FROM slips WHERE state = 'called' AND json_extract(body, '$.application_id') = ?"
    row = one(db, sql, (application_id,))
    if row is None:
        return Changes()
    body = {"application_id": application_id}
    return _move(db, who, now, fact_id, _slip(row).id, "served", (SlipState.CALLED,), body)


@needs(Act.QUEUE)
def leave(db: Database, who: Who, now: datetime, *, fact_id: str, slip_id: str) -> Changes:
    """They have gone, or did not keep the appointment. InputError slip_moved."""
    of = (SlipState.WAITING, SlipState.CALLED, SlipState.BOOKED)
    return _move(db, who, now, fact_id, slip_id, "left", of)


@needs(Act.QUEUE)
def cancel(db: Database, who: Who, now: datetime, *, fact_id: str, slip_id: str) -> Changes:
    """Take a number or an appointment back that was given by mistake. InputError slip_moved."""
    return _move(db, who, now, fact_id, slip_id, "cancelled", (SlipState.WAITING, SlipState.BOOKED))


@needs(Act.QUEUE)
def book(
    db: Database, who: Who, now: datetime, *, fact_id: str, slip_id: str, compound_id: str, day: str,
    time: str, name: str, phone: str = "", household_id: str = "", type_code: str = "", birth: str = "",
    pace: Pace | None = None,
) -> Changes:  # fmt: skip
    """Make an appointment, or give one another day and time; `day` ISO, `time` local HH:MM.

    `birth` as typed (`registration.appointments.birth_from`). With a pace, a time that takes no more is
    refused: leave it out where a person has seen that and books all the same. InputError appointment_time,
    appointment_past, appointment_name, appointment_birth, appointment_crowded.
    """
    try:
        wanted = date.fromisoformat(day)
    except ValueError:
        raise InputError("appointment_time", field="day") from None
    if not _TIME.fullmatch(time):
        raise InputError("appointment_time", field="time")
    if wanted < now.date():
        raise InputError("appointment_past", field="day")
    if not name.strip():
        raise InputError("appointment_name", field="name")
    if pace is not None:
        others = [one for one in appointments(db, compound_id, wanted) if one.id != slip_id]
        full = crowd(others, time, pace)
        if full is not None:
            raise InputError(
                "appointment_crowded", field="time", time=time, booked=str(full.booked),
                tables=str(pace.tables), minutes=str(pace.minutes), free=full.free or "—",
            )  # fmt: skip
    body = {
        "day": day,
        "time": time,
        "name": name.strip(),
        "phone": phone.strip(),
        "household_id": household_id,
        "type_code": type_code,
        "birth": birth_from(birth, now.date()),
    }
    return _note(db, who, now, fact_id, slip_id, "booked", compound_id, body)


def fold(db: Database, subject: str, known: Sequence[Fact]) -> None:
    """Write a slip's row anew from all that is known of it."""
    found = slip_from(subject, known)
    if found is None:
        return
    compound_id = next((fact.compound_id for fact in known if fact.compound_id), "")
    body = compact_json(slip_to_json(found))
    db.execute(
        "INSERT OR REPLACE INTO slips VALUES (?, ?, ?, ?, ?, ?)",
        (subject, found.session_id, compound_id, found.state.value, found.day, body),
    )


def _next_number(db: Database, session_id: str, prefix: str, device_code: str) -> str:
    known = facts.of_subject(db, Topic.SESSION, session_id)
    elsewhere = any(
        (fact.verb == "opened" and fact.device_code != device_code)
        or (fact.verb == "joined" and fact.device_code == device_code)
        for fact in known
    )
    start = f"{prefix}{device_code}-" if elsewhere else prefix
    mine = scalar(
        db,
        "SELECT count(*) FROM facts WHERE topic = 'queue' AND verb = 'issued' AND device_code = ?"
        " AND json_extract(body, '$.session_id') = ? AND json_extract(body, '$.number') LIKE ?",
        (device_code, session_id, f"{start}%"),
    )
    return f"{start}{int(mine) + 1:03d}"


def _move(
    db: Database, who: Who, now: datetime, fact_id: str, slip_id: str, verb: str, of: Sequence[SlipState],
    body: Mapping[str, Any] | None = None,
) -> Changes:  # fmt: skip
    found = _known(db, slip_id)
    if found.state not in of:
        raise InputError("slip_moved", number=found.number or found.time)
    row = one(db, "SELECT compound_id FROM slips WHERE id = ?", (slip_id,))
    compound_id = "" if row is None else str(row["compound_id"])
    return _note(db, who, now, fact_id, slip_id, verb, compound_id, body or {})


def _note(
    db: Database, who: Who, now: datetime, fact_id: str, slip_id: str, verb: str, compound_id: str,
    body: Mapping[str, Any],
) -> Changes:  # fmt: skip
    return facts.note(
        db, who, now, fact_id=fact_id, topic=Topic.QUEUE, subject=slip_id, verb=verb, compound_id=compound_id,
        body=body,
    )[0]  # fmt: skip


def _known(db: Database, slip_id: str) -> Slip:
    found = slip(db, slip_id)
    if found is None:
        raise KeyError(slip_id)
    return found


def _slip(row: Mapping[str, Any]) -> Slip:
    return slip_from_json(json.loads(row["body"]))
