"""The identity card reader in the real window: read by one key, taken over by the same, never in silence."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from capture.imaging import ImagingPool
from registration.identifiers import id_check_character
from tests.capture.devices.simulated_reader import SimulatedCard, SimulatedReader, citizen
from tests.driving import press, wait_until
from tests.storage.evening import Evening
from tests.ui.intake_walk import read_card, reading, with_reader
from tests.ui.window import services_over
from ui.intake.screen import IntakeScreen
from ui.main_window import MainWindow
from ui.services import Services
from ui.settings import Settings
from ui.signals import Signals

NUMBER = "62010219860307123" + id_check_character("62010219860307123")


@pytest.fixture
def services(
    evening: Evening, settings: Settings, signals: Signals, imaging: ImagingPool, reader: SimulatedReader
) -> Services:
    return with_reader(services_over(evening, settings, signals, imaging), reader)


@pytest.fixture
def screen(window: MainWindow) -> Iterator[IntakeScreen]:
    with reading(window) as found:
        yield found


def entries(screen: IntakeScreen) -> tuple[str, str, str]:
    editors = screen.applicant_page.editors
    return editors["name"].text(), editors["id_number"].text(), editors["address"].text()


def test_a_card_is_read_and_taken_over_by_the_same_key(screen: IntakeScreen, reader: SimulatedReader):
    reader.lay(SimulatedCard(citizen(NUMBER), newest_address="甘肃省兰州市七里河区新居路8号"))
    read_card(screen)
    assert entries(screen) == ("", "", "")  # a suggestion, until it is taken
    press("F2", screen.applicant_page)
    assert entries(screen) == ("赵明远", NUMBER, "甘肃省兰州市七里河区新居路8号")
    case = screen.case()
    assert case is not None
    assert case.application.first_applicant.document_number == NUMBER
    wait_until(screen.applicant_page.editors["phone"].hasFocus, "the hand on what is still to be typed")


def test_an_entry_that_says_something_else_is_shown_beside_the_card(
    screen: IntakeScreen, reader: SimulatedReader
):
    screen.applicant_page.enter("name", "赵明原")
    reader.lay(SimulatedCard(citizen(NUMBER)))
    read_card(screen)
    panel = screen.card_side.panel
    assert panel.values["name"].text() == "赵明远"
    assert panel.entered["name"].isVisible()
    assert "赵明原" in panel.entered["name"].text()
    assert not panel.entered["address"].isVisible()
    assert screen.applicant_page.editors["name"].text() == "赵明原"


def test_a_card_that_was_not_lifted_is_asked_for(screen: IntakeScreen, reader: SimulatedReader):
    reader.lay(SimulatedCard(citizen(NUMBER)))
    read_card(screen)
    press("F2", screen.applicant_page)
    press("F2", screen.applicant_page)
    problem = screen.card_side.panel.problem
    wait_until(problem.isVisible, "the words")
    reader.lay(SimulatedCard(citizen(NUMBER, name="钱佳")))
    wait_until(lambda: screen.card_side.panel.values["name"].text() == "钱佳", "the next card")
    assert not problem.isVisible()


def test_a_card_that_is_garbled_fills_nothing(screen: IntakeScreen, reader: SimulatedReader):
    wrong = NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2")
    reader.lay(SimulatedCard(citizen(wrong)))
    press("F2", screen.applicant_page)
    wait_until(screen.card_side.panel.problem.isVisible, "the words")
    assert not screen.card_side.panel.values["id_number"].isVisible()
    assert entries(screen) == ("", "", "")


def test_a_card_that_was_not_taken_over_is_forgotten_with_the_step(
    screen: IntakeScreen, reader: SimulatedReader
):
    reader.lay(SimulatedCard(citizen(NUMBER)))
    read_card(screen)
    press("PgDown", screen.applicant_page)
    press("Alt+1", screen)
    wait_until(screen.applicant_page.isVisible, "the applicant again")
    assert not screen.card_side.panel.values["name"].isVisible()
    assert entries(screen) == ("", "", "")
