"""The fees: what this registration costs by the table."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from registration.fees import Use, fees_for, total
from registration.packs import shipped
from ui.screens.intake_case import IntakeCase
from ui.screens.intake_page import StepPage
from ui.screens.intake_steps import Step
from ui.widgets import Text


class FeesPage(StepPage):
    """The seventh step: what is due, declared only; no money is handled here."""

    step = Step.FEES

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._words = Text("", "plate")
        self.content.addWidget(self._words)
        self.content.addStretch(1)
        self.retranslate()

    def bind(self, case: IntakeCase) -> None:
        super().bind(case)
        self.shown()

    def shown(self) -> None:
        if self.case is not None:
            facts = self.case.application
            lines = fees_for(
                self.case.checklist,
                Use.HOUSING,
                shipped(),
                holders=len(facts.right_holders),
                separate_certificates=facts.separate_certificates,
            )
            self._words.set_text(self.tr("{amount} yuan").format(amount=total(lines)))

    def focus_entry(self, entry: str) -> None:
        self.on_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        super().retranslate()
        self.card.set_title(self.tr("Fees"))
        self.on_button.set_text(self.tr("Go on: review"))
        self.shown()
