"""Lying bars with their words, a line for the target, and a point in hand that the arrows move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.theme import Tone, look

_LINE, _MOST_WORDS = 44, 290  # px at 100 %


@dataclass(frozen=True)
class Bar:
    """One bar: its label, its length from 0 to 1, what is said of it, and where its target lies (0 to 1)."""

    label: str
    share: float
    words: str
    target: float | None = None
    reached: bool = True


class BarChart(QWidget):
    """BarChart().show_bars(name, bars). Reached or not is said by form too: a bar short of it is hatched.

    `turned(y)`: another bar is in hand, whose middle lies there, in px.
    """

    turned = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, name: str, bars: Sequence[Bar]) -> None:
        self._bars, self._at = tuple(bars), min(self._at, max(len(bars) - 1, 0))
        self.setAccessibleName(name)
        self._say()
        self.updateGeometry()
        self.update()

    def at(self) -> Bar | None:
        """Return the bar in hand."""
        return self._bars[self._at] if self._bars else None

    def sizeHint(self) -> QSize:
        return QSize(look().px(480), look().px(_LINE) * max(len(self._bars), 1) + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(300), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self._bars:
            super().keyPressEvent(event)
            return
        self._turn(min(max(self._at + step, 0), len(self._bars) - 1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._line_at(event.position())
        if at is not None:
            self._turn(at)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = self._line_at(QPointF(event.pos()))
            if at is not None:
                QToolTip.showText(event.globalPos(), f"{self._bars[at].label}: {self._bars[at].words}", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self), look()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(t.font(13))
        words = min(t.px(_MOST_WORDS), self.width() // 3)
        left, room = words + 12, self.width() - 2 * words - 24
        seen = QRectF(event.rect())
        for number, bar in enumerate(self._bars):
            line = QRectF(0, number * t.px(_LINE) + 4, self.width(), t.px(_LINE))
            if not line.intersects(seen):
                continue
            if number == self._at and self.hasFocus():
                painter.setPen(QPen(t.color("primary"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(line.adjusted(1, 2, -1, -2), 6, 6)
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.setPen(t.color("muted"))
            label = painter.fontMetrics().elidedText(bar.label, Qt.TextElideMode.ElideRight, words - 8)
            painter.drawText(QRectF(8, line.top(), words - 8, line.height()), middle, label)
            full = QRectF(left, line.center().y() - t.px(8), room, t.px(16))
            painter.setPen(QPen(t.color("line"), 1))
            painter.setBrush(t.color("surface"))
            painter.drawRoundedRect(full, 4, 4)
            part = QRectF(full.left(), full.top(), room * min(max(bar.share, 0.0), 1.0), full.height())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(t.ink(Tone.PRIMARY if bar.reached else Tone.AMBER))
            painter.drawRoundedRect(part, 4, 4)
            if not bar.reached:
                self._hatch(painter, part)
            if bar.target is not None:
                x = full.left() + room * bar.target
                painter.setPen(QPen(t.color("ink"), 2))
                painter.drawLine(QPointF(x, full.top() - 4), QPointF(x, full.bottom() + 4))
            painter.setPen(t.color("ink"))
            painter.setFont(t.font(13, QFont.Weight.Medium))
            told = QRectF(left + room + 12, line.top(), words, line.height())
            said = painter.fontMetrics().elidedText(bar.words, Qt.TextElideMode.ElideRight, words - 4)
            painter.drawText(told, middle, said)
            painter.setFont(t.font(13))
        painter.end()

    def _hatch(self, painter: QPainter, part: QRectF) -> None:
        painter.save()
        painter.setClipRect(part)
        painter.setPen(QPen(look().color("surface"), 1.5))
        x = part.left()
        while x < part.right() + part.height():
            painter.drawLine(QPointF(x, part.top()), QPointF(x - part.height(), part.bottom()))
            x += 8
        painter.restore()

    def _turn(self, at: int) -> None:
        self._at = at
        self._say()
        self.update()
        self.turned.emit(round((at + 0.5) * look().px(_LINE)) + 4)

    def _say(self) -> None:
        bar = self.at()
        self.setAccessibleDescription(f"{bar.label}: {bar.words}" if bar else "")

    def _line_at(self, point: QPointF) -> int | None:
        at = int((point.y() - 4) // look().px(_LINE))
        return at if 0 <= at < len(self._bars) else None
