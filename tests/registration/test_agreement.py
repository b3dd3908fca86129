"""Papers and entries: what agrees, what is offered, what differs, and that a wrong number is never taken."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registration.agreement import (
    Comparison,
    Entry,
    Outcome,
    ReadPage,
    compare,
    household_said,
    taken,
)
from registration.application_value import Application
from registration.page_reading import FieldValue, PageReading, reading_from_json, reading_to_json
from registration.parties import Party
from registration.property_unit import Household
from registration.representation import Agent
from tests.registration.cases import BUYER, HOUSEHOLD, WIFE, application


def read(kind: str, left_out: dict[str, str] | None = None, **fields: FieldValue) -> ReadPage:
    return ReadPage(f"p-{kind}", "row", PageReading(kind, 0.9, fields, left_out=left_out or {}))


def found(case: Application, *pages: ReadPage, home: Household | None = HOUSEHOLD) -> list[Comparison]:
    return list(compare(case, home, pages))


def outcomes(case: Application, *pages: ReadPage, home: Household | None = HOUSEHOLD) -> dict[str, str]:
    return {one.entry.value: one.outcome.value for one in found(case, *pages, home=home)}


CONTRACT = read(
    "purchase_contract", buyer=BUYER.name, id_number=BUYER.document_number, floor_area=98.5, price=560000,
    seller="金河置业(集团)有限公司",
)  # fmt: skip


def test_a_contract_of_the_applicant_and_the_household_agrees_throughout():
    assert outcomes(application(), CONTRACT) == {"name": "agrees", "id_number": "agrees", "area": "agrees"}


def test_an_empty_form_is_offered_everything_that_a_card_says_and_takes_it_at_once():
    case = application(parties=(Party(),))
    card = read("id_card_front", name="张立群", id_number="11010519491231002X", address="河湾东路188号")
    offered = found(case, card)
    assert {one.outcome for one in offered} == {Outcome.OFFERED}
    party = taken(case, offered).parties[0]
    assert (party.name, party.document_number, party.address) == (
        "张立群", "11010519491231002X", "河湾东路188号",
    )  # fmt: skip


def test_a_number_written_otherwise_is_the_same_number():
    case = application(parties=(replace(BUYER, document_number="110105 19491231 002x"),))
    assert outcomes(case, CONTRACT)["id_number"] == "agrees"


def test_another_number_beside_the_same_name_differs_and_keeps_both_values():
    card = read("id_card_front", name=BUYER.name, id_number="620102198503071231")
    (number,) = [one for one in found(application(), card) if one.entry is Entry.ID_NUMBER]
    assert (number.outcome, number.said, number.entered) == (
        Outcome.DIFFERS, "620102198503071231", BUYER.document_number,
    )  # fmt: skip


def test_a_number_that_fails_its_own_check_is_never_offered():
    case = application(parties=(Party(name=BUYER.name),))
    card = read("id_card_front", {"id_number": "check_failed"}, name=BUYER.name)
    (number,) = [one for one in found(case, card) if one.entry is Entry.ID_NUMBER]
    assert number.outcome is Outcome.NOT_BELIEVED and number.open and not number.may_take
    assert taken(case, [number]) == case


def test_a_number_that_was_merely_hard_to_read_asks_for_nothing():
    card = read("id_card_front", {"id_number": "unsure"}, name=BUYER.name)
    assert "id_number" not in outcomes(application(), card)


def test_each_card_finds_its_own_party_whatever_their_order():
    case = application(parties=(BUYER, WIFE))
    card = read("id_card_front", name=WIFE.name, id_number=WIFE.document_number)
    assert {(one.party, one.outcome) for one in found(case, card)} == {(1, Outcome.AGREES)}


def test_an_agents_card_is_no_conflict_with_the_applicant():
    agent = Agent(name="丁博", document_number="620102199001017715")
    case = application(parties=(replace(BUYER, agent=agent),))
    assert found(case, read("id_card_front", name="丁博", id_number="620102199001017715")) == []


def test_the_spouse_on_a_marriage_certificate_is_offered_as_co_owner_until_there():
    paper = read("marriage_certificate", holders=(BUYER.name, WIFE.name))
    (name, spouse) = found(application(), paper)
    assert (name.outcome, spouse.entry, spouse.outcome, spouse.said) == (
        Outcome.AGREES, Entry.CO_OWNER, Outcome.OFFERED, WIFE.name,
    )  # fmt: skip
    both = taken(application(), [spouse])
    assert [party.name for party in both.parties] == [BUYER.name, WIFE.name]
    assert {one.outcome for one in found(both, paper)} == {Outcome.AGREES}


def test_a_marriage_of_two_strangers_differs_and_offers_nobody():
    assert [(one.entry, one.outcome) for one in found(
        application(), read("marriage_certificate", holders=("麻新梓", "韩珍梓"))
    )] == [(Entry.NAME, Outcome.DIFFERS)]  # fmt: skip


def test_buyers_beside_the_first_are_parties_or_offered():
    contract = replace(CONTRACT, reading=replace(
        CONTRACT.reading, fields={"buyer": f"{BUYER.name}、{WIFE.name}"}
    ))  # fmt: skip
    assert outcomes(application(), contract) == {"name": "agrees", "co_owner": "offered"}


def test_invoices_are_paid_by_a_party_to_the_seller_and_make_up_the_price():
    first = read("invoice", payer=BUYER.name, payee="金河置业（集团）有限公司", amount=500000)
    last = replace(
        read("invoice", payer=BUYER.name, payee="金河置业（集团）有限公司", amount=60000), page_id="p-2"
    )
    both = [one for one in found(application(), CONTRACT, first, last) if one.kind == "invoice"]
    assert {one.outcome for one in both} == {Outcome.AGREES}
    assert [one.said for one in both if one.entry is Entry.AMOUNT] == ["560,000"]
    only = [one for one in found(application(), CONTRACT, first) if one.entry is Entry.AMOUNT]
    assert [(one.outcome, one.said, one.entered) for one in only] == [(Outcome.DIFFERS, "500,000", "560,000")]


def test_an_invoice_of_another_payer_differs():
    (name,) = found(application(), read("invoice", payer="麻新梓"))
    assert (name.outcome, name.said, name.entered, name.may_take) == (
        Outcome.DIFFERS, "麻新梓", BUYER.name, False,
    )  # fmt: skip


def test_a_certificate_gives_number_and_place_and_is_held_against_the_building_table():
    paper = read(
        "real_estate_certificate", owners=(BUYER.name,),
        certificate_number="甘(2021)兰州市不动产权第0012345号",
        location="兰州市城关区雁滩路18号3幢2单元1201室", unit_code="620102001002GB00003F00010009",
        floor_area=98.49,
    )  # fmt: skip
    assert outcomes(application(), paper) == {
        "name": "agrees", "certificate_number": "offered", "location": "agrees", "unit_code": "differs",
        "area": "agrees",
    }  # fmt: skip
    (number,) = [one for one in found(application(), paper) if one.entry is Entry.CERTIFICATE]
    case = taken(application(), [number])
    assert case.certificate_number == "甘(2021)兰州市不动产权第0012345号"
    assert outcomes(replace(case, certificate_number="甘（2021）兰州市不动产权第0012345号"), paper)[
        "certificate_number"
    ] == "agrees"  # fmt: skip


@pytest.mark.parametrize(
    ("place", "fits"),
    [
        ("城关区雁滩路18号3号楼2单元1201", True),
        ("雁滩路 18 号 3 幢 2 单元 12 层 1201 室", True),
        ("雁滩路18号3号楼1单元1201", False),
        ("雁滩路18号3号楼2单元1202", False),
        ("3号楼2单元1201室内的家具", True),
        ("雁滩路", False),
    ],
)
def test_a_place_is_a_household_by_building_entrance_and_room(place: str, fits: bool):
    other = replace(HOUSEHOLD, id="h2", room="1301")
    assert household_said(place, [HOUSEHOLD, other]) == (HOUSEHOLD if fits else None)


def test_a_place_that_two_households_have_means_neither():
    assert household_said("3号楼2单元1201", [HOUSEHOLD, replace(HOUSEHOLD, id="h2")]) is None


def test_a_register_says_something_only_about_a_party():
    case = application(parties=(replace(BUYER, address=""),))
    child = read("household_register", name="张小宝", id_number="620102201501017711")
    head = read("household_register", head=BUYER.name, address="河湾东路188号")
    assert found(case, child) == []
    assert outcomes(case, head) == {"name": "agrees", "address": "offered"}


def test_what_was_decided_stays_decided_until_paper_or_entry_change():
    card = read("id_card_front", name="麻新梓")
    kept = {"name": {"choice": "entered", "read": "麻新梓", "entered": BUYER.name}}
    decided = replace(card, confirmed=kept)
    assert outcomes(application(), card) == {"name": "differs"}
    assert outcomes(application(), decided) == {"name": "kept"}
    renamed = application(parties=(replace(BUYER, name="张力群"),))
    assert outcomes(renamed, decided) == {"name": "differs"}


def test_a_reading_comes_back_from_its_text_and_a_strange_text_is_none():
    reading = PageReading(
        "marriage_certificate", 0.9, {"holders": ("甲", "乙"), "amount": 12.5},
        {"holders": 0.99, "amount": 0.9},
        {"certificate_number": "unsure"}, (("glare", "warn"),), ("marriage",),
    )  # fmt: skip
    assert reading_from_json(reading_to_json(reading)) == reading
    for strange in ("", "{}", "[1]", '{"kind": 3}', "not json", '{"kind":"x","confidence":0,"fields":[]}'):
        assert reading_from_json(strange) is None
