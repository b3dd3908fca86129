"""A building as a picture: one painted cell per household, coloured and marked by where its case stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from storage.values import HouseholdCell
from ui.theme import look
from ui.widgets.building_plan import Place, Plan, plan_building
from ui.widgets.cell_look import CellLook, cell_look, cell_words, paint_cell, paint_hover, paint_selected
from ui.widgets.grid_selection import GridSelection
from ui.widgets.grid_tiles import GridTiles, Measures

_GAP = 4
_LEAST_CELL, _MOST_CELL = 46, 100
_ARROWS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


class BuildingGrid(QAbstractScrollArea):
    """One widget for any number of households: what is in view is painted, in tiles that are kept.

    Arrows move, Enter or a click picks. `current_changed` and `picked` carry a household id. With `selecting`
    many are chosen for a batch: Space, Shift and arrows, Ctrl or Shift and a click, or by drawing over them.
    """

    selection_changed = Signal()
    current_changed = Signal(str)
    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCornerWidget(QWidget())  # without one the style draws a stray corner between the bars
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(self.tr("Building table"))
        self._plan = Plan()
        self._current = -1
        self._hover = -1
        self._chosen = ""
        self.selecting = False
        self.selection = GridSelection()
        self._pressed, self._drawn = -1, False
        self._zoom = 1.0
        self._lit: frozenset[str] | None = None
        self._lefts: list[int] = []  # where each column begins, unscrolled
        self._looks: dict[str, CellLook] = {}
        self._tiles = GridTiles(self._paint_place)
        self._shown_chosen = frozenset[str]()  # for a batch, as the tiles show it

    # -- what is shown -------------------------------------------------------------------------------------

    def show_building(self, cells: Sequence[HouseholdCell], *, several: bool = False) -> None:
        """Show one building's households, or `several` buildings side by side.

        What was current stays current if it is still there.
        """
        before = self.current_household()
        self._plan = plan_building(cells, several=several)
        self.selection.plan_changed()
        self._hover = -1
        self._tiles.forget()
        index = self._plan.index_of(before)
        self._current = index if index is not None else (0 if self._plan.places else -1)
        self._fit()
        self.viewport().update()
        if self.current_household() != before:
            self._announce()

    def set_chosen(self, household_id: str) -> None:
        """Mark the household that the case at hand is about ("" for none)."""
        self._chosen = household_id
        self.viewport().update()

    def zoom(self, by: float) -> None:
        """Make the cells larger (over 1) or smaller; 0 brings them back to their size."""
        self._zoom = min(max(self._zoom * by, 0.4), 1.6) if by else 1.0
        self._fit()
        self.viewport().update()

    def plan(self) -> Plan:
        """Return what is laid out in view."""
        return self._plan

    def set_lit(self, households: frozenset[str] | None) -> None:
        """Dim every cell that is not among these search hits; None lights all."""
        self._lit = households
        self._tiles.outdate()
        self.viewport().update()

    def set_current(self, household_id: str) -> bool:
        """Move to a household; False where this building does not have it."""
        index = self._plan.index_of(household_id)
        if index is None:
            return False
        self._go(index)
        return True

    def go_home(self) -> None:
        """Stand on the first household of the top floor."""
        if self._plan.places:
            self._go(0)

    def current_cell(self) -> HouseholdCell | None:
        return self._plan.places[self._current].cell if self._current >= 0 else None

    def current_household(self) -> str:
        cell = self.current_cell()
        return cell.household.id if cell else ""

    def cell_rect(self, household_id: str) -> QRect:
        """Return where a household is drawn in the viewport; an empty rectangle if it is not here."""
        index = self._plan.index_of(household_id)
        return QRect() if index is None else self._rect(self._plan.places[index]).toRect()

    def full_height(self) -> int:
        """Return the height that shows every floor without scrolling."""
        return self._top() + len(self._plan.floors) * self._pitch_y() + _GAP

    # -- measures ------------------------------------------------------------------------------------------

    def _top(self) -> int:
        return look().px(24) if any(e.name for e in self._plan.entrances) else 2

    def _side(self) -> int:
        return look().px(52)

    def _pitch_y(self) -> int:
        return look().px(30 * self._zoom) + _GAP

    def _gaps(self) -> int:
        return look().px(12) * max(len(self._plan.entrances) - 1, 0)

    def _pitch_x(self) -> int:
        room = self.viewport().width() - self._side() - self._gaps() - 2
        fair = room // max(self._plan.columns, 1)
        least, most = look().px(_LEAST_CELL * self._zoom), look().px(_MOST_CELL * self._zoom)
        return min(max(fair, least), most)

    def _rect(self, place: Place) -> QRectF:
        return QRectF(
            self._lefts[place.column] - self._x(),
            self._top() + place.row * self._pitch_y() - self._y(),
            self._pitch_x() - _GAP,
            self._pitch_y() - _GAP,
        )

    def _x(self) -> int:
        return self.horizontalScrollBar().value()

    def _y(self) -> int:
        return self.verticalScrollBar().value()

    def _fit(self) -> None:
        self._tiles.forget()
        self._lefts = [
            self._side() + column * self._pitch_x() + number * look().px(12)
            for number, entrance in enumerate(self._plan.entrances)
            for column in range(entrance.first, entrance.first + entrance.count)
        ]
        width = self._side() + self._plan.columns * self._pitch_x() + self._gaps()
        self.horizontalScrollBar().setRange(0, max(0, width - self.viewport().width()))
        self.horizontalScrollBar().setPageStep(self.viewport().width())
        self.verticalScrollBar().setRange(0, max(0, self.full_height() - self.viewport().height()))
        self.verticalScrollBar().setPageStep(self.viewport().height())
        self.verticalScrollBar().setSingleStep(self._pitch_y())

    # -- hand and keys -------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        last = len(self._plan.places) - 1
        if last < 0 or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
        elif key in _ARROWS:
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if self.selecting and shift:
                self._select(lambda: self.selection.stretch(self._plan, self._current))
            self._go(self._plan.neighbour(max(self._current, 0), *_ARROWS[key]))
            if self.selecting and shift:
                self._select(lambda: self.selection.stretch(self._plan, self._current))
        elif self.selecting and key == Qt.Key.Key_Space:
            self._select(lambda: self.selection.toggle(self._plan, self._current))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(0 if key == Qt.Key.Key_Home else last)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.picked.emit(self.current_household())
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hover = self._under(event.position())
        if self.selecting and self._pressed >= 0 <= hover and (self._drawn or hover != self._pressed):
            if not self._drawn:
                self.selection.begin(self._pressed)
            self._drawn = True
            self._select(lambda: self.selection.stretch(self._plan, hover))
        if hover != self._hover:
            shape = Qt.CursorShape.PointingHandCursor if hover >= 0 else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            self._hover_over(hover)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        under, held = self._under(event.position()), event.modifiers()
        self._pressed, self._drawn = -1, False
        if event.button() != Qt.MouseButton.LeftButton or under < 0:
            return
        if self.selecting and held & Qt.KeyboardModifier.ControlModifier:
            self._select(lambda: self.selection.toggle(self._plan, under))
        elif self.selecting and held & Qt.KeyboardModifier.ShiftModifier:
            self._select(lambda: self.selection.stretch(self._plan, under))
        else:
            self._pressed = under
        self._go(under)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        under = self._under(event.position())
        if event.button() == Qt.MouseButton.LeftButton and 0 <= under == self._pressed and not self._drawn:
            self.picked.emit(self.current_household())
        self._pressed, self._drawn = -1, False
        event.accept()

    def _select(self, act: Callable[[], None]) -> None:
        act()
        self.viewport().update()
        self.selection_changed.emit()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            under = self._under(QPointF(event.pos()))
            if under >= 0:
                QToolTip.showText(event.globalPos(), self._words(under), self)
            else:
                QToolTip.hideText()
            return True
        if event.type() == QEvent.Type.Leave and self._hover >= 0:
            self._hover_over(-1)
        return super().viewportEvent(event)

    def _hover_over(self, index: int) -> None:
        for touched in (self._hover, index):
            if touched >= 0:
                self.viewport().update(self._rect(self._plan.places[touched]).toAlignedRect())
        self._hover = index

    def _under(self, at: QPointF) -> int:
        x, y = at.x() + self._x(), at.y() + self._y() - self._top()
        row = int(y // self._pitch_y())
        if y < 0 or not 0 <= row < len(self._plan.floors):
            return -1
        for number, entrance in enumerate(self._plan.entrances):
            inside = x - self._side() - number * look().px(12) - entrance.first * self._pitch_x()
            if 0 <= inside < entrance.count * self._pitch_x():
                found = self._plan.at(row, entrance.first + int(inside // self._pitch_x()))
                return -1 if found is None else found
        return -1

    def _go(self, index: int) -> None:
        moved = index != self._current
        self._current = index
        rect = self._rect(self._plan.places[index])
        shown = self.viewport().rect()
        for bar, near, far, size in (
            (self.verticalScrollBar(), rect.top() - self._top(), rect.bottom() + _GAP, shown.height()),
            (self.horizontalScrollBar(), rect.left() - self._side(), rect.right() + _GAP, shown.width()),
        ):
            if near < 0:
                bar.setValue(bar.value() + int(near))
            elif far > size:
                bar.setValue(bar.value() + int(far - size) + 1)
        self.viewport().update()
        if moved:
            self._announce()

    def _announce(self) -> None:
        self.setAccessibleDescription(self._words(self._current) if self._current >= 0 else "")
        self.current_changed.emit(self.current_household())

    def _words(self, index: int) -> str:
        return cell_words(self._plan.places[index].cell)

    # -- the picture ---------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()  # headings stay where they are, so the picture is drawn anew

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._looks.clear()
            self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._outdate_selected()
        painter.save()
        painter.setClipRect(QRectF(self._side() - 3, self._top() - 3, self.width(), self.height()))
        painter.translate(-self._x(), self._top() - self._y())
        clip = QRectF(event.rect()).translated(self._x(), self._y() - self._top())
        wide, pitch = self._pitch_x() - _GAP, self._pitch_y()
        measures = Measures(self._lefts, wide, pitch - _GAP, pitch)
        ratio = self.viewport().devicePixelRatioF()
        if self._tiles.draw(painter, self._plan, measures, clip, ratio):
            QTimer.singleShot(0, self.viewport(), self.viewport().update)
        painter.restore()
        painter.save()
        painter.setClipRect(QRectF(self._side() - 3, self._top() - 3, self.width(), self.height()))
        self._paint_hands(painter)
        painter.restore()
        self._paint_headings(painter)
        painter.end()

    def _outdate_selected(self) -> None:
        """Have those cells drawn anew that were chosen for a batch, or are chosen no more."""
        now = self.selection.ids()
        if now != self._shown_chosen:
            touched = (self._plan.index_of(home) for home in now ^ self._shown_chosen)
            places = [self._plan.places[index] for index in touched if index is not None]
            self._tiles.outdate([(place.row, place.column) for place in places])
            self._shown_chosen = now

    def _paint_place(self, painter: QPainter, rect: QRectF, index: int) -> None:
        """Draw a cell as it stands; what moves with the hand and the keys is drawn over it."""
        cell = self._plan.places[index].cell
        home, stands = cell.household, cell.standing.value
        if stands not in self._looks:
            self._looks[stands] = cell_look(stands)
        dim = self._lit is not None and home.id not in self._lit
        painter.setFont(look().font(max(12.5 * min(self._zoom, 1.2), 8)))
        if dim:
            painter.setOpacity(0.28)
        paint_cell(painter, rect, self._looks[stands], home.room)
        if dim:
            painter.setOpacity(1.0)
        if self.selection.holds(home.id):
            paint_selected(painter, rect)

    def _paint_hands(self, painter: QPainter) -> None:
        """Draw where the hand is, which household the case at hand is about, and where the keys stand."""
        if self._hover >= 0:
            paint_hover(painter, self._rect(self._plan.places[self._hover]))
        chosen = self._plan.index_of(self._chosen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if chosen is not None:
            painter.setPen(QPen(look().color("primary"), 2.5))
            painter.drawRoundedRect(self._rect(self._plan.places[chosen]).adjusted(-1, -1, 1, 1), 6, 6)
        if self._current >= 0 and (self.hasFocus() or not self._chosen):
            painter.setPen(QPen(look().color("ink"), 2.0))
            painter.drawRoundedRect(self._rect(self._plan.places[self._current]).adjusted(-2, -2, 2, 2), 7, 7)

    def _paint_headings(self, painter: QPainter) -> None:
        painter.setPen(look().color("muted"))
        painter.setFont(look().font(12.5))
        height = self._pitch_y() - _GAP
        for row, floor in enumerate(self._plan.floors):
            top = self._top() + row * self._pitch_y() - self._y()
            if top + height > self._top() - 4 and top < self.height():
                painter.save()
                painter.setClipRect(QRectF(0, self._top() - 2, self._side(), self.height()))
                words = self.tr("{floor} F").format(floor=floor)
                box = QRectF(0, top, self._side() - look().px(12), height)
                painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
                painter.restore()
        painter.setFont(look().font(12.5, QFont.Weight.DemiBold))
        painter.setClipRect(QRectF(self._side() - 2, 0, self.width(), self._top()))
        for number, entrance in enumerate(self._plan.entrances):
            left = self._side() + entrance.first * self._pitch_x() + number * look().px(12) - self._x()
            box = QRectF(left, 0, entrance.count * self._pitch_x() - _GAP, look().px(20))
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, entrance.name)
