"""The twentieth schema: the sessions of a site as every laptop there knows them."""

from __future__ import annotations

SQL = """
CREATE TABLE site_sessions (
    id TEXT PRIMARY KEY CHECK (id <> ''),
    running INTEGER NOT NULL CHECK (running IN (0, 1)),
    opened_at TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body))
) STRICT, WITHOUT ROWID;
CREATE INDEX site_sessions_running ON site_sessions (opened_at) WHERE running = 1;
"""
