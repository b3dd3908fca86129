"""The waiting line: fair, the same on every laptop, and no number twice."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest

from registration.errors import InputError
from registration.facts import Topic, fact_to_json
from registration.packs import shipped
from registration.queue import Slip, SlipState, average_minutes, in_line, rules_from, wait_minutes
from storage import facts, line
from storage.values import Who
from tests.storage.evening import Evening

RULES = rules_from(shipped())
_ids = count(1)


def fresh() -> str:
    return f"q-{next(_ids):06d}"


class Table:
    """One laptop's table in an open session."""

    def __init__(self, evening: Evening, who: Who | None = None) -> None:
        self.evening, self.who = evening, who or evening.who

    def do(self, act: Any, minutes: float = 0, **given: Any) -> Any:
        now = self.evening.now + timedelta(minutes=minutes)
        return self.evening.write(act, self.who, now, fact_id=fresh(), **given)

    def give(self, reason: str = "", minutes: float = 0, **given: Any) -> Slip:
        given = {"slip_id": fresh(), "rules": RULES, "reason": reason, **given}
        return self.do(line.issue, minutes, **given)[1]

    def call(self, minutes: float = 0) -> str:
        now = self.evening.now + timedelta(minutes=minutes)
        ids = (fresh(), fresh())
        slip = self.evening.write(line.call_next, self.who, now, fact_ids=ids, rules=RULES)[1]
        return slip.number if slip else ""

    def slips(self) -> list[Slip]:
        return self.evening.read(lambda db: line.slips(db, "s-1"))


@pytest.fixture
def table(evening: Evening) -> Table:
    return Table(evening)


def test_priority_goes_first_and_nobody_starves(table: Table) -> None:
    for minutes, reason in enumerate(["", "", "elderly", "pregnant", "elderly", "green", ""]):
        table.give(reason, minutes)
    expected = ["P001", "P002", "A001", "P003", "P004", "A002", "A003", ""]
    assert [slip.number for slip in in_line(table.slips(), RULES)] == expected[:-1]
    assert [table.call(20 + turn) for turn in range(8)] == expected


def test_who_does_not_come_is_passed_over_and_comes_back(table: Table) -> None:
    for minute in range(6):
        table.give(minutes=minute / 10)
    assert table.call(1) == "A001"
    (first,) = [slip for slip in table.slips() if slip.state is SlipState.CALLED]
    table.do(line.call, 2, slip_id=first.id)
    table.do(line.skip, 3, slip_id=first.id)
    with pytest.raises(InputError) as refused:
        table.do(line.skip, 3, slip_id=first.id)
    assert refused.value.code == "slip_moved"
    expected = ["A002", "A003", "A004", "A001", "A005"]
    assert [slip.number for slip in in_line(table.slips(), RULES)][:5] == expected
    assert [table.call(4 + turn) for turn in range(5)] == expected


def test_a_number_without_everybody_here_needs_a_reason(table: Table) -> None:
    with pytest.raises(InputError) as refused:
        table.give(missing=["owners"])
    assert refused.value.code == "slip_reason_missing"
    slip = table.give(missing=["owners"], why="妻子十分钟后到")
    assert (slip.number, slip.missing, slip.why) == ("A001", ("owners",), "妻子十分钟后到")
    asked = [question.code for question in RULES.asked("second_hand_transfer")]
    assert asked == ["owners", "seller", "papers"]


def test_two_laptops_that_hear_of_each_other_late_agree(table: Table, tmp_path: Any) -> None:
    slip = table.give()
    other = Evening(tmp_path / "other")
    there = Table(other, Who("o-2", "李娟", "B07"))
    for fact in table.evening.read(lambda db: facts.of_topic(db, Topic.QUEUE)):
        other.write(facts.take, other.now, fact_to_json(fact))
    table.call(1)
    there.do(line.leave, 3, slip_id=slip.id)  # it had not heard that it was called
    told = [
        [fact_to_json(fact) for fact in one.read(lambda db: facts.of_topic(db, Topic.QUEUE))]
        for one in (table.evening, other)
    ]
    for one, heard in ((table.evening, told[1]), (other, list(reversed(told[0])))):
        for body in heard:
            one.write(facts.take, one.now, body)
    here, seen = (one.read(lambda db: line.slip(db, slip.id)) for one in (table.evening, other))
    assert here == seen and here is not None and here.state is SlipState.LEFT
    other.close()


def test_a_joined_laptop_gives_numbers_of_its_own(table: Table) -> None:
    table.evening.write(
        facts.note, Who("o-9", "赵", "B07"), table.evening.now, fact_id=fresh(), subject="s-1",
        verb="opened", compound_id="c1", topic=Topic.SESSION,
    )  # fmt: skip
    assert table.give().number == f"A{table.who.device_code}-001"


def test_a_cancelled_number_is_not_given_again(table: Table) -> None:
    table.do(line.cancel, 1, slip_id=table.give().id)
    assert table.give(minutes=2).number == "A002"


def test_the_pace_is_this_evenings_own_once_there_is_one(table: Table) -> None:
    for turn in range(6):
        table.give(minutes=turn / 10)
    assert average_minutes(table.slips(), RULES) == RULES.usual_minutes
    for turn in range(4):
        table.call(1 + 4 * turn)
    slips = table.slips()
    assert (average_minutes(slips, RULES), wait_minutes(2, slips, RULES)) == (4, 8)


def test_an_appointment_is_booked_moved_and_gets_its_number(table: Table) -> None:
    given = {"slip_id": "ap-1", "compound_id": "c1", "name": "张立群", "phone": "13893104567"}
    table.do(line.book, 0, day="2026-11-24", time="19:40", **given)
    table.do(line.book, 1, day="2026-11-24", time="20:00", **given)
    (booked,) = table.evening.read(line.appointments, "c1", date(2026, 11, 24))
    assert (booked.time, booked.state) == ("20:00", SlipState.BOOKED)
    assert table.slips() == []  # nobody has come
    came = table.give("appointment", 2, slip_id="ap-1")
    assert (came.number, came.name, came.state) == ("P001", "张立群", SlipState.WAITING)
    with pytest.raises(InputError, match="slip_moved"):
        table.give("appointment", 3, slip_id="ap-1")
    for wrong, code in (
        ({"day": "2026-11-25", "time": "25:00"}, "appointment_time"),
        ({"day": "soon", "time": "19:00"}, "appointment_time"),
        ({"day": "2026-11-20", "time": "19:00"}, "appointment_past"),
        ({"day": "2026-11-25", "time": "19:00", "name": " "}, "appointment_name"),
    ):
        with pytest.raises(InputError) as refused:
            table.do(line.book, 0, **{**given, **wrong})
        assert refused.value.code == code


def test_an_appointment_given_up_by_mistake_is_an_appointment_again(table: Table) -> None:
    given = {"slip_id": "ap-1", "compound_id": "c1", "name": "张立群"}
    table.do(line.book, 0, day="2026-11-24", time="19:40", **given)
    table.do(line.leave, 1, slip_id="ap-1")
    table.do(line.put_back, 2, slip_id="ap-1")
    found = table.evening.read(line.slip, "ap-1")
    assert found is not None and found.state is SlipState.BOOKED
    assert table.give("appointment", 3, slip_id="ap-1").number == "P001"


def test_an_appointment_that_two_laptops_gave_a_number_keeps_the_one_that_was_called(
    table: Table, tmp_path: Any
) -> None:
    table.do(line.book, 0, slip_id="ap-1", compound_id="c1", day="2026-11-24", time="19:40", name="张立群")
    (booked,) = table.evening.read(lambda db: facts.of_topic(db, Topic.QUEUE))
    other = Evening(tmp_path / "other")
    other.open_session()
    other.write(facts.take, other.now, fact_to_json(booked))
    there = Table(other, Who("o-2", "李娟", "B07"))
    table.give("appointment", 1, slip_id="ap-1")
    table.call(2)
    there.give("", 3, slip_id="ap-1")  # it had not heard that they came
    for fact in other.read(lambda db: facts.of_topic(db, Topic.QUEUE)):
        table.evening.write(facts.take, table.evening.now, fact_to_json(fact))
    found = table.evening.read(line.slip, "ap-1")
    assert found is not None and (found.number, found.state) == ("P001", SlipState.CALLED)
    other.close()
