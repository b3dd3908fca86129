"""Every view for keyboard, eye and screen reader: names, Tab, targets, contrast, room for large type."""

from __future__ import annotations

from contextlib import suppress

import pytest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.driving import NotSeenError, tend, wait_until
from tests.storage.evening import Evening
from tests.ui import accessible, gallery
from ui.main_window import MainWindow
from ui.settings import Settings
from ui.theme import ThemeName
from ui.widgets import Text


def test_the_gallery_knows_every_place_and_tab():
    names = gallery.names()
    assert {"tonight", "queue", "table", "devices:copies", "intake:fees", "keys"} <= set(names)
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", gallery.names())
def test_a_view_can_be_used_by_everybody(window: MainWindow, evening: Evening, settings: Settings, name: str):
    root = gallery.open_view(window, evening, name)
    wrong = [
        *accessible.nameless(root),
        *accessible.small(root),
        *accessible.travelled(root),
        *accessible.pale(root),
    ]
    settings.change(theme=ThemeName.DARK, text_percent=150)
    tend(0.3)
    with suppress(NotSeenError):  # the new size reaches every corner in its own time
        wait_until(lambda: not accessible.cut(root), "room for the words", 6)
    wrong += [f"dark, 150 %: {line}" for line in (*accessible.pale(root), *accessible.cut(root))]
    assert wrong == []


def test_what_is_wrong_is_seen(qtbot: QtBot):
    """The examples that break each rule."""
    root = QWidget()
    qtbot.addWidget(root)
    column = QVBoxLayout(root)
    first, second, pale = QPushButton(""), QPushButton("second"), Text("pale")
    first.setStyleSheet("min-height: 20px; max-height: 20px; border: none; outline: none;")
    pale.setStyleSheet("color: #dddddd; background: #ffffff; font-size: 20px;")
    for widget in (first, second, pale):
        column.addWidget(widget)
    QWidget.setTabOrder(second, first)
    root.resize(300, 200)
    root.show()
    qtbot.waitExposed(root)
    root.activateWindow()
    assert any("has no name" in line for line in accessible.nameless(root))
    assert any("below 44" in line for line in accessible.small(root))
    assert any("contrast" in line for line in accessible.pale(root))
    travelled = accessible.travelled(root)
    assert any("does not show" in line for line in travelled)
    pale.setFixedWidth(8)
    tend(0.05)
    assert any("pale" in line for line in accessible.cut(root))
