"""What is asked at a door: who lives there, papers, obstacle and wishes; filled by keys or hand."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from registration.identifiers import mask_name, mask_tail
from registration.survey import PAPERS, Answers, Lives
from ui.widgets.check import Check
from ui.widgets.field import Field
from ui.widgets.segmented import Segmented
from ui.widgets.text import Text

_LINES = ("owner", "phone", "papers_held", "obstacle", "note")
_PRIVATE = ("owner", "phone")


class SurveyForm(QWidget):
    """SurveyForm().show_answers(known, draft); `answers()` returns what stands there now.

    Owner and phone that are known already are masked below their lines; an empty line keeps them. `edited()`
    at each change by a person; `draft()` is what was typed, None where it is what is known.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known = Answers()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.lives = Segmented()
        self._lives_label = Text("", "strong")
        column.addWidget(self._lives_label)
        column.addWidget(self.lives)
        self.lines = {name: QLineEdit() for name in _LINES}
        self._fields = {name: Field("", line, line=name in _PRIVATE) for name, line in self.lines.items()}
        for line in self.lines.values():
            line.setMaxLength(200)
        pair = QHBoxLayout()
        pair.setSpacing(12)
        for name in _PRIVATE:
            pair.addWidget(self._fields[name], 1)
        column.addLayout(pair)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        self.papers = {name: Segmented() for name in PAPERS}
        self._paper_labels = {name: Text("") for name in PAPERS}
        for row, name in enumerate(PAPERS):
            grid.addWidget(self._paper_labels[name], row, 0)
            grid.addWidget(self.papers[name], row, 1)
        grid.setColumnStretch(0, 1)
        column.addLayout(grid)
        for name in _LINES[2:]:
            column.addWidget(self._fields[name])
        self.wants_visit, self.wants_evening = Check(), Check()
        wishes = QHBoxLayout()
        wishes.addWidget(self.wants_visit)
        wishes.addWidget(self.wants_evening)
        wishes.addStretch(1)
        column.addLayout(wishes)
        for line in self.lines.values():
            line.textEdited.connect(self.edited)
        for choice in (self.lives, *self.papers.values()):
            choice.chosen.connect(self.edited)
        for check in (self.wants_visit, self.wants_evening):
            check.clicked.connect(self.edited)
        self.retranslate()

    def show_answers(self, known: Answers, draft: Answers | None = None) -> None:
        """Show what is known, or what was typed over it and not kept."""
        self._known = known
        shown = draft if draft is not None else replace(known, owner="", phone="")
        self.lives.set_value(shown.lives.value)
        for name, line in self.lines.items():
            line.setText(getattr(shown, name))
        for name, choice in self.papers.items():
            choice.set_value({True: "yes", False: "no", None: ""}[getattr(shown, name)])
        self.wants_visit.setChecked(shown.wants_visit)
        self.wants_evening.setChecked(shown.wants_evening)
        self.show_private(False)

    def choose_lives(self, lives: Lives) -> None:
        """Say who lives there, as a person does."""
        self.lives.set_value(lives.value)
        self.edited.emit()

    def show_private(self, on: bool) -> None:
        """Show who and which number is known, or mask both again."""
        known = self._known
        masked = (
            (mask_name(known.owner), mask_tail(known.phone[-8:])) if not on else (known.owner, known.phone)
        )
        for name, words in zip(_PRIVATE, masked, strict=True):
            self._fields[name].set_hint(words if getattr(known, name) else "")

    def answers(self) -> Answers:
        typed, known = self._typed(), self._known
        return replace(typed, owner=typed.owner or known.owner, phone=typed.phone or known.phone)

    def draft(self) -> Answers | None:
        typed = self._typed()
        return None if typed == replace(self._known, owner="", phone="") else typed

    def _typed(self) -> Answers:
        texts = {name: line.text().strip() for name, line in self.lines.items()}
        papers = {
            name: {"yes": True, "no": False}.get(choice.value()) for name, choice in self.papers.items()
        }
        return Answers(
            lives=Lives(self.lives.value()),
            owner=texts["owner"],
            phone=texts["phone"],
            papers_held=texts["papers_held"],
            obstacle=texts["obstacle"],
            note=texts["note"],
            contract=papers["contract"],
            invoice=papers["invoice"],
            paid_up=papers["paid_up"],
            mortgage=papers["mortgage"],
            wants_visit=self.wants_visit.isChecked(),
            wants_evening=self.wants_evening.isChecked(),
        )

    def retranslate(self) -> None:
        self._lives_label.set_text(self.tr("Who lives there"))
        self.lives.set_options(
            [
                (Lives.UNKNOWN.value, self.tr("?")),
                (Lives.OWNER.value, self.tr("Owner")),
                (Lives.TENANT.value, self.tr("Tenant")),
                (Lives.EMPTY.value, self.tr("Empty")),
            ]
        )
        labels = {
            "owner": self.tr("Owner's name"),
            "phone": self.tr("Phone"),
            "papers_held": self.tr("Papers held"),
            "obstacle": self.tr("What stands in the way"),
            "note": self.tr("Note"),
        }
        for name, label in labels.items():
            self._fields[name].set_label(label)
        asked = {
            "contract": self.tr("Contract"),
            "invoice": self.tr("Invoice"),
            "paid_up": self.tr("Paid up"),
            "mortgage": self.tr("Mortgage"),
        }
        for name, label in asked.items():
            self._paper_labels[name].set_text(label)
            self.papers[name].set_options(
                [("", self.tr("?")), ("yes", self.tr("Yes")), ("no", self.tr("No"))]
            )
        self.wants_visit.setText(self.tr("Wants a home visit"))
        self.wants_evening.setText(self.tr("Wants the evening"))
