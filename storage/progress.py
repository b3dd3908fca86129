"""How far the compounds have come as known at this window: aggregates over its own cases and the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from statistics import quantiles
from typing import Any

from sqlite_utils import Database

from registration.packs import DIVISIONS
from registration.progress import Counts, Progress, Targets, progress_of, targets_from, together
from storage import packs
from storage.rows import as_micros, rows

_WEEKS, _EVENINGS = 12, 14
AGES = (-30, -7, 0, 7)
"""Borders of the ageing, in days from due: longer ago than 30, than 7, overdue, within 7, later."""


@dataclass(frozen=True)
class CompoundProgress:
    """One compound's line; `division` has six digits."""

    id: str
    name: str
    division: str
    progress: Progress


@dataclass(frozen=True)
class Report:
    """Everything that the page of progress shows; counts are of this window and the ledger's cases.

    `weeks`: (Monday, received, certificates) of the last twelve; `corrections` and `promises` by AGES;
    `evenings`: (session's day and title, submitted); `minutes`: quarter, median and three quarters of an
    intake in the last weeks, None before there are two.
    """

    targets: Targets
    compounds: tuple[CompoundProgress, ...]
    weeks: tuple[tuple[date, int, int], ...]
    corrections: tuple[int, ...]
    promises: tuple[int, ...]
    evenings: tuple[tuple[str, int], ...]
    minutes: tuple[float, float, float] | None
    counties: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # division -> zh and en name

    @property
    def whole(self) -> Progress:
        return together(line.progress for line in self.compounds)

    def divisions(self) -> tuple[tuple[str, Progress], ...]:
        """Return each county-level division that has compounds, in order, with their progress as one."""
        groups = groupby(self.compounds, key=lambda line: line.division)
        return tuple((code, together(line.progress for line in lines)) for code, lines in groups)

    def within(self, scope: str) -> tuple[CompoundProgress, ...]:
        """Return the compounds of a scope: "" for all, a division's six digits, or one compound's id."""
        return tuple(line for line in self.compounds if scope in ("", line.division, line.id))


# A certificate with its number from the centre is proved, and so is one that was handed out. Both halves come
# in the order of their homes from an index, so that nothing is sorted.
_COUNTS = """
    WITH cases AS (
        SELECT a.household_id AS home, a.state = 'certificate_issued' AS certified,
               a.state = 'certificate_issued' AND (coalesce(a.certificate_number, '') <> '' OR EXISTS (
                   SELECT 1 FROM collections k WHERE k.application_id = a.id AND k.state = 'in_hand'
               )) AS proved
        FROM applications a WHERE a.household_id IS NOT NULL
        AND a.state NOT IN ('draft', 'withdrawn', 'rejected') AND a.type_code IN ({types})
        UNION ALL
        SELECT l.household_id, l.state = 'certificate_issued',
               l.state = 'certificate_issued' AND EXISTS (
                   SELECT 1 FROM collections k WHERE k.application_id = l.application_id
                   AND k.state = 'in_hand')
        FROM ledger l WHERE l.household_id <> '' AND l.state NOT IN ('draft', 'withdrawn', 'rejected')
        AND l.type_code IN ({types})
        ORDER BY 1
    ), homes AS (
        SELECT home, max(certified) AS certified, max(proved) AS proved FROM cases GROUP BY home
    )
    SELECT h.compound_id AS id, count(*) AS received, sum(m.proved) AS proved, sum(m.certified) AS certified
    FROM homes m JOIN households h ON h.id = m.home GROUP BY h.compound_id
"""
_COMPOUNDS = """
    SELECT c.id, c.name, c.division, n.sold,
           (SELECT count(*) FROM households h WHERE h.compound_id = c.id) AS homes
    FROM compounds c LEFT JOIN compound_counts n ON n.compound_id = c.id ORDER BY c.division, c.name, c.id
"""
_NO_CASE = {"received": 0, "proved": 0, "certified": 0}


def compounds(db: Database, targets: Targets) -> tuple[CompoundProgress, ...]:
    """Return every compound's progress by division and name; to be read aside, as the report."""
    types = ",".join(["?"] * len(targets.types))
    found = rows(db, _COUNTS.format(types=types), [*targets.types, *targets.types])
    cases = {row["id"]: row for row in found}
    return tuple(
        CompoundProgress(
            row["id"],
            row["name"],
            row["division"],
            progress_of(_counts({**_NO_CASE, **cases.get(row["id"], {}), **row}), targets),
        )
        for row in rows(db, _COMPOUNDS)
    )


def report(db: Database, now: datetime) -> Report:
    """Return how everything stands; a second's work at most with 100,000 cases, so read it aside."""
    known, today = packs.pack_set(db), now.date()
    targets = targets_from(known)
    return Report(
        targets,
        compounds(db, targets),
        _weeks(db, now),
        _ages(
            db,
            "SELECT coalesce(nullif(c.due, ''), substr(c.returned_at, 1, 10)) AS due FROM applications a"
            " JOIN corrections c ON c.application_id = a.id AND c.revision = a.revision"
            " WHERE a.state = 'returned'",
            today,
        ),
        _ages(
            db,
            "SELECT p.due FROM promises p JOIN applications a ON a.id = p.application_id"
            " WHERE a.state IN ('received', 'accepted', 'returned', 'draft')",
            today,
        ),
        _evenings(db),
        _minutes(db, now),
        {code: (str(name["zh"]), str(name["en"])) for code, name in known[DIVISIONS]["counties"].items()},
    )


def _counts(row: dict[str, Any]) -> Counts:
    return Counts(row["homes"], row["sold"], row["received"], row["proved"], row["certified"] - row["proved"])


def _weeks(db: Database, now: datetime) -> tuple[tuple[date, int, int], ...]:
    monday = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=now.weekday())
    first = monday - timedelta(weeks=_WEEKS - 1)
    start, week = as_micros(first), 7 * 86_400_000_000
    received = dict.fromkeys(range(_WEEKS), 0)
    certified = dict(received)
    for into, sql in (
        (received, "SELECT (submitted_at - :start) / :week AS n, count(*) AS many FROM applications"
                   " WHERE submitted_at >= :start GROUP BY n"),
        (certified, "SELECT (updated_at - :start) / :week AS n, count(*) AS many FROM applications"
                    " WHERE state = 'certificate_issued' AND updated_at >= :start GROUP BY n"),
    ):  # fmt: skip
        for row in rows(db, sql, {"start": start, "week": week}):
            if row["n"] in into:
                into[row["n"]] = row["many"]
    return tuple(((first + timedelta(weeks=n)).date(), received[n], certified[n]) for n in range(_WEEKS))


def _ages(db: Database, sql: str, today: date) -> tuple[int, ...]:
    found = [0] * (len(AGES) + 1)
    for row in rows(db, sql):
        days = (date.fromisoformat(row["due"]) - today).days
        found[sum(days >= border for border in AGES)] += 1
    return tuple(found)


def _evenings(db: Database) -> tuple[tuple[str, int], ...]:
    found = rows(
        db,
        "SELECT s.opened_at, s.title, s.compound_name, (SELECT count(*) FROM applications a"
        " WHERE a.session_id = s.id AND a.receipt_number IS NOT NULL) AS many"
        " FROM (SELECT * FROM sessions ORDER BY opened_at DESC LIMIT ?) s ORDER BY s.opened_at",
        (_EVENINGS,),
    )
    return tuple((f"{row['opened_at'][:10]} {row['compound_name']}", row["many"]) for row in found)


def _minutes(db: Database, now: datetime) -> tuple[float, float, float] | None:
    since = as_micros(now - timedelta(weeks=_WEEKS))
    took = [
        row["took"] / 6e7
        for row in rows(
            db,
            "SELECT submitted_at - created_at AS took FROM applications WHERE received_at IS NOT NULL"
            " AND submitted_at >= ? ORDER BY seq DESC LIMIT 5000",
            (since,),
        )
        if row["took"] > 0
    ]
    if len(took) < 2:
        return None
    low, middle, high = quantiles(took, n=4)
    return low, middle, high
