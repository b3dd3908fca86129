"""The inquiry by keys: one key a question, what depends on an answer comes and goes, nothing is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registration.inquiry import Answer
from registration.parties import Party, Role
from tests.driving import press, wait_until, write
from tests.storage.evening import Evening
from tests.ui.intake_walk import begin, stored, type_applicant
from ui.intake.inquiry import InquiryPage
from ui.intake.screen import IntakeScreen
from ui.intake.steps import Step
from ui.main_window import MainWindow

WIFE = Party(name="魏秀英", document_number="620102196203041226", phone="13893104567")
HOLDER, OBLIGOR = Role.RIGHT_HOLDER, Role.OBLIGOR


@pytest.fixture
def screen(window: MainWindow) -> IntakeScreen:
    found = begin(window)
    type_applicant(found)
    press("Alt+5")
    wait_until(lambda: found.step() is Step.INQUIRY, "the inquiry")
    return found


def answers(screen: IntakeScreen) -> dict[str, str]:
    case = screen.case()
    assert case is not None
    return {a.question: a.value for a in case.application.answers if a.role is HOLDER}


def here(page: InquiryPage) -> str:
    return page.entry_in_focus()


def test_one_key_answers_and_goes_to_the_next_and_the_record_is_on_the_disk(
    screen: IntakeScreen, evening: Evening
):
    page = screen.inquiry_page
    assert here(page) == "true_intention"
    press("Y")
    assert here(page) == "materials_true"
    press("1")
    assert here(page) == "co_owned"
    press("N")
    assert here(page) == "spouse_owned"  # of the co-owners nothing more is asked
    press("2")
    assert answers(screen) == {
        "true_intention": "yes", "materials_true": "yes", "co_owned": "no", "spouse_owned": "no",
    }  # fmt: skip
    case = screen.case()
    assert case is not None
    wait_until(lambda: len(stored(evening, case.id).application.answers) == 4, "the answers on the disk")


def test_what_an_answer_opens_is_asked_and_what_it_closes_is_forgotten(screen: IntakeScreen):
    page = screen.inquiry_page
    press("Down")
    press("Down")
    press("Y")  # co-owners
    assert here(page) == "co_ownership"
    press("2")
    assert here(page) == "separate_certificates"
    assert answers(screen) == {"co_owned": "yes", "co_ownership": "by_shares"}
    press("Up")
    press("Up")
    press("N")
    assert answers(screen) == {"co_owned": "no"}
    assert ("co_ownership", HOLDER) not in page.rows


def test_the_rest_as_usual_leaves_what_is_put_to_the_person(screen: IntakeScreen):
    page = screen.inquiry_page
    press("U")
    given = answers(screen)
    assert given["mortgaged"] == given["co_owned"] == "no" and given["price_paid"] == "yes"
    assert not {"true_intention", "materials_true", "spouse_owned", "sold_twice"} & set(given)
    for key in "YYN":
        press(key)
    assert here(page) == "sold_twice"
    press("Return")  # Enter does not go over what is open
    assert screen.step() is Step.INQUIRY and here(page) == "sold_twice"
    press("N")
    assert here(page) == "other"
    write("无")
    press("Return")
    wait_until(lambda: screen.step() is Step.SIGNATURES, "the signatures")
    assert answers(screen)["other"] == "无"


def test_as_usual_says_what_the_form_says(screen: IntakeScreen):
    case = screen.case()
    assert case is not None
    case.edit(lambda a: replace(a, parties=(*a.parties, WIFE), separate_certificates=True))
    press("U")
    assert answers(screen)["co_owned"] == answers(screen)["separate_certificates"] == "yes"


def test_an_answer_that_cannot_stand_says_so_at_its_question(screen: IntakeScreen):
    page = screen.inquiry_page
    press("N")  # not the true intention
    row = page.rows[("true_intention", HOLDER)]
    assert row.asked().problem
    press("Up")
    press("Up")
    press("Y")
    assert not row.asked().problem
    press("Y")
    press("Y")  # co-owners, but one right holder
    assert "1" in page.rows[("co_owned", HOLDER)].asked().problem
    assert (
        not page.rows[("price_paid", HOLDER)].asked().problem
    )  # what is still to come is not called missing


def test_a_note_stands_beside_its_answer(screen: IntakeScreen):
    press("Y")
    press("Up")
    press("B")
    write("已当面说明")
    press("Return")
    case = screen.case()
    assert case is not None
    assert case.application.answers == (Answer("true_intention", "yes", HOLDER, "已当面说明"),)
    press("Delete")  # the answer is taken back, the note stays
    assert case.application.answers == (Answer("true_intention", "", HOLDER, "已当面说明"),)


def test_the_other_side_has_its_own_questions(screen: IntakeScreen):
    case, page = screen.case(), screen.inquiry_page
    assert case is not None
    case.edit(lambda a: replace(a, parties=(*a.parties, replace(WIFE, role=OBLIGOR))))
    assert ("true_intention", OBLIGOR) in page.rows and ("price_paid", OBLIGOR) not in page.rows
    page.focus_entry("true_intention.obligor")
    press("Y")
    assert Answer("true_intention", "yes", OBLIGOR) in case.application.answers
    case.edit(lambda a: replace(a, parties=a.parties[:1]))
    screen.go(Step.TYPE)
    screen.go(Step.INQUIRY)
    assert case.application.answers == ()  # nobody is left who said it
