"""Papers straight from the table into the intake: camera, scanner and watched folder in the real window."""

from __future__ import annotations

import ctypes.util
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from capture.imaging import ImagingPool
from capture.sources.scanner_sane import SaneSource
from storage.page_exchange import former_pages
from tests.capture.devices.fed_camera import FedLens, FedLenses, packed
from tests.driving import click, press, tend, wait_until
from tests.storage.evening import Evening
from tests.ui.intake_walk import SAMPLES, at_materials, pages_there
from tests.ui.window import NOTHING_PLUGGED_IN, services_over
from ui.intake.screen import IntakeScreen
from ui.intake.steps import Step
from ui.main_window import MainWindow
from ui.services import Services
from ui.settings import Settings
from ui.signals import Signals

CARD = (SAMPLES / "id_card_front-007-00.jpg").read_bytes()
CONTRACT = (SAMPLES / "purchase_contract-007-01.jpg").read_bytes()


@pytest.fixture
def lens(qtbot: QtBot) -> FedLens:
    return FedLens("usb-1-2:1.0-0ac8:3450", "Document camera", CARD)


@pytest.fixture
def lenses(lens: FedLens) -> FedLenses:
    return FedLenses(lens)


@pytest.fixture
def services(
    evening: Evening, settings: Settings, signals: Signals, imaging: ImagingPool, lenses: FedLenses
) -> Services:
    found = services_over(evening, settings, signals, imaging)
    return replace(found, devices=replace(NOTHING_PLUGGED_IN, lenses=lambda: lenses))


@pytest.fixture
def screen(window: MainWindow) -> IntakeScreen:
    return at_materials(window)


def live(screen: IntakeScreen) -> None:
    """Turn the camera on by its key and wait for its picture."""
    press("F2", screen.materials_page.board)
    wait_until(lambda: not screen.capture_side.panel.view.picture().isNull(), "the live picture")


def code_of(screen: IntakeScreen) -> str:
    return screen.materials_page.board.current_row()


def test_a_page_under_the_camera_goes_to_the_row_by_one_key(
    screen: IntakeScreen, lens: FedLens, evening: Evening
):
    side, board = screen.capture_side, screen.materials_page.board
    board.choose("identity")
    live(screen)
    assert screen.materials_page.panel.isHidden()
    wait_until(side.panel.view.outlined, "the outline", 30)
    press("Space", board)
    pages_there(screen, "identity", 1)
    lens.lay(CONTRACT)
    board.choose("purchase_contract")
    tend(0.3)
    press("Space", board)
    pages_there(screen, "purchase_contract", 1)
    case = screen.case()
    assert case is not None
    assert [page.original_type for page in case.pages] == ["image/jpeg"] * 2
    assert evening.pages.get(case.pages_of("purchase_contract")[0].original_digest) == CONTRACT
    press("F2", board)
    assert side.panel.isHidden()
    assert not screen.materials_page.panel.isHidden()
    assert not lens.running()


def test_a_foot_pedal_photographs_whatever_key_it_types(
    screen: IntakeScreen, settings: Settings, lens: FedLens
):
    board = screen.materials_page.board
    board.choose("identity")
    live(screen)
    for number, key in enumerate(("PgDown", "B", "F9"), start=1):
        settings.change(pedal_key=key)
        press(key, board)
        pages_there(screen, "identity", number)
    assert screen.step() is Step.MATERIALS
    press("F2", board)  # without the camera the same key does what it always did
    settings.change(pedal_key="PgDown")
    press("PgDown", board)
    wait_until(lambda: screen.step() is Step.INQUIRY, "the next step")


def test_what_the_gate_says_after_the_shutter_is_answered_by_taking_the_page_again(
    screen: IntakeScreen, lens: FedLens, evening: Evening
):
    side, board = screen.capture_side, screen.materials_page.board
    board.choose("purchase_contract")
    lens.lay(CONTRACT)
    live(screen)
    press("Space", board)
    pages_there(screen, "purchase_contract", 1)
    case = screen.case()
    assert case is not None
    first = case.pages[0]
    wait_until(side.panel.faults.retake.isVisible, "the choice after the shutter")
    assert "200" in side.panel.faults.words.text()
    lens.lay(CARD)
    tend(0.3)
    press("T", board)
    wait_until(lambda: case.pages and case.pages[0].id != first.id, "the page taken again", 60)
    assert len(case.pages_of("purchase_contract")) == 1
    assert evening.pages.get(case.pages[0].original_digest) == CARD
    assert [page.id for page, _ in evening.read(former_pages, case.id)] == [first.id]
    wait_until(lambda: not side.panel.faults.retake.isVisible(), "nothing to say any more")


def test_a_page_that_lies_still_is_taken_by_itself(screen: IntakeScreen, lens: FedLens):
    screen.materials_page.board.choose("identity")
    live(screen)
    lens.lay(CONTRACT)
    click(screen.capture_side.panel.automatic)
    lens.lay(CARD)
    pages_there(screen, "identity", 1)


def test_enter_photographs_into_the_next_row_that_lacks_its_paper(screen: IntakeScreen, lens: FedLens):
    board = screen.materials_page.board
    lens.lay(CONTRACT)
    live(screen)
    for code in ("application_form", "identity"):
        press("Return", board)
        pages_there(screen, code, 1)
        assert code_of(screen) == code
    assert screen.materials_page.dialog is None
    assert screen.materials_page.on_button.text() == "拍下一项"
    press("F2", board)
    assert screen.materials_page.on_button.text() == "添加到下一项"


def test_files_are_added_as_before_while_the_camera_is_on(screen: IntakeScreen):
    live(screen)
    press("Ctrl+O", screen.materials_page.board)
    wait_until(lambda: screen.materials_page.dialog is not None, "the file dialog")
    dialog = screen.materials_page.dialog
    assert dialog is not None
    dialog.reject()


def test_without_the_camera_space_and_enter_do_what_they_did(screen: IntakeScreen):
    press("Space", screen.materials_page.board)
    tend(0.2)
    case = screen.case()
    assert case is not None
    assert case.pages == ()


def test_unplugged_the_panel_says_so_and_goes_on_by_itself(
    screen: IntakeScreen, lens: FedLens, lenses: FedLenses
):
    live(screen)
    lenses.unplug(lens)
    wait_until(lambda: screen.capture_side.panel.view.picture().isNull(), "no picture")
    assert screen.capture_side.panel.state.text() == "等待摄像头"
    press("Space", screen.materials_page.board)
    wait_until(screen.capture_side.panel.problem.isVisible, "the words")
    lenses.plug(lens)
    wait_until(lambda: not screen.capture_side.panel.view.picture().isNull(), "the picture again")
    wait_until(lambda: not screen.capture_side.panel.problem.isVisible(), "the words gone")


def test_the_camera_is_let_go_on_leaving_the_step_and_on_again_on_coming_back(
    screen: IntakeScreen, lens: FedLens
):
    live(screen)
    press("PgUp", screen.materials_page.board)
    wait_until(lambda: not lens.running(), "the camera let go")
    press("PgDown", screen)
    wait_until(lens.running, "the camera on again")


def test_several_cameras_are_turned_through_by_key(screen: IntakeScreen, lenses: FedLenses):
    other = FedLens("usb-1-3:1.0-0ac8:3451", "Portrait camera", packed(Image.new("RGB", (320, 240), "red")))
    lenses.plug(other)
    live(screen)
    press("F4", screen.materials_page.board)
    wait_until(other.running, "the portrait camera")
    wait_until(lambda: screen.capture_side.panel.name.text() == "Portrait camera", "its name")


def test_no_camera_at_all_is_said_with_what_to_do(screen: IntakeScreen, lens: FedLens, lenses: FedLenses):
    lenses.unplug(lens)
    press("F2", screen.materials_page.board)
    wait_until(screen.capture_side.panel.isVisible, "the panel")
    assert screen.capture_side.panel.state.text() == "没有摄像头"
    press("F2", screen.materials_page.board)


def test_a_file_in_the_watched_folder_becomes_a_page_and_is_taken_away(
    screen: IntakeScreen, settings: Settings, tmp_path: Path
):
    folder = tmp_path / "scans"
    folder.mkdir()
    settings.change(watched_folder=str(folder))
    press("PgUp", screen.materials_page.board)
    press("PgDown", screen)
    screen.materials_page.board.choose("invoice")
    file = folder / "scan0001.jpg"
    file.write_bytes(CONTRACT)
    pages_there(screen, "invoice", 1)
    wait_until(lambda: not file.exists(), "the file gone")


def test_without_a_scanner_the_key_says_so(screen: IntakeScreen):
    press("F3", screen.materials_page.board)
    wait_until(screen.capture_side.panel.problem.isVisible, "the words")


@pytest.mark.skipif(ctypes.util.find_library("sane") is None, reason="libsane is not installed")
def test_the_feeder_is_scanned_into_the_row_by_one_key(
    services: Services, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "dll.conf").write_text("test\n", "ascii")
    (tmp_path / "test.conf").write_text(
        'number_of_devices 1\ntest-picture "Grid"\ngeometry_max 40\nresolution 50\n', "ascii"
    )
    monkeypatch.setenv("SANE_CONFIG_DIR", str(tmp_path))
    devices = replace(services.devices, scanners=SaneSource)
    window = MainWindow(replace(services, devices=devices))
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    screen = at_materials(window)
    screen.materials_page.board.choose("purchase_contract")
    press("F3", screen.materials_page.board)
    pages_there(screen, "purchase_contract", 10)
    screen.capture_side.close()
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
