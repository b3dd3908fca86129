"""One page in the hand: kept in spite of the gate, taken again, split, joined, marked; and each way back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from registration.page_reading import PageReading, reading_to_json
from storage import audit, operations
from storage.page_exchange import former_pages
from storage.values import StoredPage
from tests.driving import drop, press, wait_until
from tests.storage.evening import Evening
from tests.ui.intake_walk import SAMPLES, at_materials, pages_there, stored
from ui.intake.case import IntakeCase
from ui.intake.screen import IntakeScreen
from ui.main_window import MainWindow
from ui.settings import Settings
from ui.widgets.page_choice import PageChoice
from ui.widgets.quad import halves

CARD, BACK = SAMPLES / "id_card_front-007-00.jpg", SAMPLES / "id_card_back-007-02.jpg"
CONTRACT, MARRIAGE = SAMPLES / "purchase_contract-007-01.jpg", SAMPLES / "marriage_certificate-007-05.jpg"

pytestmark = pytest.mark.timeout(240)


@pytest.fixture
def screen(window: MainWindow) -> IntakeScreen:
    return at_materials(window)


def put(screen: IntakeScreen, code: str, *paths: Path) -> None:
    drop(screen.materials_page.board.row(code), list(paths))
    pages_there(screen, code, len(paths))


def choose(screen: IntakeScreen, page: StoredPage) -> None:
    screen.materials_page.board.choose(page.item_code, page.id)


def row(evening: Evening, case: IntakeCase, code: str) -> list[StoredPage]:
    return [page for page in stored(evening, case.id).pages if page.item_code == code]


def count(evening: Evening, case: IntakeCase, code: str, wanted: int) -> Callable[[], bool]:
    """Say whether both the disk and the board have so many pages of a row."""
    return lambda: len(row(evening, case, code)) == wanted == len(case.pages_of(code))


def test_a_page_that_the_gate_doubts_is_kept_by_a_key_with_who_when_and_why(
    screen: IntakeScreen, case: IntakeCase, evening: Evening
):
    put(screen, "purchase_contract", CONTRACT)
    choose(screen, case.pages[0])
    box = screen.materials_page.panel.faults
    wait_until(box.keep.isVisible, "the choice")
    assert "200" in box.words.text() and "靠近" in box.words.text(), "the reason, and the remedy"
    press("K", screen.materials_page.board)
    wait_until(lambda: stored(evening, case.id).pages[0].kept, "the override on the disk")
    kept = json.loads(stored(evening, case.id).pages[0].kept)
    assert kept["reasons"] == ["too_small"] and kept["name"] == evening.who.operator_name
    wait_until(lambda: not box.keep.isVisible(), "no question any more")
    assert evening.who.operator_name in box.words.text() and "太小" in box.words.text()
    assert evening.read(audit.history, case.id)[0].action == "page_kept"


def test_both_sides_of_a_card_become_one_sheet_that_is_marked_and_taken_apart_again(
    screen: IntakeScreen, case: IntakeCase, evening: Evening
):
    put(screen, "identity", CARD, BACK)
    front, back = row(evening, case, "identity")
    board = screen.materials_page.board
    choose(screen, case.pages_of("identity")[0])
    press("A", board)
    wait_until(count(evening, case, "identity", 1), "the sheet", 60)
    (sheet,) = row(evening, case, "identity")
    image = QImage.fromData(evening.pages.get(sheet.digest))
    assert image.height() / image.width() == pytest.approx(297 / 210, abs=0.01)
    assert [page.id for page, _ in evening.read(former_pages, case.id)] == [front.id, back.id]
    assert evening.pages.get(front.original_digest) == CARD.read_bytes()

    wait_until(lambda: board.current_page() == case.pages_of("identity")[0], "the sheet chosen")
    press("Y", board)
    wait_until(lambda: row(evening, case, "identity")[0].marked, "the watermark", 60)
    marked = row(evening, case, "identity")[0]
    assert marked.digest != sheet.digest and marked.original_digest == sheet.original_digest
    pale = QImage.fromData(evening.pages.get(marked.digest)).convertToFormat(QImage.Format.Format_Grayscale8)
    assert any(170 < pale.pixelColor(x, 300).lightness() < 240 for x in range(pale.width()))
    wait_until(lambda: case.pages_of("identity")[0].marked, "the board")

    press("B", board)
    wait_until(count(evening, case, "identity", 2), "the two sides again")
    assert [page.id for page in row(evening, case, "identity")] == [front.id, back.id]
    assert [page.digest for page in row(evening, case, "identity")] == [front.digest, back.digest]


def test_a_watermark_comes_off_again_and_the_original_never_had_one(
    screen: IntakeScreen, case: IntakeCase, evening: Evening
):
    put(screen, "invoice", CONTRACT)
    clean = row(evening, case, "invoice")[0]
    choose(screen, case.pages[0])
    press("Y", screen.materials_page.board)
    wait_until(lambda: case.pages_of("invoice")[0].marked, "the watermark", 60)
    press("Y", screen.materials_page.board)
    wait_until(lambda: not case.pages_of("invoice")[0].marked, "the clean copy", 60)
    after = row(evening, case, "invoice")[0]
    assert evening.pages.get(after.original_digest) == CONTRACT.read_bytes()
    assert (after.width, after.height) == (clean.width, clean.height)


def test_pages_of_a_copy_are_marked_as_they_come_where_that_is_set(
    screen: IntakeScreen, case: IntakeCase, evening: Evening, settings: Settings
):
    settings.change(watermark_copies=True)
    put(screen, "identity", CARD)  # the checklist wants a copy of it
    put(screen, "purchase_contract", CONTRACT)  # and the original of this
    assert [page.marked for page in row(evening, case, "identity")] == [True]
    assert [page.marked for page in row(evening, case, "purchase_contract")] == [False]


def test_an_open_booklet_is_split_joined_and_brought_back(
    screen: IntakeScreen, case: IntakeCase, evening: Evening
):
    press("M", screen.materials_page.board)
    put(screen, "marriage", MARRIAGE)
    (whole,) = row(evening, case, "marriage")
    board = screen.materials_page.board
    choose(screen, case.pages[0])
    press("S", board)
    wait_until(count(evening, case, "marriage", 2), "two halves", 60)
    one, other = row(evening, case, "marriage")
    assert {one.original_digest, other.original_digest} == {whole.original_digest}, "nothing of it is lost"
    across = whole.width >= whole.height
    for half, quad in zip((one, other), halves(whole.corners, across=across), strict=True):  # type: ignore[arg-type]
        assert all(min(abs(x - u) + abs(y - v) for u, v in half.corners) < 2 for x, y in quad)
    wait_until(lambda: board.current_page() == case.pages_of("marriage")[0], "the first half chosen")
    press("J", board)
    wait_until(count(evening, case, "marriage", 1), "one sheet", 60)
    press("B", board)
    wait_until(count(evening, case, "marriage", 2), "the halves again")
    assert [page.id for page in row(evening, case, "marriage")] == [one.id, other.id]
    press("B", board)
    wait_until(count(evening, case, "marriage", 1), "the booklet again")
    assert row(evening, case, "marriage")[0].digest == whole.digest


def test_a_page_taken_again_from_a_file_takes_the_place_of_the_former_one(
    screen: IntakeScreen, case: IntakeCase, evening: Evening
):
    put(screen, "identity", CARD, BACK)
    first, second = row(evening, case, "identity")
    page = screen.materials_page
    choose(screen, case.pages_of("identity")[0])
    press("T", page.board)
    wait_until(lambda: page.dialog is not None, "the file dialog")
    assert page.dialog is not None
    page.dialog.filesSelected.emit([str(SAMPLES / "id_card_front-007-03.jpg")])
    page.dialog.reject()
    wait_until(lambda: first.id not in [p.id for p in row(evening, case, "identity")], "the new one", 60)
    assert [p.id for p in row(evening, case, "identity")][1] == second.id
    assert [p.id for p, _ in evening.read(former_pages, case.id)] == [first.id]


def test_keys_without_what_they_need_say_what_it_is(screen: IntakeScreen, case: IntakeCase):
    put(screen, "identity", CARD)
    page = screen.materials_page
    choose(screen, case.pages[0])
    for key in ("A", "J", "B"):
        page._toast.hide()
        press(key, page.board)
        wait_until(page._toast.isVisible, f"the words after {key}")
    assert [p.id for p in case.pages] == [case.pages[0].id]


def test_what_lies_wrong_by_its_words_is_said_until_it_is_turned(
    screen: IntakeScreen, case: IntakeCase, evening: Evening
):
    put(screen, "invoice", CONTRACT)
    page = row(evening, case, "invoice")[0]
    wait_until(lambda: row(evening, case, "invoice")[0].reading, "its own reading", 120)
    reading = reading_to_json(PageReading("invoice", 0.9, findings=(("upside_down", "warn"),)))
    evening.write(operations.keep_reading, evening.now, page.id, page.digest, reading)
    case.reload_pages()
    choose(screen, page)
    panel = screen.materials_page.panel
    wait_until(lambda: "方向不对" in [chip.text() for chip in panel._made], "the words")
    press("R", screen.materials_page.board)
    wait_until(lambda: "方向不对" not in [chip.text() for chip in panel._made], "the turned page", 60)


def test_pages_of_a_file_are_chosen_by_keys_and_the_others_come_back_by_one(
    screen: IntakeScreen, case: IntakeCase, evening: Evening, window: MainWindow
):
    drop(screen.materials_page.board.row("purchase_contract"), [SAMPLES / "contract-3-pages.pdf"])
    pages_there(screen, "purchase_contract", 3)
    first, second, third = row(evening, case, "purchase_contract")
    choose(screen, case.pages_of("purchase_contract")[0])
    press("V", screen.materials_page.board)
    (sheet,) = [found for found in window.findChildren(PageChoice) if found.isVisible()]
    for key in ("Right", "Space", "Right", "Space", "Space"):  # the second out; the third out and in again
        press(key, sheet)
    press("Return", sheet)
    wait_until(count(evening, case, "purchase_contract", 2), "the pages that are wanted")
    assert [page.id for page in row(evening, case, "purchase_contract")] == [first.id, third.id]
    press("Ctrl+Z", screen.materials_page.board)
    wait_until(count(evening, case, "purchase_contract", 3), "all of them")
    assert [page.id for page in row(evening, case, "purchase_contract")] == [first.id, second.id, third.id]
