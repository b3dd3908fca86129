"""Packs replace one another by version; conditions, tracks, fees and checks are read off them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registration.central_checks import CentralCheck, CheckResult, checks_for, waiting, with_outcomes
from registration.checklist import Payer, Track
from registration.conditions import Facts, condition_from_data
from registration.errors import InputError
from registration.fees import Use, fees_for, total
from registration.legacy import CaseSource
from registration.materials import Row, Standing
from registration.minding import what_to_mind
from registration.packs import (
    DEPARTMENTS,
    RULE_PACKS,
    TYPES,
    PackSet,
    label,
    shipped,
    unverified,
    version_key,
)
from registration.tracks import TrackState, TrackStatus, holding_back, may_turn, papers_for, tracks_of
from registration.unit_codes import unit_code_groups
from tests.registration.cases import BUYER, HOUSEHOLD, application, checklist, codes, file
from tests.registration.strategies import TODAY, check_character

# -- versions --------------------------------------------------------------------------------------------


def test_versions_are_numbers_not_text():
    versions = ["2026.9.1", "2026.10.1", "2026.10.1.1", "2027.1"]
    assert sorted(["2027.1", "2026.10.1.1", "2026.9.1", "2026.10.1"], key=version_key) == versions


@given(st.text(max_size=12), st.text(max_size=12))
def test_any_two_versions_have_an_order(one: str, other: str):
    assert (version_key(one) < version_key(other)) + (version_key(other) < version_key(one)) <= 1


def test_only_a_newer_pack_takes_the_place_of_one():
    ours = shipped()["deferral_policy"]
    newer, older = {**ours, "version": "2027.1", "max_days": 10}, {**ours, "version": "2026.1"}
    assert shipped().renewed_by(newer)["deferral_policy"]["max_days"] == 10
    assert shipped().renewed_by(older) is shipped()
    assert shipped().renewed_by(ours) is shipped()
    assert shipped()["deferral_policy"] is ours  # a set is a value
    assert shipped().with_pack(older).versions()["deferral_policy"] == "2026.1"


@pytest.mark.parametrize("harm", [{"version": 7}, {"source": ""}, {"name": None}])
def test_what_is_no_pack_is_refused(harm: dict[str, Any]):
    with pytest.raises(InputError, match="pack_malformed"):
        shipped().renewed_by({**shipped()["fees"], **harm})


def test_an_application_is_judged_by_the_packs_it_is_given():
    strict = {**shipped()["inquiry"], "questions": {}}
    assert codes(application(), packs=shipped().with_pack(strict)) == []
    assert set(shipped().rule_versions()) == set(RULE_PACKS)
    assert PackSet().rule_versions() == {}


def test_what_nobody_has_confirmed_is_found_wherever_it_stands():
    body = {"a": {"b": [{"verified": False}, {"x": 1}]}, "c": {"verified": False, "d": {"verified": False}}}
    assert list(unverified(body)) == ["a/b/0", "c"]
    assert list(unverified({**body, "verified": False})) == [""]
    assert list(unverified(shipped()[TYPES])) == [""]
    assert "departments/petitions" in unverified(shipped()[DEPARTMENTS])


def test_entries_of_lists_have_names():
    for language, passport in (("zh", "护照"), ("en_GB", "Passport")):
        assert label(shipped(), "document_kinds", "passport", language) == passport
    assert label(shipped(), "nations", "99") == "99"


# -- conditions ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "holds"),
    [
        ({"fact": "agent"}, True),
        ({"fact": "minor"}, False),
        ({"fact": "subtype", "in": ["gift", "sale"]}, True),
        ({"fact": "categories", "is": "C2"}, True),
        ({"fact": "categories", "is": "C3"}, False),
        ({"answer": "mortgaged", "is": "yes"}, False),
        ({"not": {"fact": "minor"}}, True),
        ({"all": [{"fact": "agent"}, {"fact": "minor"}]}, False),
        ({"any": [{"fact": "agent"}, {"fact": "minor"}]}, True),
    ],
)
def test_conditions(data: dict[str, Any], holds: bool):
    facts: Facts = {"agent": True, "subtype": "sale", "categories": frozenset({"C2"}), "minor": False}
    assert condition_from_data(data).holds(facts) is holds


@pytest.mark.parametrize(
    "data",
    [None, [], {}, {"fact": "weather"}, {"fact": "agent", "over": 3}, {"fact": "subtype", "is": 1},
     {"fact": "agent", "answer": "x"}, {"all": [{"fact": "weather"}]}, "agent"],
)  # fmt: skip
def test_what_is_no_condition(data: Any):
    with pytest.raises(ValueError, match=r"condition|fact"):
        condition_from_data(data)


# -- one window, fees, checks ----------------------------------------------------------------------------


def test_each_track_goes_its_own_way():
    ways = {
        ("not_asked", "waiting"), ("waiting", "under_way"), ("waiting", "held_up"), ("waiting", "not_asked"),
        ("under_way", "done"), ("under_way", "held_up"), ("held_up", "waiting"), ("held_up", "under_way"),
        ("held_up", "not_asked"),
    }  # fmt: skip
    assert {(a.value, b.value) for a, b in product(TrackState, TrackState) if may_turn(a, b)} == ways
    asked = {status.track: status.state for status in tracks_of([Track.TAX])}
    assert asked == {
        Track.REGISTRATION: TrackState.WAITING, Track.TAX: TrackState.WAITING,
        Track.TRANSACTION: TrackState.NOT_ASKED, Track.FEE: TrackState.NOT_ASKED,
    }  # fmt: skip


def test_one_set_of_papers_feeds_the_tracks():
    rules = checklist()
    assert papers_for(rules, Track.TAX) == ("deed_tax", "housing_statement")
    assert "purchase_contract" in papers_for(rules, Track.TRANSACTION)
    assert "purchase_contract" in papers_for(rules, Track.REGISTRATION)


def test_only_the_developers_debt_is_kept_apart():
    developers = TrackStatus(Track.TAX, TrackState.HELD_UP, Payer.DEVELOPER)
    own = replace(developers, owed_by=Payer.BUYER)
    assert holding_back([developers], arrears_separated=False) == (Track.TAX,)
    assert holding_back([developers], arrears_separated=True) == ()
    assert holding_back([own], arrears_separated=True) == (Track.TAX,)
    assert holding_back([replace(own, state=TrackState.DONE)], arrears_separated=False) == ()


def test_fees():
    def yuan(type_code: str, use: Use, holders: int, separate: bool) -> Decimal:
        rules = checklist(type_code)
        return total(fees_for(rules, use, shipped(), holders=holders, separate_certificates=separate))

    assert yuan("new_housing_transfer", Use.HOUSING, 1, False) == Decimal(80)
    assert yuan("new_housing_transfer", Use.OTHER, 2, False) == Decimal(550)
    assert yuan("new_housing_transfer", Use.HOUSING, 3, True) == Decimal(100)
    assert yuan("mortgage", Use.HOUSING, 2, True) == Decimal(80)  # a proof, no certificates
    assert yuan("change", Use.HOUSING, 2, True) == Decimal(0)


def test_what_the_window_cannot_see_waits_for_the_online_check():
    checks = checks_for("mortgage", shipped())
    names = [check.code for check in checks]
    assert names[0] == "seizure" and "rank" in names and "tax_paid" not in names
    assert waiting(checks) == checks  # never passed by itself
    told = CentralCheck("seizure", "", "", CheckResult.STOPS, "（2026）甘01执12号")
    new = CentralCheck("flood", "水淹", "Flood", CheckResult.PASSED)
    after = with_outcomes(checks, (told, new))
    assert (after[0].zh, after[0].result, after[0].note) == (checks[0].zh, told.result, told.note)
    assert after[-1] == new
    assert len(waiting(after)) == len(checks) - 1


# -- what to mind -----------------------------------------------------------------------------------------


def mind(
    case: Any, *, unit_code: str = HOUSEHOLD.unit_code, compound_file: Any = None, rows: tuple[Row, ...] = ()
) -> list[str]:
    home = replace(HOUSEHOLD, unit_code=unit_code)
    rules = checklist(case.type_code)
    return [p.code for p in what_to_mind(case, rules, rows, home, compound_file, shipped(), today=TODAY)]


def test_what_does_not_stop_a_case_is_told_all_the_same():
    read = replace(BUYER, machine_read=True)
    assert mind(application(parties=(read,))) == []
    assert mind(application()) == ["not_machine_read"]
    assert mind(application(parties=(replace(read, name="𠮷\ue000"),))) == ["name_rare", "name_private"]
    assert mind(application(parties=(replace(read, name_raw="阿" * 15),))) == ["name_may_be_cut"]
    first17 = "62082419850307123"
    retired = replace(read, document_number=first17 + check_character(first17))
    assert mind(application(parties=(retired,))) == ["division_retired"]
    quiet = application(parties=(read,))
    assert mind(quiet, unit_code="") == ["unit_code_missing"]
    assert mind(quiet, unit_code="620102001002GB00003") == ["unit_code_temporary"]
    assert mind(quiet, unit_code="?") == ["unit_code"]
    assert mind(quiet, compound_file=file(categories=("D02",))) == ["category_unknown"]
    assert mind(application("advance_notice", parties=(read,))) == ["lapses"]
    tax = checklist().item("deed_tax")
    assert tax is not None
    assert mind(quiet, rows=(Row(tax, Standing.TO_VERIFY, 0),)) == ["shared_to_verify"]
    legacy = application(parties=(read,), source=CaseSource.LEGACY)
    assert mind(legacy, compound_file=file()) == ["scope_unknown"] * 2
    assert mind(legacy, compound_file=file(policy="national_2025")) == ["scope_unknown"] * 4


def test_groups_of_a_code():
    assert unit_code_groups(HOUSEHOLD.unit_code).split() == ["620102", "001002", "GB00003", "F00010001"]
