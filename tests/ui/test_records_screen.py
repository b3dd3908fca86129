"""The page of records in the real window: log verified and exported, bundle read before it is saved."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from storage import audit
from storage.audit_check import check_log
from tests.driving import wait_until
from tests.storage.evening import Evening
from ui.main_window import MainWindow
from ui.screens.records import RecordsScreen

PRIVATE = ("张立群", "620102198503071231", "13893104567", "滨河路", "王海燕", "金河湾")


@pytest.fixture
def screen(window: MainWindow) -> RecordsScreen:
    found = window.go("devices").open_tab("records")  # type: ignore[attr-defined]
    assert isinstance(found, RecordsScreen)
    wait_until(lambda: found._read is not None, "what is on record")
    return found


def test_the_log_is_verified_and_told(screen: RecordsScreen, evening: Evening):
    assert screen._state.text() == "在此尚未核验"
    screen.verify()
    wait_until(lambda: screen._verdict is not None, "the verdict")
    assert "完整" in screen._state.text()
    for (name,) in evening.sql(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit%'"
    ):
        evening.sql(f"DROP TRIGGER {name}")
    evening.sql("UPDATE audit SET action = 'x' WHERE seq = 2")
    screen._verdict = None
    screen.verify()
    wait_until(lambda: screen._verdict is not None, "the verdict")
    assert "2" in screen._state.text()
    assert check_log(evening.store, pause=0).broken == 2


def test_the_log_is_written_out(screen: RecordsScreen, evening: Evening, tmp_path: Path):
    screen.export_to(str(tmp_path / "nowhere" / "log.jsonl"))
    wait_until(lambda: screen._problem.problem() is not None, "the refusal")
    out = tmp_path / "log.jsonl"
    screen.export_to(str(out))
    assert screen._problem.problem() is None
    wait_until(lambda: bool(screen._said.text_whole()), "the export")
    rows = out.read_text("utf-8").splitlines()
    assert json.loads(rows[-1])["head"]["seq"] == evening.read(audit.head).seq == len(rows) - 1


def test_the_bundle_is_shown_first_and_names_nobody(screen: RecordsScreen, tmp_path: Path, qtbot: QtBot):
    assert not screen._save.isEnabled()
    screen.make_bundle()
    wait_until(lambda: bool(screen._bundle), "the bundle")
    shown = screen._text.toPlainText()
    assert "## audit log" in shown and "cases by state" in shown
    for private in PRIVATE:
        assert private not in shown
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in shown)
    out = tmp_path / "bundle.zip"
    screen.save_bundle_to(str(out))
    wait_until(lambda: bool(screen._bundle_said.text_whole()), "the file")
    with zipfile.ZipFile(out) as archive:
        assert archive.namelist() == ["jilai-support.txt"]
        assert archive.read("jilai-support.txt").decode() == shown
