"""A machine on its battery says how much is left, and says it aloud once when it runs low."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from ui.battery_watch import watch_battery
from ui.main_window import MainWindow
from ui.readiness import battery
from ui.services import Services


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
    watch = watch_battery(window, services.signals, window._bar, lambda: battery(folder))
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
