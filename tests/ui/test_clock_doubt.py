"""Before a receipt is given at a time that is only a guess, that is said, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from registration.clock import ClockGuard, Mark, Standing, Ticks
from registration.errors import JilaiError
from registration.receipt import Receipt
from tests.driving import press, wait_until, words_on
from tests.storage.evening import NOW, Evening
from ui.intake.case import stored_case
from ui.intake.ending import CaseEnding
from ui.intake.screen import IntakeScreen
from ui.intake.steps import Step
from ui.main_window import MainWindow
from ui.services import Services


def unsure_of(services: Services) -> Services:
    """Return the services with a clock that forgot its date."""
    guard = ClockGuard(lambda: NOW - timedelta(days=730), lambda: Ticks("new", 5.0))
    problem = guard.begin(Mark(NOW, NOW, Ticks("old", 9.0), Standing.CENTRE), 0.0)
    assert problem is not None and problem.code == "clock_behind"
    return replace(services, guard=guard, clock=guard.now)


def test_it_stands_beside_the_button_until_it_is_pressed_again(
    services: Services, evening: Evening, qtbot: QtBot
) -> None:
    draft = evening.complete()
    window = MainWindow(unsure_of(services))
    window.show()
    qtbot.waitExposed(window)
    screen = window.screen_of("intake")
    assert isinstance(screen, IntakeScreen)
    wait_until(lambda: window.place() == "intake" and screen.case(), "the draft that comes back")
    screen.open_draft(draft.id)
    screen.go(Step.REVIEW)
    page, case = screen.review_page, screen.case()
    assert case is not None
    wait_until(lambda: not case.missing(), "a complete case")
    press("Ctrl+Return", page)
    wait_until(page.problem.isVisible, "what is said of the clock")
    assert any("时钟" in words for words in words_on(page.problem))
    page.refresh()
    assert page.problem.isVisible(), "it does not vanish by itself"
    press("Ctrl+Return", page)
    wait_until(lambda: window.place() == "receipt", "the receipt")
    window.close()


def test_a_guessed_time_is_said_before_the_first_receipt(
    services: Services, evening: Evening, qtbot: QtBot
) -> None:
    unsure = unsure_of(services)
    draft = evening.complete()
    screen = QWidget()
    qtbot.addWidget(screen)
    case = stored_case(unsure, draft.id, "{}")
    case.setParent(screen)
    ending = CaseEnding(unsure, screen)
    said: list[JilaiError] = []
    given: list[Receipt] = []
    ending.refused.connect(said.append)
    ending.submitted.connect(given.append)
    ending.submit(case)
    assert [error.code for error in said] == ["clock_behind"] and not given
    assert said[0].problem.params["by_en"] == "730 days"
    ending.submit(case)
    wait_until(lambda: given, "the receipt")
    assert given[0].received_at == NOW and given[0].clock_note.startswith("-")
    assert len(said) == 1
