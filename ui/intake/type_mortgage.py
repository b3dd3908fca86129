"""The facts of a mortgage: what is secured, until when, and which bank took the papers in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from registration.application import Application
from registration.errors import InputError, Problem
from registration.mortgage import Mortgage, parse_amount
from ui.intake.case import IntakeCase
from ui.intake.type_section import Line, TypeSection, taken_in
from ui.messages import words
from ui.theme import Tone
from ui.widgets import Check, Field, Text
from ui.widgets.day_edit import DayEdit
from ui.widgets.pills import Pill, Pills

_READS: Mapping[str, Callable[[Mortgage], str]] = {
    "amount": lambda m: m.amount,
    "starts": lambda m: m.starts,
    "ends": lambda m: m.ends,
    "scope": lambda m: m.scope,
    "works": lambda m: m.works,
    "bank_site": lambda m: m.bank_site,
}
_WRITES: Mapping[str, Callable[[Mortgage, str], Mortgage]] = {
    "amount": lambda m, text: replace(m, amount=text),
    "starts": lambda m, text: replace(m, starts=text),
    "ends": lambda m, text: replace(m, ends=text),
    "scope": lambda m, text: replace(m, scope=text),
    "works": lambda m, text: replace(m, works=text),
    "bank_site": lambda m, text: replace(m, bank_site=text),
}
_LONGEST = {"scope": 200, "works": 200, "bank_site": 60}


class MortgageSection(TypeSection):
    """Entries mortgage.amount, .starts, .ends, .transfer_ban, .maximum, .scope, .works, .bank_site."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        self.body.addLayout(grid)
        self.fields: dict[str, Field] = {}
        self.maximum = Check()
        self.maximum.toggled.connect(self._turn_maximum)
        self._ban_words = Text("", "strong", wrap=True)
        self.transfer_ban = Pills()
        self.transfer_ban.chosen.connect(lambda value: self._write(lambda m: replace(m, transfer_ban=value)))
        self.transfer_ban.confirmed.connect(self.went_on)
        for name in ("amount", "starts", "ends"):
            self._make(name)
        self.add_entry("mortgage.transfer_ban", self.transfer_ban)
        self.add_entry("mortgage.maximum", self.maximum)
        for name in ("scope", "works", "bank_site"):
            self._make(name)
        grid.addWidget(self.fields["amount"], 0, 0, 1, 2)
        grid.addWidget(self.fields["starts"], 1, 0)
        grid.addWidget(self.fields["ends"], 1, 1)
        grid.addWidget(self._ban_words, 2, 0, 1, 2)
        grid.addWidget(self.transfer_ban, 3, 0, 1, 2)
        grid.addWidget(self.maximum, 4, 0, 1, 2)
        for row, name in enumerate(("scope", "works", "bank_site"), start=5):
            grid.addWidget(self.fields[name], row, 0, 1, 2)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)

    def applies(self, case: IntakeCase) -> bool:
        return case.checklist.mortgage and taken_in(case) and _subtype(case) != "cancel"

    def fill(self, case: IntakeCase) -> None:
        mortgage = case.application.mortgage or Mortgage()
        self.maximum.blockSignals(True)
        self.maximum.setChecked(mortgage.maximum)
        self.maximum.blockSignals(False)
        answers = [Pill("no", self.tr("No")), Pill("yes", self.tr("Yes"))]
        self.transfer_ban.show_pills(answers, [mortgage.transfer_ban] if mortgage.transfer_ban else [])
        self.fields["works"].setVisible(_subtype(case) == "construction" or bool(mortgage.works))
        top = _subtype(case) == "first_maximum" or mortgage.maximum
        self.fields["amount"].set_label(
            self.tr("Highest amount (yuan)") if top else self.tr("Amount secured (yuan)")
        )
        self._say_amount(mortgage.amount)

    def show_problems(self, found: Mapping[str, Problem], *, strict: bool) -> None:
        super().show_problems(found, strict=strict)
        shown = [found.get(f"mortgage.{name}") for name in ("transfer_ban", "maximum")]
        begun = self.case is not None and self.case.application.mortgage is not None
        said = [words(p).what for p in shown if p is not None and (strict or (begun and p.code != _BAN))]
        self.complaint.set_tone(Tone.SEAL)
        self.say(" ".join(said))

    def retranslate(self) -> None:
        self.heading.set_text(self.tr("Mortgage"))
        for name, label, hint in (
            ("amount", self.tr("Amount secured (yuan)"), self.tr("As in the contract; 50万 works too")),
            ("starts", self.tr("Debt from"), self.tr("First day of the debt's term")),
            ("ends", self.tr("Debt until"), self.tr("Last day of the debt's term")),
            ("scope", self.tr("What is secured"), self.tr("Principal, interest, costs, as agreed")),
            ("works", self.tr("Works mortgaged"), ""),
            ("bank_site", self.tr("Bank's point of service"), self.tr("Where a bank took it in; else empty")),
        ):
            self.fields[name].set_label(label)
            self.fields[name].set_hint(hint)
        self.maximum.setText(self.tr("Maximum amount"))
        self.maximum.setAccessibleName(self.maximum.text())
        ban = self.tr("Was it agreed that the property may not be transferred, or only with conditions?")
        self._ban_words.set_text(ban)
        self.transfer_ban.setAccessibleName(ban)

    def _make(self, name: str) -> None:
        editor = DayEdit() if name in ("starts", "ends") else QLineEdit()
        if name not in ("starts", "ends"):
            editor.setMaxLength(_LONGEST.get(name, 24))
        field = Field("", editor)
        read, write = _READS[name], _WRITES[name]
        self.fields[name] = self.add_line(
            f"mortgage.{name}",
            Line(
                field,
                lambda a: read(a.mortgage or Mortgage()),
                lambda a, text: replace(a, mortgage=write(a.mortgage or Mortgage(), text)),
            ),
        )

    def _write(self, change: Callable[[Mortgage], Mortgage]) -> None:
        def write(application: Application) -> Application:
            return replace(application, mortgage=change(application.mortgage or Mortgage()))

        self.change(write)

    def _turn_maximum(self, on: bool) -> None:
        self._write(lambda m: replace(m, maximum=on))

    def _say_amount(self, text: str) -> None:
        try:
            said = f"{parse_amount(text):,.2f}"
            self.fields["amount"].set_hint(self.tr("{amount} yuan").format(amount=said), Tone.PRIMARY)
        except InputError:
            self.fields["amount"].set_hint(self.tr("As in the contract; 50万 works too"))


_BAN = "mortgage_transfer_ban"


def _subtype(case: IntakeCase) -> str:
    return case.checklist.subtype_or_default(case.application.subtype)
