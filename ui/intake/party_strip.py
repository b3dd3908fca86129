"""The parties of an application as tabs: masked names and sides, one of them in hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Tone, look, paint_icon

_GAP = 8


@dataclass(frozen=True)
class Tab:
    """One tab: its words, a quieter second line, whether it is complete, or open points were seen in it."""

    words: str
    second: str = ""
    done: bool = False
    warned: bool = False


class PartyStrip(QWidget):
    """PartyStrip().show_tabs(tabs, current): `chosen(index)` by hand; its keys are the page's.

    As many lines as the tabs need.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs: tuple[Tab, ...] = ()
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Ctrl with PgUp and PgDn go there; Tab stays in the form
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_tabs(self, tabs: Sequence[Tab], current: int) -> None:
        if (tuple(tabs), current) == (self._tabs, self._current):
            return
        self._tabs, self._current = tuple(tabs), current
        self.setAccessibleName(" / ".join(f"{tab.words} {tab.second}".strip() for tab in tabs))
        self._fit()
        self.update()

    def tabs(self) -> tuple[Tab, ...]:
        """Return what is shown."""
        return self._tabs

    def current(self) -> int:
        return self._current

    def sizeHint(self) -> QSize:
        return QSize(look().px(320), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(200), self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for index in range(len(self._tabs)):
            if self.box(index).contains(event.position()):
                self.chosen.emit(index)
                return

    def box(self, index: int) -> QRectF:
        """Return where a tab is, in this widget's coordinates."""
        per_line, height = self._per_line(), look().px(48)
        width = (self.width() - (per_line - 1) * _GAP) / per_line
        width = min(width, float(look().px(220)))
        line, place = divmod(index, per_line)
        return QRectF(place * (width + _GAP), line * (height + _GAP), width, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, tab in enumerate(self._tabs):
            self._paint(painter, self.box(index), tab, here=index == self._current)
        painter.end()

    def _paint(self, painter: QPainter, box: QRectF, tab: Tab, *, here: bool) -> None:
        t = look()
        painter.setPen(QPen(t.color("primary" if here else "line"), 1.5 if here else 1))
        painter.setBrush(t.color("primary_soft" if here else "surface"))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 8, 8)
        mark = QRectF(box.right() - t.px(26), box.top() + t.px(8), t.px(16), t.px(16))
        if tab.done or tab.warned:
            tone = Tone.PRIMARY if tab.done else Tone.AMBER
            paint_icon(painter, mark, "check" if tab.done else "circle-alert", t.ink(tone), stroke=2.2)
        room = box.adjusted(t.px(12), t.px(5), -t.px(8), -t.px(5))
        aside = t.px(22 if tab.done or tab.warned else 0)
        first = QRectF(
            room.left(), room.top(), room.width(), room.height() / 2 if tab.second else room.height()
        )
        bold, ink = t.font(14, QFont.Weight.DemiBold), "primary" if here else "ink"
        self._write(painter, first.adjusted(0, 0, -aside, 0), tab.words, bold, ink)
        if tab.second:
            second = first.translated(0, room.height() / 2)
            self._write(painter, second, tab.second, t.font(12.5), "muted")

    @staticmethod
    def _write(painter: QPainter, box: QRectF, text: str, font: QFont, color: str) -> None:
        painter.setFont(font)
        painter.setPen(look().color(color))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _per_line(self) -> int:
        fitting = max(1, (self.width() + _GAP) // (look().px(132) + _GAP))
        return min(max(len(self._tabs), 1), fitting)

    def _height(self) -> int:
        lines = -(-max(len(self._tabs), 1) // self._per_line())
        return lines * look().px(48) + (lines - 1) * _GAP

    def _fit(self) -> None:
        height = self._height()
        if self.minimumHeight() != height:
            self.setFixedHeight(height)
        self.updateGeometry()
