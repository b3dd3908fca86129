"""The audit logs of the windows as the centre holds them: each chain checked, each gap and fork on record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert

from registration.audit_chain import START, row_hash
from server.store import audit
from server.store.schema import devices
from server.store.schema_audit import device_audit, device_audit_faults, device_audit_heads
from sync.contract.audit import AuditRow


class FaultKind(StrEnum):
    """What can be wrong with a log that arrives."""

    GAP = "gap"  # rows are missing before this one
    BROKEN = "broken"  # it does not follow the row before it
    CHANGED = "changed"  # its hash is not its own
    FORK = "fork"  # the centre holds another row of this number: the device was set back, or there are two
    BEHIND = "behind"  # the device has fewer rows than it once sent


@dataclass(frozen=True)
class Head:
    """How far a device's log is held."""

    branch: int = 1
    seq: int = 0
    hash: str = START


def take_in(
    connection: Connection, now: datetime, device_id: str, rows: Sequence[AuditRow], device_head: int
) -> Head:
    """Keep what is new of a device's log and put on record what does not fit; return what is held now.

    Nothing is refused: a log that was tampered with is evidence. Rows that are held already change nothing.
    """
    head = _locked_head(connection, device_id)
    known = _hashes(connection, device_id, rows[0].seq - 1, head.seq) if rows else {}
    kept: list[dict[str, Any]] = []
    found: list[tuple[int, int, FaultKind]] = []
    for row in rows:
        if row.seq <= head.seq:
            if known.get(row.seq) == row.hash:
                continue
            head = Head(head.branch + 1, row.seq - 1, known.get(row.seq - 1, START))
            found.append((head.branch, row.seq, FaultKind.FORK))
        if row.seq > head.seq + 1:
            found.append((head.branch, head.seq + 1, FaultKind.GAP))
        elif row.previous != head.hash:
            found.append((head.branch, row.seq, FaultKind.BROKEN))
        said = row.model_dump(mode="json")
        if row_hash(said) != row.hash:
            found.append((head.branch, row.seq, FaultKind.CHANGED))
        head = Head(head.branch, row.seq, row.hash)
        kept.append(
            {
                "device_id": device_id,
                "branch": head.branch,
                "seq": row.seq,
                "hash": row.hash,
                "row": said,
                "received_at": now,
            }
        )
    if device_head < head.seq:
        found.append((head.branch, device_head + 1, FaultKind.BEHIND))
    if kept:
        connection.execute(insert(device_audit), kept)
    connection.execute(
        update(device_audit_heads)
        .where(device_audit_heads.c.device_id == device_id)
        .values(branch=head.branch, seq=head.seq, hash=head.hash, heard_at=now)
    )
    for branch, seq, kind in found:
        _put_on_record(connection, now, device_id, branch, seq, kind)
    return head


def fault_counts(connection: Connection, device_id: str) -> tuple[int, int]:
    """Return how often this device's log did not fit, and how often because it had forked."""
    faults = device_audit_faults.c
    row = connection.execute(
        select(func.count(), func.count().filter(faults.kind == FaultKind.FORK.value)).where(
            faults.device_id == device_id
        )
    ).one()
    return int(row[0]), int(row[1])


def report(connection: Connection, device_code: str) -> dict[str, Any] | None:
    """Return how a device's log stands, None for an unknown code.

    `through` is the newest row held, `rows` how many are, `faults` each with number, kind and time.
    """
    device = connection.execute(select(devices.c.id).where(devices.c.code == device_code)).scalar()
    if device is None:
        return None
    head = connection.execute(
        select(device_audit_heads).where(device_audit_heads.c.device_id == device)
    ).one_or_none()
    faults = connection.execute(
        select(device_audit_faults)
        .where(device_audit_faults.c.device_id == device)
        .order_by(device_audit_faults.c.id)
    ).all()
    return {
        "device": device_code,
        "through": 0 if head is None else head.seq,
        "hash": START if head is None else head.hash,
        "branch": 1 if head is None else head.branch,
        "heard_at": None if head is None or head.heard_at is None else head.heard_at.isoformat(),
        "rows": connection.execute(
            select(func.count()).where(device_audit.c.device_id == device)
        ).scalar_one(),
        "faults": [
            {"row": f.seq, "branch": f.branch, "kind": f.kind, "found_at": f.found_at.isoformat()}
            for f in faults
        ],
    }


def _locked_head(connection: Connection, device_id: str) -> Head:
    connection.execute(
        upsert(device_audit_heads)
        .values(device_id=device_id, branch=1, seq=0, hash=START)
        .on_conflict_do_nothing()
    )
    row = connection.execute(
        select(device_audit_heads).where(device_audit_heads.c.device_id == device_id).with_for_update()
    ).one()
    return Head(row.branch, row.seq, row.hash)


def _hashes(connection: Connection, device_id: str, first: int, last: int) -> dict[int, str]:
    """Return number -> hash of the story that is held now, from `first` to `last`."""
    rows = connection.execute(
        text(
            "SELECT DISTINCT ON (seq) seq, hash FROM device_audit "
            "WHERE device_id = :device AND seq BETWEEN :first AND :last ORDER BY seq, branch DESC"
        ),
        {"device": device_id, "first": first, "last": last},
    )
    return {row.seq: row.hash for row in rows}


def _put_on_record(
    connection: Connection, now: datetime, device_id: str, branch: int, seq: int, kind: FaultKind
) -> None:
    new = connection.execute(
        upsert(device_audit_faults)
        .values(device_id=device_id, branch=branch, seq=seq, kind=kind, found_at=now)
        .on_conflict_do_nothing()
        .returning(device_audit_faults.c.id)
    ).scalar()
    if new is not None:
        audit.append(
            connection, now, "centre", "device_log_fault", device_id, {"row": seq, "kind": str(kind)}
        )
