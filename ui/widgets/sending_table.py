"""The table of what is on its way: painted rows, a chip for where each stands, keys to walk and open."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from storage.sending import SendingRow
from ui.models.sending_list import COLUMNS, WORDS_ROLE, SendingList
from ui.sending_words import ItemWords
from ui.theme import look
from ui.widgets.chip import chip_width, paint_chip
from ui.widgets.rows import read_by_rows

ROW_HEIGHT = 44
_SHARES = {"number": 2.3, "state": 1.5, "pages": 1.0, "size": 0.9, "cause": 2.6, "again": 1.3}
_LEFT_OUT = {"again": 860, "size": 700}  # below these widths, at 100 %
Index = QModelIndex | QPersistentModelIndex


class _RowDelegate(QStyledItemDelegate):
    def __init__(self, table: SendingTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, t = QRectF(self._table.visualRect(index)), look()
        chosen = self._table.selectionModel().isRowSelected(index.row())
        painter.save()
        if chosen:
            painter.fillRect(rect, t.color("primary_soft"))
        painter.setPen(QPen(t.color("line"), 1))
        foot = rect.bottom() - 0.5
        painter.drawLine(QPointF(rect.left(), foot), QPointF(rect.right(), foot))
        words = index.data(WORDS_ROLE)
        if isinstance(words, ItemWords):
            self._paint_cell(painter, rect, words, index, chosen)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(t.color("raised"))
            bar = rect.adjusted(16, rect.height() / 2 - 5, -24, -rect.height() / 2 + 5)
            painter.drawRoundedRect(bar, 5, 5)
        if chosen and index.column() == 0:
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), t.color("primary"))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(look().px(80), look().px(ROW_HEIGHT))

    def _paint_cell(
        self, painter: QPainter, rect: QRectF, words: ItemWords, index: Index, chosen: bool
    ) -> None:
        t, column = look(), COLUMNS[index.column()]
        left = rect.left() + (20 if index.column() == 0 else 12)
        if column == "state":
            width = min(chip_width(words.state), rect.width() - 16)
            box = QRectF(left, rect.center().y() - t.px(12), width, t.px(24))
            paint_chip(painter, box, words.state, words.tone)
            return
        strong = column == "number"
        font = t.font(14, QFont.Weight.Medium if strong else QFont.Weight.Normal)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(t.color("ink" if strong or chosen else "muted"))
        where = Qt.TextElideMode.ElideMiddle if strong else Qt.TextElideMode.ElideRight
        text = metrics.elidedText(str(index.data()), where, rect.right() - left - 8)
        painter.drawText(QPointF(left, rect.center().y() + (metrics.ascent() - metrics.descent()) / 2), text)


class SendingTable(QTableView):
    """`chosen(row or None)` when the selection moves, `opened(row)` on Enter or two clicks.

    The selection follows its item when rows move.
    """

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, model: SendingList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = model
        self._id = ""
        self.setModel(model)
        self.setItemDelegate(_RowDelegate(self))
        read_by_rows(self)
        self.setAccessibleName(self.tr("What is on its way"))
        self.setWordWrap(False)
        model.loaded.connect(self._find_again)
        model.dataChanged.connect(self._tell_chosen)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        self._size_rows()

    def chosen_row(self) -> SendingRow | None:
        index = self.currentIndex()
        return self._list.row_at(index.row()) if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex().row())
            return
        if event.text() and not event.modifiers():  # letters are the screen's keys, not a search
            event.ignore()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._size_rows()
        elif event.type() == QEvent.Type.LanguageChange:
            self._list.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
            self.setAccessibleName(self.tr("What is on its way"))
        super().changeEvent(event)

    def _size_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(look().px(ROW_HEIGHT))
        self._share_width()

    def _share_width(self) -> None:
        width, used = self.viewport().width(), 0
        hidden = {name for name, least in _LEFT_OUT.items() if width < look().px(least)}
        shown = {name: share for name, share in _SHARES.items() if name not in hidden}
        last = list(shown)[-1]
        for name in COLUMNS:
            self.setColumnHidden(COLUMNS.index(name), name in hidden)
        for name, share in shown.items():
            part = width - used if name == last else round(width * share / sum(shown.values()))
            self.setColumnWidth(COLUMNS.index(name), part)
            used += part

    def _moved(self, current: QModelIndex) -> None:
        row = self._list.row_at(current.row()) if current.isValid() else None
        self._id = row.outbox_id if row is not None else ""
        self.chosen.emit(row)

    def _find_again(self) -> None:
        position = self._list.position_of(self._id) if self._id else -1
        if position < 0 and self._list.rowCount():
            position = 0
        if position >= 0 and position != self.currentIndex().row():
            self.selectRow(position)
        self._tell_chosen()

    def _tell_chosen(self) -> None:
        row = self.chosen_row()
        if row is not None:
            self._id = row.outbox_id
        self.chosen.emit(row)

    def _open(self, position: int) -> None:
        row = self._list.row_at(position)
        if row is not None:
            self.opened.emit(row)
