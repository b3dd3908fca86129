"""One figure of the evening: what it counts, the number on its plate, and one line of why."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.theme import Tone
from ui.widgets.card import Card
from ui.widgets.text import Text


class Figure(Card):
    """Figure(): `set_figure(name, number, below, tone)`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margins=18, parent=parent)
        self.body.setSpacing(2)
        self._name = Text("", "muted")
        self._number = Text("", "plate")
        self._below = Text("", "small", elide=True)
        for part in (self._name, self._number, self._below):
            self.body.addWidget(part)

    def set_figure(self, name: str, number: str, below: str, tone: Tone | None = None) -> None:
        self._name.set_text(name)
        self._number.set_text(number)
        self._number.set_tone(tone)
        self._below.set_text(below or " ")
        self.setAccessibleName(f"{name} {number} {below}")

    def number(self) -> str:
        return self._number.text_whole()
