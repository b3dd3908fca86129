"""A table of lines that are only read: painted in two voices, its columns sharing the width."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPen, QResizeEvent, QTextOption
from PySide6.QtWidgets import (
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.theme import look
from ui.widgets.rows import read_by_rows

Index = QModelIndex | QPersistentModelIndex
_PAD = 12
_WIDE = 800


class _Lines(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self.headings: tuple[str, ...] = ()
        self.lines: Sequence[Sequence[str]] = ()

    def show(self, headings: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
        self.beginResetModel()
        self.headings, self.lines = tuple(headings), lines
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        wanted = (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        )
        return self.lines[index.row()][index.column()] if role in wanted else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.headings[section]
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, table: PlainTable) -> None:
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
        strong = index.column() in self._table.strong
        painter.setPen(t.color("ink" if strong or chosen else "muted"))
        painter.setFont(t.font(14, QFont.Weight.Medium if strong else QFont.Weight.Normal))
        left = 20 if index.column() == 0 else _PAD
        across = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        painter.drawText(rect.adjusted(left, 4, -8, -4), str(index.data()), across)
        painter.restore()


class PlainTable(QTableView):
    """PlainTable(shares): `show_lines(headings, lines)`; `shares` of the width by column; `chosen(line)`.

    Columns in `strong` are written in ink, others in the second voice. A line is `height` px at 100 %, and
    `narrow_height`, where it is given, below a width of 800.
    """

    chosen = Signal(int)

    def __init__(
        self,
        shares: Sequence[float],
        *,
        strong: Sequence[int] = (0,),
        height: int = 44,
        narrow_height: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.strong = frozenset(strong)
        self._shares, self._height, self._narrow = tuple(shares), height, narrow_height or height
        self._lines = _Lines()
        self.setModel(self._lines)
        self.setItemDelegate(_Delegate(self))
        read_by_rows(self)
        self.selectionModel().currentRowChanged.connect(lambda index: self.chosen.emit(index.row()))
        self._fit()

    def show_lines(self, headings: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
        self._lines.show(headings, lines)
        if any(headings):
            self.setAccessibleName(", ".join(heading for heading in headings if heading))
        self._fit()

    def line_count(self) -> int:
        return len(self._lines.lines)

    def line(self, number: int) -> Sequence[str]:
        """Return the texts of a line, from 0."""
        return self._lines.lines[number]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave letters to what the table stands in: keys do things here, they do not search in lines."""
        if event.text() and event.text() not in " \r\n":
            event.ignore()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._fit()
        super().changeEvent(event)

    def _fit(self) -> None:
        height = self._height if self.viewport().width() >= look().px(_WIDE) else self._narrow
        self.verticalHeader().setDefaultSectionSize(look().px(height))
        columns = self._lines.columnCount()
        whole = sum(self._shares[:columns]) or 1.0
        for column in range(columns):
            self.setColumnWidth(column, round(self.viewport().width() * self._shares[column] / whole))
