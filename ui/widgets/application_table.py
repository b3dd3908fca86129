"""The table of applications: painted rows, masked names, chips and lamps, keys to walk and open."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from registration.application import CaseState
from storage.values import ApplicationRow
from ui.models.application_list import COLUMNS, ROW_ROLE, ApplicationList
from ui.states import row_chip
from ui.theme import look, paint_icon
from ui.widgets.chip import chip_width, paint_chip
from ui.widgets.lamps import lamps_size, paint_lamps
from ui.widgets.rows import read_by_rows

ROW_HEIGHT = 46
_SHARES = {"number": 2.2, "applicant": 1.1, "property": 2.0, "type": 2.2, "state": 1.4, "lamps": 1.0}
_NARROW = 900  # below this the matter is left out


class _RowDelegate(QStyledItemDelegate):
    def __init__(self, table: ApplicationTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect, t = QRectF(self._table.visualRect(index)), look()
        chosen = self._table.selectionModel().isRowSelected(index.row())
        painter.save()
        if chosen:
            painter.fillRect(rect, t.color("primary_soft"))
        elif index.row() == self._table.hovered:
            painter.fillRect(rect, t.color("raised"))
        painter.setPen(QPen(t.color("line"), 1))
        foot = rect.bottom() - 0.5
        painter.drawLine(QPointF(rect.left(), foot), QPointF(rect.right(), foot))
        row = index.data(ROW_ROLE)
        if isinstance(row, ApplicationRow):
            self._paint_cell(painter, rect, row, index, chosen)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(t.color("raised"))
            painter.drawRoundedRect(
                rect.adjusted(16, rect.height() / 2 - 5, -24, -rect.height() / 2 + 5), 5, 5
            )
        if chosen and index.column() == 0:
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), t.color("primary"))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(look().px(80), look().px(ROW_HEIGHT))

    def _paint_cell(
        self,
        painter: QPainter,
        rect: QRectF,
        row: ApplicationRow,
        index: QModelIndex | QPersistentModelIndex,
        chosen: bool,
    ) -> None:
        t, column = look(), COLUMNS[index.column()]
        left = rect.left() + (20 if index.column() == 0 else 12)
        if column == "state":
            text, tone = row_chip(row.state, row.delivery, voided=row.voided, mending=row.mending)
            width = min(chip_width(text), rect.width() - 16)
            paint_chip(painter, QRectF(left, rect.center().y() - t.px(12), width, t.px(24)), text, tone)
            return
        if column == "lamps":
            paint_lamps(painter, QPointF(left, rect.center().y()), row.delivery, row.second_copy)
            side = t.px(16)
            at = QRectF(rect.right() - side - 14, rect.center().y() - side / 2, side, side)
            if at.left() > left + lamps_size().width() + 4:
                paint_icon(painter, at, "chevron-right", t.color("muted"))
            return
        draft = row.state is CaseState.DRAFT
        quiet = column == "type" or (column == "number" and draft)
        font = t.font(14, QFont.Weight.Medium if column == "number" and not draft else QFont.Weight.Normal)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(t.color("muted" if quiet and not chosen else "ink"))
        room = rect.right() - left - 8
        where = Qt.TextElideMode.ElideMiddle if column == "number" else Qt.TextElideMode.ElideRight
        words = metrics.elidedText(str(index.data()), where, room)
        painter.drawText(QPointF(left, rect.center().y() + (metrics.ascent() - metrics.descent()) / 2), words)


class ApplicationTable(QTableView):
    """ApplicationTable(model): `chosen(row)` when the selection moves, `opened(row)` on Enter or two clicks.

    The selection follows its application when rows move.
    """

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, model: ApplicationList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = model
        self._id = ""
        self.hovered = -1
        self.setModel(model)
        self.setItemDelegate(_RowDelegate(self))
        read_by_rows(self)
        self.setAccessibleName(self.tr("Cases"))
        self.setWordWrap(False)
        self.setMouseTracking(True)
        model.modelReset.connect(self._find_again)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        self._size_rows()

    def choose(self, application_id: str) -> None:
        """Select an application if it is among the rows that are here."""
        position = self._list.position_of(application_id)
        if position >= 0:
            self.selectRow(position)

    def chosen_row(self) -> ApplicationRow | None:
        index = self.currentIndex()
        return self._list.row_at(index.row()) if index.isValid() else None

    def forget(self) -> None:
        """Select nothing."""
        self._id = ""
        self.clearSelection()
        self.setCurrentIndex(QModelIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.rowAt(round(event.position().y())))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._size_rows()
        elif event.type() == QEvent.Type.LanguageChange:
            self._list.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
            self.setAccessibleName(self.tr("Cases"))
        super().changeEvent(event)

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            self.hovered = row
            self.viewport().update()

    def _size_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(look().px(ROW_HEIGHT))
        self._share_width()

    def _share_width(self) -> None:
        width = self.viewport().width()
        narrow = width < look().px(_NARROW)
        self.setColumnHidden(COLUMNS.index("type"), narrow)
        shown = {name: share for name, share in _SHARES.items() if not (narrow and name == "type")}
        whole, used = sum(shown.values()), 0
        for name, share in shown.items():
            part = round(width * share / whole) if name != "lamps" else width - used
            self.setColumnWidth(COLUMNS.index(name), part)
            used += part

    def _moved(self, current: QModelIndex) -> None:
        row = self._list.row_at(current.row()) if current.isValid() else None
        if row is not None and row.id != self._id:
            self._id = row.id
            self.chosen.emit(row)

    def _find_again(self) -> None:
        if self._id:
            self.choose(self._id)

    def _open(self, position: int) -> None:
        row = self._list.row_at(position)
        if row is not None:
            self.opened.emit(row)
