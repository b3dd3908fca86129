"""The inquiry: what the law and the local form ask the parties, and what they answered."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from registration.inquiry import questions_for
from registration.packs import INQUIRY, shipped
from ui.messages import language
from ui.screens.intake_case import IntakeCase
from ui.screens.intake_page import StepPage
from ui.screens.intake_steps import Step
from ui.widgets import ScrollArea, Text


class InquiryPage(StepPage):
    """The fifth step: the questions of this type, for each side that is present."""

    step = Step.INQUIRY

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area = ScrollArea()
        self._words = Text("", "body", wrap=True)
        self._area.column.addWidget(self._words)
        self._area.column.addStretch(1)
        self.content.addWidget(self._area, 1)
        self.retranslate()

    def bind(self, case: IntakeCase) -> None:
        super().bind(case)
        self.shown()

    def shown(self) -> None:
        case = self.case
        if case is None:
            return
        packs, tongue = shipped(), "en" if language().startswith("en") else "zh"
        asked = questions_for(case.checklist, case.application.parties, {}, packs)
        known = packs[INQUIRY]["questions"]
        self._words.set_text("\n".join(known[code][tongue] for code, _ in asked))

    def focus_entry(self, entry: str) -> None:
        self.on_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        super().retranslate()
        self.card.set_title(self.tr("Inquiry"))
        self.on_button.set_text(self.tr("Go on: signatures"))
        self.shown()
