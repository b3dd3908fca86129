"""Sessions as stored: which one runs, those before it, and the evening's figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from registration.session import Session
from storage.rows import as_moment, maybe_moment, one, rows
from storage.values import SessionFigures

WAITING = (
    "a.state = 'draft' AND a.updated_at = a.created_at AND EXISTS (SELECT 1 FROM application_bodies b"
    " WHERE b.application = a.seq AND json_extract(b.body, '$.source') = 'on_delivery')"
)
"""Which applications `a` are drafts of a developer's batch that nobody has touched: they may wait for a later
session. The body is looked at last, it is the dearest."""

_WAITING_IN_SESSION = f"SELECT count(*) FROM applications a WHERE a.session_id = :session AND {WAITING}"  # noqa: S608


def current(db: Database) -> Session | None:
    """Return the session that is open, or None."""
    row = one(db, "SELECT * FROM sessions WHERE closed_at IS NULL")
    return None if row is None else _session(row)


def session(db: Database, session_id: str) -> Session | None:
    row = one(db, "SELECT * FROM sessions WHERE id = ?", (session_id,))
    return None if row is None else _session(row)


def recent(db: Database, limit: int = 50) -> list[Session]:
    """Return sessions, the newest first."""
    return [
        _session(row) for row in rows(db, "SELECT * FROM sessions ORDER BY opened_at DESC LIMIT ?", (limit,))
    ]


def figures(db: Database, session_id: str) -> SessionFigures:
    """Return the session's counts; withdrawn drafts count nowhere, nor do those that wait for a later one.

    A case that is being mended has its receipt: it is no draft of the session.
    """
    row = one(
        db,
        "SELECT count(receipt_number) AS received, sum(delivery = 'held') AS held,"  # noqa: S608
        f" sum(state = 'draft' AND revision = 1) - ({_WAITING_IN_SESSION}) AS drafts,"
        " sum(delivery IN ('on_disk', 'sending')) AS waiting,"
        " sum(delivery = 'parked') AS parked,"
        " avg(submitted_at - created_at) / 1e6 AS seconds_mean"
        " FROM application_rows WHERE session_id = :session",
        {"session": session_id},
    )
    assert row is not None
    mean = row.pop("seconds_mean")
    return SessionFigures(**{name: int(count or 0) for name, count in row.items()}, seconds_mean=mean)


def _session(row: Mapping[str, Any]) -> Session:
    return Session(
        id=row["id"],
        compound_id=row["compound_id"],
        compound_name=row["compound_name"],
        division=row["division"],
        title=row["title"],
        starts=row["starts"],
        ends=row["ends"],
        operator_id=row["operator_id"],
        operator_name=row["operator_name"],
        helper_name=row["helper_name"],
        opened_at=as_moment(row["opened_at"]),
        closed_at=maybe_moment(row["closed_at"]),
    )
