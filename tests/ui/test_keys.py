"""The keys: each that works is in the list of F1, in both languages, and wanted by one thing alone."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.storage.evening import Evening
from tests.ui import gallery, key_names, keys_map
from ui.key_list import window_keys
from ui.main_window import MainWindow
from ui.screens.unlock import UnlockScreen
from ui.settings import Settings
from ui.widgets import Screen


@pytest.mark.parametrize("name", [name for name in gallery.names() if name != "keys"])
def test_every_key_of_a_view_is_listed_once_and_in_both_languages(
    window: MainWindow, evening: Evening, settings: Settings, name: str
):
    screen = gallery.open_view(window, evening, name)
    assert isinstance(screen, Screen)
    said, called = screen.keys(), keys_map.title(window, name)
    assert key_names.unlisted(screen, said, window_keys()) == []
    assert key_names.doubled(window) == []
    assert len(said) == len({key for key, _ in said}), "a key stands in the list twice"
    settings.change(language="en")
    english = screen.keys()
    found = keys_map.section(name, (called, keys_map.title(window, name)), said, english)
    assert [key for key, _ in english] == [key for key, _ in said]
    assert all(one.strip() and one != other for (_, one), (_, other) in zip(said, english, strict=True))
    assert keys_map.written(name, found) == found, "the keys have changed: run `make keys`"


def test_the_keys_of_every_view_are_in_the_document(settings: Settings, qtbot: QtBot):
    unlock = UnlockScreen(settings)
    qtbot.addWidget(unlock)
    found = {keys_map.EVERYWHERE: window_keys(), keys_map.UNLOCK: unlock.keys()}
    settings.change(language="en")
    english = {keys_map.EVERYWHERE: window_keys(), keys_map.UNLOCK: unlock.keys()}
    for name, said in found.items():
        section = keys_map.section(name, ("", ""), said, english[name])
        assert keys_map.written(name, section) == section, "the keys have changed: run `make keys`"
    views = [name for name in gallery.names() if name != "keys"]
    assert keys_map.listed() == [*found, *views], "views have come or gone: run `make keys`"


def test_the_window_names_its_own_keys(window: MainWindow):
    everywhere = {chord for key, _ in window_keys() for chord in key_names.chords(key)}
    bound = {chord for chord, shortcut in key_names.shortcuts(window) if shortcut.parent() is window}
    assert bound - everywhere <= {"Ctrl+L"}  # as other programs lock; F12 is the one that is named


def test_what_a_list_of_keys_names():
    assert key_names.chords("Ctrl PgUp PgDn") == {"Ctrl+PgUp", "Ctrl+PgDown"}
    assert key_names.chords("Alt 1 … 3") == {"Alt+1", "Alt+2", "Alt+3"}
    assert key_names.chords("Ctrl Shift P") == {"Ctrl+Shift+P"}
    assert key_names.chords("A R") == {"A", "R"}
    assert key_names.chords("Shift+F12") == {"Shift+F12"}
    assert key_names.chords("[ ]") == {"[", "]"}


def test_a_key_that_two_want_is_seen(qtbot: QtBot):
    outer = QWidget()
    qtbot.addWidget(outer)
    inner = QWidget(outer)
    for owner in (outer, inner):
        QShortcut(QKeySequence("F7"), owner)
    outer.show()
    qtbot.waitExposed(outer)
    assert len(key_names.doubled(outer)) == 1
    assert key_names.unlisted(outer, [("F6", "another")], []) == ["F7"]
