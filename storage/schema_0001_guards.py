"""The first schema's triggers: they refuse changes of frozen facts and keep the counts."""

from __future__ import annotations

_FROZEN_FACTS = (
    "id",
    "type_code",
    "session_id",
    "compound_id",
    "household_id",
    "revision",
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


def refuse(table: str, action: str, why: str, when: str = "1") -> str:
    name = f"{table}_{why}_{action.partition(' ')[0].lower()}"
    # The parts are names written in this file.
    return (
        f"CREATE TRIGGER {name} BEFORE {action} ON {table} WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, 'frozen: {table}'); END;\n"
    )


def differs(columns: tuple[str, ...]) -> str:
    return "(" + " OR ".join(f"OLD.{c} IS NOT NEW.{c}" for c in columns) + ")"


def _of_draft(row: str, key: str = "application_id") -> str:
    column = "seq" if key == "application" else "id"
    return f"(SELECT state FROM applications WHERE {column} = {row}.{key}) IS NOT 'draft'"  # noqa: S608


TRIGGERS = (
    # Append-only tables: what they say was said once.
    "".join(
        refuse(table, action, "kept")
        for table in ("receipts", "prints", "acknowledgements", "audit", "packs", "second_copies")
        for action in ("UPDATE", "DELETE")
    )
    + "".join(
        refuse(table, "DELETE", "kept") for table in ("applications", "outbox", "page_needs", "number_blocks")
    )
    + "".join(refuse(table, "DELETE", "kept") for table in ("device", "audit_head", "feed", "sessions"))
    # A submitted case: its facts, body and pages are those of its receipt.
    + refuse("applications", "UPDATE", "facts", f"OLD.state <> 'draft' AND {differs(_FROZEN_FACTS)}")
    + refuse(
        "applications", "UPDATE OF state", "never_draft_again", "OLD.state <> 'draft' AND NEW.state = 'draft'"
    )
    + refuse("application_bodies", "UPDATE", "facts", _of_draft("OLD", "application"))
    + refuse("application_bodies", "DELETE", "facts", _of_draft("OLD", "application"))
    + refuse("pages", "INSERT", "facts", _of_draft("NEW"))
    + refuse("pages", "UPDATE", "facts", f"{_of_draft('OLD')} OR {_of_draft('NEW')}")
    + refuse("pages", "DELETE", "facts", _of_draft("OLD"))
    # An event: what is sent is what was signed off; only where it stands may change.
    + refuse("outbox", "UPDATE", "event", differs(_FROZEN_EVENT))
    + refuse(
        "outbox",
        "UPDATE OF state",
        "unproved",
        "NEW.state = 'acknowledged' AND NOT EXISTS (SELECT 1 FROM acknowledgements k "
        "WHERE k.application_id = NEW.application_id AND k.revision = NEW.revision)",
    )
    # Sequences and the device's key.
    + refuse(
        "number_blocks",
        "UPDATE",
        "order",
        "NEW.next <> OLD.next + 1 OR NEW.first <> OLD.first OR NEW.last <> OLD.last",
    )
    + refuse("audit_head", "UPDATE", "order", "NEW.seq <> OLD.seq + 1")
    + refuse("feed", "UPDATE", "order", "NEW.cursor < OLD.cursor")
    + refuse(
        "device",
        "UPDATE",
        "key",
        "NEW.signing_key IS NOT OLD.signing_key OR (OLD.device_id IS NOT NULL AND "
        + differs(("device_id", "device_code"))
        + ")",
    )
    + refuse(
        "sessions",
        "UPDATE",
        "closed",
        "OLD.closed_at IS NOT NULL OR NEW.id <> OLD.id OR NEW.compound_id <> OLD.compound_id",
    )
)

COUNTING = """
CREATE TRIGGER count_insert AFTER INSERT ON applications BEGIN
    INSERT INTO state_counts VALUES (NEW.state, 1) ON CONFLICT DO UPDATE SET applications = applications + 1;
END;
CREATE TRIGGER count_update AFTER UPDATE OF state ON applications WHEN OLD.state <> NEW.state BEGIN
    UPDATE state_counts SET applications = applications - 1 WHERE state = OLD.state;
    INSERT INTO state_counts VALUES (NEW.state, 1) ON CONFLICT DO UPDATE SET applications = applications + 1;
END;
"""
