"""The second schema: the queue of papers to print, which outlives the program, and receipts that are void."""

from __future__ import annotations

TABLES = """
CREATE TABLE print_queue (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    document TEXT NOT NULL CHECK (document <> ''),
    paper TEXT NOT NULL CHECK (paper IN ('a4', 'roll')),
    application_id TEXT REFERENCES applications (id),
    session_id TEXT REFERENCES sessions (id),
    receipt_number TEXT REFERENCES receipts (number),
    batch_id TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('zh', 'en')),
    second TEXT NOT NULL,
    facts TEXT NOT NULL CHECK (json_valid(facts)),
    reason TEXT NOT NULL,
    copy_number INTEGER CHECK (copy_number >= 1),
    state TEXT NOT NULL CHECK (state IN (
        'waiting', 'sending', 'sent', 'printed', 'failed', 'unknown', 'lost', 'cancelled'
    )),
    printer TEXT NOT NULL DEFAULT '',
    job INTEGER NOT NULL DEFAULT 0,
    result TEXT NOT NULL DEFAULT '',
    operator_id TEXT NOT NULL,
    operator_name TEXT NOT NULL,
    queued_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    CHECK ((application_id IS NULL) <> (session_id IS NULL)),
    CHECK ((document = 'receipt') = (receipt_number IS NOT NULL)),
    CHECK (copy_number IS NOT NULL OR state IN ('waiting', 'failed', 'cancelled'))
) STRICT;
CREATE INDEX print_queue_open ON print_queue (state, seq) WHERE state NOT IN ('printed', 'lost', 'cancelled');
CREATE INDEX print_queue_copies ON print_queue (application_id, document, copy_number);
CREATE INDEX print_queue_sessions ON print_queue (session_id, document, copy_number)
    WHERE session_id IS NOT NULL;
CREATE INDEX print_queue_batches ON print_queue (batch_id, state) WHERE batch_id <> '';

CREATE TABLE voided_receipts (
    receipt_number TEXT PRIMARY KEY REFERENCES receipts (number),
    reason TEXT NOT NULL CHECK (trim(reason) <> ''),
    operator_name TEXT NOT NULL,
    voided_at TEXT NOT NULL
) STRICT;
"""

VIEWS = """
DROP VIEW application_rows;
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
     LEFT JOIN voided_receipts v ON v.receipt_number = a.receipt_number;
"""

TRIGGERS = """
CREATE TRIGGER voided_receipts_kept_update BEFORE UPDATE ON voided_receipts
BEGIN SELECT RAISE(ABORT, 'frozen: voided_receipts'); END;
CREATE TRIGGER voided_receipts_kept_delete BEFORE DELETE ON voided_receipts
BEGIN SELECT RAISE(ABORT, 'frozen: voided_receipts'); END;
CREATE TRIGGER print_queue_kept_delete BEFORE DELETE ON print_queue
BEGIN SELECT RAISE(ABORT, 'frozen: print_queue'); END;
CREATE TRIGGER print_queue_paper_update BEFORE UPDATE ON print_queue
WHEN OLD.id IS NOT NEW.id OR OLD.document IS NOT NEW.document OR OLD.paper IS NOT NEW.paper
    OR OLD.application_id IS NOT NEW.application_id OR OLD.session_id IS NOT NEW.session_id
    OR OLD.receipt_number IS NOT NEW.receipt_number OR OLD.batch_id IS NOT NEW.batch_id
    OR OLD.language IS NOT NEW.language OR OLD.second IS NOT NEW.second OR OLD.facts IS NOT NEW.facts
    OR OLD.reason IS NOT NEW.reason OR OLD.queued_at IS NOT NEW.queued_at
    OR OLD.operator_id IS NOT NEW.operator_id OR OLD.operator_name IS NOT NEW.operator_name
    OR OLD.state IN ('printed', 'lost', 'cancelled')
BEGIN SELECT RAISE(ABORT, 'frozen: print_queue'); END;
"""

SQL = TABLES + VIEWS + TRIGGERS
