"""Beside the list of planned sessions: the chosen one in full, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from registration.session import SiteSession
from ui.theme import Tone
from ui.widgets import Card, Chip, InlineProblem, PrimaryButton, SecondaryButton, Text


class PlanSide(Card):
    """`show_plan` and `show_site` in; the buttons are public, their screen connects them."""

    def __init__(self) -> None:
        super().__init__("", margins=20)
        column = QVBoxLayout()
        column.setSpacing(10)
        self.body.addLayout(column)
        self.problem = InlineProblem()
        self._title, self._chip = Text("", "heading", wrap=True), Chip()
        self._lines = Text("", "body", wrap=True)
        column.addWidget(self.problem)
        column.addWidget(self._title)
        column.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._lines)
        column.addStretch(1)
        self.change = SecondaryButton("", "E", "pencil")
        self.off = SecondaryButton("", "D", "x")
        self.open = PrimaryButton("", "Enter", "door-open")
        self.laptops = PrimaryButton("", "Enter", "users")
        for button in (self.change, self.off, self.open, self.laptops):
            column.addWidget(button)
        self.retranslate()

    def show_plan(
        self, title: str, state: str, tone: Tone, lines: Sequence[str], *, stands: bool, today: bool
    ) -> None:
        """Show a plan; one that stands can be changed and called off, one of today opened."""
        self._title.set_text(title)
        self._chip.set_chip(state, tone)
        self._lines.set_text("\n".join(filter(None, lines)))
        self.change.setVisible(stands)
        self.off.setVisible(stands)
        self.open.setVisible(stands and today)
        self.laptops.hide()

    def show_site(self, place: str, site: SiteSession) -> None:
        """Show a session of other laptops of which a part is not closed."""
        self._title.set_text(f"{place} · {site.title}")
        self._chip.set_chip(self.tr("Not closed"), Tone.AMBER)
        self._lines.set_text(
            self.tr(
                "It runs on another laptop, or that laptop was never closed. Where it is dead, its laptops"
                " lead to what the centre holds of it, and its part is ended there."
            )
        )
        for button in (self.change, self.off, self.open):
            button.hide()
        self.laptops.show()

    def retranslate(self) -> None:
        """Give the buttons their words."""
        self.change.set_text(self.tr("Change"))
        self.off.set_text(self.tr("Call off"))
        self.open.set_text(self.tr("Open the session"))
        self.laptops.set_text(self.tr("Its laptops"))
