"""The fifteenth schema: compounds' files, surveys at the doors, marks of the building table."""

from __future__ import annotations

SQL = """
CREATE TABLE household_marks (
    kind TEXT NOT NULL CHECK (kind IN ('booked', 'in_hand')),
    source TEXT NOT NULL,
    household_id TEXT NOT NULL CHECK (household_id <> ''),
    compound_id TEXT NOT NULL,
    what TEXT NOT NULL,
    PRIMARY KEY (kind, source, household_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX household_marks_compound ON household_marks (compound_id);
CREATE INDEX household_marks_source ON household_marks (source);
CREATE TABLE surveys (
    household_id TEXT PRIMARY KEY CHECK (household_id <> ''),
    compound_id TEXT NOT NULL,
    state TEXT NOT NULL,
    day TEXT NOT NULL,
    tries INTEGER NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body))
) STRICT, WITHOUT ROWID;
CREATE INDEX surveys_compound ON surveys (compound_id, state);
CREATE TABLE compound_dossiers (
    compound_id TEXT PRIMARY KEY CHECK (compound_id <> ''),
    defaulter TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body))
) STRICT, WITHOUT ROWID;
CREATE INDEX compound_dossiers_defaulter ON compound_dossiers (defaulter) WHERE defaulter <> '';
"""
