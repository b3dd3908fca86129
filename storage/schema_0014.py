"""The fourteenth schema: facts around the cases, which travel by the same outbox."""

from __future__ import annotations

from sqlite_utils import Database

from storage.rows import scalar
from storage.schema_0001_guards import refuse

SQL = """
CREATE TABLE facts (
    id TEXT PRIMARY KEY,
    topic TEXT NOT NULL,
    subject TEXT NOT NULL CHECK (subject <> ''),
    verb TEXT NOT NULL CHECK (verb <> ''),
    compound_id TEXT NOT NULL,
    at TEXT NOT NULL,
    device_code TEXT NOT NULL,
    operator_id TEXT NOT NULL,
    operator_name TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    attachments TEXT NOT NULL CHECK (json_valid(attachments)),
    received_at TEXT NOT NULL
) STRICT;
CREATE INDEX facts_subject ON facts (topic, subject);
CREATE INDEX facts_compound ON facts (topic, compound_id);
""" + "".join(refuse("facts", action, "kept") for action in ("UPDATE", "DELETE"))

# An event is about an application, or is a fact of its own: the one rule is edited in place, as the third and
# the eighth schema do.
_OLD = "application_id TEXT NOT NULL REFERENCES applications (id)"
_NEW = "application_id TEXT NOT NULL /* or a fact */"
FREE_OF_APPLICATIONS = (
    f"UPDATE sqlite_master SET sql = replace(sql, '{_OLD}', '{_NEW}')"  # noqa: S608
    " WHERE type = 'table' AND name IN ('outbox', 'page_needs')"
)


def apply(db: Database) -> None:
    """Bring a file of the thirteenth schema to the fourteenth, in the caller's transaction."""
    db.executescript(SQL)
    version = int(scalar(db, "PRAGMA schema_version"))
    db.execute("PRAGMA writable_schema = ON")
    try:
        db.execute(FREE_OF_APPLICATIONS)
        db.execute(f"PRAGMA schema_version = {version + 1}")  # every connection reads the schema anew
    finally:
        db.execute("PRAGMA writable_schema = RESET")
