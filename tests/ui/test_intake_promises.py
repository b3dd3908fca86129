"""Promises and opinions on the materials board: one key on a row, a sheet by keys, and what the row says."""

from __future__ import annotations

from typing import Any

import pytest

from registration.application import Application
from registration.deferral import Deferral, Flaw
from registration.materials import Standing
from storage import feed
from tests.driving import press, tend, wait_until, write
from tests.storage.evening import COMPOUND, Evening
from tests.ui.intake_walk import at_materials, stored
from ui.intake.case import IntakeCase
from ui.intake.promise_sheet import PromiseSheet
from ui.intake.screen import IntakeScreen
from ui.main_window import MainWindow
from ui.widgets import Toast

LAST = "2026-12-24"  # thirty days from the evening


def facts(case: IntakeCase) -> Application:
    """Return the facts as they are now."""
    return case.application


def standing(case: IntakeCase, code: str) -> Standing:
    return next(row.standing for row in case.board() if row.item.code == code)


def at_board(window: MainWindow, evening: Evening, **compound: Any) -> tuple[IntakeScreen, IntakeCase]:
    body = {**COMPOUND, **compound}
    evening.write(feed.apply_feed, evening.now, [{"seq": 40, "kind": "compound", "body": body}], 40)
    screen = at_materials(window)
    case = screen.case()
    assert case is not None
    return screen, case


def sheet_of(screen: IntakeScreen, row: str) -> PromiseSheet:
    """Press P on a row and return the sheet that opens."""
    screen.materials_page.board.choose(row)
    press("P", screen.materials_page.board)
    wait_until(lambda: screen.pages.promises.sheet is not None, "the sheet")
    sheet = screen.pages.promises.sheet
    assert sheet is not None
    return sheet


def test_a_paper_is_promised_with_two_keys_and_signed_by_its_page(window: MainWindow, evening: Evening):
    screen, case = at_board(window, evening)
    sheet = sheet_of(screen, "invoice")
    assert sheet.due.text() == LAST and sheet.due.hasFocus()
    press("Return")
    wait_until(lambda: screen.pages.promises.sheet is None, "the sheet gone")
    assert facts(case).deferrals == (Deferral("invoice", Flaw.MISSING, "2026-11-24", LAST),)
    assert standing(case, "invoice") is Standing.DEFERRED
    row = screen.materials_page.board.row("invoice")
    assert row.second_line() == "容缺的承诺还没有签名。" or "签" in row.second_line()
    assert standing(case, "deferral_promise") is Standing.MISSING

    wait_until(lambda: stored(evening, case.id).application.deferrals != (), "the promise kept")
    page = evening.add(case.id, "deferral_promise")
    case.reload_pages()
    wait_until(lambda: facts(case).deferrals[0].promise == page.digest, "the promise signed")
    wait_until(lambda: row.second_line() == "承诺 12 月 24 日前补交", "the row says until when")
    assert not [p for p in case.missing() if p.code.startswith("deferral")]


def test_a_day_beyond_the_policy_is_refused_where_it_is_typed(window: MainWindow, evening: Evening):
    screen, case = at_board(window, evening)
    sheet = sheet_of(screen, "maintenance_fund")
    press("Ctrl+A")
    write("20270301")
    press("Return")
    problem = sheet.due_field.problem()
    assert problem is not None and problem.code == "deferral_due_late"
    assert facts(case).deferrals == ()
    press("Ctrl+A")
    write("2026.12.7")
    press("Return")
    wait_until(lambda: screen.pages.promises.sheet is None, "the sheet gone")
    assert facts(case).deferrals[0].due == "2026-12-07"


def test_escape_leaves_everything_as_it_was_and_the_hand_on_the_board(window: MainWindow, evening: Evening):
    screen, case = at_board(window, evening)
    sheet_of(screen, "invoice")
    press("Esc")
    wait_until(lambda: screen.pages.promises.sheet is None, "the sheet gone")
    assert facts(case).deferrals == ()
    wait_until(screen.materials_page.board.hasFocus, "the hand on the board")
    assert screen.materials_page.board.current_row() == "invoice"


def test_what_may_not_be_promised_is_refused_in_words(window: MainWindow, evening: Evening):
    screen, case = at_board(window, evening)
    board = screen.materials_page.board
    board.choose("purchase_contract")
    assert not screen.pages.promises.button.isVisible()
    press("P", board)
    tend(0.1)
    assert screen.pages.promises.sheet is None
    toasts = screen.materials_page.findChildren(Toast)
    assert any("不能容缺" in toast.text() for toast in toasts)
    board.choose("invoice")
    assert screen.pages.promises.button.isVisible()
    assert facts(case).deferrals == ()


def test_an_opinion_stands_in_for_a_paper_that_can_no_longer_be_had(window: MainWindow, evening: Evening):
    screen, case = at_board(window, evening, categories=["C7", "C10"])
    sheet = sheet_of(screen, "purchase_contract")
    assert not sheet.way.isVisible()  # a contract is never promised for later
    assert sheet.category.values() == ("C10",) and sheet.department.values() == ("housing",)
    press("Return")
    press("2")
    press("Return")
    write("购房关系认定意见")
    press("Return")
    write("兰自然资函〔2026〕18号")
    press("Return")
    press("Return")
    problem = sheet.fields["dated"].problem()
    assert problem is not None and problem.code == "substitution_document"
    write("20261110")
    press("Return")
    wait_until(lambda: screen.pages.promises.sheet is None, "the sheet gone")
    (given,) = facts(case).substitutions
    assert (given.category, given.department, given.dated) == ("C10", "natural_resources", "2026-11-10")
    assert standing(case, "purchase_contract") is Standing.REPLACED
    row = screen.materials_page.board.row("purchase_contract")
    assert row.second_line() == "自然资源部门认定意见代替"


def test_one_row_has_one_account_and_it_can_be_taken_back(window: MainWindow, evening: Evening):
    screen, case = at_board(window, evening, categories=["C10"])
    sheet_of(screen, "invoice")
    press("Return")
    press("Return")
    press("Return")
    wait_until(lambda: len(facts(case).deferrals) == 1, "the promise")
    sheet = sheet_of(screen, "invoice")
    assert sheet.way.isVisible()
    sheet.way.setFocus()
    press("2")
    for _ in range(3):
        press("Return")
    assert sheet.lines["document"].hasFocus()
    write("付款认定意见")
    press("Return")
    write("兰税函〔2026〕3号")
    press("Return")
    write("20261111")
    press("Return")
    wait_until(lambda: screen.pages.promises.sheet is None, "the sheet gone")
    assert facts(case).deferrals == () and len(facts(case).substitutions) == 1
    sheet_of(screen, "invoice")
    press("Ctrl+Del")
    wait_until(lambda: screen.pages.promises.sheet is None, "the sheet gone")
    assert facts(case).substitutions == ()
    assert standing(case, "invoice") is Standing.MISSING


@pytest.mark.parametrize("code", ["deed_tax"])
def test_the_key_does_nothing_to_a_row_while_a_sheet_is_open(window: MainWindow, evening: Evening, code: str):
    screen, _ = at_board(window, evening)
    sheet = sheet_of(screen, code)
    press("P", screen.materials_page.board)
    assert screen.pages.promises.sheet is sheet
