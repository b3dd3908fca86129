"""Home: opening and closing a session, the evening's figures, tonight's list."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from storage import operations, sessions
from storage.values import Who
from tests.storage.evening import Evening, end_session
from ui.main_window import MainWindow
from ui.screens.tonight import TonightScreen
from ui.theme import Tone
from ui.widgets import Sheet


@pytest.fixture
def tonight(window: MainWindow, qtbot: QtBot) -> TonightScreen:
    screen = window.screen_of("tonight")
    assert isinstance(screen, TonightScreen)
    qtbot.waitUntil(lambda: screen._model.rowCount() == 4)
    return screen


def test_the_figures_are_the_evening(tonight: TonightScreen):
    assert [card.number() for card in tonight._cards] == ["3", "1 / 3", "1", "1"]
    assert "2 分" in tonight._cards[0].accessibleName()
    assert "2 件" in tonight._cards[1].accessibleName()


def test_the_figures_follow_a_commit(tonight: TonightScreen, evening: Evening, qtbot: QtBot):
    draft = evening.start()
    qtbot.waitUntil(lambda: tonight._cards[2].number() == "2")
    evening.write(operations.discard_draft, evening.who, evening.now, draft.id, "误开")
    qtbot.waitUntil(lambda: tonight._cards[2].number() == "1")


def test_the_closing_sheet_is_one_key_away_and_esc_goes_on_working(
    window: MainWindow, tonight: TonightScreen, evening: Evening, qtbot: QtBot
):
    tonight._close.click()
    assert window.place() == "closing"
    qtbot.keyClick(window.screen_of("closing"), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.place() == "tonight")
    assert evening.read(sessions.current) is not None and not tonight._problem.isVisible()


def test_close_then_open_elsewhere(
    window: MainWindow, tonight: TonightScreen, evening: Evening, qtbot: QtBot
):
    evening.discard(evening.sql("SELECT id FROM applications WHERE state = 'draft'")[0][0], "群众改日再来")
    end_session(evening)
    qtbot.waitUntil(lambda: tonight._stack.currentIndex() == 0)
    assert window._bar._place.text_whole() == "还没有开场"
    form = tonight._form
    assert form._where.currentText() == "金河湾"  # where the last session was
    form._name.setText("周末场")
    form._from.setText("25:00")
    form._open.click()
    assert form._from.hasFocus() and evening.read(sessions.current) is None
    form._from.setText("9:00")
    form._helper.setText("李小兰")
    form._open.click()
    qtbot.waitUntil(lambda: tonight._stack.currentIndex() == 1)
    session = evening.read(sessions.current)
    assert session is not None
    assert (session.title, session.starts, session.helper_name) == ("周末场", "9:00", "李小兰")
    assert "金河湾" in window._bar._place.text_whole()
    qtbot.waitUntil(
        lambda: tonight._inner.currentIndex() == 1
    )  # nothing taken in yet, and it says what to do
    assert tonight._empty._button.isVisible()


def test_search_narrows_tonights_list(tonight: TonightScreen, qtbot: QtBot):
    tonight.search()
    qtbot.keyClicks(tonight._search, "wxy")
    qtbot.waitUntil(lambda: tonight._model.rowCount() == 1)
    row = tonight._model.row_at(0)
    assert row is not None and row.applicant_name == "魏秀英"
    qtbot.keyClicks(tonight._search, "zz")
    qtbot.waitUntil(lambda: tonight._inner.currentIndex() == 1)
    qtbot.keyClick(tonight._search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: tonight._model.rowCount() == 4)


def test_a_row_leads_to_its_draft_or_its_case(tonight: TonightScreen, qtbot: QtBot):
    drafts: list[str] = []
    cases: list[str] = []
    tonight.draft_wanted.disconnect()
    tonight.case_wanted.disconnect()
    tonight.draft_wanted.connect(drafts.append)
    tonight.case_wanted.connect(cases.append)
    for position in range(4):
        tonight._table.selectRow(position)
        qtbot.keyClick(tonight._table, Qt.Key.Key_Return)
    assert len(drafts) == 1 and len(cases) == 3


def test_what_needs_a_person_is_red_and_says_so(tonight: TonightScreen):
    assert tonight._cards[3]._number.property("tone") == Tone.SEAL
    assert tonight._cards[1]._number.property("tone") is None


def test_a_colleague_takes_the_session_over_by_key(tonight: TonightScreen, evening: Evening, qtbot: QtBot):
    ctrl = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(tonight, Qt.Key.Key_T, ctrl)
    qtbot.waitUntil(tonight._problem.isVisible)  # it is one's own
    problem = tonight._problem.problem()
    assert problem is not None and problem.code == "session_is_yours"
    evening.who = Who("o-2", "李雪梅", "A03")
    qtbot.keyClick(tonight, Qt.Key.Key_T, ctrl)
    (sheet,) = tonight.window().findChildren(Sheet)
    (note,) = sheet.findChildren(QLineEdit)
    note.setText("三号楼的在打印")
    qtbot.keyClick(note, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: getattr(tonight.session(), "operator_id", "") == "o-2")
    assert not tonight._problem.isVisible()
