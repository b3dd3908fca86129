"""The audit log: append-only rows, each sealed to the one before it, and heads that somebody swore to."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlite_utils import Database

from registration.audit_chain import START, Link, follow, row_hash
from registration.changes import Changes
from storage.json_text import compact_json
from storage.rows import as_moment, as_text, one, rows, scalar
from storage.values import HistoryRow, Who

_PURPOSE = b"audit-head\0"
_SWORN = frozenset({"session_closed", "acknowledged"})  # after these the device swears to the head
_COLUMNS = (
    "seq, at, operator_id, operator_name, device_code, action, subject, details, previous, hash,"
    " session_id, compound_id, machine_at"
)
_AT_ONCE = 1_000


@dataclass(frozen=True)
class Verdict:
    """How many rows stand from the first on, the first that does not, or None; `code` says what is wrong.

    Codes: "" where all is well; row_changed (edited, left out, put in or moved), cut_off (rows that the head
    counts or somebody swore to are gone), oath_changed (a sworn head's signature does not hold).
    """

    rows: int
    broken: int | None = None
    code: str = ""


def append(
    db: Database, who: Who, now: datetime, action: str, subject: str, details: Mapping[str, Any] | None = None
) -> int:
    """Write one row in the caller's transaction; return its sequence number.

    `subject` is an id, `details` hold codes, counts and numbers, no personal data. The place is that of the
    session that is open. `now` is the time as the window holds it; what the machine's own clock said is kept
    beside it.
    """
    here = one(
        db,
        "SELECT h.seq, h.hash, d.signing_key, s.id AS session_id, s.compound_id,"
        " (SELECT offset FROM clock_offsets ORDER BY clock_offsets.seq DESC LIMIT 1) AS ahead"
        " FROM audit_head h LEFT JOIN device d LEFT JOIN sessions s ON s.closed_at IS NULL",
    )
    assert here is not None
    row: dict[str, Any] = {
        "seq": here["seq"] + 1,
        "at": as_text(now),
        "operator_id": who.operator_id,
        "operator_name": who.operator_name,
        "device_code": who.device_code,
        "action": action,
        "subject": subject,
        "details": compact_json(details or {}),
        "previous": here["hash"],
        "session_id": here["session_id"],
        "compound_id": here["compound_id"],
        "machine_at": _machine_time(now, here["ahead"] or 0.0),
    }
    row["hash"] = row_hash(row)
    db.execute(
        f"INSERT INTO audit ({_COLUMNS}) VALUES (:seq, :at, :operator_id, :operator_name, :device_code,"  # noqa: S608
        " :action, :subject, :details, :previous, :hash, :session_id, :compound_id, :machine_at)",
        row,
    )
    db.execute("UPDATE audit_head SET seq = :seq, hash = :hash", row)
    if action in _SWORN and here["signing_key"] is not None:
        _swear(db, now, row, here["signing_key"])
    return int(row["seq"])


def verify(db: Database) -> int | None:
    """Return the number of the first row that was edited, removed, added or moved; None if all stand."""
    return examine(db).broken


def examine(db: Database) -> Verdict:
    """Read the whole log and say whether it is as it was written, as far as this machine can know.

    Whoever has the machine's key could write another log; that one is found by the centre, which holds rows.
    """
    link = Link()
    while (after := follow(_rows_after(db, link.seq, _AT_ONCE), link)) != link:
        link = after
        if link.broken is not None:
            return Verdict(link.seq, link.broken, "row_changed")
    return judge_end(db, link)


def judge_end(db: Database, link: Link) -> Verdict:
    """Compare the end of a chain that was followed with the head and with what was sworn of it."""
    head = one(db, "SELECT seq, hash FROM audit_head")
    if head is None or (head["seq"], head["hash"]) != (link.seq, link.hash):
        return Verdict(link.seq, link.seq + 1, "cut_off")
    gone = one(
        db,
        "SELECT min(a.seq) AS seq FROM audit_anchors a LEFT JOIN audit r ON r.seq = a.seq AND r.hash = a.hash"
        " WHERE r.seq IS NULL AND a.seq > 0",  # a centre may swear that it holds nothing
    )
    if gone is not None and gone["seq"] is not None:
        return Verdict(link.seq, min(gone["seq"], link.seq + 1), "cut_off")
    for anchor in rows(db, "SELECT * FROM audit_anchors WHERE by = 'device' ORDER BY seq DESC LIMIT 200"):
        if not _holds(db, anchor):
            return Verdict(link.seq, anchor["seq"], "oath_changed")
    return Verdict(link.seq)


def rows_after(db: Database, seq: int, limit: int) -> list[dict[str, Any]]:
    """Return up to `limit` whole rows after `seq`, in order, every column by its name."""
    return list(_rows_after(db, seq, limit))


def head(db: Database) -> Link:
    """Return the newest row's number and hash; START before the first."""
    row = one(db, "SELECT seq, hash FROM audit_head")
    return Link() if row is None else Link(row["seq"], row["hash"])


def held_through(db: Database) -> Link:
    """Return the newest head that the centre swore to hold and that still stands in this log; START else.

    `broken` is the newest number that it swore to, where that row is no longer here: the log was set back.
    """
    newest = one(db, "SELECT seq, hash FROM audit_anchors WHERE by = 'centre' ORDER BY id DESC LIMIT 1")
    if newest is None:
        return Link()
    if hash_at(db, newest["seq"]) == newest["hash"]:
        return Link(newest["seq"], newest["hash"])
    standing = one(
        db,
        "SELECT a.seq, a.hash FROM audit_anchors a JOIN audit r ON r.seq = a.seq AND r.hash = a.hash"
        " WHERE a.by = 'centre' ORDER BY a.seq DESC LIMIT 1",
    )
    return Link(broken=newest["seq"]) if standing is None else Link(**standing, broken=newest["seq"])


def hash_at(db: Database, seq: int) -> str | None:
    """Return a row's hash, START before the first row, None where there is no such row."""
    if seq == 0:
        return START
    row = one(db, "SELECT hash FROM audit WHERE seq = ?", (seq,))
    return None if row is None else str(row["hash"])


def keep_oath(db: Database, now: datetime, statement: Mapping[str, Any], signature: str) -> None:
    """Keep the centre's signed statement of the head that it holds; the caller has verified it."""
    db.execute(
        "INSERT INTO audit_anchors (by, seq, hash, at, statement, signature)"
        " VALUES ('centre', ?, ?, ?, ?, ?)",
        (statement["seq"], statement["hash"], as_text(now), compact_json(statement), signature),
    )


_FORKED = "device_doubled"


def note_fork(db: Database, now: datetime) -> Changes:
    """The centre has two stories of this device: note it once, so that a person is told."""
    if is_forked(db):
        return Changes()
    centre = Who("", "", scalar(db, "SELECT device_code FROM device") or "")
    append(db, centre, now, _FORKED, "device")
    return Changes(account=True)


def is_forked(db: Database) -> bool:
    """Say whether the centre has told of two stories: this laptop was set back, or it has a double."""
    return bool(scalar(db, "SELECT 1 FROM audit WHERE subject = 'device' AND action = ?", (_FORKED,)))


def history(db: Database, subject: str, *, limit: int = 200) -> tuple[HistoryRow, ...]:
    """Return what was done to one subject, newest first."""
    sql = "SELECT at, operator_name, action, details FROM audit WHERE subject = ? ORDER BY seq DESC LIMIT ?"
    return tuple(
        HistoryRow(as_moment(row["at"]), row["operator_name"], row["action"], json.loads(row["details"]))
        for row in rows(db, sql, (subject, limit))
    )


def sign_head(key: Ed25519PrivateKey, statement: Mapping[str, Any]) -> str:
    """Sign a statement about a head as this device; base64url without padding."""
    signed = key.sign(_PURPOSE + compact_json(statement).encode())
    return base64.urlsafe_b64encode(signed).rstrip(b"=").decode()


def _rows_after(db: Database, seq: int, limit: int) -> Any:
    return rows(db, f"SELECT {_COLUMNS} FROM audit WHERE seq > ? ORDER BY seq LIMIT ?", (seq, limit))  # noqa: S608


def _swear(db: Database, now: datetime, row: Mapping[str, Any], key: bytes) -> None:
    statement = {"at": as_text(now), "device": row["device_code"], "hash": row["hash"], "seq": row["seq"]}
    db.execute(
        "INSERT INTO audit_anchors (by, seq, hash, at, statement, signature)"
        " VALUES ('device', ?, ?, ?, ?, ?)",
        (
            row["seq"],
            row["hash"],
            statement["at"],
            compact_json(statement),
            sign_head(Ed25519PrivateKey.from_private_bytes(key), statement),
        ),
    )


def _holds(db: Database, anchor: Mapping[str, Any]) -> bool:
    device = one(db, "SELECT signing_key FROM device")
    said = json.loads(anchor["statement"])
    if device is None or (said["seq"], said["hash"]) != (anchor["seq"], anchor["hash"]):
        return False
    public: Ed25519PublicKey = Ed25519PrivateKey.from_private_bytes(device["signing_key"]).public_key()
    try:
        text = anchor["signature"]
        public.verify(
            base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), _PURPOSE + anchor["statement"].encode()
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def _machine_time(now: datetime, ahead: float) -> str | None:
    try:
        return as_text(now + timedelta(seconds=ahead))
    except OverflowError:  # a clock that is beyond all reason
        return None
