"""Appointments beside the line: what a time can take, who is due or late, and who goes first by age."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from math import ceil

from registration.errors import InputError
from registration.identifiers import age_on, parse_id_number
from registration.queue import QueueRules, Slip, SlipState

_OVER = (SlipState.SERVED, SlipState.LEFT, SlipState.CANCELLED)
_DAY = 24 * 60
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_YEAR = re.compile(r"[12][0-9]{3}")
_PARTS = re.compile(r"([12][0-9]{3})[年./\-\s]*([0-9]{1,2})[月./\-\s]*([0-9]{1,2})日?")


class Due(StrEnum):
    """How an open appointment of today stands against the clock."""

    LATER = "later"
    DUE = "due"
    LATE = "late"


@dataclass(frozen=True)
class Pace:
    """What a place takes: so many at once, each for so many minutes; both at least 1."""

    tables: int
    minutes: int


@dataclass(frozen=True)
class Crowd:
    """Why a time takes no more: how many stand there already, and the next time that takes one, or ""."""

    booked: int
    free: str


def crowd(booked: Sequence[Slip], time: str, pace: Pace) -> Crowd | None:
    """Return what stands at a time already where one more is more than the pace allows, else None.

    `booked` are the appointments of that day and place; those that are over do not count. `time` is HH:MM.
    """
    standing = [one for one in booked if one.state not in _OVER and _TIME.fullmatch(one.time)]
    taken = sorted(_minute(one.time) for one in standing)
    wanted = _minute(time)
    most = _most(taken, wanted, pace)
    if most < pace.tables:
        return None
    free = next((at for at in range(wanted + 1, _DAY) if _most(taken, at, pace) < pace.tables), None)
    return Crowd(most, "" if free is None else f"{free // 60:02d}:{free % 60:02d}")


def pace(average: float, parts: int) -> Pace:
    """Return the pace of `parts` laptops at which one takes `average` minutes."""
    return Pace(max(1, parts), max(1, ceil(average)))


def due(slip: Slip, now: datetime, rules: QueueRules) -> tuple[Due, int]:
    """Return how an open appointment stands at `now` (local), and the minutes until it, negative after it."""
    today = slip.state is SlipState.BOOKED and slip.day == now.date().isoformat()
    if not today or not _TIME.fullmatch(slip.time):
        return Due.LATER, 0
    left = _minute(slip.time) - (now.hour * 60 + now.minute)
    if left < -rules.late_after:
        return Due.LATE, left
    return (Due.DUE if left <= rules.due_within else Due.LATER), left


def first_by_age(birth: str, today: date, rules: QueueRules) -> tuple[str, int] | None:
    """Return (reason, age) that a date of birth (ISO) proposes, the highest age first; None for none.

    It is proposed, never applied: a person takes it.
    """
    try:
        age = age_on(date.fromisoformat(birth), today)
    except ValueError:
        return None
    found = [(start, reason) for reason, start in rules.ages if age >= start and rules.reason(reason)]
    return (max(found)[1], age) if found else None


def birth_from(text: str, today: date) -> str:
    """Read when somebody was born: a date, a year, or an identity number, of which only the date is kept.

    Return it as an ISO date, "" for nothing; a year alone counts as its last day, so nobody is made older.
    InputError appointment_birth for anything else.
    """
    typed = text.strip()
    if not typed:
        return ""
    try:
        if _YEAR.fullmatch(typed):
            born = date(int(typed), 12, 31)
        elif (parts := _PARTS.fullmatch(typed)) is not None:
            born = date(int(parts[1]), int(parts[2]), int(parts[3]))
        else:
            born = parse_id_number(typed, today=today).birth
    except (ValueError, InputError):
        raise InputError("appointment_birth", field="birth") from None
    if born.year > today.year or age_on(born, today) > 130 or (born > today and not _YEAR.fullmatch(typed)):
        raise InputError("appointment_birth", field="birth")
    return born.isoformat()


def _most(taken: Sequence[int], at: int, pace: Pace) -> int:
    """Return how many are served at once while one that begins `at` is, without that one."""
    near = [one for one in taken if at - pace.minutes < one < at + pace.minutes]
    moments = [at, *(one for one in near if one > at)]
    return max(sum(moment - pace.minutes < one <= moment for one in near) for moment in moments)


def _minute(time: str) -> int:
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)
