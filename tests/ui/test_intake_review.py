"""The review: the whole case masked, what is missing in lines that lead there, what waits for the centre."""

from __future__ import annotations

from dataclasses import replace

from registration.fees import Use
from registration.parties import Party, Role
from tests.driving import press, wait_until, words_on
from tests.ui.intake_walk import begin, type_applicant
from ui.intake.steps import Step
from ui.main_window import MainWindow
from ui.widgets import Chip


def test_the_case_stands_there_masked_with_its_fees_and_what_waits_for_the_centre(window: MainWindow):
    screen = begin(window)
    type_applicant(screen)
    case = screen.case()
    assert case is not None
    seller = Party(Role.OBLIGOR, "陈卫东", document_number="620102197811052310", phone="13919876543")
    case.edit(lambda a: replace(a, parties=(*a.parties, seller), use=Use.OTHER))
    press("Alt+8")
    wait_until(lambda: screen.step() is Step.REVIEW, "the review")
    said = words_on(screen.review_page)
    whole = " ".join(said)
    assert "张*群" in said and "陈*东" in said and "550 元" in said
    assert "张立群" not in whole and "620102198503071231" not in whole and "13919876543" not in whole
    assert any("查封" in words for words in said)
    chips = [chip.text() for chip in screen.review_page.findChildren(Chip) if chip.isVisible()]
    assert "待联网核验" in chips
    assert screen.rail.news_of(Step.FEES).summary == "550 元"
    assert screen.rail.news_of(Step.SIGNATURES).summary == "0 / 4"


def test_open_questions_are_one_line_that_leads_to_the_first(window: MainWindow):
    screen = begin(window)
    type_applicant(screen)
    press("Alt+8")
    wait_until(lambda: screen.step() is Step.REVIEW, "the review")
    lines = [each for each in screen.review_page.lines if each.problem.code == "inquiry_unanswered"]
    assert len(lines) == 1
    lines[0].click()
    wait_until(lambda: screen.step() is Step.INQUIRY, "the inquiry")
    assert screen.inquiry_page.entry_in_focus() == "true_intention"
    assert screen.inquiry_page.rows[("true_intention", Role.RIGHT_HOLDER)].asked().problem


def test_what_is_worth_minding_is_said_and_what_cannot_be_had_today_has_its_way_out(window: MainWindow):
    screen = begin(window)
    type_applicant(screen, name="张㛃")
    press("Alt+8")
    page = screen.review_page
    assert "name_rare" in {problem.code for problem in page.notes.problems()}
    assert page.notes.isVisible() and "F9" in page._words.text()
    screen.applicant_page.enter("name", "张立群")
    page.refresh()
    assert "name_rare" not in {problem.code for problem in page.notes.problems()}
