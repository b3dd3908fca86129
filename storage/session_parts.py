"""Parts of a session on its laptops: which are not closed, and one ended for a laptop that cannot."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlite_utils import Database

from registration.changes import Changes
from registration.errors import InputError
from registration.facts import Topic
from registration.rights import Act
from registration.session import SiteSession
from storage import facts, receipts, site_sessions
from storage.rights import needs
from storage.rows import as_text, rows
from storage.values import Who

_SHOWN = timedelta(days=60)


def unended(db: Database, now: datetime, limit: int = 20) -> list[SiteSession]:
    """Return sessions of other laptops of which a part is not closed, the newest first."""
    sql = (
        "SELECT id FROM site_sessions WHERE running = 1 AND opened_at > ?"
        " AND id NOT IN (SELECT id FROM sessions WHERE closed_at IS NULL) ORDER BY opened_at DESC LIMIT ?"
    )
    ids = [row["id"] for row in rows(db, sql, (as_text(now - _SHOWN), limit))]
    return [found for one in ids if (found := site_sessions.site(db, one)) is not None]


def not_here(db: Database, numbers: list[str]) -> list[str]:
    """Return those of these receipt numbers that this machine has no receipt of, in their order."""
    return [number for number in numbers if receipts.receipt(db, number) is None]


@needs(Act.SESSION)
def end_part(
    db: Database,
    who: Who,
    now: datetime,
    *,
    session_id: str,
    device_code: str,
    fact_id: str,
    reason: str,
    held: int | None,
) -> Changes:
    """End the part of another laptop that cannot close it; who still waits there is left to those who go on.

    `held` is how many of its receipts the centre has, None where it was not asked. Should that laptop close
    its part all the same, its own sheet stands. InputError part_own for this laptop's, part_closed,
    part_reason where none is given; KeyError for an unknown session or part.
    """
    found = site_sessions.site(db, session_id)
    if found is None:
        raise KeyError(session_id)
    part = next((one for one in found.parts if one.device_code == device_code), None)
    if part is None:
        raise KeyError(device_code)
    if device_code == who.device_code:
        raise InputError("part_own")
    if part.closed:
        raise InputError("part_closed")
    if not reason.strip():
        raise InputError("part_reason", field="reason")
    return facts.note(
        db,
        who,
        now,
        fact_id=fact_id,
        topic=Topic.SESSION,
        subject=session_id,
        verb="part_ended",
        compound_id=found.compound_id,
        body={
            "device_code": device_code,
            "reason": reason.strip(),
            "receipts": held,
            "asked": held is not None,
        },
    )[0] | Changes(sessions=True)
