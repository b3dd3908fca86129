"""Sessions that are to be (场次计划): planned for an evening or a weekend, changed, called off, begun."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from registration.errors import InputError
from registration.facts import Fact, in_order
from registration.session import new_code, session_id_of
from registration.session_team import Member, team_from_json, team_to_json

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


class PlanState(StrEnum):
    """How a plan stands."""

    PLANNED = "planned"
    BEGUN = "begun"  # a session was opened from it
    CALLED_OFF = "called_off"


@dataclass(frozen=True)
class Plan:
    """What is planned. `day` is an ISO date, times are local "18:30"; `kind` is a code of `session_kinds`."""

    day: str
    starts: str
    ends: str
    title: str = ""
    kind: str = ""
    place: str = ""
    team: tuple[Member, ...] = ()


@dataclass(frozen=True)
class PlannedSession:
    """A plan as its facts have it. `reason` is why it was called off; `planner` is "" for the centre."""

    id: str
    compound_id: str
    plan: Plan
    state: PlanState = PlanState.PLANNED
    reason: str = ""
    planner: str = ""

    @property
    def code(self) -> str:
        """Return the code of the session that is opened from this plan.

        It follows from the plan: laptops that open it without a network are in one session all the same.
        """
        return new_code(self.compound_id, self.id)

    @property
    def session_id(self) -> str:
        return session_id_of(self.compound_id, self.code)


def is_day(text: str) -> bool:
    """Say whether a text is an ISO date with its dashes, as plans are sorted by."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def check(plan: Plan, today: date) -> None:
    """Refuse a plan that cannot be: InputError plan_day for a day that is none or is over, plan_times."""
    if not is_day(plan.day) or plan.day < today.isoformat():
        raise InputError("plan_day", field="day")
    times = (plan.starts, plan.ends)
    if not all(map(_TIME.fullmatch, times)) or plan.starts >= plan.ends:
        raise InputError("plan_times", field="starts")


def weekly(plan: Plan, weeks: int) -> list[Plan]:
    """Return the plan for its day and the same day of the weeks after it, `weeks` in all."""
    first = date.fromisoformat(plan.day)
    return [replace(plan, day=(first + timedelta(weeks=number)).isoformat()) for number in range(weeks)]


def planned_session(facts: Iterable[Fact]) -> PlannedSession | None:
    """Return a plan from its facts in any order; None where nothing says what was planned.

    What was begun was begun, whatever else was said; what was called off stays so, also where somebody who
    had not heard of it changed it.
    """
    found: PlannedSession | None = None
    called_off, begun = "", False
    for fact in in_order(facts):
        if fact.verb in ("planned", "changed") and is_day(str(fact.body.get("day", ""))):
            planner = fact.operator_name if found is None else found.planner
            found = PlannedSession(fact.subject, fact.compound_id, plan_from_json(fact.body), planner=planner)
        elif fact.verb == "called_off":
            called_off = called_off or str(fact.body.get("reason", "")) or "—"
        begun = begun or fact.verb == "begun"
    if found is None or begun or not called_off:
        return found if found is None or not begun else replace(found, state=PlanState.BEGUN)
    return replace(found, state=PlanState.CALLED_OFF, reason=called_off)


def plan_to_json(plan: Plan) -> dict[str, Any]:
    words = {name: getattr(plan, name) for name in ("day", "starts", "ends", "title", "kind", "place")}
    return {**words, "team": team_to_json(plan.team)}


def plan_from_json(value: Mapping[str, Any]) -> Plan:
    """Inverse of `plan_to_json`; unknown fields are ignored, missing ones are ""."""
    names = ("day", "starts", "ends", "title", "kind", "place")
    words = {name: str(value.get(name, "")) for name in names}
    return Plan(**words, team=team_from_json(value.get("team")))
