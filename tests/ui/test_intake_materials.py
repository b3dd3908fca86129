"""The materials board: files good and bad, dropped, pasted, cut, moved, removed and taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from registration.checklist import Form
from storage import applications
from tests.driving import drop, files_as_mime, press, tend, wait_until
from tests.storage.evening import Evening
from tests.ui.intake_walk import SAMPLES, at_materials, pages_there, stored
from ui.intake.case import IntakeCase
from ui.intake.screen import IntakeScreen
from ui.intake.steps import Step
from ui.main_window import MainWindow
from ui.page_faults import faults_of
from ui.widgets.page_strip import PAGE_MIME

CARD, BACK = SAMPLES / "id_card_front-007-00.jpg", SAMPLES / "id_card_back-007-02.jpg"
CONTRACT, SCAN = SAMPLES / "purchase_contract-007-01.jpg", SAMPLES / "invoice-scan.png"


@pytest.fixture
def screen(window: MainWindow) -> IntakeScreen:
    return at_materials(window)


def put(screen: IntakeScreen, code: str, *paths: Path) -> None:
    """Drop files on a row and wait until each of them ended as a page or a message."""
    drop(screen.materials_page.board.row(code), list(paths))
    wait_until(lambda: not screen.materials_page.busy(), "all files handled", 60)


def order(evening: Evening, case: IntakeCase, code: str) -> list[str]:
    """Return the page ids of a row as the disk has them."""
    return [p.id for p in stored(evening, case.id).pages if p.item_code == code]


def test_bad_files_are_named_one_by_one_and_the_good_ones_of_the_drop_arrive_in_order(
    screen: IntakeScreen, case: IntakeCase, evening: Evening, tmp_path: Path
):
    short, empty, text = tmp_path / "半张.jpg", tmp_path / "空.png", tmp_path / "说明.pdf"
    short.write_bytes(CONTRACT.read_bytes()[:4000])
    empty.write_bytes(b"")
    text.write_text("not a paper", "utf-8")
    folder, gone = tmp_path / "夹子", tmp_path / "走了.jpg"
    folder.mkdir()
    put(screen, "identity", CARD, short, empty, text, folder, gone, BACK)
    pages_there(screen, "identity", 2)

    originals = [p.original_size for p in stored(evening, case.id).pages if p.item_code == "identity"]
    assert originals == [CARD.stat().st_size, BACK.stat().st_size]
    messages = screen.materials_page.board.row("identity").messages()
    assert [message.name for message in messages] == [p.name for p in (short, empty, text, folder, gone)]
    assert [message.error.code for message in messages] == [
        "truncated_image", "empty_file", "not_an_image", "is_a_folder", "file_vanished",
    ]  # fmt: skip
    for message in messages:
        assert message.name in message.text()
        assert len(message.text()) > len(message.name) + 10  # what happened, and what to do
    assert screen.materials_page.board.row("invoice").messages() == []

    messages[0].dismissed.emit()
    assert screen.materials_page.board.row("identity").messages()[0].name == empty.name


def test_a_file_with_a_bad_page_count_leaves_nothing_half(
    screen: IntakeScreen, case: IntakeCase, evening: Evening, tmp_path: Path
):
    broken = tmp_path / "合同.pdf"
    broken.write_bytes((SAMPLES / "contract-3-pages.pdf").read_bytes()[:2000])
    put(screen, "purchase_contract", broken)
    wait_until(lambda: screen.materials_page.board.row("purchase_contract").messages(), "the message")
    assert order(evening, case, "purchase_contract") == []


def test_the_thumbnail_shows_only_what_is_committed(screen: IntakeScreen, case: IntakeCase, evening: Evening):
    board = screen.materials_page.board
    drop(board.row("invoice"), [SCAN])
    wait_until(lambda: board.current_row() == "invoice" and board.pages_of_row(), "the page on the board", 60)
    shown = board.pages_of_row()[0]
    assert order(evening, case, "invoice") == [shown.id]
    assert evening.pages.get(shown.original_digest) == SCAN.read_bytes()
    assert QImage.fromData(evening.pages.get(shown.digest)).width() == shown.width


def test_a_picture_from_the_clipboard_becomes_a_page(
    screen: IntakeScreen, case: IntakeCase, evening: Evening
):
    screen.materials_page.board.choose("invoice")
    QGuiApplication.clipboard().setImage(QImage(str(SCAN)))
    press("Ctrl+V", screen.materials_page.board)
    pages_there(screen, "invoice", 1)
    assert stored(evening, case.id).pages[0].original_type == "image/png"


def test_copied_files_are_pasted_and_a_web_address_is_refused_by_name(screen: IntakeScreen, case: IntakeCase):
    mime = files_as_mime([CARD])
    mime.setUrls([*mime.urls(), QUrl("https://example.org/contract.jpg")])
    screen.materials_page.board.choose("identity")
    QGuiApplication.clipboard().setMimeData(mime)
    press("Ctrl+V", screen.materials_page.board)
    pages_there(screen, "identity", 1)
    wait_until(lambda: screen.materials_page.board.row("identity").messages(), "the refusal")
    assert "contract.jpg" in screen.materials_page.board.row("identity").messages()[0].text()


def test_nothing_on_the_clipboard_says_what_to_copy(screen: IntakeScreen, case: IntakeCase):
    QGuiApplication.clipboard().setText("只是文字")
    press("Ctrl+V", screen.materials_page.board)
    assert screen.materials_page._toast.isVisible()
    assert not screen.materials_page.busy()


def open_page(screen: IntakeScreen, code: str, path: Path) -> None:
    put(screen, code, path)
    pages_there(screen, code, 1)
    screen.materials_page.board.choose(code, screen.materials_page.board.pages_of_row()[-1].id)
    wait_until(lambda: screen.materials_page.panel.editor.corners is not None, "the page large", 30)


def test_dragging_a_corner_cuts_the_page_anew_and_keeps_the_original(
    screen: IntakeScreen, case: IntakeCase, evening: Evening
):
    open_page(screen, "identity", CARD)
    before = stored(evening, case.id).pages[0]
    thumbnail = evening.store.read(lambda db: applications.thumbnail(db, before.id))
    editor = screen.materials_page.panel.editor
    start = editor.on_screen(2).toPoint()
    QTest.mousePress(editor, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(editor, start + QPoint(-8, -8))
    QTest.mouseMove(editor, start + QPoint(-16, -14))
    QTest.mouseRelease(editor, Qt.MouseButton.LeftButton, pos=start + QPoint(-16, -14))
    wait_until(lambda: stored(evening, case.id).pages[0].digest != before.digest, "the new cut", 30)

    after = stored(evening, case.id).pages[0]
    assert after.id == before.id and after.original_digest == before.original_digest
    moved = [a for a, b in zip(after.corners, before.corners, strict=True) if a != pytest.approx(b, abs=3)]
    assert len(moved) == 1
    assert evening.store.read(lambda db: applications.thumbnail(db, before.id)) != thumbnail
    wait_until(lambda: case.pages[0].digest == after.digest, "the board follows")


def test_the_enlarged_page_takes_the_place_of_the_list_and_its_keys_go_on(
    screen: IntakeScreen, case: IntakeCase, evening: Evening
):
    put(screen, "identity", CARD, BACK)
    pages_there(screen, "identity", 2)
    first, _ = order(evening, case, "identity")
    page = screen.materials_page
    page.board.choose("identity", first)
    page.board.setFocus()
    press("Z")
    assert page.panel.large() and not page.board.isVisible()
    assert page.panel.hasFocus()
    press("Right")
    wait_until(lambda: page.board.current_page() == case.pages_of("identity")[1], "the next page")
    wait_until(lambda: page.panel.page() == page.board.current_page(), "the next page in the panel")
    press("Esc")
    wait_until(lambda: page.board.hasFocus() and not page.panel.large(), "the list again")
    assert screen.step() is Step.MATERIALS


def test_turning_a_page_by_its_key_swaps_its_sides(screen: IntakeScreen, case: IntakeCase, evening: Evening):
    open_page(screen, "identity", CARD)
    before = stored(evening, case.id).pages[0]
    press("R", screen.materials_page.board)
    wait_until(lambda: stored(evening, case.id).pages[0].digest != before.digest, "the turned page", 30)
    after = stored(evening, case.id).pages[0]
    assert after.rotation == (before.rotation + 90) % 360
    assert (after.width, after.height) == pytest.approx((before.height, before.width), abs=2)


def test_a_page_moves_within_its_row_and_to_another_by_keys(
    screen: IntakeScreen, case: IntakeCase, evening: Evening
):
    put(screen, "identity", CARD, BACK)
    pages_there(screen, "identity", 2)
    first, second = order(evening, case, "identity")
    board = screen.materials_page.board
    board.choose("identity", first)
    press("Ctrl+Right", board)
    wait_until(lambda: order(evening, case, "identity") == [second, first], "the new order")
    wait_until(lambda: [p.id for p in case.pages_of("identity")] == [second, first], "the board")
    press("Ctrl+Down", board)
    wait_until(lambda: order(evening, case, "purchase_contract") == [first], "the other row")
    assert order(evening, case, "identity") == [second]


def test_a_page_dragged_to_another_row_goes_where_it_is_dropped(
    screen: IntakeScreen, case: IntakeCase, evening: Evening
):
    put(screen, "identity", CARD)
    put(screen, "invoice", SCAN)
    pages_there(screen, "invoice", 1)
    (card,), (scan,) = order(evening, case, "identity"), order(evening, case, "invoice")
    board = screen.materials_page.board
    strip = board.row("invoice").strip
    mime = QMimeData()
    mime.setData(PAGE_MIME, QByteArray(card.encode()))
    at = strip.mapTo(board, strip.tile_center(0).toPoint() - QPoint(12, 0))
    held = (Qt.DropAction.MoveAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(board, QDragEnterEvent(at, *held))
    QApplication.sendEvent(board, QDragMoveEvent(at, *held))
    QApplication.sendEvent(board, QDropEvent(QPointF(at), *held))
    wait_until(lambda: order(evening, case, "invoice") == [card, scan], "the page before the other")


def test_a_removed_page_comes_back_to_its_place(screen: IntakeScreen, case: IntakeCase, evening: Evening):
    put(screen, "identity", CARD, BACK)
    pages_there(screen, "identity", 2)
    first, second = order(evening, case, "identity")
    board = screen.materials_page.board
    board.choose("identity", first)
    press("Delete", board)
    wait_until(lambda: order(evening, case, "identity") == [second], "the page gone")
    wait_until(screen.materials_page._undo.isVisible, "the way back")
    press("Ctrl+Z", board)
    wait_until(lambda: order(evening, case, "identity") == [first, second], "the page back")
    wait_until(lambda: board.current_page() is not None, "the page chosen")


def test_original_or_copy_and_counts_are_recorded_with_the_draft(
    screen: IntakeScreen, case: IntakeCase, evening: Evening
):
    board = screen.materials_page.board
    board.choose("invoice")
    board.setFocus()
    press("O", board)
    row = board.row("invoice")
    row.copies.setFocus()
    press("2", row.copies)
    row.declared.setFocus()
    press("3", row.declared)
    press("Alt+8")
    tend()

    def record() -> object:
        return stored(evening, case.id).application.material("invoice")

    wait_until(lambda: record() is not None, "the record")
    material = stored(evening, case.id).application.material("invoice")
    assert material is not None
    assert (material.form, material.copies, material.declared_pages) == (Form.COPY, 2, 3)


def test_fewer_pages_than_declared_are_said_on_the_row(screen: IntakeScreen, case: IntakeCase):
    put(screen, "invoice", SCAN)
    pages_there(screen, "invoice", 1)
    row = screen.materials_page.board.row("invoice")
    row.declared.setFocus()
    press("3", row.declared)
    assert "3" in row.second_line() and "1" in row.second_line()


def test_what_the_gate_found_is_said_with_what_to_do(
    screen: IntakeScreen, case: IntakeCase, evening: Evening
):
    put(screen, "identity", CARD)
    pages_there(screen, "identity", 1)
    page = stored(evening, case.id).pages[0]
    kinds = {entry["kind"] for entry in json.loads(page.findings)}
    panel = screen.materials_page.panel
    screen.materials_page.board.choose("identity", page.id)
    wait_until(lambda: panel.page() is not None, "the page in the panel")
    words = {chip.text() for chip in panel._made}
    assert ("太小" in words) == ("too_small" in kinds)
    shown = panel.page()
    assert shown is not None
    assert panel.faults.isVisible() == bool(faults_of(shown))


def test_rows_that_the_case_does_not_want_show_on_demand(window: MainWindow):
    screen = at_materials(window)
    case, board = screen.case(), screen.materials_page.board
    assert case is not None
    wanted = {row.item.code for row in case.board()}
    assert "marriage" not in wanted
    press("M", board)
    assert {row.item.code for row in case.board(whole=True)} == {i.code for i in case.checklist.items}
    hand = SAMPLES / "marriage-2-pages.tif"
    drop(board.row("marriage"), [hand])
    wait_until(lambda: len(case.pages_of("marriage")) == 2, "the pages of a paper of one's own accord", 60)
    press("M", board)
    assert board.row("marriage").isVisible()  # what has pages stays
