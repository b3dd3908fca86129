"""A card on paper: one hairline, radius 10, no shadow."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.text import Text


class Card(QFrame):
    """Card(title): put content into `body`, and what belongs beside the title into `header`.

    `set_title("")` hides the header row. `margins` is the inner space in px, 20 by default; 0 lets a list
    run to the hairline.
    """

    def __init__(self, title: str = "", *, margins: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Card")
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(1, 1, 1, 1)
        self._outer.setSpacing(0)
        self._head = QWidget()
        self.header = QHBoxLayout(self._head)
        self.header.setContentsMargins(20, 14, 20, 6)
        self.header.setSpacing(12)
        self._title = Text(title, "heading")
        self.header.addWidget(self._title)
        self._outer.addWidget(self._head)
        self._head.setVisible(bool(title))
        self.body = QVBoxLayout()
        self.body.setContentsMargins(margins, margins if not title else min(margins, 8), margins, margins)
        self.body.setSpacing(12)
        self._outer.addLayout(self.body, 1)

    def set_title(self, title: str) -> None:
        self._title.set_text(title)
        self._head.setVisible(bool(title))


class Line(QFrame):
    """A hairline across."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Line")
        self.setFixedHeight(1)
