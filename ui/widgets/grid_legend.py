"""What the colours and marks of the building table mean, for the states that occur in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from registration.standing import Standing
from ui.theme import look
from ui.widgets.cell_look import UNTOUCHED, cell_look, paint_cell, state_words

_LINE = 26
_ORDER = tuple(standing.value for standing in Standing)


class GridLegend(QWidget):
    """GridLegend().show_states(states): a swatch, a word and a count for each, in the order of a case's life.

    With `choosing` each has a number; `chosen(state)` on a press, `cleared()` on a second one.
    """

    chosen = Signal(str)
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._states: list[str] = []
        self._counts: Counter[str] = Counter()
        self._alone: str | None = None
        self.choosing = False
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_states(self, states: Sequence[str]) -> None:
        """Explain and count these states; an unknown one is drawn, and so explained, as untouched."""
        self._counts = Counter(state if state in _ORDER else UNTOUCHED for state in states)
        self._states = [state for state in _ORDER if state in self._counts]
        self._tell()

    def states(self) -> list[str]:
        """Return what is explained, in its order."""
        return list(self._states)

    def show_alone(self, state: str | None) -> None:
        """Mark the one state that is lit in the picture; None where all are."""
        self._alone = state
        self._tell()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at, high = event.position(), look().px(_LINE)
        for (state, x, line), wide in zip(self._places(self.width()), self._widths(), strict=True):
            if self.choosing and x <= at.x() < x + wide and line * high <= at.y() < (line + 1) * high:
                if state == self._alone:
                    self.cleared.emit()
                else:
                    self.chosen.emit(state)

    def sizeHint(self) -> QSize:
        return QSize(round(sum(self._widths())), self._lines_high(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, look().px(_LINE))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lines_high(width)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange):
            self.updateGeometry()
            self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = look()
        side, high = t.px(18), t.px(_LINE)
        painter.setFont(t.font(12.5))
        for number, (state, x, line) in enumerate(self._places(self.width()), start=1):
            painter.setOpacity(1.0 if self._alone in (None, state) else 0.45)
            swatch = QRectF(x, line * high + (high - side) / 2, self._swatch(), side)
            paint_cell(painter, swatch, cell_look(state), str(number) if self.choosing else "")
            painter.setPen(t.color("ink"))
            words = QRectF(x + self._swatch() + t.px(6), line * high, self.width(), high)
            painter.drawText(
                words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._said(state)
            )
        painter.end()

    def _swatch(self) -> int:
        return look().px(34 if self.choosing else 18)  # room for its number beside its mark

    def _said(self, state: str) -> str:
        return f"{state_words(state)} {self._counts[state]}"

    def _tell(self) -> None:
        self.setAccessibleName(", ".join(self._said(state) for state in self._states))
        self.updateGeometry()
        self.update()

    def _places(self, width: int) -> list[tuple[str, float, int]]:
        """Return each state with where it stands: as many in a line as fit."""
        places, x, line = [], 0.0, 0
        for state, wide in zip(self._states, self._widths(), strict=True):
            if x and x + wide > width:
                x, line = 0.0, line + 1
            places.append((state, x, line))
            x += wide
        return places

    def _lines_high(self, width: int) -> int:
        lines = self._places(width)[-1][2] + 1 if self._states else 1
        return lines * look().px(_LINE)

    def _widths(self) -> list[float]:
        metrics = QFontMetricsF(look().font(12.5))
        return [
            metrics.horizontalAdvance(self._said(s)) + self._swatch() + look().px(6 + 16)
            for s in self._states
        ]
