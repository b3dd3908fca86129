"""What the evenings came to by the facts of the windows: sessions, ratings, what is ordered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, case, cast, column, func, select
from sqlalchemy import Date as SqlDate

from registration.facts import Topic
from server.store import schema
from server.store.schema_facts import facts as table

SHOWN = timedelta(days=60)
_MOST = 200
_CHINA = "Asia/Shanghai"
_TOPICS = (Topic.SESSION.value, Topic.QUEUE.value, Topic.RATING.value)
_VERBS = ("opened", "joined", "closed", "issued", "served")


@dataclass
class Evening:
    """The sums of one compound and day in China."""

    compound_id: str
    day: date
    sessions: int = 0
    closed: int = 0  # closing sheets: one for each laptop
    slips: int = 0
    served: int = 0
    receipts: int = 0  # as the closing sheets count them
    ratings: Counter[str] = field(default_factory=Counter)  # by level, of nobody


def evenings(
    connection: Connection, now: datetime, compound_id: str = "", *, limit: int = 50, offset: int = 0
) -> list[Evening]:
    """Return evenings of the last days (`SHOWN`), newest first, of one compound or of all; ratings as sums.

    At most `limit`, behind the first `offset`: a county has some hundred of them in a week.
    """
    columns, day = table.c, cast(func.timezone(_CHINA, table.c.at), SqlDate)
    recent = [columns.at >= now - SHOWN, columns.compound_id != "", columns.topic.in_(_TOPICS)]
    if compound_id:
        recent.append(columns.compound_id == compound_id)
    keys = (
        select(columns.compound_id, day)
        .where(*recent, columns.verb.in_(_VERBS) | (columns.topic == Topic.RATING.value))
        .group_by(columns.compound_id, day)
        .order_by(day.desc(), columns.compound_id)
        .limit(limit)
        .offset(offset)
    )
    found = {(compound, on): Evening(compound, on) for compound, on in connection.execute(keys)}
    if not found:
        return []
    days = [on for _, on in found]
    places = {compound for compound, _ in found}
    here = [*recent, day.between(min(days), max(days)), columns.compound_id.in_(places)]
    kind = case((columns.verb == "joined", "opened"), else_=columns.verb)
    counted = (
        select(columns.compound_id, day, columns.topic, kind, func.count(columns.subject.distinct()))
        .where(*here, columns.topic != Topic.RATING.value)
        .where(columns.verb.in_(["opened", "joined", "issued", "served"]))
        .group_by(columns.compound_id, day, columns.topic, kind)
    )
    names = {("session", "opened"): "sessions", ("queue", "issued"): "slips", ("queue", "served"): "served"}
    for compound, on, topic, verb, number in connection.execute(counted):
        name, one = names.get((topic, verb)), found.get((compound, on))
        if name and one is not None:
            setattr(one, name, number)
    level = func.coalesce(columns.fact["body"]["level"].astext, "")  # a fact may come without a body
    rated = (
        select(columns.compound_id, day, level, func.count())
        .where(*here, columns.topic == Topic.RATING.value)
        .group_by(columns.compound_id, day, level)
    )
    for compound, on, said, number in connection.execute(rated):
        if (one := found.get((compound, on))) is not None:
            one.ratings[said] += number
    sheets = select(columns.compound_id, day, columns.fact["body"]).where(
        *here, columns.topic == Topic.SESSION.value, columns.verb == "closed"
    )
    for compound, on, told in connection.execute(sheets):
        if (one := found.get((compound, on))) is not None:
            one.closed += 1
            one.receipts += _receipts(told or {})
    return list(found.values())


def _receipts(body: Mapping[str, Any]) -> int:
    """Return what a closing sheet counts of receipts; 0 where a newer window says it otherwise."""
    lines = body.get("lines")
    mine = [
        line
        for line in (lines if isinstance(lines, list) else ())
        if isinstance(line, dict) and line.get("count") == "receipts"
    ]
    return sum(line["expected"] for line in mine if isinstance(line.get("expected"), int))


def ordered(connection: Connection) -> list[tuple[dict[str, Any], bool]]:
    """Return the home visits that were ordered, newest first, and whether a window has answered each."""
    feed = schema.feed.c
    answered = (
        select(column("1", is_literal=True))
        .where(table.c.topic == Topic.VISIT.value, table.c.subject == feed.body["id"].astext)
        .exists()
    )
    wanted = select(feed.body, answered).where(feed.kind == "order").order_by(feed.seq.desc()).limit(_MOST)
    return [(dict(row[0]), bool(row[1])) for row in connection.execute(wanted)]


def appointments(connection: Connection, today: date) -> Iterator[dict[str, Any]]:
    """Yield the appointments from today on: compound_id and the body of their booking, the earliest first."""
    body = table.c.fact["body"]
    later = table.alias("later")
    gone = (
        select(later.c.id)
        .where(later.c.topic == "queue", later.c.subject == table.c.subject, later.c.verb == "cancelled")
        .exists()
    )
    wanted = (
        select(table.c.compound_id, body)
        .where(table.c.topic == Topic.QUEUE.value, table.c.verb == "booked", ~gone)
        .where(body["day"].astext >= today.isoformat())
        .order_by(body["day"].astext, body["time"].astext, table.c.id)
        .limit(_MOST)
    )
    for compound_id, said in connection.execute(wanted):
        yield {**said, "compound_id": compound_id}
