"""The page of the copies: choose, see, verify, stop, and have a backup put back, by keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from pytestqt.qtbot import QtBot

from storage.second_copy import uncovered
from tests.storage.evening import Evening
from ui.copy_room import CopyState
from ui.screens.copies import CopiesScreen
from ui.services import Services


@pytest.fixture
def screen(services: Services, evening: Evening, qtbot: QtBot) -> Iterator[CopiesScreen]:
    found = CopiesScreen(services)  # not handed to qtbot: it would be closed before what it began has ended
    found.resize(1200, 700)
    found.show()
    found.shown()
    qtbot.waitUntil(lambda: found._found is not None, timeout=30_000)
    yield found
    qtbot.waitUntil(lambda: not found._busy, timeout=30_000)
    found.close()
    found.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    services.copy_room.finish()


def copied(screen: CopiesScreen, qtbot: QtBot, folder: Path) -> None:
    screen.choose(str(folder))
    qtbot.waitUntil(lambda: screen._chip.text() == "已是最新" and not screen._busy, timeout=30_000)


def test_without_a_copy_the_one_thing_to_do_is_to_choose_a_folder(
    screen: CopiesScreen, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(screen, "ask_folder", lambda: asked.append(True))
    assert screen._chip.text() == "没有第二副本" and not screen._facts.isVisible()
    qtbot.keyClick(screen._go, Qt.Key.Key_Return)
    assert asked == [True]


def test_a_chosen_folder_shows_what_it_covers(
    screen: CopiesScreen, qtbot: QtBot, evening: Evening, tmp_path: Path
) -> None:
    evening.submitted()
    copied(screen, qtbot, tmp_path / "usb")
    assert [value.text_whole() for value in screen._values][:3] == [str(tmp_path / "usb"), "11:36", "0"]
    assert screen._warning.isVisible(), "it is on the same disk"
    evening.submitted()
    qtbot.waitUntil(lambda: screen._values[2].text_whole() == "1", timeout=30_000)
    qtbot.keyClick(screen, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen._values[2].text_whole() == "0", timeout=30_000)
    assert evening.read(uncovered) == 0


def test_verifying_says_what_opens_and_what_does_not(
    screen: CopiesScreen, qtbot: QtBot, evening: Evening, tmp_path: Path
) -> None:
    evening.submitted()
    copied(screen, qtbot, tmp_path / "usb")
    screen.verify()
    qtbot.waitUntil(lambda: bool(screen._done.text_whole()), timeout=30_000)
    assert "个页面文件" in screen._done.text_whole()
    page = next((tmp_path / "usb" / "pages").glob("??/*.page"))
    page.write_bytes(b"x")
    qtbot.waitUntil(lambda: not screen._busy, timeout=30_000)
    screen.verify()
    qtbot.waitUntil(lambda: screen._problem.problem() is not None, timeout=30_000)
    problem = screen._problem.problem()
    assert problem is not None and (problem.code, dict(problem.params)) == ("copy_unsound", {"count": "1"})


def test_a_folder_that_cannot_be_is_said_inline(
    screen: CopiesScreen, qtbot: QtBot, services: Services
) -> None:
    screen.choose(str(services.data_dir))
    qtbot.waitUntil(lambda: screen._problem.problem() is not None, timeout=30_000)
    problem = screen._problem.problem()
    assert problem is not None and problem.code == "copy_inside"
    assert services.copy_room.status.state is CopyState.NONE


def test_a_backup_is_put_back_after_two_presses(
    screen: CopiesScreen, qtbot: QtBot, services: Services
) -> None:
    qtbot.keyClick(screen, Qt.Key.Key_B)
    table = screen._backups.table
    qtbot.waitUntil(lambda: table.line_count() == 1 and not screen._busy, timeout=30_000)
    put = screen._backups._put
    assert not put.isEnabled()
    table.selectRow(0)
    put.click()
    wish = services.data_dir / "backup-wanted"
    assert not wish.exists() and screen._backups._said.isVisible()
    put.click()
    qtbot.waitUntil(wish.exists, timeout=30_000)
