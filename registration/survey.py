"""The door-to-door survey (拉网式摸排): what was heard at one door, from the facts about its household."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from registration.errors import Problem
from registration.facts import Fact, in_order


class Lives(StrEnum):
    """Who lives there."""

    UNKNOWN = ""
    OWNER = "owner"
    TENANT = "tenant"
    EMPTY = "empty"


class Outcome(StrEnum):
    """How a knock at the door ended."""

    ANSWERED = "answered"
    NOT_HOME = "not_home"
    REFUSED = "refused"


class SurveyState(StrEnum):
    """How far a household is; `NOT_HOME` has to be gone to again."""

    OPEN = ""
    PLANNED = "planned"
    NOT_HOME = "not_home"
    REFUSED = "refused"
    SURVEYED = "surveyed"


TO_GO = frozenset({SurveyState.OPEN, SurveyState.PLANNED, SurveyState.NOT_HOME})
"""States in which somebody still has to knock."""

VISITED, PLANNED = "visited", "planned"
PAPERS = ("contract", "invoice", "paid_up", "mortgage")
"""What is asked of each household; yes, no, or not known."""


@dataclass(frozen=True)
class Answers:
    """What was heard. None: not asked or not known. Owner and phone are personal data."""

    lives: Lives = Lives.UNKNOWN
    owner: str = ""
    phone: str = ""
    contract: bool | None = None
    invoice: bool | None = None
    paid_up: bool | None = None
    mortgage: bool | None = None
    papers_held: str = ""
    obstacle: str = ""  # in the household's words
    wants_visit: bool = False
    wants_evening: bool = False
    note: str = ""


@dataclass(frozen=True)
class Survey:
    """A household's survey as it stands; `day` is the ISO date of the next call planned, "" for none."""

    state: SurveyState = SurveyState.OPEN
    answers: Answers = field(default_factory=Answers)
    day: str = ""
    tries: int = 0  # knocks in all
    at: str = ""  # ISO time of the last knock
    by: str = ""  # who knocked


def survey_of(facts: Iterable[Fact]) -> Survey:
    """Return what a household's facts say of it, whatever order they came in.

    What was heard once stays when nobody opens the next time; a later answer replaces an earlier one whole.
    """
    state, answers, day, tries, at, by = SurveyState.OPEN, Answers(), "", 0, "", ""
    for fact in in_order(facts):
        if fact.verb == PLANNED:
            day = str(fact.body.get("day") or "")
            if state is SurveyState.OPEN:
                state = SurveyState.PLANNED
        elif fact.verb == VISITED:
            outcome = str(fact.body.get("outcome", ""))
            tries, at, by, day = tries + 1, fact.at.isoformat(), fact.operator_name, ""
            if outcome == Outcome.ANSWERED:
                state, answers = SurveyState.SURVEYED, answers_from_json(fact.body.get("answers", {}))
            elif outcome == Outcome.REFUSED and state is not SurveyState.SURVEYED:
                state = SurveyState.REFUSED
            elif outcome == Outcome.NOT_HOME and state in TO_GO:
                state, day = SurveyState.NOT_HOME, str(fact.body.get("day") or "")
    return Survey(state, answers, day, tries, at, by)


def problems_of(outcome: Outcome, answers: Answers) -> tuple[Problem, ...]:
    """Return what an answered door still lacks before it can be kept: who lives there."""
    if outcome is Outcome.ANSWERED and answers.lives is Lives.UNKNOWN:
        return (Problem("survey_lives", "survey.lives"),)
    return ()


def answers_to_json(answers: Answers) -> dict[str, Any]:
    """Return answers as plain JSON values, without what is not known."""
    given = {name: getattr(answers, name) for name in _NAMES}
    return {name: value for name, value in given.items() if value not in ("", None, False) or name in PAPERS}


def answers_from_json(value: Any) -> Answers:
    """Inverse of `answers_to_json`; what is no answer counts as not known."""
    if not isinstance(value, Mapping):
        return Answers()
    lives = str(value.get("lives", ""))
    given: dict[str, Any] = {name: str(value.get(name) or "") for name in _TEXTS}
    given |= {name: _perhaps(value.get(name)) for name in PAPERS}
    given |= {name: value.get(name) is True for name in _WISHES}
    return Answers(lives=Lives(lives) if lives in set(Lives) else Lives.UNKNOWN, **given)


_TEXTS = ("owner", "phone", "papers_held", "obstacle", "note")
_WISHES = ("wants_visit", "wants_evening")
_NAMES = ("lives", *_TEXTS, *PAPERS, *_WISHES)


def _perhaps(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


@dataclass(frozen=True)
class Tally:
    """How far the survey of one building, or of all, is; `homes` includes those nobody went to."""

    homes: int = 0
    surveyed: int = 0
    refused: int = 0
    not_home: int = 0
    planned: int = 0

    @property
    def done(self) -> int:
        """Doors that need no further call."""
        return self.surveyed + self.refused


def tally(states: Iterable[str]) -> Tally:
    """Return the figures of these households; a state that is not known counts as open."""
    counts: dict[str, int] = {}
    homes = 0
    for state in states:
        homes += 1
        counts[state] = counts.get(state, 0) + 1
    return Tally(homes, *(counts.get(name, 0) for name in ("surveyed", "refused", "not_home", "planned")))
