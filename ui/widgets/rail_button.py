"""One place in the rail: an icon over a word, a bar on the left when it is where we are."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import Tone, look, paint_icon

RAIL_WIDTH = 76


class RailButton(QAbstractButton):
    """RailButton(icon, text, key): checkable, exclusive among its siblings; the key is in its tool tip."""

    def __init__(self, icon: str, text: str = "", key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._key, self._count = icon, key, 0
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.set_text(text)

    def nextCheckState(self) -> None:
        """A press asks for the place; the bar moves once the window has turned there."""
        if self.isChecked():  # a sibling was checked
            self.setChecked(False)

    def set_text(self, text: str) -> None:
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(f"{text}  {self._key}" if self._key else text)
        self.update()

    def set_count(self, count: int) -> None:
        """Show how much waits there, in a small mark on the icon; 0 takes it away."""
        if count != self._count:
            self._count = count
            self.setAccessibleDescription(str(count) if count else "")
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(RAIL_WIDTH), look().px(64))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, look().px(60))  # seven stand below one another at every text size

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t, here = look(), self.isChecked()
        if here:
            painter.fillRect(QRectF(0, t.px(12), 3, self.height() - 2 * t.px(12)), t.color("primary"))
        elif self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(t.color("raised"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(8, 4, -8, -4), 8, 8)
        ink = t.color("primary" if here else ("ink" if self.underMouse() else "muted"))
        side = t.px(22)
        middle = self.width() / 2
        paint_icon(painter, QRectF(middle - side / 2, t.px(11), side, side), self._icon, ink)
        painter.setPen(ink)
        painter.setFont(t.font(12.5, QFont.Weight.DemiBold if here else QFont.Weight.Normal))
        words = QRectF(0, t.px(36), self.width(), t.px(20))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.text())
        if self._count:
            self._paint_count(painter, middle + side / 2)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(t.color("primary"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(7, 4, -7, -4), 8, 8)
        painter.end()

    def _paint_count(self, painter: QPainter, left: float) -> None:
        t, words = look(), str(self._count) if self._count < 100 else "99+"
        font = t.font(11, QFont.Weight.DemiBold)
        width = max(QFontMetricsF(font).horizontalAdvance(words) + t.px(8), t.px(16))
        box = QRectF(left - t.px(5), t.px(5), width, t.px(16))
        painter.setPen(QPen(t.color("surface"), 2))
        painter.setBrush(t.ink(Tone.AMBER))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(t.color("surface"))
        painter.setFont(font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
