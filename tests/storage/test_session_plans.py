"""Sessions that are planned: in a series, changed and called off, opened on two laptops without a network."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest

from registration.errors import InputError
from registration.facts import Topic, fact_to_json
from registration.session_plan import Plan, PlanState, planned_session, weekly
from registration.session_team import Member, Setting
from storage import device, facts, operations, session_plans, sessions, site_sessions
from storage.ids import new_id
from storage.values import Who
from tests.storage.evening import NOW, Evening, enrol_answer

LI = Who("o-1", "李雪梅", "A02")
TODAY = NOW.astimezone().date()
PLAN = Plan(
    TODAY.isoformat(), "18:30", "21:00", "晚间场", "property_office", "3号楼一层",
    (Member("李小兰", "helper"), Member("赵国强", "leader")),
)  # fmt: skip


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[Evening]:
    found = Evening(tmp_path / "first")
    yield found
    found.close()


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Evening]:
    found = Evening(tmp_path / "second", enrolled=False)
    found.write(device.apply_enrolment, found.now, enrol_answer(device_code="A02"))
    yield found
    found.close()


def put(evening: Evening, plans: list[Plan]) -> list[str]:
    ids = [(new_id(evening.now), new_id(evening.now)) for _ in plans]
    evening.write(
        session_plans.plan_sessions, evening.who, evening.now, compound_id="c1", plans=plans, ids=ids
    )
    return [plan_id for _, plan_id in ids]


def open_plan(evening: Evening, who: Who, plan_id: str) -> None:
    evening.write(
        session_plans.open_planned, who, evening.now, plan_id=plan_id, plan_fact_id=new_id(evening.now),
        fact_id=new_id(evening.now), title="晚间场", starts="18:30", ends="21:00",
        setting=Setting(PLAN.kind, PLAN.place, PLAN.team),
    )  # fmt: skip


def tell(of: Evening, to: Evening, topic: Topic) -> None:
    for fact in of.read(facts.of_topic, topic):
        to.write(facts.take, to.now, fact_to_json(fact))


def test_a_weekly_series_is_planned_whole_or_not_at_all(closed: Evening) -> None:
    put(closed, weekly(PLAN, 3))
    days = [TODAY + timedelta(weeks=number) for number in range(3)]
    assert [one.plan.day for one in closed.read(session_plans.coming, TODAY)] == [str(day) for day in days]
    assert closed.read(session_plans.coming, TODAY)[0].plan == PLAN
    later = Plan((TODAY + timedelta(days=7 * 4 - 14)).isoformat(), "18:30", "20:00")  # the third of the three
    with pytest.raises(InputError, match="plan_twice"):
        put(closed, [Plan(TODAY.isoformat(), "09:00", "11:00"), later])
    assert len(closed.read(session_plans.coming, TODAY)) == 3
    for wrong, code in (
        (Plan((TODAY - timedelta(days=1)).isoformat(), "18:30", "21:00"), "plan_day"),
        (Plan("28.11.", "18:30", "21:00"), "plan_day"),
        (Plan(TODAY.isoformat(), "21:00", "18:30"), "plan_times"),
    ):
        with pytest.raises(InputError, match=code):
            put(closed, [wrong])


def test_what_was_called_off_stays_so_and_what_has_begun_has_begun(closed: Evening, second: Evening) -> None:
    (first, other) = put(closed, weekly(PLAN, 2))
    tell(closed, second, Topic.PLAN)
    now = closed.now + timedelta(minutes=1)
    with pytest.raises(InputError, match="plan_reason"):
        closed.write(session_plans.call_off, closed.who, now, fact_id=new_id(now), plan_id=first, reason=" ")
    closed.write(session_plans.call_off, closed.who, now, fact_id=new_id(now), plan_id=first, reason="停电")
    now += timedelta(minutes=1)
    moved = Plan(TODAY.isoformat(), "19:00", "21:30")
    second.write(  # it has not heard that there will be none
        session_plans.change_plan, LI, now, fact_id=new_id(now), plan_id=first, compound_id="c1", plan=moved
    )
    tell(closed, second, Topic.PLAN)
    tell(second, closed, Topic.PLAN)
    assert closed.read(session_plans.coming, TODAY) == second.read(session_plans.coming, TODAY)
    found = second.read(session_plans.planned, first)
    assert found is not None
    assert (found.state, found.reason, found.plan.starts) == (PlanState.CALLED_OFF, "停电", "19:00")
    assert [one.id for one in closed.read(session_plans.of_day, TODAY)] == []
    with pytest.raises(InputError, match="plan_over"):
        open_plan(second, LI, first)
    known = second.read(lambda db: facts.of_subject(db, Topic.PLAN, first))
    assert len(known) == 3
    assert {planned_session(order) for order in permutations(known)} == {found}
    assert closed.read(session_plans.planned, other) is not None


def test_two_laptops_that_open_one_plan_offline_are_in_one_session(closed: Evening, second: Evening) -> None:
    (plan_id,) = put(closed, [PLAN])
    tell(closed, second, Topic.PLAN)
    open_plan(closed, closed.who, plan_id)
    open_plan(second, LI, plan_id)
    here, there = closed.read(sessions.current), second.read(sessions.current)
    assert here is not None and there is not None and here.id == there.id
    assert here.helper_name == "李小兰"
    tell(second, closed, Topic.SESSION)
    site = closed.read(site_sessions.site, here.id)
    assert site is not None
    assert [part.device_code for part in site.parts] == ["A03", "A02"]
    assert (site.kind, site.place) == ("property_office", "3号楼一层")
    assert [(one.name, one.role) for one in site.team] == [
        ("王海燕", "operator"), ("李小兰", "helper"), ("赵国强", "leader"), ("李雪梅", "operator"),
    ]  # fmt: skip
    found = closed.read(session_plans.planned, plan_id)
    assert found is not None and found.state is PlanState.BEGUN
    with pytest.raises(InputError, match="session_open"):
        closed.write(
            lambda db: operations.open_session(
                db, closed.who, closed.now, session_id="x", fact_id=new_id(closed.now), compound_id="c1",
                title="", starts="", ends="", helper_name="",
            )
        )  # fmt: skip


def test_a_plan_of_the_centre_is_listed_with_the_others(closed: Evening) -> None:
    closed.write(
        facts.take, closed.now,
        {
            "id": "f-1", "topic": "plan", "subject": "p-1", "verb": "planned", "compound_id": "c1",
            "at": closed.now.isoformat(), "device_code": "", "operator_id": "", "operator_name": "",
            "body": {"day": TODAY.isoformat(), "starts": "14:00", "ends": "17:00", "title": "周末场"},
        },
    )  # fmt: skip
    strange = {
        "id": "f-2", "topic": "plan", "subject": "p-2", "verb": "planned", "compound_id": "c1",
        "at": closed.now.isoformat(), "device_code": "A09", "operator_id": "", "operator_name": "",
        "body": {"day": "zzz", "team": "nobody"},
    }  # fmt: skip
    closed.write(facts.take, closed.now, strange)
    assert len(closed.read(session_plans.coming, TODAY)) == 1  # what has no day is no plan
    (found,) = closed.read(session_plans.of_day, TODAY)
    assert (found.plan.title, found.planner, found.plan.team) == ("周末场", "", ())
