"""The key that does the same as the control beside it, drawn as a key cap."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import look


def key_size(text: str) -> QSize:
    """Return the size of the key cap for `text`, in device-independent pixels."""
    metrics = QFontMetricsF(look().font(11.5, QFont.Weight.Medium))
    height = look().px(18)
    return QSize(max(round(metrics.horizontalAdvance(text)) + look().px(12), height), height)


def paint_key(painter: QPainter, rect: QRectF, text: str, color: QColor) -> None:
    """Draw a key cap in `rect`, outline and letters in `color`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outline = QColor(color)
    outline.setAlphaF(0.45)
    painter.setPen(QPen(outline, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(color)
    painter.setFont(look().font(11.5, QFont.Weight.Medium))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


class KeyHint(QWidget):
    """KeyHint("F12"): a key cap by itself, for lists of keys and for editors."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return key_size(self._text)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_key(painter, QRectF(self.rect()), self._text, look().color("muted"))
        painter.end()
