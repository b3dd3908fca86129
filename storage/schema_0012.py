"""The twelfth schema: until when rights hold, and when the centre was last heard."""

from __future__ import annotations

SQL = """
ALTER TABLE operators ADD COLUMN valid_until TEXT NOT NULL DEFAULT ''; -- '': while the centre is heard
CREATE TABLE contact (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    at TEXT NOT NULL -- when a pass with the centre last ended well
) STRICT;
"""
