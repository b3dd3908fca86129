"""The page of progress: bars by key, the same numbers in the table, saved as a sheet."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from storage import reference
from tests.printing.paper import page_texts
from tests.storage.evening import COMPOUND, Evening
from tests.ui.window import PaperTray, with_tray
from ui.screens import progress as page
from ui.screens.progress import ProgressScreen
from ui.services import Services


@pytest.fixture
def screen(qtbot: QtBot, services: Services) -> ProgressScreen:
    found = ProgressScreen(services)
    qtbot.addWidget(found)
    found.resize(1180, 700)
    found.show()
    found.shown()
    qtbot.waitUntil(lambda: found._report is not None, timeout=20_000)
    return found


def test_bars_and_table_say_the_same(qtbot: QtBot, screen: ProgressScreen) -> None:
    assert screen.table.line(0)[1:5] == ["12", "3", "0", "0"]
    first = screen.chart.at()
    assert first is not None and "0 / 12" in first.words and not first.reached
    qtbot.keyClick(screen.chart, Qt.Key.Key_Down)
    second = screen.chart.at()
    assert second is not None and second.label != first.label
    assert second.words in screen.chart.accessibleDescription()
    for which in ("weeks", "ages", "evenings"):
        screen._which._choose(which)
        bar = screen.chart.at()
        assert bar is not None and screen.table.line_count() > 0


def test_a_screen_reader_hears_what_is_chosen_of(screen: ProgressScreen) -> None:
    screen._which._choose("weeks")
    name = screen._which.accessibleName()
    assert name.endswith("每周") and name != "每周"


def test_the_bar_in_hand_is_in_sight(qtbot: QtBot, screen: ProgressScreen) -> None:
    screen._which._choose("weeks")
    screen.chart.setFocus()
    qtbot.waitUntil(lambda: screen.chart.height() >= 12 * 44, timeout=20_000)
    assert screen.chart.visibleRegion().boundingRect().bottom() < 11 * 44
    for _ in range(11):
        qtbot.keyClick(screen.chart, Qt.Key.Key_Down)
    height = screen.chart.height()
    assert screen.chart.visibleRegion().boundingRect().bottom() >= height - 44


def test_the_numbers_are_saved(
    qtbot: QtBot, screen: ProgressScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "progress.xlsx"
    monkeypatch.setattr(page, "ask_where", lambda parent, title, name, save, kind: save(str(target)))
    qtbot.keyClick(screen, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(target.exists, timeout=20_000)
    assert target.read_bytes().startswith(b"PK")


def test_a_county_is_chosen_added_up_printed_and_saved(
    qtbot: QtBot, services: Services, evening: Evening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    homes = [{**home, "id": f"y-{home['id']}"} for home in COMPOUND["households"][:4]]
    other = {**COMPOUND, "id": "c2", "name": "河畔", "division": "620103", "households": homes}
    evening.write(reference.put_compound, other)
    tray = PaperTray()
    screen = ProgressScreen(with_tray(services, tray, evening))
    qtbot.addWidget(screen)
    screen.show()
    screen.shown()
    qtbot.waitUntil(lambda: screen._report is not None, timeout=20_000)
    names = [screen.table.line(n)[0] for n in range(screen.table.line_count())]
    assert names == ["全部小区", "城关区", "七里河区", "金河湾", "河畔"]
    assert [screen.table.line(n)[1] for n in range(3)] == ["16", "12", "4"]
    screen.scope.setCurrentIndex(screen.scope.findData("620103"))
    assert [screen.table.line(n)[:2] for n in range(2)] == [["七里河区", "4"], ["河畔", "4"]]
    screen.print_paper()
    qtbot.waitUntil(lambda: bool(tray.jobs), timeout=20_000)
    text = "".join(page_texts(tray.jobs[0][1]))
    assert "七里河区" in text and "河畔" in text and "金河湾" not in text
    screen.scope.setCurrentIndex(0)
    target = tmp_path / "progress.pdf"
    monkeypatch.setattr(page, "ask_where", lambda parent, title, name, save: save(str(target)))
    qtbot.keyClick(
        screen, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    qtbot.waitUntil(target.exists, timeout=20_000)
    text = "".join(page_texts(target.read_bytes()))
    assert all(word in text for word in ("金河湾", "超期", "场次", "每周"))
