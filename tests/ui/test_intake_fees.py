"""The fees in the window: the table's price for the use that was chosen, kept with the draft."""

from __future__ import annotations

from registration.fees import Use
from tests.driving import press, tend, wait_until
from tests.storage.evening import Evening
from tests.ui.intake_walk import begin, stored, type_applicant
from ui.intake.steps import Step
from ui.main_window import MainWindow
from ui.settings import Settings


def test_a_key_says_the_use_and_the_table_follows(window: MainWindow, evening: Evening):
    screen = begin(window)
    type_applicant(screen)
    press("Alt+7")
    page, case = screen.fees_page, screen.case()
    assert case is not None
    wait_until(page.hasFocus, "the hand on the fees")
    assert page.sum.text() == "80 元"
    assert [(line[1], line[3]) for line in page.table.lines()] == [("80", "80 元")]
    press("2")
    assert case.application.use is Use.OTHER
    assert page.sum.text() == "550 元"
    press("Return")
    assert screen.step() is Step.REVIEW
    screen.save()
    wait_until(lambda: stored(evening, case.id).application.use is Use.OTHER, "the use on the disk")


def test_each_certificate_after_the_first_costs_more(window: MainWindow):
    screen = begin(window)
    type_applicant(screen)
    case = screen.case()
    assert case is not None
    press("Alt+1")
    press("F3")
    tend(0.1)
    press("Alt+7")
    before = len(screen.fees_page.table.lines())
    screen.applicant_page.filing.separate.click()
    tend(0.1)
    assert case.application.separate_certificates
    assert len(screen.fees_page.table.lines()) == before + 1
    assert screen.fees_page.sum.text() == "90 元"


def test_the_words_follow_the_language(window: MainWindow, settings: Settings):
    screen = begin(window)
    type_applicant(screen)
    press("Alt+7")
    settings.change(language="en")
    tend(0.2)
    assert screen.fees_page.sum.text() == "80 yuan"
    assert screen.fees_page.table.lines()[0][0] == "Housing"
