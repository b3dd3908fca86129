"""The twenty-seventh schema: homes sold, and what progress and the list of certificates are read by."""

from __future__ import annotations

# Progress walks homes in the order of their ids through three indexes at once, and touches no row of a table.
SQL = """
CREATE TABLE compound_counts (
    compound_id TEXT PRIMARY KEY REFERENCES compounds (id) ON DELETE CASCADE,
    sold INTEGER NOT NULL CHECK (sold >= 0)
) STRICT, WITHOUT ROWID;
DROP INDEX applications_progress;
CREATE INDEX applications_homes ON applications (household_id, type_code, state, certificate_number, id)
    WHERE household_id IS NOT NULL;
CREATE INDEX ledger_homes ON ledger (household_id, type_code, state) WHERE household_id <> '';
CREATE INDEX households_compound ON households (id, compound_id);
CREATE INDEX applications_submitted ON applications (submitted_at, created_at) WHERE submitted_at IS NOT NULL;
CREATE INDEX applications_certified ON applications (updated_at, id) WHERE state = 'certificate_issued';
"""
