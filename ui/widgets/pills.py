"""Choices as pills that flow over as many lines as they need: one of them, or several."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import look, paint_icon

_GAP = 8
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True)
class Pill:
    """One choice: what it stands for and its words; `fixed` ones are shown but cannot be turned."""

    value: str
    words: str
    fixed: bool = False


class _Handle(QAbstractButton):
    """One pill for mouse and screen reader: it has a name, a state and an action; `Pills` paints it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        pass


class Pills(QWidget):
    """Pills(several=False): digits and arrows choose; of several, digits and the space bar turn one.

    `chosen(value)` where one is chosen, `changed()` where several are: read `values()`. `confirmed` by Enter.
    A screen reader finds each choice by its words, behind the name of the pills where they have one.
    """

    chosen = Signal(str)
    changed = Signal()
    confirmed = Signal()

    def __init__(self, *, several: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._several = several
        self._pills: list[Pill] = []
        self._on: frozenset[str] = frozenset()
        self._at = 0
        self._boxes: list[QRectF] = []
        self._handles: list[_Handle] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_pills(self, pills: Sequence[Pill], on: Collection[str]) -> None:
        """Show these choices, with the values in `on` chosen."""
        same = [pill.value for pill in pills] == [pill.value for pill in self._pills]
        self._pills, self._on = list(pills), frozenset(on)
        if not same or not self._several:
            self._at = next((i for i, pill in enumerate(self._pills) if pill.value in self._on), 0)
        self._tell()
        self._lay_out()

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self._tell()

    def values(self) -> tuple[str, ...]:
        """Return what is chosen, in the order shown."""
        return tuple(pill.value for pill in self._pills if pill.value in self._on)

    def box(self, value: str) -> QRectF:
        """Return where a choice is, in this widget's coordinates; an empty box for an unknown one."""
        return next((b for p, b in zip(self._pills, self._boxes, strict=True) if p.value == value), QRectF())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        boxes = self._placed(width)
        return round(boxes[-1].bottom()) + 1 if boxes else look().px(36)

    def sizeHint(self) -> QSize:
        width = self.width() if self.width() > look().px(120) else look().px(320)
        return QSize(look().px(200), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(120), self.sizeHint().height())

    # -- keys and hand -------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        number = event.key() - Qt.Key.Key_1.value
        step = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Down: 1,
        }.get(key, 0)
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in _ENTER:
            self.confirmed.emit()
        elif step and self._pills:
            self._at = max(0, min(self._at + step, len(self._pills) - 1))
            if not self._several:
                self._turn(self._at)
            self.update()
        elif 0 <= number < min(len(self._pills), 9):
            self._turn(number)
        elif key == Qt.Key.Key_Space and self._pills:
            self._turn(self._at)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._under(event.position().x(), event.position().y())
        if index is not None:
            self._turn(index)

    def _under(self, x: float, y: float) -> int | None:
        return next((i for i, box in enumerate(self._boxes) if box.contains(x, y)), None)

    def _turn(self, index: int) -> None:
        pill = self._pills[index]
        self._at = index
        self.update()
        if pill.fixed:
            return
        if self._several:
            self._on ^= {pill.value}
            self._tell()
            self.changed.emit()
        elif pill.value not in self._on:
            self._on = frozenset({pill.value})
            self._tell()
            self.chosen.emit(pill.value)

    def _handled(self, handle: _Handle, on: bool) -> None:
        """A hand or a screen reader turned a pill; where that may not be, it says so again."""
        index = self._handles.index(handle)
        if index < len(self._pills) and on != (self._pills[index].value in self._on):
            self._turn(index)
            self._tell()

    def _tell(self) -> None:
        """Give a screen reader the choices, and what is chosen."""
        self.setAccessibleDescription("、".join(p.words for p in self._pills if p.value in self._on))
        while len(self._handles) < len(self._pills):
            handle = _Handle(self)
            handle.toggled.connect(partial(self._handled, handle))
            self._handles.append(handle)
        called = self.accessibleName()
        for index, handle in enumerate(self._handles):
            there = index < len(self._pills)
            handle.setVisible(there)
            if there:
                pill = self._pills[index]
                handle.setAccessibleName(f"{called}: {pill.words}" if called else pill.words)
                handle.setToolTip(pill.words)
                with QSignalBlocker(handle):
                    handle.setChecked(pill.value in self._on)

    # -- drawing -------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._lay_out()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _lay_out(self) -> None:
        self._boxes = self._placed(self.width())
        for handle, box in zip(self._handles, self._boxes, strict=False):
            handle.setGeometry(box.toAlignedRect())
        height = self.heightForWidth(self.width())
        if self.minimumHeight() != height:
            self.setFixedHeight(height)
        self.updateGeometry()
        self.update()

    def _placed(self, width: int) -> list[QRectF]:
        t, boxes = look(), list[QRectF]()
        height = float(t.px(36))
        metrics = QFontMetricsF(t.font(14, QFont.Weight.DemiBold))
        left = top = 1.0
        for index, pill in enumerate(self._pills):
            wide = metrics.horizontalAdvance(pill.words) + self._inset(index) + t.px(14)
            wide = min(wide, max(width - 2.0, 40.0))
            if left > 1 and left + wide > width - 1:
                left, top = 1.0, top + height + _GAP
            boxes.append(QRectF(left, top, wide, height))
            left += wide + _GAP
        return boxes

    def _inset(self, index: int) -> int:
        """Return the room at the left of the words: for the number, and for the tick where several go."""
        return look().px(34 if index < 9 else 14) + (look().px(20) if self._several else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, (pill, box) in enumerate(zip(self._pills, self._boxes, strict=True)):
            self._paint(painter, index, pill, box)
        painter.end()

    def _paint(self, painter: QPainter, index: int, pill: Pill, box: QRectF) -> None:
        t, on = look(), pill.value in self._on
        ring = self.hasFocus() and index == self._at
        painter.setPen(QPen(t.color("primary" if on or ring else "edge"), 2 if ring else 1))
        painter.setBrush(t.color("raised" if pill.fixed else "primary_soft" if on else "surface"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        left = box.left() + t.px(12)
        if index < 9:
            painter.setPen(t.color("muted"))
            painter.setFont(t.font(12))
            number = QRectF(left, box.top(), t.px(16), box.height())
            painter.drawText(
                number, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, str(index + 1)
            )
        if self._several:
            side = t.px(14)
            at = box.left() + self._inset(index) - t.px(20)
            tick = QRectF(at, box.center().y() - side / 2, side, side)
            if on:
                paint_icon(painter, tick, "check", t.color("muted" if pill.fixed else "primary"), stroke=3)
            else:
                painter.setPen(QPen(t.color("edge"), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(tick.adjusted(1, 1, -1, -1), 3, 3)
        font = t.font(14, QFont.Weight.DemiBold if on else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(t.color("muted" if pill.fixed else "ink"))
        words = box.adjusted(self._inset(index), 0, -t.px(8), 0)
        shown = QFontMetricsF(font).elidedText(pill.words, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
