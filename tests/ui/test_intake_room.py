"""The intake at every text size: nothing forces the window to grow, nothing that must be read is cut off."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton

from tests.driving import press, tend, wait_until
from tests.ui.accessible import act
from tests.ui.intake_walk import at_materials
from ui.intake.rail import StepButton
from ui.intake.steps import Step
from ui.main_window import MainWindow
from ui.settings import Settings
from ui.widgets import Text


def cut(window: MainWindow) -> set[str]:
    """Return the words of visible labels and buttons that have less room than they need."""
    labels = [t for t in window.findChildren(Text) if t.isVisible() and not t._elide and not t.wordWrap()]
    buttons = [b for b in window.findChildren(QAbstractButton) if b.isVisible()]
    short = {t.text() for t in labels if t.width() < t.fontMetrics().horizontalAdvance(t.text()) - 1}
    return short | {b.text() for b in buttons if b.width() < b.minimumSizeHint().width() - 1}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("percent", [100, 125, 150])
def test_all_steps_fit_the_smallest_laptop(
    window: MainWindow, settings: Settings, language: str, percent: int
):
    screen = at_materials(window)
    settings.change(language=language, text_percent=percent)
    for step in Step:
        press(f"Alt+{step.number}")
        wait_until(lambda step=step: screen.step() is step, step.value)  # type: ignore[misc]
        tend(0.15)
        assert cut(window) == set(), step
        assert (window.width(), window.height()) == (1366, 768), step


def test_what_is_missing_is_in_sight_also_where_there_is_no_room_beside_the_facts(
    window: MainWindow, settings: Settings
):
    screen = at_materials(window)
    settings.change(text_percent=150)
    press("Alt+8")
    tend(0.2)
    line = screen.review_page.lines[0]
    assert line.isVisible() and line.visibleRegion().boundingRect().height() > 20


def test_a_screen_reader_turns_to_a_step_by_its_own_action(window: MainWindow):
    screen = at_materials(window)
    buttons = {button.step: button for button in screen.rail.findChildren(StepButton)}
    for step in (Step.APPLICANT, Step.MATERIALS, Step.REVIEW):
        act(buttons[step])
        wait_until(lambda step=step: screen.step() is step, step.value)  # type: ignore[misc]
        assert [each.step for each in buttons.values() if each.isChecked()] == [step]
