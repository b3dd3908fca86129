"""What stands in the way of an application, where a case may go, and that nothing is lost as JSON."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registration.application import (
    Application,
    CaseState,
    Delivery,
    PageRef,
    application_from_json,
    application_to_json,
    may_become,
    what_is_missing,
)
from registration.checklist import Checklist, ChecklistItem, Form, Material, Need
from registration.errors import Problem
from registration.parties import Party
from registration.property_unit import Compound, Household, ProjectRegistration
from registration.shares import CoOwnership
from registration.wording import say
from tests.registration.strategies import TODAY, applications, pages

GOOD = Party(name="张立群", document_number="11010519491231002X", phone="13812345678")
CHECKLIST = Checklist(
    "transfer",
    "转移登记",
    "Transfer",
    "1",
    (
        ChecklistItem("form", "申请书", "Application form", Need.REQUIRED, Form.ORIGINAL),
        ChecklistItem("identity", "身份证明", "Identity document", Need.REQUIRED),
        ChecklistItem("tax", "完税凭证", "Deed tax receipt", Need.SHARED),
        ChecklistItem("marriage", "婚姻材料", "Marriage papers", Need.CONDITIONAL),
    ),
)
COMPOUND = Compound("c1", "雁滩花园", "620102", "雁滩路 18 号", "某公司", ProjectRegistration.REGISTERED)
HOUSEHOLD = Household(
    "h1", "c1", "3号楼", "2单元", 12, "1201", "620102001002GB00003F00010001", "98.5", "雁滩路 18 号"
)


def page(item: str, ordinal: int = 1) -> PageRef:
    return PageRef(f"{item}-{ordinal}", item, ordinal, "a" * 64, "b" * 64, 1000, 5000, 1240, 1754)


SECOND, THIRD = "620102198503071231", "620102196203041226"
FIRST_FIELDS = (
    "id", "type_code", "session_id", "revision", "parties", "household_id", "reason", "materials", "remarks",
    "pack_versions",
)  # fmt: skip
COMPLETE = Application("a1", "transfer", "s1", parties=(GOOD,), household_id="h1")
PAGES = (page("form"), page("identity"), page("identity", 2))


def missing(
    application: Application = COMPLETE,
    checklist: Checklist = CHECKLIST,
    held: tuple[PageRef, ...] = PAGES,
    household: Household | None = HOUSEHOLD,
    compound: Compound | None = COMPOUND,
) -> tuple[Problem, ...]:
    return what_is_missing(application, checklist, held, household, compound, today=TODAY)


def pairs(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(p.code, p.field) for p in problems]


def test_a_complete_application_misses_nothing():
    assert missing() == ()


def test_a_new_application_is_told_everything_in_the_order_of_the_screen():
    fresh = Application("a1", "transfer", "s1")
    assert pairs(missing(fresh, held=(), household=None)) == [
        ("name_missing", "applicant.name"),
        ("id_number_missing", "applicant.id_number"),
        ("phone_missing", "applicant.phone"),
        ("household_missing", "property.household"),
        ("material_missing", "materials.form"),
        ("material_missing", "materials.identity"),
    ]


def test_only_required_papers_are_asked_for():
    assert pairs(missing(held=(page("form"),))) == [("material_missing", "materials.identity")]
    assert missing(held=(*PAGES, page("tax"), page("marriage"))) == ()


def test_an_application_without_anybody_is_refused():
    assert pairs(missing(replace(COMPLETE, parties=()))) == [("name_missing", "applicant.name")]


def test_every_party_is_looked_at_and_told_apart():
    others = (replace(GOOD, document_number=SECOND, phone=""), replace(GOOD, document_number=THIRD, name=""))
    three = replace(COMPLETE, parties=(GOOD, *others), co_ownership=CoOwnership.JOINT)
    assert pairs(missing(three)) == [
        ("phone_missing", "applicant.1.phone"),
        ("name_missing", "applicant.2.name"),
    ]


@pytest.mark.parametrize(
    ("state", "codes"),
    [
        (ProjectRegistration.REGISTERED, []),
        (ProjectRegistration.TOGETHER, []),
        (ProjectRegistration.MISSING, [("project_not_registered", "property.household")]),
    ],
)
def test_no_household_case_before_the_projects_first_registration(
    state: ProjectRegistration, codes: list[object]
):
    problems = missing(compound=replace(COMPOUND, project_registration=state))
    assert pairs(problems) == codes
    assert all("雁滩花园" in say(p).what for p in problems)


def test_a_type_without_a_household_asks_for_none():
    assert missing(checklist=replace(CHECKLIST, needs_household=False), household=None) == ()


@pytest.mark.parametrize(
    ("declared", "held", "short"), [(0, 2, False), (1, 2, False), (2, 2, False), (3, 2, True)]
)
def test_declared_pages_have_to_be_there(declared: int, held: int, short: bool):
    application = COMPLETE.with_material(Material("identity", Form.COPY, 1, declared))
    problems = missing(application, held=(page("form"), *(page("identity", n + 1) for n in range(held))))
    assert pairs(problems) == ([("material_pages", "materials.identity")] if short else [])
    if short:
        assert (problems[0].params["declared"], problems[0].params["have"]) == ("3", "2")


def test_a_missing_paper_is_missing_once_however_many_pages_were_declared():
    application = COMPLETE.with_material(Material("identity", Form.COPY, 1, 5))
    assert pairs(missing(application, held=(page("form"),))) == [("material_missing", "materials.identity")]


def test_a_missing_paper_is_named_in_both_languages():
    (problem,) = missing(held=(page("form"),))
    assert "身份证明" in say(problem, "zh").title
    assert "Identity document" in say(problem, "en").title
    assert problem.params == {"item": "身份证明", "item_zh": "身份证明", "item_en": "Identity document"}


def test_a_birth_tomorrow_is_judged_by_the_day_that_was_passed_in():
    young = replace(COMPLETE, parties=(replace(GOOD, document_number="620102202611250011"),))
    assert pairs(missing(young)) == [("id_number_future", "applicant.id_number")]


@given(applications, st.lists(pages, max_size=5))
def test_any_application_is_judged_and_can_be_told(application: Application, held: list[PageRef]):
    for problem in missing(application, held=tuple(held), household=None, compound=None):
        assert all(say(problem, language).what for language in ("zh", "en"))


@given(st.permutations(range(3)))
def test_the_order_of_pages_does_not_matter(order: list[int]):
    held = (page("identity"), page("identity", 2), page("tax"))
    assert missing(held=tuple(held[i] for i in order)) == missing(held=held)


# -- where a case may go: every pair of states, said one by one ---------------------------------------------

WAYS = {
    "draft": {"received", "rejected", "withdrawn"},
    "received": {"accepted", "returned", "rejected", "withdrawn"},
    "returned": {"received", "rejected", "withdrawn"},
    "accepted": {"returned", "registered", "rejected", "withdrawn"},
    "registered": {"certificate_issued"},  # art. 15: no withdrawal once it is in the register
    "rejected": set(),
    "certificate_issued": set(),
    "withdrawn": set(),
}


@pytest.mark.parametrize(("now", "then"), list(product(CaseState, CaseState)))
def test_the_ways_of_a_case(now: CaseState, then: CaseState):
    assert may_become(now, then) == (then.value in WAYS[now.value])


def reachable(start: CaseState) -> set[CaseState]:
    seen: set[CaseState] = set()
    waiting = [start]
    while waiting:
        now = waiting.pop()
        new = {then for then in CaseState if may_become(now, then)} - seen
        seen |= new
        waiting += new
    return seen


def test_every_state_is_reached_from_a_draft_and_none_goes_back_to_it():
    assert reachable(CaseState.DRAFT) == set(CaseState) - {CaseState.DRAFT}


def test_nothing_is_registered_that_was_not_accepted():
    before = {now for now in CaseState if may_become(now, CaseState.REGISTERED)}
    assert before == {CaseState.ACCEPTED}
    assert reachable(CaseState.REGISTERED) == {CaseState.CERTIFICATE_ISSUED}


# -- values ------------------------------------------------------------------------------------------------


def test_states_are_stored_and_sent_by_these_words():
    assert {state.value for state in CaseState} == set(WAYS)
    words = ["draft", "on_disk", "sending", "held", "parked", "superseded"]
    assert [delivery.value for delivery in Delivery] == words


def test_a_new_application_is_the_first_revision_with_one_empty_applicant():
    fresh = Application("a1", "transfer", "s1")
    assert (fresh.revision, fresh.parties, fresh.first_applicant) == (1, (Party(),), Party())


def test_a_row_is_recorded_once():
    first = COMPLETE.with_material(Material("form", Form.COPY)).with_material(Material("identity", Form.COPY))
    again = first.with_material(Material("form", Form.ORIGINAL, 2))
    assert again.material("form") == Material("form", Form.ORIGINAL, 2)
    assert len(again.materials) == 2
    assert first.material("form") == Material("form", Form.COPY)  # the older value is untouched
    assert COMPLETE.material("form") is None


@given(applications)
def test_an_application_survives_json_text(application: Application):
    written = application_to_json(application)
    assert application_from_json(json.loads(json.dumps(written))) == application
    assert set(written) == {field.name for field in fields(Application)}


@pytest.mark.parametrize("name", FIRST_FIELDS)
def test_a_lost_field_of_the_first_version_is_noticed(name: str):
    written = application_to_json(COMPLETE)
    del written[name]
    with pytest.raises(KeyError):
        application_from_json(written)


@given(applications)
def test_what_the_first_version_wrote_is_still_read(application: Application):
    written = application_to_json(application)
    first = {name: written[name] for name in FIRST_FIELDS}
    kept = ("role", "name", "document_kind", "document_number", "phone", "address", "share")
    first["parties"] = [{name: party[name] for name in kept} for party in written["parties"]]
    read = application_from_json(first)
    assert {name: application_to_json(read)[name] for name in FIRST_FIELDS if name != "parties"} == {
        name: value for name, value in first.items() if name != "parties"
    }
    assert read.subtype == ""
    assert read.deferrals == ()
    assert [p.name for p in read.parties] == [p.name for p in application.parties]


def test_what_a_newer_program_adds_is_ignored():
    written = {**application_to_json(COMPLETE), "not_yet_invented": {"a": 1}}
    written["parties"] = [{**written["parties"][0], "also_new": "x"}]
    assert application_from_json(written) == COMPLETE


@given(
    st.sampled_from([field.name for field in fields(Application)]),
    st.one_of(st.none(), st.integers(), st.floats(), st.text(), st.lists(st.integers()), st.just({"a": []})),
)
def test_a_field_of_another_kind_is_refused_or_read_and_then_judged(name: str, value: object):
    written = {**application_to_json(COMPLETE), name: value}
    try:
        read = application_from_json(written)
    except (KeyError, TypeError, ValueError):
        return
    missing(read)


def test_an_unknown_role_is_refused():
    written = application_to_json(COMPLETE)
    written["parties"][0]["role"] = "neighbour"
    with pytest.raises(ValueError, match="neighbour"):
        application_from_json(written)
