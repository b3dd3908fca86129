"""The live picture of a camera with the page's outline over it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import look
from ui.widgets.quad import Quad

# A photograph keeps its surroundings in every theme: dark table, bright edge.
_TABLE = QColor("#3A4044")
_EDGE = QColor("#4FD1B8")
_WORDS = QColor("#D5DADB")
_BLINK_MS = 120


class LiveView(QWidget):
    """Shows frames as they come; words where there is no picture."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 150)
        self._picture = QImage()
        self._data = b""
        self._outline: Quad | None = None
        self._words = ""
        self._blinking = False

    def show_frame(self, width: int, height: int, rgb: bytes) -> None:
        """Show the next frame: 3 bytes a pixel, rows without gaps."""
        self._data = rgb  # the picture looks into these bytes, it has no copy of them
        self._picture = QImage(self._data, width, height, width * 3, QImage.Format.Format_RGB888)
        self.update()

    def show_outline(self, corners: Quad | None) -> None:
        """Mark the page by its corners as shares of width and height; None marks nothing."""
        self._outline = corners
        self.update()

    def show_words(self, words: str) -> None:
        """Show words in the place of the picture."""
        self._words, self._picture, self._data, self._outline = words, QImage(), b"", None
        self.update()

    def blink(self) -> None:
        """Say that the shutter went: the edge lights up for a moment."""
        self._blinking = True
        self.update()
        QTimer.singleShot(_BLINK_MS, self, self._end_blink)

    def outlined(self) -> bool:
        return self._outline is not None and not self._picture.isNull()

    def picture(self) -> QImage:
        """Return a copy of the frame in view; a null picture while there is none."""
        return self._picture.copy()

    def sizeHint(self) -> QSize:
        return QSize(look().px(340), look().px(170))  # it takes what room there is

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_TABLE)
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        if self._picture.isNull():
            painter.setPen(_WORDS)
            painter.setFont(look().font(14))
            inside = QRectF(self.rect()).adjusted(16, 8, -16, -8)
            painter.drawText(
                inside, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self._words
            )
        else:
            at = self._place()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(at, self._picture)
            if self._outline is not None:
                painter.setPen(QPen(_EDGE, 3))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawPolygon(
                    QPolygonF(
                        [
                            QPointF(at.left() + x * at.width(), at.top() + y * at.height())
                            for x, y in self._outline
                        ]
                    )
                )
        if self._blinking:
            painter.setPen(QPen(_EDGE, 6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 3, -3, -3), 8, 8)
        painter.end()

    def _place(self) -> QRectF:
        """Where the picture stands: whole, in the middle."""
        room = QRectF(self.rect()).adjusted(6, 6, -6, -6)
        size = self._picture.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        left = room.left() + (room.width() - size.width()) / 2
        top = room.top() + (room.height() - size.height()) / 2
        return QRectF(left, top, size.width(), size.height())

    def _end_blink(self) -> None:
        self._blinking = False
        self.update()
