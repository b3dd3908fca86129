"""What a window cannot see: checks that wait for the online check (待联网核验), and their outcomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from registration.packs import CHECKS, PackSet


class CheckResult(StrEnum):
    """What the centre found."""

    WAITING = "waiting"
    PASSED = "passed"
    STOPS = "stops"  # something in the register stands against the case


@dataclass(frozen=True)
class CentralCheck:
    """One check of the centre on one case."""

    code: str
    zh: str
    en: str
    result: CheckResult = CheckResult.WAITING
    note: str = ""

    def name(self, language: str) -> str:
        return self.en if language.startswith("en") else self.zh


def checks_for(type_code: str, packs: PackSet) -> tuple[CentralCheck, ...]:
    """Return the checks that a case of this type waits for, in the pack's order.

    Source: validators of production registration systems (seizure, objection, mortgage, pending cases …);
    offline a window lists them as waiting and never as passed. The list is the pack `central_checks`.
    """
    return tuple(
        CentralCheck(check["code"], check["zh"], check["en"])
        for check in packs[CHECKS]["checks"]
        if type_code in check.get("types", (type_code,))
    )


def with_outcomes(
    checks: Sequence[CentralCheck], outcomes: Sequence[CentralCheck]
) -> tuple[CentralCheck, ...]:
    """Return the checks with what the centre found; an outcome of an unknown check comes at the end."""
    found = {outcome.code: outcome for outcome in outcomes}
    known = tuple(
        CentralCheck(c.code, c.zh, c.en, found[c.code].result, found[c.code].note) if c.code in found else c
        for c in checks
    )
    codes = {check.code for check in checks}
    return (*known, *(outcome for outcome in outcomes if outcome.code not in codes))


def waiting(checks: Sequence[CentralCheck]) -> tuple[CentralCheck, ...]:
    """Return those that still wait for the online check."""
    return tuple(check for check in checks if check.result is CheckResult.WAITING)
