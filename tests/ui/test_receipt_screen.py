"""The receipt on the screen: the very bytes for paper, printing followed to its end, news from the centre."""

from __future__ import annotations

import base64
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from printing.signed_token import sign_receipt
from printing.spool import Job, JobState, Phase
from registration.application import CaseState
from registration.receipt import Receipt
from storage import applications, audit, feed, print_queue, receipts
from storage.print_queue import PaperState
from tests.driving import press, wait_until
from tests.printing import paper
from tests.storage.evening import Evening
from tests.ui.window import PaperTray, with_tray
from ui.screens.receipt import ReceiptScreen
from ui.services import Services
from ui.widgets import Lamps, Sheet


@pytest.fixture
def tray() -> PaperTray:
    return PaperTray()


@pytest.fixture
def receipt(evening: Evening) -> Receipt:
    """A receipt issued this moment, signed with a real key."""
    key = Ed25519PrivateKey.generate()
    evening.sign = lambda receipt: sign_receipt(receipt, key)  # type: ignore[method-assign]
    evening.sign_copy = (  # type: ignore[method-assign]
        lambda receipt, print_count, certificate: sign_receipt(receipt, key, print_count=print_count)
    )
    return evening.submitted()


@pytest.fixture
def screen(
    services: Services, tray: PaperTray, receipt: Receipt, evening: Evening, qtbot: QtBot
) -> ReceiptScreen:
    made = ReceiptScreen(with_tray(services, tray, evening))
    made.resize(1266, 690)
    made.show()
    made.activateWindow()
    made.show_receipt(receipt, fresh=True)
    qtbot.addWidget(made)
    wait_until(lambda: made.pdf() and made.isActiveWindow(), "the paper", 30)
    return made


def b32_print_count(token: str) -> int:
    """Return the print count in a token, read off its third byte."""
    text = token.rpartition("#")[2]
    return base64.b32decode(text + "=" * (-len(text) % 8))[2]


def proportion(screen: ReceiptScreen) -> float:
    """Return height by width of the paper in view, 0 while there is none."""
    picture = screen.view.picture()
    return picture.height() / picture.width() if picture.width() else 0.0


def ink_across(picture: QImage) -> tuple[int, int]:
    """Return the left and right edge of what is printed on a picture, in pixels."""
    dark = [
        x
        for x in range(picture.width())
        if any(picture.pixelColor(x, y).lightness() < 120 for y in range(0, picture.height(), 5))
    ]
    return dark[0], dark[-1]


def test_the_paper_on_the_screen_is_the_pdf_itself(screen: ReceiptScreen):
    assert screen.pdf().startswith(b"%PDF")
    assert proportion(screen) == pytest.approx(297 / 210, abs=0.002)
    page = screen.view.grab().toImage()
    left, right = ink_across(screen.view.picture())
    seen_left, seen_right = ink_across(page)
    whole = screen.view.picture()
    scale = page.height() / page.devicePixelRatio() / whole.height()  # fitted by its height, not stretched
    assert seen_right - seen_left == pytest.approx((right - left) * scale, rel=0.03)


def test_a_key_turns_to_the_roll_and_back(screen: ReceiptScreen):
    a4 = screen.pdf()
    press("R", screen)
    wait_until(lambda: screen.pdf() not in (b"", a4), "the roll", 30)
    assert proportion(screen) > 1.5
    sheet = screen.view.widget()
    assert sheet.height() / screen.view.ROLL_WIDTH == pytest.approx(proportion(screen), rel=0.02)
    press("A", screen)
    wait_until(lambda: proportion(screen) == pytest.approx(297 / 210, abs=0.002), "A4 again", 30)


def test_the_number_is_large_and_the_person_masked(screen: ReceiptScreen, receipt: Receipt):
    assert screen.facts.number.text() == receipt.number
    assert screen.facts._who.text_whole().startswith("张*群")


def test_what_is_printed_are_the_bytes_in_view_and_its_end_is_recorded(
    screen: ReceiptScreen, tray: PaperTray, receipt: Receipt, evening: Evening
):
    shown = screen.pdf()
    press("P", screen)
    wait_until(lambda: evening.store.read(lambda db: receipts.prints(db, receipt.number)), "the record")
    assert tray.jobs == [("HP-M404", shown)]
    record = evening.store.read(lambda db: receipts.prints(db, receipt.number))[0]
    assert (record.copy_number, record.paper, record.result) == (1, "a4", "printed")
    wait_until(screen.print_button.isEnabled, "the button again")
    assert "HP-M404" in screen._said.text_whole()

    assert tray.forgotten == [Job("HP-M404", 1)]  # the print system's own copy is gone

    press("P", screen)  # a second one is another paper: it is asked why, and says that it is a reprint
    sheet = screen.findChild(Sheet)
    reason = sheet.findChild(QLineEdit) if sheet is not None else None
    assert reason is not None
    press("Alt+2", reason)  # a usual one
    press("Return", reason)
    wait_until(lambda: len(tray.jobs) == 2, "the second copy", 30)
    again = tray.jobs[1][1]
    (text,) = paper.page_texts(again)
    assert "补打" in text and "补打人 王海燕" in text
    (code,) = paper.codes(paper.images(again, 150)[0])
    assert b32_print_count(code) == 2
    wait_until(lambda: len(evening.store.read(lambda db: receipts.prints(db, receipt.number))) == 2, "both")
    newest = evening.store.read(lambda db: audit.history(db, receipt.application_id))[0]
    assert (newest.action, newest.details["reason"]) == ("receipt_reprinted", "申请人遗失")
    wait_until(screen.print_button.isEnabled, "the button again")
    assert screen.pdf() == again  # what was shown is what was printed


def test_a_printer_that_refuses_costs_the_paper_alone(
    screen: ReceiptScreen, tray: PaperTray, receipt: Receipt, evening: Evening
):
    tray.refuse = True
    press("P", screen)
    wait_until(screen.problem.isVisible, "the refusal")
    problem = screen.problem.problem()
    assert problem is not None and problem.code == "printer_refused"
    detail = evening.store.read(lambda db: applications.detail(db, receipt.application_id))
    assert detail is not None and detail.state is CaseState.RECEIVED and detail.receipt == receipt
    tray.refuse = False
    screen.problem.retried.emit()
    wait_until(lambda: tray.jobs, "printed on the second try")
    wait_until(lambda: not screen.problem.isVisible(), "the problem gone")


def test_no_printer_says_to_save_the_pdf(screen: ReceiptScreen, tray: PaperTray):
    tray.found = []
    press("P", screen)
    wait_until(screen.problem.isVisible, "no printer")
    problem = screen.problem.problem()
    assert problem is not None and problem.code == "printer_none"


def test_a_job_that_stops_is_followed_until_it_says_so(
    services: Services, tray: PaperTray, receipt: Receipt, evening: Evening, qtbot: QtBot
):
    states = [
        JobState(Phase.WAITING),
        JobState(Phase.PRINTING, ("media-empty",)),
        JobState(Phase.FAILED),
    ]
    seen: list[str] = []
    tray.state = lambda job: states.pop(0)  # type: ignore[method-assign]
    screen = ReceiptScreen(with_tray(services, tray, evening))
    qtbot.addWidget(screen)
    screen._printing.moved.connect(seen.append)
    screen.show_receipt(receipt)
    wait_until(screen.pdf, "the paper", 30)
    screen.print_copy()
    wait_until(lambda: not screen._printing.busy() and not states, "the end of the job")
    assert len(seen) == 2 and all("HP-M404" in words for words in seen)
    assert "缺纸" in seen[1]
    problem = screen.problem.problem()
    assert problem is not None and problem.code == "print_failed"
    assert evening.store.read(lambda db: receipts.prints(db, receipt.number)) == []
    (left,) = evening.store.read(print_queue.papers)
    assert (left.state, left.result) == (PaperState.FAILED, "failed")

    states += [JobState(Phase.PRINTED)]  # the next try is the same copy: nothing had come out
    screen.print_copy()
    wait_until(lambda: evening.store.read(lambda db: receipts.prints(db, receipt.number)), "the record")
    assert evening.store.read(lambda db: receipts.prints(db, receipt.number))[0].copy_number == 1
    assert evening.store.read(print_queue.papers) == []


def test_the_file_saved_is_the_bytes_in_view_and_a_bad_place_is_said(screen: ReceiptScreen, tmp_path: Path):
    target = tmp_path / "凭证.pdf"
    screen.save_as(str(target))
    wait_until(target.exists, "the file")
    assert target.read_bytes() == screen.pdf()
    screen.save_as(str(tmp_path / "nowhere" / "x.pdf"))
    wait_until(screen.problem.isVisible, "the refusal")
    problem = screen.problem.problem()
    assert problem is not None and problem.code == "save_failed"


def test_the_acceptance_number_appears_when_the_centre_tells_it(
    screen: ReceiptScreen, receipt: Receipt, evening: Evening
):
    assert "中心" in screen.where.acceptance.text()
    news = {
        "application_id": receipt.application_id,
        "revision": 1,
        "state": "accepted",
        "acceptance_number": "202611249001",
        "accepted_at": evening.now.isoformat(),
    }
    evening.write(feed.apply_feed, evening.now, [{"seq": 900, "kind": "status", "body": news}], 900)
    wait_until(lambda: "202611249001" in screen.where.acceptance.text(), "the number")
    assert screen.facts._chip.text() == "已受理"
    assert isinstance(screen.where.lamps, Lamps)
    assert "本机" in screen.where.lamps.accessibleName()


def test_the_code_on_the_screen_reads_as_the_token(screen: ReceiptScreen, receipt: Receipt):
    image = (
        screen.where.qr.grab().toImage().scaledToWidth(600).convertToFormat(QImage.Format.Format_Grayscale8)
    )
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    found = zxingcpp.read_barcodes(pixels[:, : image.width()].copy())
    assert [code.text for code in found] == [receipt.token]


def test_the_way_on_is_the_next_applicant_or_back(screen: ReceiptScreen, receipt: Receipt, qtbot: QtBot):
    with qtbot.waitSignal(screen.next_requested):
        press("Return", screen.next_button)
    screen.show_receipt(receipt, fresh=False)
    with qtbot.waitSignal(screen.left), qtbot.assertNotEmitted(screen.next_requested):
        press("Return", screen.next_button)
    with qtbot.waitSignal(screen.case_requested) as caught:
        press("O", screen)
    assert caught.args == [receipt.application_id]


def test_a_closed_screen_is_freed(services: Services, receipt: Receipt):
    screen = ReceiptScreen(services)
    gone: list[bool] = []
    screen.destroyed.connect(lambda: gone.append(True))
    screen.show_receipt(receipt)
    screen.deleteLater()
    del screen
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert gone == [True]
