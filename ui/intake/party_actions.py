"""What can be added to an applicant, as quiet buttons with their keys: seldom needed, never in the way."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from registration.parties import Party, PartyKind
from ui.intake.party_entries import Section
from ui.widgets import QuietButton
from ui.widgets.flow import Flow


class PartyActions(Flow):
    """Add a party, another kind of document, a guardian, an agent, and how several file."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.add = QuietButton("", "F3", "plus")
        self.document = QuietButton("", "F4")
        self.guardian = QuietButton("", "F6")
        self.agent = QuietButton("", "F7")
        self.filing = QuietButton("", "F9")
        buttons = (self.add, self.document, self.guardian, self.agent, self.filing)
        for button in buttons:
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys do the same; Tab stays in the entries
        super().__init__(buttons, gap=4, parent=parent)

    def connect_to(
        self,
        unfold: Callable[[], object],
        open_section: Callable[[Section], object],
        add: Callable[[], object],
        open_filing: Callable[[], object],
    ) -> None:
        """Have the buttons do what their keys do."""
        self.add.clicked.connect(lambda _: add())
        self.document.clicked.connect(lambda _: unfold())
        self.guardian.clicked.connect(lambda: open_section(Section.GUARDIAN))
        self.agent.clicked.connect(lambda: open_section(Section.AGENT))
        self.filing.clicked.connect(lambda _: open_filing())

    def show_for(self, party: Party, shown: Collection[str], *, filing: bool) -> None:
        """Offer what this party does not show yet."""
        self.document.setVisible("document_kind" not in shown)
        self.guardian.setVisible(party.kind is PartyKind.NATURAL and "guardian_name" not in shown)
        self.agent.setVisible("agent_name" not in shown)
        self.filing.setVisible(not filing)

    def retranslate(self) -> None:
        self.add.set_text(self.tr("Add a party"))
        self.document.set_text(self.tr("Other document"))
        self.guardian.set_text(self.tr("Guardian"))
        self.agent.set_text(self.tr("Agent"))
        self.filing.set_text(self.tr("Filing and shares"))

    def keys(self) -> list[tuple[str, str]]:
        """Return (key, what it does) for F1."""
        return [
            ("Enter", self.tr("Next entry; behind the last the next party, or the next step")),
            ("F3", self.tr("Add a right holder")),
            ("Shift F3", self.tr("Add an obligor")),
            ("F4", self.tr("Another kind of document, the other side")),
            ("F6", self.tr("Guardian")),
            ("F7", self.tr("Agent and mandate")),
            ("F9", self.tr("How they file, and their shares")),
            ("F10", self.tr("The same guardian or agent as another party")),
            ("Ctrl PgUp PgDn", self.tr("Former and next party")),
            ("Alt Del", self.tr("Remove the party, guardian or agent in hand")),
            ("Ctrl Z", self.tr("Take a removal back")),
        ]
