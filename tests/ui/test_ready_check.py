"""The ready-to-go check in the real window: what is there, what is not, and what was tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from pytestqt.qtbot import QtBot

from capture.imaging import ImagingPool
from printing import test_page
from tests.capture.devices.fed_camera import FedLens, FedLenses, packed
from tests.capture.devices.simulated_reader import SimulatedReader
from tests.driving import button, press, tend, wait_until
from tests.storage.evening import Evening
from tests.ui.window import NOTHING_PLUGGED_IN, PaperTray, services_over
from ui import readiness
from ui.main_window import MainWindow
from ui.ready_result import Point
from ui.screens.ready_check import ReadyCheckScreen
from ui.services import Services
from ui.settings import Settings
from ui.signals import Signals
from ui.theme import Tone

PRINTED_AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def photographed(blur: float = 0.0) -> bytes:
    """The test page on a dark table, as a camera of 8 megapixels sees it."""
    from PIL import Image, ImageFilter

    pdf = pypdfium2.PdfDocument(test_page.render(printed_at=PRINTED_AT))
    page = pdf[0].render(scale=200 / 72).to_pil().convert("RGB")
    scene = Image.new("RGB", (3264, 2700), (70, 74, 78))
    scene.paste(page, (800, 180))
    return packed(scene.filter(ImageFilter.GaussianBlur(blur)) if blur else scene)


@pytest.fixture
def lens(qtbot: QtBot) -> FedLens:
    return FedLens("usb-a", "Document camera", photographed())


@pytest.fixture
def services(
    evening: Evening,
    settings: Settings,
    signals: Signals,
    imaging: ImagingPool,
    lens: FedLens,
    reader: SimulatedReader,
) -> Services:
    devices = replace(NOTHING_PLUGGED_IN, lenses=lambda: FedLenses(lens), ports=lambda: (reader.port,))
    return replace(services_over(evening, settings, signals, imaging), devices=devices)


@pytest.fixture
def screen(window: MainWindow) -> Iterator[ReadyCheckScreen]:
    found = window.go("ready")
    assert isinstance(found, ReadyCheckScreen)
    yield found
    window.go("tonight")  # lets go of the devices
    tend(0.8)


def text(screen: ReadyCheckScreen, point: Point) -> str:
    return screen.said[point].text()


def test_everything_is_looked_at_and_said(screen: ReadyCheckScreen):
    wait_until(lambda: all(text(screen, point) for point in Point), "every line", 20)
    assert text(screen, Point.CAMERA) == "Document camera"
    assert screen.states[Point.CAMERA].text() == "正常"
    assert screen.states[Point.READER].text() == "正常"
    assert text(screen, Point.PRINTER) == "HP-M404"
    assert screen.states[Point.SCANNER].text() == "请看一下"
    assert screen.states[Point.CLOCK].text() == "请看一下"  # no contact with the centre yet
    assert "件" in text(screen, Point.ROOM)


def test_sharpness_is_measured_on_the_printed_page(screen: ReadyCheckScreen, lens: FedLens):
    press("S", screen)
    wait_until(lambda: screen.states[Point.SHARPNESS].text() == "正常", "sharp", 40)
    assert not lens.running()  # the camera is let go
    lens.lay(photographed(blur=5.0))
    press("S", screen)
    wait_until(lambda: screen.states[Point.SHARPNESS].text() == "缺少", "blurred", 40)
    assert "<" in text(screen, Point.SHARPNESS)


def test_the_test_page_goes_to_the_printer(
    services: Services, screen: ReadyCheckScreen, monkeypatch: pytest.MonkeyPatch
):
    tray = PaperTray()
    monkeypatch.setattr(screen, "_services", replace(services, press=tray.press()))
    press("P", screen)
    wait_until(lambda: tray.jobs, "the printed page")
    document = pypdfium2.PdfDocument(tray.jobs[0][1])
    assert len(document) == 1
    assert "测试页" in document[0].get_textpage().get_text_range()


def test_a_printer_that_takes_nothing_is_said(
    services: Services, screen: ReadyCheckScreen, monkeypatch: pytest.MonkeyPatch
):
    tray = PaperTray()
    tray.refuse = True
    monkeypatch.setattr(screen, "_services", replace(services, press=tray.press()))
    press("P", screen)
    wait_until(lambda: screen.states[Point.PRINTER].text() == "缺少", "the refusal")


def test_the_second_copy_is_said(screen: ReadyCheckScreen, services: Services, tmp_path: Path):
    wait_until(lambda: bool(text(screen, Point.COPY)), "the line of the copy", 20)
    assert "没有" in text(screen, Point.COPY) and screen.states[Point.COPY].tone() is Tone.AMBER
    folder = tmp_path / "drive"
    services.copy_room.choose(services.who, folder)
    services.copy_room.keep_up()
    screen.look()
    assert str(folder) in text(screen, Point.COPY)
    assert screen.states[Point.COPY].tone() is Tone.PRIMARY


def test_the_devices_screen_leads_to_the_check(window: MainWindow):
    devices = window.go("devices")
    wait_until(devices.isVisible, "the devices")
    button(devices, "出发前自检").click()
    wait_until(lambda: window.place() == "ready", "the check")
    tend(0.3)
    press("Esc", window)
    wait_until(lambda: window.place() == "devices", "the devices again")
    tend(0.8)


def supply(folder: Path, name: str, **facts: str) -> None:
    (folder / name).mkdir(parents=True)
    for fact, value in facts.items():
        (folder / name / fact).write_text(value + "\n", "ascii")


def test_the_emptiest_battery_counts_and_a_mouse_is_none(tmp_path: Path):
    assert readiness.battery(tmp_path / "nowhere") is None
    supply(tmp_path, "AC", type="Mains", online="1")
    supply(tmp_path, "hid-mouse", type="Battery", status="Discharging")
    assert readiness.battery(tmp_path) is None
    supply(tmp_path, "BAT0", type="Battery", status="Discharging", capacity="81")
    supply(tmp_path, "BAT1", type="Battery", status="Charging", capacity="34")
    assert readiness.battery(tmp_path) == readiness.Battery(34, charging=True)


def test_ages_and_room(tmp_path: Path):
    assert readiness.days_since(PRINTED_AT, PRINTED_AT + timedelta(days=3, hours=5)) == 3
    assert readiness.days_since(PRINTED_AT, PRINTED_AT - timedelta(hours=1)) == 0
    assert readiness.room_for(tmp_path) > 0
