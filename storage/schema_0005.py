"""The fifth schema: other names of compounds and households, and the centre's ledger of cases."""

from __future__ import annotations

SQL = """
CREATE TABLE compound_aliases (
    compound_id TEXT NOT NULL REFERENCES compounds (id) ON DELETE CASCADE,
    alias TEXT NOT NULL CHECK (alias <> ''),
    PRIMARY KEY (compound_id, alias)
) STRICT, WITHOUT ROWID;

CREATE TABLE household_aliases (
    household_id TEXT NOT NULL REFERENCES households (id) ON DELETE CASCADE,
    alias TEXT NOT NULL CHECK (alias <> ''),
    PRIMARY KEY (household_id, alias)
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger (
    application_id TEXT PRIMARY KEY,
    household_id TEXT NOT NULL,
    type_code TEXT NOT NULL,
    state TEXT NOT NULL,
    receipt_number TEXT NOT NULL,
    device_code TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_household ON ledger (household_id) WHERE household_id <> '';

CREATE TABLE ledger_people (
    person TEXT NOT NULL CHECK (length(person) = 64),
    application_id TEXT NOT NULL REFERENCES ledger (application_id) ON DELETE CASCADE,
    PRIMARY KEY (person, application_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_people_case ON ledger_people (application_id);
"""
