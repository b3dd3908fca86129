"""The eighth schema: revisions of a case, corrections, calls, conflicts, the lives of the centre."""

from __future__ import annotations

from sqlite_utils import Database

from storage.rows import scalar
from storage.schema_0001_guards import differs, refuse

# A submission that another revision took the place of has come to its end without an acknowledgement. The one
# rule is edited in place, as the third schema does.
_OLD_RULE = "CASE WHEN kind = 'application_submitted' THEN state <> 'told'\n        ELSE"
_NEW_RULE = "CASE WHEN kind = 'application_submitted' THEN 1\n        ELSE"
SUPERSEDED = (
    "UPDATE sqlite_master SET sql = replace(sql, '"  # noqa: S608
    + _OLD_RULE.replace("'", "''")
    + "', '"
    + _NEW_RULE.replace("'", "''")
    + "') WHERE type = 'table' AND name = 'outbox'"
)

TABLES = """
-- A revision that was submitted, set aside while or since a later one is made.
CREATE TABLE revisions (
    application_id TEXT NOT NULL REFERENCES applications (id),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    next_revision INTEGER NOT NULL CHECK (next_revision > revision),
    base_revision INTEGER NOT NULL CHECK (base_revision >= 0), -- the centre's, on which the next one builds
    why TEXT NOT NULL CHECK (why IN ('returned', 'refused', 'conflict', 'supplement', 'given_up')),
    state TEXT NOT NULL, -- what the case is while the next revision is a draft
    columns TEXT NOT NULL CHECK (json_valid(columns)), -- of its row in applications
    body TEXT NOT NULL CHECK (json_valid(body)),
    set_aside_at TEXT NOT NULL,
    PRIMARY KEY (application_id, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE revision_pages (
    application_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    id TEXT NOT NULL,
    item_code TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    digest TEXT NOT NULL,
    size INTEGER NOT NULL,
    original_digest TEXT NOT NULL,
    original_size INTEGER NOT NULL,
    original_type TEXT NOT NULL,
    page_index INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    corners TEXT NOT NULL,
    rotation INTEGER NOT NULL,
    page_found INTEGER NOT NULL,
    findings TEXT NOT NULL,
    captured_at TEXT NOT NULL,
    kept TEXT NOT NULL,
    marked INTEGER NOT NULL,
    reading TEXT,
    confirmed TEXT,
    read_at TEXT,
    image BLOB NOT NULL,
    PRIMARY KEY (application_id, revision, id),
    FOREIGN KEY (application_id, revision) REFERENCES revisions (application_id, revision) ON DELETE CASCADE
) STRICT;

-- The second and later issues of a receipt: the number stays with the case.
CREATE TABLE receipt_issues (
    application_id TEXT NOT NULL REFERENCES applications (id),
    revision INTEGER NOT NULL CHECK (revision > 1),
    number TEXT NOT NULL REFERENCES receipts (number),
    received_at TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    facts TEXT NOT NULL CHECK (json_valid(facts)),
    PRIMARY KEY (application_id, revision)
) STRICT;
CREATE INDEX receipt_issues_number ON receipt_issues (number, revision);

CREATE TABLE corrections (
    application_id TEXT NOT NULL REFERENCES applications (id),
    revision INTEGER NOT NULL,
    items TEXT NOT NULL CHECK (json_valid(items)), -- [{item_code, zh, en}]
    reason_zh TEXT NOT NULL,
    reason_en TEXT NOT NULL,
    due TEXT NOT NULL, -- an ISO date, '' where none was set
    returned_at TEXT NOT NULL,
    PRIMARY KEY (application_id, revision)
) STRICT, WITHOUT ROWID;

-- Papers that were promised for later, of what was submitted last.
CREATE TABLE promises (
    application_id TEXT NOT NULL REFERENCES applications (id),
    item_code TEXT NOT NULL,
    due TEXT NOT NULL,
    PRIMARY KEY (application_id, item_code)
) STRICT, WITHOUT ROWID;
CREATE INDEX promises_due ON promises (due);

CREATE TABLE calls (
    seq INTEGER PRIMARY KEY,
    application_id TEXT NOT NULL REFERENCES applications (id),
    outcome TEXT NOT NULL CHECK (outcome IN ('reached', 'not_reached', 'note')),
    note TEXT NOT NULL,
    operator_name TEXT NOT NULL,
    called_at TEXT NOT NULL
) STRICT;
CREATE INDEX calls_application ON calls (application_id, seq);

-- Where the centre had another revision than the one that was sent: both, and what a person decided.
CREATE TABLE conflicts (
    application_id TEXT NOT NULL REFERENCES applications (id),
    revision INTEGER NOT NULL,
    server_revision INTEGER NOT NULL,
    centre TEXT NOT NULL CHECK (json_valid(centre)),
    choice TEXT NOT NULL CHECK (choice IN ('mine', 'theirs')),
    operator_name TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    PRIMARY KEY (application_id, revision, decided_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE centre_lives (
    seq INTEGER PRIMARY KEY,
    epoch TEXT NOT NULL UNIQUE,
    offered INTEGER NOT NULL CHECK (offered >= 0), -- events that were offered again
    met_at TEXT NOT NULL
) STRICT;

ALTER TABLE outbox ADD COLUMN refusal TEXT NOT NULL DEFAULT ''; -- the centre's own code of a refusal
"""

# What came back before there was a place for it stands in the audit log.
FORMER_RETURNS = """
INSERT OR REPLACE INTO corrections
SELECT a.subject, json_extract(a.details, '$.revision'), coalesce(json_extract(a.details, '$.items'), '[]'),
       coalesce(json_extract(a.details, '$.reason_zh'), ''),
       coalesce(json_extract(a.details, '$.reason_en'), ''), '', a.at
FROM audit a JOIN applications c ON c.id = a.subject
WHERE a.action = 'status_returned' AND json_extract(a.details, '$.revision') IS NOT NULL ORDER BY a.seq;
INSERT OR IGNORE INTO promises
SELECT a.id, json_extract(d.value, '$.item_code'), json_extract(d.value, '$.due')
FROM applications a JOIN application_bodies b ON b.application = a.seq, json_each(b.body, '$.deferrals') d
WHERE a.receipt_number IS NOT NULL AND json_extract(d.value, '$.due') <> ''
      AND coalesce(json_extract(d.value, '$.delivered_on'), '') = '';
"""

VIEWS = """
DROP VIEW delivery;
DROP VIEW application_rows;
CREATE VIEW application_rows AS
SELECT a.*,
       CASE o.state WHEN 'waiting' THEN 'on_disk' WHEN 'sending' THEN 'sending' WHEN 'settled' THEN 'sending'
                    WHEN 'acknowledged' THEN 'held' WHEN 'parked' THEN 'parked' WHEN 'told' THEN 'superseded'
                    ELSE 'draft' END AS delivery,
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

_FROZEN_FACTS = (
    "id",
    "type_code",
    "session_id",
    "compound_id",
    "household_id",
    "applicant_name",
    "applicant_key",
    "property_label",
    "type_zh",
    "type_en",
    "receipt_number",
    "created_at",
    "received_at",
    "submitted_at",
)
_SET_ASIDE = (
    "EXISTS (SELECT 1 FROM revisions v WHERE v.application_id = OLD.id AND v.revision = OLD.revision"
    " AND v.next_revision = NEW.revision)"
)
TRIGGERS = (
    "DROP TRIGGER applications_facts_update;\nDROP TRIGGER applications_never_draft_again_update;\n"  # noqa: S608
    + refuse("applications", "UPDATE", "facts", f"OLD.state <> 'draft' AND {differs(_FROZEN_FACTS)}")
    + refuse(
        "applications",
        "UPDATE OF state, revision",
        "never_draft_again",
        "OLD.state <> 'draft' AND (NEW.state = 'draft' OR NEW.revision <> OLD.revision)"
        f" AND NOT (NEW.state = 'draft' AND {_SET_ASIDE})",
    )
    + "".join(
        refuse(table, action, "kept")
        for table in ("receipt_issues", "calls", "conflicts", "centre_lives")
        for action in ("UPDATE", "DELETE")
    )
    + refuse("revisions", "UPDATE", "facts", differs(("application_id", "revision", "columns", "body")))
    # A revision set aside goes only where the draft that followed it is given up.
    + refuse(
        "revisions",
        "DELETE",
        "kept",
        "(SELECT state <> 'draft' OR revision <> OLD.next_revision FROM applications"
        " WHERE id = OLD.application_id)",
    )
    + refuse("revision_pages", "UPDATE", "kept")
)

SQL = TABLES + FORMER_RETURNS + VIEWS + TRIGGERS


def apply(db: Database) -> None:
    """Bring a file of the seventh schema to the eighth, in the caller's transaction."""
    db.executescript(SQL)
    version = int(scalar(db, "PRAGMA schema_version"))
    db.execute("PRAGMA writable_schema = ON")
    try:
        db.execute(SUPERSEDED)
        db.execute(f"PRAGMA schema_version = {version + 1}")  # every connection reads the schema anew
    finally:
        db.execute("PRAGMA writable_schema = RESET")
