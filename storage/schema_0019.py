"""The nineteenth schema: the ledger of obstacles, and the rows of lists that some of them came with."""

from __future__ import annotations

SQL = """
CREATE TABLE obstacles (
    id TEXT PRIMARY KEY CHECK (id <> ''),
    compound_id TEXT NOT NULL,
    household_id TEXT NOT NULL,
    category TEXT NOT NULL,
    department TEXT NOT NULL,
    due TEXT NOT NULL,
    court_number TEXT NOT NULL,
    note TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'cleared')),
    evidence INTEGER NOT NULL,
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- the ledger opens on what is due first; what has no day comes last
CREATE INDEX obstacles_due ON obstacles (state, (due = ''), due, id);
CREATE INDEX obstacles_compound ON obstacles (compound_id, state, household_id);
CREATE INDEX obstacles_department ON obstacles (department, state, due);

CREATE TABLE obstacle_rows (
    obstacle_id TEXT PRIMARY KEY CHECK (obstacle_id <> ''),
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""
