"""Appointments for many households: consecutive times, nobody booked twice, all of them or none."""

from __future__ import annotations

from datetime import date

import pytest

from registration.errors import InputError
from storage import appointments, line
from tests.storage.evening import Evening

DAY = "2026-11-26"
HOMES = [("h-3-1201", "3号楼 1201"), ("h-3-1202", "3号楼 1202"), ("h-3-1101", "3号楼 1101")]


def book(evening: Evening, run: str, *, start: str = "19:50", day: str = DAY, minutes: int = 15) -> int:
    ids = [f"{run}-{number}" for number in range(len(HOMES))]
    return evening.write(
        appointments.book_many, evening.who, evening.now, fact_ids=[f"f-{one}" for one in ids],
        slip_ids=[f"s-{one}" for one in ids], compound_id="c1", day=day, start=start, minutes=minutes,
        homes=HOMES,
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
