"""What the colours and marks of the building table mean, for the states that occur in it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from registration.application import CaseState
from ui.theme import look
from ui.widgets.cell_look import BLOCKED, UNTOUCHED, cell_look, paint_cell, state_words

_ORDER = (UNTOUCHED, *(state.value for state in CaseState), BLOCKED)


class GridLegend(QWidget):
    """GridLegend().show_states(states): a swatch and a word for each, in the order of a case's life."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._states: list[str] = []
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def show_states(self, states: Sequence[str]) -> None:
        """Explain these states; an unknown one is drawn, and so explained, as untouched."""
        known = {state if state in _ORDER else UNTOUCHED for state in states}
        self._states = [state for state in _ORDER if state in known]
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(sum(self._widths())), look().px(26))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange):
            self.updateGeometry()
            self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = look()
        widths = self._widths()
        x = max(self.width() - sum(widths), 0.0)  # beside a title: flush right
        side = t.px(18)
        painter.setFont(t.font(12.5))
        for state, width in zip(self._states, widths, strict=True):
            swatch = QRectF(x, (self.height() - side) / 2, side, side)
            paint_cell(painter, swatch, cell_look(state), "")
            painter.setPen(t.color("ink"))
            words = QRectF(x + side + t.px(6), 0, width, self.height())
            painter.drawText(
                words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, state_words(state)
            )
            x += width
        painter.end()

    def _widths(self) -> list[float]:
        metrics = QFontMetricsF(look().font(12.5))
        return [metrics.horizontalAdvance(state_words(s)) + look().px(18 + 6 + 16) for s in self._states]
