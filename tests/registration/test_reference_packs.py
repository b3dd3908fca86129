"""Every shipped pack keeps to its schema, refers only to what is there, and is whole in both languages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError  # type: ignore[import-untyped]

from registration.checklist import Need, checklist_from_pack, offered_types, types_of
from registration.conditions import ANSWER, FACTS, condition_from_data, named
from registration.filing import SingleReason
from registration.identifiers import parse_id_number
from registration.packs import (
    CATEGORIES,
    CHECKS,
    DEPARTMENTS,
    DIVISIONS,
    FEES,
    INQUIRY,
    LISTS,
    OTHER_PACKS,
    POLICIES,
    RARE_CHARACTERS,
    RULE_PACKS,
    TYPES,
    shipped,
)
from registration.parties import DocumentKind
from registration.shares import CoOwnership
from tests.registration.strategies import TODAY, check_character

NAMES = (*RULE_PACKS, *OTHER_PACKS)
REFERENCE = resources.files("registration.reference")


def schema_of(name: str) -> dict[str, Any]:
    text = REFERENCE.joinpath("schemas", f"{name}.schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


@pytest.mark.parametrize("name", NAMES)
def test_each_pack_keeps_to_its_schema(name: str):
    schema = schema_of(name)
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(json.dumps(dict(shipped()[name]))))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "harm",
    [
        lambda pack: pack.pop("source"),
        lambda pack: pack.update(version="newest"),
        lambda pack: pack.update(effective_from="soon"),
        lambda pack: pack.update(name="another"),
        lambda pack: pack.update(surprise=1),
    ],
)
def test_a_harmed_pack_is_refused(name: str, harm: Any):
    pack = json.loads(json.dumps(dict(shipped()[name])))
    harm(pack)
    with pytest.raises(ValidationError):
        Draft202012Validator(schema_of(name)).validate(pack)


def test_a_critical_paper_that_may_be_deferred_is_refused():
    pack = json.loads(json.dumps(dict(shipped()[TYPES])))
    pack["rows"]["purchase_contract"]["deferrable"] = True
    with pytest.raises(ValidationError):
        Draft202012Validator(schema_of(TYPES)).validate(pack)


def test_every_schema_belongs_to_a_pack_and_every_pack_is_listed():
    schemas = {p.name.removesuffix(".schema.json") for p in REFERENCE.joinpath("schemas").iterdir()}
    assert schemas == set(NAMES)
    files = {p.name.removesuffix(".json") for p in REFERENCE.iterdir() if p.name.endswith(".json")}
    of_printing_and_words = {n for n in files if n.startswith(("forms", "paper_")) or n == "wording"}
    of_the_machine = {"retention", "privacy_notice"}  # no case is pinned to them
    assert files - of_printing_and_words - of_the_machine == set(NAMES)


# -- registration types -------------------------------------------------------------------------------------

ALL_TYPES = [code for code, *_ in types_of(shipped()[TYPES])]


@pytest.mark.parametrize("type_code", ALL_TYPES)
def test_a_type_is_whole_and_its_conditions_ask_for_what_exists(type_code: str):
    checklist = checklist_from_pack(shipped()[TYPES], type_code)
    questions = shipped()[INQUIRY]["questions"]
    departments = shipped()[DEPARTMENTS]["departments"]
    codes = [item.code for item in checklist.items]
    assert len(set(codes)) == len(codes)
    assert checklist.default_subtype in {"", *(s.code for s in checklist.subtypes)}
    assert set(checklist.questions) <= set(questions)
    assert checklist.registration_code in shipped()[LISTS]["registration_kinds"]
    for item in checklist.items:
        assert item.en.isascii() and item.zh
        assert item.shared_by in {"", *departments}
        if item.condition is not None:
            assert item.need is Need.CONDITIONAL
            for fact in named(item.condition):
                known = fact.removeprefix(ANSWER) in checklist.questions
                assert known if fact.startswith(ANSWER) else fact in FACTS, (item.code, fact)
    data = shipped()[TYPES]["types"][type_code]
    for subtype in _values_of("subtype", data):
        assert checklist.subtype(subtype) is not None, subtype


def _values_of(fact: str, value: Any) -> Iterator[str]:
    """Yield every value that conditions anywhere inside compare this fact with."""
    if isinstance(value, Mapping):
        if value.get("fact") == fact:
            yield from value.get("in", [value["is"]] if "is" in value else [])
        for part in value.values():
            yield from _values_of(fact, part)
    elif isinstance(value, list):
        for part in value:
            yield from _values_of(fact, part)


def test_every_type_that_a_window_takes_in_is_there():
    assert ALL_TYPES == [
        "new_housing_transfer", "second_hand_transfer", "change", "mortgage", "advance_notice",
        "certificate_replacement", "correction", "cancellation", "first_registration", "objection",
        "records_query", "inheritance", "seizure",
    ]  # fmt: skip
    offered = [code for code, _, _ in offered_types(shipped()[TYPES])]
    assert offered == [code for code in ALL_TYPES if code not in ("inheritance", "seizure")]
    chosen = {**shipped()[TYPES], "offered": ["mortgage", "change"]}
    assert [code for code, _, _ in offered_types(chosen)] == ["mortgage", "change"]


def test_only_the_three_services_cross_provinces():
    crossing = {t for t in ALL_TYPES if checklist_from_pack(shipped()[TYPES], t).cross_province}
    assert crossing == {"records_query", "mortgage", "advance_notice"}


def test_the_seven_reasons_are_listed_in_the_order_of_the_article():
    listed = shipped()[LISTS]["single_reasons"]
    assert list(listed) == [reason.value for reason in SingleReason]
    assert [entry["article"] for entry in listed.values()] == [f"14({n})" for n in range(1, 8)]


# -- problem categories, policies, lists ---------------------------------------------------------------------


def test_the_ten_categories_name_departments_papers_and_types_that_exist():
    body, departments = shipped()[CATEGORIES], shipped()[DEPARTMENTS]["departments"]
    assert list(body["categories"]) == [f"C{n}" for n in range(1, 11)]
    assert set(body["hard_stops"]) == {"collective_land", "dispute", "unsafe", "not_listed"}
    papers = {i.code for t in ALL_TYPES for i in checklist_from_pack(shipped()[TYPES], t).items}
    for category in body["categories"].values():
        assert {category["lead"], *category["assist"]} <= set(departments)
        for replaced in category["replaces"]:
            assert replaced["item"] in papers
            assert set(replaced["departments"]) <= set(departments)
        for block in category["blocks"]:
            assert set(block["types"]) <= set(ALL_TYPES)
            condition_from_data(block["when"])


def test_sixteen_departments_are_listed_and_those_that_nobody_confirmed_say_so():
    departments = shipped()[DEPARTMENTS]["departments"]
    assert len(departments) == 16
    assert departments["discipline"].get("verified", True)
    assert departments["petitions"]["verified"] is False


def test_the_ratios_of_the_programme():
    measures = shipped()[POLICIES]["policies"][shipped()[POLICIES]["default"]]["measures"]
    assert measures == {"resolved_ratio": "0.95", "buyers_ratio": "0.80", "project_transfer_over": "0.25"}


def test_gansu_has_fourteen_prefectures_and_eighty_six_counties():
    divisions = shipped()[DIVISIONS]
    assert (len(divisions["prefectures"]), len(divisions["counties"])) == (14, 86)
    for code, county in divisions["counties"].items():
        assert county["in"] == f"{code[:4]}00"
        assert county["in"] in divisions["prefectures"]
    assert all(entry["now"] in divisions["counties"] for entry in divisions["retired"].values())
    assert not set(divisions["retired"]) & set(divisions["counties"])


def test_a_number_of_any_county_is_read():
    divisions = shipped()[DIVISIONS]
    for code in (*divisions["counties"], *divisions["retired"], *divisions["statistical"]):
        first17 = f"{code}19850307123"
        assert parse_id_number(first17 + check_character(first17), today=TODAY).division == code


def test_the_lists_name_every_value_of_the_program_and_nothing_else():
    lists = shipped()[LISTS]
    assert set(lists["document_kinds"]) == {kind.value for kind in DocumentKind}
    assert {k: v["code"] for k, v in lists["co_ownership"].items()} == {
        kind.value: str(index) for index, kind in enumerate(CoOwnership)
    }
    assert len(lists["nations"]) == 58
    assert set(lists["nations_first"]) <= set(lists["nations"])
    assert [level for level, entry in lists["satisfaction"].items() if entry["reason"]] == ["2", "1"]


def test_the_fees_and_the_checks():
    fees = shipped()[FEES]["fees"]
    assert {code: fee["price"] for code, fee in fees.items()} == {
        "housing": "80", "other": "550", "parking": "80", "extra_certificate": "10",
    }  # fmt: skip
    for check in shipped()[CHECKS]["checks"]:
        assert set(check.get("types", [])) <= set(ALL_TYPES)


def test_the_private_use_characters_agree_with_the_codec_where_it_knows_them():
    table = shipped()[RARE_CHARACTERS]["private_use"]
    assert len(table) == 106
    trail = [*range(0x50, 0x7F), *range(0x80, 0xA1)]
    for offset, low in enumerate(trail):
        old = f"{0xE815 + offset:04X}"
        decoded = bytes([0xFE, low]).decode("gb18030")
        if f"{ord(decoded):04X}" != old:  # the codec has moved it too
            assert table[old] == f"{ord(decoded):04X}"
    beyond = {old: new for old, new in table.items() if len(new) == 5}
    assert beyond == {
        "E816": "20087", "E817": "20089", "E818": "200CC", "E831": "215D7", "E83B": "2298F", "E855": "241FE",
    }  # fmt: skip
