"""Beside a developer's sheet: which columns it has, the template to send out, and the batch before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from storage.handover import Batch
from ui.moments import day_and_time
from ui.theme import Tone
from ui.widgets import Card, Chip, DangerButton, SecondaryButton, Text
from ui.widgets.side_column import SideColumn


class HandoverSide(SideColumn):
    """`show_columns` and `show_batch` in; `template_wanted()` and `undo_wanted()` out."""

    template_wanted = Signal()
    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(320, parent=parent)
        self._names: Sequence[tuple[str, bool]] = ()
        self._batch: Batch | None = None
        self._now: datetime | None = None
        self._columns = Card(" ")
        self._note = Text("", "muted", wrap=True)
        self._columns.body.addWidget(self._note)
        self.template = SecondaryButton("", "T", "save")
        self.template.clicked.connect(self.template_wanted)
        self._required = Text("", wrap=True)
        self._optional = Text("", "muted", wrap=True)
        self._required_chip, self._optional_chip = Chip("", Tone.PRIMARY), Chip("", Tone.PLAIN)
        for chip, text in (
            (self._required_chip, self._required),
            (self._optional_chip, self._optional),
        ):
            row = QHBoxLayout()
            row.addWidget(chip)
            row.addStretch(1)
            self._columns.body.addLayout(row)
            self._columns.body.addWidget(text)
        self._columns.body.addWidget(self.template)
        self._before = Card(" ")
        self._facts = Text("", wrap=True)
        self._left = Text("", "muted", wrap=True)
        self.undo = DangerButton("", "Z", "rotate-ccw")
        self.undo.clicked.connect(self.undo_wanted)
        for widget in (self._facts, self._left, self.undo):
            self._before.body.addWidget(widget)
        self._before.hide()
        self.column.addWidget(self._columns)
        self.column.addWidget(self._before)
        self.column.addStretch(1)

    def retranslate(self) -> None:
        self._columns.set_title(self.tr("What the sheet holds"))
        self._note.set_text(
            self.tr("One line for each buyer; co-buyers of a household stand on lines with the same room.")
        )
        self._required_chip.set_chip(self.tr("Needed"), Tone.PRIMARY)
        self._optional_chip.set_chip(self.tr("Where it is known"), Tone.PLAIN)
        self.template.set_text(self.tr("Save a template…"))
        self._before.set_title(self.tr("The batch before"))
        self.undo.set_text(self.tr("Take it back…"))
        self._say()

    def show_columns(self, names: Sequence[tuple[str, bool]]) -> None:
        """Show the columns by name, each with whether it must be filled."""
        self._names = names
        self._say()

    def show_batch(self, batch: Batch | None, now: datetime) -> None:
        """Show the batch that was taken in last, or none."""
        self._batch, self._now = batch, now
        self._say()

    def _say(self) -> None:
        comma = self.tr(", ")
        self._required.set_text(comma.join(name for name, needed in self._names if needed))
        self._optional.set_text(comma.join(name for name, needed in self._names if not needed))
        self._before.setVisible(self._batch is not None)
        if self._batch is None or self._now is None:
            return
        self._facts.set_text(
            self.tr("{n} drafts, taken in {when} by {name}").format(
                n=self._batch.drafts,
                when=day_and_time(self._batch.at.astimezone(self._now.tzinfo), self._now),
                name=self._batch.operator_name,
            )
        )
        self._left.set_text(
            self.tr("{n} of them nobody has touched yet").format(n=self._batch.untouched)
            if self._batch.untouched
            else self.tr("Nothing of it can be taken back any more")
        )
        self.undo.setEnabled(self._batch.untouched > 0)
