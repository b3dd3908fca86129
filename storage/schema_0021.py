"""The twenty-first schema: matters that are followed up, and inspections of homes."""

from __future__ import annotations

SQL = """
CREATE TABLE matters (
    id TEXT PRIMARY KEY CHECK (id <> ''),
    compound_id TEXT NOT NULL,
    department TEXT NOT NULL,
    due TEXT NOT NULL,
    settled INTEGER NOT NULL CHECK (settled IN (0, 1)),
    body TEXT NOT NULL CHECK (json_valid(body))
) STRICT, WITHOUT ROWID;
CREATE INDEX matters_due ON matters (settled, due);
CREATE TABLE inspections (
    id TEXT PRIMARY KEY CHECK (id <> ''),
    compound_id TEXT NOT NULL,
    drawn_at TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body))
) STRICT, WITHOUT ROWID;
CREATE INDEX inspections_drawn ON inspections (drawn_at);
"""
