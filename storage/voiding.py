"""Receipts that no longer count: each with its reason, once and for good."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from registration.changes import Changes
from registration.errors import InputError
from registration.rights import Act, PairedAct
from storage import audit, outbox, receipts
from storage.rights import needs
from storage.rows import as_moment, as_text, one
from storage.second_person import Second, require_second
from storage.values import Voided, Who

VOIDED_EVENT = "receipt_voided"


@needs(Act.VOID)
def void_receipt(
    db: Database,
    who: Who,
    now: datetime,
    receipt_number: str,
    reason: str,
    event_id: str,
    second: Second | None,
) -> Changes:
    """Declare a receipt void; audited, and the centre is told. The case itself stays what it is.

    InputError void_reason_missing, receipt_void (it is already), or what `require_second` raises; KeyError
    for an unknown receipt.
    """
    receipt = receipts.receipt(db, receipt_number)
    if receipt is None:
        raise KeyError(receipt_number)
    if not reason.strip():
        raise InputError("void_reason_missing", field="reason")
    if voided(db, receipt_number) is not None:
        raise InputError("receipt_void")
    confirmed = require_second(db, PairedAct.VOID_RECEIPT, who, second)
    db.execute(
        "INSERT INTO voided_receipts VALUES (?, ?, ?, ?)",
        (receipt_number, reason.strip(), who.operator_name, as_text(now)),
    )
    details = {"receipt": receipt_number, "reason": reason.strip(), **confirmed}
    audit.append(db, who, now, "receipt_voided", receipt.application_id, details)
    outbox.put(
        db,
        now,
        event_id=event_id,
        kind=VOIDED_EVENT,
        application_id=receipt.application_id,
        revision=receipt.revision,
        base_revision=receipt.revision,
        body={
            "application_id": receipt.application_id,
            "revision": receipt.revision,
            "receipt_number": receipt_number,
            "reason": reason.strip(),
            "operator_id": who.operator_id,
            "at": now.isoformat(),
        },
    )
    return Changes(applications=frozenset({receipt.application_id}), receipts=True, outbox=True)


def voided(db: Database, receipt_number: str) -> Voided | None:
    """Return why a receipt is void, or None where it counts."""
    row = one(db, "SELECT * FROM voided_receipts WHERE receipt_number = ?", (receipt_number,))
    return None if row is None else Voided(**{**row, "voided_at": as_moment(row["voided_at"])})
