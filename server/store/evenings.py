"""What the evenings came to by the facts of the windows: sessions, ratings, obstacles, what is ordered."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, case, cast, column, func, select
from sqlalchemy import Date as SqlDate

from registration.facts import Fact, Topic
from registration.obstacles import ObstacleState, entry_of, rows_of
from server.store import facts, schema
from server.store.schema_facts import facts as table

SHOWN = timedelta(days=60)
_MOST = 200
_CHINA = "Asia/Shanghai"


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


def evenings(connection: Connection, now: datetime) -> list[Evening]:
    """Return the evenings of the last days (`SHOWN`), newest first, ratings as sums alone."""
    found: dict[tuple[str, date], Evening] = {}

    def of(compound_id: str, day: date) -> Evening:
        return found.setdefault((compound_id, day), Evening(compound_id, day))

    facts_, day = table.c, cast(func.timezone(_CHINA, table.c.at), SqlDate)
    recent = (facts_.at >= now - SHOWN, facts_.compound_id != "")
    kind = case((facts_.verb == "joined", "opened"), else_=facts_.verb)
    counted = (
        select(facts_.compound_id, day, facts_.topic, kind, func.count(facts_.subject.distinct()))
        .where(*recent, facts_.topic.in_([Topic.SESSION.value, Topic.QUEUE.value]))
        .where(facts_.verb.in_(["opened", "joined", "issued", "served"]))
        .group_by(facts_.compound_id, day, facts_.topic, kind)
    )
    names = {("session", "opened"): "sessions", ("queue", "issued"): "slips", ("queue", "served"): "served"}
    for compound_id, on, topic, verb, number in connection.execute(counted):
        if name := names.get((topic, verb)):
            setattr(of(compound_id, on), name, number)
    said = select(facts_.compound_id, day, facts_.topic, facts_.fact["body"]).where(
        *recent,
        ((facts_.topic == Topic.SESSION.value) & (facts_.verb == "closed"))
        | (facts_.topic == Topic.RATING.value),
    )
    for compound_id, on, topic, told in connection.execute(said):
        body = told or {}  # a fact may come without one
        evening = of(compound_id, on)
        if topic == Topic.RATING.value:
            evening.ratings[str(body.get("level", ""))] += 1
        else:
            evening.closed += 1
            evening.receipts += _receipts(body)
    return sorted(found.values(), key=lambda one: (-one.day.toordinal(), one.compound_id))


def _receipts(body: Mapping[str, Any]) -> int:
    """Return what a closing sheet counts of receipts; 0 where a newer window says it otherwise."""
    lines = body.get("lines")
    mine = [
        line
        for line in (lines if isinstance(lines, list) else ())
        if isinstance(line, dict) and line.get("count") == "receipts"
    ]
    return sum(line["expected"] for line in mine if isinstance(line.get("expected"), int))


def open_obstacles(connection: Connection) -> dict[str, dict[str, int]]:
    """Return department -> compound -> how many obstacles are open."""
    of_subject: defaultdict[str, list[Fact]] = defaultdict(list)
    listed: dict[str, Mapping[str, Any]] = {}
    for fact in facts.of_topic(connection, Topic.LEDGER):
        rows = dict(rows_of(fact))
        listed |= rows
        if not rows:
            of_subject[fact.subject].append(fact)
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for obstacle_id in [*of_subject, *(listed.keys() - of_subject.keys())]:
        entry = entry_of(obstacle_id, of_subject.get(obstacle_id, ()), listed.get(obstacle_id))
        if entry is not None and entry.what.category and entry.state is ObstacleState.OPEN:
            found[entry.what.department][entry.compound_id] += 1
    return {department: dict(counts) for department, counts in sorted(found.items())}


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
