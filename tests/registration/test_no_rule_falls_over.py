"""Whatever is typed, sent or stored: every rule judges it, and each judgement has words in both languages."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registration.application import Application, application_from_json, application_to_json
from registration.case_facts import facts_of
from registration.certificates import parse_certificate_number, parse_print_serial
from registration.checklist import Checklist, checklist_from_pack, types_of
from registration.codes import parse_credit_code, parse_licence_number, parse_organisation_code
from registration.compound_file import CompoundFile, Land
from registration.conditions import FACTS
from registration.documents import DocumentKind, parse_document
from registration.errors import InputError, Problem
from registration.identifiers import parse_id_number, parse_phone, parse_unit_code
from registration.materials import rows_of
from registration.minding import what_to_mind
from registration.missing import what_is_missing
from registration.mortgage import parse_amount
from registration.outcomes import outcome_of
from registration.packs import TYPES, shipped
from registration.property_unit import Household, ProjectRegistration
from registration.shares import parse_share
from registration.unit_codes import read_unit_code
from registration.wording import LANGUAGES, catalogue, say
from tests.registration.strategies import CATEGORIES, TODAY, any_text, applications, days, nasty_text, pages

CHECKLISTS = [checklist_from_pack(shipped()[TYPES], code) for code, *_ in types_of(shipped()[TYPES])]
demanding = st.sampled_from(CHECKLISTS).flatmap(
    lambda found: st.sets(st.sampled_from(["inquiry", "signatures", "subtype"])).map(
        lambda demands: dataclasses.replace(found, demands=frozenset(demands))
    )
)
files = st.builds(
    CompoundFile,
    any_text,
    any_text,
    st.sampled_from(ProjectRegistration),
    st.lists(st.one_of(any_text, st.sampled_from(CATEGORIES)), max_size=4).map(tuple),
    st.booleans(),
    developer_gone=st.booleans(),
    land=st.sampled_from(Land),
    sold_on=days,
    urban_housing=st.none() | st.booleans(),
    listed=st.none() | st.booleans(),
    policy=st.sampled_from(["", "national_2025", "nowhere"]),
    hard_stops=st.lists(st.sampled_from(["dispute", "unknown_stop"]), max_size=2).map(tuple),
)
homes = st.none() | st.builds(
    Household, any_text, any_text, any_text, any_text, st.integers(), any_text, nasty_text, any_text, any_text
)


def spoken(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        assert problem.code in catalogue(), problem.code
        assert problem.field
        for language in LANGUAGES:
            words = say(problem, language)
            assert words.title and words.what and words.remedy


@given(applications, demanding, st.lists(pages, max_size=3), homes, st.none() | files)
def test_any_case_is_judged(
    application: Application, checklist: Checklist, held: list[Any], home: Any, file: CompoundFile | None
):
    found = what_is_missing(application, checklist, held, home, None, today=TODAY, file=file)
    spoken(found)
    assert outcome_of(found)
    facts = facts_of(application, checklist, home, file, today=TODAY)
    assert set(FACTS) <= set(facts)
    rows = rows_of(application, checklist, held, file, facts, shipped())
    assert [row.item for row in rows] == list(checklist.items)
    spoken(what_to_mind(application, checklist, rows, home, file, shipped(), today=TODAY))
    again = what_is_missing(application, checklist, held, home, None, today=TODAY, file=file)
    assert again == found  # the same facts, the same judgement


@given(applications)
def test_all_facts_survive_json_text(application: Application):
    written = json.loads(json.dumps(application_to_json(application)))
    assert application_from_json(written) == application


READERS = (
    lambda text: parse_id_number(text, today=TODAY),
    parse_phone,
    parse_unit_code,
    read_unit_code,
    parse_credit_code,
    parse_licence_number,
    parse_organisation_code,
    lambda text: parse_certificate_number(text, today=TODAY),
    parse_print_serial,
    parse_amount,
    parse_share,
    *[(lambda text, kind=kind: parse_document(kind, text, today=TODAY)) for kind in DocumentKind],
)


@pytest.mark.parametrize("read", READERS)
@given(text=st.one_of(nasty_text, st.from_regex(r"\A[0-9A-ZＡ-Ｚ０-９（）()/%.\- ]{0,30}\Z")))
def test_any_text_is_read_or_refused_with_words(read: Any, text: str):
    try:
        read(text)
    except InputError as error:
        spoken((dataclasses.replace(error.problem, field="some.field"),))
