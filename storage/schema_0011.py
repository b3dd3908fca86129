"""The eleventh schema: in which folder the second copy of this machine lies."""

from __future__ import annotations

SQL = """
CREATE TABLE second_copy_place (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    folder TEXT NOT NULL DEFAULT '', -- '' for none
    chosen_at TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO second_copy_place (one) VALUES (1);
"""
