"""Joining a session of another laptop at the window: it is offered first, and its code is enough."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from registration.facts import Fact, Topic, fact_to_json
from registration.session import new_code, session_id_of, spoken
from storage import facts, sessions
from storage.ids import new_id
from tests.storage.evening import Evening
from ui.screens.session_form import SessionForm
from ui.screens.tonight import TonightScreen
from ui.services import Services
from ui.widgets import SecondaryButton

CODE = new_code("c1", "tonight")
SESSION = session_id_of("c1", CODE)


@pytest.fixture
def screen(qtbot: QtBot, evening: Evening, services: Services) -> TonightScreen:
    """Tonight where no session runs."""
    evening.sql("UPDATE sessions SET closed_at = ? WHERE closed_at IS NULL", evening.now.isoformat())
    found = TonightScreen(services)
    qtbot.addWidget(found)
    found.show()
    return found


def hear(evening: Evening, services: Services) -> None:
    at = services.clock() - timedelta(minutes=20)
    body = {"code": CODE, "title": "夜场", "starts": "18:30", "ends": "21:00", "team": []}
    fact = Fact(new_id(at), Topic.SESSION, SESSION, "opened", "c1", at, "A02", "o-2", "李雪梅", body)
    changes = evening.write(facts.take, services.clock(), fact_to_json(fact))
    services.signals.changed.emit(changes)


def joins(form: SessionForm) -> list[SecondaryButton]:
    return [one for one in form.findChildren(SecondaryButton) if one.isVisible()]


def running(evening: Evening) -> str:
    found = evening.read(sessions.current)
    return found.id if found else ""


def test_what_runs_elsewhere_is_offered_first_and_enter_joins(
    qtbot: QtBot, evening: Evening, services: Services, screen: TonightScreen
) -> None:
    form = screen._form
    assert not joins(form)
    hear(evening, services)
    qtbot.waitUntil(lambda: len(joins(form)) == 1, timeout=10_000)
    (button,) = joins(form)
    assert "夜场" in button.text() and "李雪梅" in button.text()
    form.shown()
    with qtbot.waitSignal(screen.session_changed, timeout=10_000):
        qtbot.keyClick(button, Qt.Key.Key_Return)
    assert running(evening) == SESSION
    assert spoken(CODE) in screen._code.text() and "李雪梅" in screen._code.toolTip()


def test_its_code_joins_what_this_laptop_has_not_heard_of(
    qtbot: QtBot, evening: Evening, screen: TonightScreen
) -> None:
    form = screen._form
    qtbot.keyClicks(form._code, "2222222")
    qtbot.keyClick(form._code, Qt.Key.Key_Return)
    qtbot.waitUntil(form._problem.isVisible, timeout=10_000)
    assert running(evening) == ""
    form._code.clear()
    qtbot.keyClicks(form._code, spoken(CODE).lower())
    with qtbot.waitSignal(screen.session_changed, timeout=10_000):
        qtbot.keyClick(form._code, Qt.Key.Key_Return)
    assert running(evening) == SESSION


def test_what_is_opened_here_shows_the_code_that_others_join_by(
    qtbot: QtBot, evening: Evening, screen: TonightScreen
) -> None:
    with qtbot.waitSignal(screen.session_changed, timeout=10_000):
        qtbot.keyClick(screen._form._name, Qt.Key.Key_Return)
    found = evening.read(lambda db: facts.of_topic(db, Topic.SESSION))[-1]
    assert found.verb == "opened" and spoken(str(found.body["code"])) in screen._code.text()
