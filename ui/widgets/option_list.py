"""A few options as large rows, one of them chosen: by number, arrows or hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import look
from ui.widgets.key_hint import key_size, paint_key

_GAP = 8


@dataclass(frozen=True)
class Option:
    """One row: what it stands for, its words, and a second line in the quieter voice."""

    value: str
    words: str
    second: str = ""


class OptionList(QWidget):
    """OptionList().show_options(options, value): `chosen(value)` by key or hand, `confirmed` by Enter."""

    chosen = Signal(str)
    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options: list[Option] = []
        self._value = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_options(self, options: Sequence[Option], value: str) -> None:
        self._options, self._value = list(options), value
        self.setAccessibleDescription(next((o.words for o in options if o.value == value), ""))
        self.updateGeometry()
        self.update()

    def value(self) -> str:
        return self._value

    def chosen_rect(self) -> QRect:
        """Return where the chosen row is, in this widget's coordinates."""
        index = next((i for i, option in enumerate(self._options) if option.value == self._value), 0)
        return self._row(index).toRect()

    def sizeHint(self) -> QSize:
        count = max(len(self._options), 1)
        return QSize(look().px(320), count * look().px(60) + (count - 1) * _GAP)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        values = [option.value for option in self._options]
        key = Qt.Key(event.key())
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(key, 0)
        number = event.key() - Qt.Key.Key_1.value
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.confirmed.emit()
        elif step and self._value in values:
            self._choose(values[max(0, min(values.index(self._value) + step, len(values) - 1))])
        elif 0 <= number < len(values):
            self._choose(values[number])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for index, option in enumerate(self._options):
            if self._row(index).contains(event.position()):
                self._choose(option.value)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, option in enumerate(self._options):
            self._paint_row(painter, self._row(index), option, str(index + 1))
        painter.end()

    def _row(self, index: int) -> QRectF:
        height = look().px(60)
        return QRectF(0, index * (height + _GAP), self.width(), height)

    def _paint_row(self, painter: QPainter, row: QRectF, option: Option, key: str) -> None:
        t, here = look(), option.value == self._value
        ring = here and self.hasFocus()
        painter.setPen(QPen(t.color("primary" if here else "edge"), 2 if ring else 1))
        painter.setBrush(t.color("primary_soft" if here else "surface"))
        painter.drawRoundedRect(row.adjusted(1, 1, -1, -1), 8, 8)
        middle, dot = row.center().y(), QPointF(row.left() + t.px(26), row.center().y())
        painter.setPen(QPen(t.color("primary" if here else "edge"), 1.6))
        painter.setBrush(t.color("surface"))
        painter.drawEllipse(dot, t.px(8), t.px(8))
        if here:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(t.color("primary"))
            painter.drawEllipse(dot, t.px(4), t.px(4))
        left = row.left() + t.px(48)
        words = QRectF(left, row.top(), row.width() - t.px(96), row.height())
        if option.second:
            words = QRectF(left, row.top() + t.px(9), row.width() - t.px(96), t.px(22))
            painter.setPen(t.color("muted"))
            painter.setFont(t.font(12.5))
            second = words.translated(0, t.px(21))
            painter.drawText(
                second, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, option.second
            )
        painter.setPen(t.color("ink"))
        painter.setFont(t.font(15, QFont.Weight.DemiBold if here else QFont.Weight.Normal))
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, option.words)
        if len(key) > 1:
            return  # beyond the ninth the arrows go
        size = key_size(key)
        cap = QRectF(row.right() - size.width() - 16, middle - size.height() / 2, size.width(), size.height())
        paint_key(painter, cap, key, t.color("muted"))

    def _choose(self, value: str) -> None:
        if value != self._value:
            self.chosen.emit(value)
