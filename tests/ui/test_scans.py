"""Scanned receipts in the real window: a scanner that types, a hand that types, a code under the camera."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from printing.signed_token import sign_receipt
from registration.receipt import Receipt
from storage import applications, device, receipts
from storage.opening import keep_trust
from tests.driving import press, tend, wait_until
from tests.storage.evening import Evening
from tests.ui.intake_walk import at_materials, begin
from ui.main_window import MainWindow
from ui.scans import ScanWatch
from ui.screens.queue import QueueScreen
from ui.services import Services


@pytest.fixture
def receipt(evening: Evening) -> Receipt:
    row = next(r for r in evening.store.read(applications.rows) if r.receipt_number)
    found = evening.store.read(lambda db: receipts.receipt(db, row.receipt_number))
    assert found is not None
    return found


def strike(window: MainWindow, character: str, delay: int = -1) -> None:
    """Strike a key on the window, as the system hands it over."""
    handle = window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, character, Qt.KeyboardModifier.NoModifier, delay)  # type: ignore[call-overload]


def scan(window: MainWindow, text: str) -> None:
    """Type as a scanner does: through the window, a key each 4 ms, Enter at the end.

    The moments are the scanner's, not those of a machine that other tests keep busy.
    """
    watch = window.findChild(ScanWatch)
    assert watch is not None
    measured, moments = watch._when, itertools.count(1e6, 0.002)
    watch._when = lambda _event: next(moments)
    try:
        for character in f"{text}\r":
            strike(window, character)
    finally:
        watch._when = measured
    tend(0.1)


def opened(window: MainWindow, receipt: Receipt) -> None:
    wait_until(lambda: window.place() == "queue", "the queue")
    queue = window.screen_of("queue")
    assert isinstance(queue, QueueScreen)
    wait_until(lambda: queue._detail.application_id() == receipt.application_id, "the case")


def test_a_scanned_number_opens_its_case(window: MainWindow, receipt: Receipt):
    tend(0.1)
    scan(window, receipt.number)
    opened(window, receipt)


def test_a_scanned_token_opens_its_case_from_the_middle_of_an_intake(
    window: MainWindow, receipt: Receipt, evening: Evening, services: Services
):
    keep_trust(evening.store, services.data_dir)
    screen = at_materials(window)
    case = screen.case()
    assert case is not None
    identity = evening.store.read(device.read_device)
    assert identity is not None
    scan(window, f"https://centre.example/r#{sign_receipt(receipt, identity.signing_key)}")
    opened(window, receipt)
    assert screen.materials_page.dialog is None


def test_what_a_scanner_typed_into_an_entry_is_taken_out_again(window: MainWindow, receipt: Receipt):
    screen = begin(window)
    screen.applicant_page.enter("name", "张立群")
    tend(0.1)
    scan(window, receipt.number)
    opened(window, receipt)
    case = screen.case()
    assert case is not None
    assert case.application.first_applicant.name == "张立群"
    assert screen.applicant_page.editors["name"].text() == "张立群"


def test_a_hand_types_as_before(window: MainWindow):
    screen = begin(window)
    for character in "A12":
        strike(window, character, delay=60)
    tend(0.1)
    assert screen.applicant_page.editors["name"].text() == "A12"
    assert window.place() == "intake"


def test_a_key_held_back_reaches_what_it_was_meant_for(window: MainWindow):
    screen = at_materials(window)
    row = screen.materials_page.board.current_row()
    case = screen.case()
    assert case is not None
    before = case.application.material(row)
    screen.materials_page.board.setFocus()
    strike(window, "o")
    wait_until(lambda: case.application.material(row) != before, "original or copy turned")


def test_another_code_is_left_where_it_was_typed(window: MainWindow):
    screen = begin(window)
    tend(0.1)
    scan(window, "6901234567892")
    assert screen.applicant_page.editors["name"].text() == "6901234567892"
    assert window.place() == "intake"


def test_a_receipt_under_the_camera_is_offered_and_opened_by_its_key(
    window: MainWindow, receipt: Receipt, services: Services
):
    begin(window)
    services.signals.code_seen.emit(receipt.number)
    tend(0.1)
    assert window.place() == "intake"
    press("F5", window)
    opened(window, receipt)
