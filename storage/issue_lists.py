"""What a department's issue list says: its lines of the ledger, with their tracks and evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlite_utils import Database

from registration.obstacles import LedgerEntry
from storage import obstacles
from storage.obstacles import LedgerRow, Wanted

Listed = tuple[LedgerRow, LedgerEntry | None]
"""A line, and the obstacle itself where tracks or evidence are to be told of."""


def counts(db: Database, wanted: Wanted, departments: Iterable[str], today: date) -> dict[str, int]:
    """Return how many lines each department's list has, without those that have none."""
    found = {code: obstacles.count(db, replace(wanted, department=code), today) for code in departments}
    return {code: number for code, number in found.items() if number}


def of_department(db: Database, wanted: Wanted, department: str, today: date) -> list[Listed]:
    """Return all lines of a department's list, the earliest day first. Slow for thousands."""
    rows = obstacles.listed(db, replace(wanted, department=department), today, limit=-1)
    return [(row, obstacles.entry(db, row.id)[0] if row.tracks or row.evidence else None) for row in rows]
