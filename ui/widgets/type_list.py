"""The types of registration as one list in groups: by number, by arrows, by hand, or narrowed by typing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
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

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True)
class TypeRow:
    """One type: its code, its words, the group that it stands in, and other words that find it."""

    code: str
    words: str
    group: str
    also: str = ""

    def meets(self, typed: str) -> bool:
        """Say whether what was typed is part of its words, or of what else it is known by."""
        wanted = typed.casefold().split()
        known = f"{self.words} {self.also}".casefold()
        return all(part in known for part in wanted)


class TypeList(QWidget):
    """TypeList().show_types(rows, code): `chosen(code)`, `confirmed` by Enter, `typed(text)` for a search.

    Numbers stand at the first nine of all types and stay with them while the list is narrowed.
    """

    chosen = Signal(str)
    confirmed = Signal()
    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all: list[TypeRow] = []
        self._rows: list[TypeRow] = []
        self._places: list[QRectF] = []
        self._heads: list[tuple[QRectF, str]] = []
        self._code = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_types(self, rows: Iterable[TypeRow], code: str, search: str = "") -> None:
        """Show the types that meet the search, in their order; groups follow their first row."""
        self._all, self._code = list(rows), code
        self._rows = [row for row in self._all if row.meets(search)]
        self.setAccessibleDescription(next((r.words for r in self._all if r.code == code), ""))
        self._place()

    def shown(self) -> Sequence[str]:
        """Return the codes shown, in their order."""
        return [row.code for row in self._rows]

    def step(self, by: int) -> None:
        """Choose the row `by` places on, or the first where the chosen one is not shown."""
        codes = list(self.shown())
        if not codes:
            return
        at = codes.index(self._code) + by if self._code in codes else 0
        self._choose(codes[max(0, min(at, len(codes) - 1))])

    def row_rect(self, code: str) -> QRect:
        """Return where a type is, in this widget's coordinates."""
        found = (p for r, p in zip(self._rows, self._places, strict=True) if r.code == code)
        return next(found, QRectF()).toRect()

    def sizeHint(self) -> QSize:
        bottom = self._places[-1].bottom() if self._places else look().px(40)
        return QSize(look().px(220), round(bottom) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(110), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, number = Qt.Key(event.key()), event.key() - Qt.Key.Key_1.value
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(key, 0)
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        if not plain:
            super().keyPressEvent(event)
        elif key in _ENTER:
            self.confirmed.emit()
        elif step:
            self.step(step)
        elif 0 <= number < 9:
            if number < len(self._all):
                self._choose(self._all[number].code)
        elif event.text().isalpha():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for row, place in zip(self._rows, self._places, strict=True):
            if place.contains(event.position()):
                self._choose(row.code)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _place(self) -> None:
        t, top, group = look(), 1.0, ""
        self._places, self._heads = [], []
        for row in self._rows:
            if row.group and row.group != group:
                top += t.px(6) if self._places else 0
                self._heads.append((QRectF(t.px(4), top, 4000, t.px(24)), row.group))
                top += t.px(26)
            group = row.group
            self._places.append(QRectF(1, top, 4000, t.px(40)))
            top += t.px(42)
        self.setFixedHeight(self.sizeHint().height())
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = look()
        painter.setFont(t.font(12.5))
        painter.setPen(t.color("muted"))
        for place, words in self._heads:
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        numbers = {row.code: index + 1 for index, row in enumerate(self._all)}
        for row, place in zip(self._rows, self._places, strict=True):
            seen = place.intersected(QRectF(self.rect()).adjusted(1, 0, -1, 0))
            self._paint(painter, row, seen, numbers[row.code])
        painter.end()

    def _paint(self, painter: QPainter, row: TypeRow, place: QRectF, number: int) -> None:
        t, here = look(), row.code == self._code
        if here:
            ring = QPen(t.color("primary"), 2 if self.hasFocus() else 1)
            painter.setPen(ring)
            painter.setBrush(t.color("primary_soft"))
            painter.drawRoundedRect(place.adjusted(0.5, 1, -0.5, -1), 8, 8)
        painter.setPen(t.color("primary" if here else "muted"))
        painter.setFont(t.font(12.5))
        key = QRectF(place.left() + t.px(12), place.top(), t.px(18), place.height())
        painter.drawText(key, Qt.AlignmentFlag.AlignVCenter, str(number) if number <= 9 else "")
        font = t.font(14, QFont.Weight.DemiBold if here else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(t.color("ink"))
        words = place.adjusted(t.px(34), 0, -t.px(8), 0)
        shown = QFontMetricsF(font).elidedText(row.words, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _choose(self, code: str) -> None:
        if code != self._code:
            self.chosen.emit(code)
