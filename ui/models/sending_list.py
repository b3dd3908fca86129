"""The list of what is on its way: lazy, block by block, off the main thread."""

from __future__ import annotations

from collections import OrderedDict
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

from registration.changes import Changes
from storage import sending
from storage.sending import SendingCounts, SendingRow
from sync.status import SyncStatus
from ui.moments import size
from ui.run import read_aside
from ui.sending_words import item_words, kind_words, pages_words
from ui.services import Services

BLOCK = 60
_KEPT = 12  # blocks
COLUMNS = ("number", "state", "pages", "size", "cause", "again")
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
WORDS_ROLE = Qt.ItemDataRole.UserRole + 2
Index = QModelIndex | QPersistentModelIndex


class SendingList(QAbstractTableModel):
    """Rows arrive when they are looked at; `loaded(SendingCounts)` after each counting.

    ROW_ROLE gives the SendingRow, WORDS_ROLE its ItemWords. A commit refreshes what is shown, at most every
    200 ms: while pages travel there is one after the other.
    """

    loaded = Signal(object)

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._status = services.courier.status
        self._turn = 0  # answers to an older question are dropped
        self._counts = SendingCounts()
        self._blocks: OrderedDict[int, list[SendingRow]] = OrderedDict()
        self._asked: set[int] = set()
        self._live = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(200)
        self._pause.timeout.connect(self.reload)
        services.signals.changed.connect(self._changed)

    def set_live(self, live: bool) -> None:
        """Follow commits only while somebody looks."""
        self._live = live

    def set_status(self, status: SyncStatus) -> None:
        """The link's news words every row anew."""
        self._status = status
        if self._counts.whole:
            self.dataChanged.emit(self.index(0, 0), self.index(self._counts.whole - 1, len(COLUMNS) - 1))

    def counts(self) -> SendingCounts:
        return self._counts

    def reload(self) -> None:
        """Ask again."""
        self._turn += 1
        turn = self._turn
        wanted = sorted(list(self._blocks)[-2:]) or [0]

        def look(db: Any) -> tuple[SendingCounts, dict[int, list[SendingRow]]]:
            totals = sending.counts(db)
            return totals, {at: sending.page(db, at * BLOCK, BLOCK, totals) for at in wanted}

        read_aside(self, self._services, look, lambda found: self._arrived(turn, *found))

    def row_at(self, position: int) -> SendingRow | None:
        """Return the row's value if it is here; ask for it if not."""
        block = self._blocks.get(position // BLOCK)
        if block is None:
            self._ask(position // BLOCK)
            return None
        self._blocks.move_to_end(position // BLOCK)
        offset = position % BLOCK
        return block[offset] if offset < len(block) else None

    def position_of(self, outbox_id: str) -> int:
        """Return where an item is among the rows that are here, or -1."""
        for number, block in self._blocks.items():
            for offset, row in enumerate(block):
                if row.outbox_id == outbox_id:
                    return number * BLOCK + offset
        return -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._counts.whole

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        wanted = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, ROW_ROLE, WORDS_ROLE)
        if role not in wanted:
            return None
        row = self.row_at(index.row())
        if row is None or role == ROW_ROLE:
            return row
        words = item_words(row, self._status, self._services.clock())
        if role == WORDS_ROLE:
            return words
        match COLUMNS[index.column()]:
            case "number":
                if row.topic:
                    return kind_words(row.kind, row.topic)
                number = row.receipt_number or "—"
                plain = row.kind == "application_submitted"
                return number if plain else f"{number} · {kind_words(row.kind)}"
            case "state":
                return words.state
            case "pages":
                return pages_words(row)
            case "size":
                return size(row.bytes) if row.bytes else "—"
            case "cause":
                return words.cause
            case _:
                return words.again

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            self.tr("Receipt number"),
            self.tr("State"),
            self.tr("Pages there"),
            self.tr("Size"),
            self.tr("Cause"),
            self.tr("Next try"),
        )[section]

    def _ask(self, block: int) -> None:
        if block in self._asked:
            return
        self._asked.add(block)
        turn, totals = self._turn, self._counts
        read_aside(
            self,
            self._services,
            lambda db: sending.page(db, block * BLOCK, BLOCK, totals),
            lambda found: self._block_arrived(turn, block, found),
        )

    def _block_arrived(self, turn: int, block: int, found: list[SendingRow]) -> None:
        self._asked.discard(block)
        if turn != self._turn:
            return
        self._keep(block, found)
        first, last = block * BLOCK, min((block + 1) * BLOCK, self._counts.whole) - 1
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))

    def _arrived(self, turn: int, counts: SendingCounts, blocks: dict[int, list[SendingRow]]) -> None:
        if turn != self._turn:
            return
        same = counts.whole == self._counts.whole
        if not same:
            self.beginResetModel()
        self._counts = counts
        self._blocks.clear()
        self._asked.clear()
        for number, found in blocks.items():
            self._keep(number, found)
        if not same:
            self.endResetModel()
        elif counts.whole:
            self.dataChanged.emit(self.index(0, 0), self.index(counts.whole - 1, len(COLUMNS) - 1))
        self.loaded.emit(counts)

    def _keep(self, block: int, found: list[SendingRow]) -> None:
        self._blocks[block] = found
        self._blocks.move_to_end(block)
        while len(self._blocks) > _KEPT:
            self._blocks.popitem(last=False)

    def _changed(self, changes: Changes) -> None:
        if self._live and (changes.applications or changes.outbox) and not self._pause.isActive():
            self._pause.start()
