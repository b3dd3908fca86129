"""What a department's issue list says: its lines of the ledger, with their tracks and evidence."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from sqlite_utils import Database

from registration.obstacles import LedgerEntry
from storage import obstacles
from storage.obstacles import LedgerRow, Wanted
from storage.rows import rows

Listed = tuple[LedgerRow, LedgerEntry | None]
"""A line, and the obstacle itself where tracks or evidence are to be told of."""


def counts(db: Database, wanted: Wanted, today: date) -> dict[str, int]:
    """Return how many lines each department's list has: its own obstacles, and its open tracks of others."""
    where, given = obstacles.where_of(replace(wanted, department=""), today)
    where = where.replace("o.state", "+o.state")  # counted in the order of departments, not of states
    joins = obstacles.joins_of(wanted)
    own = f"SELECT o.department, count(*) AS n FROM obstacles o {joins} WHERE {where} GROUP BY o.department"  # noqa: S608
    others = (
        "SELECT t.department, count(DISTINCT o.id) AS n FROM obstacle_tracks t"  # noqa: S608
        f" JOIN obstacles o ON o.id = t.obstacle_id {joins} WHERE {where}"
        " AND t.done = 0 AND t.department <> o.department GROUP BY t.department"
    )
    found = Counter[str]()
    for sql in (own, others):
        found.update({row["department"]: row["n"] for row in rows(db, sql, given)})
    return dict(found)


def of_department(db: Database, wanted: Wanted, department: str, today: date) -> list[Listed]:
    """Return all lines of a department's list, the earliest day first. Slow for thousands."""
    lines = obstacles.listed(db, replace(wanted, department=department), today, limit=-1)
    return [(row, obstacles.entry(db, row.id)[0] if row.tracks or row.evidence else None) for row in lines]
