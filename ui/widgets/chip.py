"""A chip: a few words on a soft ground, with or without an icon."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Tone, look, paint_icon


def chip_width(text: str, icon: str = "") -> int:
    """Return how wide a chip with these words is, in device-independent pixels."""
    metrics = QFontMetricsF(look().font(12.5, QFont.Weight.Medium))
    return round(metrics.horizontalAdvance(text) + look().px(20) + (look().px(18) if icon else 0))


def paint_chip(painter: QPainter, rect: QRectF, text: str, tone: Tone, icon: str = "") -> None:
    """Draw a chip filling `rect`; lists use it in their delegates."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look().soft(tone))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    font = look().font(12.5, QFont.Weight.Medium)
    metrics = QFontMetricsF(font)
    ink = look().ink(tone)
    x = rect.left() + look().px(10)
    if icon:
        side = look().px(14)
        paint_icon(painter, QRectF(x, rect.center().y() - side / 2, side, side), icon, ink, stroke=2)
        x += look().px(18)
    painter.setFont(font)
    painter.setPen(ink)
    room = rect.right() - look().px(10) - x
    words = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room + 1)
    painter.drawText(QPointF(x, rect.center().y() + (metrics.ascent() - metrics.descent()) / 2), words)
    painter.restore()


class Chip(QWidget):
    """Chip("Received", Tone.PRIMARY): state in words first, colour second. `set_chip` changes it."""

    def __init__(
        self, text: str = "", tone: Tone = Tone.PLAIN, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._text, self._tone, self._icon = text, tone, icon
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_chip(self, text: str, tone: Tone | None = None, icon: str | None = None) -> None:
        self._text = text
        self._tone = self._tone if tone is None else tone
        self._icon = self._icon if icon is None else icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        return self._text

    def tone(self) -> Tone:
        return self._tone

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self._text, self._icon), look().px(24))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_chip(painter, QRectF(self.rect()), self._text, self._tone, self._icon)
        painter.end()
