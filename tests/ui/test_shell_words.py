"""Two languages, both whole: nothing untranslated, catalogues fresh, switched while the window is open."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

import ui
from registration.errors import Problem
from ui.main_window import MainWindow
from ui.messages import language, words
from ui.settings import Settings
from ui.translations import update

HAN = re.compile(r"[\u4e00-\u9fff]")
LATIN_ALONE = re.compile(r"^[A-Za-z][A-Za-z ,.'’…;:()-]*$")
DATA = ("金河湾", "晚间场", "王海燕", "李小兰", "即来", "中文", "窗口一", "号楼", "*", "操作规范")
NAMES = {"Jilai", "English", "PDF", "Enter", "Esc", "A4"}


def test_the_catalogues_are_complete_and_fresh():
    assert update.stale() == []


def test_no_words_escape_the_catalogues():
    """lupdate knows `translate` and `tr` by their names: under another name words would stay English."""
    alias = re.compile(
        r"(\w+)\s*=\s*(?:\w+\.)*(?:QCoreApplication|QApplication|self)\.(?:translate|tr)$", re.M
    )
    assert alias.findall("    say = QCoreApplication.translate\n") == ["say"]
    for path in Path(ui.__file__).parent.rglob("*.py"):
        assert set(alias.findall(path.read_text("utf-8"))) <= {"translate", "tr"}, path.name


def said(window: MainWindow) -> set[str]:
    """Everything that can be read in the window now, tool tips and names for screen readers too."""
    texts: set[str] = set()
    for label in window.findChildren(QLabel):
        texts |= {label.text(), label.toolTip()}
    for button in window.findChildren(QAbstractButton):
        texts |= {button.text(), button.toolTip(), button.accessibleName()}
    for edit in window.findChildren(QLineEdit):
        texts |= {edit.placeholderText(), edit.accessibleName()}
    return {text.strip() for text in texts if text.strip()}


@pytest.mark.parametrize("place", ["tonight", "queue", "devices"])
def test_the_language_changes_while_the_window_is_open(
    window: MainWindow, settings: Settings, qtbot: QtBot, place: str
):
    window.go(place)
    qtbot.wait(50)

    def english_left() -> set[str]:
        return {t for t in said(window) if LATIN_ALONE.match(t) and t not in NAMES and " " in t}

    def chinese_left() -> set[str]:
        return {t for t in said(window) if HAN.search(t) and not any(d in t for d in DATA)}

    qtbot.waitUntil(lambda: english_left() == set())
    settings.change(language="en")
    qtbot.waitUntil(lambda: chinese_left() == set())
    settings.change(language="zh")
    qtbot.waitUntil(lambda: "今晚" in said(window) and english_left() == set())


def test_problems_speak_the_language_of_the_window(settings: Settings, qapp: QApplication):
    assert language() == "zh" and "磁盘" in words(Problem("disk_full")).title
    settings.change(language="en")
    assert language() == "en" and "disk" in words(Problem("disk_full")).title.lower()
