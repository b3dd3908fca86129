"""The queue of a session (排队): slips, who is called next, and how long those who wait will wait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median
from typing import Any

from registration.facts import Fact, in_order
from registration.packs import QUEUE, PackSet


class SlipState(StrEnum):
    """How a slip or an appointment stands."""

    BOOKED = "booked"  # an appointment, nobody has come yet
    WAITING = "waiting"
    CALLED = "called"  # at a table
    SERVED = "served"
    LEFT = "left"  # did not come, and will not
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Choice:
    """A reason to go first, or a question of who is here; `bring` where the answer is no."""

    code: str
    zh: str
    en: str
    bring_zh: str = ""
    bring_en: str = ""
    types: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        return self.en if language.startswith("en") else self.zh

    def bring(self, language: str) -> str:
        return self.bring_en if language.startswith("en") else self.bring_zh


@dataclass(frozen=True)
class QueueRules:
    """The pack in force. After `in_a_row` with priority an ordinary one is called, if one waits."""

    ordinary: str
    priority: str
    in_a_row: int
    back_after: int  # how many others are called before a skipped one is called again
    usual_minutes: int
    reasons: tuple[Choice, ...]
    presence: tuple[Choice, ...]
    ages: tuple[tuple[str, int], ...] = ()  # reason that is proposed from an age on
    due_within: int = 15  # minutes before its time from which an appointment is due
    late_after: int = 5  # minutes after its time from which it is late

    def asked(self, type_code: str) -> tuple[Choice, ...]:
        """Return who has to be here for a type of registration, as questions."""
        return tuple(one for one in self.presence if not one.types or type_code in one.types)

    def reason(self, code: str) -> Choice | None:
        return next((one for one in self.reasons if one.code == code), None)


@dataclass(frozen=True)
class Slip:
    """A slip as its facts have it; times ISO with offset, "" where not yet. Name and phone: appointments."""

    id: str
    session_id: str = ""
    number: str = ""
    type_code: str = ""
    reason: str = ""  # why it goes first, "" for ordinary
    state: SlipState = SlipState.WAITING
    issued_at: str = ""
    called_at: str = ""
    called_by: str = ""  # device code
    called_who: str = ""  # the operator's name
    ended_at: str = ""
    skipped_at: str = ""
    calls: int = 0
    missing: tuple[str, ...] = ()  # who was missing when it was given all the same
    why: str = ""
    application_id: str = ""
    day: str = ""
    time: str = ""
    name: str = ""
    phone: str = ""
    household_id: str = ""
    birth: str = ""  # ISO, "" where nobody told it

    @property
    def first(self) -> bool:
        return bool(self.reason)

    @property
    def minutes(self) -> float:
        """Return how long it was served, 0 while it is not over."""
        return _minutes(self.called_at, self.ended_at) if self.state is SlipState.SERVED else 0.0


_ENDS = {"served": SlipState.SERVED, "left": SlipState.LEFT, "cancelled": SlipState.CANCELLED}
_OVER = frozenset(_ENDS.values())
_GIVEN = ("session_id", "number", "type_code", "reason", "why", "household_id")
_AGREED = ("day", "time", "name", "phone", "household_id", "type_code", "birth")


def rules_from(packs: PackSet) -> QueueRules:
    """Return the rules in force. Source: the pack `queue_priorities`."""
    body: Any = packs[QUEUE]
    booked = body.get("appointments", {})
    return QueueRules(
        body["prefixes"]["ordinary"],
        body["prefixes"]["priority"],
        int(body["in_a_row"]),
        int(body["back_after"]),
        int(body["usual_minutes"]),
        tuple(Choice(**row) for row in body["reasons"]),
        tuple(Choice(**{**row, "types": tuple(row.get("types", ()))}) for row in body["presence"]),
        tuple((row["reason"], int(row["from"])) for row in body.get("ages", ())),
        **{name: int(minutes) for name, minutes in booked.items()},
    )


def slip_from(slip_id: str, facts: Sequence[Fact]) -> Slip | None:
    """Return what the facts say of a slip, None while neither its issue nor its booking is known.

    Of two laptops that called the same one, the later call stands; of two that gave an appointment a number,
    the one that was called. What is over stays over until it is put back into the line, an appointment that
    has no number among the appointments.
    """
    slip, known = Slip(slip_id), False
    for fact in in_order(facts):
        body, at = fact.body, fact.at.isoformat()
        if fact.verb == "booked":
            known = True
            state = slip.state if slip.issued_at else SlipState.BOOKED
            slip = replace(slip, state=state, **_texts(body, _AGREED))
        elif fact.verb == "issued" and not (slip.issued_at and slip.state is not SlipState.WAITING):
            known = True
            missing = tuple(str(one) for one in body.get("missing", ()))
            given = _texts(body, _GIVEN)
            slip = replace(slip, state=SlipState.WAITING, issued_at=at, missing=missing, **given)
        elif fact.verb == "called" and slip.state not in _OVER:
            again = slip.state is SlipState.CALLED and slip.called_by == fact.device_code
            slip = replace(
                slip,
                state=SlipState.CALLED,
                called_at=slip.called_at if again else at,
                called_by=fact.device_code,
                called_who=fact.operator_name,
                calls=slip.calls + 1,
            )
        elif fact.verb == "skipped" and slip.state is SlipState.CALLED:
            slip = replace(
                slip, state=SlipState.WAITING, skipped_at=at, called_at="", called_by="", called_who=""
            )
        elif fact.verb == "put_back":
            state = SlipState.WAITING if slip.issued_at else SlipState.BOOKED
            slip = replace(slip, state=state, skipped_at="", called_at="", called_by="", called_who="")
        elif fact.verb == "begun":
            slip = replace(slip, application_id=str(body.get("application_id", "")))
        elif fact.verb in _ENDS and slip.state not in _OVER:
            case = str(body.get("application_id", "")) or slip.application_id
            slip = replace(slip, state=_ENDS[fact.verb], ended_at=at, application_id=case)
    return slip if known else None


def next_slip(slips: Sequence[Slip], rules: QueueRules) -> Slip | None:
    """Return who is called next of a session's slips, None where nobody waits.

    Those with priority go first, at most `in_a_row` of them before an ordinary one. A skipped one waits for
    `back_after` others, then keeps the place that its number gave it; where nobody else waits it is called.
    """
    waiting = sorted((one for one in slips if one.state is SlipState.WAITING), key=_place)
    called = sorted((one for one in slips if one.called_at), key=lambda one: _moment(one.called_at))
    ready = [one for one in waiting if _back(one, called, rules)]
    if not ready:
        return min(waiting, key=lambda one: _moment(one.skipped_at), default=None)
    first = [one for one in ready if one.first]
    ordinary = [one for one in ready if not one.first]
    row = 0
    for one in reversed(called):
        if not one.first:
            break
        row += 1
    if first and (not ordinary or row < rules.in_a_row):
        return first[0]
    return ordinary[0]


def in_line(slips: Sequence[Slip], rules: QueueRules) -> list[Slip]:
    """Return those who wait in the order in which they will be called, as it looks now."""
    left, order = list(slips), list[Slip]()
    told = [_moment(text) for one in slips for text in (one.called_at, one.skipped_at) if text]
    clock = max(told, default=None)
    while (following := next_slip(left, rules)) is not None:
        order.append(following)
        clock = (clock or _moment(following.issued_at)) + timedelta(seconds=1)
        gone = replace(following, state=SlipState.CALLED, called_at=clock.isoformat())
        left = [one for one in left if one.id != following.id] + [gone]
    return order


def average_minutes(slips: Sequence[Slip], rules: QueueRules) -> float:
    """Return the median of those served, the usual minutes until three are; one odd case moves it little."""
    took = [one.minutes for one in slips if one.state is SlipState.SERVED and one.minutes > 0]
    return median(took) if len(took) >= 3 else float(rules.usual_minutes)


def tables(slips: Sequence[Slip]) -> int:
    """Return how many laptops are serving somebody, at least 1."""
    return max(1, len({one.called_by for one in slips if one.state is SlipState.CALLED}))


def minutes_between(slips: Sequence[Slip], rules: QueueRules) -> float:
    """Return the minutes from one call to the next, over all tables."""
    return average_minutes(slips, rules) / tables(slips)


def wait_minutes(ahead: int, slips: Sequence[Slip], rules: QueueRules) -> int:
    """Return the minutes until somebody is called with `ahead` waiting before them."""
    return round(ahead * minutes_between(slips, rules))


def slip_to_json(slip: Slip) -> dict[str, Any]:
    return asdict(slip)


def slip_from_json(value: Mapping[str, Any]) -> Slip:
    """Inverse of `slip_to_json`. KeyError, TypeError and ValueError for no slip."""
    return Slip(**{**value, "state": SlipState(value["state"]), "missing": tuple(value["missing"])})


def _texts(body: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: str(body[name]) for name in names if name in body}


def _place(slip: Slip) -> tuple[datetime, str]:
    return (_moment(slip.issued_at), slip.number)


def _back(slip: Slip, called: Sequence[Slip], rules: QueueRules) -> bool:
    if not slip.skipped_at:
        return True
    since = _moment(slip.skipped_at)
    return sum(_moment(one.called_at) > since for one in called) >= rules.back_after


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _minutes(since: str, until: str) -> float:
    return (_moment(until) - _moment(since)).total_seconds() / 60 if since and until else 0.0
