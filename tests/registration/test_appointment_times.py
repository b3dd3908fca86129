"""Appointments beside the line: what a time takes, who is due, and whose age proposes to go first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from registration.appointments import Crowd, Due, Pace, birth_from, crowd, due, first_by_age
from registration.errors import InputError
from registration.packs import QUEUE, PackSet, shipped
from registration.queue import Slip, SlipState, rules_from

RULES = rules_from(shipped())
TODAY = date(2026, 11, 24)


def booked(*times: str, state: SlipState = SlipState.BOOKED) -> list[Slip]:
    return [Slip(f"ap-{n}", state=state, day=TODAY.isoformat(), time=time) for n, time in enumerate(times)]


def test_a_time_takes_as_many_as_there_are_tables_for_as_long_as_one_takes() -> None:
    one, two = Pace(1, 6), Pace(2, 6)
    assert crowd(booked("20:00"), "20:06", one) is None and crowd(booked("20:00"), "19:54", one) is None
    assert crowd(booked("20:00"), "20:05", one) == Crowd(1, "20:06")
    assert crowd(booked("20:00"), "19:55", one) == Crowd(1, "20:06")
    assert crowd(booked("20:00"), "20:05", two) is None
    assert crowd(booked("20:00", "20:04"), "20:02", two) == Crowd(2, "20:06")
    # two that do not meet each other need one table between them
    assert crowd(booked("19:57", "20:03"), "20:00", two) is None
    assert crowd(booked("20:00", state=SlipState.CANCELLED), "20:00", one) is None
    assert crowd(booked("20:00", state=SlipState.WAITING), "20:00", one) is not None  # came early
    assert crowd(booked("23:58"), "23:59", one) == Crowd(1, "")
    assert crowd(booked("soon", "20:00"), "20:30", one) is None  # a stranger's time stops nothing


def test_an_appointment_is_due_before_its_time_and_late_some_minutes_after_it() -> None:
    (slip,) = booked("20:00")
    at = datetime(2026, 11, 24, 20, 0, 30, tzinfo=timezone(timedelta(hours=8)))
    seen = [due(slip, at + timedelta(minutes=by), RULES) for by in (-16, -15, 0, 5, 6)]
    assert seen == [(Due.LATER, 16), (Due.DUE, 15), (Due.DUE, 0), (Due.DUE, -5), (Due.LATE, -6)]
    assert due(slip, at + timedelta(days=1), RULES) == (Due.LATER, 0)
    assert due(replace(slip, state=SlipState.WAITING), at, RULES) == (Due.LATER, 0)


def test_the_age_of_the_pack_proposes_and_a_pack_without_ages_proposes_nothing() -> None:
    assert RULES.ages == (("elderly", 60),)
    assert first_by_age("1966-11-24", TODAY, RULES) == ("elderly", 60)
    assert first_by_age("1966-11-25", TODAY, RULES) is None
    assert first_by_age("", TODAY, RULES) is None
    old = {name: value for name, value in shipped()[QUEUE].items() if name not in ("ages", "appointments")}
    without = rules_from(PackSet({QUEUE: old}))
    assert without.ages == () and first_by_age("1930-01-01", TODAY, without) is None
    assert first_by_age("1930-01-01", TODAY, replace(RULES, ages=(("no_such_reason", 60),))) is None


def test_a_birth_is_read_as_people_say_it_and_of_a_number_only_the_day_is_kept() -> None:
    said = {"1955-03-01": "1955-03-01", "1955年3月1日": "1955-03-01", "19550301": "1955-03-01",
            "620102195512304427": "1955-12-30", " ": "", "1955": "1955-12-31"}  # fmt: skip
    assert {text: birth_from(text, TODAY) for text in said} == said
    for text in ("1955-13-01", "620102195512304428", "old", "2027", "1700", "2026-12-01"):
        with pytest.raises(InputError, match="appointment_birth"):
            birth_from(text, TODAY)
