"""The batch screen: a sheet is dropped, judged, mended, taken in whole, and taken back; by keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from PySide6.QtWidgets import QFileDialog, QLineEdit

from capture.spreadsheet import sheet_from
from registration.application import CaseState
from registration.handover_sheet import table_of
from registration.packs import shipped
from storage import applications, feed
from tests.driving import drop, press, see, tend, wait_until, words_on
from tests.storage.evening import COMPOUND, Evening
from ui.intake.screen import IntakeScreen
from ui.main_window import MainWindow
from ui.screens.handover import HandoverScreen
from ui.widgets import Sheet

HEADINGS = ["楼幢", "单元", "房号", "购房人姓名", "证件号码", "联系电话", "共有份额", "合同编号"]
NUMBERS = ("11010519491231002X", "620102196203041226", "620102197811052310", "620102199001017715")
NAMES = ("张立群", "魏秀英", "陈卫东", "丁博")
NEW = {**COMPOUND, "id": "c1", "categories": []}


def row(number: int, **changes: str) -> list[Any]:
    home = COMPOUND["households"][4 + number]
    cells = dict(
        zip(
            HEADINGS,
            [home["building"], home["entrance"], home["room"], NAMES[number], NUMBERS[number], "13893104567"],
            strict=False,
        ),
        合同编号=f"HT-{number}",
    )
    cells.update(changes)
    return [cells.get(heading) for heading in HEADINGS]


def sheet(path: Path, *rows: list[Any]) -> Path:
    book = Workbook()
    for cells in (HEADINGS, *rows):
        book.active.append(cells)
    book.save(path)
    return path


@pytest.fixture
def screen(window: MainWindow, evening: Evening) -> HandoverScreen:
    """The batch screen of tonight's compound, which is no legacy one here."""
    evening.write(feed.apply_feed, evening.now, [{"seq": 600, "kind": "compound", "body": NEW}], 600)
    wait_until(window.isActiveWindow, "the window")
    press("Ctrl+4", window)
    table = window.screen_of("table")
    wait_until(lambda: table.picker.grid.current_cell() is not None, "the households")  # type: ignore[attr-defined]
    press("B")
    wait_until(lambda: window.place() == "handover", "the batch screen")
    found = window.screen_of("handover")
    assert isinstance(found, HandoverScreen)
    wait_until(found.card.go.isEnabled, "its compound")
    return found


def name_file(screen: HandoverScreen, path: Path) -> None:
    """Type the name of the file into the dialog and confirm with Enter."""
    dialog = see(screen, QFileDialog, lambda _: True, "where to save")
    entry = see(dialog, QLineEdit, lambda w: w.isEnabled(), "the dialog's file name")
    dialog.activateWindow()
    entry.setFocus()
    wait_until(entry.hasFocus, "focus on the dialog's file name")
    entry.setText(str(path))  # typed, the completer would open a window of its own
    press("Return", entry)
    wait_until(path.exists, "the saved file")
    screen.window().activateWindow()
    wait_until(screen.isActiveWindow, "the window active again")


def drafts(evening: Evening) -> int:
    return evening.read(applications.count, state=CaseState.DRAFT)


def test_a_clean_sheet_becomes_drafts_and_one_opens_in_the_intake(
    screen: HandoverScreen, window: MainWindow, evening: Evening, tmp_path: Path
):
    before = drafts(evening)
    both = [row(0, 共有份额="1/3"), row(0, 购房人姓名=NAMES[1], 证件号码=NUMBERS[1], 共有份额="2/3")]
    drop(screen, [sheet(tmp_path / "清单.xlsx", *both, row(2))])
    wait_until(lambda: screen.card.cases.line_count() == 2, "the households found")
    assert drafts(evening) == before, "a dry run stores nothing"
    _, buyers, kind, contract, lines = screen.card.cases.line(0)
    assert (buyers, contract, lines) == ("张*群、魏*英", "HT-0", "2, 3")
    assert kind == "按份共有 1/3、2/3"
    press("Return")
    wait_until(lambda: drafts(evening) == before + 2, "the drafts")
    wait_until(lambda: screen.side.undo.isVisible() and screen.side.undo.isEnabled(), "the batch beside")
    press("Return")
    wait_until(lambda: window.place() == "queue", "the queue")
    (found,) = evening.read(applications.rows, search=NAMES[2], state=CaseState.DRAFT)
    window.open_draft(found.id)
    wait_until(lambda: window.place() == "intake", "the intake")
    intake = window.screen_of("intake")
    assert isinstance(intake, IntakeScreen)
    wait_until(lambda: intake.case() is not None, "its case")
    case = intake.case()
    assert case is not None and case.application.parties[0].name == NAMES[2]


def test_errors_are_listed_saved_and_gone_after_the_file_was_mended(
    screen: HandoverScreen, evening: Evening, tmp_path: Path
):
    before = drafts(evening)
    lost = row(1)
    lost[4] = 620102196203041000
    path = sheet(tmp_path / "清单.xlsx", row(0, 联系电话="12"), lost, row(2, 房号="9999"))
    drop(screen, [path])
    wait_until(lambda: screen.card.errors.line_count() == 3, "the errors")
    told = [tuple(screen.card.errors.line(n)[:2]) for n in range(3)]
    assert told == [("2", "联系电话"), ("3", "证件号码"), ("4", "房号")]
    assert "十五位" in screen.card.errors.line(1)[2]
    saved = tmp_path / "错误.xlsx"
    press("X")
    name_file(screen, saved)
    rows = sheet_from(saved.read_bytes(), "x").rows
    assert rows[0][0] == "行" and len(rows) == 4 and rows[2][:2] == ("3", "证件号码")
    sheet(path, row(0), row(1), row(2))
    screen.setFocus()
    press("R")
    wait_until(lambda: screen.card.cases.line_count() == 3, "the households found")
    assert drafts(evening) == before


def test_what_is_no_sheet_is_named_and_another_can_be_chosen(screen: HandoverScreen, tmp_path: Path):
    bad = tmp_path / "照片.xlsx"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    drop(screen, [bad])
    wait_until(screen.card.problem.isVisible, "the problem")
    assert any("照片.xlsx" in text for text in words_on(screen))
    drop(screen, [sheet(tmp_path / "清单.xlsx", row(0))])
    wait_until(lambda: screen.card.cases.line_count() == 1, "the household")
    assert not screen.card.problem.isVisible()


def test_a_household_with_a_case_stops_the_sheet(screen: HandoverScreen, evening: Evening, tmp_path: Path):
    evening.start(COMPOUND["households"][4]["id"])
    drop(screen, [sheet(tmp_path / "清单.xlsx", row(0), row(1))])
    wait_until(lambda: screen.card.errors.line_count() == 1, "the error")
    assert screen.card.errors.line(0)[0] == "2"


def test_at_another_compound_nothing_is_taken_in_and_it_says_so(
    screen: HandoverScreen, evening: Evening, tmp_path: Path
):
    homes = [{**unit, "id": f"x-{unit['id']}", "unit_code": ""} for unit in COMPOUND["households"]]
    other = {**NEW, "id": "c2", "name": "陇纺家属院", "households": homes}
    evening.write(feed.apply_feed, evening.now, [{"seq": 700, "kind": "compound", "body": other}], 700)
    before = drafts(evening)
    screen.show_compound("c2")
    wait_until(lambda: screen.card.go.isEnabled() and screen._compound.id == "c2", "the other compound")  # type: ignore[union-attr]
    drop(screen, [sheet(tmp_path / "清单.xlsx", row(0))])
    wait_until(lambda: screen.card.cases.line_count() == 1, "the household")
    press("Return")
    assert screen.card.problem.isVisible()
    assert any("金河湾" in text for text in words_on(screen))
    assert drafts(evening) == before


def test_a_batch_is_taken_back_by_keys(
    screen: HandoverScreen, window: MainWindow, evening: Evening, tmp_path: Path
):
    before = drafts(evening)
    drop(screen, [sheet(tmp_path / "清单.xlsx", row(0), row(1))])
    wait_until(lambda: screen.card.cases.line_count() == 2, "the households")
    press("Return")
    wait_until(lambda: drafts(evening) == before + 2, "the drafts")
    wait_until(lambda: screen.side.undo.isVisible() and screen.side.undo.isEnabled(), "the way back")
    press("Z")
    see(window, Sheet, lambda _: True, "the question")
    press("Return")
    wait_until(lambda: drafts(evening) == before, "that they are withdrawn")
    wait_until(lambda: "已没有可以撤回的" in words_on(screen), "nothing left to take back")
    drop(screen, [sheet(tmp_path / "清单.xlsx", row(0))])
    wait_until(lambda: screen.card.cases.line_count() == 1, "the same household, free again")


def test_the_template_has_the_headings_that_are_read(screen: HandoverScreen, tmp_path: Path):
    saved = tmp_path / "模板.xlsx"
    press("T")
    name_file(screen, saved)
    table = table_of(sheet_from(saved.read_bytes(), "x"), shipped())
    assert set(HEADINGS) <= set(table.headings)
    assert table.rows == ()


def test_escape_leads_from_the_sheet_to_the_table_of_buildings(
    screen: HandoverScreen, window: MainWindow, tmp_path: Path
):
    drop(screen, [sheet(tmp_path / "清单.xlsx", row(0))])
    wait_until(lambda: screen.card.cases.line_count() == 1, "the household")
    press("Escape")
    assert window.place() == "handover"
    press("Escape")
    assert window.place() == "table"
    tend()
