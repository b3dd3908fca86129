"""The audit log: append-only rows, each sealed to the one before it by a hash chain."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from storage.json_text import compact_json
from storage.rows import as_moment, as_text, one, rows
from storage.values import HistoryRow, Who

_START = "0" * 64


def append(
    db: Database, who: Who, now: datetime, action: str, subject: str, details: Mapping[str, Any] | None = None
) -> int:
    """Write one row in the caller's transaction; return its sequence number.

    `subject` is an id, `details` hold codes, counts and numbers, no personal data.
    """
    head = one(db, "SELECT seq, hash FROM audit_head")
    assert head is not None
    row: dict[str, Any] = {
        "seq": head["seq"] + 1,
        "at": as_text(now),
        "operator_id": who.operator_id,
        "operator_name": who.operator_name,
        "device_code": who.device_code,
        "action": action,
        "subject": subject,
        "details": compact_json(details or {}),
        "previous": head["hash"],
    }
    row["hash"] = _hash(row)
    db.execute(
        "INSERT INTO audit VALUES (:seq, :at, :operator_id, :operator_name, :device_code, :action, :subject,"
        " :details, :previous, :hash)",
        row,
    )
    db.execute("UPDATE audit_head SET seq = :seq, hash = :hash", row)
    return int(row["seq"])


def verify(db: Database) -> int | None:
    """Return the number of the first row that was edited, removed, added or moved; None if all stand."""
    expected, previous = 1, _START
    for row in rows(db, "SELECT * FROM audit ORDER BY seq"):
        stored = row.pop("hash")
        if row["seq"] != expected or row["previous"] != previous or _hash(row) != stored:
            return expected
        expected, previous = expected + 1, stored
    head = one(db, "SELECT seq, hash FROM audit_head")
    if head is None or head["seq"] != expected - 1 or head["hash"] != previous:
        return expected
    return None


def history(db: Database, subject: str, *, limit: int = 200) -> tuple[HistoryRow, ...]:
    """Return what was done to one subject, newest first."""
    sql = "SELECT at, operator_name, action, details FROM audit WHERE subject = ? ORDER BY seq DESC LIMIT ?"
    return tuple(
        HistoryRow(as_moment(row["at"]), row["operator_name"], row["action"], json.loads(row["details"]))
        for row in rows(db, sql, (subject, limit))
    )


def _hash(row: Mapping[str, Any]) -> str:
    return hashlib.sha256(compact_json({k: v for k, v in row.items() if k != "hash"}).encode()).hexdigest()
