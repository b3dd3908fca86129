"""The tenth schema: where and by which clock things were done, sworn heads of the log, destroyed files."""

from __future__ import annotations

from storage.schema_0001_guards import refuse

SQL = """
-- NULL in rows of an older program: their hash was made without these.
ALTER TABLE audit ADD COLUMN session_id TEXT;
ALTER TABLE audit ADD COLUMN compound_id TEXT;
ALTER TABLE audit ADD COLUMN machine_at TEXT; -- what the machine's own clock said

-- Heads of the audit log that somebody has sworn to: this device, or the centre that holds the rows.
CREATE TABLE audit_anchors (
    id INTEGER PRIMARY KEY,
    by TEXT NOT NULL CHECK (by IN ('device', 'centre')),
    seq INTEGER NOT NULL CHECK (seq >= 1),
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    at TEXT NOT NULL,
    statement TEXT NOT NULL CHECK (json_valid(statement)),
    signature TEXT NOT NULL CHECK (signature <> '')
) STRICT;
CREATE INDEX audit_anchors_by ON audit_anchors (by, seq);

-- Certificates of destruction: what went after the centre had it, and by which rule.
CREATE TABLE destructions (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    operator_name TEXT NOT NULL,
    rule TEXT NOT NULL CHECK (json_valid(rule)), -- the pack's version, source and days
    files INTEGER NOT NULL CHECK (files >= 1),
    bytes INTEGER NOT NULL CHECK (bytes >= 1),
    cases TEXT NOT NULL CHECK (json_valid(cases)) -- each with its files
) STRICT;
CREATE TABLE destroyed_files (
    digest TEXT PRIMARY KEY CHECK (length(digest) = 64),
    destruction INTEGER NOT NULL REFERENCES destructions (seq),
    size INTEGER NOT NULL CHECK (size >= 1)
) STRICT, WITHOUT ROWID;
""" + "".join(
    refuse(table, action, "kept")
    for table in ("audit_anchors", "destructions", "destroyed_files")
    for action in ("UPDATE", "DELETE")
)
