"""Where a household stands in the building table: from case, survey, bookings and obstacles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

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
    Topic.QUEUE: frozenset({"booked"}),
    Topic.VISIT: frozenset({"ordered", "booked", "changed", "postponed"}),
}
_KEEPS_OPEN = frozenset({"noted", "placed"})


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
            elif fact.verb == "hand_over_taken_back":
                handed = ""
        return (HouseholdMark(MarkKind.IN_HAND, household, handed),) if handed else ()
    books, day = _BOOKS.get(topic, frozenset()), ""
    for fact in known:
        if fact.verb in books:
            day = f"{fact.body.get('day', '')} {fact.body.get('time', '')}".strip() or day or "—"
        elif fact.verb not in _KEEPS_OPEN:
            day = ""
    return (HouseholdMark(MarkKind.BOOKED, household, day),) if day else ()
