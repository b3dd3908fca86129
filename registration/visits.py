"""Home visits (上门办): for whom, with which papers, by which two persons, and what was promised there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any

from registration.checklist import Checklist, ChecklistItem, Need
from registration.errors import InputError
from registration.facts import Fact
from registration.identifiers import parse_phone
from registration.packs import VISITS, PackSet


class VisitState(StrEnum):
    """How a visit stands. Only a planned one can begin."""

    PLANNED = "planned"
    UNDERWAY = "underway"
    DONE = "done"
    NOT_MET = "not_met"
    REFUSED = "refused"  # by the window, with its reason
    CANCELLED = "cancelled"  # by the applicant


OPEN = frozenset({VisitState.PLANNED, VisitState.UNDERWAY, VisitState.NOT_MET})


class PromiseKind(StrEnum):
    """What was promised at the door."""

    DELIVER = "deliver"  # bring the certificate
    COME_AGAIN = "come_again"
    PAPER = "paper"  # a paper that the applicant will have ready
    OTHER = "other"


@dataclass(frozen=True)
class Reason:
    """Why somebody is visited; `proof` where a paper for it is asked."""

    code: str
    zh: str
    en: str
    proof: bool

    def name(self, language: str) -> str:
        return self.en if language.startswith("en") else self.zh


@dataclass(frozen=True)
class VisitRules:
    """The pack in force: reasons, reasons to refuse, usual minutes of a visit and of the way between two."""

    reasons: tuple[Reason, ...]
    refusals: tuple[Reason, ...]
    minutes: int
    way_same: int  # within a compound
    way_other: int

    def reason(self, code: str) -> Reason | None:
        return next((one for one in self.reasons if one.code == code), None)


@dataclass(frozen=True)
class Booking:
    """What is agreed on the phone. `day` is an ISO date, `time` HH:MM or "" for any hour of that day.

    `papers` are the codes at hand, as told on the phone; `accepted_missing` says that the visit goes though
    papers are missing, and why.
    """

    compound_id: str
    household_id: str = ""
    name: str = ""
    phone: str = ""
    address: str = ""
    reason: str = ""
    proof_seen: bool = False
    type_code: str = ""
    day: str = ""
    time: str = ""
    minutes: int = 0
    note: str = ""
    papers: tuple[str, ...] = ()
    accepted_missing: str = ""


@dataclass(frozen=True)
class Promise:
    """One thing promised at a visit, due on an ISO date."""

    id: str
    kind: PromiseKind
    due: str
    note: str = ""
    kept: bool = False


@dataclass(frozen=True)
class Visit:
    """A visit as its facts have it. `place` orders the visits of a day before their times do, 0 for none."""

    id: str
    booking: Booking
    state: VisitState = VisitState.PLANNED
    place: int = 0
    operator_name: str = ""
    second_name: str = ""
    begun_at: str = ""
    ended_at: str = ""
    application_id: str = ""
    result: str = ""
    consent_digest: str = ""  # of the text that was agreed to, SHA-256 hex
    photos: tuple[str, ...] = ()  # digests of witness photos, the newest last
    promises: tuple[Promise, ...] = field(default=())

    @property
    def minutes(self) -> int:
        """Return how many minutes the visit took, 0 while it is not over."""
        if not (self.begun_at and self.ended_at):
            return 0
        took = datetime.fromisoformat(self.ended_at) - datetime.fromisoformat(self.begun_at)
        return max(0, round(took.total_seconds() / 60))

    @property
    def order(self) -> tuple[str, int, str, str]:
        return (self.booking.day, self.place or 10**6, self.booking.time or "99:99", self.id)


def rules_from(packs: PackSet) -> VisitRules:
    """Return the rules in force. Source: the pack `visit_reasons`."""
    body: Any = packs[VISITS]

    def of(rows: Iterable[Mapping[str, Any]]) -> tuple[Reason, ...]:
        return tuple(Reason(row["code"], row["zh"], row["en"], bool(row.get("proof", False))) for row in rows)

    usual = body["minutes"]
    return VisitRules(
        of(body["reasons"]),
        of(body["refusals"]),
        int(usual["visit"]),
        int(usual["way_same"]),
        int(usual["way_other"]),
    )


def papers_to_bring(checklist: Checklist) -> tuple[ChecklistItem, ...]:
    """Return the papers that the household has to lay out: the required ones that nobody makes on the spot.

    What data sharing gives is not asked for; conditional papers are asked at the door, where it is known
    whether they are wanted.
    """
    made_there = ("application_form", "inquiry_record")
    return tuple(i for i in checklist.items if i.need is Need.REQUIRED and i.code not in made_there)


def missing_papers(booking: Booking, checklist: Checklist | None) -> tuple[ChecklistItem, ...]:
    """Return the papers that were not said to be at hand; () for a type that is not known."""
    if checklist is None:
        return ()
    return tuple(item for item in papers_to_bring(checklist) if item.code not in booking.papers)


def check_booking(booking: Booking, rules: VisitRules, checklist: Checklist | None) -> Booking:
    """Return the booking with a usual length where none is said.

    Raises InputError visit_name_missing, phone_number, visit_place_missing,
    visit_reason_missing, visit_proof_missing, visit_day_invalid, visit_papers_missing.
    """
    if not booking.name.strip():
        raise InputError("visit_name_missing", field="name")
    parse_phone(booking.phone)
    if not (booking.compound_id and booking.address.strip()):
        raise InputError("visit_place_missing", field="address")
    reason = rules.reason(booking.reason)
    if reason is None:
        raise InputError("visit_reason_missing", field="reason")
    if reason.proof and not booking.proof_seen:
        raise InputError("visit_proof_missing", field="proof")
    check_day(booking.day, booking.time)
    if missing_papers(booking, checklist) and not booking.accepted_missing.strip():
        raise InputError("visit_papers_missing", field="accepted_missing")
    return replace(booking, minutes=booking.minutes or rules.minutes)


def check_day(day: str, hour: str = "") -> None:
    """Raise InputError visit_day_invalid unless these are an ISO date and HH:MM or ""."""
    try:
        date.fromisoformat(day)
        if hour:
            time.fromisoformat(hour)
    except ValueError:
        raise InputError("visit_day_invalid", field="day") from None


def check_team(operator_name: str, second_name: str) -> None:
    """Raise InputError visit_second_missing, visit_second_same: nobody enters a home alone (field second)."""
    if not second_name.strip():
        raise InputError("visit_second_missing", field="second")
    if second_name.strip() == operator_name.strip():
        raise InputError("visit_second_same", field="second")


def clashes(visits: Sequence[Visit], rules: VisitRules) -> frozenset[str]:
    """Return the ids of open visits whose time leaves no way to the next of that day, in the day's order."""
    found: set[str] = set()
    timed = [one for one in sorted(visits, key=lambda v: v.order) if one.booking.time and one.state in OPEN]
    for before, after in pairwise(timed):
        first, then = before.booking, after.booking
        if first.day != then.day:
            continue
        way = rules.way_same if first.compound_id == then.compound_id else rules.way_other
        free = _moment(first) + timedelta(minutes=(first.minutes or rules.minutes) + way)
        if free > _moment(then):
            found |= {before.id, after.id}
    return frozenset(found)


def visit_from(visit_id: str, facts: Sequence[Fact]) -> Visit | None:
    """Return a visit as its facts, in order, have it; None before anything of its booking is known.

    What a newer program noted otherwise is passed over.
    """
    told = next((fact for fact in facts if fact.verb in ("booked", "changed")), None)
    if told is None:
        refused = next((fact for fact in facts if fact.verb == "refused"), None)
        if refused is None:
            return None
        asked = refused.body.get("booking", {})
        visit = Visit(visit_id, booking_from_json({"compound_id": refused.compound_id, **asked}))
    else:
        visit = Visit(visit_id, booking_from_json({"compound_id": told.compound_id, **told.body}))
    for fact in facts:
        with suppress(AttributeError, KeyError, TypeError, ValueError):
            visit = _with(visit, fact)
    return visit


def booking_to_json(booking: Booking) -> dict[str, Any]:
    return {**asdict(booking), "papers": list(booking.papers)}


def booking_from_json(value: Mapping[str, Any]) -> Booking:
    """Inverse of `booking_to_json`; unknown fields are ignored, those of an order fit as well.

    A day, a time, minutes or papers that are none count as not said: an order is there to be read.
    """
    known = {one.name: value[one.name] for one in fields(Booking) if value.get(one.name) is not None}
    texts = {
        name: str(text) for name, text in known.items() if name not in ("proof_seen", "minutes", "papers")
    }
    for name, read in (("day", date.fromisoformat), ("time", time.fromisoformat)):
        texts[name] = _read_by(read, texts.get(name, ""))
    minutes, papers = known.get("minutes", 0), known.get("papers", ())
    return Booking(
        **texts | {"compound_id": texts.get("compound_id", "")},
        proof_seen=bool(known.get("proof_seen", False)),
        minutes=minutes if isinstance(minutes, int) else 0,
        papers=tuple(map(str, papers)) if isinstance(papers, list | tuple) else (),
    )


def _read_by(read: Callable[[str], object], text: str) -> str:
    """Return the text where `read` takes it, "" where it does not."""
    try:
        read(text)
    except ValueError:
        return ""
    return text


def visit_to_json(visit: Visit) -> dict[str, Any]:
    """Return a visit as plain JSON values, its booking among them."""
    return {**asdict(visit), "booking": booking_to_json(visit.booking)}


def visit_from_json(value: Mapping[str, Any]) -> Visit:
    """Inverse of `visit_to_json`."""
    return Visit(
        **dict(value)
        | {
            "booking": booking_from_json(value["booking"]),
            "state": VisitState(value["state"]),
            "photos": tuple(value["photos"]),
            "promises": tuple(
                Promise(**one | {"kind": PromiseKind(one["kind"])}) for one in value["promises"]
            ),
        }
    )


def _with(visit: Visit, fact: Fact) -> Visit:
    body = fact.body
    match fact.verb:
        case "booked" | "changed":
            return replace(visit, booking=booking_from_json({"compound_id": fact.compound_id, **body}))
        case "placed":
            return replace(visit, place=int(body.get("place", 0)))
        case "postponed":
            booking = replace(visit.booking, day=str(body.get("day", "")), time=str(body.get("time", "")))
            return replace(visit, booking=booking, state=VisitState.PLANNED, place=0)
        case "begun":
            return replace(
                visit,
                state=VisitState.UNDERWAY,
                operator_name=fact.operator_name,
                second_name=str(body.get("second_name", "")),
                begun_at=fact.at.isoformat(),
                ended_at="",
            )
        case "consented":
            return replace(visit, consent_digest=str(body.get("text_digest", "")))
        case "witnessed":
            return replace(visit, photos=(*visit.photos, *(one.digest for one in fact.attachments)))
        case "ended":
            return _ended(visit, fact)
        case "refused":
            return replace(visit, state=VisitState.REFUSED, result=str(body.get("words", "")))
        case "cancelled":
            return replace(visit, state=VisitState.CANCELLED, result=str(body.get("words", "")))
        case "promise_kept":
            kept = str(body.get("promise", ""))
            return replace(
                visit,
                promises=tuple(replace(p, kept=True) if p.id == kept else p for p in visit.promises),
            )
        case _:
            return visit


def _ended(visit: Visit, fact: Fact) -> Visit:
    body = fact.body
    promises = tuple(
        Promise(
            str(one["id"]),
            PromiseKind(one["kind"]) if one["kind"] in set(PromiseKind) else PromiseKind.OTHER,
            _read_by(date.fromisoformat, str(one["due"])) or fact.at.date().isoformat(),
            str(one.get("note", "")),
        )
        for one in body.get("promises", ())
    )
    return replace(
        visit,
        state=VisitState.DONE if body.get("met") else VisitState.NOT_MET,
        ended_at=fact.at.isoformat(),
        application_id=str(body.get("application_id", "")),
        result=str(body.get("note", "")),
        promises=(*visit.promises, *promises),
    )


def _moment(booking: Booking) -> datetime:
    return datetime.combine(date.fromisoformat(booking.day), time.fromisoformat(booking.time))
