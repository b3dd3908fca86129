"""Obstacles at the centre: facts folded into a row each, so that nobody reads them all to count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from registration.facts import Fact, Topic, fact_from_json, in_order
from registration.obstacles import LISTED, UNLISTED, ObstacleState, entry_of, rows_of
from server.store.schema_facts import facts
from server.store.schema_obstacles import obstacles, unfolded

_LOCK = 0x6A_69_6C_61_69_06  # one transaction folds at a time: each sees what the one before it left
_AT_ONCE = 500


def open_counts(
    connection: Connection, compound_id: str = "", limit: int = 200
) -> list[tuple[str, str, int]]:
    """Return (department, compound, open obstacles), the most first; of one compound or of all."""
    fold(connection)
    table = obstacles.c
    wanted = select(table.department, table.compound_id, func.count()).where(table.open)
    if compound_id:
        wanted = wanted.where(table.compound_id == compound_id)
    wanted = wanted.group_by(table.department, table.compound_id)
    wanted = wanted.order_by(func.count().desc(), table.department, table.compound_id).limit(limit)
    return [(department, compound, number) for department, compound, number in connection.execute(wanted)]


def fold(connection: Connection) -> None:
    """Fold what came since the last time, in the caller's transaction."""
    if connection.execute(select(unfolded.c.fact_id).limit(1)).scalar() is None:
        return
    connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    fresh = connection.execute(delete(unfolded).returning(unfolded.c.subject)).scalars()
    subjects = sorted(set(fresh))
    for start in range(0, len(subjects), _AT_ONCE):
        _fold(connection, subjects[start : start + _AT_ONCE])


def _fold(connection: Connection, subjects: Sequence[str]) -> None:
    listed: dict[str, Mapping[str, Any]] = {}
    for known in _facts_of(connection, subjects).values():
        withdrawn = any(fact.verb == UNLISTED for fact in known)
        for fact in known:
            for obstacle_id, row in rows_of(fact):
                listed[obstacle_id] = {**row, "withdrawn": True} if withdrawn else row
    ids = sorted({*listed, *subjects})
    for start in range(0, len(ids), _AT_ONCE):
        _write(connection, ids[start : start + _AT_ONCE], listed)


def _write(connection: Connection, ids: Sequence[str], listed: Mapping[str, Mapping[str, Any]]) -> None:
    """Write these obstacles anew; of what is a list's id, or is gone with its list, nothing is left open."""
    came = select(obstacles.c.id, obstacles.c.listed).where(obstacles.c.id.in_(ids))
    brought = {row.id: row.listed for row in connection.execute(came)} | {
        one: listed[one] for one in ids if one in listed
    }
    own = _facts_of(connection, ids)
    rows = []
    for one in ids:
        known = [fact for fact in own.get(one, ()) if fact.verb not in (LISTED, UNLISTED)]
        row = brought.get(one)
        found = entry_of(one, known, row)
        if found is None and row is None:
            continue
        is_open = found is not None and bool(found.what.category) and found.state is ObstacleState.OPEN
        compound, department = (found.compound_id, found.what.department) if found is not None else ("", "")
        rows.append(
            {"id": one, "compound_id": compound, "department": department, "open": is_open, "listed": row}
        )
    if rows:
        anew = insert(obstacles)
        told = {name: anew.excluded[name] for name in ("compound_id", "department", "open", "listed")}
        connection.execute(anew.on_conflict_do_update(index_elements=["id"], set_=told), rows)


def _facts_of(connection: Connection, subjects: Sequence[str]) -> dict[str, list[Fact]]:
    wanted = select(facts.c.fact).where(facts.c.topic == Topic.LEDGER.value, facts.c.subject.in_(subjects))
    found: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in in_order(fact_from_json(row[0]) for row in connection.execute(wanted)):
        found[fact.subject].append(fact)
    return found
