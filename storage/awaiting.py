"""Events whose facts the centre has taken, until its signed acknowledgement comes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from registration.changes import Changes
from storage.json_text import compact_json
from storage.rows import as_text, rows


@dataclass(frozen=True)
class Awaiting:
    """What an acknowledgement of this event has to say; `digests` are sorted."""

    outbox_id: str
    application_id: str
    revision: int
    receipt_number: str
    digests: tuple[str, ...]


def awaiting(db: Database, limit: int = 200, application_ids: Sequence[str] | None = None) -> list[Awaiting]:
    """Return the settled events, oldest first; of the applications named, or of all."""
    found = rows(
        db,
        "SELECT o.id, o.application_id, o.revision, o.digests, a.receipt_number AS number FROM outbox o"
        " JOIN applications a ON a.id = o.application_id WHERE o.state = 'settled'"
        " AND o.state NOT IN ('acknowledged', 'told')"  # as the index of open events has it
        " AND (:ids IS NULL OR o.application_id IN (SELECT value FROM json_each(:ids)))"
        " ORDER BY o.seq LIMIT :limit",
        {"ids": None if application_ids is None else compact_json(list(application_ids)), "limit": limit},
    )
    return [
        Awaiting(
            row["id"],
            row["application_id"],
            row["revision"],
            row["number"],
            tuple(json.loads(row["digests"])),
        )
        for row in found
    ]


def awaiting_files(db: Database, limit: int = 200) -> list[Awaiting]:
    """Return the facts that the centre was told and of whose files it is not known to hold all, oldest first.

    No acknowledgement comes for them: `receipt_number` is "".
    """
    found = rows(
        db,
        "SELECT o.id, o.application_id, o.revision, o.digests FROM"
        " (SELECT DISTINCT application_id FROM page_needs WHERE NOT held) n"
        " CROSS JOIN outbox o ON o.application_id = n.application_id"  # from the few files to the events
        " WHERE o.kind = 'fact_noted' AND o.state = 'told' ORDER BY o.seq LIMIT ?",
        (limit,),
    )
    return [
        Awaiting(row["id"], row["application_id"], row["revision"], "", tuple(json.loads(row["digests"])))
        for row in found
    ]


def tell_again(db: Database, now: datetime, outbox_id: str) -> Changes:
    """The centre knows nothing of a fact that it was told, for it refuses its file: let the fact go again."""
    changed = db.execute(
        "UPDATE outbox SET state = 'waiting', next_try_at = ?, changed_at = ?, error_code = ''"
        " WHERE id = ? AND kind = 'fact_noted' AND state = 'told'",
        (as_text(now), as_text(now), outbox_id),
    )
    return Changes(outbox=bool(changed.rowcount))


def offer_again(db: Database, now: datetime, outbox_id: str) -> Changes:
    """The centre no longer knows a settled event (it was restored from a backup): let it go again.

    What it was told of the same case afterwards goes again behind it.
    """
    changed = rows(
        db,
        "UPDATE outbox SET state = 'waiting', next_try_at = :now, changed_at = :now, error_code = ''"
        " WHERE id = :id AND state = 'settled' RETURNING application_id",
        {"id": outbox_id, "now": as_text(now)},
    )
    ids = frozenset(row["application_id"] for row in changed)
    for application_id in ids:
        db.execute(
            "UPDATE outbox SET state = 'waiting', next_try_at = :now, changed_at = :now, error_code = ''"
            " WHERE application_id = :id AND state = 'told' AND result <> 'superseded'",
            {"id": application_id, "now": as_text(now)},
        )
    return Changes(applications=ids, outbox=bool(ids))
