"""What is wrong or missing with a person is said once, at its field."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from registration.parties import DocumentKind, Party, problems_of
from registration.wording import say
from tests.registration.strategies import TODAY, parties

GOOD = Party(name="张立群", document_number="11010519491231002X", phone="13812345678")


def found(party: Party) -> list[tuple[str, str]]:
    return [(p.code, p.field) for p in problems_of(party, today=TODAY)]


def test_a_complete_person_has_no_problem():
    assert found(GOOD) == []


def test_an_empty_person_is_told_everything_at_once_in_the_order_of_the_form():
    assert found(Party()) == [
        ("name_missing", "applicant.name"),
        ("id_number_missing", "applicant.id_number"),
        ("phone_missing", "applicant.phone"),
    ]


def test_blanks_are_not_an_entry():
    assert found(Party(name="  ", document_number="\u3000", phone="\t")) == found(Party())


@pytest.mark.parametrize("name", ["张?群", "张？群", "张□群", "张\ufffd群", "张2群", "张２群"])
def test_a_name_with_a_lost_character_is_refused(name: str):
    assert found(replace(GOOD, name=name)) == [("name_characters", "applicant.name")]


@pytest.mark.parametrize("name", ["𠮷野", "㛃", "阿依古丽·买买提", "龘", "Zhang Liqun", "陈\ue863"])
def test_rare_and_long_names_are_names(name: str):
    assert found(replace(GOOD, name=name)) == []


def test_a_wrong_number_and_a_wrong_telephone_keep_their_reason_and_parameters():
    problems = problems_of(replace(GOOD, document_number="123", phone="12"), today=TODAY, where="applicant.1")
    assert [(p.code, p.field) for p in problems] == [
        ("id_number_length", "applicant.1.id_number"),
        ("phone_number", "applicant.1.phone"),
    ]
    assert problems[0].params == {"length": "3"}
    assert "3 位" in say(problems[0]).what


def test_a_licence_is_not_held_against_the_rule_for_persons():
    firm = replace(
        GOOD,
        name="第3建筑公司",
        document_kind=DocumentKind.BUSINESS_LICENCE,
        document_number="91350100M000100Y43",
        representative="李建国",
    )
    assert found(firm) == []
    assert found(replace(firm, representative=" ")) == [
        ("representative_missing", "applicant.representative")
    ]
    assert found(replace(firm, document_number="91350100M000100Y44")) == [
        ("credit_code_check", "applicant.id_number")
    ]


@given(parties)
def test_any_entry_is_judged_without_falling_over(party: Party):
    for problem in problems_of(party, today=TODAY):
        assert problem.field.startswith("applicant.")
        assert all(say(problem, language).title for language in ("zh", "en"))
