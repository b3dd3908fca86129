"""A few choices side by side, one of them in force."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import look


class Segmented(QWidget):
    """Segmented([(value, words), …]): `chosen(value)` on a person's choice; arrows move it, too.

    A screen reader is told what is chosen of (`set_name`) and what is in force as the name, and all that can
    be chosen as the description.
    """

    chosen = Signal(str)

    def __init__(self, options: Sequence[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options = list(options)
        self._value = self._options[0][0] if self._options else ""
        self._name = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tell()

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        self._options = list(options)
        self._tell()
        self.updateGeometry()
        self.update()

    def set_name(self, words: str) -> None:
        """Say what is chosen here, where nothing beside it does."""
        self._name = words
        self._tell()

    def set_value(self, value: str) -> None:
        self._value = value
        self._tell()
        self.update()

    def value(self) -> str:
        return self._value

    def sizeHint(self) -> QSize:
        return QSize(round(sum(self._widths())) + 8, look().px(44))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        left = 4.0
        for (value, _), width in zip(self._options, self._widths(), strict=True):
            if left <= event.position().x() < left + width:
                self._choose(value)
                return
            left += width

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        values = [value for value, _ in self._options]
        if step and self._value in values:
            self._choose(values[(values.index(self._value) + step) % len(values)])
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = look()
        painter.setPen(QPen(t.color("primary"), 2) if self.hasFocus() else QPen(t.color("line"), 1))
        painter.setBrush(t.color("raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        left = 4.0
        for (value, words), width in zip(self._options, self._widths(), strict=True):
            box = QRectF(left, 4, width, self.height() - 8)
            if value == self._value:
                painter.setPen(QPen(t.color("edge"), 1))
                painter.setBrush(t.color("surface"))
                painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            painter.setPen(t.color("primary" if value == self._value else "muted"))
            painter.setFont(self._font(value))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
            left += width
        painter.end()

    def _choose(self, value: str) -> None:
        if value != self._value:
            self._value = value
            self._tell()
            self.update()
            self.chosen.emit(value)

    def _tell(self) -> None:
        every = [words for _, words in self._options]
        now = next((words for value, words in self._options if value == self._value), "")
        self.setAccessibleName(": ".join(filter(None, (self._name, now))))
        self.setAccessibleDescription(" · ".join(every))

    def _font(self, value: str) -> QFont:
        return look().font(14, QFont.Weight.DemiBold if value == self._value else QFont.Weight.Normal)

    def _widths(self) -> list[float]:
        metrics = QFontMetricsF(look().font(14, QFont.Weight.DemiBold))
        return [metrics.horizontalAdvance(words) + look().px(32) for _, words in self._options]
