"""Certificates into their owners' hands at the window: told, signed, handed out, printed, taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from registration.collection import CollectionState, digest_of, receipt_text
from registration.facts import Topic
from storage import collecting, facts, feed
from storage.second_person import Alone
from tests.driving import tend
from tests.storage.evening import Evening
from tests.storage.test_collecting import NUMBER, STROKES
from tests.storage.test_revisions import status, tell
from tests.ui.test_corrections_screen import held
from tests.ui.test_scans import scan
from tests.ui.window import PaperTray, with_tray
from ui.main_window import MainWindow
from ui.screens.case_detail import CaseDetail
from ui.screens.collection import CollectionScreen
from ui.screens.hub import HubScreen
from ui.screens.visit_photo import PhotoSheet
from ui.services import Services


@pytest.fixture
def screen(qtbot: QtBot, services: Services, evening: Evening) -> CollectionScreen:
    receipt = held(evening)
    for state in ("registered", "certificate_issued"):
        tell(evening, status(receipt, state, certificate_number=NUMBER))
    found = CollectionScreen(with_tray(services, PaperTray(), evening))
    qtbot.addWidget(found)
    found.resize(1180, 700)
    found.show()
    found.shown()
    qtbot.waitUntil(lambda: found.table.line_count() == 1, timeout=20_000)
    return found


def sign(screen: CollectionScreen) -> None:
    screen.form.pad._strokes = [list(stroke) for stroke in STROKES]
    screen.form.pad._widths = [[2.0] * len(stroke) for stroke in STROKES]
    screen.form.pad.drawn.emit()


def fill(screen: CollectionScreen, evening: Evening) -> None:
    screen.form.name.setText("魏秀英")
    screen.form.identity.setChecked(True)
    screen.form.receipt.setText(held_number(screen))
    sign(screen)


def case_says(qtbot: QtBot, screen: CollectionScreen, case: str) -> str:
    """Open the case beside the list, and return what it says first."""
    detail = CaseDetail(screen._services)
    qtbot.addWidget(detail)
    detail.show_case(case)
    qtbot.waitUntil(lambda: bool(detail._where.text()), timeout=20_000)
    return detail._where.text()


def held_number(screen: CollectionScreen) -> str:
    row = screen._row()
    assert row is not None
    return row.receipt_number


def test_told_signed_handed_out_and_taken_back(
    qtbot: QtBot, screen: CollectionScreen, evening: Evening
) -> None:
    assert "魏秀英" not in screen.table.line(0)[1]
    screen.notify()
    qtbot.waitUntil(
        lambda: evening.read(collecting.waiting)[0].state is CollectionState.NOTIFIED, timeout=20_000
    )
    screen.form.hand_out()
    qtbot.waitUntil(screen.form.problem.isVisible, timeout=20_000)
    fill(screen, evening)
    qtbot.keyClick(screen, Qt.Key.Key_F7)
    (sheet,) = screen.findChildren(PhotoSheet)
    sheet._data = b"\xff\xd8 an invented photo"  # as the camera gives it
    sheet._press()
    qtbot.waitUntil(lambda: len(screen._photos) == 1, timeout=20_000)
    case = evening.read(collecting.waiting)[0].application_id
    qtbot.keyClick(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not evening.read(collecting.waiting), timeout=20_000)
    given = evening.read(collecting.of_case, case).given
    assert given is not None
    (photo,) = evening.read(facts.of_subject, Topic.COLLECTION, case)[-1].attachments
    assert screen._services.pages.get(photo.digest) == b"\xff\xd8 an invented photo"
    place = evening.read(collecting.handed_out)[0].place
    assert given.place == place and given.text_digest == digest_of(receipt_text(given, "zh"))
    assert case_says(qtbot, screen, case).startswith(f"证书 {NUMBER} 已于 ")
    screen._which._choose("in_hand")
    qtbot.waitUntil(lambda: screen._known is not None, timeout=20_000)
    screen.print_record()
    tray = screen._services.press.send.__self__  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: bool(tray.jobs), timeout=20_000)
    assert tray.jobs[0][1].startswith(b"%PDF")
    screen.why.setText("错发")
    screen._take_back(Alone("夜间一人"))
    qtbot.waitUntil(
        lambda: evening.read(collecting.of_case, case).state is CollectionState.TAKEN_BACK, timeout=20_000
    )


def test_what_was_signed_under_another_text_is_signed_again(
    qtbot: QtBot, screen: CollectionScreen, evening: Evening
) -> None:
    fill(screen, evening)
    screen.form.name.setText("别人")
    screen.form.hand_out()
    assert screen.form.problem.isVisible() and screen.form.pad.strokes() == ()
    assert len(evening.read(collecting.waiting)) == 1


def test_a_scanned_receipt_finds_its_certificate_and_comes_back(
    qtbot: QtBot, window: MainWindow, evening: Evening
) -> None:
    elsewhere = {"household_id": "h-2-101", "type_code": "new_housing_transfer", "device_code": "B02",
                 "state": "certificate_issued"}  # fmt: skip
    told = [
        {"seq": 50 + n, "kind": "ledger",
         "body": {**elsewhere, "application_id": f"x-{n}", "receipt_number": f"R-{n}"}} for n in range(2)
    ]  # fmt: skip
    evening.write(feed.apply_feed, evening.now, told, 52)
    receipt = held(evening)
    for state in ("registered", "certificate_issued"):
        tell(evening, status(receipt, state, certificate_number=NUMBER))
    hub: HubScreen = window.go("ledger")  # type: ignore[assignment]
    page = hub.open_tab("collection")
    assert isinstance(page, CollectionScreen)
    qtbot.waitUntil(lambda: page.table.line_count() == 3, timeout=20_000)

    def in_hand() -> str:
        row = page._row()
        return row.receipt_number if row is not None else ""

    assert page.take_receipt("R-1")  # issued at another window: its case is known by the feed alone
    qtbot.waitUntil(lambda: in_hand() == "R-1", timeout=20_000)
    assert page.form._row is not None and page.form._row.receipt_number == "R-1"
    tend(0.1)
    scan(window, receipt.number)
    qtbot.waitUntil(lambda: in_hand() == receipt.number, timeout=20_000)
    assert window.place() == "ledger" and page.form.receipt.text() == ""
    page.form.name.setFocus()
    scan(window, receipt.number)
    assert page.form.receipt.text() == receipt.number and page.form.name.text() == ""
    with qtbot.waitSignal(page._services.signals.failed, timeout=20_000) as said:
        page.take_receipt("620102-Z9-000000-0000")
    assert said.args[0].code == "certificate_not_made"
