"""The first schema: tables, indexes and views."""

from __future__ import annotations

from storage.schema_0001_guards import COUNTING, TRIGGERS

TABLES = """
CREATE TABLE device (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    name TEXT NOT NULL,
    centre_url TEXT NOT NULL,
    enrolment_code TEXT NOT NULL,
    signing_key BLOB NOT NULL CHECK (length(signing_key) = 32),
    device_id TEXT,
    device_code TEXT,
    server_key BLOB CHECK (server_key IS NULL OR length(server_key) = 32),
    recovery_key BLOB CHECK (recovery_key IS NULL OR length(recovery_key) = 32),
    enrolled_at TEXT,
    clock_offset REAL,
    created_at TEXT NOT NULL,
    CHECK ((device_id IS NULL) = (enrolled_at IS NULL)),
    CHECK ((device_id IS NULL) = (device_code IS NULL)),
    CHECK ((device_id IS NULL) = (server_key IS NULL))
) STRICT;

CREATE TABLE operators (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('operator', 'helper', 'reviewer', 'auditor', 'administrator')),
    active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE trusted_keys (
    key_id TEXT PRIMARY KEY,
    public_key TEXT NOT NULL,
    device_code TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('active', 'revoked'))
) STRICT;

CREATE TABLE number_blocks (
    first INTEGER PRIMARY KEY,
    last INTEGER NOT NULL,
    next INTEGER NOT NULL,
    received_at TEXT NOT NULL,
    CHECK (first >= 1 AND first <= last),
    CHECK (next BETWEEN first AND last + 1)
) STRICT;

CREATE TABLE packs (
    seq INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    source TEXT NOT NULL,
    effective_from TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    received_at TEXT NOT NULL,
    shipped INTEGER NOT NULL CHECK (shipped IN (0, 1)),
    UNIQUE (name, version)
) STRICT;

CREATE TABLE compounds (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    division TEXT NOT NULL CHECK (division GLOB '[0-9][0-9][0-9][0-9][0-9][0-9]'),
    address TEXT NOT NULL,
    developer TEXT NOT NULL,
    project_registration TEXT NOT NULL CHECK (project_registration IN ('registered', 'together', 'missing')),
    categories TEXT NOT NULL CHECK (json_valid(categories)),
    archetype TEXT NOT NULL,
    arrears_separation INTEGER NOT NULL CHECK (arrears_separation IN (0, 1))
) STRICT;

CREATE TABLE households (
    id TEXT PRIMARY KEY,
    compound_id TEXT NOT NULL REFERENCES compounds (id),
    building TEXT NOT NULL,
    entrance TEXT NOT NULL,
    floor INTEGER NOT NULL,
    room TEXT NOT NULL,
    unit_code TEXT NOT NULL CHECK (length(unit_code) IN (0, 28)),
    area TEXT NOT NULL,
    address TEXT NOT NULL
) STRICT;
CREATE INDEX households_place ON households (compound_id, building, entrance, floor, room);

CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    compound_id TEXT NOT NULL REFERENCES compounds (id),
    compound_name TEXT NOT NULL,
    division TEXT NOT NULL,
    title TEXT NOT NULL,
    starts TEXT NOT NULL,
    ends TEXT NOT NULL,
    operator_id TEXT NOT NULL,
    operator_name TEXT NOT NULL,
    helper_name TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    closed_at TEXT
) STRICT;
CREATE UNIQUE INDEX one_open_session ON sessions ((closed_at IS NULL)) WHERE closed_at IS NULL;
CREATE INDEX sessions_opened ON sessions (opened_at);

CREATE TABLE applications (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    type_code TEXT NOT NULL,
    session_id TEXT NOT NULL REFERENCES sessions (id),
    compound_id TEXT NOT NULL REFERENCES compounds (id),
    household_id TEXT REFERENCES households (id),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    state TEXT NOT NULL CHECK (state IN (
        'draft', 'received', 'accepted', 'returned', 'rejected', 'registered', 'certificate_issued',
        'withdrawn'
    )),
    applicant_name TEXT NOT NULL,
    applicant_key TEXT NOT NULL,
    property_label TEXT NOT NULL,
    type_zh TEXT NOT NULL,
    type_en TEXT NOT NULL,
    receipt_number TEXT UNIQUE,
    acceptance_number TEXT,
    accepted_at INTEGER,
    certificate_number TEXT,
    problem_zh TEXT NOT NULL DEFAULT '',
    problem_en TEXT NOT NULL DEFAULT '',
    -- microseconds since the epoch: a list of a million that jumps walks the indexes over these
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    received_at INTEGER, -- the centre's time, as far as known
    submitted_at INTEGER, -- this machine's time, as created_at and updated_at are
    CHECK ((receipt_number IS NULL) = (received_at IS NULL)),
    CHECK ((receipt_number IS NULL) = (submitted_at IS NULL)),
    CHECK (state IN ('draft', 'withdrawn') OR receipt_number IS NOT NULL)
) STRICT;
CREATE INDEX applications_updated ON applications (updated_at);
CREATE INDEX applications_state ON applications (state, updated_at);
CREATE INDEX applications_session ON applications (session_id, state, updated_at);
CREATE INDEX applications_received ON applications (received_at);
CREATE INDEX applications_applicant ON applications (applicant_key);
CREATE INDEX applications_household ON applications (household_id) WHERE household_id IS NOT NULL;

CREATE TABLE application_bodies (
    application INTEGER PRIMARY KEY REFERENCES applications (seq),
    body TEXT NOT NULL CHECK (json_valid(body)),
    screen TEXT NOT NULL
) STRICT;

CREATE TABLE state_counts (
    state TEXT PRIMARY KEY,
    applications INTEGER NOT NULL CHECK (applications >= 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE pages (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    application_id TEXT NOT NULL REFERENCES applications (id),
    item_code TEXT NOT NULL CHECK (item_code <> ''),
    ordinal INTEGER NOT NULL CHECK (ordinal >= 1),
    digest TEXT NOT NULL CHECK (length(digest) = 64),
    size INTEGER NOT NULL CHECK (size > 0),
    original_digest TEXT NOT NULL CHECK (length(original_digest) = 64),
    original_size INTEGER NOT NULL CHECK (original_size > 0),
    original_type TEXT NOT NULL,
    page_index INTEGER NOT NULL CHECK (page_index >= 0),
    width INTEGER NOT NULL CHECK (width > 0),
    height INTEGER NOT NULL CHECK (height > 0),
    corners TEXT NOT NULL CHECK (json_valid(corners)),
    rotation INTEGER NOT NULL CHECK (rotation IN (0, 90, 180, 270)),
    page_found INTEGER NOT NULL CHECK (page_found IN (0, 1)),
    findings TEXT NOT NULL CHECK (json_valid(findings)),
    captured_at TEXT NOT NULL
) STRICT;
CREATE INDEX pages_application ON pages (application_id, item_code, ordinal);

CREATE TABLE thumbnails (
    page_id TEXT PRIMARY KEY REFERENCES pages (id) ON DELETE CASCADE,
    image BLOB NOT NULL
) STRICT;

CREATE TABLE receipts (
    number TEXT PRIMARY KEY,
    application_id TEXT NOT NULL REFERENCES applications (id),
    revision INTEGER NOT NULL,
    received_at TEXT NOT NULL,
    facts TEXT NOT NULL CHECK (json_valid(facts)),
    UNIQUE (application_id, revision)
) STRICT;

CREATE TABLE prints (
    seq INTEGER PRIMARY KEY,
    receipt_number TEXT NOT NULL REFERENCES receipts (number),
    copy_number INTEGER NOT NULL CHECK (copy_number >= 1),
    paper TEXT NOT NULL,
    job TEXT NOT NULL,
    result TEXT NOT NULL,
    operator_name TEXT NOT NULL,
    printed_at TEXT NOT NULL,
    UNIQUE (receipt_number, copy_number)
) STRICT;

CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    application_id TEXT NOT NULL REFERENCES applications (id),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    base_revision INTEGER NOT NULL CHECK (base_revision >= 0),
    created_at TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting'
        CHECK (state IN ('waiting', 'sending', 'settled', 'acknowledged', 'parked')),
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
    UNIQUE (application_id, revision)
) STRICT;
CREATE INDEX outbox_open ON outbox (state, seq, application_id) WHERE state <> 'acknowledged';
CREATE INDEX outbox_due ON outbox (seq, next_try_at) WHERE state IN ('waiting', 'sending');
CREATE INDEX outbox_failed ON outbox (seq) WHERE error_code <> '';

CREATE TABLE page_needs (
    application_id TEXT NOT NULL REFERENCES applications (id),
    digest TEXT NOT NULL CHECK (length(digest) = 64),
    size INTEGER NOT NULL CHECK (size > 0),
    held INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1)),
    PRIMARY KEY (application_id, digest)
) STRICT, WITHOUT ROWID;
CREATE INDEX page_needs_open ON page_needs (digest, size) WHERE NOT held;

CREATE TABLE acknowledgements (
    seq INTEGER PRIMARY KEY,
    application_id TEXT NOT NULL REFERENCES applications (id),
    revision INTEGER NOT NULL,
    statement TEXT NOT NULL CHECK (json_valid(statement)),
    signature TEXT NOT NULL,
    received_at TEXT NOT NULL,
    UNIQUE (application_id, revision, signature)
) STRICT;

CREATE TABLE feed (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    cursor INTEGER NOT NULL CHECK (cursor >= 0)
) STRICT;
INSERT INTO feed VALUES (1, 0);

CREATE TABLE feed_kept (
    seq INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    why TEXT NOT NULL,
    received_at TEXT NOT NULL
) STRICT;

CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    operator_id TEXT NOT NULL,
    operator_name TEXT NOT NULL,
    device_code TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    details TEXT NOT NULL CHECK (json_valid(details)),
    previous TEXT NOT NULL CHECK (length(previous) = 64),
    hash TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;
CREATE INDEX audit_subject ON audit (subject, seq);
CREATE TABLE audit_head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    seq INTEGER NOT NULL CHECK (seq >= 0),
    hash TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;
INSERT INTO audit_head VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

CREATE TABLE second_copies (
    seq INTEGER PRIMARY KEY,
    finished_at TEXT NOT NULL,
    folder TEXT NOT NULL,
    outbox_through INTEGER NOT NULL CHECK (outbox_through >= 0),
    pages INTEGER NOT NULL CHECK (pages >= 0),
    bytes INTEGER NOT NULL CHECK (bytes >= 0)
) STRICT;

CREATE VIRTUAL TABLE search USING fts5 (
    name, letters, tails, numbers, filters,
    content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'
);
"""

VIEWS = """
CREATE VIEW application_rows AS
SELECT a.*,
       CASE o.state WHEN 'waiting' THEN 'on_disk' WHEN 'sending' THEN 'sending' WHEN 'settled' THEN 'sending'
                    WHEN 'acknowledged' THEN 'held' WHEN 'parked' THEN 'parked' ELSE 'draft' END AS delivery,
       coalesce(o.seq <= (SELECT max(outbox_through) FROM second_copies), 0) AS second_copy,
       coalesce(o.error_zh, '') AS error_zh,
       coalesce(o.error_en, '') AS error_en,
       coalesce(o.error_code, '') AS error_code
FROM applications a LEFT JOIN outbox o ON o.application_id = a.id AND o.revision = a.revision;

CREATE VIEW delivery AS SELECT id AS application_id, delivery, second_copy FROM application_rows;
"""

SQL = TABLES + VIEWS + TRIGGERS + COUNTING
