"""The change feed as stored: each page of it applied in one transaction with its cursor."""

from __future__ import annotations

import json
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
from storage import audit, conflicts, device, facts, ledger, link, packs, reference, revisions, schema
from storage.closing import withdrawal_open
from storage.json_text import compact_json
from storage.moves import check_move
from storage.news import put_news
from storage.rows import as_text, one, rows, scalar
from storage.status import write_status
from storage.values import Who

_LAST_WORD = {
    "status": "application_id",
    "compound": "id",
    "ledger": "application_id",
    "operator": "id",
    "device_key": "key_id",
}
"""Kinds of which a later item about the same subject has the last word -> what names the subject."""
_OVERTAKEN = "overtaken"
_REFUSALS = (
    LookupError, ArithmeticError, ValueError, TypeError, AttributeError, JilaiError, IntegrityError
)  # fmt: skip


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


def try_again(db: Database, now: datetime, program: str) -> Changes:
    """Try what was set aside once more, in its order, where the program is another one than the last time.

    What it takes in leaves the side table, the rest stays for the next program. An item that a later one
    about the same subject has replaced is not tried: it would bring back what is over. Call it before the
    feed goes on, `program` being its version.
    """
    mark = f"{program} {schema.known()[-1]}"
    if scalar(db, "SELECT program FROM feed_tried") == mark:
        return Changes()
    changes = Changes()
    kept = rows(db, "SELECT seq, kind, body FROM feed_kept WHERE why <> ? ORDER BY seq", (_OVERTAKEN,))
    for row in list(kept):
        item = {"seq": row["seq"], "kind": row["kind"], "body": json.loads(row["body"])}
        taken, why = _take(db, now, item)
        if taken is None:
            db.execute("UPDATE feed_kept SET why = ? WHERE seq = ?", (why, row["seq"]))
        else:
            db.execute("DELETE FROM feed_kept WHERE seq = ?", (row["seq"],))
            changes |= taken
    db.execute("UPDATE feed_tried SET program = ?", (mark,))
    return changes


def _apply(db: Database, now: datetime, item: Mapping[str, Any]) -> Changes:
    taken, why = _take(db, now, item)
    return _keep(db, now, item, why) if taken is None else taken


def _take(db: Database, now: datetime, item: Mapping[str, Any]) -> tuple[Changes | None, str]:
    """Take an item in; None and why where this program cannot."""
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
        return None, "unknown kind"
    try:
        with db.atomic():
            changes = take(db, now, item["body"])
            _overtake(db, item)
            return changes, ""
    except _REFUSALS as error:
        return None, type(error).__name__


def _overtake(db: Database, item: Mapping[str, Any]) -> None:
    """Note what an item replaces of those that were set aside before it."""
    name = _LAST_WORD.get(item["kind"])
    if name is not None:
        db.execute(
            "UPDATE feed_kept SET why = ? WHERE kind = ? AND seq < ? AND json_extract(body, ?) = ?",
            (_OVERTAKEN, item["kind"], int(item["seq"]), f"$.{name}", str(item["body"][name])),
        )


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
