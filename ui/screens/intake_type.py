"""The type of registration, and what the compound's own circumstances mean for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QWidget

from registration.checklist import offered_types
from storage import reference
from ui.messages import language
from ui.screens.intake_case import IntakeCase
from ui.screens.intake_page import StepPage
from ui.screens.intake_steps import Step
from ui.widgets import Field, ScrollArea
from ui.widgets.compound_card import CompoundCard
from ui.widgets.option_list import Option, OptionList

if TYPE_CHECKING:
    from ui.services import Services


class TypePage(StepPage):
    """The third step: one type of the pack (keys 1 to 9), and a remark for the reviewer."""

    step = Step.TYPE

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._services = services
        self._offered: list[tuple[str, str, str]] = []
        self.choices = OptionList()
        self.remarks = QLineEdit()
        self.remarks.setMaxLength(200)
        self.remarks_field = Field("", self.remarks)
        self._area = ScrollArea()
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.column.addWidget(self.choices)
        self._area.column.addStretch(1)
        self.content.addWidget(self._area, 1)
        self.content.addWidget(self.remarks_field)
        self.flags = CompoundCard()
        self.side.addWidget(self.flags)
        self.side.addStretch(1)
        self.choices.chosen.connect(self._choose)
        self.choices.confirmed.connect(self.went_on)
        self.remarks.textEdited.connect(self._remark)
        self.remarks.returnPressed.connect(self.went_on)
        self.retranslate()

    def bind(self, case: IntakeCase) -> None:
        super().bind(case)
        pack = self._services.store.read(lambda db: reference.pack(db, reference.TYPES_PACK))
        self._offered = list(offered_types(pack))
        self.remarks.setText(case.application.remarks)
        self.flags.show_compound(case.compound)
        self._show_types()

    def focus_entry(self, entry: str) -> None:
        (self.remarks if entry == "remarks" else self.choices).setFocus(Qt.FocusReason.OtherFocusReason)

    def entry_in_focus(self) -> str:
        return "remarks" if self.remarks.hasFocus() else "type" if self.choices.hasFocus() else ""

    def retranslate(self) -> None:
        super().retranslate()
        self.card.set_title(self.tr("Type and category"))
        self.on_button.set_text(self.tr("Go on: materials"))
        self.remarks_field.set_label(self.tr("Remark for the reviewer"))
        self.remarks_field.set_hint(self.tr("Optional; printed nowhere"))
        self.flags.retranslate()
        self._show_types()

    def keys(self) -> list[tuple[str, str]]:
        return [("1–9", self.tr("Choose the type")), ("Enter", self.tr("Go on"))]

    def _show_types(self) -> None:
        if self.case is None:
            return
        english = language() == "en"
        options = [Option(code, *((en, zh) if english else (zh, en))) for code, zh, en in self._offered]
        self.choices.show_options(options, self.case.application.type_code)
        QTimer.singleShot(0, self, self._show_chosen)

    def _show_chosen(self) -> None:
        row = self.choices.chosen_rect()
        self._area.ensureVisible(row.center().x(), row.center().y(), 0, row.height())

    def _choose(self, code: str) -> None:
        if self.case is None:
            return
        checklist = self._services.store.read(lambda db: reference.checklist(db, code))
        self.case.choose_type(checklist)
        self._show_types()

    def _remark(self, text: str) -> None:
        if self.case is not None:
            self.case.edit(lambda a: replace(a, remarks=text))
