"""The twenty-third schema: answers of the survey that stand in a form and were not kept yet."""

from __future__ import annotations

SQL = """
CREATE TABLE survey_drafts (
    household_id TEXT PRIMARY KEY CHECK (household_id <> ''),
    compound_id TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX survey_drafts_compound ON survey_drafts (compound_id);
"""
