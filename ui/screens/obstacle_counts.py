"""The ledger as a compound sees it: how much is open by compound and category, the overdue first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from registration.standing import Obstacle
from storage import obstacle_counts
from storage.obstacle_counts import CompoundCount, Count
from ui.obstacle_words import obstacle_words
from ui.run import read_aside
from ui.services import Services
from ui.widgets.plain_table import PlainTable


class ObstacleCounts(PlainTable):
    """A line for each compound and one for each of its categories; `wanted(compound id, category or "")`."""

    wanted = Signal(str, str)
    counted = Signal(int)  # compounds

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__((0.26, 0.34, 0.12, 0.12, 0.16), strong=(0, 3), height=52, narrow_height=60)
        self.setParent(parent)
        self._services = services
        self._keys: list[tuple[str, str]] = []
        for key in ("Return", "Enter"):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(self._open)
        self.doubleClicked.connect(lambda _: self._open())

    def reload(self) -> None:
        """Count anew, off the main thread."""
        today = self._services.clock().date()
        read_aside(self, self._services, lambda db: obstacle_counts.by_compound(db, today), self._show)

    def _open(self) -> None:
        at = self.currentIndex().row()
        if 0 <= at < len(self._keys):
            self.wanted.emit(*self._keys[at])

    def _show(self, found: list[CompoundCount]) -> None:
        at = self.currentIndex().row()
        before = self._keys[at] if 0 <= at < len(self._keys) else ("", "")
        lines, keys = list[tuple[str, ...]](), list[tuple[str, str]]()
        for one in found:
            homes = self.tr("in all · %n household(s)", "", one.homes)
            lines.append((one.compound or one.compound_id, homes, *self._numbers(one.total)))
            keys.append((one.compound_id, ""))
            for category, count in one.categories:
                lines.append(("", obstacle_words(Obstacle(category)), *self._numbers(count)))
                keys.append((one.compound_id, category))
        self._keys = keys
        headings = (self.tr("Compound"), self.tr("What stops it"), self.tr("Open"), self.tr("Overdue"))
        self.show_lines((*headings, self.tr("Earliest day")), lines)
        if lines:
            self.selectRow(keys.index(before) if before in keys else 0)
        self.counted.emit(len(found))

    def _numbers(self, count: Count) -> tuple[str, str, str]:
        return (str(count.open), str(count.overdue) if count.overdue else "—", count.soonest or "—")
