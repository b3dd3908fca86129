"""A whole intake through the real window: by keys alone, to a receipt, with what is missing said in words."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit

from registration.application import CaseState
from storage import receipts
from tests import walks
from tests.driving import press, see, wait_until, write
from tests.storage.evening import Evening
from tests.ui.intake_walk import (
    PAGES,
    PAPERS,
    SAMPLES,
    at_materials,
    begin,
    pages_there,
    stored,
    type_applicant,
)
from ui.intake.screen import IntakeScreen
from ui.intake.steps import Step
from ui.main_window import MainWindow
from ui.screens.receipt import ReceiptScreen
from ui.settings import Settings


def choose_in_dialog(screen: IntakeScreen, names: list[str]) -> None:
    dialog = see(screen.window(), QFileDialog, lambda _: True, "the file dialog")
    entry = see(dialog, QLineEdit, lambda w: w.isEnabled(), "the file name")
    entry.setFocus()
    write(" ".join(f'"{SAMPLES / name}"' for name in names))
    press("Return")
    wait_until(lambda: screen.materials_page.dialog is None, "the dialog gone")


def fill_rows(screen: IntakeScreen) -> None:
    """Enter asks for the next paper that is missing, until none is."""
    case = screen.case()
    assert case is not None
    for code, names in PAPERS.items():
        press("Return")
        assert screen.materials_page.board.current_row() == code
        choose_in_dialog(screen, names)
        pages_there(screen, code, PAGES[code])
        wait_until(screen.materials_page.board.hasFocus, "the hand on the board")


@pytest.mark.timeout(180)
def test_a_whole_intake_by_keys_alone(window: MainWindow, evening: Evening):
    screen = at_materials(window)
    case = screen.case()
    assert case is not None
    fill_rows(screen)
    press("Return")
    walks.answer_inquiry(screen)
    walks.sign(screen)
    walks.agree_fees(screen)
    assert screen.review_page.lines == [] and not case.missing()
    press("Return")  # one Enter too many does not submit
    assert stored(evening, case.id).state is CaseState.DRAFT
    application_id = case.id
    press("Ctrl+Return")
    wait_until(lambda: window.place() == "receipt", "the receipt")

    detail = stored(evening, application_id)
    assert detail.state is CaseState.RECEIVED
    assert detail.application.first_applicant.name == "张立群"
    assert detail.household is not None and detail.household.label == "10号楼 2单元 1202"
    assert {code: sum(p.item_code == code for p in detail.pages) for code in PAGES} == PAGES
    shown = window.screen_of("receipt")
    assert isinstance(shown, ReceiptScreen)
    receipt = evening.store.read(lambda db: receipts.receipt_for_application(db, application_id))
    assert shown.receipt() == receipt == detail.receipt
    assert screen.case() is None

    press("Return")  # the next applicant
    wait_until(lambda: window.place() == "intake", "the next intake")
    assert screen.case() is not None
    assert screen.applicant_page.editors["name"].text() == ""


def test_what_is_missing_is_said_line_by_line_and_each_line_leads_to_its_entry(
    window: MainWindow, evening: Evening
):
    screen = begin(window)
    type_applicant(screen, phone="")
    press("Alt+8")
    wait_until(lambda: screen.step() is Step.REVIEW, "the review")
    codes = [line.problem.code for line in screen.review_page.lines]
    assert codes[:7] == ["phone_missing", "household_missing", *["material_missing"] * 5]
    assert set(codes[7:]) == {"inquiry_unanswered", "signature_missing"}
    assert screen.review_page.lines[0].text() == "缺少联系电话"
    press("Ctrl+Return")
    wait_until(screen.review_page.problem.isVisible, "the refusal")
    problem = screen.review_page.problem.problem()
    case = screen.case()
    assert case is not None and problem is not None
    assert problem.params["count"] == str(len(case.missing()))
    assert stored(evening, case.id).state is CaseState.DRAFT

    wait_until(screen.review_page.lines[0].hasFocus, "the hand on the first line")
    press("Return")
    wait_until(screen.applicant_page.editors["phone"].hasFocus, "the hand on the telephone")
    assert screen.applicant_page.fields["phone"].problem() is not None
    write("13893104567")
    assert screen.applicant_page.fields["phone"].problem() is None

    press("Alt+8")
    press("Down")
    wait_until(screen.review_page.lines[1].hasFocus, "the second line")
    press("Return")
    wait_until(lambda: screen.step() is Step.MATERIALS, "the materials")
    assert screen.materials_page.board.current_row() == "application_form"


def test_escape_goes_back_step_by_step_and_leaves_with_the_draft_kept(window: MainWindow, evening: Evening):
    screen = at_materials(window)
    case = screen.case()
    assert case is not None
    for step in (Step.TYPE, Step.PROPERTY, Step.APPLICANT):
        press("Esc")
        wait_until(lambda step=step: screen.step() is step, step.value)  # type: ignore[misc]
    press("Esc")
    wait_until(lambda: window.place() == "tonight", "tonight")
    assert stored(evening, case.id).application.first_applicant.phone == "13893104567"


def test_an_empty_form_leaves_no_draft_behind(window: MainWindow, evening: Evening):
    before = evening.sql("SELECT count(*) FROM applications")
    screen = begin(window)
    press("Alt+2")
    press("Alt+4")
    press("Alt+1")
    screen.put_aside()
    press("Esc")
    wait_until(lambda: window.place() == "tonight", "tonight")
    assert evening.sql("SELECT count(*) FROM applications") == before


def test_a_case_put_aside_is_opened_again_where_it_was(window: MainWindow, evening: Evening):
    screen = at_materials(window)
    first = screen.case()
    assert first is not None
    first_id = first.id
    press("Ctrl+Shift+N")
    wait_until(screen.applicant_page.editors["name"].hasFocus, "an empty name")
    second = screen.case()
    assert second is not None and second.id != first_id
    write("李")
    screen.open_draft(first_id)
    wait_until(lambda: screen.step() is Step.MATERIALS, "the materials of the first")
    assert screen.applicant_page.editors["name"].text() == "张立群"
    wait_until(lambda: stored(evening, second.id).application.first_applicant.name == "李", "the second kept")


def test_a_draft_is_discarded_with_its_reason(window: MainWindow, evening: Evening):
    screen = begin(window)
    write("张立群")
    case = screen.case()
    assert case is not None
    wait_until(screen.rail.discard_button.isVisible, "something to discard")
    screen.rail.discard_button.click()
    wait_until(lambda: isinstance(screen.window().focusWidget(), QLineEdit), "the reason")
    write("当事人改日再来")
    press("Return")
    wait_until(lambda: window.place() == "tonight", "tonight")
    detail = stored(evening, case.id)
    assert detail.state is CaseState.WITHDRAWN
    assert detail.history[0].details["reason"] == "当事人改日再来"


def test_all_steps_speak_english_at_once(window: MainWindow, settings: Settings):
    screen = at_materials(window)
    settings.change(language="en")
    wait_until(lambda: screen.review_page.on_button.text() == "Submit", "English")
    assert screen.materials_page.board.row("invoice").second_line().startswith("Still missing")
    assert screen.applicant_page.editors["name"].text() == "张立群"


def test_a_household_that_has_a_case_is_taken_with_a_word_of_caution(window: MainWindow, evening: Evening):
    screen = begin(window)
    type_applicant(screen)
    picker = screen.property_page.picker
    wait_until(lambda: picker.grid.current_cell() is not None, "the building table")
    press("Return")  # an empty search takes nobody's home
    wait_until(picker.grid.hasFocus, "the hand in the picture")
    case = screen.case()
    assert case is not None and case.household is None
    taken = next(cell for cell in picker._cells if cell.state == "received")
    picker.go_to(taken.household.id)
    press("Return")
    wait_until(lambda: screen.step() is Step.TYPE, "the type")
    press("Esc")
    wait_until(screen.pages.cautions[1].isVisible, "the caution")
