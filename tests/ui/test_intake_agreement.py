"""What papers say, beside the entries: read once, offered, taken over or set aside by a key."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from registration.agreement import Comparison, Entry, Outcome
from registration.page_reading import reading_from_json
from storage import audit
from tests.driving import drop, press, wait_until
from tests.storage.evening import Evening
from tests.ui.intake_walk import PERSON, SAMPLES, at_materials, stored, window_over
from ui.intake.case import IntakeCase
from ui.intake.screen import IntakeScreen
from ui.main_window import MainWindow
from ui.services import Services
from ui.widgets.agreement_card import Agreed, Waiting

CONTRACT, CARD = SAMPLES / "purchase_contract-007-01.jpg", SAMPLES / "id_card_front-007-00.jpg"
TRUTH = json.loads((SAMPLES / "truth.json").read_text("utf-8"))
BUYERS_NUMBER = TRUTH[CONTRACT.name]["fields"]["id_number"]

pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def screen(window: MainWindow) -> IntakeScreen:
    return at_materials(window)


def put(screen: IntakeScreen, case: IntakeCase, code: str, path: Path) -> None:
    """Drop a paper on a row and wait until it was read."""
    board = screen.materials_page.board
    drop(board.row(code), [path])
    read_all(case, len(case.pages) + 1)
    board.choose(code, case.pages_of(code)[-1].id)


def read_all(case: IntakeCase, count: int) -> None:
    wait_until(lambda: len(case.pages) == count and all(p.reading for p in case.pages), "the reading", 120)


def of(screen: IntakeScreen, entry: Entry) -> Comparison:
    return next(one for one in screen.pages.agreement.comparisons() if one.entry is entry)


def decided(case: IntakeCase, evening: Evening) -> Callable[[], bool]:
    return lambda: json.loads(stored(evening, case.id).pages[0].confirmed) != {}


def test_a_number_that_differs_stands_beside_the_entry_and_one_key_enters_it(
    screen: IntakeScreen, case: IntakeCase, evening: Evening
):
    put(screen, case, "purchase_contract", CONTRACT)
    card = screen.pages.agreement.card
    (line,) = [one for one in card.lines if isinstance(one, Waiting) and one.said == BUYERS_NUMBER]
    assert line.entered == PERSON["id_number"]
    assert card.isVisible() and card.take_button.isVisible() and card.keep_button.isVisible()
    assert case.application.first_applicant.document_number == PERSON["id_number"], "nothing by itself"

    press("F6", screen.materials_page.board)
    wait_until(decided(case, evening), "the decision on the disk")
    assert stored(evening, case.id).application.first_applicant.document_number == BUYERS_NUMBER
    wait_until(lambda: of(screen, Entry.ID_NUMBER).outcome is Outcome.AGREES, "agreement")
    wait_until(lambda: any(isinstance(line, Agreed) for line in card.lines), "the card")
    assert all(BUYERS_NUMBER not in line.value for line in card.lines if isinstance(line, Agreed)), "masked"
    history = evening.read(audit.history, case.id)
    (row,) = [row for row in history if row.action == "reading_confirmed"]
    assert "id_number" in row.details["read"] and row.operator_name == evening.who.operator_name


def test_an_entry_that_stands_is_not_asked_for_again_and_a_reopened_draft_reads_nothing_again(
    window: MainWindow, services: Services, evening: Evening
):
    screen = at_materials(window)
    case = screen.case()
    assert case is not None
    put(screen, case, "purchase_contract", CONTRACT)
    before = case.application
    press("F7", screen.materials_page.board)
    wait_until(decided(case, evening), "the decision on the disk")
    wait_until(lambda: of(screen, Entry.ID_NUMBER).outcome is Outcome.KEPT, "the entry that stands")
    assert case.application == before
    application_id = case.id
    screen.put_aside()

    with window_over(services) as again:
        services.imaging.close()  # whatever would be read now fails
        reopened = again.screen_of("intake")
        assert isinstance(reopened, IntakeScreen)
        reopened.open_draft(application_id)
        found = reopened.case()
        assert found is not None
        reading = reading_from_json(found.pages[0].reading)
        assert reading is not None and reading.text("id_number") == BUYERS_NUMBER
        assert of(reopened, Entry.ID_NUMBER).outcome is Outcome.KEPT
        assert reopened.materials_page.reader.waiting() == 0


def test_a_page_of_another_row_is_offered_there_moved_by_a_key_and_taken_back(
    screen: IntakeScreen, case: IntakeCase
):
    put(screen, case, "invoice", CARD)
    page, panel = screen.materials_page, screen.materials_page.panel
    wait_until(panel.guess.isVisible, "the offer")
    assert case.checklist.item("identity").zh in panel.guess.text()  # type: ignore[union-attr]
    press("G", page.board)
    wait_until(lambda: len(case.pages_of("identity")) == 1, "the page in its row")
    press("Ctrl+Z", page.board)
    wait_until(lambda: len(case.pages_of("invoice")) == 1, "the page back")
    page.board.choose("invoice", case.pages_of("invoice")[0].id)
    wait_until(panel.guess.isVisible, "the offer again, without reading again")


def test_files_dropped_together_go_to_their_rows_and_come_back_by_one_key(
    screen: IntakeScreen, case: IntakeCase
):
    board = screen.materials_page.board
    drop(board.row("invoice"), [CARD, CONTRACT])
    wait_until(
        lambda: (
            [len(case.pages_of(code)) for code in ("identity", "purchase_contract", "invoice")] == [1, 1, 0]
        ),
        "both pages in their rows",
        120,
    )
    first, second = case.pages_of("identity")[0], case.pages_of("purchase_contract")[0]
    press("Ctrl+Z", board)
    wait_until(
        lambda: [page.id for page in case.pages_of("invoice")] == [first.id, second.id],
        "as they were dropped",
    )


def test_the_same_side_of_a_card_twice_is_said_to_be_the_wrong_one(screen: IntakeScreen, case: IntakeCase):
    put(screen, case, "identity", CARD)
    put(screen, case, "identity", SAMPLES / "id_card_front-007-03.jpg")
    panel = screen.materials_page.panel
    wait_until(lambda: "拍错了面" in [chip.text() for chip in panel._made], "the wrong side")
    assert "翻过来" in panel.faults.words.text()
