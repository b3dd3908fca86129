"""The third schema: files of compounds, refusals without a receipt, events beside the submission, news."""

from __future__ import annotations

from sqlite_utils import Database

from storage.rows import scalar
from storage.schema_0001_guards import differs, refuse

# A draft may end without a receipt, by a refusal. The one rule in a table of many rows is edited in place,
# as SQLite's own documentation describes; rebuilding it would copy every case.
_OLD_RULE = "CHECK (state IN ('draft', 'withdrawn') OR receipt_number IS NOT NULL)"
_NEW_RULE = "CHECK (state IN ('draft', 'withdrawn', 'rejected') OR receipt_number IS NOT NULL)"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


REFUSALS = (
    f"UPDATE sqlite_master SET sql = replace(sql, {_quoted(_OLD_RULE)}, {_quoted(_NEW_RULE)})"  # noqa: S608
    " WHERE type = 'table' AND name = 'applications'"
)

TABLES = """
CREATE TABLE compound_files (
    compound_id TEXT PRIMARY KEY REFERENCES compounds (id),
    facts TEXT NOT NULL CHECK (json_valid(facts))
) STRICT;

CREATE TABLE closings (
    application_id TEXT PRIMARY KEY REFERENCES applications (id),
    state TEXT NOT NULL CHECK (state IN ('rejected', 'withdrawn')),
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL,
    paper_id TEXT REFERENCES print_queue (id),
    operator_name TEXT NOT NULL,
    closed_at TEXT NOT NULL
) STRICT;

CREATE TABLE check_outcomes (
    application_id TEXT NOT NULL REFERENCES applications (id),
    code TEXT NOT NULL,
    result TEXT NOT NULL CHECK (result IN ('waiting', 'passed', 'stops')),
    zh TEXT NOT NULL,
    en TEXT NOT NULL,
    note TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    PRIMARY KEY (application_id, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE track_statuses (
    application_id TEXT NOT NULL REFERENCES applications (id),
    track TEXT NOT NULL,
    state TEXT NOT NULL,
    owed_by TEXT NOT NULL,
    note TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    PRIMARY KEY (application_id, track)
) STRICT, WITHOUT ROWID;
"""

# A revision has one submission and, beside it, at most one event of each other kind. What is no submission
# has no acknowledgement: its way ends with 'told'.
OUTBOX = """
DROP VIEW delivery;
DROP VIEW application_rows;
CREATE TABLE outbox_next (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    application_id TEXT NOT NULL REFERENCES applications (id),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    base_revision INTEGER NOT NULL CHECK (base_revision >= 0),
    created_at TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting'
        CHECK (state IN ('waiting', 'sending', 'settled', 'acknowledged', 'told', 'parked')),
    attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_try_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    result TEXT NOT NULL DEFAULT '',
    error_code TEXT NOT NULL DEFAULT '',
    error_zh TEXT NOT NULL DEFAULT '',
    error_en TEXT NOT NULL DEFAULT '',
    server_revision INTEGER,
    body_digest TEXT NOT NULL CHECK (length(body_digest) = 64),
    digests TEXT NOT NULL CHECK (json_valid(digests)),
    body TEXT NOT NULL CHECK (json_valid(body)), -- last: where an event stands is read without it
    UNIQUE (application_id, revision, kind),
    CHECK (CASE WHEN kind = 'application_submitted' THEN state <> 'told'
        ELSE state NOT IN ('settled', 'acknowledged') END)
) STRICT;
INSERT INTO outbox_next SELECT * FROM outbox ORDER BY seq;
DROP TABLE outbox;
ALTER TABLE outbox_next RENAME TO outbox;
CREATE INDEX outbox_open ON outbox (state, seq, application_id) WHERE state NOT IN ('acknowledged', 'told');
CREATE INDEX outbox_due ON outbox (seq, next_try_at) WHERE state IN ('waiting', 'sending');
CREATE INDEX outbox_failed ON outbox (seq) WHERE error_code <> '';
"""

VIEWS = """
CREATE VIEW application_rows AS
SELECT a.*,
       CASE o.state WHEN 'waiting' THEN 'on_disk' WHEN 'sending' THEN 'sending' WHEN 'settled' THEN 'sending'
                    WHEN 'acknowledged' THEN 'held' WHEN 'parked' THEN 'parked' ELSE 'draft' END AS delivery,
       coalesce(o.seq <= (SELECT max(outbox_through) FROM second_copies), 0) AS second_copy,
       coalesce(o.error_zh, '') AS error_zh,
       coalesce(o.error_en, '') AS error_en,
       coalesce(o.error_code, '') AS error_code,
       v.receipt_number IS NOT NULL AS voided
FROM applications a LEFT JOIN outbox o ON o.application_id = a.id AND o.revision = a.revision
         AND o.kind = 'application_submitted'
     LEFT JOIN voided_receipts v ON v.receipt_number = a.receipt_number;

CREATE VIEW delivery AS SELECT id AS application_id, delivery, second_copy FROM application_rows;
"""

_FROZEN_EVENT = (
    "seq",
    "id",
    "kind",
    "application_id",
    "revision",
    "base_revision",
    "body",
    "body_digest",
    "digests",
)
TRIGGERS = (
    refuse("outbox", "DELETE", "kept")
    + refuse("outbox", "UPDATE", "event", differs(_FROZEN_EVENT))
    + refuse(
        "outbox",
        "UPDATE OF state",
        "unproved",
        "NEW.state = 'acknowledged' AND NOT EXISTS (SELECT 1 FROM acknowledgements k "
        "WHERE k.application_id = NEW.application_id AND k.revision = NEW.revision)",
    )
    + "".join(refuse("closings", action, "kept") for action in ("UPDATE", "DELETE"))
)

SQL = TABLES + OUTBOX + VIEWS + TRIGGERS


def apply(db: Database) -> None:
    """Bring a file of the second schema to the third, in the caller's transaction."""
    db.executescript(SQL)
    version = int(scalar(db, "PRAGMA schema_version"))
    db.execute("PRAGMA writable_schema = ON")
    try:
        db.execute(REFUSALS)
        db.execute(f"PRAGMA schema_version = {version + 1}")  # every connection reads the schema anew
    finally:
        db.execute("PRAGMA writable_schema = RESET")
