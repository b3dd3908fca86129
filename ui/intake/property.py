"""The property: one household of the session's compound, found by its number or picked in the picture."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from registration.dossier import Defaulter
from storage import aliases, dossiers, reference
from storage.values import HouseholdCell
from ui.intake.case import IntakeCase
from ui.intake.page import StepPage
from ui.intake.review_facts import defaulter_problem
from ui.intake.steps import Step, of_step
from ui.run import read_aside
from ui.theme import Tone
from ui.widgets.compound_card import CompoundCard
from ui.widgets.household_card import HouseholdCard
from ui.widgets.household_picker import HouseholdPicker
from ui.widgets.problem_notes import ProblemNotes

if TYPE_CHECKING:
    from ui.services import Services


_ASKED = frozenset({"household_missing"})  # what the page itself asks for
_WAITING = frozenset({"project_not_registered"})  # an end is in sight: amber


_Read = tuple[list[HouseholdCell], tuple[str, ...], Defaulter | None]


class PropertyPage(StepPage):
    """The second step. Enter on a household makes the case about it and goes on."""

    step = Step.PROPERTY

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(side_width=300, parent=parent)
        self._services = services
        self._names: tuple[str, ...] = ()
        self.stops, self.waits = ProblemNotes(), ProblemNotes()
        self.content.addWidget(self.stops)
        self.content.addWidget(self.waits)
        self.picker = HouseholdPicker()
        self.content.addWidget(self.picker, 1)
        self.facts = HouseholdCard()
        self.compound = CompoundCard()
        self.side.addWidget(self.facts)
        self.side.addWidget(self.compound)
        self.side.addStretch(1)
        self.on_button.clicked.disconnect()
        self.on_button.clicked.connect(self._go_on)
        self.picker.picked.connect(self._pick)
        self.picker.current_changed.connect(lambda _: self._show_current())
        for key, by in (("[", -1), ("]", 1)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.picker.turn_building, by))
        self.retranslate()

    def bind(self, case: IntakeCase) -> None:
        super().bind(case)
        case.facts_changed.connect(self._facts_changed)
        if case.household is None:
            self.picker.start_over()
        self.reload()
        self._show_choice()

    def reload(self) -> None:
        """Read the building table again: states of cases, or the table itself, may be new."""
        if self.case is None:
            return
        case, compound = self.case, self.case.compound

        def read(db: Any) -> _Read:
            names = (*aliases.of_compound(db, compound.id), *dossiers.summary(db, compound.id).aliases)
            flag = dossiers.defaulter(db, compound.id, compound.developer)
            return reference.households(db, compound.id), names, flag

        def arrived(found: _Read) -> None:
            if case is self.case:
                cells, self._names, case.defaulter = found
                self.picker.show_households(compound, cells, self._names)
                if case.household is not None and not self.picker.grid.hasFocus():
                    self.picker.go_to(case.household.id)
                self._show_choice()

        read_aside(self, self._services, read, arrived)

    def focus_entry(self, entry: str) -> None:
        if self.case is not None and self.case.household is not None:
            self.picker.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.picker.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def shown(self) -> None:
        self.reload()

    def give_up(self) -> bool:
        """Empty a search; False where there was none."""
        if not self.picker.search.text():
            return False
        self.picker.search.clear()
        return True

    def entry_in_focus(self) -> str:
        return "household" if self.picker.grid.hasFocus() or self.picker.search.hasFocus() else ""

    def retranslate(self) -> None:
        super().retranslate()
        self.card.set_title(self.tr("Property"))
        self.facts.retranslate()
        self.compound.retranslate()
        self._show_choice()

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("/", self.tr("Search the house number")),
            ("← ↑ ↓ →", self.tr("Move in the building table")),
            ("Enter", self.tr("Take this household and go on")),
            ("[ ]", self.tr("Former and next building")),
        ]

    def _pick(self, cell: HouseholdCell) -> None:
        if self.case is None:
            return
        self.picker.search.clear()  # found: the picture is whole again, and Esc means back
        self.case.choose_household(cell.household)
        self._show_choice()
        self.case.save()
        self.went_on.emit()

    def _show_current(self) -> None:
        cell = self.picker.grid.current_cell()
        chosen = cell is not None and self._is_chosen(cell)
        self.facts.show_cell(cell, chosen=chosen)
        self.on_button.setEnabled(cell is not None)
        if cell is None or chosen:
            self.on_button.set_text(self.tr("Go on: type"))
        else:
            self.on_button.set_text(self.tr("Take {room}").format(room=cell.household.room))

    def _go_on(self) -> None:
        """Take what the picture stands on; go on where it is taken already."""
        cell = self.picker.grid.current_cell()
        if cell is not None and not self._is_chosen(cell):
            self._pick(cell)
        else:
            self.went_on.emit()

    def _show_choice(self) -> None:
        case = self.case
        self.picker.grid.set_chosen(case.household.id if case and case.household else "")
        self._show_current()
        if case is not None:
            self.compound.show_compound(case.compound, case.file, self._names)
            self._show_stops(case)

    def _facts_changed(self) -> None:
        if self.sender() is self.case and self.case is not None:
            self._show_stops(self.case)

    def _show_stops(self, case: IntakeCase) -> None:
        """Say what about the project keeps this case from being taken in, and what is to be done about it."""
        found = [p for p in of_step(case.missing(), Step.PROPERTY) if p.code not in _ASKED]
        self.stops.show_problems([p for p in found if p.code not in _WAITING])
        flagged = [defaulter_problem(case.defaulter)] if case.defaulter is not None else []
        self.waits.show_problems([*(p for p in found if p.code in _WAITING), *flagged], Tone.AMBER)

    def _is_chosen(self, cell: HouseholdCell) -> bool:
        home = self.case.household if self.case else None
        return home is not None and home.id == cell.household.id
