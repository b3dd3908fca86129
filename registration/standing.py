"""Where a household stands in the building table: from case, survey, bookings and obstacles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from registration.application import CaseState
from registration.facts import Fact, Topic, in_order
from registration.survey import SurveyState


class Standing(StrEnum):
    """What a cell of the building table shows; those of a case are named as its states are."""

    UNTOUCHED = ""  # nobody was at this door yet
    SURVEYED = "surveyed"
    BOOKED = "booked"  # an appointment or a home visit is to come
    DRAFT = "draft"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    REJECTED = "rejected"
    REGISTERED = "registered"
    CERTIFIED = "certificate_issued"
    IN_HAND = "in_hand"  # the certificate was handed over
    BLOCKED = "blocked"


_OVER = frozenset({CaseState.REGISTERED.value, CaseState.CERTIFICATE_ISSUED.value})


def standing(
    case_state: str, survey: str, *, booked: bool, in_hand: bool, blocked: bool, project_missing: bool
) -> Standing:
    """Return where a household stands.

    `case_state` is a CaseState value or "", `survey` a SurveyState value. The furthest that was reached
    counts; an open obstacle shows until the home is registered, and a missing first registration of the
    project as long as the household has no case.
    """
    if in_hand:
        return Standing.IN_HAND
    if case_state in _OVER:
        return Standing(case_state)
    if blocked:
        return Standing.BLOCKED
    if case_state and case_state in set(Standing):
        return Standing(case_state)
    if project_missing:
        return Standing.BLOCKED
    if booked:
        return Standing.BOOKED
    if survey in (SurveyState.SURVEYED, SurveyState.REFUSED):
        return Standing.SURVEYED
    return Standing.UNTOUCHED


@dataclass(frozen=True)
class Obstacle:
    """What stops a household: codes of the packs `problem_categories` and `departments`."""

    category: str
    department: str = ""


class MarkKind(StrEnum):
    """What other facts say of a household, as far as its cell shows it."""

    BOOKED = "booked"
    IN_HAND = "in_hand"


@dataclass(frozen=True)
class HouseholdMark:
    """One mark; `what` is the day and time of what is booked, or the certificate's number."""

    kind: MarkKind
    household_id: str
    what: str = ""


_BOOKS = {
    Topic.QUEUE: frozenset({"booked", "rebooked", "moved"}),
    Topic.VISIT: frozenset({"ordered", "booked", "changed", "postponed"}),
}
_KEEPS_OPEN = frozenset({"noted", "reminded", "checked", "placed"})


def marks_of(topic: Topic, facts: Sequence[Fact]) -> tuple[HouseholdMark, ...]:
    """Return what one subject's facts mark on households; () where nothing, or nothing any more.

    Something booked stays booked until a fact comes that neither books anew nor only adds to it: arrived,
    cancelled, begun, not met …
    """
    known = in_order(facts)
    household = next((str(f.body["household_id"]) for f in reversed(known) if f.body.get("household_id")), "")
    if not household or not known:
        return ()
    if topic is Topic.COLLECTION:
        handed = ""
        for fact in known:
            if fact.verb == "handed_out":
                handed = str(fact.body.get("certificate_number", "")) or "—"
            elif fact.verb in ("taken_back", "hand_over_taken_back"):
                handed = ""
        return (HouseholdMark(MarkKind.IN_HAND, household, handed),) if handed else ()
    books, day = _BOOKS.get(topic, frozenset()), ""
    for fact in known:
        if fact.verb in books:
            day = f"{fact.body.get('day', '')} {fact.body.get('time', '')}".strip() or day or "—"
        elif fact.verb not in _KEEPS_OPEN:
            day = ""
    return (HouseholdMark(MarkKind.BOOKED, household, day),) if day else ()


def obstacles_of(facts: Iterable[Fact]) -> Mapping[str, tuple[Obstacle, ...]]:
    """Return the open obstacles of a compound's ledger by household; "" is the compound as a whole.

    `facts` are of any number of obstacles. One that was cleared is left out until it is reopened; a list that
    was taken in at once has its obstacles as rows.
    """
    found: dict[str, dict[str, Any]] = {}
    for fact in in_order(facts):
        listed = fact.body.get("rows")
        given = listed if isinstance(listed, list) else [{**fact.body, "obstacle_id": fact.subject}]
        for row in given:
            if isinstance(row, dict) and row.get("obstacle_id"):
                known = found.setdefault(str(row["obstacle_id"]), {"open": True})
                known.update({name: row[name] for name in _OF_OBSTACLES if row.get(name)})
                if fact.verb in ("cleared", "reopened"):
                    known["open"] = fact.verb == "reopened"
    by_home: dict[str, list[Obstacle]] = {}
    for one in found.values():
        if one["open"]:
            named = Obstacle(str(one.get("category", "")), str(one.get("department", "")))
            by_home.setdefault(str(one.get("household_id", "")), []).append(named)
    return {home: tuple(dict.fromkeys(several)) for home, several in by_home.items()}


_OF_OBSTACLES = ("household_id", "category", "department")


def counts_of(standings: Iterable[str]) -> dict[str, int]:
    """Return how many households stand where, by the value of the standing."""
    counts: dict[str, int] = {}
    for one in standings:
        counts[one] = counts.get(one, 0) + 1
    return counts
