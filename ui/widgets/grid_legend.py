"""What the colours and marks of the building table mean, for the states that occur in it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from registration.application import CaseState
from ui.theme import look
from ui.widgets.cell_look import BLOCKED, UNTOUCHED, cell_look, paint_cell, state_words

_LINE = 26
_ORDER = (UNTOUCHED, *(state.value for state in CaseState), BLOCKED)


class GridLegend(QWidget):
    """GridLegend().show_states(states): a swatch and a word for each, in the order of a case's life."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._states: list[str] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_states(self, states: Sequence[str]) -> None:
        """Explain these states; an unknown one is drawn, and so explained, as untouched."""
        known = {state if state in _ORDER else UNTOUCHED for state in states}
        self._states = [state for state in _ORDER if state in known]
        self.updateGeometry()
        self.update()

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
        for state, x, line in self._places(self.width()):
            swatch = QRectF(x, line * high + (high - side) / 2, side, side)
            paint_cell(painter, swatch, cell_look(state), "")
            painter.setPen(t.color("ink"))
            words = QRectF(x + side + t.px(6), line * high, self.width(), high)
            painter.drawText(
                words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, state_words(state)
            )
        painter.end()

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
        return [metrics.horizontalAdvance(state_words(s)) + look().px(18 + 6 + 16) for s in self._states]
