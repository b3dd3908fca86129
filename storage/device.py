"""This device: its key, its centre, its enrolment, its operators and its reserved numbers."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlite_utils import Database

from registration.changes import Changes
from registration.errors import CentreError, MachineError
from registration.numbering import NumberBlock
from registration.rights import Act, role_of
from storage import audit
from storage.rights import needs
from storage.rows import as_text, maybe_moment, one, rows
from storage.values import Operator, Who

_LOCAL = "local"  # the operator's id until the centre gives one
RESCUER = "rescuer"
"""The id of whoever opened this machine with the key that the centre read out."""

OWN_IDS = frozenset({_LOCAL, RESCUER})
"""Ids that this device makes up: the centre knows nobody by them."""


@dataclass(frozen=True)
class DeviceIdentity:
    """What this device is to the centre. Ids, code, keys and time are None until it is enrolled."""

    name: str
    centre_url: str
    enrolment_code: str
    signing_key: Ed25519PrivateKey
    device_id: str | None
    device_code: str | None
    server_key: bytes | None  # 32 raw bytes, Ed25519, signs acknowledgements
    recovery_key: bytes | None  # 32 raw bytes, X25519
    enrolled_at: datetime | None
    clock_offset: float | None  # seconds that this clock is ahead of the centre's, where known


def create_device(
    db: Database,
    now: datetime,
    name: str,
    centre_url: str,
    enrolment_code: str,
    account: str,
    operator_name: str,
) -> Changes:
    """Make the device's key pair and its first operator. ValueError where there is a device already."""
    if one(db, "SELECT 1 FROM device") is not None:
        raise ValueError("there is a device already")
    db.execute(
        "INSERT INTO device (one, name, centre_url, enrolment_code, signing_key, created_at)"
        " VALUES (1, ?, ?, ?, ?, ?)",
        (name, centre_url, enrolment_code, Ed25519PrivateKey.generate().private_bytes_raw(), as_text(now)),
    )
    db.execute(
        "INSERT INTO operators (id, account, name, role, active) VALUES (?, ?, ?, 'operator', 1)",
        (_LOCAL, account, operator_name),
    )
    audit.append(db, Who(_LOCAL, operator_name, ""), now, "device_created", "device")
    return Changes(account=True)


def read_device(db: Database) -> DeviceIdentity | None:
    """Return this device, or None before the first run is through."""
    row = one(db, "SELECT * FROM device")
    if row is None:
        return None
    return DeviceIdentity(
        name=row["name"],
        centre_url=row["centre_url"],
        enrolment_code=row["enrolment_code"],
        signing_key=Ed25519PrivateKey.from_private_bytes(row["signing_key"]),
        device_id=row["device_id"],
        device_code=row["device_code"],
        server_key=row["server_key"],
        recovery_key=row["recovery_key"],
        enrolled_at=maybe_moment(row["enrolled_at"]),
        clock_offset=row["clock_offset"],
    )


def who_for(db: Database, account: str) -> Who | None:
    """Return the active operator of an account, with this device's code; None where there is none."""
    row = one(
        db,
        "SELECT o.id, o.name, o.role, coalesce(d.device_code, '') AS code FROM operators o LEFT JOIN device d"
        " WHERE o.account = ? COLLATE NOCASE AND o.active ORDER BY o.id = ? LIMIT 1",
        (account.strip(), _LOCAL),
    )
    return None if row is None else Who(row["id"], row["name"], row["code"], role_of(row["role"]))


def operators(db: Database) -> list[Operator]:
    """Return the team as this device knows it, by name."""
    return [
        Operator(row["id"], row["account"], row["name"], row["role"], bool(row["active"]))
        for row in rows(db, "SELECT * FROM operators ORDER BY name, id")
    ]


def put_operator(db: Database, fact: Mapping[str, Any]) -> None:
    """Store an OperatorFact of the wire; it replaces the provisional operator of the same account."""
    db.execute("DELETE FROM operators WHERE id = ? AND account = ? COLLATE NOCASE", (_LOCAL, fact["account"]))
    db.execute(
        "INSERT INTO operators (id, account, name, role, active, valid_until) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET account = excluded.account, name = excluded.name,"
        " role = excluded.role, active = excluded.active, valid_until = excluded.valid_until",
        (
            fact["id"],
            fact["account"],
            fact["name"],
            fact["role"],
            int(fact.get("active", True)),
            _until(fact.get("valid_until")),
        ),
    )


def apply_enrolment(db: Database, now: datetime, answer: Mapping[str, Any]) -> Changes:
    """Take in an EnrolAnswer of the wire. Idempotent for the same device id.

    CentreError enrolment_refused where the answer names another device than the one already enrolled.
    """
    device = read_device(db)
    if device is None:
        raise ValueError("there is no device to enrol")
    if device.device_id not in (None, answer["device_id"]):
        raise CentreError("enrolment_refused")
    db.execute(
        "UPDATE device SET device_id = ?, device_code = ?, server_key = ?, recovery_key = ?,"
        " enrolled_at = coalesce(enrolled_at, ?), clock_offset = ?",
        (
            answer["device_id"],
            answer["device_code"],
            _bytes(answer["server_key"]),
            _bytes(answer["recovery_key"]),
            as_text(now),
            now.timestamp() - float(answer["server_time"]),
        ),
    )
    put_operator(db, answer["operator"])
    add_number_block(db, now, answer["number_block"])
    public_key = device.signing_key.public_key().public_bytes_raw()
    db.execute(
        "INSERT OR IGNORE INTO trusted_keys VALUES (?, ?, ?, 'active')",
        (
            hashlib.sha256(public_key).hexdigest()[:16],
            base64.urlsafe_b64encode(public_key).rstrip(b"=").decode(),
            answer["device_code"],
        ),
    )
    operator = answer["operator"]
    who = Who(operator["id"], operator["name"], answer["device_code"])
    audit.append(db, who, now, "device_enrolled", "device")
    return Changes(account=True)


@needs(Act.MACHINE)
def set_centre(
    db: Database, now: datetime, who: Who, centre_url: str, enrolment_code: str | None = None
) -> Changes:
    """Change the centre's address, and the enrolment code while not enrolled."""
    db.execute(
        "UPDATE device SET centre_url = ?, enrolment_code = coalesce(?, enrolment_code)",
        (centre_url, enrolment_code),
    )
    audit.append(db, who, now, "centre_changed", "device")
    return Changes(account=True)


def set_clock_offset(db: Database, seconds: float) -> Changes:
    """Remember by how many seconds this clock is ahead of the centre's."""
    db.execute("UPDATE device SET clock_offset = ?", (seconds,))
    return Changes(account=True)


def add_number_block(db: Database, now: datetime, fact: Mapping[str, Any]) -> bool:
    """Store a NumberBlockFact of the wire; return whether it was new.

    CentreError centre_refused where it overlaps another block: two cases could get one number.
    """
    first, last = int(fact["first"]), int(fact["last"])
    same = one(db, "SELECT last FROM number_blocks WHERE first = ?", (first,))
    if same is not None and same["last"] == last:
        return False
    if one(db, "SELECT 1 FROM number_blocks WHERE first <= ? AND last >= ?", (last, first)) is not None:
        raise CentreError("centre_refused", reason="number block overlaps")
    db.execute("INSERT INTO number_blocks VALUES (?, ?, ?, ?)", (first, last, first, as_text(now)))
    return True


def number_blocks(db: Database) -> list[NumberBlock]:
    """Return all blocks that the centre reserved for this device, in order, used ones too."""
    return [
        NumberBlock(row["first"], row["last"], row["next"])
        for row in rows(db, "SELECT first, last, next FROM number_blocks ORDER BY first")
    ]


def numbers_left(db: Database) -> int:
    """Return how many receipt numbers this device has left."""
    return sum(block.left for block in number_blocks(db))


def current_block(db: Database) -> NumberBlock:
    """Return the block that the next number comes from.

    MachineError not_enrolled where there is no block; where all are used up, the last one, which is empty.
    """
    columns = "SELECT first, last, next FROM number_blocks"
    row = one(db, f"{columns} WHERE next <= last ORDER BY first LIMIT 1")
    row = row or one(db, f"{columns} ORDER BY first DESC LIMIT 1")
    if row is None:
        raise MachineError("not_enrolled")
    return NumberBlock(row["first"], row["last"], row["next"])


def _until(given: object) -> str:
    """Return an end of rights as stored; ValueError for one that is not ISO 8601 with an offset."""
    return as_text(datetime.fromisoformat(str(given))) if given else ""


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
