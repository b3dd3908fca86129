"""What the intake's tests share: a complete applicant, an intake in hand, and waiting for pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent

from storage import applications
from storage.values import ApplicationDetail
from tests.capture.devices.simulated_reader import SimulatedReader
from tests.driving import press, tend, wait_until, write
from tests.storage.evening import Evening
from tests.ui.window import NOTHING_PLUGGED_IN
from ui.intake.screen import IntakeScreen
from ui.intake.steps import Step
from ui.main_window import MainWindow
from ui.screens.tonight import TonightScreen
from ui.services import Services

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
PERSON = {
    "name": "张立群",
    "id_number": "620102198503071231",
    "phone": "13893104567",
    "address": "河湾东路188号",
}
PAPERS = {
    "application_form": ["contract-3-pages.pdf"],
    "identity": ["id_card_front-007-00.jpg", "id_card_back-007-02.jpg"],
    "purchase_contract": ["purchase_contract-007-01.jpg"],
    "invoice": ["invoice-scan.png"],
    "maintenance_fund": ["marriage-2-pages.tif"],
}
PAGES = {"application_form": 3, "identity": 2, "purchase_contract": 1, "invoice": 1, "maintenance_fund": 2}


def begin(window: MainWindow) -> IntakeScreen:
    """Take the next applicant by its key; return the intake with the hand on the name."""
    tonight = window.screen_of("tonight")
    assert isinstance(tonight, TonightScreen)
    wait_until(lambda: tonight.session() is not None and window.isActiveWindow(), "the open session")
    press("Ctrl+N", window)
    wait_until(lambda: window.place() == "intake", "the intake")
    screen = window.screen_of("intake")
    assert isinstance(screen, IntakeScreen)
    wait_until(screen.applicant_page.editors["name"].hasFocus, "the hand on the name")
    return screen


def type_applicant(screen: IntakeScreen, **changes: str) -> None:
    """Type a whole applicant, entry by entry, and go on."""
    for entry, text in {**PERSON, **changes}.items():
        wait_until(screen.applicant_page.editors[entry].hasFocus, f"the hand on {entry}")
        write(text)
        press("Return")
    wait_until(lambda: screen.step() is Step.PROPERTY, "the property")


def type_property(screen: IntakeScreen, number: str = "10-2-1202") -> None:
    """Search a household by its number, take it, and go on to the materials."""
    wait_until(lambda: screen.property_page.picker.grid.current_cell() is not None, "the building table")
    write(number)
    press("Return")
    wait_until(lambda: screen.step() is Step.TYPE, "the type")
    press("Return")
    wait_until(lambda: screen.step() is Step.MATERIALS, "the materials")


def at_materials(window: MainWindow) -> IntakeScreen:
    """Return an intake that stands at its materials, everything before it typed."""
    screen = begin(window)
    type_applicant(screen)
    type_property(screen)
    return screen


def pages_there(screen: IntakeScreen, item_code: str, count: int) -> None:
    """Wait until the board shows this many pages of a row."""
    case = screen.case()
    assert case is not None
    wait_until(lambda: len(case.pages_of(item_code)) == count, f"{count} pages of {item_code}", 60)


def stored(evening: Evening, application_id: str) -> ApplicationDetail:
    """Return a case as the disk has it."""
    found: Any = evening.store.read(lambda db: applications.detail(db, application_id))
    assert isinstance(found, ApplicationDetail)
    return found


@contextmanager
def window_over(services: Services) -> Iterator[MainWindow]:
    """A window of its own, freed before its store closes: what the next process would show."""
    window = MainWindow(services)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    window.take_focus()
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def enter(*texts: str) -> None:
    """Type entry by entry from where the hand is, each ended by Enter."""
    for text in texts:
        write(text)
        press("Return")


def with_reader(services: Services, reader: SimulatedReader) -> Services:
    """Return services of a machine with this card reader and nothing else plugged in."""
    return replace(services, devices=replace(NOTHING_PLUGGED_IN, ports=lambda: (reader.port,)))


@contextmanager
def reading(window: MainWindow) -> Iterator[IntakeScreen]:
    """An intake whose card reader is connected; the reader is let go of at the end."""
    found = begin(window)
    wait_until(lambda: found.card_side.panel.state.text() == "已连接", "the reader")
    yield found
    window.go("tonight")
    tend(0.8)


def read_card(screen: IntakeScreen) -> None:
    """Read the card that lies there, by its key, and wait for what it says."""
    press("F2", screen.applicant_page)
    wait_until(screen.card_side.panel.values["name"].isVisible, "what the card says")
