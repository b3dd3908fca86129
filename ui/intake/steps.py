"""The eight parts of an intake, and which of them a problem belongs to."""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from registration.errors import Problem


class Step(StrEnum):
    """A part of the intake, in the order of the rail; the value is kept with the draft."""

    APPLICANT = "applicant"
    PROPERTY = "property"
    TYPE = "type"
    MATERIALS = "materials"
    INQUIRY = "inquiry"
    SIGNATURES = "signatures"
    FEES = "fees"
    REVIEW = "review"

    @property
    def number(self) -> int:
        """Return its place in the rail, from 1."""
        return tuple(Step).index(self) + 1

    def neighbour(self, by: int) -> Step | None:
        """Return the step `by` places on (1) or back (-1), None past either end."""
        index = self.number - 1 + by
        return tuple(Step)[index] if 0 <= index < len(Step) else None


def step_of(problem: Problem) -> Step:
    """Return the step whose entry a problem names; what belongs nowhere is seen in the review."""
    room = problem.field.partition(".")[0]
    return Step(room) if room in set(Step) else Step.REVIEW


def entry_of(problem: Problem) -> str:
    """Return the entry inside its step: "name", "1.guardian_name", "household", or the code of a row."""
    return problem.field.partition(".")[2]


def of_step(problems: Iterable[Problem], step: Step) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if step_of(problem) is step)


def place_of(screen: str) -> dict[str, Any]:
    """Read where the operator was; a text that this program does not know only loses the place."""
    try:
        place = json.loads(screen) if screen else {}
    except ValueError:
        return {}
    return place if isinstance(place, dict) else {}
