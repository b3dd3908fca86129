"""The sixth schema: sealed packages made here, and those of others that this laptop carries."""

from __future__ import annotations

SQL = """
CREATE TABLE packages_made (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE CHECK (length(id) = 32),
    made_at TEXT NOT NULL,
    operator_id TEXT NOT NULL,
    receiver BLOB NOT NULL CHECK (length(receiver) = 32),
    ephemeral BLOB NOT NULL CHECK (length(ephemeral) = 32), -- secret; a broken-off export goes on with it
    nonce BLOB NOT NULL CHECK (length(nonce) = 7),
    cursor INTEGER NOT NULL,
    events TEXT NOT NULL CHECK (json_valid(events)), -- ids, in their order
    digests TEXT NOT NULL CHECK (json_valid(digests)), -- [digest, size], in their order
    size INTEGER NOT NULL CHECK (size > 0),
    part_bytes INTEGER NOT NULL CHECK (part_bytes > 0),
    parts INTEGER NOT NULL CHECK (parts > 0),
    written_at TEXT,
    answered_at TEXT
) STRICT;

CREATE TABLE packages_carried (
    id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('facts', 'acknowledgement')),
    answers TEXT NOT NULL DEFAULT '',
    device_code TEXT NOT NULL,
    made_at TEXT NOT NULL,
    parts INTEGER NOT NULL CHECK (parts > 0),
    bytes INTEGER NOT NULL CHECK (bytes > 0),
    have TEXT NOT NULL CHECK (json_valid(have)), -- numbers of the parts that are here
    received_at TEXT NOT NULL,
    handed_on_at TEXT,
    PRIMARY KEY (id, kind)
) STRICT;
"""
