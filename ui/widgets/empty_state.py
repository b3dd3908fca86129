"""What an empty place says: what it is for, and what to do next."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import look, paint_icon
from ui.widgets.buttons import SecondaryButton
from ui.widgets.text import Text


class _Badge(QWidget):
    def __init__(self, icon: str) -> None:
        super().__init__()
        self.icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look().px(64), look().px(64))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().color("primary_soft"))
        painter.drawEllipse(self.rect())
        inset = self.width() * 0.28
        rect = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        paint_icon(painter, rect, self.icon, look().color("primary"), stroke=1.5)
        painter.end()


class EmptyState(QWidget):
    """EmptyState(icon, title, what, action): `acted` when its button is pressed; no button without words."""

    acted = Signal()

    def __init__(
        self,
        icon: str,
        title: str = "",
        what: str = "",
        action: str = "",
        key_hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setSpacing(8)
        box.addStretch(2)
        self._badge = _Badge(icon)
        box.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addSpacing(4)
        self._title = Text(title, "heading")
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box.addWidget(self._title)
        self._what = Text(what, "muted", wrap=True)
        self._what.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._what.setMinimumWidth(look().px(280))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._what, 3)
        row.addStretch(1)
        box.addLayout(row)
        box.addSpacing(8)
        self._button = SecondaryButton(action, key_hint)
        self._button.clicked.connect(self.acted)
        box.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(3)
        self.set_words(title, what, action)

    def set_words(self, title: str, what: str, action: str = "") -> None:
        self._title.set_text(title)
        self._what.set_text(what)
        self._button.set_text(action)
        self._button.setVisible(bool(action))

    def take_focus(self) -> None:
        """Bring the hand to the button, where there is one."""
        (self if self._button.isHidden() else self._button).setFocus()

    def set_icon(self, icon: str) -> None:
        self._badge.icon = icon
        self._badge.update()
