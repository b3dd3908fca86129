"""Appointments for many households: consecutive times, nobody booked twice, all of them or none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from registration.appointments import Pace
from registration.errors import InputError
from registration.packs import shipped
from registration.queue import rules_from
from storage import appointments, line
from tests.storage.evening import PERSON, Evening

RULES = rules_from(shipped())

DAY = "2026-11-26"
HOMES = [("h-3-1201", "3号楼 1201"), ("h-3-1202", "3号楼 1202"), ("h-3-1101", "3号楼 1101")]


def book(
    evening: Evening, run: str, *, start: str = "19:50", day: str = DAY, minutes: int = 15,
    pace: Pace | None = None,
) -> int:  # fmt: skip
    ids = [f"{run}-{number}" for number in range(len(HOMES))]
    return evening.write(
        appointments.book_many, evening.who, evening.now, fact_ids=[f"f-{one}" for one in ids],
        slip_ids=[f"s-{one}" for one in ids], compound_id="c1", day=day, start=start, minutes=minutes,
        homes=HOMES, pace=pace,
    )[1]  # fmt: skip


def test_times_follow_each_other_over_the_hour_and_end_with_the_day() -> None:
    assert appointments.times("9:50", 15, 3) == ["09:50", "10:05", "10:20"]
    assert appointments.times("23:45", 15, 1) == ["23:45"]
    for start, minutes, count in (("23:45", 15, 2), ("soon", 10, 1), ("24:00", 10, 1), ("19:00", 0, 1)):
        with pytest.raises(InputError) as refused:
            appointments.times(start, minutes, count)
        assert refused.value.code == "appointment_time"


def test_each_household_gets_its_time_and_one_that_has_one_keeps_it(evening: Evening) -> None:
    evening.write(
        line.book, evening.who, evening.now, fact_id="f-0", slip_id="s-0", compound_id="c1",
        day="2026-11-25", time="18:00", name="一位", household_id=HOMES[1][0],
    )  # fmt: skip
    assert book(evening, "a") == 2
    booked = evening.read(line.appointments, "c1", date.fromisoformat(DAY))
    assert [(one.time, one.household_id, one.name) for one in booked] == [
        ("19:50", *HOMES[0]),
        ("20:05", *HOMES[2]),
    ]
    assert book(evening, "b") == 0
    expected = {HOMES[0][0]: "19:50", HOMES[2][0]: "20:05"}
    assert evening.read(appointments.booked_homes, "c1", DAY) == expected


def test_a_refused_batch_books_nobody(evening: Evening) -> None:
    for start, day in (("23:40", DAY), ("19:00", "2026-11-20")):
        with pytest.raises(InputError):
            book(evening, "a", start=start, day=day)
    assert evening.read(line.appointments, "c1", date.fromisoformat(DAY)) == []


def test_a_time_that_takes_no_more_is_refused_until_a_person_has_seen_it(evening: Evening) -> None:
    room = evening.read(appointments.pace_at, "c1", RULES)
    assert room == Pace(1, RULES.usual_minutes) == evening.read(appointments.pace_at, "c9", RULES)
    given = {"compound_id": "c1", "day": DAY, "name": "一位"}

    def one(number: int, time: str, pace: Pace | None) -> None:
        evening.write(
            line.book, evening.who, evening.now, fact_id=f"f-{number}-{time}", slip_id=f"s-{number}",
            time=time, pace=pace, **given,
        )  # fmt: skip

    one(1, "19:00", room)
    with pytest.raises(InputError) as refused:
        one(2, "19:04", room)
    assert (refused.value.code, refused.value.problem.params["free"]) == ("appointment_crowded", "19:06")
    one(1, "19:02", room)  # its own former time is not in its way
    one(2, "19:04", None)
    assert len(evening.read(line.appointments, "c1", date.fromisoformat(DAY))) == 2
    with pytest.raises(InputError, match="appointment_crowded"):
        book(evening, "a", start="18:56", minutes=6, pace=room)
    assert book(evening, "b", start="18:40", minutes=6, pace=room) == len(HOMES)


def test_who_goes_first_by_age_is_known_from_the_booking_or_the_prepared_case(evening: Evening) -> None:
    old = replace(PERSON, document_number="620102195512304427")
    evening.save(replace(evening.start("h-3-1201"), parties=(old,)))
    evening.save(replace(evening.start("h-3-1202"), parties=(PERSON,)))
    asked = [("s-1", "h-3-1201", ""), ("s-2", "h-3-1202", ""), ("s-3", "", "1950"), ("s-4", "", ""),
             ("s-5", "h-3-1201", "1990-01-01")]  # fmt: skip
    for number, (slip_id, home, birth) in enumerate(asked):
        evening.write(
            line.book, evening.who, evening.now, fact_id=f"f-{number}", slip_id=slip_id, compound_id="c1",
            day="2026-11-24", time="20:00", name="一位", household_id=home, birth=birth,
        )  # fmt: skip
    today = evening.now.date()
    booked = evening.read(line.appointments, "c1", today)
    found = evening.read(appointments.proposed, booked, today, RULES)
    assert found == {"s-1": ("elderly", 70), "s-3": ("elderly", 75)}
    assert [one.reason for one in booked] == [""] * 5  # proposed, and nothing more
