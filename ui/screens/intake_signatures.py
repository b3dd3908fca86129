"""The signatures: who signs which document."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from registration.documents import PartyKind
from registration.identifiers import mask_name
from ui.screens.intake_case import IntakeCase
from ui.screens.intake_page import StepPage
from ui.screens.intake_steps import Step
from ui.widgets import Text


class SignaturesPage(StepPage):
    """The sixth step: everybody who signs."""

    step = Step.SIGNATURES

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._words = Text("", "body", wrap=True)
        self.content.addWidget(self._words)
        self.content.addStretch(1)
        self.retranslate()

    def bind(self, case: IntakeCase) -> None:
        super().bind(case)
        self.shown()

    def shown(self) -> None:
        if self.case is not None:
            persons = [p for p in self.case.application.parties if p.kind is PartyKind.NATURAL]
            self._words.set_text("\n".join(mask_name(party.name) for party in persons))

    def focus_entry(self, entry: str) -> None:
        self.on_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        super().retranslate()
        self.card.set_title(self.tr("Signatures"))
        self.on_button.set_text(self.tr("Go on: fees"))
        self.shown()
