"""Who did what to what, and when: rows that nobody can change afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert

from server.store import schema


@dataclass(frozen=True)
class Entry:
    """One thing done. Details name ids and codes, never a person's data."""

    actor: str
    action: str
    subject: str
    details: Mapping[str, Any] = field(default_factory=dict)


def append(
    connection: Connection,
    now: datetime,
    actor: str,
    action: str,
    subject: str,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Add one row in the caller's transaction."""
    append_all(connection, now, [Entry(actor, action, subject, details or {})])


def append_all(connection: Connection, now: datetime, entries: Sequence[Entry]) -> None:
    """Add rows in their order in the caller's transaction."""
    if entries:
        rows = [
            {
                "at": now,
                "actor": e.actor,
                "action": e.action,
                "subject": e.subject,
                "details": dict(e.details),
            }
            for e in entries
        ]
        connection.execute(insert(schema.audit), rows)
