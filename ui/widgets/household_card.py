"""The facts of one household as the building table has them: its unit code in layers, and its case."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from registration.application import CaseState
from registration.errors import InputError
from registration.unit_codes import UnitCode, read_unit_code, unit_code_groups
from storage.values import HouseholdCell
from ui.messages import language
from ui.states import state_tone
from ui.theme import Tone
from ui.widgets.card import Card
from ui.widgets.cell_look import BLOCKED, held_up_words, state_words
from ui.widgets.chip import Chip
from ui.widgets.text import Text

_ROWS = 7


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
        self.code_chip = Chip()
        chips.addWidget(self._mine)
        chips.addWidget(self._state)
        chips.addWidget(self.code_chip)
        chips.addStretch(1)
        self.body.addLayout(chips)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        self._labels = [Text("", "muted") for _ in range(_ROWS)]
        self._values = [Text("", "body", wrap=True) for _ in range(_ROWS)]
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
        words = (
            self.tr("Area"),
            self.tr("Unit code"),
            self.tr("Its layers"),
            self.tr("Address"),
            self.tr("Also called"),
            self.tr("Booked"),
            self.tr("Held up by"),
        )
        for label, text in zip(self._labels, words, strict=True):
            label.set_text(text)
        self._mine.set_chip(self.tr("This case"))
        self._fill()

    def _fill(self) -> None:
        self.setVisible(self._cell is not None)
        if self._cell is None:
            return
        home, state = self._cell.household, self._cell.standing.value
        self.set_title(home.label)
        self._mine.setVisible(self._chosen)
        tone = Tone.SEAL if state == BLOCKED else Tone.PLAIN
        if state in set(CaseState):
            tone = state_tone(CaseState(state))
        self._state.set_chip(state_words(state), tone)
        self._state.setVisible(not self._chosen or state not in ("", CaseState.DRAFT.value))
        area = self.tr("{area} m²").format(area=home.area) if home.area else "—"
        code = unit_code_groups(home.unit_code) if home.unit_code else self.tr("not surveyed yet")
        read = _read(home.unit_code)
        self._say_code(read)
        between = ", " if language() == "en" else "、"
        texts = (
            area,
            code,
            self._layers(read),
            home.address or "—",
            between.join(self._cell.aliases),
            self._cell.booked,
            between.join(held_up_words(self._cell)),
        )
        for label, value, text in zip(self._labels, self._values, texts, strict=True):
            value.set_text(text)
            label.setVisible(bool(text))
            value.setVisible(bool(text))

    def _say_code(self, code: UnitCode | None) -> None:
        """Mark a code that is not whole yet, and land that no policy covers."""
        if code is not None and code.on_collective_land:
            self.code_chip.set_chip(self.tr("Collective land"), Tone.SEAL)
        elif code is not None and code.temporary:
            self.code_chip.set_chip(self.tr("Temporary code"), Tone.AMBER)
        self.code_chip.setVisible(code is not None and (code.temporary or code.on_collective_land))

    def _layers(self, code: UnitCode | None) -> str:
        if code is None:
            return ""
        parts = [self.tr("county {code}").format(code=code.division)]
        if code.cadastral_district:
            cadastral = f"{code.cadastral_district}-{code.cadastral_subdistrict}"
            parts.append(self.tr("cadastral {code}").format(code=cadastral))
        if code.parcel_kind:
            parts.append(self.tr("parcel {code}").format(code=code.parcel_kind + code.parcel_number))
        if code.building:
            parts.append(self.tr("building {code}").format(code=code.building))
        if code.unit:
            parts.append(self.tr("unit {code}").format(code=code.unit))
        return " · ".join(parts)


def _read(text: str) -> UnitCode | None:
    try:
        return read_unit_code(text)
    except InputError:
        return None  # the building table is the centre's: what it holds is shown as it is
