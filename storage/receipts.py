"""Receipts as frozen at submission, and the record of every copy printed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from registration.receipt import Receipt
from registration.receipt_json import receipt_from_json
from storage.rows import as_moment, as_text, one, rows, scalar


@dataclass(frozen=True)
class Print:
    """One copy that went to paper, or was tried; `paper` such as "a4", `result` as the spooler said."""

    receipt_number: str
    copy_number: int
    paper: str
    job: str
    result: str
    operator_name: str
    printed_at: datetime


def receipt(db: Database, number: str) -> Receipt | None:
    """Return the receipt of a number as it was issued last, or None."""
    row = one(
        db,
        "SELECT facts, 0 AS revision FROM receipts WHERE number = :number"
        " UNION ALL SELECT facts, revision FROM receipt_issues WHERE number = :number"
        " ORDER BY revision DESC LIMIT 1",
        {"number": number},
    )
    return None if row is None else receipt_from_json(json.loads(row["facts"]))


def receipt_for_application(db: Database, application_id: str, revision: int | None = None) -> Receipt | None:
    """Return an application's receipt, of one revision or the newest, or None."""
    row = one(
        db,
        "SELECT facts, revision FROM receipts WHERE application_id = :id"
        " AND (:revision IS NULL OR revision = :revision)"
        " UNION ALL SELECT facts, revision FROM receipt_issues WHERE application_id = :id"
        " AND (:revision IS NULL OR revision = :revision) ORDER BY revision DESC LIMIT 1",
        {"id": application_id, "revision": revision},
    )
    return None if row is None else receipt_from_json(json.loads(row["facts"]))


def put(
    db: Database, now: datetime, receipt: Receipt, facts: str, *, issued_before: bool, received_at: datetime
) -> None:
    """Keep a receipt as it was issued; one with a number that the case has already is a later issue of it."""
    key = (receipt.application_id, receipt.revision, receipt.number, as_text(received_at))
    if issued_before:
        db.execute("INSERT INTO receipt_issues VALUES (?, ?, ?, ?, ?, ?)", (*key, as_text(now), facts))
        return
    db.execute(
        "INSERT INTO receipts (application_id, revision, number, received_at, facts) VALUES (?, ?, ?, ?, ?)",
        (*key, facts),
    )


def issued_last(db: Database, number: str) -> str:
    """Return when a later issue of a number was made, by this machine's clock as stored; "" for the first."""
    found = scalar(db, "SELECT max(issued_at) FROM receipt_issues WHERE number = ?", (number,))
    return str(found or "")


def prints(db: Database, number: str) -> list[Print]:
    """Return the copies of a receipt in order."""
    sql = (
        "SELECT receipt_number, copy_number, paper, job, result, operator_name, printed_at FROM prints"
        " WHERE receipt_number = ? ORDER BY copy_number"
    )
    return [Print(**{**row, "printed_at": as_moment(row["printed_at"])}) for row in rows(db, sql, (number,))]
