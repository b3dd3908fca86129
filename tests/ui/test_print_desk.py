"""An evening's receipts in one go: progress, cancel, what is left, and printing that outlives the program."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from printing.spool import Job, JobState, Phase
from storage import print_queue, receipts, session_papers, sessions
from storage.print_queue import BatchFigures, PaperState
from tests.driving import wait_until
from tests.printing import paper
from tests.storage.evening import Evening
from tests.ui.window import PaperTray, with_tray
from ui.main_window import MainWindow
from ui.screens.print_desk import PrintDesk
from ui.screens.tonight import TonightScreen
from ui.services import Services
from ui.widgets import QuietButton, Sheet


@pytest.fixture
def tray() -> PaperTray:
    return PaperTray()


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    """The window that owns a desk, as the sheet does: nothing else decides when it goes."""
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def desk(services: Services, tray: PaperTray, evening: Evening, host: QWidget) -> PrintDesk:
    session = evening.read(sessions.current)
    assert session is not None
    made = PrintDesk(with_tray(services, tray, evening), session, host)
    made.show()
    wait_until(made.go.isEnabled, "the receipts of tonight")
    return made


def printed(evening: Evening) -> int:
    return sum(entry.printed for entry in evening.read(lambda db: session_papers.issued(db, "s-1")))


def batch(desk: PrintDesk, evening: Evening) -> BatchFigures:
    return evening.read(lambda db: print_queue.batch_figures(db, desk._batch))


def test_all_receipts_that_nobody_has_go_out_in_one_press(desk: PrintDesk, tray: PaperTray, evening: Evening):
    assert "3" in desk.go.text()
    desk.go.click()
    wait_until(lambda: printed(evening) == 3, "all three", 30)
    numbers = [entry.number for entry in evening.read(lambda db: session_papers.issued(db, "s-1"))]
    for (_, pdf), number in zip(tray.jobs, numbers, strict=True):
        assert number in "".join(paper.page_texts(pdf))
    wait_until(lambda: desk.progress.value() == desk.progress.maximum() == 3, "the bar")
    assert desk.said.text_whole().count("3") == 2
    wait_until(lambda: not desk.go.isEnabled(), "nothing left to print")
    assert tray.forgotten == [Job("HP-M404", n) for n in (1, 2, 3)]


def test_a_batch_that_is_cancelled_keeps_what_came_out_and_prints_no_more(
    desk: PrintDesk, tray: PaperTray, evening: Evening
):
    tray.state = lambda job: JobState(Phase.PRINTED if job.number == 1 else Phase.WAITING)  # type: ignore[method-assign]
    desk.go.click()
    wait_until(lambda: printed(evening) == 1 and desk.cancel.isVisible(), "the first one", 30)
    desk.cancel.click()
    wait_until(lambda: batch(desk, evening).ended, "the end", 30)
    figures = batch(desk, evening)
    assert (figures.papers, figures.printed, figures.cancelled) == (3, 1, 2)
    assert printed(evening) == 1
    wait_until(desk.go.isEnabled, "the rest can be printed later")
    assert "2" in desk.go.text()


def test_a_printer_that_takes_nothing_stops_the_batch_at_once_and_keeps_the_rest(
    desk: PrintDesk, tray: PaperTray, evening: Evening
):
    tray.refuse = True
    desk.go.click()
    wait_until(desk.problem.isVisible, "the refusal")
    waiting = evening.read(lambda db: print_queue.papers(db, PaperState.WAITING))
    failed = evening.read(lambda db: print_queue.papers(db, PaperState.FAILED))
    assert (len(waiting), len(failed)) == (2, 1)  # one tried, not all three
    tray.refuse = False
    wait_until(lambda: desk.findChildren(QuietButton), "what is left")
    desk.print_again(failed[0])
    wait_until(lambda: printed(evening) == 3, "all three after all", 30)
    for entry in evening.read(lambda db: session_papers.issued(db, "s-1")):
        copies = evening.read(receipts.prints, entry.number)
        assert [copy.copy_number for copy in copies] == [1]


def test_what_was_not_printed_is_there_after_a_restart_and_is_not_printed_unasked(
    services: Services, tray: PaperTray, evening: Evening, host: QWidget
):
    tray.state = lambda job: JobState(Phase.WAITING)  # type: ignore[method-assign]
    before = with_tray(services, tray, evening)
    session = evening.read(sessions.current)
    assert session is not None
    desk = PrintDesk(before, session, host)
    wait_until(desk.go.isEnabled, "the receipts")
    desk.go.click()
    wait_until(lambda: len(evening.read(lambda db: print_queue.papers(db, PaperState.SENT))) == 3, "sent")
    before.print_room.stop()

    tray.state = lambda job: JobState(Phase.UNKNOWN if job.number == 2 else Phase.PRINTED)  # type: ignore[method-assign]
    after = with_tray(before, tray, evening)  # the jobs that the print system had are followed on
    wait_until(lambda: printed(evening) == 2, "what came out meanwhile", 30)
    wait_until(lambda: evening.read(print_queue.papers), "what nobody knows of")
    (left,) = evening.read(print_queue.papers)
    assert left.state is PaperState.UNKNOWN
    assert len(tray.jobs) == 3
    again = PrintDesk(after, session, host)
    wait_until(lambda: again.findChildren(QuietButton), "the paper that is left")
    again.give_up(left)
    wait_until(lambda: evening.read(print_queue.papers) == [], "given up")


def test_the_closing_sheet_counts_the_evening(desk: PrintDesk, tray: PaperTray, evening: Evening):
    desk.print_closing_sheet()
    wait_until(lambda: tray.jobs, "the sheet", 30)
    text = "".join(paper.page_texts(tray.jobs[0][1]))
    for words in ("场次日结单", "晚间场", "王海燕", "不一致之处"):
        assert words in text
    numbers = [entry.number for entry in evening.read(lambda db: session_papers.issued(db, "s-1"))]
    assert all(number in text for number in numbers)  # none of them is printed yet: each is named


def test_home_opens_the_evening_s_papers_by_key(window: MainWindow, qtbot: QtBot):
    tonight = window.screen_of("tonight")
    assert isinstance(tonight, TonightScreen)
    qtbot.keyClick(tonight, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    (sheet,) = window.findChildren(Sheet)
    assert sheet.findChild(PrintDesk) is not None
    here = sheet.window().focusWidget()
    assert isinstance(here, QWidget)
    qtbot.keyClick(here, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(Sheet))
