"""The state machine, line by line, and the four outcomes: no case ends without a paper."""

from __future__ import annotations

from itertools import product

import pytest

from registration.errors import Problem
from registration.outcomes import Outcome, is_ours, outcome_of
from registration.states import (
    MOVES,
    CaseState,
    Mover,
    Paper,
    is_closed,
    may_become,
    move_of,
    problems_of_move,
)
from registration.wording import say

PAIRS = list(product(CaseState, CaseState))


def test_the_table_has_each_move_once_with_its_source():
    assert len({(move.now, move.then) for move in MOVES}) == len(MOVES)
    assert all(move.source for move in MOVES)


@pytest.mark.parametrize(("now", "then"), PAIRS)
def test_a_move_is_made_with_its_paper_or_not_at_all(now: CaseState, then: CaseState):
    without = problems_of_move(now, then, ())
    assert without  # never in silence
    if not may_become(now, then):
        assert [p.code for p in problems_of_move(now, then, tuple(Paper))] == ["move_forbidden"]
        return
    paper = move_of(now, then).paper
    assert [p.code for p in without] == ["paper_missing"]
    assert problems_of_move(now, then, (paper,)) == ()
    assert problems_of_move(now, then, set(Paper) - {paper}) == without
    assert say(without[0], "en").what != say(without[0], "zh").what


@pytest.mark.parametrize("state", CaseState)
def test_a_case_that_is_closed_was_closed_with_a_paper(state: CaseState):
    assert is_closed(state) == (
        state in (CaseState.REJECTED, CaseState.WITHDRAWN, CaseState.CERTIFICATE_ISSUED)
    )
    for move in MOVES:
        if move.then is state and is_closed(state):
            assert move.paper in (
                Paper.REFUSAL, Paper.REGISTRATION_REFUSAL, Paper.WITHDRAWAL, Paper.ISSUE_RECORD,
            )  # fmt: skip


def test_a_draft_that_nobody_asked_for_may_be_dropped_without_a_paper():
    drop = (CaseState.DRAFT, CaseState.WITHDRAWN)
    assert problems_of_move(*drop, (), anybody_applied=False) == ()
    assert problems_of_move(*drop, (), anybody_applied=True)
    assert problems_of_move(CaseState.DRAFT, CaseState.REJECTED, (), anybody_applied=False)


def test_the_applicant_may_withdraw_until_the_register():
    withdrawable = {move.now for move in MOVES if move.mover is Mover.APPLICANT}
    assert withdrawable == {CaseState.DRAFT, CaseState.RECEIVED, CaseState.RETURNED, CaseState.ACCEPTED}
    assert all(move.then is CaseState.WITHDRAWN for move in MOVES if move.mover is Mover.APPLICANT)


def test_the_four_outcomes():
    slip, paper = Problem("phone_missing", "applicant.phone"), Problem("material_missing", "materials.x")
    assert outcome_of(()) is Outcome.ACCEPT
    assert outcome_of((slip,)) is Outcome.CORRECT
    assert outcome_of((slip, paper)) is Outcome.REFUSE
    assert outcome_of((), ours=False) is Outcome.ELSEWHERE
    assert outcome_of((paper,), ours=False) is Outcome.ELSEWHERE
    papers = {outcome: outcome.paper for outcome in Outcome}
    assert papers == {
        Outcome.ACCEPT: Paper.INTAKE_RECEIPT,
        Outcome.CORRECT: None,
        Outcome.REFUSE: Paper.REFUSAL,
        Outcome.ELSEWHERE: Paper.REFUSAL,
    }


@pytest.mark.parametrize(
    ("division", "served", "ours"),
    [
        ("620102", [], True),
        ("620102", ["620102"], True),
        ("620102", ["620103"], False),
        ("620102", ["620100"], True),
        ("621002", ["621000"], True),
        ("621102", ["621000"], False),
        ("621102", ["620000"], True),
        ("630102", ["620000"], False),
    ],
)
def test_whose_property_it_is(division: str, served: list[str], ours: bool):
    assert is_ours(division, served) is ours
