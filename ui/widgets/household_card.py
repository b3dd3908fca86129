"""The facts of one household as the building table has them, and where its case stands."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from registration.application import CaseState
from registration.identifiers import unit_code_groups
from storage.values import HouseholdCell
from ui.states import state_tone
from ui.theme import Tone
from ui.widgets.card import Card
from ui.widgets.cell_look import BLOCKED, state_words
from ui.widgets.chip import Chip
from ui.widgets.text import Text


class HouseholdCard(Card):
    """HouseholdCard().show_cell(cell): its short address as the title, area, unit code and address below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self._cell: HouseholdCell | None = None
        self._chosen = False
        chips = QHBoxLayout()
        chips.setSpacing(8)
        self._mine = Chip("", Tone.PRIMARY, "check")
        self._state = Chip()
        chips.addWidget(self._mine)
        chips.addWidget(self._state)
        chips.addStretch(1)
        self.body.addLayout(chips)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        self._labels = [Text("", "muted") for _ in range(3)]
        self._values = [Text("", "body", wrap=True) for _ in range(3)]
        for row, (label, value) in enumerate(zip(self._labels, self._values, strict=True)):
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.retranslate()

    def show_cell(self, cell: HouseholdCell | None, *, chosen: bool = False) -> None:
        """Show a household; `chosen` marks it as the one of the case at hand."""
        self._cell, self._chosen = cell, chosen
        self._fill()

    def retranslate(self) -> None:
        words = (self.tr("Area"), self.tr("Unit code"), self.tr("Address"))
        for label, text in zip(self._labels, words, strict=True):
            label.set_text(text)
        self._mine.set_chip(self.tr("This case"))
        self._fill()

    def _fill(self) -> None:
        self.setVisible(self._cell is not None)
        if self._cell is None:
            return
        home, state = self._cell.household, self._cell.state
        self.set_title(home.label)
        self._mine.setVisible(self._chosen)
        tone = Tone.SEAL if state == BLOCKED else Tone.PLAIN
        if state in set(CaseState):
            tone = state_tone(CaseState(state))
        self._state.set_chip(state_words(state), tone)
        self._state.setVisible(not self._chosen or state not in ("", CaseState.DRAFT.value))
        area = self.tr("{area} m²").format(area=home.area) if home.area else "—"
        code = unit_code_groups(home.unit_code) if home.unit_code else self.tr("not surveyed yet")
        for label, text in zip(self._values, (area, code, home.address or "—"), strict=True):
            label.set_text(text)
