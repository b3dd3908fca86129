"""What a citizen number says by itself, to be compared with the card in the hand."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QGridLayout

from registration.identifiers import IdNumber, age_on
from ui.theme import Tone
from ui.widgets import Card, Chip, Text


class NumberCard(Card):
    """`show_number(number, today)`: sex, birth, age and division; None where there is no whole number."""

    def __init__(self) -> None:
        super().__init__(" ")
        self._number: IdNumber | None = None
        self._today = date.min
        self._chip = Chip("", Tone.PLAIN)
        self.header.addStretch(1)
        self.header.addWidget(self._chip)
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(16)
        self._rows.setVerticalSpacing(8)
        self._labels = [Text("", "muted") for _ in range(4)]
        self._values = [Text("", "strong") for _ in range(4)]
        for row, (label, value) in enumerate(zip(self._labels, self._values, strict=True)):
            self._rows.addWidget(label, row, 0)
            self._rows.addWidget(value, row, 1)
        self._rows.setColumnStretch(1, 1)
        self.body.addLayout(self._rows)
        self._hint = Text("", "muted", wrap=True)
        self.body.addWidget(self._hint)

    def show_number(self, number: IdNumber | None, today: date) -> None:
        self._number, self._today = number, today
        self._fill()

    def summary(self) -> str:
        """Return sex, birth and age in one line, "" without a number."""
        return " · ".join(value.text() for value in self._values[:3]) if self._number else ""

    def age(self, birth: date) -> str:
        """Return the age of somebody born on a day, in words."""
        return self.tr("%n year(s)", "", age_on(birth, self._today))

    def retranslate(self) -> None:
        self.set_title(self.tr("What the number says"))
        words = (self.tr("Sex"), self.tr("Born"), self.tr("Age"), self.tr("Division code"))
        for label, text in zip(self._labels, words, strict=True):
            label.set_text(text)
        self._fill()

    def _fill(self) -> None:
        number = self._number
        self._chip.setVisible(number is not None)
        self._hint.set_text(
            self.tr("Compare with the card and with the person.")
            if number
            else self.tr("Sex and birth date appear here as soon as the number is complete and checks out.")
        )
        for widget in (*self._labels, *self._values):
            widget.setVisible(number is not None)
        if number is None:
            return
        self._chip.set_chip(self.tr("Checks out"), Tone.PRIMARY, "check")
        values = (
            self.tr("Male") if number.sex == "male" else self.tr("Female"),
            number.birth.isoformat(),
            self.age(number.birth),
            number.division,
        )
        for label, text in zip(self._values, values, strict=True):
            label.set_text(text)
