"""The fifth schema: other names of compounds and households, temporary unit codes, the centre's ledger."""

from __future__ import annotations

from sqlite_utils import Database

from storage.rows import scalar

# Units that are not surveyed yet carry a code that ends after one of its layers. The one rule in a table that
# others refer to is edited in place, as the third schema does.
_OLD_RULE = "CHECK (length(unit_code) IN (0, 28))"
_NEW_RULE = "CHECK (length(unit_code) IN (0, 12, 19, 24, 28))"
UNIT_CODES = (
    f"UPDATE sqlite_master SET sql = replace(sql, '{_OLD_RULE}', '{_NEW_RULE}')"  # noqa: S608
    " WHERE type = 'table' AND name = 'households'"
)

SQL = """
CREATE TABLE compound_aliases (
    compound_id TEXT NOT NULL REFERENCES compounds (id) ON DELETE CASCADE,
    alias TEXT NOT NULL CHECK (alias <> ''),
    PRIMARY KEY (compound_id, alias)
) STRICT, WITHOUT ROWID;

CREATE TABLE household_aliases (
    household_id TEXT NOT NULL REFERENCES households (id) ON DELETE CASCADE,
    alias TEXT NOT NULL CHECK (alias <> ''),
    PRIMARY KEY (household_id, alias)
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger (
    application_id TEXT PRIMARY KEY,
    household_id TEXT NOT NULL,
    type_code TEXT NOT NULL,
    state TEXT NOT NULL,
    receipt_number TEXT NOT NULL,
    device_code TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_household ON ledger (household_id) WHERE household_id <> '';

CREATE TABLE ledger_people (
    person TEXT NOT NULL CHECK (length(person) = 64),
    application_id TEXT NOT NULL REFERENCES ledger (application_id) ON DELETE CASCADE,
    PRIMARY KEY (person, application_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_people_case ON ledger_people (application_id);
"""


def apply(db: Database) -> None:
    """Bring a file of the fourth schema to the fifth, in the caller's transaction."""
    db.executescript(SQL)
    version = int(scalar(db, "PRAGMA schema_version"))
    db.execute("PRAGMA writable_schema = ON")
    try:
        db.execute(UNIT_CODES)
        db.execute(f"PRAGMA schema_version = {version + 1}")  # every connection reads the schema anew
    finally:
        db.execute("PRAGMA writable_schema = RESET")
