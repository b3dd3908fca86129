"""The sixteenth schema: home visits and what was promised at them, as folded from their facts."""

from __future__ import annotations

SQL = """
CREATE TABLE visits (
    id TEXT PRIMARY KEY CHECK (id <> ''),
    compound_id TEXT NOT NULL,
    household_id TEXT NOT NULL,
    day TEXT NOT NULL,
    state TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body))
) STRICT, WITHOUT ROWID;
CREATE INDEX visits_day ON visits (day, state);
CREATE INDEX visits_household ON visits (household_id) WHERE household_id <> '';
CREATE TABLE visit_promises (
    visit_id TEXT NOT NULL REFERENCES visits (id) ON DELETE CASCADE,
    id TEXT NOT NULL CHECK (id <> ''),
    compound_id TEXT NOT NULL,
    household_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    due TEXT NOT NULL,
    kept INTEGER NOT NULL CHECK (kept IN (0, 1)),
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (visit_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX visit_promises_due ON visit_promises (due) WHERE kept = 0;
"""
