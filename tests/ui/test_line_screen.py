"""The waiting line: a number only when everybody is here, called from Tonight, shown to the room."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from registration.queue import Slip, SlipState
from storage import line, sessions
from storage.ids import new_id
from storage.values import Who
from tests.storage.evening import COMPOUND, PERSON, Evening
from ui.call_display import CallDisplay
from ui.main_window import MainWindow
from ui.screens.appointment_sheet import AppointmentSheet
from ui.screens.line import LineScreen
from ui.screens.tonight import TonightScreen


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
    screen.take_hand()
    qtbot.keyClick(screen.window().focusWidget() or screen, key)


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
    screen.form.take_hand()
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
    (sheet,) = window.window().findChildren(AppointmentSheet)
    qtbot.waitUntil(lambda: bool(sheet._cells))
    for edit, words in ((sheet.time, "20:15"), (sheet.name, "张立群"), (sheet.phone, "13893104567")):
        edit.setText(words)
    sheet.home.setText(COMPOUND["households"][2]["room"])
    sheet.birth.returnPressed.emit()
    qtbot.waitUntil(lambda: screen.table.line_count() == 1)
    time_shown, *_, who_shown = screen.table.line(0)
    assert time_shown == "20:15" and "立群" not in who_shown
    screen.table.selectRow(0)
    press(screen, Qt.Key.Key_Return, qtbot)
    qtbot.waitUntil(lambda: [one.number for one in slips(evening)] == ["P001"])
    assert slips(evening)[0].household_id in {one["id"] for one in COMPOUND["households"]}


def test_enter_twice_gives_one_number(window: MainWindow, evening: Evening, qtbot: QtBot):
    screen = line_of(window, qtbot)
    screen.form.all_here()
    screen.form.give()
    screen.form.give()
    qtbot.waitUntil(lambda: screen.form.number.text_whole() == "A001")
    assert screen.form.problem.problem() is None
    assert give(screen, evening, qtbot) == "A002"


def booked(evening: Evening, slip_id: str, time: str, **more: Any) -> None:
    evening.write(
        line.book, evening.who, evening.now, fact_id=new_id(evening.now), slip_id=slip_id, compound_id="c1",
        day=evening.now.date().isoformat(), time=time, name="张立群", **more,
    )  # fmt: skip


def test_a_full_time_is_said_with_the_next_one_that_is_free(
    window: MainWindow, evening: Evening, qtbot: QtBot
):
    booked(evening, "ap-1", "20:15")
    screen = line_of(window, qtbot)

    def asked() -> AppointmentSheet:
        press(screen, Qt.Key.Key_A, qtbot)
        sheet = next(one for one in window.window().findChildren(AppointmentSheet) if one.isVisible())
        for edit, words in ((sheet.time, "20:16"), (sheet.name, "李四海")):
            edit.setText(words)
        sheet.birth.returnPressed.emit()
        qtbot.waitUntil(lambda: sheet.problem.problem() is not None)
        return sheet

    sheet = asked()
    assert sheet.take.isVisible() and sheet.take.hasFocus() and "20:21" in sheet.take.text()
    assert [one.time for one in evening.read(line.appointments, "c1", evening.now.date())] == ["20:15"]
    sheet.take.click()
    times = lambda: [one.time for one in evening.read(line.appointments, "c1", evening.now.date())]  # noqa: E731
    qtbot.waitUntil(lambda: times() == ["20:15", "20:21"])
    qtbot.waitUntil(lambda: not any(one.isVisible() for one in window.findChildren(AppointmentSheet)))
    asked().go.click()  # all the same
    qtbot.waitUntil(lambda: times() == ["20:15", "20:16", "20:21"])


def test_who_is_due_or_late_stands_above_the_line_and_has_a_key(
    window: MainWindow, evening: Evening, qtbot: QtBot
):
    screen = line_of(window, qtbot)
    give(screen, evening, qtbot)
    clock = evening.now  # 19:36
    booked(evening, "ap-late", f"{clock - timedelta(minutes=20):%H:%M}")
    booked(evening, "ap-due", f"{clock + timedelta(minutes=10):%H:%M}", birth="1950")
    booked(evening, "ap-later", f"{clock + timedelta(minutes=40):%H:%M}")
    qtbot.waitUntil(lambda: screen.table.line_count() == 4)
    assert [screen.table.line(n)[0] for n in (0, 1, 3)] == ["19:16", "19:46", "20:16"]
    assert "20" in screen.table.line(0)[3] and "10" in screen.table.line(1)[3]
    assert screen.due.isVisible() and screen.due.ids() == {"ap-late", "ap-due"}
    press(screen, Qt.Key.Key_1, qtbot)
    qtbot.waitUntil(lambda: {one.id for one in slips(evening)} >= {"ap-late"})
    assert {one.reason for one in slips(evening)} == {"", "appointment"}
    qtbot.waitUntil(lambda: screen.due.ids() == {"ap-due"})
    # the age is known: it is asked, not taken
    row = next(n for n in range(4) if screen.table.line(n)[0] == "19:46")
    assert "老年人？75 岁" in screen.table.line(row)[1]
    screen.table.selectRow(row)
    press(screen, Qt.Key.Key_E, qtbot)
    qtbot.waitUntil(lambda: [one.reason for one in slips(evening) if one.id == "ap-due"] == ["elderly"])
    qtbot.waitUntil(lambda: not screen.due.isVisible())
    press(screen, Qt.Key.Key_E, qtbot)
    assert screen.problem.isVisible()  # nothing is proposed for a number


def test_an_empty_line_says_how_the_first_number_is_given_and_enter_is_never_silent(
    window: MainWindow, evening: Evening, qtbot: QtBot
):
    screen = line_of(window, qtbot)
    assert screen.stack.currentWidget() is screen.empty and screen.empty.isVisible()
    press(screen, Qt.Key.Key_Space, qtbot)
    qtbot.waitUntil(screen.problem.isVisible)  # nobody waits
    press(screen, Qt.Key.Key_N, qtbot)
    assert screen.form.isAncestorOf(window.window().focusWidget())
    qtbot.keyClick(window.window().focusWidget(), Qt.Key.Key_Escape)
    assert window.place() == "line"  # one step back
    give(screen, evening, qtbot)
    press(screen, Qt.Key.Key_Return, qtbot)
    assert "A001" in screen.problem.accessibleName() and screen.problem.isVisible()
    (slip,) = slips(evening)
    other = Who("o-2", "李娟", "B07")
    evening.write(line.call, other, evening.now, fact_id=new_id(evening.now), slip_id=slip.id)
    qtbot.waitUntil(lambda: "B07" in screen.table.line(0)[3])
    press(screen, Qt.Key.Key_Return, qtbot)
    said = screen.problem.accessibleName()
    assert "B07" in said and "李娟" in said and f"{evening.now:%H:%M}" in said
    press(screen, Qt.Key.Key_R, qtbot)
    qtbot.waitUntil(lambda: slips(evening)[0].called_by == evening.who.device_code)
    qtbot.keyClick(screen.window().focusWidget(), Qt.Key.Key_Escape)
    assert window.place() == "tonight"


def test_a_house_that_is_typed_goes_with_the_number_and_age_that_is_prepared_is_asked(
    window: MainWindow, evening: Evening, qtbot: QtBot
):
    home = COMPOUND["households"][5]
    old = replace(PERSON, document_number="620102195512304427")
    evening.save(replace(evening.start(home["id"]), parties=(old,)))
    screen = line_of(window, qtbot)
    screen.form.take_hand()
    screen.form.home.setText(f"{home['building'][0]}-{home['room']}")
    hint = screen.form.home.accessibleDescription
    qtbot.waitUntil(lambda: "70 岁" in hint() and "已备件" in hint() and home["room"] in hint())
    assert screen.form._first.currentIndex() == 0  # asked, not taken
    qtbot.keyClick(screen.form.home, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert give(screen, evening, qtbot) == "P001"
    (slip,) = slips(evening)
    assert (slip.household_id, slip.reason) == (home["id"], "elderly")
    assert screen.form.household_id() == "" and hint() == ""
    screen.form.home.setText("nowhere at all")
    assert give(screen, evening, qtbot) == "A001"  # without one
