"""A new machine opens a second copy from its first page and is unlocked with the other's password."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from capture.imaging import ImagingPool
from storage.second_copy import make_second_copy
from storage.vault import Vault
from tests.storage.evening import Evening
from tests.ui.vault_door import VaultDoor
from ui.desk import Desk
from ui.screens.package_progress import Progress
from ui.screens.restore import RestoreScreen
from ui.settings import Settings
from ui.signals import Signals

PASSWORD = "long enough"


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("storage.vault._KDF", {"memory_kib": 64, "time": 1, "lanes": 1})
    vault, _ = Vault.create(tmp_path / "old", "wang", PASSWORD)
    vault.confirm_recovery()
    evening = Evening(tmp_path / "old", vault=vault)
    evening.open_session()
    evening.submitted()
    make_second_copy(evening.store, evening.pages, evening.folder, tmp_path / "usb", evening.now)
    evening.close()
    return tmp_path / "usb"


@pytest.fixture
def desk(
    copy: Path, tmp_path: Path, settings: Settings, signals: Signals, imaging: ImagingPool, qtbot: QtBot
) -> Iterator[Desk]:
    made = Desk(VaultDoor(tmp_path / "new", settings, signals, imaging), settings, signals)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    made.deleteLater()
    QApplication.processEvents()


def restore_page(desk: Desk, qtbot: QtBot) -> RestoreScreen:
    assert desk._first is not None
    desk._first._from_copy.click()
    page = desk._stack.currentWidget()
    assert isinstance(page, RestoreScreen)
    return page


def test_the_copy_is_taken_over_and_unlocked(desk: Desk, qtbot: QtBot, copy: Path, tmp_path: Path) -> None:
    page = restore_page(desk, qtbot)
    page.look_at(str(copy))
    qtbot.waitUntil(page._go.isEnabled, timeout=30_000)
    assert "10 个页面文件" in page._where.text_whole()
    qtbot.keyClicks(page._account, "wang")
    qtbot.keyClicks(page._password, "not this one")
    qtbot.keyClick(page._password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page._under_way is None, timeout=30_000)
    assert not Vault.exists(tmp_path / "new")
    said = " ".join(label.text() for label in page._problem.findChildren(QLabel))
    assert "账号或密码不对" in said and page._password.hasSelectedText()
    page._password.clear()
    qtbot.keyClicks(page._password, PASSWORD)
    qtbot.keyClick(page._password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page._done is not None, timeout=30_000)
    assert "10 个页面文件" in page._below.text_whole()
    page._go.click()
    assert desk._stack.currentWidget() is desk._unlock
    Vault.unlock(tmp_path / "new", "wang", PASSWORD)


def test_a_folder_without_a_copy_is_said_and_esc_leads_back(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    page = restore_page(desk, qtbot)
    page.look_at(str(tmp_path / "new"))
    qtbot.waitUntil(lambda: page._problem.problem() is not None, timeout=30_000)
    problem = page._problem.problem()
    assert problem is not None and problem.code == "copy_none"
    assert not page._go.isEnabled()
    page.back()
    assert desk._stack.currentWidget() is desk._first


def test_a_window_that_is_closed_stops_the_copying(
    settings: Settings, signals: Signals, copy: Path, qtbot: QtBot
) -> None:
    ended = threading.Event()

    def slowly(folder: Path, account: str, password: str, progress: Progress) -> None:
        while progress(1, 2):
            time.sleep(0.01)
        ended.set()

    page = RestoreScreen(settings, signals, slowly)
    qtbot.addWidget(page)
    page.show()
    page.look_at(str(copy))
    qtbot.waitUntil(page._go.isEnabled, timeout=30_000)
    page._account.setText("wang")
    page.go()
    assert page._under_way is not None
    page.close()
    assert ended.wait(30)
