"""Who files, alone or together, in whose name and with what shares: each rule in a whole case."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registration.documents import DocumentKind
from registration.errors import InputError
from registration.filing import SingleReason, who_must_come
from registration.parties import Party, Role, is_minor
from registration.representation import Agent, Guardian, Mandate, MandateKind, Relation
from registration.shares import CoOwnership, parse_share, problems_of_shares
from tests.registration.cases import BASE, BUYER, CHILD, SELLER, WIFE, application, checklist, codes, problems
from tests.registration.strategies import TODAY, nasty_text

MOTHER = Guardian(
    "魏秀英", document_number="620102196203041226", phone="13893104567", relation=Relation.PARENT
)
SEEN = Mandate(MandateKind.WITNESSED, scope="申请登记、领证", witnesses=("王海燕",))
NOTARY = Mandate(MandateKind.NOTARISED, number="（2026）甘兰公证字第1号", scope="申请登记")
AGENT = Agent("陈卫东", document_number="620102197811052310", phone="13919876543", mandate=SEEN)
WITH_AGENT = (*BASE, "proxy", "agent_identity")


def person(**changes: Any) -> list[str]:
    return codes(
        application(parties=(replace(BUYER, **changes),)),
        papers=(*WITH_AGENT, "witness_photo", "guardianship", "representative_identity"),
    )


# -- wards and agents ------------------------------------------------------------------------------------


def test_a_minor_has_a_guardian_with_papers():
    assert is_minor(CHILD, today=TODAY)
    assert codes(application(parties=(CHILD,))) == ["guardian_missing", "material_missing"]
    ward = replace(CHILD, guardian=MOTHER)
    (paper,) = problems(application(parties=(ward,)))
    assert paper.field == "materials.guardianship"
    assert codes(application(parties=(ward,)), papers=(*BASE, "guardianship")) == []


def test_eighteen_on_the_birthday():
    born = Party(
        name="马小军", document_kind=DocumentKind.PASSPORT, document_number="E12345678", phone="13812345678"
    )
    assert is_minor(replace(born, birth="2008-11-25"), today=TODAY)
    assert not is_minor(replace(born, birth="2008-11-24"), today=TODAY)


def test_a_document_that_tells_no_birth_has_it_asked_for():
    foreign = {"document_kind": DocumentKind.PASSPORT, "document_number": "E12345678"}
    assert person(**foreign) == ["birth_missing"]
    assert person(**foreign, birth="1990-02-30") == ["date_malformed"]
    assert person(**foreign, birth="2030-01-01") == ["birth_future"]
    assert person(**foreign, birth="1990-02-03") == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": " "}, "other_name_missing"),
        ({"name": "魏?英"}, "name_characters"),
        ({"document_number": ""}, "other_number_missing"),
        ({"document_number": "620102196203041227"}, "id_number_check"),
        ({"document_number": "620102201501017711"}, "other_is_minor"),
    ],
)
def test_a_guardian_is_somebody(change: dict[str, Any], code: str):
    assert person(guardian=replace(MOTHER, **change)) == [code]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"phone": ""}, "other_phone_missing"),
        ({"phone": "12"}, "phone_number"),
        ({"mandate": replace(SEEN, witnesses=("",))}, "mandate_witness"),
        ({"mandate": replace(SEEN, scope=" ")}, "mandate_scope"),
        ({"mandate": replace(SEEN, valid_until="2026-11-23")}, "mandate_expired"),
        ({"mandate": replace(SEEN, valid_until="soon")}, "date_malformed"),
        ({"mandate": replace(NOTARY, number="")}, "mandate_number"),
    ],
)
def test_an_agent_brings_a_whole_mandate(change: dict[str, Any], code: str):
    assert person(agent=replace(AGENT, **change)) == [code]


def test_a_witnessed_mandate_has_its_photograph():
    case = application(parties=(replace(BUYER, agent=AGENT),))
    (photo,) = problems(case, papers=WITH_AGENT)
    assert (photo.code, photo.field) == ("material_missing", "materials.witness_photo")
    assert {p.field for p in problems(case)} == {
        "materials.proxy", "materials.agent_identity", "materials.witness_photo",
    }  # fmt: skip


def test_who_gives_a_right_away_has_the_mandate_notarised_or_witnessed():
    plain = replace(AGENT, mandate=Mandate(scope="申请登记"))
    assert person(agent=plain) == []  # a buyer's may be signed elsewhere
    seller = replace(WIFE, role=Role.OBLIGOR, agent=plain)
    assert "mandate_disposal" in codes(application(parties=(BUYER, seller)))
    for mandate in (SEEN, NOTARY):
        good = replace(seller, agent=replace(AGENT, mandate=mandate))
        assert "mandate_disposal" not in codes(application(parties=(BUYER, good)))


def test_mandates_from_outside_and_of_bodies():
    outside = replace(
        BUYER,
        document_kind=DocumentKind.PASSPORT,
        document_number="E12345678",
        birth="1980-01-01",
        agent=AGENT,
    )
    papers = (*WITH_AGENT, "witness_photo")
    assert codes(application(parties=(outside,)), papers=papers) == ["mandate_foreign"]
    firm = replace(SELLER, role=Role.RIGHT_HOLDER, agent=AGENT)
    assert codes(application(parties=(firm,)), papers=(*papers, "representative_identity")) == [
        "mandate_corporate"
    ]


# -- together or alone -----------------------------------------------------------------------------------


def filing(type_code: str, **changes: Any) -> list[str]:
    mine = ("single_reason", "obligor_missing", "right_holder_missing", "party_twice", "party_on_both_sides")
    return [code for code in codes(application(type_code, **changes)) if code in mine]


def test_a_sale_is_filed_by_both_sides():
    assert filing("second_hand_transfer", subtype="sale") == ["obligor_missing"]
    assert filing("second_hand_transfer", subtype="sale", parties=(BUYER, SELLER)) == []
    assert filing("new_housing_transfer") == []  # the developer's standing mandate


@pytest.mark.parametrize("reason", SingleReason)
def test_one_side_alone_needs_a_reason_that_the_sub_type_allows(reason: SingleReason):
    auction = filing("second_hand_transfer", subtype="auction", single_reason=reason)
    assert auction == ([] if reason is SingleReason.LEGAL_DOCUMENT else ["single_reason"])
    merger = filing("second_hand_transfer", subtype="merger", single_reason=reason)
    assert merger == ([] if reason is SingleReason.OTHER_LAW else ["single_reason"])


def test_who_stands_where():
    assert filing("second_hand_transfer", subtype="gift", parties=(SELLER,)) == ["right_holder_missing"]
    both = (BUYER, replace(BUYER, role=Role.OBLIGOR, document_number="11010519491231002x"))
    assert filing("second_hand_transfer", subtype="gift", parties=both) == ["party_on_both_sides"]
    twice = (BUYER, BUYER)
    assert filing("new_housing_transfer", parties=twice) == ["party_twice"]


def test_who_has_to_come_is_known_before_a_number_is_drawn():
    rule = checklist("second_hand_transfer").filing_rule("sale")
    ward = replace(CHILD, guardian=MOTHER)
    parties = (ward, replace(BUYER, agent=AGENT), SELLER)
    assert who_must_come(parties, rule, None) == ("张小宝", "魏秀英", "陈卫东", "李建国")
    alone = who_must_come(parties, rule, SingleReason.LEGAL_DOCUMENT)
    assert alone == ("张小宝", "魏秀英", "陈卫东")


# -- co-ownership ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("1/2", Fraction(1, 2)),
        (" １／３ ", Fraction(1, 3)),
        ("33.3%", Fraction(333, 1000)),
        ("0.25", Fraction(1, 4)),
        ("1", Fraction(1)),
    ],
)
def test_shares_are_exact(text: str, share: Fraction):
    assert parse_share(text) == share


@pytest.mark.parametrize("text", ["", "1/0", "0", "二分之一", "3/2", "101%", "-1/2", "1/2/3", "9" * 50])
def test_what_is_no_share(text: str):
    with pytest.raises(InputError):
        parse_share(text)


@given(st.lists(st.integers(1, 10**6), min_size=2, max_size=8))
def test_shares_that_make_one_are_right_and_any_other_sum_is_told(parts: list[int]):
    whole = [f"{part}/{sum(parts)}" for part in parts]
    assert problems_of_shares(CoOwnership.BY_SHARES, whole) == ()
    less = [*whole[:-1], f"{parts[-1]}/{sum(parts) + 1}"]
    assert [p.code for p in problems_of_shares(CoOwnership.BY_SHARES, less)] == ["share_sum"]


@pytest.mark.parametrize(
    ("kind", "shares", "code"),
    [
        (None, ["", ""], "co_ownership_missing"),
        (CoOwnership.SOLE, ["", ""], "co_ownership_sole"),
        (CoOwnership.JOINT, [""], "co_ownership_count"),
        (CoOwnership.JOINT, ["", "1/2"], "share_not_wanted"),
        (CoOwnership.BY_SHARES, ["1/2", ""], "share_missing"),
        (CoOwnership.BY_SHARES, ["1/2", "half"], "share_malformed"),
        (CoOwnership.BY_SHARES, ["1/2", "0"], "share_range"),
        (CoOwnership.OTHER, ["x", ""], "share_malformed"),
    ],
)
def test_kind_number_and_shares_agree(kind: CoOwnership | None, shares: list[str], code: str):
    holders = [replace(BUYER, share=shares[0]), replace(WIFE, share=shares[-1])][: len(shares)]
    case = application(parties=tuple(holders), co_ownership=kind)
    assert codes(case, papers=(*BASE, "co_ownership_statement", "marriage")) == [code]


def test_one_holder_wants_no_second_certificate():
    assert codes(application(separate_certificates=True)) == ["separate_certificates"]


@given(st.sampled_from([None, *CoOwnership]), st.lists(nasty_text, max_size=4), st.booleans())
def test_no_share_makes_it_fall_over(kind: CoOwnership | None, shares: list[str], separate: bool):
    problems_of_shares(kind, shares, separate_certificates=separate)
