"""The property step: other names, unit codes, what stops a case, and cautions about cases that are there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from registration.person_key import person_key
from storage import dossiers, feed
from tests.driving import click, press, tend, wait_until, words_on, write
from tests.storage.evening import COMPOUND, Evening
from tests.ui.intake_walk import PERSON, begin, type_applicant
from tests.ui.window import CHEN
from ui.intake.review_facts import worth_minding
from ui.intake.screen import IntakeScreen
from ui.intake.steps import Step
from ui.main_window import MainWindow


def tell_compound(evening: Evening, seq: int = 41, **changes: Any) -> None:
    """Let the centre send the compound again."""
    body = {**COMPOUND, **changes}
    evening.write(feed.apply_feed, evening.now, [{"seq": seq, "kind": "compound", "body": body}], seq)


def at_property(window: MainWindow) -> IntakeScreen:
    screen = begin(window)
    type_applicant(screen)
    wait_until(lambda: screen.property_page.picker.grid.current_cell() is not None, "the building table")
    return screen


@pytest.mark.parametrize("typed", ["老三栋 501", "老三栋501", "纺织厂家属院 10-2-1202", "金河湾10-2-1202"])
def test_a_home_is_found_by_what_people_call_it(window: MainWindow, evening: Evening, typed: str):
    homes = [
        {**unit, "aliases": ["老三栋 501"]} if unit["id"] == "h-10-1202" else unit
        for unit in COMPOUND["households"]
    ]
    tell_compound(evening, aliases=["纺织厂家属院"], households=homes)
    screen = at_property(window)
    write(typed)
    press("Return")
    wait_until(lambda: screen.step() is Step.TYPE, "the type")
    case = screen.case()
    assert case is not None and case.household is not None and case.household.id == "h-10-1202"


def test_a_unit_code_is_shown_in_its_layers_and_a_temporary_one_is_marked(
    window: MainWindow, evening: Evening
):
    homes = [{**unit} for unit in COMPOUND["households"]]
    homes[0]["unit_code"] = "620102001001GB00007"
    tell_compound(evening, households=homes)
    screen = at_property(window)
    page = screen.property_page
    page.picker.go_to("h-10-1202")
    said = " ".join(words_on(page.facts))
    assert "宗地 GB00010" in said and "幢 0012" in said and "户 0002" in said
    assert not page.facts.code_chip.isVisible()
    page.picker.go_to(homes[0]["id"])
    assert page.facts.code_chip.isVisible() and page.facts.code_chip.text() == "临时代码"


def test_what_stops_a_project_is_said_with_what_to_do(window: MainWindow, evening: Evening):
    tell_compound(
        evening,
        categories=["C2"],
        file={
            "hard_stops": ["dispute"],
            "land": "collective",
            "listed": False,
            "substitute_applicant": "清算组",
        },
    )
    screen = at_property(window)
    page = screen.property_page
    wait_until(lambda: "权属争议未决" in " ".join(words_on(page.stops)), "the stops")
    assert [p.code for p in page.stops.problems()] == ["hard_stop", "hard_stop", "category_blocks"]
    said = " ".join(words_on(page.stops))
    assert "权属争议未决" in said and "出具不予受理告知书" in said and "先缴后登" in said
    beside = " ".join(words_on(page.compound))
    assert "清算组" in beside and "集体土地" in beside
    tell_compound(evening, 42, categories=[], file={})
    wait_until(lambda: not page.stops.isVisible(), "nothing stops it any more")


def test_without_a_first_registration_a_household_waits_unless_its_type_does_not(
    window: MainWindow, evening: Evening
):
    tell_compound(evening, project_registration="missing")
    screen = at_property(window)
    write("10-2-1202")
    press("Return")
    wait_until(lambda: screen.step() is Step.TYPE, "the type")
    press("Alt+2")
    page = screen.property_page
    wait_until(page.waits.isVisible, "what the household waits for")
    assert [p.code for p in page.waits.problems()] == ["project_not_registered"]
    press("Alt+3")
    press("5")  # an advance notice
    press("Alt+2")
    wait_until(lambda: not page.waits.isVisible(), "an advance notice waits for nothing")


def test_the_same_person_is_told_of_beside_the_number_and_the_other_case_is_a_press_away(
    window: MainWindow, evening: Evening
):
    screen = begin(window)
    of_person, of_home, in_review = screen.pages.cautions
    type_applicant(screen, id_number=CHEN.document_number)
    press("Alt+1")
    wait_until(of_person.isVisible, "the caution")
    said = " ".join(words_on(of_person))
    assert "陈*东" in said and "陈卫东" not in said
    press("Alt+2")
    wait_until(lambda: screen.step() is Step.PROPERTY, "the property")
    assert not of_home.isVisible()
    press("Alt+8")
    wait_until(in_review.isVisible, "the caution in the review")
    case = screen.case()
    assert case is not None
    assert not [p for p in case.missing() if "duplicate" in p.code]  # a word, never a hindrance
    click(in_review.buttons[0])
    wait_until(lambda: window.place() == "queue", "the other case")


def test_a_case_at_another_window_is_told_of_but_cannot_be_opened(window: MainWindow, evening: Evening):
    fact = {
        "application_id": "far-1",
        "household_id": "h-10-1202",
        "type_code": "new_housing_transfer",
        "state": "accepted",
        "receipt_number": "620102-B07-20261120-0004",
        "device_code": "B07",
        "people": [person_key(PERSON["id_number"])],
    }
    evening.write(feed.apply_feed, evening.now, [{"seq": 44, "kind": "ledger", "body": fact}], 44)
    screen = at_property(window)
    write("10-2-1202")
    press("Return")
    wait_until(lambda: screen.step() is Step.TYPE, "the type")
    press("Alt+2")
    caution = screen.pages.cautions[1]
    wait_until(caution.isVisible, "the caution")
    assert "窗口 B07 收件" in " ".join(words_on(caution)) and not caution.buttons
    evening.write(
        feed.apply_feed,
        evening.now,
        [{"seq": 45, "kind": "ledger", "body": {**fact, "state": "certificate_issued"}}],
        45,
    )
    wait_until(lambda: not caution.isVisible(), "a closed case warns nobody")


def test_another_number_takes_the_caution_away(window: MainWindow, evening: Evening):
    screen = begin(window)
    caution = screen.pages.cautions[0]
    type_applicant(screen, id_number=CHEN.document_number)
    press("Alt+1")
    wait_until(caution.isVisible, "the caution")
    case = screen.case()
    assert case is not None
    party = replace(case.application.first_applicant, document_number=PERSON["id_number"])
    case.edit(lambda a: replace(a, parties=(party,)))
    tend()
    wait_until(lambda: not caution.isVisible(), "no caution any more")


def test_a_developer_on_the_list_of_defaulters_is_told_and_stops_nobody(window: MainWindow, evening: Evening):
    flag = {"developer": "金河置业", "source": "市住建局第一批名单", "measures": ["暂停预售"]}
    evening.write(
        dossiers.change, evening.who, evening.now, fact_id="f-1", compound_id="c2",
        verb="developer_flagged", body=flag,
    )  # fmt: skip
    screen = at_property(window)
    wait_until(
        lambda: any("市住建局第一批名单" in text for text in words_on(screen.property_page)), "the flag"
    )
    case = screen.case()
    assert case is not None
    assert "developer_defaults" in [problem.code for problem in worth_minding(case)]
    assert "developer_defaults" not in [problem.code for problem in case.missing()]
