"""Sessions that are planned as stored: put down, changed, called off, and opened on their day."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from registration.changes import Changes
from registration.errors import InputError
from registration.facts import Fact, Topic
from registration.rights import Act
from registration.session_plan import (
    Plan,
    PlannedSession,
    PlanState,
    check,
    plan_from_json,
    plan_to_json,
    planned_session,
)
from registration.session_team import Setting
from storage import facts, operations, reference, sessions, site_sessions
from storage.json_text import compact_json
from storage.rights import needs
from storage.rows import one, rows
from storage.values import Who


def planned(db: Database, plan_id: str) -> PlannedSession | None:
    row = one(db, "SELECT * FROM session_plans WHERE id = ?", (plan_id,))
    return None if row is None else _planned(row)


def coming(db: Database, since: date, limit: int = 300) -> list[PlannedSession]:
    """Return what is planned from a day on, also what was begun or called off, by day and time."""
    sql = "SELECT * FROM session_plans WHERE day >= ? ORDER BY day, starts, id LIMIT ?"
    return [_planned(row) for row in rows(db, sql, (since.isoformat(), limit))]


def of_day(db: Database, day: date, limit: int = 4) -> list[PlannedSession]:
    """Return the plans of a day that still stand, by time."""
    sql = "SELECT * FROM session_plans WHERE day = ? AND state = ? ORDER BY starts, id LIMIT ?"
    return [_planned(row) for row in rows(db, sql, (day.isoformat(), PlanState.PLANNED.value, limit))]


@needs(Act.SESSION)
def plan_sessions(
    db: Database,
    who: Who,
    now: datetime,
    *,
    compound_id: str,
    plans: Sequence[Plan],
    ids: Sequence[tuple[str, str]],
) -> Changes:
    """Plan a session, or a series of them, all or none. `ids` are a new fact id and plan id for each.

    InputError plan_day, plan_times, plan_twice where the compound has one at that time already; KeyError for
    an unknown compound.
    """
    changes = Changes()
    for plan, (fact_id, plan_id) in zip(plans, ids, strict=True):
        changes |= _put(db, who, now, fact_id, plan_id, "planned", compound_id, plan)
    return changes


@needs(Act.SESSION)
def change_plan(
    db: Database, who: Who, now: datetime, *, fact_id: str, plan_id: str, compound_id: str, plan: Plan
) -> Changes:
    """Change a plan, its compound too. InputError plan_over where it does not stand; as `plan_sessions`."""
    _standing(db, plan_id)
    return _put(db, who, now, fact_id, plan_id, "changed", compound_id, plan)


@needs(Act.SESSION)
def call_off(db: Database, who: Who, now: datetime, *, fact_id: str, plan_id: str, reason: str) -> Changes:
    """Call a planned session off. InputError plan_over, plan_reason where none is given."""
    found = _standing(db, plan_id)
    if not reason.strip():
        raise InputError("plan_reason", field="reason")
    body = {"reason": reason.strip()}
    return _note(db, who, now, fact_id, plan_id, "called_off", found.compound_id, body)


@needs(Act.SESSION)
def open_planned(
    db: Database,
    who: Who,
    now: datetime,
    *,
    plan_id: str,
    plan_fact_id: str,
    fact_id: str,
    title: str,
    starts: str,
    ends: str,
    setting: Setting,
) -> Changes:
    """Open the session of a plan, or join it where another laptop did; the plan says it has begun.

    Laptops that open the same plan without hearing of each other are in one session. Raises as
    `operations.open_session` and `site_sessions.join`, and InputError plan_over.
    """
    found = _standing(db, plan_id)
    if site_sessions.site(db, found.session_id) is not None:
        changes = site_sessions.join(
            db,
            who,
            now,
            session_id=found.session_id,
            fact_id=fact_id,
            helper_name=setting.helper,
            team=setting.team,
        )
    elif sessions.session(db, found.session_id) is not None:
        raise InputError("session_part_closed")
    else:
        changes, _ = operations.open_session(
            db,
            who,
            now,
            session_id=found.session_id,
            fact_id=fact_id,
            compound_id=found.compound_id,
            title=title,
            starts=starts,
            ends=ends,
            helper_name=setting.helper,
            code=found.code,
            setting=setting,
        )
    body = {"session_id": found.session_id}
    return changes | _note(db, who, now, plan_fact_id, plan_id, "begun", found.compound_id, body)


def fold(db: Database, subject: str, known: Sequence[Fact]) -> None:
    """Write a plan's row anew."""
    found = planned_session(known)
    if found is None:
        return
    body = {**plan_to_json(found.plan), "reason": found.reason, "planner": found.planner}
    db.execute(
        "INSERT INTO session_plans VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET compound_id ="
        " excluded.compound_id, day = excluded.day, starts = excluded.starts, state = excluded.state,"
        " body = excluded.body",
        (
            subject,
            found.compound_id,
            found.plan.day,
            found.plan.starts,
            found.state.value,
            compact_json(body),
        ),
    )


def _put(
    db: Database,
    who: Who,
    now: datetime,
    fact_id: str,
    plan_id: str,
    verb: str,
    compound_id: str,
    plan: Plan,
) -> Changes:
    check(plan, now.astimezone().date())
    if reference.compound(db, compound_id) is None:
        raise KeyError(compound_id)
    sql = (
        "SELECT id FROM session_plans WHERE day = ? AND starts = ? AND compound_id = ? AND id <> ?"
        " AND state <> 'called_off'"
    )
    if one(db, sql, (plan.day, plan.starts, compound_id, plan_id)) is not None:
        raise InputError("plan_twice", field="day", day=plan.day)
    return _note(db, who, now, fact_id, plan_id, verb, compound_id, plan_to_json(plan))


def _standing(db: Database, plan_id: str) -> PlannedSession:
    found = planned(db, plan_id)
    if found is None:
        raise KeyError(plan_id)
    if found.state is not PlanState.PLANNED:
        raise InputError("plan_over")
    return found


def _note(
    db: Database,
    who: Who,
    now: datetime,
    fact_id: str,
    plan_id: str,
    verb: str,
    compound_id: str,
    body: Mapping[str, Any],
) -> Changes:
    return facts.note(
        db,
        who,
        now,
        fact_id=fact_id,
        topic=Topic.PLAN,
        subject=plan_id,
        verb=verb,
        compound_id=compound_id,
        body=body,
    )[0]


def _planned(row: Mapping[str, Any]) -> PlannedSession:
    body = json.loads(row["body"])
    return PlannedSession(
        row["id"],
        row["compound_id"],
        plan_from_json(body),
        PlanState(row["state"]),
        body["reason"],
        body["planner"],
    )
