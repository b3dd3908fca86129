"""Every failure a person can meet: a code, its parameters, and whose move it is."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """Whose move it is: the person mends the input, the machine is looked after, or it is our bug."""

    INPUT = "input"
    MACHINE = "machine"
    CENTRE = "centre"
    BUG = "bug"


@dataclass(frozen=True)
class Problem:
    """One thing that stands in the way, in a form that any language can word.

    `code` names the entry in reference/wording.json, `field` the form field it belongs to
    ("" where it belongs to none), `params` fill the wording. No parameter carries personal data
    that the person in front of the screen did not just type.
    """

    code: str
    field: str = ""
    params: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "params", MappingProxyType(dict(self.params)))

    def __hash__(self) -> int:
        return hash((self.code, self.field, tuple(sorted(self.params.items()))))


class JilaiError(Exception):
    """Base of the failures that have words; `str()` shows the code alone, so logs stay free of data."""

    kind: Kind = Kind.BUG

    def __init__(self, code: str, *, field: str = "", **params: str) -> None:
        super().__init__(code)
        self.problem = Problem(code, field, params)

    @property
    def code(self) -> str:
        return self.problem.code


class InputError(JilaiError):
    """The person's input has to change."""

    kind = Kind.INPUT


class MachineError(JilaiError):
    """This machine needs attention: disk, device, printer, clock."""

    kind = Kind.MACHINE


class CentreError(JilaiError):
    """The centre, or the road to it, answered no or not at all."""

    kind = Kind.CENTRE


class RuleError(InputError):
    """An operation was refused because rules are not met; carries all of them at once."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("rules_not_met", count=str(len(problems)))
        self.problems = problems
