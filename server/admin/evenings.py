"""Commands for the evenings: order a home visit, book an appointment, list what residents said."""

from __future__ import annotations

import argparse
from collections import Counter
from typing import Any

from sqlalchemy import Connection

from registration.facts import Topic
from server.admin.topic import Command
from server.config import CHINA, system_clock
from server.store import facts, orders
from server.store.orders import Wanted

_ACTOR = "administrator"


def add(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Name the commands."""
    visit = kinds.add_parser("order-visit", help="order a home visit from the windows of a compound")
    visit.add_argument("--reason", default="", help="code of the pack visit_reasons, e.g. elderly")
    visit.add_argument("--address", default="", help="where, if it is not the household itself")
    booked = kinds.add_parser("book", help="book an appointment for an evening at a compound")
    for parser, needs in ((visit, False), (booked, True)):
        parser.add_argument("compound")
        parser.add_argument("name", help="who is to be served")
        parser.add_argument("--phone", default="")
        parser.add_argument("--household", default="")
        parser.add_argument("--type", default="", help="code of the registration type")
        parser.add_argument("--day", default="", required=needs, metavar="2026-12-31")
        parser.add_argument("--time", default="", required=needs, metavar="19:30")
        parser.add_argument("--note", default="")
    said = kinds.add_parser(
        "ratings", help="what residents said, by compound and day; never by person or case"
    )
    said.add_argument("--compound", default=None)


def _wanted(given: argparse.Namespace) -> Wanted:
    return Wanted(
        compound_id=given.compound,
        name=given.name.strip(),
        phone=given.phone.strip(),
        household_id=given.household,
        address=getattr(given, "address", ""),
        type_code=given.type,
        reason=getattr(given, "reason", ""),
        day=given.day,
        time=given.time,
        note=given.note,
    )


def _order(connection: Connection, given: argparse.Namespace) -> Any:
    return {"order": orders.order_visit(connection, system_clock().astimezone(CHINA), _wanted(given), _ACTOR)}


def _book(connection: Connection, given: argparse.Namespace) -> Any:
    now = system_clock().astimezone(CHINA)
    return {"appointment": orders.book_appointment(connection, now, _wanted(given), _ACTOR)}


def _ratings(connection: Connection, given: argparse.Namespace) -> Any:
    levels: dict[tuple[str, str], Counter[str]] = {}
    reasons: dict[tuple[str, str], Counter[str]] = {}
    for fact in facts.of_topic(connection, Topic.RATING, given.compound):
        key = (fact.compound_id, fact.at.astimezone(CHINA).date().isoformat())
        levels.setdefault(key, Counter())[str(fact.body.get("level", ""))] += 1
        given = fact.body.get("reasons", ())  # a newer window may say them otherwise
        reasons.setdefault(key, Counter()).update(map(str, given if isinstance(given, list) else ()))
    return [
        {
            "compound": compound,
            "day": day,
            "levels": dict(sorted(found.items(), reverse=True)),
            "reasons": dict(reasons[compound, day]),
        }
        for (compound, day), found in sorted(levels.items())
    ]


COMMANDS: dict[str, Command] = {"order-visit": _order, "book": _book, "ratings": _ratings}
