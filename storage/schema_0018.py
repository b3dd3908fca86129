"""The eighteenth schema: certificates on their way into their owners' hands, and what progress is read by."""

from __future__ import annotations

SQL = """
CREATE TABLE collections (
    application_id TEXT PRIMARY KEY CHECK (application_id <> ''),
    compound_id TEXT NOT NULL,
    certificates TEXT NOT NULL,
    state TEXT NOT NULL,
    at TEXT NOT NULL,
    twice INTEGER NOT NULL CHECK (twice IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX collections_state ON collections (state, at);
CREATE INDEX collections_compound ON collections (compound_id, state);
-- progress counts homes of a compound by the state of their cases without touching the rows themselves
CREATE INDEX applications_progress
    ON applications (compound_id, household_id, type_code, state, certificate_number);
CREATE INDEX ledger_state ON ledger (state, household_id, type_code);
"""
