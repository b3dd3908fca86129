"""Appointments for many households at once: one after the other from a start time, a fact each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database

from registration.changes import Changes
from registration.errors import InputError
from registration.rights import Act
from storage import line
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


@needs(Act.QUEUE)
def book_many(
    db: Database, who: Who, now: datetime, *, fact_ids: Sequence[str], slip_ids: Sequence[str],
    compound_id: str, day: str, start: str, minutes: int, homes: Sequence[tuple[str, str]],
) -> tuple[Changes, int]:  # fmt: skip
    """Give each household (id, label) its time on `day`; return how many were given one.

    One that has an appointment to come keeps it and takes no time. The label stands in place of a name:
    who will come is not known yet. There are as many ids as homes. InputError as `times` and `line.book`.
    """
    already = _booked(db, compound_id, now.date().isoformat(), _EVER)
    free = [home for home in homes if home[0] not in already]
    changes = Changes()
    given = zip(free, times(start, minutes, len(free)), fact_ids, slip_ids, strict=False)
    for (household_id, label), time, fact_id, slip_id in given:
        changes |= line.book(
            db, who, now, fact_id=fact_id, slip_id=slip_id, compound_id=compound_id, day=day, time=time,
            name=label, household_id=household_id,
        )  # fmt: skip
    return changes, len(free)


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
