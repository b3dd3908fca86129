"""Choosing a household: a search for its number, tabs for the buildings, and the building as a picture."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from registration.property_unit import Compound
from storage.values import HouseholdCell
from ui.theme import look
from ui.widgets.building_grid import BuildingGrid
from ui.widgets.building_plan import find_households, natural
from ui.widgets.check import Choice
from ui.widgets.empty_state import EmptyState
from ui.widgets.grid_legend import GridLegend
from ui.widgets.search_box import SearchBox
from ui.widgets.segmented import Segmented
from ui.widgets.text import Text


class HouseholdPicker(QWidget):
    """Shows a compound's households. `picked` and `current_changed` carry a HouseholdCell.

    In the search Enter picks the hit shown, up and down go through the hits; in the grid the arrows move.
    """

    picked = Signal(object)
    current_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells: list[HouseholdCell] = []
        self._hits: list[HouseholdCell] = []
        self._building = ""
        self._whole, self._searched = False, False
        self._alone: str | None = None
        self._compound: Compound | None = None
        self._names: tuple[str, ...] = ()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        top = QHBoxLayout()
        top.setSpacing(12)
        self.search = SearchBox()
        self.search.setMinimumWidth(220)
        self._found = Text("", "small", elide=True)
        top.addWidget(self.search, 2)
        top.addWidget(self._found, 1)
        self.tabs = Segmented()
        self.list = Choice()
        top.addWidget(self.tabs)
        top.addWidget(self.list)
        box.addLayout(top)
        self.grid = BuildingGrid()
        self._empty = EmptyState("building-2")
        self._pile = QStackedWidget()
        self._pile.addWidget(self.grid)
        self._pile.addWidget(self._empty)
        box.addWidget(self._pile, 1)
        self.legend = GridLegend()
        box.addWidget(self.legend)
        self.search.searched.connect(self._search)
        self.search.returnPressed.connect(self._pick_hit)
        self.search.installEventFilter(self)
        self.tabs.chosen.connect(self.show_building)
        self.list.activated.connect(lambda index: self.show_building(str(self.list.itemData(index))))
        self.grid.picked.connect(lambda _: self._emit_picked())
        self.grid.current_changed.connect(lambda _: self.current_changed.emit(self.grid.current_cell()))
        self.retranslate()

    # -- what is shown -------------------------------------------------------------------------------------

    def show_households(
        self, compound: Compound, cells: Sequence[HouseholdCell], aliases: Sequence[str] = ()
    ) -> None:
        """Show a compound's households; the building and the household in view stay where they can.

        `aliases` are the compound's other names: typed before a number they do not get in its way.
        """
        self._compound, self._names = compound, (compound.name, *aliases)
        self._cells = list(cells)
        buildings = sorted({cell.household.building for cell in self._cells}, key=natural)
        self.tabs.set_options([(name, name) for name in buildings])
        self.list.clear()
        for name in buildings:
            self.list.addItem(name, name)
        self._offer_buildings()
        self.grid.selection.keep(cell.household.id for cell in self._cells)
        self.legend.show_states([cell.standing.value for cell in self._cells])
        self._pile.setCurrentWidget(self.grid if self._cells else self._empty)
        self.show_building(self._building if self._building in buildings else next(iter(buildings), ""))

    def show_building(self, building: str) -> None:
        self._building = building
        self.tabs.set_value(building)
        self.list.setCurrentIndex(self.list.findData(building))
        shown = [c for c in self._cells if self._whole or c.household.building == building]
        self.grid.show_building(shown, several=self._whole)

    def show_whole(self, whole: bool) -> None:
        """Show all buildings side by side, or one again."""
        self._whole = whole
        self.show_building(self._building)

    def whole(self) -> bool:
        return self._whole

    def show_alone(self, standing: str | None) -> None:
        """Light the households that stand there alone; None lights all."""
        self._alone = standing
        self.legend.show_alone(standing)
        self._light()

    def in_view(self) -> list[HouseholdCell]:
        """Return what is lit in the building in view."""
        shown = [place.cell for place in self.grid.plan().places]
        return [cell for cell in shown if self._alone in (None, cell.standing.value)]

    def selected(self) -> list[HouseholdCell]:
        """Return what is chosen for a batch, over all buildings, in the order of the building table."""
        return [cell for cell in self._cells if self.grid.selection.holds(cell.household.id)]

    def start_over(self) -> None:
        """Forget search and place: the next person has another home."""
        self.search.clear()
        self._search("")
        self.grid.go_home()

    def building(self) -> str:
        return self._building

    def cells(self) -> list[HouseholdCell]:
        """Return all households of the compound."""
        return list(self._cells)

    def cell(self, household_id: str) -> HouseholdCell | None:
        return next((c for c in self._cells if c.household.id == household_id), None)

    def go_to(self, household_id: str) -> None:
        """Bring a household into view; nothing happens where the compound does not have it."""
        cell = self.cell(household_id)
        if cell is not None:
            if cell.household.building != self._building:
                self.show_building(cell.household.building)
            self.grid.set_current(household_id)

    def turn_building(self, by: int) -> None:
        """Go to the next (1) or the former (-1) building, round at the ends."""
        names = [str(self.list.itemData(i)) for i in range(self.list.count())]
        if names:
            self.show_building(names[(names.index(self._building) + by) % len(names)])

    def retranslate(self) -> None:
        self.search.set_placeholder(self.tr("House number: 1201, or 3-2-1201"))
        self._empty.set_words(
            self.tr("No building table yet"),
            self.tr("The centre sends it with the compound. Connect once; it comes by itself."),
        )
        self._say_found()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._offer_buildings()

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(320), super().minimumSizeHint().height())

    def _offer_buildings(self) -> None:
        """Offer the buildings as tabs where they fit beside the search, in a list where they do not."""
        fits = self.tabs.sizeHint().width() <= self.width() * 0.55
        self.tabs.setVisible(fits and self.list.count() > 1)
        self.list.setVisible(not fits and self.list.count() > 1)

    # -- searching -----------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step and self._hits:
                at = next(
                    (
                        i
                        for i, hit in enumerate(self._hits)
                        if hit.household.id == self.grid.current_household()
                    ),
                    0,
                )
                self.go_to(self._hits[(at + step) % len(self._hits)].household.id)
                return True
            if step > 0:
                self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _search(self, text: str) -> None:
        self._hits = find_households(self._cells, text, self._names)
        self._searched = bool(text)
        self._light()
        if self._hits:
            self.go_to(self._hits[0].household.id)
        self._say_found()

    def _light(self) -> None:
        if not self._searched and self._alone is None:
            self.grid.set_lit(None)
            return
        lit = self._hits if self._searched else self._cells
        alone = self._alone
        self.grid.set_lit(frozenset(c.household.id for c in lit if alone in (None, c.standing.value)))

    def _say_found(self) -> None:
        if not self.search.text().strip():
            self._found.set_text("")
        elif not self._hits:
            self._found.set_text(self.tr("No such household in this compound"))
        elif len(self._hits) == 1:
            self._found.set_text(self._hits[0].household.label)
        else:
            self._found.set_text(self.tr("%n household(s)", "", len(self._hits)))

    def _pick_hit(self) -> None:
        text = self.search.text().strip()
        self._search(text)  # Enter may come before the pause of the search
        if not text:
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)  # an empty search picks nobody's home
        elif self._hits:
            self._emit_picked()

    def _emit_picked(self) -> None:
        cell = self.grid.current_cell()
        if cell is not None:
            self.picked.emit(cell)
