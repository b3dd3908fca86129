"""The ninth schema: what the clock guard knows, and how far the machine's clock was off, and when."""

from __future__ import annotations

SQL = """
CREATE TABLE clock_mark (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    at TEXT NOT NULL, -- the time as the guard held it
    wall TEXT NOT NULL, -- what the machine's clock said in that moment
    boot TEXT NOT NULL,
    ticks REAL NOT NULL, -- seconds since that switching-on
    standing TEXT NOT NULL CHECK (standing IN ('centre', 'offset', 'machine', 'records'))
) STRICT;

CREATE TABLE clock_offsets (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL, -- from this time on
    offset REAL NOT NULL, -- seconds that the machine's clock was ahead of it
    standing TEXT NOT NULL
) STRICT;
CREATE TRIGGER clock_offsets_stand BEFORE UPDATE ON clock_offsets
BEGIN SELECT raise(ABORT, 'frozen: a line of the clock''s history'); END;
CREATE TRIGGER clock_offsets_stay BEFORE DELETE ON clock_offsets
BEGIN SELECT raise(ABORT, 'frozen: a line of the clock''s history'); END;
"""
