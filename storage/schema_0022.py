"""The twenty-second schema: parallel tracks of an obstacle, and sheets that come in by portions unseen."""

from __future__ import annotations

SQL = """
CREATE TABLE obstacle_lines (
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
    at TEXT NOT NULL,
    soonest TEXT NOT NULL, -- the earliest day of its own and of its open tracks, '' for none
    tracks INTEGER NOT NULL,
    tracks_open INTEGER NOT NULL,
    batch TEXT NOT NULL -- the sheet that it came with on this laptop, '' once somebody worked on it
) STRICT, WITHOUT ROWID;
INSERT INTO obstacle_lines SELECT id, compound_id, household_id, category, department, due, court_number,
    note, state, evidence, at, due, 0, 0, '' FROM obstacles;
DROP TABLE obstacles;
-- the ledger opens on what is due first; what has no day comes last
CREATE INDEX obstacle_lines_due ON obstacle_lines (state, (soonest = ''), soonest, id, batch);
CREATE INDEX obstacle_lines_compound ON obstacle_lines
    (compound_id, state, household_id, category, department, batch);
CREATE INDEX obstacle_lines_department ON obstacle_lines (department, state, soonest, batch);
-- counts by compound and category come from here alone
CREATE INDEX obstacle_lines_counts ON obstacle_lines (state, compound_id, category, soonest, batch);

-- a sheet under work: 'writing' until all of it is here, 'telling' while its facts are handed to the outbox,
-- 'leaving' while it is taken back; afterwards it has no row
CREATE TABLE ledger_batches (
    id TEXT PRIMARY KEY CHECK (id <> ''),
    state TEXT NOT NULL CHECK (state IN ('writing', 'telling', 'leaving'))
) STRICT, WITHOUT ROWID;
-- facts that wait until their batch is whole, as JSON
CREATE TABLE ledger_parts (
    batch TEXT NOT NULL REFERENCES ledger_batches (id),
    number INTEGER NOT NULL,
    fact TEXT NOT NULL,
    PRIMARY KEY (batch, number)
) STRICT, WITHOUT ROWID;
CREATE VIEW obstacles AS
    SELECT id, compound_id, household_id, category, department, due, court_number, note, state, evidence, at,
        soonest, tracks, tracks_open
    FROM obstacle_lines
    WHERE batch NOT IN (SELECT id FROM ledger_batches WHERE state IN ('writing', 'leaving'));

CREATE TABLE obstacle_tracks (
    obstacle_id TEXT NOT NULL,
    id TEXT NOT NULL,
    department TEXT NOT NULL,
    due TEXT NOT NULL,
    done INTEGER NOT NULL CHECK (done IN (0, 1)),
    PRIMARY KEY (obstacle_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX obstacle_tracks_department ON obstacle_tracks (department, done, obstacle_id);
"""
