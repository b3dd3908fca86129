"""Which home of the building table a typed address means: said below it, taken by Enter or on leaving it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from storage import reference
from storage.values import HouseholdCell
from ui.run import read_aside
from ui.services import Services
from ui.widgets import Text
from ui.widgets.building_plan import find_households

translate = QCoreApplication.translate


class VisitHome(Text):
    """VisitHome(services, edit): `show_home(compound, household)` in, `household_id()` out, "" for none.

    "3-2-1201" or "3号楼 1201" is searched while it is typed, up and down go through the hits. An address
    outside the building table is kept as it is, without a household.
    """

    def __init__(self, services: Services, edit: QLineEdit, parent: QWidget | None = None) -> None:
        super().__init__("", "small", wrap=True, parent=parent)
        self._services, self._edit = services, edit
        self._compound, self._home = "", ""
        self._cells: Sequence[HouseholdCell] | None = None
        self._hits: list[HouseholdCell] = []
        self._at = 0
        edit.textEdited.connect(lambda _: self._search())
        edit.editingFinished.connect(self._finished)
        edit.installEventFilter(self)

    def show_home(self, compound_id: str, household_id: str = "") -> None:
        """Search in this compound from now on; its building table is read aside."""
        self._home, self._hits = household_id, []
        if compound_id != self._compound:
            self._compound, self._cells = compound_id, None
        read_aside(
            self,
            self._services,
            lambda db: reference.households(db, compound_id),
            lambda cells: self._arrived(compound_id, cells),
        )
        self.retranslate()

    def household_id(self) -> str:
        """Return the home; one that was typed and is the only one of its kind is taken."""
        if not self._home and len(self._hits) == 1:
            self._take()
        return self._home

    def retranslate(self) -> None:
        if self._cells is None:
            self.set_text("")
            return
        home = next((cell for cell in self._cells if cell.household.id == self._home), None)
        if home is not None:
            said = translate("Visits", "Home of the building table: {home}")
            self.set_text(said.format(home=home.household.label))
        elif len(self._hits) > 1:
            said = translate("Visits", "{home} — Enter takes it, ↑ ↓ go through %n", "", len(self._hits))
            self.set_text(said.format(home=self._hits[self._at].household.label))
        elif self._hits:
            said = translate("Visits", "{home} — Enter takes it")
            self.set_text(said.format(home=self._hits[0].household.label))
        elif self._edit.text().strip() and self._cells:
            self.set_text(translate("Visits", "Not in the building table; the intake asks for the home."))
        else:
            self.set_text("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and len(self._hits) > 1:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                self._at = (self._at + step) % len(self._hits)
                self.retranslate()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
                self._take()  # and the form goes on to its next field
        return super().eventFilter(watched, event)

    def _arrived(self, compound_id: str, cells: Sequence[HouseholdCell]) -> None:
        if compound_id != self._compound:
            return
        self._cells = cells
        if self._home:
            self.retranslate()
        else:
            self._search()

    def _search(self) -> None:
        self._home, self._at = "", 0
        self._hits = find_households(self._cells or (), self._edit.text())
        self.retranslate()

    def _finished(self) -> None:
        if not self._home and len(self._hits) == 1:
            self._take()

    def _take(self) -> None:
        home = self._hits[self._at].household
        self._home, self._hits = home.id, []
        self._edit.setText(home.label)
        self.retranslate()
