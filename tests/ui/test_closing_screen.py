"""The closing sheet on the screen: it leads to what is open, and closes once everything agrees."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from registration.closing_sheet import Count
from storage import session_papers, sessions
from tests.driving import wait_until
from tests.printing import paper
from tests.storage.evening import Evening
from tests.ui.window import PaperTray, with_tray
from ui.main_window import MainWindow
from ui.screens.closing import ClosingScreen
from ui.screens.tonight import TonightScreen
from ui.services import Services

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def tray() -> PaperTray:
    return PaperTray()


@pytest.fixture
def services(services: Services, tray: PaperTray, evening: Evening) -> Services:
    return with_tray(services, tray, evening)


@pytest.fixture
def closing(window: MainWindow, qtbot: QtBot) -> ClosingScreen:
    """The sheet as Ctrl+E opens it from home: three receipts that nobody printed, and a draft."""
    tonight = window.screen_of("tonight")
    assert isinstance(tonight, TonightScreen)
    qtbot.waitUntil(lambda: tonight._model.rowCount() == 4)
    qtbot.keyClick(tonight, Qt.Key.Key_E, CTRL)
    qtbot.waitUntil(lambda: window.place() == "closing")
    screen = window.screen_of("closing")
    assert isinstance(screen, ClosingScreen)
    qtbot.waitUntil(lambda: screen.close_button.isEnabled() and screen._sheet is not None)
    return screen


def choose(screen: ClosingScreen, count: Count) -> None:
    screen.table.selectRow(list(Count).index(count))


def test_a_mismatch_does_not_close_and_the_cursor_goes_there(
    closing: ClosingScreen, evening: Evening, qtbot: QtBot
):
    choose(closing, Count.VOIDED)
    qtbot.keyClick(closing, Qt.Key.Key_E, CTRL)
    qtbot.waitUntil(closing.problem.isVisible)
    problem = closing.problem.problem()
    assert problem is not None and (problem.code, problem.params["count"]) == ("drafts_open", "1")
    assert closing.table.currentIndex().row() == list(Count).index(Count.OUTCOMES)
    assert evening.read(sessions.current) is not None


def test_enter_leads_to_the_case(closing: ClosingScreen, window: MainWindow, evening: Evening, qtbot: QtBot):
    drafts: list[str] = []
    cases: list[str] = []
    closing.draft_wanted.disconnect()
    closing.case_wanted.disconnect()
    closing.draft_wanted.connect(drafts.append)
    closing.case_wanted.connect(cases.append)
    choose(closing, Count.OUTCOMES)
    qtbot.keyClick(closing.table, Qt.Key.Key_Return)
    assert drafts == [evening.sql("SELECT id FROM applications WHERE state = 'draft'")[0][0]]
    choose(closing, Count.RECEIPTS)
    qtbot.keyClick(closing.table, Qt.Key.Key_Return)
    qtbot.waitUntil(closing.items.hasFocus)
    closing.items.selectRow(1)
    qtbot.keyClick(closing.items, Qt.Key.Key_Return)
    assert cases == [evening.read(lambda db: session_papers.issued(db, "s-1"))[1].application_id]
    qtbot.keyClick(closing.items, Qt.Key.Key_Escape)
    assert closing.table.hasFocus()
    qtbot.keyClick(closing.table, Qt.Key.Key_Escape)
    assert window.place() == "tonight"


def test_with_reasons_and_counted_originals_it_closes_and_prints_its_sheet(
    closing: ClosingScreen, window: MainWindow, evening: Evening, tray: PaperTray, qtbot: QtBot
):
    evening.discard(evening.sql("SELECT id FROM applications WHERE state = 'draft'")[0][0])
    closing._services.print_room.wake()
    wait_until(lambda: tray.jobs, "the notice", 30)
    wait_until(lambda: closing._sheet is not None and not closing._sheet.line(Count.OUTCOMES).items, "fresh")
    choose(closing, Count.ORIGINALS)
    closing.originals.setText("+")  # on the way to a number, and none yet
    assert closing._said().originals is None
    closing.originals.clear()
    qtbot.keyClick(closing.table, Qt.Key.Key_Return)
    assert closing.originals.hasFocus()
    assert closing._sheet is not None
    qtbot.keyClicks(closing.originals, str(closing._sheet.line(Count.ORIGINALS).expected))
    qtbot.keyClick(closing.originals, Qt.Key.Key_Return)
    wait_until(lambda: closing._sheet is not None and len(closing._sheet.mismatches) == 1, "counted")
    choose(closing, Count.RECEIPTS)
    closing.reason.setFocus()
    closing.reason.setText("停电手写")
    qtbot.keyClick(closing.reason, Qt.Key.Key_E, CTRL)  # the cursor is in the field still
    wait_until(lambda: evening.read(sessions.current) is None, "closed")
    wait_until(lambda: window.place() == "tonight", "home again")
    wait_until(lambda: len(tray.jobs) > 1, "the sheet", 30)
    text = "".join(paper.page_texts(tray.jobs[-1][1]))
    for words in ("场次日结单", "登记总量底数清", "停电手写"):
        assert words in text
