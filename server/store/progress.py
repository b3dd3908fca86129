"""How far each compound has come, counted from certificates and their evidence, and the evidence itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from registration.progress import Counts, Progress, Targets, progress_of, targets_from
from registration.states import CaseState
from server.store.packs import pack_set


@dataclass(frozen=True)
class CompoundProgress:
    """One compound's line of a report."""

    division: str  # six digits
    id: str
    name: str
    progress: Progress


@dataclass(frozen=True)
class Report:
    """All compounds, by division and name, and what they were judged by."""

    compounds: tuple[CompoundProgress, ...]
    targets: Targets


_COUNTS = """
    SELECT c.division, c.id, c.name, n.sold,
           (SELECT count(*) FROM households h WHERE h.compound_id = c.id) AS homes,
           coalesce(d.received, 0) AS received, coalesce(d.proved, 0) AS proved,
           coalesce(d.certified, 0) - coalesce(d.proved, 0) AS unproved
    FROM compounds c
    LEFT JOIN compound_counts n ON n.compound_id = c.id
    LEFT JOIN (
        SELECT a.compound_id, count(DISTINCT a.household_id) AS received,
               count(DISTINCT a.household_id) FILTER (WHERE a.state = :issued) AS certified,
               count(DISTINCT a.household_id) FILTER (WHERE a.state = :issued AND EXISTS (
                   SELECT FROM evidence e WHERE e.application_id = a.id)) AS proved
        FROM applications a
        WHERE a.type_code = ANY(:types) AND a.state NOT IN ('withdrawn', 'rejected')
        GROUP BY a.compound_id
    ) d ON d.compound_id = c.id
    ORDER BY c.division, c.name, c.id
"""


def report(connection: Connection, today: date) -> Report:
    """Return how every compound stands, by the targets in force today."""
    packs = pack_set(connection, frozenset(), today)
    assert packs is not None  # no version is asked for
    targets = targets_from(packs)
    rows = connection.execute(
        text(_COUNTS), {"types": list(targets.types), "issued": CaseState.CERTIFICATE_ISSUED.value}
    )
    return Report(
        tuple(
            CompoundProgress(
                row.division,
                row.id,
                row.name,
                progress_of(Counts(row.homes, row.sold, row.received, row.proved, row.unproved), targets),
            )
            for row in rows
        ),
        targets,
    )


def evidence_lines(connection: Connection, targets: Targets) -> Iterator[Any]:
    """Yield the evidence behind a report, no names: compound, home, numbers, day and the file's SHA-256."""
    yield from connection.execute(
        text(
            "SELECT c.division, c.name AS compound, coalesce(concat_ws(' ', h.building, "
            "nullif(h.entrance, ''), h.room), '') AS unit, a.receipt_number, a.certificate_number, "
            "e.at, e.digest, e.media_type FROM evidence e JOIN applications a ON a.id = e.application_id "
            "JOIN compounds c ON c.id = a.compound_id LEFT JOIN households h ON h.id = a.household_id "
            "WHERE a.state = :issued AND a.type_code = ANY(:types) "
            "ORDER BY c.division, c.name, e.at, e.digest"
        ),
        {"types": list(targets.types), "issued": CaseState.CERTIFICATE_ISSUED.value},
    )
