"""Receipts as frozen at submission, and the record of every copy printed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from registration.receipt import Receipt
from registration.receipt_json import receipt_from_json
from storage.rows import as_moment, one, rows


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
    """Return the receipt of a number, or None."""
    row = one(db, "SELECT facts FROM receipts WHERE number = ?", (number,))
    return None if row is None else receipt_from_json(json.loads(row["facts"]))


def receipt_for_application(db: Database, application_id: str, revision: int | None = None) -> Receipt | None:
    """Return an application's receipt, of one revision or the newest, or None."""
    row = one(
        db,
        "SELECT facts FROM receipts WHERE application_id = :id"
        " AND (:revision IS NULL OR revision = :revision) ORDER BY revision DESC LIMIT 1",
        {"id": application_id, "revision": revision},
    )
    return None if row is None else receipt_from_json(json.loads(row["facts"]))


def prints(db: Database, number: str) -> list[Print]:
    """Return the copies of a receipt in order."""
    sql = (
        "SELECT receipt_number, copy_number, paper, job, result, operator_name, printed_at FROM prints"
        " WHERE receipt_number = ? ORDER BY copy_number"
    )
    return [Print(**{**row, "printed_at": as_moment(row["printed_at"])}) for row in rows(db, sql, (number,))]
