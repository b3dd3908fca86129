"""What the screen of the waiting line reads: slips and appointments of the running session, and its rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from registration.packs import PackSet
from registration.queue import QueueRules, Slip, average_minutes, in_line, minutes_between, rules_from
from registration.session import Session
from storage import appointments, line, packs, sessions


@dataclass(frozen=True)
class Known:
    """The line at one moment, `at` (local)."""

    at: datetime
    session: Session | None
    slips: Sequence[Slip]
    booked: Sequence[Slip]
    packs: PackSet
    rules: QueueRules
    waiting: Sequence[Slip]  # in the order in which they will be called
    average: float  # minutes that one takes
    between: float  # minutes from one call to the next
    proposed: Mapping[str, tuple[str, int]]  # id of an appointment -> reason and age


def read_line(db: Any, now: datetime) -> Known:
    """Read the line as it stands; `now` is local."""
    session = sessions.current(db)
    slips = line.slips(db, session.id) if session else []
    booked = line.appointments(db, session.compound_id, now.date()) if session else []
    found = packs.pack_set(db)
    rules = rules_from(found)
    return Known(
        now,
        session,
        slips,
        booked,
        found,
        rules,
        in_line(slips, rules),
        average_minutes(slips, rules),
        minutes_between(slips, rules),
        appointments.proposed(db, booked, now.date(), rules),
    )
