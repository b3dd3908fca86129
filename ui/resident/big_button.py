"""Buttons for somebody who has never seen this program and may not see well."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QMouseEvent
from PySide6.QtWidgets import QWidget

from ui.theme import look
from ui.widgets import PrimaryButton, SecondaryButton


class BigButton(SecondaryButton):
    """An outlined button, 72 px high."""

    _HEIGHT = 72.0
    _TEXT = 22.0
    _PAD = 28.0


class BigPrimaryButton(PrimaryButton):
    """The one that goes on, 84 px high."""

    _HEIGHT = 84.0
    _PAD = 44.0

    def _font(self) -> QFont:
        return look().font(26, QFont.Weight.DemiBold)


class HoldButton(BigButton):
    """A button that means something for as long as it is held: `held(bool)`."""

    held = Signal(bool)

    def __init__(self, text: str = "", icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, "", icon, parent)
        self.pressed.connect(lambda: self.held.emit(True))
        self.released.connect(lambda: self.held.emit(False))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if not self.rect().contains(event.position().toPoint()):
            self.setDown(False)
            self.held.emit(False)
