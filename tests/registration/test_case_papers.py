"""Papers promised, replaced, kept apart or looked up; project, inquiry, mortgage: in whole cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from registration.case_facts import facts_of
from registration.checklist import Track
from registration.compound_file import Land
from registration.deferral import Deferral, Flaw, open_deferrals, overdue
from registration.inquiry import Answer
from registration.legacy import CaseSource, GreenChannel, Substitution, belongs_in_ledger, suggested_source
from registration.materials import Standing, rows_of
from registration.missing import board_of
from registration.mortgage import Mortgage
from registration.packs import shipped
from registration.parties import Role
from registration.property_unit import ProjectRegistration
from registration.shares import CoOwnership
from registration.signatures import Signature
from tests.registration.cases import (
    BASE,
    BUYER,
    COMPOUND,
    HOUSEHOLD,
    NO_FAULT,
    SELLER,
    WIFE,
    application,
    checklist,
    codes,
    file,
    page,
    problems,
)
from tests.registration.strategies import TODAY

DIGEST = "c" * 64
WITHOUT_INVOICE = tuple(paper for paper in BASE if paper != "invoice")


def promise(**changes: Any) -> Deferral:
    made = Deferral("invoice", Flaw.MISSING, TODAY.isoformat(), (TODAY + timedelta(30)).isoformat(), DIGEST)
    return replace(made, **changes)


def deferred(papers: tuple[str, ...] = WITHOUT_INVOICE, **changes: Any) -> list[str]:
    return codes(application(deferrals=(promise(**changes),)), papers=(*papers, "deferral_promise"))


def board(case: Any, papers: tuple[str, ...] = ()) -> dict[str, Standing]:
    held = [page(item) for item in papers]
    rows = board_of(case, checklist(), held, HOUSEHOLD, COMPOUND, today=TODAY)
    return {row.item.code: row.standing for row in rows}


def test_a_promise_signed_on_the_pad_wants_no_page_and_one_on_paper_does():
    on_pad = Signature(0, "deferral_promise", DIGEST, f"{TODAY}T19:30:00+08:00", strokes=(((0.1, 0.1, 0),),))
    case = application(deferrals=(promise(),), signatures=(on_pad,))
    assert "deferral_promise" not in board(case)
    for signatures in ((replace(on_pad, strokes=(), on_paper=True),), ()):
        assert board(replace(case, signatures=signatures))["deferral_promise"] is Standing.MISSING


def test_a_signed_promise_within_the_days_stands_for_a_paper():
    assert codes(papers=WITHOUT_INVOICE) == ["material_missing"]
    assert deferred() == []
    assert codes(application(deferrals=(promise(),)), papers=WITHOUT_INVOICE) == [
        "material_missing"
    ]  # the promise


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"due": (TODAY + timedelta(31)).isoformat()}, "deferral_due_late"),
        ({"due": (TODAY - timedelta(1)).isoformat()}, "deferral_overdue"),
        ({"due": "next week"}, "deferral_due_missing"),
        ({"promise": "signed"}, "deferral_unsigned"),
    ],
)
def test_a_promise_that_does_not_hold(change: dict[str, Any], code: str):
    assert deferred(**change) == [code]


def test_the_days_run_from_the_promise_not_from_today():
    early = (TODAY - timedelta(10)).isoformat()
    assert deferred(promised_on=early) == ["deferral_due_late"]
    assert deferred(promised_on=early, due=(TODAY + timedelta(20)).isoformat()) == []


@pytest.mark.parametrize("item", ["purchase_contract", "application_form", "identity", "no_such_row"])
def test_a_critical_paper_is_never_deferred(item: str):
    papers = tuple(paper for paper in BASE if paper != item)
    found = deferred(papers, item_code=item)
    assert "deferral_not_allowed" in found
    assert ("material_missing" in found) == (item in BASE)


def test_what_came_is_no_promise_any_more():
    kept = promise(delivered_on=TODAY.isoformat(), due="2020-01-01")
    assert open_deferrals((kept, promise())) == (promise(),)
    assert overdue((kept, promise(due="2026-01-01")), today=TODAY) == (promise(due="2026-01-01"),)
    assert codes(application(deferrals=(kept,))) == []


def test_a_limit_of_the_local_list():
    packs = shipped().with_pack({**shipped()["deferral_policy"], "limit": 1})
    two = (promise(), promise(item_code="maintenance_fund"))
    case = application(deferrals=two)
    assert codes(case, papers=(*BASE[:3], "deferral_promise"), packs=packs) == ["deferral_limit"]


def test_the_board_shows_what_is_wanted_and_grows_with_the_answers():
    plain = board(application(), ("identity", "title_chain"))
    assert [code for code, standing in plain.items() if standing is Standing.MISSING] == [
        "application_form", "purchase_contract", "invoice", "maintenance_fund",
    ]  # fmt: skip
    assert plain["identity"] is plain["title_chain"] is Standing.HERE  # handed in, though nobody asked
    assert plain["deed_tax"] is plain["survey"] is Standing.TO_VERIFY
    assert plain["translation"] is Standing.OPTIONAL
    assert "marriage" not in plain
    married = board(application(answers=(Answer("spouse_owned", "yes"),), deferrals=(promise(),)))
    assert married["marriage"] is Standing.MISSING
    assert married["invoice"] is Standing.DEFERRED
    assert married["deferral_promise"] is Standing.MISSING


# -- opinions in place of papers ---------------------------------------------------------------------------

OPINION = Substitution("invoice", "C7", "housing", "付款认定意见", "城房认〔2026〕12号", "2026-09-01")
GONE = file(categories=("C7",), developer_gone=True)
WITH_OPINION = (*WITHOUT_INVOICE, "opinion", "no_fault")


def replaced(**changes: Any) -> list[str]:
    case = application(substitutions=(replace(OPINION, **changes),), no_fault=NO_FAULT)
    return codes(case, papers=WITH_OPINION, file=GONE)


def test_a_departments_opinion_stands_for_a_projects_paper():
    assert replaced() == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"category": "C4"}, "substitution_category"),
        ({"item_code": "identity"}, "substitution_not_offered"),
        ({"department": "fire"}, "substitution_department"),
        ({"number": ""}, "substitution_document"),
        ({"dated": "2026"}, "substitution_document"),
    ],
)
def test_an_opinion_that_does_not_hold_replaces_nothing(change: dict[str, Any], code: str):
    found = replaced(**change)
    assert code in found
    assert "material_missing" in found


def test_a_promise_and_an_opinion_are_two_things():
    """An opinion needs the determination of no fault, a promise does not; neither counts as the other."""
    case = application(substitutions=(OPINION,))
    assert codes(case, papers=WITH_OPINION, file=GONE) == ["no_fault_missing"]
    assert deferred() == []
    late = replace(OPINION, dated="2030-01-01")
    assert "date_malformed" in codes(
        application(substitutions=(late,), no_fault=NO_FAULT), papers=WITH_OPINION, file=GONE
    )


def test_the_fast_track_says_who_opened_it_and_on_what():
    papers = (*BASE, "no_fault")
    green = GreenChannel("王海燕", "2026-11-24T19:30:00+08:00", "schooling")
    assert codes(application(green_channel=green), papers=papers) == ["no_fault_missing"]
    assert codes(application(green_channel=green, no_fault=NO_FAULT), papers=papers) == []
    assert codes(application(green_channel=GreenChannel(), no_fault=NO_FAULT), papers=papers) == [
        "green_channel_incomplete"
    ]
    assert codes(application(no_fault=replace(NO_FAULT, basis=""))) == ["no_fault_incomplete"]
    assert codes(application(no_fault=replace(NO_FAULT, decided_on="2030-01-01"))) == ["no_fault_date"]


# -- the project -------------------------------------------------------------------------------------------


def test_the_developers_arrears_never_hold_up_a_household_where_they_are_kept_apart():
    assert codes(file=file(categories=("C2",))) == ["category_blocks"]
    assert codes(file=file(categories=("C2",), arrears_separation=True)) == []
    apart = file(arrears_separation=True)
    rows = standing("first_registration", apart)
    assert rows["project_taxes"] is Standing.APART
    assert standing("new_housing_transfer", apart)["deed_tax"] is Standing.TO_VERIFY  # the buyer's own


def standing(type_code: str, compound_file: Any) -> dict[str, Standing]:
    case, rules = application(type_code), checklist(type_code)
    facts = facts_of(case, rules, HOUSEHOLD, compound_file, today=TODAY)
    rows = rows_of(case, rules, [page("identity")], compound_file, facts, shipped())
    return {row.item.code: row.standing for row in rows}


@pytest.mark.parametrize(
    ("changes", "source", "code"),
    [
        ({"hard_stops": ("dispute",)}, CaseSource.ORDINARY, "hard_stop"),
        ({"land": Land.COLLECTIVE}, CaseSource.ORDINARY, "hard_stop"),
        ({"policy": "national_2025", "listed": False}, CaseSource.LEGACY, "hard_stop"),
        ({"policy": "national_2025", "sold_on": "2025-01-01"}, CaseSource.LEGACY, "legacy_out_of_scope"),
        ({"urban_housing": False}, CaseSource.LEGACY, "legacy_not_housing"),
        ({"categories": ("C4",)}, CaseSource.ON_DELIVERY, "delivery_is_legacy"),
        ({"categories": ("C9",)}, CaseSource.ORDINARY, "category_blocks"),
    ],
)
def test_what_stops_a_household(changes: dict[str, Any], source: CaseSource, code: str):
    papers = (*BASE, "occupancy", "buyer_promise")
    assert codes(application(source=source), papers=papers, file=file(**changes)) == [code]


def test_within_its_scope_nothing_stops_it():
    good = file(
        policy="national_2025", listed=True, sold_on="2024-12-31", urban_housing=True, land=Land.STATE
    )
    papers = (*BASE, "occupancy", "buyer_promise")
    assert codes(application(source=CaseSource.LEGACY), papers=papers, file=good) == []


def test_a_category_that_no_dictionary_knows_stops_nothing():
    assert codes(file=file(categories=("D02",))) == []


def test_where_cases_come_from():
    assert suggested_source(file(categories=("C4",)), shipped()) is CaseSource.LEGACY
    assert suggested_source(file(categories=("D02",)), shipped()) is CaseSource.ORDINARY
    assert suggested_source(file(), shipped()) is CaseSource.ORDINARY
    assert [source for source in CaseSource if belongs_in_ledger(source)] == [CaseSource.LEGACY]


@pytest.mark.parametrize("type_code", ["new_housing_transfer", "second_hand_transfer", "change", "mortgage"])
def test_no_household_case_before_the_projects_registration_but_for_the_exceptions(type_code: str):
    unregistered = replace(COMPOUND, project_registration=ProjectRegistration.MISSING)
    assert "project_not_registered" in codes(application(type_code), compound=unregistered)
    for exempt in ("advance_notice", "first_registration", "records_query"):
        assert "project_not_registered" not in codes(application(exempt), compound=unregistered)
    works = application("mortgage", subtype="construction")
    assert "project_not_registered" not in codes(works, compound=unregistered)


def test_a_household_of_another_compound_is_refused():
    assert codes(household=replace(HOUSEHOLD, compound_id="c2")) == ["household_elsewhere"]


# -- type, route, tracks, certificate -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("type_code", "changes", "code"),
    [
        ("seizure", {}, "type_redirected"),
        ("inheritance", {}, "type_appointment"),
        ("change", {}, "subtype_missing"),
        ("change", {"subtype": "colour"}, "subtype_unknown"),
        ("new_housing_transfer", {"cross_province": True}, "cross_province"),
        ("change", {"tracks": (Track.REGISTRATION, Track.TAX)}, "track_not_fed"),
        ("change", {"certificate_number": "12345"}, "certificate_number"),
    ],
)
def test_what_a_type_does_not_take(type_code: str, changes: dict[str, Any], code: str):
    assert code in codes(application(type_code, **changes))


def test_the_tax_track_asks_for_its_own_paper():
    asked = application(tracks=(Track.REGISTRATION, Track.TAX))
    (paper,) = problems(asked)
    assert paper.field == "materials.housing_statement"


# -- inquiry -------------------------------------------------------------------------------------------------

DEMANDING = checklist(demands=frozenset({"inquiry"}))


def test_every_question_is_asked_where_the_inquiry_is_demanded():
    asked = {p.field for p in problems(rules=DEMANDING)}
    assert "inquiry.true_intention" in asked
    assert "inquiry.co_ownership" not in asked  # only after "there are co-owners"
    assert "inquiry.other" not in asked  # may stay empty
    answers = tuple(Answer(field.removeprefix("inquiry."), "no") for field in asked)
    answered = tuple(
        replace(a, value="yes") if a.question in ("true_intention", "materials_true") else a for a in answers
    )
    assert codes(application(answers=answered), rules=DEMANDING) == []


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer("true_intention", "no"), "inquiry_must_be"),
        (Answer("sold_twice", "yes"), "inquiry_must_be"),
        (Answer("price_paid", "perhaps"), "inquiry_answer"),
        (Answer("favourite_colour", "red"), "inquiry_answer"),
        (Answer("co_owned", "yes"), "inquiry_co_owners"),
    ],
)
def test_answers_that_cannot_stand(answer: Answer, code: str):
    assert codes(application(answers=(answer,))) == [code]


def test_an_answer_asks_for_its_paper_and_has_to_agree_with_the_form():
    (paper,) = problems(application(answers=(Answer("mortgaged", "yes"),)))
    assert paper.field == "materials.mortgagee_consent"
    pair = application(
        parties=(replace(BUYER, share="1/2"), replace(WIFE, share="1/2")),
        co_ownership=CoOwnership.BY_SHARES,
        answers=(Answer("co_owned", "yes"), Answer("co_ownership", "joint")),
    )
    assert codes(pair, papers=(*BASE, "co_ownership_statement")) == ["inquiry_co_ownership"]


# -- mortgage ------------------------------------------------------------------------------------------------

BANK = replace(SELLER, role=Role.RIGHT_HOLDER, name="兰州某银行")
OWNER = replace(BUYER, role=Role.OBLIGOR)
LOAN = Mortgage("50万", starts="2026-11-24", ends="2046-11-23", scope="主债权及利息", transfer_ban="no")


def mortgage(
    loan: Mortgage | None, subtype: str = "first", parties: tuple[Any, ...] = (BANK, OWNER)
) -> list[str]:
    papers = (
        "application_form",
        "identity",
        "original_certificate",
        "debt_contract",
        "mortgage_contract",
        "representative_identity",
    )
    case = application("mortgage", subtype=subtype, mortgage=loan, parties=parties)
    return [code for code in codes(case, papers=papers) if code != "material_missing"]


def test_a_whole_mortgage():
    assert mortgage(LOAN) == []
    assert mortgage(replace(LOAN, maximum=True), "first_maximum") == []
    assert mortgage(None, "cancel") == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"amount": "a lot"}, "amount"),
        ({"amount": "0"}, "amount"),
        ({"starts": "2046-11-23"}, "mortgage_term"),
        ({"ends": ""}, "date_malformed"),
        ({"transfer_ban": ""}, "mortgage_transfer_ban"),
        ({"maximum": True}, "mortgage_maximum"),
    ],
)
def test_a_mortgage_with_a_hole(change: dict[str, Any], code: str):
    assert mortgage(replace(LOAN, **change)) == [code]


def test_a_mortgage_without_facts_works_or_lender():
    assert mortgage(None) == ["mortgage_missing"]
    assert mortgage(LOAN, "construction") == ["mortgage_works"]
    private = replace(WIFE, role=Role.RIGHT_HOLDER)
    assert mortgage(replace(LOAN, bank_site="某支行"), parties=(private, OWNER)) == ["mortgage_lender"]
