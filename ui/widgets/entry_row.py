"""One entry of a list that is kept by hand: it takes the focus, and its keys open, correct and remove it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import look
from ui.widgets.buttons import IconButton


class EntryRow(QWidget):
    """EntryRow(key, name): put its words into `column`; `key` finds it again after its list was made anew.

    `offer(open=…, correct=…, remove=…)` gives the words of what can be done with it.
    Enter opens it, or corrects it where nothing can be opened, F2 corrects, Delete removes; ↑ ↓ go on.
    """

    opened = Signal()
    corrected = Signal()
    removed = Signal()

    def __init__(self, key: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 4, 0)
        row.setSpacing(2)
        self.column = QVBoxLayout()
        self.column.setSpacing(2)
        row.addLayout(self.column, 1)
        self._row = row
        self._can: set[str] = set()

    def offer(self, **words: str) -> None:
        """Say once what can be done with it: `open`, `correct`, `remove`."""
        for what, icon, signal in (
            ("open", "eye", self.opened),
            ("correct", "pencil", self.corrected),
            ("remove", "trash-2", self.removed),
        ):
            if words.get(what):
                button = IconButton(icon, words[what])
                button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the row has the focus, and a key for each
                button.clicked.connect(signal)
                self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
                self._can.add(what)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        can = self._can
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if can & {"open", "correct"}:
                (self.opened if "open" in can else self.corrected).emit()
            case Qt.Key.Key_F2 if "correct" in can:
                self.corrected.emit()
            case Qt.Key.Key_Delete if "remove" in can:
                self.removed.emit()
            case Qt.Key.Key_Down:
                self.focusNextChild()
            case Qt.Key.Key_Up:
                self.focusPreviousChild()
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.hasFocus():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look().color("primary"), 2))
        painter.setBrush(look().color("primary_soft"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()
