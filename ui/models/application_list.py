"""The list of applications: a lazy model over the store's query, block by block, off the main thread."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from registration.application import CaseState
from registration.changes import Changes
from registration.identifiers import mask_name
from storage import applications
from storage.values import ApplicationRow
from ui.messages import language
from ui.moments import day_and_time
from ui.run import read_aside
from ui.services import Services
from ui.states import row_chip
from ui.widgets.lamps import lamps_words

BLOCK = 60
_KEPT = 12  # blocks
COLUMNS = ("number", "applicant", "property", "type", "state", "lamps")
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Query:
    """What the list shows; "" and None mean all."""

    search: str = ""
    state: CaseState | None = None
    session_id: str | None = None


class ApplicationList(QAbstractTableModel):
    """Rows arrive when they are looked at. `loaded(count)` after each query; `ROW_ROLE` gives the row.

    A commit that touches applications refreshes what is shown, at most every 120 ms, without moving it.
    """

    loaded = Signal(int)

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._query = Query()
        self._turn = 0  # answers to an older question are dropped
        self._count = 0
        self._blocks: OrderedDict[int, list[ApplicationRow]] = OrderedDict()
        self._asked: set[int] = set()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(120)
        self._pause.timeout.connect(self.reload)
        services.signals.changed.connect(self._changed)

    def show_query(self, query: Query) -> None:
        """Ask for other rows; what is shown stays until they are here."""
        self._query = query
        self.reload()

    def query(self) -> Query:
        return self._query

    def reload(self) -> None:
        """Ask again."""
        self._turn += 1
        turn, query = self._turn, self._query
        wanted = sorted(list(self._blocks)[-2:]) or [0]

        def look(db: Any) -> tuple[int, dict[int, list[ApplicationRow]]]:
            count = applications.count(
                db, search=query.search, state=query.state, session_id=query.session_id
            )
            return count, {block: _rows(db, query, block) for block in wanted}

        read_aside(self, self._services, look, lambda found: self._arrived(turn, *found))

    def row_at(self, position: int) -> ApplicationRow | None:
        """Return the row's value if it is here; ask for it if not."""
        block = self._blocks.get(position // BLOCK)
        if block is None:
            self._ask(position // BLOCK)
            return None
        self._blocks.move_to_end(position // BLOCK)
        offset = position % BLOCK
        return block[offset] if offset < len(block) else None

    def position_of(self, application_id: str) -> int:
        """Return where an application is among the rows that are here, or -1."""
        for number, block in self._blocks.items():
            for offset, row in enumerate(block):
                if row.id == application_id:
                    return number * BLOCK + offset
        return -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, ROW_ROLE):
            return None
        row = self.row_at(index.row())
        if row is None or role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            if COLUMNS[index.column()] == "state":
                return (row.problem_en if language() == "en" else row.problem_zh) or None
            return lamps_words(row.delivery, row.second_copy) if index.column() == 5 else None
        return self._text(row, COLUMNS[index.column()], self._services.clock())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            self.tr("Receipt number"),
            self.tr("Applicant"),
            self.tr("Property"),
            self.tr("Matter"),
            self.tr("State"),
            self.tr("Safe"),
        )[section]

    def _text(self, row: ApplicationRow, column: str, now: datetime) -> str:
        match column:
            case "number":
                return row.receipt_number or self.tr("Draft of {time}").format(
                    time=day_and_time(row.updated_at, now)
                )
            case "applicant":
                return mask_name(row.applicant_name) or "—"
            case "property":
                return row.property_label or "—"
            case "type":
                return row.type_en if language() == "en" else row.type_zh
            case "state":
                return row_chip(row.state, row.delivery, voided=row.voided, mending=row.mending)[0]
            case _:
                return lamps_words(row.delivery, row.second_copy)

    def _ask(self, block: int) -> None:
        if block in self._asked:
            return
        self._asked.add(block)
        turn, query = self._turn, self._query
        read_aside(
            self,
            self._services,
            lambda db: _rows(db, query, block),
            lambda found: self._block_arrived(turn, block, found),
        )

    def _block_arrived(self, turn: int, block: int, found: list[ApplicationRow]) -> None:
        self._asked.discard(block)
        if turn != self._turn:
            return
        self._keep(block, found)
        self._tell_changed(block)

    def _arrived(self, turn: int, count: int, blocks: dict[int, list[ApplicationRow]]) -> None:
        if turn != self._turn:
            return
        same = count == self._count
        if not same:
            self.beginResetModel()
        self._count = count
        self._blocks.clear()
        self._asked.clear()
        for number, found in blocks.items():
            self._keep(number, found)
        if not same:
            self.endResetModel()
        elif count:
            self.dataChanged.emit(self.index(0, 0), self.index(count - 1, len(COLUMNS) - 1))
        self.loaded.emit(count)

    def _keep(self, block: int, found: list[ApplicationRow]) -> None:
        self._blocks[block] = found
        self._blocks.move_to_end(block)
        while len(self._blocks) > _KEPT:
            self._blocks.popitem(last=False)

    def _tell_changed(self, block: int) -> None:
        first, last = block * BLOCK, min((block + 1) * BLOCK, self._count) - 1
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))

    def _changed(self, changes: Changes) -> None:
        if (changes.applications or changes.outbox or changes.receipts) and not self._pause.isActive():
            self._pause.start()


def _rows(db: Any, query: Query, block: int) -> list[ApplicationRow]:
    return applications.rows(
        db,
        search=query.search,
        state=query.state,
        session_id=query.session_id,
        limit=BLOCK,
        offset=block * BLOCK,
        order="updated",
    )
