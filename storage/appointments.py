"""Appointments beside the line: for many households at once, at what pace, and whose age is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from sqlite_utils import Database

from registration.appointments import Pace, first_by_age
from registration.appointments import pace as pace_for
from registration.changes import Changes
from registration.errors import InputError
from registration.parties import PartyKind, Role, birth_of
from registration.queue import QueueRules, Slip, SlipState, average_minutes
from registration.rights import Act
from storage import applications, line, sessions, site_sessions
from storage.json_text import compact_json
from storage.rights import needs
from storage.rows import rows
from storage.values import Who

_START = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_DAY = 24 * 60
_EVER = "9999-12-31"


def times(start: str, minutes: int, count: int) -> list[str]:
    """Return `count` local times HH:MM from `start` on, `minutes` apart.

    InputError appointment_time where the start is no time, the minutes are none, or the day ends before.
    """
    found = _START.fullmatch(start.strip())
    if found is None or minutes < 1:
        raise InputError("appointment_time", field="time")
    first = int(found[1]) * 60 + int(found[2])
    if first + minutes * (count - 1) >= _DAY:
        raise InputError("appointment_time", field="time")
    at = (first + minutes * number for number in range(count))
    return [f"{moment // 60:02d}:{moment % 60:02d}" for moment in at]


def booked_homes(db: Database, compound_id: str, day: str) -> dict[str, str]:
    """Return the households that have an appointment on `day` (ISO) and its time, the first of several."""
    return _booked(db, compound_id, day, day)


def pace_at(db: Database, compound_id: str, rules: QueueRules) -> Pace:
    """Return the pace at a compound: the running session's open laptops, and tonight's minutes.

    Where no session runs there, one laptop and the usual minutes.
    """
    session = sessions.current(db)
    if session is None or session.compound_id != compound_id:
        return pace_for(rules.usual_minutes, 1)
    known = site_sessions.site(db, session.id)
    parts = 1 if known is None else sum(not part.closed for part in known.parts)
    return pace_for(average_minutes(line.slips(db, session.id), rules), parts)


def proposed(
    db: Database, booked: Sequence[Slip], today: date, rules: QueueRules
) -> dict[str, tuple[str, int]]:
    """Return for open appointments the (reason, age) by which they may go first, by id; a person takes it.

    The age is the one that was told with the booking, else that of the eldest applicant of the case that is
    prepared for the household: a draft, or one that came back for correction.
    """
    open_ones = [one for one in booked if one.state is SlipState.BOOKED]
    births = _births(db, {one.household_id for one in open_ones if not one.birth} - {""}, today)
    found = (
        (one.id, first_by_age(one.birth or births.get(one.household_id, ""), today, rules))
        for one in open_ones
    )
    return {slip_id: reason for slip_id, reason in found if reason is not None}


def proposed_at_home(
    db: Database, household_id: str, today: date, rules: QueueRules
) -> tuple[str, int] | None:
    """Return the (reason, age) that the case prepared for a household proposes, None for none."""
    return first_by_age(_births(db, {household_id}, today).get(household_id, ""), today, rules)


@needs(Act.QUEUE)
def book_many(
    db: Database, who: Who, now: datetime, *, fact_ids: Sequence[str], slip_ids: Sequence[str],
    compound_id: str, day: str, start: str, minutes: int, homes: Sequence[tuple[str, str]],
    pace: Pace | None = None,
) -> tuple[Changes, int]:  # fmt: skip
    """Give each household (id, label) its time on `day`; return how many were given one.

    One that has an appointment to come keeps it and takes no time. The label stands in place of a name:
    who will come is not known yet. There are as many ids as homes. With a pace, times that
    take no more refuse the whole batch. InputError as `times` and `line.book`.
    """
    already = _booked(db, compound_id, now.date().isoformat(), _EVER)
    free = [home for home in homes if home[0] not in already]
    changes = Changes()
    given = zip(free, times(start, minutes, len(free)), fact_ids, slip_ids, strict=False)
    for (household_id, label), time, fact_id, slip_id in given:
        changes |= line.book(
            db, who, now, fact_id=fact_id, slip_id=slip_id, compound_id=compound_id, day=day, time=time,
            name=label, household_id=household_id, pace=pace,
        )  # fmt: skip
    return changes, len(free)


def _births(db: Database, homes: set[str], today: date) -> dict[str, str]:
    sql = (
        "SELECT id, household_id FROM applications WHERE state IN ('draft', 'returned')"
        " AND household_id IN (SELECT value FROM json_each(?))"
    )
    eldest: dict[str, str] = {}
    for row in rows(db, sql, (compact_json(sorted(homes)),)):
        case = applications.application(db, row["id"])
        people = case.parties if case is not None else ()
        known = [
            born.isoformat()
            for party in people
            if party.role is Role.RIGHT_HOLDER and party.kind is PartyKind.NATURAL
            and (born := birth_of(party, today=today)) is not None
        ]  # fmt: skip
        home = str(row["household_id"])
        eldest[home] = min([*known, *([eldest[home]] if home in eldest else [])], default="")
    return eldest


def _booked(db: Database, compound_id: str, first: str, last: str) -> dict[str, str]:
    sql = """
        SELECT json_extract(body, '$.household_id') AS home, json_extract(body, '$.time') AS time FROM slips
        WHERE state = 'booked' AND day BETWEEN ? AND ? AND compound_id = ? ORDER BY day, time
    """
    found: dict[str, str] = {}
    for row in rows(db, sql, (first, last, compound_id)):
        if row["home"]:
            found.setdefault(str(row["home"]), str(row["time"]))
    return found
