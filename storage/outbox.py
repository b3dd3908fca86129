"""The outbox: events written with the facts they report; claimed, settled, parked, acknowledged."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from registration.changes import Changes
from storage import audit
from storage.json_text import compact_json
from storage.rows import as_moment, as_text, maybe_moment, one, rows, scalar
from storage.values import OutboxProblem, OutboxRow, PageNeed, Pending, Who

__all__ = ["OutboxRow", "PageNeed", "Pending"]

SUBMITTED = "application_submitted"
LIVE = "state NOT IN ('acknowledged', 'told')"
"""What an index has of the events: a query that does not say it reads all events of all evenings."""
LONGEST_WAIT = timedelta(hours=1)  # a next try later than this comes from a clock that has jumped back


def put(
    db: Database,
    now: datetime,
    *,
    event_id: str,
    kind: str,
    application_id: str,
    revision: int,
    base_revision: int,
    body: Mapping[str, Any],
    digests: Sequence[str] = (),
) -> str:
    """Put an event behind the others, in the transaction of the fact it reports; return its body's digest.

    The digest is SHA-256 hex of the body's canonical JSON, as the wire has it.
    """
    text, stamp = compact_json(body), as_text(now)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    db.execute(
        "INSERT INTO outbox (id, kind, application_id, revision, base_revision, body, body_digest, digests,"
        " created_at, next_try_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            event_id,
            kind,
            application_id,
            revision,
            base_revision,
            text,
            digest,
            compact_json(sorted(digests)),
            stamp,
            stamp,
            stamp,
        ),
    )
    return digest


def claim(db: Database, now: datetime, limit: int) -> list[OutboxRow]:
    """Take up to `limit` events that are due, oldest first, and mark them as being sent.

    At most one per application, its earliest unsettled one; a parked one holds back only its own application.
    Events that were being sent when the program died are due again: their id keeps them from being doubled.
    """
    found = list(
        rows(
            db,
            "SELECT * FROM outbox o WHERE state IN ('waiting', 'sending')"
            " AND (next_try_at <= :now OR next_try_at > :far) AND NOT EXISTS (SELECT 1 FROM outbox e"
            "   WHERE e.application_id = o.application_id AND e.seq < o.seq"
            "   AND e.state IN ('waiting', 'sending', 'parked')) ORDER BY seq LIMIT :limit",
            {"now": as_text(now), "far": as_text(now + LONGEST_WAIT), "limit": limit},
        )
    )
    db.execute(
        "UPDATE outbox SET state = 'sending', attempts = attempts + 1, changed_at = ?"
        " WHERE seq IN (SELECT value FROM json_each(?))",
        (as_text(now), compact_json([row["seq"] for row in found])),
    )
    return [_event(row, attempts=row["attempts"] + 1) for row in found]


def events(db: Database, outbox_ids: Sequence[str]) -> list[OutboxRow]:
    """Return events by their ids, in that order, wherever they stand; unknown ones are left out."""
    found = rows(
        db,
        "SELECT o.* FROM json_each(?) j JOIN outbox o ON o.id = j.value ORDER BY j.key",
        (compact_json(list(outbox_ids)),),
    )
    return [_event(row, attempts=row["attempts"]) for row in found]


def _event(row: Mapping[str, Any], *, attempts: int) -> OutboxRow:
    return OutboxRow(
        id=row["id"],
        kind=row["kind"],
        application_id=row["application_id"],
        revision=row["revision"],
        base_revision=row["base_revision"],
        body=json.loads(row["body"]),
        body_digest=row["body_digest"],
        digests=tuple(json.loads(row["digests"])),
        attempts=attempts,
        created_at=as_moment(row["created_at"]),
    )


def release(db: Database, now: datetime) -> Changes:
    """Put events that are marked as being sent back to waiting: a pass ended without an answer for them."""
    where = f"WHERE state = 'sending' AND {LIVE}"
    ids = [row["application_id"] for row in rows(db, f"SELECT application_id FROM outbox {where}")]  # noqa: S608
    db.execute(f"UPDATE outbox SET state = 'waiting', changed_at = ? {where}", (as_text(now),))  # noqa: S608
    return _changed(*ids)


def settle(
    db: Database, now: datetime, outbox_id: str, result: str, server_revision: int | None = None
) -> Changes:
    """The centre has the event's facts (`result` applied or already_had); pages may still be missing.

    What is no submission has no pages and no acknowledgement: its way ends here.
    """
    application_id = _application(db, outbox_id)
    db.execute(
        "UPDATE outbox SET state = CASE kind WHEN 'application_submitted' THEN 'settled' ELSE 'told' END,"
        " result = ?, server_revision = ?, changed_at = ?,"
        " error_code = '', error_zh = '', error_en = ''"
        " WHERE id = ? AND state NOT IN ('acknowledged', 'told')",
        (result, server_revision, as_text(now), outbox_id),
    )
    return _changed(application_id)


def park(
    db: Database,
    now: datetime,
    outbox_id: str,
    code: str,
    zh: str,
    en: str,
    server_revision: int | None = None,
    *,
    refusal: str = "",
) -> Changes:
    """Set a refused event aside with the centre's reason until a person retries it, unless acknowledged.

    `refusal` is the centre's own code, which says what can be done about it.
    """
    application_id = _application(db, outbox_id)
    db.execute(
        "UPDATE outbox SET state = 'parked', error_code = ?, error_zh = ?, error_en = ?, server_revision = ?,"
        " refusal = ?, changed_at = ? WHERE id = ? AND state NOT IN ('acknowledged', 'told')",
        (code, zh, en, server_revision, refusal, as_text(now), outbox_id),
    )
    audit.append(db, _centre(db), now, "event_parked", application_id, {"event": outbox_id, "code": code})
    return _changed(application_id)


def reschedule(
    db: Database, now: datetime, outbox_id: str, error_code: str, next_try_at: datetime
) -> Changes:
    """An attempt failed on the way: wait until `next_try_at` and keep the reason."""
    application_id = _application(db, outbox_id)
    db.execute(
        "UPDATE outbox SET state = 'waiting', error_code = ?, error_zh = '', error_en = '', next_try_at = ?,"
        " changed_at = ? WHERE id = ? AND state IN ('waiting', 'sending')",
        (error_code, as_text(next_try_at), as_text(now), outbox_id),
    )
    return _changed(application_id)


def retry(db: Database, now: datetime, outbox_id: str) -> Changes:
    """Let a parked event, or one that waits for its next try, go at once."""
    application_id = _application(db, outbox_id)
    db.execute(
        "UPDATE outbox SET state = 'waiting', next_try_at = ?, changed_at = ?"
        " WHERE id = ? AND state IN ('parked', 'waiting')",
        (as_text(now), as_text(now), outbox_id),
    )
    return _changed(application_id)


def hurry(db: Database, now: datetime) -> Changes:
    """Make every waiting event due now: the road is open again."""
    db.execute(f"UPDATE outbox SET next_try_at = ? WHERE state = 'waiting' AND {LIVE}", (as_text(now),))  # noqa: S608
    return Changes(outbox=True)


def next_try_at(db: Database) -> datetime | None:
    """Return when the next event is due; None where nothing waits."""
    return maybe_moment(
        scalar(db, "SELECT min(next_try_at) FROM outbox WHERE state IN ('waiting', 'sending')")
    )


def unacknowledged(db: Database, limit: int = 500) -> list[str]:
    """Return the applications whose facts the centre has, not yet acknowledged, oldest first."""
    sql = (
        f"SELECT DISTINCT application_id FROM outbox WHERE state = 'settled' AND {LIVE}"  # noqa: S608
        " ORDER BY seq LIMIT ?"
    )
    return [row["application_id"] for row in rows(db, sql, (limit,))]


def needed_pages(db: Database, application_ids: Sequence[str]) -> list[PageNeed]:
    """Return the page files that the centre is not known to hold, case by case as given, each digest once."""
    found = rows(
        db,
        "SELECT n.digest, n.size, n.application_id FROM json_each(?) j JOIN page_needs n"
        " ON n.application_id = j.value WHERE NOT n.held ORDER BY j.key, n.digest",
        (compact_json(list(application_ids)),),
    )
    return list({row["digest"]: PageNeed(**row) for row in found}.values())


def set_missing(db: Database, application_id: str, digests: Sequence[str]) -> Changes:
    """Record the centre's word on which of an application's digests it lacks; it holds the others."""
    db.execute(
        "UPDATE page_needs SET held = digest NOT IN (SELECT value FROM json_each(?))"
        " WHERE application_id = ?",
        (compact_json(list(digests)), application_id),
    )
    return _changed(application_id)


def mark_digest_held(db: Database, digest: str) -> Changes:
    """The centre has verified this page file, for whichever applications use it."""
    db.execute("UPDATE page_needs SET held = 1 WHERE digest = ? AND NOT held", (digest,))
    return Changes(outbox=True)


def apply_acknowledgement(db: Database, now: datetime, ack: Mapping[str, Any]) -> Changes:
    """Store an Acknowledgement of the wire whose signature the caller has verified; the lamp turns by it.

    It lights nothing unless it names this revision's receipt and exactly its digests; otherwise the event is
    parked as a conflict. Idempotent; an unknown application or revision changes nothing.
    """
    statement = ack["statement"]
    row = one(
        db,
        "SELECT o.id, o.application_id, o.state, o.digests, a.receipt_number AS number FROM outbox o"
        " JOIN applications a ON a.id = o.application_id WHERE o.application_id = ? AND o.revision = ?"
        " AND o.kind = 'application_submitted'",
        (statement["application_id"], statement["revision"]),
    )
    if row is None:
        return Changes()
    application_id = row["application_id"]
    if (
        sorted(statement["digests"]) != json.loads(row["digests"])
        or statement["receipt_number"] != row["number"]
    ):
        if row["state"] in ("parked", "acknowledged"):
            return Changes()
        return park(db, now, row["id"], "conflict", "", "")
    db.execute(
        "INSERT OR IGNORE INTO acknowledgements (application_id, revision, statement, signature, received_at)"
        " VALUES (?, ?, ?, ?, ?)",
        (application_id, statement["revision"], compact_json(statement), ack["signature"], as_text(now)),
    )
    if row["state"] == "acknowledged":
        return Changes()
    db.execute(
        "UPDATE outbox SET state = 'acknowledged', changed_at = ?, error_code = '',"
        " error_zh = '', error_en = '' WHERE id = ?",
        (as_text(now), row["id"]),
    )
    db.execute("UPDATE page_needs SET held = 1 WHERE application_id = ? AND NOT held", (application_id,))
    db.execute(  # what came before it is not waited for any more
        "UPDATE outbox SET state = 'told', result = 'overtaken', changed_at = ?"
        " WHERE application_id = ? AND revision < ? AND kind = 'application_submitted' AND state = 'settled'",
        (as_text(now), application_id, statement["revision"]),
    )
    details = {"revision": statement["revision"], "pages": len(statement["digests"])}
    audit.append(db, _centre(db), now, "acknowledged", application_id, details)
    return _changed(application_id)


def pending_counts(db: Database) -> Pending:
    """Return what has not reached the centre: cases, distinct page files, their bytes; and what is parked.

    Facts around the cases are no cases: the page of what is on its way lists them.
    """
    events = one(
        db,
        "SELECT count(DISTINCT CASE WHEN state <> 'parked' THEN application_id END) AS waiting,"
        " count(DISTINCT CASE WHEN state = 'parked' THEN application_id END) AS parked"
        " FROM outbox WHERE state NOT IN ('acknowledged', 'told') AND kind <> 'fact_noted'",
    )
    pages = one(
        db,
        "SELECT count(*) AS pages, coalesce(sum(size), 0) AS bytes FROM"
        " (SELECT digest, max(size) AS size FROM page_needs WHERE NOT held GROUP BY digest)",
    )
    assert events is not None and pages is not None
    return Pending(events["waiting"], pages["pages"], pages["bytes"], events["parked"])


def problems(db: Database, application_id: str | None = None, limit: int = 200) -> tuple[OutboxProblem, ...]:
    """Return what is parked or failed at its last attempt, of one application or of all, oldest first."""
    found = rows(
        db,
        "SELECT * FROM outbox WHERE state NOT IN ('acknowledged', 'told') AND error_code <> ''"
        " AND (:id IS NULL OR application_id = :id) ORDER BY seq LIMIT :limit",
        {"id": application_id, "limit": limit},
    )
    return tuple(
        OutboxProblem(
            outbox_id=row["id"],
            code=row["error_code"],
            zh=row["error_zh"],
            en=row["error_en"],
            parked=row["state"] == "parked",
            attempts=row["attempts"],
            at=as_moment(row["changed_at"]),
            next_try_at=None if row["state"] == "parked" else as_moment(row["next_try_at"]),
            kind=row["kind"],
            refusal=row["refusal"],
        )
        for row in found
    )


def _application(db: Database, outbox_id: str) -> str:
    application_id = scalar(db, "SELECT application_id FROM outbox WHERE id = ?", (outbox_id,))
    if application_id is None:
        raise KeyError(outbox_id)
    return str(application_id)


def _changed(*application_ids: str) -> Changes:
    return Changes(applications=frozenset(application_ids), outbox=bool(application_ids))


def _centre(db: Database) -> Who:
    return Who("", "", scalar(db, "SELECT device_code FROM device") or "")
