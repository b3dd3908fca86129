"""The panel of the card reader: its state, what the card says above what was entered, and what to do."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from ui.theme import Tone
from ui.widgets import Card, Chip, InlineProblem, QuietButton, SecondaryButton, Text

ENTRIES = ("name", "id_number", "address")
"""What a card says, in the order shown."""


class ReaderPanel(Card):
    """Card and entry stand in one column, digit above digit, wherever they differ."""

    def __init__(self) -> None:
        super().__init__(" ")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.state = Chip("", Tone.PLAIN)
        self.header.addStretch(1)
        self.header.addWidget(self.state)
        self.person = Text("", "strong", elide=True)
        self.body.addWidget(self.person)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self._labels = {entry: Text("", "muted") for entry in ENTRIES}
        self._marks = {entry: Text("", "small") for entry in ENTRIES}
        self.values = {entry: Text("", "strong", wrap=True) for entry in ENTRIES}
        self.entered = {entry: Text("", "strong", wrap=True) for entry in ENTRIES}
        top = Qt.AlignmentFlag.AlignTop
        for line, entry in enumerate(ENTRIES):
            grid.addWidget(self._labels[entry], 2 * line, 0, top)
            grid.addWidget(self.values[entry], 2 * line, 1)
            grid.addWidget(self._marks[entry], 2 * line + 1, 0, top)
            grid.addWidget(self.entered[entry], 2 * line + 1, 1)
            self.entered[entry].set_tone(Tone.AMBER)
            self._marks[entry].set_tone(Tone.AMBER)
        self.body.addLayout(grid)
        self.hint = Text("", "muted", wrap=True)
        self.body.addWidget(self.hint)
        self.problem = InlineProblem()
        self.body.addWidget(self.problem)
        self.button = SecondaryButton("", "F2", "id-card")
        self.fill_button = QuietButton("", "Shift F2")
        self.keep_button = QuietButton("", "Esc")
        for button in (self.button, self.fill_button, self.keep_button):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.body.addWidget(button)

    def name_rows(self, names: Mapping[str, str]) -> None:
        for entry, name in names.items():
            self._labels[entry].set_text(name)
            self._marks[entry].set_text(self.tr("entered"))

    def show_person(self, words: str) -> None:
        """Say for whom the card would be taken over; nothing where that needs no word."""
        self.person.set_text(words)
        self.person.setVisible(bool(words))

    def show_values(self, values: Mapping[str, str], differ: Mapping[str, str]) -> None:
        """Show what the card says; under it what was entered, where that is something else."""
        for entry in ENTRIES:
            value = values.get(entry, "")
            self._labels[entry].setVisible(bool(value))
            self.values[entry].setVisible(bool(value))
            self.values[entry].set_text(value)
            for part in (self._marks[entry], self.entered[entry]):
                part.setVisible(entry in differ)
            self.entered[entry].set_text(differ.get(entry, ""))
        self.fill_button.setVisible(bool(differ))
        self.keep_button.setVisible(bool(differ))
