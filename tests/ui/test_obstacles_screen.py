"""The ledger at the window: written down for one and for many, assigned, cleared on evidence, exported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QFileDialog, QLineEdit
from shiboken6 import isValid

from registration.evidence import EvidenceKind
from registration.obstacles import Obstruction
from registration.parallel_tracks import ParallelTrack
from storage import obstacle_tracks, obstacles
from tests.driving import press, see, wait_until, write
from tests.printing.paper import page_texts
from tests.storage.evening import Evening
from tests.ui.intake_walk import SAMPLES
from ui.main_window import MainWindow
from ui.screens.files_sheet import FilesSheet
from ui.screens.hub import HubScreen
from ui.screens.issue_lists import IssueListsSheet
from ui.screens.obstacle_sheets import NewSheet
from ui.screens.obstacle_tracks import TracksSheet
from ui.screens.obstacles import ObstaclesScreen
from ui.screens.photo_view import PhotoView
from ui.screens.visit_photo import PhotoSheet
from ui.widgets import Sheet

CARD = SAMPLES / "id_card_front-007-00.jpg"


@pytest.fixture
def screen(window: MainWindow) -> ObstaclesScreen:
    wait_until(window.isActiveWindow, "the window")
    hub = window.go("ledger")
    assert isinstance(hub, HubScreen)
    found = hub.open_tab("obstacles")
    assert isinstance(found, ObstaclesScreen)
    wait_until(lambda: found._compounds, "the compounds")
    return found


def write_down(screen: ObstaclesScreen, place: str, note: str) -> None:
    press("N", screen)
    sheet = see(screen.window(), NewSheet, lambda one: one.isVisible(), "the sheet")
    write(place)
    wait_until(sheet._go.isEnabled, "the households")
    sheet.note.setFocus()
    write(note)
    press("Return")
    wait_until(lambda: not sheet_open(screen), "the sheet to close")


def sheet_open(screen: ObstaclesScreen) -> bool:
    return any(sheet.isVisible() for sheet in screen.window().findChildren(Sheet))


def lines(screen: ObstaclesScreen) -> list[Any]:
    return [screen.table.line(number) for number in range(screen.lines.count())]


def test_the_first_obstacle_is_written_down_and_seen_with_its_history(screen: ObstaclesScreen) -> None:
    write_down(screen, "2号楼 101", "land papers lost")
    wait_until(lambda: screen.lines.count() == 1, "the line")
    assert "2号楼-2单元-101" in lines(screen)[0][0]
    wait_until(lambda: screen.side.entry() is not None, "the side")
    entry = screen.side.entry()
    assert entry is not None
    assert (entry.what.category, entry.what.department) == ("C1", "natural_resources")  # the lead by itself
    assert screen.side.isVisible()


def test_words_of_a_place_choose_many_households_at_once(screen: ObstaclesScreen, evening: Evening) -> None:
    write_down(screen, "3号楼", "no acceptance")
    wait_until(lambda: screen.lines.count() == 4, "the lines")
    assert evening.sql("SELECT count(*) FROM facts WHERE topic = 'ledger'") == [(1,)]


def test_it_is_not_cleared_without_evidence_and_leaves_the_list_with_it(screen: ObstaclesScreen) -> None:
    write_down(screen, "2号楼 101", "papers")
    wait_until(lambda: screen.side.entry() is not None, "the side")
    screen.table.setFocus()
    press("C", screen.table)
    sheet = see(screen.window(), Sheet, lambda one: one.isVisible(), "the sheet")
    title, number = sheet.findChildren(QLineEdit)
    number.setFocus()
    press("Return")
    wait_until(lambda: any(p.isVisible() for p in sheet.findChildren(type(screen.side.problem))), "refused")
    title.setText("会议纪要")
    number.setText("17")
    press("Return")
    wait_until(lambda: screen.lines.count() == 0, "the list without it")
    assert not screen.side.isVisible()
    screen.state.setCurrentIndex(screen.state.findData("cleared"))
    wait_until(lambda: screen.lines.count() == 1, "it among the cleared")


def test_a_long_ledger_is_read_where_it_is_looked_at(screen: ObstaclesScreen, evening: Evening) -> None:
    given = [(f"o-{n:04d}", Obstruction("C1", "tax", "h-2-101", note=f"n{n}")) for n in range(400)]
    evening.write(
        obstacles.block_many, evening.who, evening.now, batch_id="b-1", compound_id="c1", given=given,
        fact_ids=[f"f-{n}" for n in range(4)],
    )  # fmt: skip
    screen.shown()
    wait_until(lambda: screen.lines.count() == 400, "the lines")
    assert screen.table.line(399)[0] == "…"
    screen.table.selectRow(399)
    wait_until(lambda: (entry := screen.side.entry()) is not None and entry.what.note == "n399", "the last")
    assert screen.table.line(399)[0] != "…"


def test_what_is_listed_goes_into_a_table_and_the_log(
    screen: ObstaclesScreen, evening: Evening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_down(screen, "2号楼 101", "papers 13893104567")
    wait_until(lambda: screen.lines.count() == 1, "the line")
    file = tmp_path / "list.xlsx"
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.fileSelected.emit(str(file)))
    screen.export()
    wait_until(file.exists, "the file")
    (head, row) = list(load_workbook(file).active.iter_rows(values_only=True))
    assert len(head) == 6
    assert "2号楼-2单元-101" in row[0]
    assert row[5] == "papers •••••••4567"
    assert evening.sql("SELECT details FROM audit WHERE action = 'ledger_exported'") == [('{"lines":1}',)]


def test_departments_work_at_once_and_it_is_cleared_when_all_are_done(
    screen: ObstaclesScreen, evening: Evening
) -> None:
    write_down(screen, "2号楼 101", "no acceptance")
    wait_until(lambda: screen.side.entry() is not None, "the side")
    press("T", screen.table)
    sheet = see(screen.window(), TracksSheet, lambda one: one.isVisible(), "the tracks")
    for task in ("消防验收意见", "补开发票"):
        press("N", sheet.add)
        asked = see(screen.window(), Sheet, lambda one: one is not sheet and one.isVisible(), "the part")
        asked.findChildren(QLineEdit)[-1].setFocus()
        write(task)
        press("Return")
        wait_until(lambda asked=asked: not isValid(asked) or asked.isHidden(), "it kept")  # type: ignore[misc]
    wait_until(lambda: sheet.table.line_count() == 2, "both")
    press("Escape", sheet)
    wait_until(lambda: screen.table.line(0)[2].endswith("已办 0/2"), "the count in the list")
    press("C", screen.table)
    problem = screen.side.problem.problem()
    assert problem is not None and problem.code == "obstacle_tracks"
    press("T", screen.table)
    sheet = see(screen.window(), TracksSheet, lambda one: one.isVisible(), "the tracks")
    assert sheet.table.hasFocus()
    for number in (0, 1):
        sheet.table.selectRow(number)
        press("C", sheet.table)
        asked = see(screen.window(), FilesSheet, lambda one: one.isVisible(), "the evidence")
        for edit, text in zip(asked.findChildren(QLineEdit), ("意见书", f"{number}号"), strict=True):
            edit.setText(text)
        press("Return", edit)
        wait_until(lambda asked=asked: not isValid(asked) or asked.isHidden(), "it kept")  # type: ignore[misc]
    wait_until(lambda: evening.sql("SELECT tracks_open FROM obstacles") == [(0,)], "all done")
    wait_until(lambda: not sheet.done.isVisible(), "that nothing is left to do")


def test_the_lists_of_all_departments_are_saved_and_printed_by_keys(
    screen: ObstaclesScreen, evening: Evening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = [
        ("o-1", Obstruction("C1", "natural_resources", "h-2-101", note="找13893104567")),
        ("o-2", Obstruction("C2", "tax", "h-2-102", "2026-11-01")),
    ]
    evening.write(
        obstacles.block_many, evening.who, evening.now, batch_id="b-1", fact_ids=["f-1"], compound_id="c1",
        given=given,
    )  # fmt: skip
    evening.write(
        obstacle_tracks.set_track, evening.who, evening.now, fact_id="f-2", obstacle_id="o-1",
        track=ParallelTrack("t-1", "tax", "补开发票"),
    )  # fmt: skip
    wait_until(lambda: screen.lines.count() == 2, "the lines")
    press("P", screen.table)
    sheet = see(screen.window(), IssueListsSheet, lambda one: one.go.isEnabled(), "the counts")
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.fileSelected.emit(str(tmp_path)))
    press("S", sheet)
    wait_until(lambda: len(list(tmp_path.glob("*.pdf"))) == 2, "a file for each")
    wait_until(sheet.go.isEnabled, "that it is done")
    (tax,) = tmp_path.glob("*税务*.pdf")
    text = "".join(page_texts(tax.read_bytes()))
    assert "2号楼-2单元-101" in text and "2号楼-2单元-102" in text and "补开发票" in text
    assert "13893104567" not in text and "4567" in text
    press("T", sheet)
    wait_until(lambda: len(list(tmp_path.glob("*.xlsx"))) == 2 and sheet.go.isEnabled(), "the tables")
    (tax,) = tmp_path.glob("*税务*.xlsx")
    rows = list(load_workbook(tax).active.iter_rows(values_only=True))
    assert len(rows) == 3 and any("补开发票" in str(row[7]) and row[6] == "找•••••••4567" for row in rows)
    press("Return", sheet.go)
    tray = screen._services.press.send.__self__  # type: ignore[attr-defined]
    wait_until(lambda: bool(tray.jobs), "the job")
    assert len(page_texts(tray.jobs[0][1])) == 2
    assert evening.sql("SELECT details FROM audit WHERE action = 'ledger_exported'") == [('{"lines":3}',)] * 3


def test_counts_by_compound_lead_to_the_list_of_what_was_counted_and_back(
    screen: ObstaclesScreen, evening: Evening
) -> None:
    given = [
        (f"o-{n}", Obstruction(category, "tax", home, due))
        for n, (category, home, due) in enumerate(
            [("C1", "h-2-101", ""), ("C1", "h-2-102", "2026-12-30"), ("C2", "h-2-101", "2026-11-01")]
        )
    ]
    evening.write(
        obstacles.block_many, evening.who, evening.now, batch_id="b-1", fact_ids=["f-1"], compound_id="c1",
        given=given,
    )  # fmt: skip
    wait_until(lambda: screen.lines.count() == 3, "the lines")
    press("G", screen.table)
    wait_until(lambda: screen.counts.line_count() == 3, "the counts")
    shown = [screen.counts.line(number) for number in range(3)]
    assert shown[0] == ("金河湾", "合计 · 2 户", "3", "1", "2026-11-01")
    assert [line[2:] for line in shown[1:]] == [("1", "1", "2026-11-01"), ("2", "—", "2026-12-30")]
    assert not screen.state.isVisible() and not screen.side.isVisible()
    screen.counts.selectRow(1)
    press("Return", screen.counts)
    wait_until(lambda: screen.lines.count() == 1 and screen.table.hasFocus(), "what was counted")
    wait_until(
        lambda: (e := screen.side.entry()) is not None and e.what.category == "C2", "it beside the list"
    )
    assert screen.back() and screen.counts.isVisible()
    assert screen.back() and screen.table.isVisible()


def test_a_photo_alone_clears_it_and_can_be_looked_at(screen: ObstaclesScreen, evening: Evening) -> None:
    write_down(screen, "2号楼 101", "papers")
    wait_until(lambda: screen.side.entry() is not None, "the side")
    screen.table.setFocus()
    press("C", screen.table)
    sheet = see(screen.window(), FilesSheet, lambda one: one.isVisible(), "the sheet")
    press("F7")
    camera = see(screen.window(), PhotoSheet, lambda one: one.isVisible(), "the camera")
    camera._data = CARD.read_bytes()  # as the camera gives it
    press("Return", camera)
    wait_until(lambda: bool(sheet._photos), "the photo, sealed")
    press("Return", sheet.findChildren(QLineEdit)[-1])
    wait_until(lambda: screen.lines.count() == 0, "the list without it")
    screen.state.setCurrentIndex(screen.state.findData("cleared"))
    wait_until(screen.side.files.isVisible, "it among the cleared")
    entry = screen.side.entry()
    assert entry is not None and entry.evidence[0].kind is EvidenceKind.PHOTO
    screen.table.setFocus()
    press("V", screen.table)
    view = see(screen.window(), PhotoView, lambda one: not one.picture.pixmap().isNull(), "the photo")
    assert entry.evidence[0].files[0].digest[:16] in view.said.text()
