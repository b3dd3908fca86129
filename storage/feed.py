"""The change feed as stored: each page of it applied in one transaction with its cursor."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlcipher3.dbapi2 import IntegrityError
from sqlite_utils import Database

from registration.application import CaseState
from registration.changes import Changes
from registration.errors import JilaiError
from registration.states import may_become, move_of
from storage import audit, conflicts, device, facts, ledger, link, packs, reference, revisions
from storage.closing import withdrawal_open
from storage.json_text import compact_json
from storage.moves import check_move
from storage.news import put_news
from storage.rows import as_text, one, scalar
from storage.status import write_status
from storage.values import Who


def cursor(db: Database) -> int:
    """Return how far the feed has been applied; 0 before the first item."""
    return int(scalar(db, "SELECT cursor FROM feed"))


def apply_feed(db: Database, now: datetime, items: Sequence[Mapping[str, Any]], cursor: int) -> Changes:
    """Apply FeedItems of the wire ({seq, kind, body}) and move the cursor, in the caller's transaction.

    Items applied before are skipped. One that this program does not know, or cannot take in, is kept in a
    side table with the reason, never lost and never in the way of the rest.
    """
    applied = scalar(db, "SELECT cursor FROM feed")
    changes = Changes()
    for item in sorted(items, key=lambda item: int(item["seq"])):
        if int(item["seq"]) > applied:
            changes |= _apply(db, now, item)
    db.execute("UPDATE feed SET cursor = max(cursor, ?)", (cursor,))
    return changes


def _apply(db: Database, now: datetime, item: Mapping[str, Any]) -> Changes:
    takes: dict[str, Callable[[Database, datetime, Mapping[str, Any]], Changes]] = {
        "status": _status,
        "pack": _pack,
        "compound": _compound,
        "ledger": _ledger,
        "operator": _operator,
        "device_key": _device_key,
        "number_block": _number_block,
        "fact": facts.take,
        "order": partial(link.put_order, seq=int(item["seq"])),
    }
    take = takes.get(item["kind"])
    if take is None:
        return _keep(db, now, item, "unknown kind")
    try:
        with db.atomic():
            return take(db, now, item["body"])
    except (
        LookupError, ArithmeticError, ValueError, TypeError, AttributeError, JilaiError, IntegrityError
    ) as error:  # fmt: skip
        return _keep(db, now, item, type(error).__name__)


def _keep(db: Database, now: datetime, item: Mapping[str, Any], why: str) -> Changes:
    db.execute(
        "INSERT OR IGNORE INTO feed_kept VALUES (?, ?, ?, ?, ?)",
        (int(item["seq"]), str(item["kind"]), compact_json(item["body"]), why, as_text(now)),
    )
    return Changes()


def _status(db: Database, now: datetime, body: Mapping[str, Any]) -> Changes:
    """The centre wins on its own fields; an answer to an older revision does not touch a newer one.

    A move that the table does not have is kept aside, but for one: where a withdrawal of this window has not
    reached the centre, or was refused, the case is what the centre says. A case that is being mended stays a
    draft; what the centre says of it is kept with the revision before.
    """
    application_id, state = body["application_id"], CaseState(body["state"])
    row = one(db, "SELECT seq, revision, state FROM applications WHERE id = ?", (application_id,))
    mending = None if row is None else revisions.former_of(db, application_id, row["revision"])
    draft = row is not None and row["state"] == CaseState.DRAFT
    if row is None or (draft and mending is None):
        raise KeyError("status of a case that this device did not submit")
    of = mending.number if draft and mending is not None else row["revision"]
    if int(body["revision"]) not in (of, conflicts.followed(db, application_id, of)):
        raise ValueError("status of another revision")
    before = mending.state if draft and mending is not None else CaseState(row["state"])
    same = state == before
    if not same and not (before is CaseState.WITHDRAWN and withdrawal_open(db, application_id)):
        papers = {move_of(before, state).paper} if may_become(before, state) else ()
        check_move(before, state, papers)
    told = put_news(db, now, application_id, body)
    write_status(db, now, application_id, of, body, before=before, draft=draft)
    if draft:
        revisions.note_state(db, application_id, of, state)
    details = {key: value for key, value in body.items() if key != "application_id" and value}
    action = "status_news" if same and told else f"status_{state.value}"
    audit.append(db, _centre(db), now, action, application_id, details)
    return Changes(applications=frozenset({application_id}))


def _pack(db: Database, now: datetime, body: Mapping[str, Any]) -> Changes:
    return Changes(reference=packs.put(db, now, body))


def _compound(db: Database, _now: datetime, body: Mapping[str, Any]) -> Changes:
    reference.put_compound(db, body)
    return Changes(reference=True)


def _ledger(db: Database, _now: datetime, body: Mapping[str, Any]) -> Changes:
    ledger.put(db, body)
    return Changes(reference=True)


def _operator(db: Database, _now: datetime, body: Mapping[str, Any]) -> Changes:
    device.put_operator(db, body)
    return Changes(account=True)


def _device_key(db: Database, _now: datetime, body: Mapping[str, Any]) -> Changes:
    db.execute(
        "INSERT INTO trusted_keys VALUES (:key_id, :public_key, :device_code, :status)"
        " ON CONFLICT (key_id) DO UPDATE SET public_key = excluded.public_key,"
        " device_code = excluded.device_code, status = excluded.status",
        {name: str(body[name]) for name in ("key_id", "public_key", "device_code", "status")},
    )
    return Changes(account=True)


def _number_block(db: Database, now: datetime, body: Mapping[str, Any]) -> Changes:
    return Changes(account=device.add_number_block(db, now, body))


def _centre(db: Database) -> Who:
    return Who("", "", scalar(db, "SELECT device_code FROM device") or "")
