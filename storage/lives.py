"""Which life of the centre this machine knows: one put back to a backup is offered again what it lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from registration.changes import Changes
from storage import audit
from storage.rows import as_text, rows, scalar
from storage.values import Who

_ASK_AGAIN = (  # nothing says when a fact's file was held: each is asked for, and sent where it is gone
    "UPDATE page_needs SET held = 0 WHERE held"
    " AND application_id IN (SELECT application_id FROM outbox WHERE kind = 'fact_noted')"
)
_MARGIN = timedelta(hours=1)  # what was told by this machine's clock, which may have been a little off


def life(db: Database) -> str:
    """Return the epoch of the life that was met last, "" before the first."""
    return str(scalar(db, "SELECT epoch FROM centre_lives ORDER BY seq DESC LIMIT 1") or "")


def meet(db: Database, now: datetime, epoch: str, resend_after: float | None) -> Changes:
    """Note another life of the centre, and let go again what it acknowledged or was told after that moment.

    `resend_after` is seconds since the epoch of Unix by the centre's clock, None where nothing was ever lost.
    The lamp of such a case goes back to "on its way", and its history says why. A conflict that the loss
    itself may have made is tried again. The files of facts are asked for anew.
    A life that was met before changes nothing.
    """
    if scalar(db, "SELECT 1 FROM centre_lives WHERE epoch = ?", (epoch,)):
        return Changes()
    known, offered, asked = life(db), list[str](), 0
    if resend_after is not None:
        offered = _offer(db, now, resend_after)
        asked = db.execute(_ASK_AGAIN).rowcount
    db.execute(
        "INSERT INTO centre_lives (epoch, offered, met_at) VALUES (?, ?, ?)",
        (epoch, len(offered), as_text(now)),
    )
    centre = Who("", "", scalar(db, "SELECT device_code FROM device") or "")
    if known or offered:
        audit.append(db, centre, now, "centre_life_met", epoch, {"offered": len(offered)})
    for application_id in sorted(set(offered)):
        audit.append(db, centre, now, "offered_again", application_id, {"epoch": epoch})
    return Changes(applications=frozenset(offered), outbox=bool(offered or asked))


def _offer(db: Database, now: datetime, after: float) -> list[str]:
    moment = as_text(datetime.fromtimestamp(after, UTC).astimezone(now.tzinfo) - _MARGIN)
    found = rows(
        db,
        "UPDATE outbox SET state = 'waiting', next_try_at = :now, changed_at = :now, error_code = ''"
        " WHERE (state = 'acknowledged' AND (SELECT max(json_extract(k.statement, '$.server_time'))"
        "     FROM acknowledgements k WHERE k.application_id = outbox.application_id"
        "     AND k.revision = outbox.revision) >= :after)"
        " OR (state = 'told' AND result <> 'superseded' AND changed_at >= :moment)"
        " OR (state = 'parked' AND error_code = 'conflict')"
        " RETURNING application_id",
        {"now": as_text(now), "after": after, "moment": moment},
    )
    return [row["application_id"] for row in found]
