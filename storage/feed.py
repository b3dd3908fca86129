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
from storage import audit, device, ledger, link, packs, reference
from storage.closing import withdrawal_open
from storage.json_text import compact_json
from storage.moves import check_move, reindex
from storage.news import put_news
from storage.rows import as_micros, as_text, one, scalar
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
        "order": partial(link.put_order, seq=int(item["seq"])),
    }
    take = takes.get(item["kind"])
    if take is None:
        return _keep(db, now, item, "unknown kind")
    try:
        with db.atomic():
            return take(db, now, item["body"])
    except (KeyError, ValueError, TypeError, AttributeError, JilaiError, IntegrityError) as error:
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
    reached the centre, or was refused, the case is what the centre says.
    """
    application_id, state = body["application_id"], CaseState(body["state"])
    row = one(db, "SELECT seq, revision, state FROM applications WHERE id = ?", (application_id,))
    if row is None or row["state"] == CaseState.DRAFT:
        raise KeyError("status of a case that this device did not submit")
    if int(body["revision"]) != row["revision"]:
        raise ValueError("status of another revision")
    before, same = CaseState(row["state"]), state == row["state"]
    if not same and not (before is CaseState.WITHDRAWN and withdrawal_open(db, application_id)):
        papers = {move_of(before, state).paper} if may_become(before, state) else ()
        check_move(before, state, papers)
    told = put_news(db, now, application_id, body)
    accepted_at = body.get("accepted_at")
    db.execute(
        "UPDATE applications SET state = :state, updated_at = :now, problem_zh = :zh, problem_en = :en,"
        " acceptance_number = coalesce(:number, acceptance_number), accepted_at = coalesce(:at, accepted_at),"
        " certificate_number = coalesce(:certificate, certificate_number) WHERE seq = :seq",
        {
            "state": state.value,
            "now": as_micros(now),
            "zh": _reason(body, "zh"),
            "en": _reason(body, "en"),
            "number": body.get("acceptance_number") or None,
            "at": as_micros(datetime.fromisoformat(accepted_at)) if accepted_at else None,
            "certificate": body.get("certificate_number") or None,
            "seq": row["seq"],
        },
    )
    reindex(db, row["seq"])
    details = {key: value for key, value in body.items() if key != "application_id" and value}
    action = "status_news" if same and told else f"status_{state.value}"
    audit.append(db, _centre(db), now, action, application_id, details)
    return Changes(applications=frozenset({application_id}))


def _reason(body: Mapping[str, Any], language: str) -> str:
    """Return the centre's reason and the items it wants, in one text of one language."""
    texts = [str(body.get(f"reason_{language}") or "")]
    texts += [str(item.get(language) or "") for item in body.get("items") or ()]
    return ("；" if language == "zh" else "; ").join(text for text in texts if text)


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
