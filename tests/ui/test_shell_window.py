"""The window round the screens: rail, keys, top bar, news, devices, and that nothing is cut off."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from capture.imaging import ImagingPool
from registration.changes import Changes
from registration.errors import Problem
from storage import device
from storage.values import Who
from sync.status import Phase, SyncStatus
from tests.driving import wait_until
from tests.storage.evening import Evening
from tests.ui.accessible import act
from tests.ui.window import ToldCourier, services_over
from ui.main_window import MainWindow
from ui.screens.devices import DevicesScreen
from ui.screens.queue import QueueScreen
from ui.services import Services
from ui.settings import Settings
from ui.signals import Signals
from ui.theme import ThemeName, Tone, look
from ui.widgets import KeyHint, RailButton, Sheet, Text

PLACES = ("tonight", "queue", "devices")


def test_the_rail_goes_by_mouse_and_by_key(window: MainWindow, qtbot: QtBot):
    buttons = {b.text(): b for b in window.findChildren(RailButton)}
    assert list(buttons) == ["今晚", "受理", "队列", "楼盘", "上门", "台账", "设备"]
    qtbot.mouseClick(buttons["设备"], Qt.MouseButton.LeftButton)
    assert window.place() == "devices" and buttons["设备"].isChecked()
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.place() == "queue" and not buttons["设备"].isChecked()
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.place() == "tonight"


def test_a_screen_reader_turns_the_rail_by_its_own_action(window: MainWindow):
    buttons = {b.text(): b for b in window.findChildren(RailButton)}
    act(buttons["设备"])
    assert window.place() == "devices" and buttons["设备"].isChecked()
    act(buttons["受理"])
    wait_until(lambda: window.place() == "intake", "the intake")
    assert buttons["受理"].isChecked() and not buttons["设备"].isChecked()


def test_slash_searches_and_is_a_letter_inside_a_field(window: MainWindow, qtbot: QtBot):
    queue = window.go("queue")
    assert isinstance(queue, QueueScreen)
    qtbot.keyClick(window, Qt.Key.Key_Slash)
    assert queue._search.hasFocus() and queue._search.text() == ""
    qtbot.keyClicks(queue._search, "3/2")
    assert queue._search.text() == "3/2"
    qtbot.keyClick(queue._search, Qt.Key.Key_Escape)
    assert queue._search.text() == "" and window.place() == "queue"


def test_f1_lists_the_keys_of_the_screen_and_lets_none_through(window: MainWindow, qtbot: QtBot):
    window.go("queue")
    qtbot.keyClick(window, Qt.Key.Key_F1)
    sheet = window.findChildren(Sheet)[0]
    caps = {hint._text for hint in sheet.findChildren(KeyHint)}
    assert {"F1", "F8", "F12", "/", "Esc", "Ctrl"} <= caps
    assert "按住：查看本件的姓名和号码" in {label.text() for label in sheet.findChildren(QLabel)}
    target = window.window().focusWidget()
    qtbot.keyClick(target, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.place() == "queue"
    for _ in range(3):
        qtbot.keyClick(window.window().focusWidget(), Qt.Key.Key_Tab)
        assert sheet.isAncestorOf(window.window().focusWidget())
    qtbot.keyClick(window.window().focusWidget(), Qt.Key.Key_Escape)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(sheet)
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.place() == "tonight"


@pytest.mark.parametrize(
    ("status", "words", "tone"),
    [
        (SyncStatus(Phase.CONNECTED), "已连接", Tone.PRIMARY),
        (SyncStatus(Phase.CONNECTED, waiting=2), "已连接  2 件待送", Tone.PRIMARY),
        (SyncStatus(Phase.SENDING, waiting=5, sending=2), "已连接  正在送 2 件", Tone.PRIMARY),
        (SyncStatus(Phase.OFFLINE, waiting=12), "离线  12 件待送", Tone.AMBER),
        (SyncStatus(Phase.UNENROLLED), "尚未登记到中心", Tone.AMBER),
        (SyncStatus(Phase.CLOCK_WRONG), "本机时钟不准", Tone.SEAL),
        (SyncStatus(Phase.REFUSED), "中心不予接入", Tone.SEAL),
    ],
)
def test_the_pill_says_how_the_link_stands(
    window: MainWindow, services: Services, status: SyncStatus, words: str, tone: Tone
):
    services.signals.sync_status.emit(status)
    assert (window._bar._link.text(), window._bar._link.tone()) == (words, tone)


def test_what_no_screen_waited_for_is_said_at_the_foot(window: MainWindow, services: Services):
    services.signals.failed.emit(Problem("disk_full"))
    assert window._toast.isVisible() and "磁盘满了" in window._toast.text()


def test_without_a_session_an_intake_says_where_to_open_one(
    window: MainWindow, evening: Evening, qtbot: QtBot
):
    evening.sql("UPDATE applications SET state = 'withdrawn' WHERE state = 'draft'")
    evening.sql("UPDATE sessions SET closed_at = ?", evening.now.isoformat())
    window.screen_of("tonight").shown()
    window.go("queue")
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert window.place() == "tonight" and "开场" in window._toast.text()


def test_the_operators_name_follows_the_enrolment(
    window: MainWindow, evening: Evening, services: Services, qtbot: QtBot
):
    evening.who = Who("o-9", "王海燕（新）", "A03")
    services.signals.changed.emit(Changes(account=True))
    assert "王海燕（新）" in window._bar._rest.text_whole()


def test_devices_shows_the_link_and_tries_on_demand(
    window: MainWindow, services: Services, evening: Evening, qtbot: QtBot
):
    screen = window.go("devices").page()  # type: ignore[attr-defined]
    assert isinstance(screen, DevicesScreen)
    now = evening.now
    problem = Problem("clock_wrong", params={"direction": "快", "minutes": "9"})
    services.signals.sync_status.emit(
        SyncStatus(Phase.CLOCK_WRONG, waiting=3, problem=problem, last_contact=now - timedelta(hours=1),
                   clock_offset=540.0)
    )  # fmt: skip
    texts = {label.text() for label in screen.findChildren(QLabel)}
    assert {"http://centre", "窗口一 · A03", "997", "+540 s", "3"} <= texts
    assert screen.link.problem.problem() == problem
    screen.link.again.click()
    assert isinstance(services.courier, ToldCourier) and services.courier.woken == 1
    assert screen.link.enrol.isHidden()  # it is enrolled


def test_an_unenrolled_machine_takes_a_new_code(
    settings: Settings, signals: Signals, imaging: ImagingPool, qtbot: QtBot, tmp_path: Path
):
    evening = Evening(tmp_path / "new", enrolled=False)
    services = services_over(evening, settings, signals, imaging)
    screen = DevicesScreen(services)
    qtbot.addWidget(screen, before_close_func=lambda _: evening.close())
    screen.show()
    screen.shown()
    assert screen.link.enrol.isVisible()
    assert screen.link.url.text() == "http://centre"
    screen.link.url.setText("https://other.example")
    screen.link.code.setText("NEW-CODE")
    screen.link.keep.click()
    qtbot.waitUntil(lambda: services.courier.woken == 1)  # type: ignore[attr-defined]
    found = evening.read(device.read_device)
    assert found is not None
    assert (found.centre_url, found.enrolment_code) == ("https://other.example", "NEW-CODE")


def test_printers_are_chosen_and_remembered_even_when_away(
    window: MainWindow, services: Services, settings: Settings, qtbot: QtBot
):
    settings.change(roll_printer="XP-80")
    screen = window.go("devices").page()  # type: ignore[attr-defined]
    assert isinstance(screen, DevicesScreen)
    qtbot.waitUntil(lambda: screen._a4.findData("HP-M404") > 0)
    screen._a4.setCurrentIndex(screen._a4.findData("HP-M404"))
    screen._a4.activated.emit(screen._a4.currentIndex())
    assert settings.value.a4_printer == "HP-M404"
    assert screen._roll.currentText() == "XP-80（未连接）"


def test_looks_change_at_once_and_stay(window: MainWindow, settings: Settings, qtbot: QtBot, tmp_path: Path):
    screen = window.go("devices").page()  # type: ignore[attr-defined]
    assert isinstance(screen, DevicesScreen)
    screen._theme.setFocus()
    qtbot.keyClick(screen._theme, Qt.Key.Key_Right)
    qtbot.keyClick(screen._size, Qt.Key.Key_Right)
    assert settings.value.theme is ThemeName.DARK and settings.value.text_percent == 125
    assert Settings(tmp_path / "settings.json").value == settings.value


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("percent", [100, 150])
@pytest.mark.parametrize("place", PLACES)
def test_no_words_are_cut_off_on_the_smallest_laptop(
    window: MainWindow, settings: Settings, qtbot: QtBot, language: str, percent: int, place: str
):
    settings.change(language=language, text_percent=percent)
    window.go(place)

    def cut() -> set[str]:
        labels = [t for t in window.findChildren(Text) if t.isVisible() and not t._elide and not t.wordWrap()]
        needed = {(t.text(), t.width(), QFontMetricsF(t.font()).horizontalAdvance(t.text())) for t in labels}
        needed |= {
            (b.text(), b.width(), QFontMetricsF(look().font(12.5)).horizontalAdvance(b.text()))
            for b in window.findChildren(RailButton)
        }
        return {text for text, width, need in needed if width < int(need) - 1}

    qtbot.wait(120)
    qtbot.waitUntil(lambda: not cut())
    assert window.width() == 1366  # nothing forced the window to grow


def test_every_editor_has_a_name_for_a_screen_reader(window: MainWindow, qtbot: QtBot):
    for place in PLACES:
        window.go(place)
    nameless = [e for e in window.findChildren(QLineEdit) if not e.accessibleName()]
    assert not nameless
