"""The twenty-fifth schema: sessions that are planned, by their day."""

from __future__ import annotations

SQL = """
CREATE TABLE session_plans (
    id TEXT PRIMARY KEY CHECK (id <> ''),
    compound_id TEXT NOT NULL,
    day TEXT NOT NULL,
    starts TEXT NOT NULL,
    state TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body))
) STRICT, WITHOUT ROWID;
CREATE INDEX session_plans_day ON session_plans (day, starts, id);
"""
