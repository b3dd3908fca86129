"""The waiting line: a number only when everybody is here, called from Tonight, shown to the room."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from registration.queue import Slip, SlipState
from storage import line, sessions
from tests.storage.evening import Evening
from ui.call_display import CallDisplay
from ui.main_window import MainWindow
from ui.screens.line import LineScreen
from ui.screens.tonight import TonightScreen
from ui.widgets import Sheet


def line_of(window: MainWindow, qtbot: QtBot) -> LineScreen:
    qtbot.keyClick(window, Qt.Key.Key_F3, Qt.KeyboardModifier.ControlModifier)
    screen = window.go("line")
    assert isinstance(screen, LineScreen)
    qtbot.waitUntil(lambda: bool(screen.form.missing()))
    return screen


def slips(evening: Evening) -> list[Slip]:
    session = evening.read(sessions.current)
    assert session is not None
    return evening.read(line.slips, session.id)


def give(screen: LineScreen, evening: Evening, qtbot: QtBot) -> str:
    before = len(slips(evening))
    screen.form.all_here()
    screen.form.give()
    qtbot.waitUntil(lambda: len(slips(evening)) == before + 1 == screen.table.line_count())
    return screen.form.number.text_whole()


def press(screen: LineScreen, key: Qt.Key, qtbot: QtBot) -> None:
    screen.table.setFocus()
    qtbot.keyClick(screen.table, key)


def test_no_number_while_somebody_is_missing_but_words_what_to_bring(
    window: MainWindow, evening: Evening, qtbot: QtBot
):
    screen = line_of(window, qtbot)
    screen.form.give()
    qtbot.waitUntil(lambda: screen.form.problem.problem() is not None)
    problem: Any = screen.form.problem.problem()
    assert problem.code == "slip_reason_missing" and slips(evening) == []
    assert "身份证" in screen.form.bring(screen.form.missing())
    screen.form.why.setText("妻子十分钟后到")
    screen.form.give()
    qtbot.waitUntil(lambda: [one.why for one in slips(evening)] == ["妻子十分钟后到"])
    qtbot.waitUntil(lambda: screen.form.number.text_whole() == "A001")
    assert screen.form.missing()  # the next person is asked anew


def test_a_number_goes_from_the_form_over_tonight_to_served(
    window: MainWindow, evening: Evening, qtbot: QtBot
):
    screen = line_of(window, qtbot)
    assert give(screen, evening, qtbot) == "A001"
    assert give(screen, evening, qtbot) == "A002"
    qtbot.keyClick(
        screen.form, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert give(screen, evening, qtbot) == "P001"
    tonight = window.go("tonight")
    assert isinstance(tonight, TonightScreen)
    qtbot.waitUntil(lambda: tonight.line.isVisible() and tonight.line.waiting)
    tonight._next.click()
    qtbot.waitUntil(lambda: tonight.line.number() == "P001")
    screen = line_of(window, qtbot)
    qtbot.waitUntil(lambda: screen.figures[0].number() == "P001")
    press(screen, Qt.Key.Key_K, qtbot)  # nobody came
    qtbot.waitUntil(lambda: all(one.state is SlipState.WAITING for one in slips(evening)))
    press(screen, Qt.Key.Key_Space, qtbot)
    qtbot.waitUntil(lambda: screen.figures[0].number() == "A001")
    press(screen, Qt.Key.Key_Space, qtbot)
    qtbot.waitUntil(lambda: screen.figures[0].number() == "A002")
    assert [one.state for one in slips(evening) if one.number == "A001"] == [SlipState.SERVED]


def test_the_room_sees_numbers_and_no_names(window: MainWindow, evening: Evening, qtbot: QtBot):
    screen = line_of(window, qtbot)
    give(screen, evening, qtbot)
    give(screen, evening, qtbot)
    screen.call_next()
    display = window.findChildren(CallDisplay)[0]
    qtbot.waitUntil(lambda: display.numbers() == ("A001", ("A002",)))
    qtbot.keyClick(screen, Qt.Key.Key_F4)
    assert display.isVisible()
    qtbot.keyClick(screen, Qt.Key.Key_F4)
    assert not display.isVisible()


def test_an_appointment_by_telephone_comes_and_gets_its_number(
    window: MainWindow, evening: Evening, qtbot: QtBot
):
    screen = line_of(window, qtbot)
    press(screen, Qt.Key.Key_A, qtbot)
    (sheet,) = window.window().findChildren(Sheet)
    _, time, name, phone = sheet.findChildren(QLineEdit)
    for edit, words in ((time, "20:15"), (name, "张立群"), (phone, "13893104567")):
        edit.setText(words)
    phone.returnPressed.emit()
    qtbot.waitUntil(lambda: screen.table.line_count() == 1)
    time_shown, *_, who_shown = screen.table.line(0)
    assert time_shown == "20:15" and "立群" not in who_shown
    screen.table.selectRow(0)
    press(screen, Qt.Key.Key_Return, qtbot)
    qtbot.waitUntil(lambda: [one.number for one in slips(evening)] == ["P001"])


def test_enter_twice_gives_one_number(window: MainWindow, evening: Evening, qtbot: QtBot):
    screen = line_of(window, qtbot)
    screen.form.all_here()
    screen.form.give()
    screen.form.give()
    qtbot.waitUntil(lambda: screen.form.number.text_whole() == "A001")
    assert screen.form.problem.problem() is None
    assert give(screen, evening, qtbot) == "A002"
