"""What the centre holds of a session whose laptop may be dead: its receipts, and how whole each is."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, text

from server.store import audit
from server.store.devices import Device
from sync.contract.sessions import SessionFact, SessionReceipt

_RECEIPTS = text(
    "SELECT r.application_id, r.revision, d.code AS device_code, r.receipt_number, r.submitted_at, a.state,"
    " a.compound_id, n.voided_at IS NOT NULL AS voided, p.files, p.files_held"
    " FROM (SELECT DISTINCT ON (application_id) * FROM revisions WHERE session ->> 'id' = :session"
    "   ORDER BY application_id, revision DESC) r"
    " JOIN applications a ON a.id = r.application_id JOIN devices d ON d.id = r.device_id"
    " LEFT JOIN receipt_numbers n ON n.number = r.receipt_number"
    " CROSS JOIN LATERAL (SELECT count(*) AS files, count(f.digest) AS files_held FROM page_needs w"
    "   LEFT JOIN page_files f ON f.digest = w.digest"
    "   WHERE w.application_id = r.application_id AND w.revision = r.revision) p"
    " ORDER BY d.code, r.receipt_number, r.application_id"
)


def session_for(connection: Connection, now: datetime, device: Device, session_id: str) -> SessionFact:
    """Return a session's receipts to a device, those of the compounds that it serves; the look is audited."""
    found = [
        SessionReceipt.model_validate(dict(row._mapping))
        for row in connection.execute(_RECEIPTS, {"session": session_id})
        if device.may_serve(row.compound_id)
    ]
    if found:
        details = {"device": device.code, "receipts": len(found)}
        audit.append(connection, now, f"device:{device.id}", "session_read", session_id, details)
    return SessionFact(session_id=session_id, receipts=found, server_time=now.timestamp())
