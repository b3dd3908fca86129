"""The lines of the ledger: a lazy sequence over the store's query, block by block, off the main thread."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, overload

from PySide6.QtCore import QObject, Signal

from storage import obstacles
from storage.obstacles import LedgerRow, Wanted
from ui.run import read_aside
from ui.services import Services

BLOCK = 60
_KEPT = 12  # blocks


class ObstacleList(QObject):
    """`show_query(wanted)`; `loaded(count)` once its first lines are here, `arrived` when more came."""

    loaded = Signal(int)
    arrived = Signal()

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._wanted = Wanted()
        self._turn = 0  # answers to an older question are dropped
        self._count = 0
        self._blocks: OrderedDict[int, list[LedgerRow]] = OrderedDict()
        self._asked: set[int] = set()

    def show_query(self, wanted: Wanted) -> None:
        """Ask for other lines, or for the same ones again; what is shown stays until they are here."""
        self._turn += 1
        self._wanted = wanted
        turn, today = self._turn, self._services.clock().date()

        def look(db: Any) -> tuple[int, list[LedgerRow]]:
            return obstacles.count(db, wanted, today), obstacles.listed(db, wanted, today, limit=BLOCK)

        read_aside(self, self._services, look, lambda found: self._first(turn, *found))

    def wanted(self) -> Wanted:
        return self._wanted

    def count(self) -> int:
        return self._count

    def row_at(self, position: int) -> LedgerRow | None:
        """Return a row if it is here; ask for it if not."""
        number, offset = divmod(position, BLOCK)
        block = self._blocks.get(number)
        if block is None:
            self._ask(number)
            return None
        self._blocks.move_to_end(number)
        return block[offset] if offset < len(block) else None

    def position_of(self, obstacle_id: str) -> int:
        """Return where an obstacle is among the lines that are here, or -1."""
        for number, block in self._blocks.items():
            for offset, row in enumerate(block):
                if row.id == obstacle_id:
                    return number * BLOCK + offset
        return -1

    def _first(self, turn: int, count: int, rows: list[LedgerRow]) -> None:
        if turn == self._turn:
            self._count = count
            self._blocks.clear()
            self._asked.clear()
            self._blocks[0] = rows
            self.loaded.emit(count)

    def _ask(self, number: int) -> None:
        if number in self._asked:
            return
        self._asked.add(number)
        turn, wanted, today = self._turn, self._wanted, self._services.clock().date()

        def look(db: Any) -> list[LedgerRow]:
            return obstacles.listed(db, wanted, today, limit=BLOCK, offset=number * BLOCK)

        read_aside(self, self._services, look, lambda found: self._more(turn, number, found))

    def _more(self, turn: int, number: int, rows: list[LedgerRow]) -> None:
        if turn != self._turn:
            return
        self._asked.discard(number)
        self._blocks[number] = rows
        while len(self._blocks) > _KEPT:
            self._blocks.popitem(last=False)
        self.arrived.emit()


class LazyLines(Sequence[Sequence[str]]):
    """The list's rows as texts of a table; a line that is not here yet is of dots."""

    def __init__(self, source: ObstacleList, texts: Callable[[LedgerRow], Sequence[str]], width: int) -> None:
        self._source, self._texts, self._blank = source, texts, ("…",) + ("",) * (width - 1)

    def __len__(self) -> int:
        return self._source.count()

    @overload
    def __getitem__(self, at: int) -> Sequence[str]: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Sequence[str]]: ...
    def __getitem__(self, at: int | slice) -> Sequence[str] | Sequence[Sequence[str]]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        row = self._source.row_at(at)
        return self._blank if row is None else self._texts(row)
