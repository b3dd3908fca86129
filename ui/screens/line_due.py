"""The appointments that are due or late now, each with a key that gives it its number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from registration.appointments import Due, due
from registration.identifiers import mask_name
from registration.queue import QueueRules, Slip
from ui.screens.line_words import due_words
from ui.widgets import SecondaryButton, Text
from ui.widgets.flow import Flow

KEYS = ("1", "2", "3")


class LineDue(QWidget):
    """LineDue(): `show_due(booked, now, rules)`; hidden where nothing is due. `came(slip)` out.

    The three whose time is nearest are shown, by time; `give(place)` is what the key of a place does. Who is
    late for long makes room for who may come now.
    """

    came = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._due: list[tuple[Slip, Due, int]] = []
        self._more = Text("", "muted")
        self._buttons = [SecondaryButton("", key) for key in KEYS]
        for place, button in enumerate(self._buttons):
            button.clicked.connect(partial(self.give, place))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 10)
        row.addWidget(Flow(self._buttons), 1)
        row.addWidget(self._more)
        self.hide()

    def show_due(self, booked: Sequence[Slip], now: datetime, rules: QueueRules) -> None:
        """Show who of `booked` is due or late at `now`, local."""
        stand = [(one, *due(one, now, rules)) for one in booked]
        self._due = sorted((one for one in stand if one[1] is not Due.LATER), key=lambda one: one[0].time)
        self._fill()

    def ids(self) -> frozenset[str]:
        """Return who is shown."""
        return frozenset(slip.id for slip, _, _ in self._shown())

    def give(self, place: int) -> None:
        """Say that the one at a place, from 0, has come; nothing where there is none."""
        shown = self._shown()
        if place < len(shown):
            self.came.emit(shown[place][0])

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._fill()
        super().changeEvent(event)

    def _shown(self) -> list[tuple[Slip, Due, int]]:
        nearest = sorted(self._due, key=lambda one: abs(one[2]))[: len(KEYS)]
        return [one for one in self._due if one in nearest]

    def _fill(self) -> None:
        shown = self._shown()
        for number, button in enumerate(self._buttons):
            button.setVisible(number < len(shown))
            if number < len(shown):
                slip, stand, left = shown[number]
                button.set_text(f"{slip.time} {mask_name(slip.name)} · {due_words(stand, left)}")
        beyond = len(self._due) - len(shown)
        self._more.set_text(f"+{beyond}")
        self._more.setAccessibleName(self.tr("{n} more in the list").format(n=beyond))
        self._more.setToolTip(self._more.accessibleName())
        self._more.setVisible(beyond > 0)
        self.setVisible(bool(shown))
