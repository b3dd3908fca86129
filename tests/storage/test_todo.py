"""The to-do list: what the day brings at the table, at the doors and in the ledger, by compound."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from storage import line, surveys, todo
from storage.todo import Kind
from tests.storage.evening import NOW, Evening
from tests.storage.test_obstacles import HOME, LAND, block

TODAY = date(2026, 11, 24)
OTHER = "h-2-102"


def test_appointments_doors_and_late_obstacles_stand_in_it_until_they_are_done(evening: Evening) -> None:
    assert evening.read(todo.listed, TODAY) == []
    block(evening, "o-late", replace(LAND, due="2026-11-20"))
    block(evening, "o-early", replace(LAND, due="2026-11-24"))  # its day is not over
    for at, slip in (("20:00", "ap-2"), ("19:30", "ap-1")):
        evening.write(
            line.book, evening.who, NOW, fact_id=f"f-{slip}", slip_id=slip, compound_id="c1",
            day="2026-11-24", time=at, name="张立群", phone="13893104567", household_id=HOME,
        )  # fmt: skip
    evening.write(
        line.book, evening.who, NOW, fact_id="f-ap-3", slip_id="ap-3", compound_id="c1", day="2026-11-25",
        time="19:00", name="张立群", phone="13893104567", household_id=HOME,
    )  # fmt: skip
    evening.write(surveys.plan, evening.who, NOW, fact_ids=["f-s"], household_ids=[OTHER], day="2026-11-24")
    found = evening.read(todo.listed, TODAY)
    assert [(one.kind, one.about, one.place) for one in found] == [
        (Kind.APPOINTMENT, "19:30", "2号楼 2单元 101"),
        (Kind.APPOINTMENT, "20:00", "2号楼 2单元 101"),
        (Kind.OBSTACLE, "C1", "2号楼-2单元-101"),
        (Kind.REVISIT, "", "2号楼 2单元 102"),
    ]
    assert {one.compound_id for one in found} == {"c1"}
    evening.write(line.leave, evening.who, NOW, fact_id="f-gone", slip_id="ap-1")
    assert [one.about for one in evening.read(todo.listed, TODAY)] == ["20:00", "C1", ""]


def test_what_grows_old_is_called_to_mind(evening: Evening) -> None:
    draft = evening.complete()
    evening.submitted()
    soon = TODAY + timedelta(days=2)
    assert [one.kind for one in evening.read(todo.listed, soon)] == []
    found = evening.read(todo.listed, TODAY + timedelta(days=3))
    assert [(one.kind, one.day) for one in found] == [(Kind.UNSENT, TODAY)]
    found = evening.read(todo.listed, TODAY + timedelta(days=7))
    assert [one.kind for one in found] == [Kind.UNSENT, Kind.DRAFT]
    assert found[1].case_id == draft.id and found[1].day == TODAY
    assert evening.read(todo.phones, found)[1] == draft.first_applicant.phone
