"""A small whole number with its name: by keys, by digits, or by the hand."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import look


class Stepper(QWidget):
    """Stepper(least, most): `changed(int)` by − and +, arrows, or typed digits. `set_words(name, zero)`:
    `zero` is what is written in place of 0.
    """

    changed = Signal(int)

    def __init__(self, least: int, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least, self._most, self._value = least, most, least
        self._name, self._zero = "", "0"
        self._typed = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_words(self, name: str, zero: str = "0") -> None:
        self._name, self._zero = name, zero
        self.setAccessibleName(name)
        self.updateGeometry()
        self.update()

    def set_value(self, value: int) -> None:
        self._value = max(self._least, min(value, self._most))
        self.setAccessibleDescription(self._words())
        self.update()

    def value(self) -> int:
        return self._value

    def sizeHint(self) -> QSize:
        return QSize(round(self._name_width() + self._value_width()) + 2 * look().px(32), look().px(36))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = Qt.Key(event.key()), event.text()
        step = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Minus: -1, Qt.Key.Key_Left: -1}.get(
            key, 0
        )
        if step:
            self._typed = ""
            self._become(self._value + step)
        elif text.isascii() and text.isdigit():
            self._typed = (self._typed + text)[-len(str(self._most)) :]
            self._become(int(self._typed))
        elif key == Qt.Key.Key_Backspace:
            self._typed = self._typed[:-1]
            self._become(int(self._typed or 0))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._minus().contains(event.position()):
            self._become(self._value - 1)
        elif self._plus().contains(event.position()):
            self._become(self._value + 1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._typed = ""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = look()
        painter.setFont(t.font(12.5))
        painter.setPen(t.color("muted"))
        name = QRectF(0, 0, self._name_width(), self.height())
        painter.drawText(name, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._name)
        box = self._minus().united(self._plus()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(t.color("primary" if self.hasFocus() else "edge"), 2 if self.hasFocus() else 1))
        painter.setBrush(t.color("surface"))
        painter.drawRoundedRect(box, 8, 8)
        half = t.px(5)
        for area, able in (
            (self._minus(), self._value > self._least),
            (self._plus(), self._value < self._most),
        ):
            painter.setPen(QPen(t.color("ink" if able else "edge"), 1.6))
            middle = area.center()
            painter.drawLine(middle - QPointF(half, 0), middle + QPointF(half, 0))
            if area == self._plus():
                painter.drawLine(middle - QPointF(0, half), middle + QPointF(0, half))
        painter.setPen(t.color("ink"))
        painter.setFont(t.font(14, QFont.Weight.DemiBold))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._words())
        painter.end()

    def _become(self, value: int) -> None:
        before = self._value
        self.set_value(value)
        if self._value != before:
            self.changed.emit(self._value)

    def _words(self) -> str:
        return str(self._value) if self._value else self._zero

    def _name_width(self) -> float:
        width = QFontMetricsF(look().font(12.5)).horizontalAdvance(self._name)
        return width + look().px(8) if self._name else 0.0

    def _value_width(self) -> float:
        metrics = QFontMetricsF(look().font(14, QFont.Weight.DemiBold))
        return max(metrics.horizontalAdvance(self._zero), metrics.horizontalAdvance("00")) + look().px(4)

    def _minus(self) -> QRectF:
        return QRectF(self._name_width(), 0, look().px(30), self.height())

    def _plus(self) -> QRectF:
        return QRectF(self.width() - look().px(30), 0, look().px(30), self.height())
