"""The ledger's spreadsheet at the window: errors shown and saved, mended, taken in and taken back by keys."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from openpyxl import Workbook

from registration.obstacles import Obstruction
from storage import obstacles
from storage.obstacles import Wanted
from tests.driving import press, see, wait_until
from tests.storage.evening import COMPOUND, Evening
from ui.main_window import MainWindow
from ui.screens.hub import HubScreen
from ui.screens.ledger_import import LedgerImportSheet

HEAD = ("小区", "楼幢", "单元", "房号", "问题类别")
HOMES = COMPOUND["households"]


def sheet(path: Path, *categories: str) -> Path:
    book = Workbook()
    page = book.active
    page.append(("工作台账",))
    page.append(HEAD)
    for home, category in zip(HOMES, categories, strict=False):
        page.append((COMPOUND["name"], home["building"], home["entrance"], home["room"], category))
    book.save(path)
    return path


def test_a_sheet_is_judged_mended_taken_in_and_taken_back(
    window: MainWindow, evening: Evening, tmp_path: Path
) -> None:
    def known() -> int:
        return evening.read(obstacles.count, Wanted(), date(2026, 11, 24))

    wait_until(window.isActiveWindow, "the window")
    hub = window.go("ledger")
    assert isinstance(hub, HubScreen)
    screen = hub.open_tab("obstacles")
    press("I", screen)
    over = see(window, LedgerImportSheet, lambda one: one.isVisible(), "the sheet")
    path = sheet(tmp_path / "ledger.xlsx", "C1", "C99", "C2")
    over.read(str(path))
    wait_until(over.table.isVisible, "the errors")
    assert over.table.line_count() == 1
    assert over.table.line(0)[0] == "4"
    assert known() == 0
    sheet(path, "C1", "C3", "C2")
    press("Return")
    wait_until(lambda: over._judged is not None and bool(over._judged.report.entries), "no error")
    press("Return")
    wait_until(over.undo.isVisible, "the batch")
    assert known() == 3
    press("Z")
    wait_until(lambda: not over._busy and not over.undo.isVisible(), "taken back")
    assert known() == 0
    press("Escape")
    open_ones = window.findChildren
    wait_until(lambda: not any(s.isVisible() for s in open_ones(LedgerImportSheet)), "the sheet closed")


def test_a_ledger_that_changed_meanwhile_is_read_again_by_the_same_key(
    window: MainWindow, evening: Evening, tmp_path: Path
) -> None:
    wait_until(window.isActiveWindow, "the window")
    hub = window.go("ledger")
    assert isinstance(hub, HubScreen)
    press("I", hub.open_tab("obstacles"))
    over = see(window, LedgerImportSheet, lambda one: one.isVisible(), "the sheet")
    over.read(str(sheet(tmp_path / "ledger.xlsx", "C1")))
    wait_until(lambda: over._judged is not None and bool(over._judged.report.entries), "no error")
    evening.write(
        obstacles.block, evening.who, evening.now, fact_id="f-1", obstacle_id="o-1", compound_id="c1",
        what=Obstruction("C1", "tax", HOMES[0]["id"]),
    )  # fmt: skip
    press("Return")
    wait_until(lambda: over.problem.problem() is not None, "that it is not taken in")
    press("Return")
    wait_until(over.table.isVisible, "the line that stands already")
    assert over.table.line(0)[0] == "3"
