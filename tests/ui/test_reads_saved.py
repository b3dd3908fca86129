"""What is read again for nothing: a county's lists are long, and one thread reads them for all screens."""

from __future__ import annotations

from unittest import mock

from registration.changes import Changes
from storage import reference, todo
from tests.driving import tend, wait_until
from tests.storage.evening import COMPOUND
from ui.intake.screen import IntakeScreen
from ui.main_window import MainWindow
from ui.screens.reminder_card import ReminderCard
from ui.services import Services

NEWS = Changes(applications=frozenset({"another"}), topics=frozenset({"survey"}))


def test_much_news_at_once_is_read_once_more_and_not_each_time(
    window: MainWindow, services: Services
) -> None:
    card = window.findChildren(ReminderCard)[0]
    tend(0.3)
    counted: list[int] = []
    card.reminded.connect(counted.append)
    with mock.patch.object(todo, "listed", wraps=todo.listed) as listed:
        for _ in range(20):
            services.signals.changed.emit(NEWS)
        wait_until(lambda: len(counted) >= 2, "what came while it was read is read too")
        tend(0.2)
    assert listed.call_count == len(counted) == 2


def test_a_building_out_of_sight_is_read_when_it_is_shown(window: MainWindow, services: Services) -> None:
    wait_until(lambda: window.screen_of("tonight").session() is not None, "the open session")  # type: ignore[attr-defined]
    window.new_intake(COMPOUND["households"][6]["id"])
    screen = window.screen_of("intake")
    assert isinstance(screen, IntakeScreen)
    wait_until(lambda: screen.case() is not None, "the intake's case")
    tend(0.3)
    assert not screen.property_page.isVisible()
    with mock.patch.object(reference, "households", wraps=reference.households) as households:
        services.signals.changed.emit(NEWS)
        tend(0.2)
        assert not households.call_count
        screen.go(screen.property_page.step)
        wait_until(lambda: households.call_count == 1, "the building as it is now")
