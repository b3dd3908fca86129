"""What the centre found and where each track stands, as its status items bring it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from registration.central_checks import CentralCheck, CheckResult
from registration.checklist import Payer, Track
from registration.tracks import TrackState, TrackStatus, tracks_of
from storage.rows import as_text, rows


def put_news(db: Database, now: datetime, application_id: str, body: Mapping[str, Any]) -> bool:
    """Store the `checks` and `tracks` of a status item; return whether they say anything new.

    A status without them leaves what is stored. KeyError or ValueError for what is not well-formed.
    """
    before = _count(db)
    for item in body.get("checks") or ():
        check = _check(item)
        db.execute(
            "INSERT INTO check_outcomes VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (application_id, code)"
            " DO UPDATE SET result = excluded.result, zh = excluded.zh, en = excluded.en,"
            " note = excluded.note, changed_at = excluded.changed_at WHERE (result, zh, en, note)"
            " <> (excluded.result, excluded.zh, excluded.en, excluded.note)",
            (application_id, check.code, check.result, check.zh, check.en, check.note, as_text(now)),
        )
    for item in body.get("tracks") or ():
        status = _track(item)
        db.execute(
            "INSERT INTO track_statuses VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (application_id, track)"
            " DO UPDATE SET state = excluded.state, owed_by = excluded.owed_by, note = excluded.note,"
            " changed_at = excluded.changed_at WHERE (state, owed_by, note)"
            " <> (excluded.state, excluded.owed_by, excluded.note)",
            (application_id, status.track, status.state, status.owed_by, status.note, as_text(now)),
        )
    return _count(db) != before


def checks(db: Database, application_id: str) -> tuple[CentralCheck, ...]:
    """Return what the centre has said of its checks on a case; () before it has said anything."""
    sql = "SELECT * FROM check_outcomes WHERE application_id = ? ORDER BY code"
    return tuple(
        CentralCheck(row["code"], row["zh"], row["en"], CheckResult(row["result"]), row["note"])
        for row in rows(db, sql, (application_id,))
    )


def tracks(db: Database, application_id: str, asked: Sequence[Track]) -> tuple[TrackStatus, ...]:
    """Return the status of every track: what the centre has said, else waiting where it was asked for."""
    sql = "SELECT * FROM track_statuses WHERE application_id = ?"
    said = {
        Track(row["track"]): TrackStatus(
            Track(row["track"]), TrackState(row["state"]), Payer(row["owed_by"]), row["note"]
        )
        for row in rows(db, sql, (application_id,))
    }
    return tuple(said.get(status.track, status) for status in tracks_of(asked))


def _check(item: Mapping[str, Any]) -> CentralCheck:
    return CentralCheck(
        str(item["code"]),
        str(item.get("zh") or item["code"]),
        str(item.get("en") or item["code"]),
        CheckResult(item["result"]),
        str(item.get("note") or ""),
    )


def _track(item: Mapping[str, Any]) -> TrackStatus:
    return TrackStatus(
        Track(item["track"]),
        TrackState(item["state"]),
        Payer(item.get("owed_by") or ""),
        str(item.get("note") or ""),
    )


def _count(db: Database) -> int:
    return int(db.execute("SELECT total_changes()").fetchone()[0])
