"""Facts around the cases in bulk: taken from the feed as those of other laptops come, and folded."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from registration.collection import HandOver, Way, hand_over_to_json
from registration.facts import Fact, Topic, fact_to_json
from registration.obstacles import Obstruction, obstruction_to_json
from registration.session import Session
from registration.survey import Answers, Lives, answers_to_json
from registration.visits import Booking, booking_to_json
from storage import facts, link
from tests.scale.cases import TONIGHT, people
from tests.storage.evening import Evening

LEADS = {"C1": "natural_resources", "C4": "housing", "C5": "fire", "C6": "civil_air_defence", "C7": "tax"}
AT_ONCE = 2_000
_SLIPS = 20  # of a past evening
Homes = Sequence[Mapping[str, Any]]


def fill(evening: Evening, homes: Homes, past: Sequence[Session]) -> None:
    """Take facts of every topic in the numbers that a county of these homes and evenings has."""
    now = evening.now
    told = itertools.chain(
        _sessions(past),
        _line(now, homes, past),
        _visits(now, homes),
        _surveys(now, homes),
        _obstacles(now, homes),
        _supervision(now, homes),
        _files(now, sorted({home["compound_id"] for home in homes})),
        evening.read(_certificates, now),
    )
    numbered = enumerate(told)
    while part := list(itertools.islice(numbered, AT_ONCE)):
        evening.write(_take, now, part)
    evening.write(_orders, now, homes)


def _take(db: Database, now: datetime, part: Sequence[tuple[int, Fact]]) -> None:
    for number, fact in part:
        facts.take(db, now, {**fact_to_json(fact), "id": f"f-{number:08d}"})


def _fact(
    topic: Topic,
    subject: str,
    verb: str,
    compound_id: str,
    at: datetime,
    body: Mapping[str, Any] | None = None,
    device_code: str = "B07",
) -> Fact:
    return Fact("new", topic, subject, verb, compound_id, at, device_code, "o-2", "陈明", body or {})


def _sessions(past: Sequence[Session]) -> Iterator[Fact]:
    for session in past:
        body = {"code": "", "title": session.title, "starts": session.starts, "ends": session.ends}
        yield _fact(Topic.SESSION, session.id, "opened", session.compound_id, session.opened_at, body, "A03")
        assert session.closed_at is not None
        yield _fact(Topic.SESSION, session.id, "closed", session.compound_id, session.closed_at, {}, "A03")


def _line(now: datetime, homes: Homes, past: Sequence[Session]) -> Iterator[Fact]:
    """Tell of slips of past evenings, of thirty that wait tonight, and of appointments of the next days."""

    def given(slip: str, session_id: str, compound_id: str, number: int, at: datetime) -> Fact:
        why = "elderly" if number % 7 == 3 else ""
        body = {"number": f"{'A' if why else 'B'}{number + 1:03d}", "session_id": session_id, "reason": why}
        return _fact(Topic.QUEUE, slip, "issued", compound_id, at, {**body, "missing": [], "why": ""}, "A03")

    for session in past:
        for number in range(_SLIPS):
            slip, at = f"q-{session.id}-{number}", session.opened_at + timedelta(minutes=6 * number)
            yield given(slip, session.id, session.compound_id, number, at)
            for verb, after in (("called", 4), ("served", 10)):
                moment = at + timedelta(minutes=after)
                yield _fact(Topic.QUEUE, slip, verb, session.compound_id, moment, {}, "A03")
    for number in range(60):
        slip, at = f"q-tonight-{number}", now - timedelta(minutes=90 - number)
        yield given(slip, TONIGHT, "k001", number, at)
        if number < 30:
            yield _fact(Topic.QUEUE, slip, "called", "k001", at + timedelta(minutes=4), {}, "A03")
            yield _fact(Topic.QUEUE, slip, "served", "k001", at + timedelta(minutes=9), {}, "A03")
    for number, person in zip(range(len(homes) // 50), people(), strict=False):
        home = homes[number] if number < 40 else homes[number * 31 % len(homes)]
        day = now.date() if number < 40 else now.date() + timedelta(days=number % 14 - 3)
        body = {
            "day": day.isoformat(), "time": f"{18 + number % 3}:{number * 10 % 60:02d}", "name": person.name,
            "phone": person.phone, "household_id": home["id"], "type_code": "", "birth": "",
        }  # fmt: skip
        yield _fact(Topic.QUEUE, f"b-{number}", "booked", home["compound_id"], now, body)


def _visits(now: datetime, homes: Homes) -> Iterator[Fact]:
    """Tell of visits that are done, of tonight's thirty, of some that nobody was met at."""
    for number, person in zip(range(len(homes) // 20), people(), strict=False):
        home = homes[number * 3 % len(homes)]
        days = -1 - number % 90 if number > 60 else (0 if number < 30 else number % 10 + 1)
        at = now + timedelta(days=min(days, 0), hours=-2)
        booking = Booking(
            home["compound_id"], home["id"], person.name, person.phone, home["address"], "elderly",
            day=(now.date() + timedelta(days=days)).isoformat(), time="19:00", minutes=40,
        )  # fmt: skip
        visit, where = f"v-{number}", home["compound_id"]
        yield _fact(Topic.VISIT, visit, "booked", where, at - timedelta(days=1), booking_to_json(booking))
        if days >= 0:
            continue
        yield _fact(Topic.VISIT, visit, "begun", where, at, {"second_name": "李小兰"})
        due = (now.date() + timedelta(days=number % 40 - 10)).isoformat()
        promised = (
            [{"id": f"p-{number}", "kind": "paper", "due": due, "note": ""}] if number % 10 == 0 else []
        )
        body = {"met": number % 12 != 0, "note": "", "application_id": "", "promises": promised}
        yield _fact(Topic.VISIT, visit, "ended", where, at + timedelta(minutes=30), body)


def _surveys(now: datetime, homes: Homes) -> Iterator[Fact]:
    """Tell of two doors of five: most were opened, some are to be knocked at again."""
    for number, home in enumerate(homes):
        if number % 5 > 1:
            continue
        at, where = now - timedelta(days=number % 60 + 1), home["compound_id"]
        body: dict[str, Any] = {"household_id": home["id"], "outcome": "answered"}
        if number % 11 == 0:
            body |= {"outcome": "not_home", "day": (now.date() + timedelta(days=number % 9 - 4)).isoformat()}
        elif number % 13 == 0:
            body |= {"outcome": "refused"}
        else:
            body |= {"answers": answers_to_json(Answers(Lives.OWNER, contract=True, paid_up=number % 4 > 0))}
        yield _fact(Topic.SURVEY, home["id"], "visited", where, at, body)


def _obstacles(now: datetime, homes: Homes) -> Iterator[Fact]:
    """Tell of obstacles of one home in six, half of them by lists, two in five cleared."""
    codes = list(LEADS)
    wanted = [home for number, home in enumerate(homes) if number % 6 == 1]

    def what(number: int, home: Mapping[str, Any]) -> dict[str, Any]:
        code = codes[number % len(codes)]
        due = (now.date() + timedelta(days=number % 120 - 20)).isoformat() if number % 4 else ""
        return obstruction_to_json(Obstruction(code, LEADS[code], home["id"], due, "", "图纸与现状不符"))

    half = len(wanted) // 2
    for number, home in enumerate(wanted[:half]):
        subject, where = f"o-{number}", home["compound_id"]
        yield _fact(Topic.LEDGER, subject, "blocked", where, now - timedelta(days=30), what(number, home))
        if number % 5 < 2:
            evidence = {"kind": "document", "title": "意见", "number": "1"}
            body = {"household_id": home["id"], "evidence": evidence}
            yield _fact(Topic.LEDGER, subject, "cleared", where, now - timedelta(days=4), body)
    by_compound: dict[str, list[Mapping[str, Any]]] = {}
    for home in wanted[half:]:
        by_compound.setdefault(home["compound_id"], []).append(home)
    for place, given in by_compound.items():
        for start in range(0, len(given), 100):
            listed = [
                {"obstacle_id": f"o-{home['id']}", **what(number, home)}
                for number, home in enumerate(given[start : start + 100])
            ]
            batch = f"batch-{place}-{start}"
            yield _fact(Topic.LEDGER, batch, "listed", place, now - timedelta(days=20), {"rows": listed})


def _supervision(now: datetime, homes: Homes) -> Iterator[Fact]:
    """Tell of matters with departments, half of them settled, and of samples of thirty homes."""
    compounds = sorted({home["compound_id"] for home in homes})
    of: dict[str, list[str]] = {}
    for home in homes:
        of.setdefault(home["compound_id"], []).append(home["id"])
    for number in range(len(compounds) * 3):
        compound, at = compounds[number % len(compounds)], now - timedelta(days=number % 80 + 1)
        due = (at.date() + timedelta(days=30)).isoformat()
        body = {
            "kind": "call",
            "words": "催办",
            "department": "housing",
            "about": "竣工验收",
            "level": "desk",
        }
        yield _fact(Topic.SUPERVISION, f"m-{number}", "noted", compound, at, {**body, "due": due})
        if number % 2:
            yield _fact(Topic.SUPERVISION, f"m-{number}", "settled", compound, now, {"words": "已办"})
    for number, compound in enumerate(compounds):
        chosen = of[compound][:30]
        drawn = {"seed": f"{number}", "pool": len(of[compound]), "chosen": chosen}
        at = now - timedelta(days=number % 50 + 1)
        yield _fact(Topic.SUPERVISION, f"i-{number}", "sampled", compound, at, drawn)
        for seen_home in chosen[:10]:
            seen = {"household_id": seen_home, "agrees": True, "words": ""}
            yield _fact(Topic.SUPERVISION, f"i-{number}", "visited", compound, at + timedelta(hours=1), seen)


def _files(now: datetime, compounds: Sequence[str]) -> Iterator[Fact]:
    for number, compound in enumerate(compounds):
        at = now - timedelta(days=40)
        yield _fact(
            Topic.COMPOUND, compound, "plan_written", compound, at, {"text": "先易后难，逐栋推进。" * 20}
        )
        for place in range(8):
            contact = {"id": f"t{place}", "name": f"{'王李张刘陈杨赵黄'[place]}组员", "unit": "住建局",
                       "role": "组员", "phone": f"0931-88{number:03d}{place}"}  # fmt: skip
            yield _fact(Topic.COMPOUND, compound, "contact_kept", compound, at, contact)
        for place in range(4):
            paper = {"id": f"m{place}", "kind": "minutes", "title": f"第{place + 1}次会议",
                     "number": f"{place}", "gist": "",
                     "day": (now.date() - timedelta(days=place * 7)).isoformat()}  # fmt: skip
            yield _fact(Topic.COMPOUND, compound, "paper_kept", compound, at, paper)


def _certificates(db: Database, now: datetime) -> list[Fact]:
    """Return what is told of issued certificates: three of five in hand, one of ten only announced."""
    found = db.execute(
        "SELECT id, compound_id, household_id, receipt_number, certificate_number, applicant_name"
        " FROM applications WHERE state = 'certificate_issued' ORDER BY seq"
    ).fetchall()
    told = []
    for number, (case, compound, home, receipt, certificate, name) in enumerate(found):
        at = now - timedelta(days=number % 30, hours=3)
        if number % 5 < 3:
            given = HandOver(home, receipt, (certificate,), "", Way.WINDOW, taker_name=name,
                             identity_seen=True, receipt_returned=True, on_paper=True)  # fmt: skip
            told.append(
                _fact(Topic.COLLECTION, case, "handed_out", compound, at, hand_over_to_json(given), "A03")
            )
        elif number % 10 == 3:
            told.append(
                _fact(Topic.COLLECTION, case, "notified", compound, at, {"household_id": home}, "A03")
            )
    return told


def _orders(db: Database, now: datetime, homes: Homes) -> None:
    for number, person in zip(range(50), people(), strict=False):
        home = homes[number * 17 % len(homes)]
        day = (now.date() + timedelta(days=3)).isoformat()
        booking = Booking(home["compound_id"], home["id"], person.name, person.phone, home["address"],
                          "elderly", day=day)  # fmt: skip
        link.put_order(db, now, {"id": f"order-{number}", **booking_to_json(booking)}, seq=number + 10)
