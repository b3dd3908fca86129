"""Has everything arrived: what this device has submitted, what the centre swore of it, what it lacks."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from registration.changes import Changes
from storage import audit
from storage.json_text import compact_json
from storage.rows import as_moment, as_text, one, rows, scalar
from storage.values import Who


@dataclass(frozen=True)
class Arrival:
    """The centre's answer to "has everything arrived?": its signed statement, or the ids that it lacks."""

    asked_at: datetime
    statement: Mapping[str, Any]  # {} where something is lacking
    signature: str
    lacking: tuple[str, ...]

    @property
    def whole(self) -> bool:
        return bool(self.signature)


@dataclass(frozen=True)
class Submitted:
    """The latest revision of one application; `digests` are of its pages and originals, sorted."""

    application_id: str
    revision: int
    receipt_number: str
    digests: tuple[str, ...]


def submitted(db: Database) -> list[Submitted]:
    """Return all that this device has submitted, wherever it stands, by application id."""
    found = rows(
        db,
        "SELECT o.application_id, o.revision, o.digests, a.receipt_number AS number FROM outbox o"
        " JOIN applications a ON a.id = o.application_id"
        " WHERE o.kind = 'application_submitted' AND o.result <> 'superseded'"
        " AND NOT EXISTS (SELECT 1 FROM outbox n"
        "   WHERE n.application_id = o.application_id AND n.kind = o.kind AND n.revision > o.revision)"
        " ORDER BY o.application_id",
    )
    return [
        Submitted(row["application_id"], row["revision"], row["number"], tuple(json.loads(row["digests"])))
        for row in found
    ]


def audit_head(db: Database) -> str:
    """Return the hash of the newest row of the audit log."""
    return str(scalar(db, "SELECT hash FROM audit_head"))


def offer_lacking(db: Database, now: datetime, application_ids: Sequence[str]) -> Changes:
    """Let go again what the centre turned out to lack, though it had acknowledged it.

    Its lamp goes back to "on its way": what is no longer there is not believed to be. What the
    centre was told of the same case goes again behind it; what is parked stays parked, it waits for a person.
    """
    wanted = {"ids": compact_json(list(application_ids)), "now": as_text(now)}
    again = (
        "UPDATE outbox SET state = 'waiting', next_try_at = :now, changed_at = :now, error_code = ''"
        " WHERE application_id IN (SELECT value FROM json_each(:ids)) AND state = :state"
        " AND result <> 'superseded'"
        " RETURNING application_id"
    )
    changed = list(rows(db, again, wanted | {"state": "acknowledged"}))
    ids = frozenset(row["application_id"] for row in changed)
    list(rows(db, again, wanted | {"ids": compact_json(sorted(ids)), "state": "told"}))
    return Changes(applications=ids, outbox=bool(ids))


def put_arrival(
    db: Database, now: datetime, statement: Mapping[str, Any], signature: str, lacking: Sequence[str]
) -> Changes:
    """Keep the centre's answer; a statement's signature has been verified by the caller."""
    db.execute(
        "INSERT INTO arrivals (asked_at, statement, signature, lacking) VALUES (?, ?, ?, ?)",
        (as_text(now), compact_json(statement), signature, compact_json(list(lacking))),
    )
    code = one(db, "SELECT coalesce(device_code, '') AS code FROM device")
    details = {"whole": bool(signature), "lacking": len(lacking), "count": statement.get("count", 0)}
    centre = Who("", "", code["code"] if code else "")
    audit.append(db, centre, now, "arrival_asked", "device", details)
    return Changes(outbox=True)


def last_arrival(db: Database) -> Arrival | None:
    """Return the centre's newest answer, None before the first."""
    row = one(db, "SELECT * FROM arrivals ORDER BY seq DESC LIMIT 1")
    if row is None:
        return None
    return Arrival(
        as_moment(row["asked_at"]),
        json.loads(row["statement"]),
        row["signature"],
        tuple(json.loads(row["lacking"])),
    )
