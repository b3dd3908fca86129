"""What is followed up with a department, by keys; and a sample, home by home."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from storage import supervision
from tests.driving import press, wait_until, write
from tests.printing.paper import page_texts
from tests.storage.evening import Evening
from tests.ui.intake_walk import SAMPLES
from ui.main_window import MainWindow
from ui.screens.files_sheet import FilesSheet
from ui.screens.photo_view import PhotoView
from ui.screens.supervision import SupervisionScreen
from ui.screens.supervision_sheets import EntrySheet
from ui.screens.visit_photo import PhotoSheet
from ui.widgets import Sheet

CARD = SAMPLES / "id_card_front-007-00.jpg"


@pytest.fixture
def screen(window: MainWindow) -> SupervisionScreen:
    wait_until(window.isActiveWindow, "the window")
    found = window.go("ledger").open_tab("supervision")  # type: ignore[attr-defined]
    assert isinstance(found, SupervisionScreen)
    wait_until(lambda: found._packs is not None, "the packs")
    return found


def test_a_matter_is_begun_followed_and_settled_by_keys(
    screen: SupervisionScreen, window: MainWindow, evening: Evening
) -> None:
    press("N", screen.new_button)
    (sheet,) = window.findChildren(EntrySheet)
    sheet.keep()
    wait_until(lambda: sheet.problem.problem() is not None, "that words are wanted")
    sheet.about.setFocus()
    write("2号楼消防验收")
    press("Return")
    write("问了进度，等资料")
    press("Return")
    wait_until(lambda: screen.table.line_count() == 1, "the matter")
    assert screen.table.line(0)[1:4] == ("2号楼消防验收", "自然资源部门", "跟进")
    press("E", screen.table)
    write("两周没有结果")
    press("Return")
    wait_until(lambda: screen.table.line(0)[3] == "提醒", "the next level")
    press("M", screen.table)
    write("答应下周出意见")
    press("Return")
    wait_until(lambda: len(screen._matters[0].steps) == 3, "another entry")
    press("S", screen.table)
    write("已出具意见")
    press("Return")
    wait_until(lambda: screen.table.line_count() == 0, "nothing open")
    assert [one.settled for one in evening.read(supervision.matters, settled=True)] == [True]


def test_a_sample_is_drawn_and_seen_home_by_home(
    screen: SupervisionScreen, window: MainWindow, evening: Evening
) -> None:
    press("D", screen.new_button)
    press("Return")
    wait_until(lambda: screen.table.line_count() == 1, "the sample")
    chosen = evening.read(supervision.inspections)[0].chosen
    for left in range(len(chosen), 0, -1):
        press("M", screen.table)
        wait_until(lambda: bool(window.findChildren(Sheet)), "the question")
        press("Return")
        wait_until(
            lambda left=left: len(screen._inspections[0].left) == left - 1,  # type: ignore[misc]
            "that it is kept",
        )
    assert screen.table.line(0)[3] == f"{len(chosen)} / {len(chosen)}"
    assert any("抽查" in label.text() for label in screen._side.findChildren(QLabel))


def test_what_is_in_view_stays_in_view_when_the_list_moves(
    screen: SupervisionScreen, evening: Evening
) -> None:
    for number in (1, 2):
        evening.write(
            supervision.note_matter, evening.who, evening.now, fact_id=f"f-{number}", matter_id=f"m-{number}",
            compound_id="c1", kind="ask", words="问过", department="fire", about=f"第{number}件",
        )  # fmt: skip
    wait_until(lambda: screen.table.line_count() == 2, "both")
    screen.table.selectRow(1)
    assert screen._what.text() == "第2件"
    evening.write(
        supervision.escalate, evening.who, evening.now, fact_id="f-9", matter_id="m-2", words="没有结果"
    )
    wait_until(lambda: screen.table.line(0)[3] == "提醒", "it at the top, its day being the earlier one now")
    assert screen.table.currentIndex().row() == 0
    assert screen._what.text() == "第2件"


def test_above_the_highest_level_there_is_an_answer_and_no_question(
    screen: SupervisionScreen, window: MainWindow, evening: Evening
) -> None:
    given = {"matter_id": "m-1", "words": "没有结果"}
    evening.write(
        supervision.note_matter, evening.who, evening.now, fact_id="f-0", compound_id="c1", kind="ask",
        department="fire", about="验收", **given,
    )  # fmt: skip
    for number in range(3):
        evening.write(supervision.escalate, evening.who, evening.now, fact_id=f"g-{number}", **given)
    wait_until(
        lambda: screen.table.line_count() == 1 and screen.table.line(0)[3] == "上报专班", "the last level"
    )
    press("E", screen.table)
    problem = screen.problem.problem()
    assert problem is not None and problem.code == "supervision_top"
    assert not screen.up_button.isVisible() and not window.findChildren(Sheet)


def test_what_was_seen_takes_a_photo_that_can_be_looked_at(
    screen: SupervisionScreen, window: MainWindow, evening: Evening
) -> None:
    evening.write(
        supervision.draw_sample, evening.who, evening.now, fact_id="f-0", inspection_id="i-1",
        compound_id="c1", seed="1",
    )  # fmt: skip
    screen.view.set_value("samples")
    screen.reload()
    wait_until(lambda: screen.table.line_count() == 1, "the sample")
    assert not screen.photo_button.isVisible()
    press("M", screen.table)
    (sheet,) = window.findChildren(FilesSheet)
    press("F7")
    (camera,) = window.findChildren(PhotoSheet)
    picture = CARD.read_bytes()
    camera._data = picture  # as the camera gives it
    press("Return", camera)
    wait_until(lambda: bool(sheet._photos), "the photo, sealed")
    write("门牌与台账一致")
    press("Return")
    wait_until(screen.photo_button.isVisible, "that it is kept")
    (seen,) = evening.read(supervision.inspections)[0].seen
    assert (seen.words, seen.photos) == ("门牌与台账一致", (screen._services.pages.put(picture),))
    assert evening.sql("SELECT json_array_length(attachments) FROM facts WHERE verb = 'visited'") == [(1,)]
    press("P", screen.table)
    tray = screen._services.press.send.__self__  # type: ignore[attr-defined]
    wait_until(lambda: bool(tray.jobs), "the sheet in the tray")
    assert "门牌与台账一致" in "".join(page_texts(tray.jobs[0][1]))
    press("V", screen.table)
    (view,) = window.findChildren(PhotoView)
    wait_until(lambda: not view.picture.pixmap().isNull(), "the picture")
    assert seen.photos[0][:16] in view.said.text()
