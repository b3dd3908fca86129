"""A machine on its battery says how much is left, and says it aloud once when it runs low."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.capture.devices.fed_camera import FedLens, FedLenses
from tests.ui.intake_walk import SAMPLES
from tests.ui.window import NOTHING_PLUGGED_IN
from ui import live_camera
from ui.battery_saving import BatterySaving
from ui.battery_watch import watch_battery
from ui.main_window import MainWindow
from ui.readiness import Battery, battery
from ui.services import Services
from ui.signals import Signals

CARD = (SAMPLES / "id_card_front-007-00.jpg").read_bytes()


def supply(folder: Path, percent: int, status: str) -> None:
    """Write a battery as the system shows it."""
    one = folder / "BAT0"
    one.mkdir(exist_ok=True)
    for name, text in (("type", "Battery"), ("capacity", str(percent)), ("status", status)):
        (one / name).write_text(text + "\n", "ascii")


def test_the_battery_is_said_and_warned_about_once(
    window: MainWindow, services: Services, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "power"
    folder.mkdir()
    supply(folder, 55, "Discharging")
    saving = BatterySaving(services.signals, window)
    watch = watch_battery(window, services.signals, window._bar, saving, lambda: battery(folder))
    told: list[int] = []
    watch.low.connect(told.append)
    qtbot.waitUntil(window._bar._battery.isVisible)  # it looks by itself at first

    def looked(percent: int, status: str) -> None:
        supply(folder, percent, status)
        with qtbot.waitSignal(watch.changed):
            watch.look()

    looked(55, "Discharging")
    pill = window._bar._battery
    assert pill.isVisible() and "55" in pill.text() and told == []
    for percent in (20, 19, 10, 9):
        looked(percent, "Discharging")
    assert told == [20, 10]
    assert window._toast.isVisible() and "10" in window._toast.text()
    looked(30, "Charging")
    assert not pill.isVisible()
    looked(18, "Discharging")
    assert told == [20, 10, 18]  # armed anew on the mains
    (folder / "BAT0" / "capacity").unlink()
    with qtbot.waitSignal(watch.changed):
        watch.look()
    assert not pill.isVisible()


def test_the_battery_is_saved_in_a_visit_when_low_and_by_the_key(
    window: MainWindow, services: Services, signals: Signals, qtbot: QtBot
) -> None:
    bar, saving = window._bar, BatterySaving(signals, window)
    told: list[bool] = []
    signals.saving_changed.connect(told.append)
    saving.hear(Battery(60, charging=False))
    assert not signals.saving
    saving.set_visit(True)
    assert signals.saving and QApplication.cursorFlashTime() == 0
    saving.set_visit(False)
    assert not signals.saving and QApplication.cursorFlashTime() > 0
    saving.hear(Battery(20, charging=False))
    assert not signals.saving
    saving.hear(Battery(19, charging=False))
    assert signals.saving
    saving.turn()
    assert not signals.saving  # the person has the last word
    saving.hear(Battery(18, charging=False))
    assert not signals.saving
    saving.hear(Battery(18, charging=True))
    saving.hear(Battery(18, charging=False))
    assert signals.saving  # what the key said ended on the mains
    saving.hear(Battery(18, charging=True))
    assert saving.turn() and not signals.saving
    assert told == [True, False, True, False, True, False]
    qtbot.keyClick(window, Qt.Key.Key_F9, Qt.KeyboardModifier.ControlModifier)  # no battery is known here
    assert signals.saving and bar._battery.isVisible() and bar._battery.text() == "省电中"
    qtbot.keyClick(window, Qt.Key.Key_F9, Qt.KeyboardModifier.ControlModifier)
    assert not signals.saving and not bar._battery.isVisible()


def test_the_pill_says_the_charge_and_that_it_is_saved(window: MainWindow) -> None:
    window._bar.set_battery(43, saving=True)
    assert window._bar._battery.text() == "43%，省电中"


def test_a_camera_that_is_idle_is_shut_while_the_battery_is_saved(
    services: Services, signals: Signals, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(live_camera, "IDLE_MS", 50)
    lens = FedLens("usb-1-2:1.0-0ac8:3450", "Document camera", CARD)
    found = replace(services, devices=replace(NOTHING_PLUGGED_IN, lenses=lambda: FedLenses(lens)))
    parent = QObject()
    camera = live_camera.LiveCamera(found, parent, rests=True)
    other = live_camera.LiveCamera(found, parent)
    camera.turn_on()
    qtbot.wait(120)
    assert camera.is_on()  # on the mains it stays
    with qtbot.waitSignal(camera.rested, timeout=20_000):
        signals.set_saving(True)
    assert not camera.is_on()
    qtbot.waitUntil(lambda: not lens.running())
    other.turn_on()
    qtbot.wait(120)
    assert other.is_on()  # one that reads a code goes on
    other.turn_off()
    camera.turn_on()
    with qtbot.waitSignal(camera.rested, timeout=20_000):
        pass
