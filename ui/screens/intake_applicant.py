"""The applicant: name, ID number, telephone and address, checked while they are typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from registration.application import Application
from registration.errors import InputError
from registration.identifiers import IdNumber, parse_id_number, parse_phone
from registration.parties import Party, problems_of
from ui.screens.intake_case import IntakeCase
from ui.screens.intake_page import StepPage
from ui.screens.intake_steps import Step, entry_of
from ui.theme import Tone
from ui.widgets import Card, Chip, Field, Text

_ID_LENGTH = 18
# How each entry writes itself into a party.
_WRITES: dict[str, Callable[[Party, str], Party]] = {
    "name": lambda p, text: replace(p, name=text),
    "id_number": lambda p, text: replace(p, document_number=text),
    "phone": lambda p, text: replace(p, phone=text),
    "address": lambda p, text: replace(p, address=text),
}


class ApplicantPage(StepPage):
    """The first step. Wrong entries say so under their field; an empty one waits until it was left."""

    step = Step.APPLICANT

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._left: set[str] = set()  # entries that the hand has been in and gone from
        self._strict = False
        self.editors = {name: QLineEdit() for name in _WRITES}
        self.fields = {name: Field("", editor) for name, editor in self.editors.items()}
        self.editors["id_number"].setMaxLength(24)  # room for the spaces that people type
        self.editors["name"].setMaxLength(60)
        self.editors["phone"].setMaxLength(24)
        self.editors["address"].setMaxLength(120)
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(10)
        grid.addWidget(self.fields["name"], 0, 0)
        grid.addWidget(self.fields["id_number"], 0, 1)
        grid.addWidget(self.fields["phone"], 1, 0)
        grid.addWidget(self.fields["address"], 1, 1)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        self.content.addLayout(grid)
        self.content.addStretch(1)
        self.read_card = _NumberCard()
        self.side.addWidget(self.read_card)
        self.side.addStretch(1)
        for name, editor in self.editors.items():
            editor.textEdited.connect(lambda text, entry=name: self._typed(entry, text))
            editor.returnPressed.connect(lambda entry=name: self._enter(entry))
            editor.installEventFilter(self)
        self.retranslate()

    def bind(self, case: IntakeCase) -> None:
        super().bind(case)
        self._left.clear()
        self._strict = False
        party = case.application.first_applicant
        for name, text in (
            ("name", party.name),
            ("id_number", party.document_number),
            ("phone", party.phone),
            ("address", party.address),
        ):
            self.editors[name].setText(text)
            if text:
                self._left.add(name)
        self._judge()

    def show_missing(self, on: bool) -> None:
        self._strict = on
        self._judge()

    def focus_entry(self, entry: str) -> None:
        editor = self.editors.get(entry) or self.editors["name"]
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        editor.end(False)

    def entry_in_focus(self) -> str:
        return next((name for name, editor in self.editors.items() if editor.hasFocus()), "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            name = next(name for name, editor in self.editors.items() if editor is watched)
            self._leave(name)
        return super().eventFilter(watched, event)

    def enter(self, entry: str, text: str) -> None:
        """Write into an entry as if it had been typed."""
        self.editors[entry].setText(text)
        self._left.add(entry)
        self._typed(entry, text)

    def retranslate(self) -> None:
        super().retranslate()
        self.card.set_title(self.tr("Applicant"))
        self.on_button.set_text(self.tr("Go on: property"))
        self.fields["name"].set_label(self.tr("Name"))
        self.fields["name"].set_hint(self.tr("As on the identity card"))
        self.fields["id_number"].set_label(self.tr("ID number"))
        self.fields["phone"].set_label(self.tr("Telephone"))
        self.fields["phone"].set_hint(self.tr("A mobile or landline that answers"))
        self.fields["address"].set_label(self.tr("Address for letters"))
        self.fields["address"].set_hint(self.tr("Optional"))
        self.read_card.retranslate()
        self._judge()

    # -- typing --------------------------------------------------------------------------------------------

    def _typed(self, entry: str, text: str) -> None:
        if self.case is None:
            return

        def write(application: Application) -> Application:
            party = _WRITES[entry](application.first_applicant, text)
            return replace(application, parties=(party, *application.parties[1:]))

        self.case.edit(write)
        self._judge()

    def _enter(self, entry: str) -> None:
        names = list(self.editors)
        following = names[names.index(entry) + 1 :]
        if following:
            self.focus_entry(following[0])
        else:
            self.went_on.emit()

    def _leave(self, entry: str) -> None:
        """Write a number in its one form once the hand is gone from it, and judge what stands there."""
        self._left.add(entry)
        text = self.editors[entry].text()
        tidy = text
        try:
            if entry == "id_number" and self.case is not None:
                tidy = parse_id_number(text, today=self._today()).text
            elif entry == "phone":
                tidy = parse_phone(text)
            elif entry in ("name", "address"):
                tidy = text.strip()
        except InputError:
            pass  # it stays as typed, and says what is wrong
        if tidy != text:
            self.editors[entry].setText(tidy)
            self._typed(entry, tidy)
        self._judge()

    def _today(self) -> date:
        assert self.case is not None
        return self.case.today()

    # -- judging -------------------------------------------------------------------------------------------

    def _judge(self) -> None:
        if self.case is None:
            return
        today = self._today()
        party = self.case.application.first_applicant
        found = {entry_of(problem): problem for problem in problems_of(party, today=today)}
        number = self._number(party, today)
        self.read_card.show_number(number, today)
        typed = len(party.document_number.replace(" ", ""))
        counting = 0 < typed < _ID_LENGTH and self.editors["id_number"].hasFocus()
        self.fields["id_number"].set_hint(
            self.tr("{count} of 18").format(count=typed)
            if counting
            else f"{self.tr('The number checks out')} · {self.read_card.summary()}"
            if number
            else self.tr("18 characters, the last may be X")
        )
        for name, field in self.fields.items():
            problem = found.get(name)
            empty = not self.editors[name].text().strip()
            focused = self.editors[name].hasFocus()
            waiting = empty or (focused and (counting or name == "phone"))
            show = self._strict or not waiting
            if name == "id_number":
                show = show and not counting and (name in self._left or typed >= _ID_LENGTH or self._strict)
            field.show_problem(problem if show else None)

    def _number(self, party: Party, today: date) -> IdNumber | None:
        try:
            return parse_id_number(party.document_number, today=today)
        except InputError:
            return None


class _NumberCard(Card):
    """What a citizen number says by itself, to be compared with the card in the hand."""

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
        before_birthday = (self._today.month, self._today.day) < (number.birth.month, number.birth.day)
        age = self._today.year - number.birth.year - before_birthday
        values = (
            self.tr("Male") if number.sex == "male" else self.tr("Female"),
            number.birth.isoformat(),
            self.tr("%n year(s)", "", age),
            number.division,
        )
        for label, text in zip(self._values, values, strict=True):
            label.set_text(text)
