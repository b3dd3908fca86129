"""The event loop must not use up the references of None and True: it would end in mid-evening."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

TURNS = 300


class _Sheet(QWidget):
    said = Signal(object)

    def paintEvent(self, event: QPaintEvent) -> None:
        return


def _lost(act: Callable[[], object]) -> int:
    act()
    before = sys.getrefcount(None), sys.getrefcount(True)
    for _ in range(TURNS):
        act()
    after = sys.getrefcount(None), sys.getrefcount(True)
    return max(before[0] - after[0], before[1] - after[1])


def test_events_paints_and_signals_give_back_what_they_borrow(qtbot: QtBot) -> None:
    sheet = _Sheet()
    label = QLabel("x", sheet)
    qtbot.addWidget(sheet)
    sheet.said.connect(lambda _: None)
    sheet.show()
    acts: dict[str, Callable[[], object]] = {
        "paint": sheet.repaint,
        "text": lambda: label.setText("y"),
        "events": QApplication.processEvents,
        "signal": lambda: sheet.said.emit(1),
        "parent": sheet.parent,
    }
    losses = {name: _lost(act) for name, act in acts.items()}
    assert all(lost < TURNS // 4 for lost in losses.values()), losses
