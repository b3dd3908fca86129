"""How an intake ends: the four outcomes of the regulation, decided by what stands in the way."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import StrEnum

from registration.application_value import Application
from registration.errors import Problem
from registration.legacy import CaseSource
from registration.states import Paper

# What cannot be put right while the applicant stands there: another paper, another body, another day.
_NOT_ON_THE_SPOT = frozenset(
    {
        "material_missing",
        "material_pages",
        "project_not_registered",
        "hard_stop",
        "category_blocks",
        "legacy_out_of_scope",
        "type_redirected",
        "type_appointment",
        "cross_province",
        "inquiry_must_be",
    }
)


class Outcome(StrEnum):
    """The four outcomes of 不动产登记暂行条例 art. 17."""

    ACCEPT = "accept"  # 一 齐全、符合法定形式
    CORRECT = "correct"  # 二 可以当场更正
    REFUSE = "refuse"  # 三 不予受理 + 一次性告知
    ELSEWHERE = "elsewhere"  # 四 不属于本机构登记范围

    @property
    def paper(self) -> Paper | None:
        """Return the paper that the applicant takes home; None where the entry is corrected first."""
        return _PAPERS[self]


_PAPERS = {
    Outcome.ACCEPT: Paper.INTAKE_RECEIPT,
    Outcome.CORRECT: None,
    Outcome.REFUSE: Paper.REFUSAL,
    Outcome.ELSEWHERE: Paper.REFUSAL,
}


def outcome_of(problems: Sequence[Problem], *, ours: bool = True) -> Outcome:
    """Return the outcome of an intake from everything that stands in its way (see `what_is_missing`).

    `ours`: the property lies in this registration body's area (see `is_ours`).
    Source: 不动产登记暂行条例 art. 17, first paragraph: (1) accept, (2) have it corrected on the spot, then
    accept, (3) refuse in writing and tell once everything that is missing, (4) refuse in writing and name the
    body that has the right to register.
    """
    if not ours:
        return Outcome.ELSEWHERE
    if not problems:
        return Outcome.ACCEPT
    if any(problem.code in _NOT_ON_THE_SPOT for problem in problems):
        return Outcome.REFUSE
    return Outcome.CORRECT


def anybody_applied(application: Application, pages: int) -> bool:
    """Say whether somebody has said or handed over anything for a draft, so that it may not just be dropped.

    Names that a developer listed for a hand-over day are not an application of theirs; `pages` is how many
    pages were captured.
    Source: 不动产登记暂行条例 art. 17, last paragraph.
    """
    if pages or application.answers or application.signatures:
        return True
    if application.source is CaseSource.ON_DELIVERY:
        return False
    return any(
        text.strip()
        for party in application.parties
        for text in (party.name, party.document_number, party.phone, party.address)
    )


def is_told_in_writing(problem: Problem) -> bool:
    """Say whether a problem stands on the notice: it cannot be put right while the applicant stands there.

    Source: 不动产登记暂行条例 art. 17(2) and (3).
    """
    return problem.code in _NOT_ON_THE_SPOT


def is_ours(division: str, divisions: Collection[str]) -> bool:
    """Say whether a property's county is one that the registration body serves (any, where it names none).

    A body of a prefecture (6201 00) serves all counties below it.
    Source: 不动产登记暂行条例 art. 7.
    """
    return not divisions or any(division.startswith(_area(each)) for each in divisions)


def _area(division: str) -> str:
    """Return what the codes of a province, a prefecture or a county begin with (GB/T 2260)."""
    if division.endswith("0000"):
        return division[:2]
    return division[:4] if division.endswith("00") else division
