"""Who did what to what, and when: rows that nobody can change afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert

from server.store import schema


def append(
    connection: Connection,
    now: datetime,
    actor: str,
    action: str,
    subject: str,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Add one row in the caller's transaction. Details name ids and codes, never a person's data."""
    connection.execute(
        insert(schema.audit).values(
            at=now, actor=actor, action=action, subject=subject, details=dict(details or {})
        )
    )
