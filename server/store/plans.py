"""Sessions planned at the centre and by the windows: put down, called off, and those that are to come."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from registration.errors import InputError
from registration.facts import Fact, Topic, fact_from_json
from registration.session_plan import (
    Plan,
    PlannedSession,
    PlanState,
    check,
    plan_to_json,
    planned_session,
    weekly,
)
from server.errors import RefusedError
from server.store import facts, reference
from server.store.schema_facts import facts as table

MOST_WEEKS = 26
_SHOWN = 200
_TEXT = 60


def plan_sessions(
    connection: Connection, now: datetime, compound_id: str, plan: Plan, weeks: int, actor: str
) -> list[str]:
    """Plan a session of a compound, or the same for some weeks, all or none; return their ids.

    `now` is local. RefusedError unknown_site, plan_day, plan_times, plan_weeks, plan_twice.
    """
    if compound_id not in reference.compounds(connection, {compound_id}):
        raise RefusedError(400, "unknown_site")
    try:
        check(plan, now.date())
    except InputError as error:
        raise RefusedError(400, error.problem.code) from None
    if not 1 <= weeks <= MOST_WEEKS:
        raise RefusedError(400, "plan_weeks")
    if max(map(len, (plan.title, plan.place, plan.kind))) > _TEXT:
        raise RefusedError(400, "bad_request")
    standing = {
        (one.plan.day, one.plan.starts)
        for one in coming(connection, now.date(), compound_id)
        if one.state is not PlanState.CALLED_OFF
    }
    ids = []
    for one in weekly(plan, weeks):
        if (one.day, one.starts) in standing:
            raise RefusedError(409, "plan_twice")
        ids.append(str(uuid.uuid4()))
        _put(connection, now, ids[-1], "planned", compound_id, plan_to_json(one), actor)
    return ids


def call_off(connection: Connection, now: datetime, plan_id: str, reason: str, actor: str) -> None:
    """Call a planned session off. RefusedError plan_over where it does not stand, plan_reason."""
    found = _folded(connection, [plan_id]).get(plan_id)
    if found is None or found.state is not PlanState.PLANNED:
        raise RefusedError(409, "plan_over")
    if not reason:
        raise RefusedError(400, "plan_reason")
    _put(connection, now, plan_id, "called_off", found.compound_id, {"reason": reason}, actor)


def coming(connection: Connection, today: date, compound_id: str = "") -> list[PlannedSession]:
    """Return what is planned from today on, of one compound or of all, by day and time; at most 200."""
    day = table.c.fact["body"]["day"].astext
    wanted = (
        select(table.c.subject)
        .where(table.c.topic == Topic.PLAN.value, table.c.verb.in_(("planned", "changed")))
        .where(day >= today.isoformat())
        .group_by(table.c.subject)
        .order_by(func.min(day))
    )
    if compound_id:
        wanted = wanted.where(table.c.compound_id == compound_id)
    subjects = list(connection.execute(wanted.limit(4 * _SHOWN)).scalars())
    found = [one for one in _folded(connection, subjects).values() if one.plan.day >= today.isoformat()]
    return sorted(found, key=lambda one: (one.plan.day, one.plan.starts, one.id))[:_SHOWN]


def _folded(connection: Connection, subjects: list[str]) -> dict[str, PlannedSession]:
    wanted = select(table.c.fact).where(table.c.topic == Topic.PLAN.value, table.c.subject.in_(subjects))
    by_subject: dict[str, list[Fact]] = {}
    for said in connection.execute(wanted).scalars():
        fact = fact_from_json(said)
        by_subject.setdefault(fact.subject, []).append(fact)
    folded = ((subject, planned_session(known)) for subject, known in by_subject.items())
    return {subject: one for subject, one in folded if one is not None}


def _put(
    connection: Connection,
    now: datetime,
    plan_id: str,
    verb: str,
    compound_id: str,
    body: Mapping[str, Any],
    actor: str,
) -> None:
    fact = Fact(str(uuid.uuid4()), Topic.PLAN, plan_id, verb, compound_id, now, "", "", "", body)
    facts.put_own(connection, now, fact, actor)
