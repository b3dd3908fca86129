"""How many obstacles are open, by compound and by category: counted by the database, overdue ones first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from storage.rows import rows


@dataclass(frozen=True)
class Count:
    """Open obstacles, those whose earliest day is over, and that day of them all (ISO), "" for none."""

    open: int
    overdue: int
    soonest: str


@dataclass(frozen=True)
class CompoundCount:
    """One compound's open obstacles in all and by category (a code), and the households they stop."""

    compound_id: str
    compound: str
    total: Count
    homes: int
    categories: tuple[tuple[str, Count], ...]


def by_compound(db: Database, today: date) -> list[CompoundCount]:
    """Return each compound with an open obstacle: most overdue first, then most open, then by name.

    Its categories come in the same order.
    """
    sql = (
        "SELECT compound_id, category, count(*) AS open, min(nullif(soonest, '')) AS soonest,"
        " sum(soonest <> '' AND soonest < :today) AS overdue FROM obstacles WHERE state = 'open'"
        " GROUP BY compound_id, category"
    )
    found: dict[str, list[tuple[str, Count]]] = {}
    for row in rows(db, sql, {"today": today.isoformat()}):
        count = Count(row["open"], row["overdue"], row["soonest"] or "")
        found.setdefault(row["compound_id"], []).append((row["category"], count))
    names = {row["id"]: row["name"] for row in rows(db, "SELECT id, name FROM compounds")}
    homes = _homes(db)
    made = [
        CompoundCount(
            compound_id,
            names.get(compound_id, ""),
            _sum([count for _, count in counts]),
            homes.get(compound_id, 0),
            tuple(sorted(counts, key=lambda one: (-one[1].overdue, -one[1].open, one[0]))),
        )
        for compound_id, counts in found.items()
    ]
    return sorted(made, key=lambda one: (-one.total.overdue, -one.total.open, one.compound))


def _homes(db: Database) -> Mapping[str, int]:
    # the plus keeps to the index of households, which has them in order
    sql = (
        "SELECT compound_id, count(DISTINCT household_id) AS homes FROM obstacles"
        " WHERE +state = 'open' AND household_id <> '' GROUP BY compound_id"
    )
    return {row["compound_id"]: row["homes"] for row in rows(db, sql)}


def _sum(counts: list[Count]) -> Count:
    days = [count.soonest for count in counts if count.soonest]
    return Count(sum(one.open for one in counts), sum(one.overdue for one in counts), min(days, default=""))
