"""The fourth schema: what pages say, what was decided on them, and the pages that others replaced."""

from __future__ import annotations

SQL = """
ALTER TABLE pages ADD COLUMN kept TEXT NOT NULL DEFAULT '' CHECK (kept = '' OR json_valid(kept));
ALTER TABLE pages ADD COLUMN marked INTEGER NOT NULL DEFAULT 0 CHECK (marked IN (0, 1));

CREATE TABLE page_readings (
    page_id TEXT PRIMARY KEY REFERENCES pages (id) ON DELETE CASCADE,
    reading TEXT NOT NULL CHECK (json_valid(reading)),
    confirmed TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(confirmed)),
    read_at TEXT NOT NULL
) STRICT;

CREATE TABLE former_pages (
    seq INTEGER PRIMARY KEY,
    page_id TEXT NOT NULL,
    application_id TEXT NOT NULL REFERENCES applications (id),
    digest TEXT NOT NULL CHECK (length(digest) = 64),
    original_digest TEXT NOT NULL CHECK (length(original_digest) = 64),
    facts TEXT NOT NULL CHECK (json_valid(facts)),
    thumbnail BLOB NOT NULL,
    successors TEXT NOT NULL CHECK (json_valid(successors)),
    why TEXT NOT NULL CHECK (why IN ('retaken', 'split', 'joined', 'card_sheet')),
    replaced_at TEXT NOT NULL
) STRICT;
CREATE INDEX former_pages_application ON former_pages (application_id, seq);
"""
