"""What the centre asks of the evenings: home visits ordered, appointments made; both go by the feed."""

from __future__ import annotations

import re
import uuid
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from registration.facts import Fact, Topic
from server.errors import RefusedError
from server.store import audit, facts, feed, reference

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True)
class Wanted:
    """Who is to be served where and when. `day` is an ISO date or "", `time` local HH:MM or ""."""

    compound_id: str
    name: str
    phone: str = ""
    household_id: str = ""
    address: str = ""
    type_code: str = ""
    reason: str = ""  # code of the pack `visit_reasons`
    day: str = ""
    time: str = ""
    note: str = ""


def order_visit(connection: Connection, now: datetime, wanted: Wanted, actor: str) -> str:
    """Order a home visit from the windows of its site; return its id.

    RefusedError unknown_site, unknown_household, order_name, order_time.
    """
    _check(connection, now, wanted, timed=False)
    order_id = str(uuid.uuid4())
    body = {"id": order_id, **asdict(wanted), "made_at": now.isoformat()}
    feed.append(connection, now, "order", body, feed.site(wanted.compound_id))
    audit.append(connection, now, actor, "visit_ordered", order_id, {"compound": wanted.compound_id})
    return order_id


def book_appointment(connection: Connection, now: datetime, wanted: Wanted, actor: str) -> str:
    """Book an appointment for an evening at a compound; return its id. RefusedError as `order_visit`."""
    _check(connection, now, wanted, timed=True)
    appointment_id = str(uuid.uuid4())
    body = {name: value for name, value in asdict(wanted).items() if name not in ("compound_id", "reason")}
    fact = Fact(
        str(uuid.uuid4()),
        Topic.QUEUE,
        appointment_id,
        "booked",
        wanted.compound_id,
        now,
        "",
        "",
        "",
        body,
    )
    facts.put_own(connection, now, fact, actor)
    return appointment_id


def _check(connection: Connection, now: datetime, wanted: Wanted, *, timed: bool) -> None:
    if wanted.compound_id not in reference.compounds(connection, {wanted.compound_id}):
        raise RefusedError(400, "unknown_site")
    if wanted.household_id:
        home = reference.households(connection, {wanted.household_id}).get(wanted.household_id)
        if home is None or home.compound_id != wanted.compound_id:
            raise RefusedError(400, "unknown_household")
    if not wanted.name.strip():
        raise RefusedError(400, "order_name")
    if (timed or wanted.day) and not _is_day(wanted.day, now.date()):
        raise RefusedError(400, "order_time")
    if (timed or wanted.time) and not _TIME.fullmatch(wanted.time):
        raise RefusedError(400, "order_time")


def _is_day(text: str, today: date) -> bool:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return False
    return day >= today and day.isoformat() == text  # windows sort by it, and 20261231 is a date too
