"""What takes two persons is not done by one, whoever calls the operation and whatever it is told."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from registration.errors import InputError
from registration.rights import PAIRED, PairedAct, Role, may
from storage import collecting, people, voiding
from storage.device import put_operator
from storage.second_person import Alone, Second
from storage.values import Who
from tests.storage.evening import Evening
from tests.storage.test_collecting import certified

ZHAO = {"id": "o-3", "account": "zhao", "name": "赵敏", "role": "operator"}
LI = {"id": "o-2", "account": "li", "name": "李娟", "role": "helper"}
SUN = {"id": "o-4", "account": "sun", "name": "孙立", "role": "operator", "active": False}
SECOND = Who("o-3", "赵敏", "A03")


@pytest.fixture
def team(evening: Evening) -> Evening:
    for fact in (ZHAO, LI, SUN):
        evening.write(put_operator, fact)
    return evening


def take_back(evening: Evening, second: Second | None) -> None:
    issued = certified(evening)
    given: Any = {"fact_id": "f-2", "application_id": issued.application_id, "why": "错发", "second": second}
    evening.write(collecting.take_back, evening.who, evening.now, **given)


def refusal(evening: Evening, act: PairedAct, second: Second | None) -> str:
    with pytest.raises(InputError) as refused:
        if act is PairedAct.VOID_RECEIPT:
            number = evening.submitted().number
            evening.write(voiding.void_receipt, evening.who, evening.now, number, "重开", "v", second)
        elif act is PairedAct.TAKE_BACK_HAND_OVER:
            take_back(evening, second)
        else:
            evening.write(people.note_dismissed, evening.who, evening.now, "li", second)
    return refused.value.code


@pytest.mark.parametrize("act", list(PairedAct))
@pytest.mark.parametrize(
    ("second", "code"),
    [
        (None, "second_person_missing"),
        (Who("o-1", "王海燕", "A03"), "second_person_unable"),  # the one who began it
        (Who("o-1", "赵敏", "A03"), "second_person_unable"),  # the same by another name
        (Who("o-2", "李娟", "A03"), "second_person_unable"),  # called an operator, and is a helper
        (Who("o-4", "孙立", "A03"), "second_person_unable"),  # has no rights any more
        (Who("o-9", "周", "A03"), "second_person_unable"),  # nobody of the team
    ],
)
def test_nobody_else_confirms(team: Evening, act: PairedAct, second: Who | None, code: str) -> None:
    assert refusal(team, act, second) == code
    assert team.sql("SELECT count(*) FROM audit WHERE action IN ('receipt_voided', 'person_dismissed')")[
        0
    ] == (0,)


def test_both_are_on_record(team: Evening) -> None:
    receipt = team.submitted()
    team.write(voiding.void_receipt, team.who, team.now, receipt.number, "重开", "v", SECOND)
    team.write(people.note_dismissed, team.who, team.now, "li", SECOND)
    for action in ("receipt_voided", "person_dismissed"):
        row = team.sql("SELECT operator_id, details FROM audit WHERE action = ?", action)[0]
        details = json.loads(row[1])
        assert (row[0], details["second"], details["second_name"]) == ("o-1", "o-3", "赵敏")


def test_alone_with_a_reason_a_receipt_is_voided_and_nobody_is_removed(team: Evening) -> None:
    assert refusal(team, PairedAct.REMOVE_PERSON, Alone("夜间一人")) == "second_person_missing"
    assert refusal(team, PairedAct.VOID_RECEIPT, Alone("  ")) == "alone_reason_missing"
    receipt = team.submitted()
    team.write(voiding.void_receipt, team.who, team.now, receipt.number, "重开", "v2", Alone(" 夜间一人 "))
    row = team.sql("SELECT details FROM audit WHERE action = 'receipt_voided'")[0]
    assert json.loads(row[0]) == {"receipt": receipt.number, "reason": "重开", "alone": "夜间一人"}


def test_whoever_is_removed_does_not_confirm_it(team: Evening) -> None:
    with pytest.raises(InputError) as refused:
        team.write(people.note_dismissed, team.who, team.now, "zhao", SECOND)
    assert refused.value.code == "second_person_unable"


def test_a_right_that_the_first_one_lacks_is_not_lent(team: Evening) -> None:
    receipt = team.submitted()
    helper = replace(team.who, role=Role.HELPER)
    with pytest.raises(InputError) as refused:
        team.write(voiding.void_receipt, helper, team.now, receipt.number, "重开", "v", SECOND)
    assert refused.value.code == "not_allowed"


def test_every_pair_can_be_made_of_operators() -> None:
    assert set(PAIRED) == set(PairedAct)
    assert all(may(Role.OPERATOR, rule.act) for rule in PAIRED.values())
