"""The seventeenth schema: slips of the queue and appointments, as folded from their facts."""

from __future__ import annotations

SQL = """
CREATE TABLE slips (
    id TEXT PRIMARY KEY CHECK (id <> ''),
    session_id TEXT NOT NULL,
    compound_id TEXT NOT NULL,
    state TEXT NOT NULL,
    day TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body))
) STRICT, WITHOUT ROWID;
CREATE INDEX slips_session ON slips (session_id, state) WHERE session_id <> '';
CREATE INDEX slips_day ON slips (day) WHERE day <> '';
"""
