"""The form beside the list of certificates: who takes it, what comes back for it, what is signed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from registration.collection import HandOver, Taker, Way, digest_of, receipt_text
from registration.errors import Problem
from storage.collecting import ToHandOver
from ui.messages import language
from ui.theme import Tone, look
from ui.widgets import Check, Field, InlineProblem, PrimaryButton, Segmented, Text
from ui.widgets.signature_pad import SignaturePad


class CollectionForm(QWidget):
    """`show_case(row)` in, `given(HandOver)` out. What is signed is bound to the text beside the pad."""

    given = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: ToHandOver | None = None
        self._signed = ""  # the digest of the text that stood there when the first stroke was drawn
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.taker, self.way = Segmented(), Segmented()
        self.number, self.name, self.receipt = QLineEdit(), QLineEdit(), QLineEdit()
        self.lost, self.post = QLineEdit(), QLineEdit()
        for edit in (self.number, self.name, self.receipt, self.lost, self.post):
            edit.setMaxLength(200)
            edit.textChanged.connect(self._say_text)
        self._fields = {edit: Field("", edit, line=False) for edit in
                        (self.number, self.name, self.receipt, self.lost, self.post)}  # fmt: skip
        self.identity, self.mandate, self.on_paper = Check(), Check(), Check()
        self._text, self.pad = Text("", wrap=True), SignaturePad()
        self.pad.setMinimumHeight(look().px(120))
        self.pad.drawn.connect(self._drawn)
        self.problem = InlineProblem()
        self.go_button = PrimaryButton("", "Ctrl Enter")
        self.go_button.clicked.connect(self.hand_out)
        for widget in (
            self.taker, self.way, self._fields[self.number], self._fields[self.name], self.identity,
            self.mandate, self._fields[self.receipt], self._fields[self.lost], self._fields[self.post],
            self._text, self.pad, self.on_paper, self.problem, self.go_button,
        ):  # fmt: skip
            column.addWidget(widget)
        for part in (self.taker, self.way):
            part.chosen.connect(lambda _: self._fit())
        self.on_paper.toggled.connect(lambda _: self._fit())
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def show_case(self, row: ToHandOver) -> None:
        """Begin anew for another case."""
        self._row = row
        for edit in (self.name, self.receipt, self.lost, self.post):
            edit.clear()
        self.number.setText(row.certificate_number)
        for check in (self.identity, self.mandate, self.on_paper):
            check.setChecked(False)
        self.taker.set_value(Taker.OWNER.value)
        self.way.set_value(Way.WINDOW.value)
        self.problem.clear()
        self._again()
        self._fit()

    def hand_out(self) -> None:
        """Say what is in the form; what was signed under another text is signed again."""
        given, drawn = self._given(), bool(self.pad.strokes())
        if drawn and not given.on_paper and given.text_digest != self._signed:
            self._again()
            self.problem.show_problem(Problem("hand_over_text_changed", "strokes"))
            return
        self.given.emit(given)

    def retranslate(self) -> None:
        self.taker.set_options(
            [(Taker.OWNER.value, self.tr("The owner")), (Taker.AGENT.value, self.tr("An agent"))]
        )
        self.taker.set_name(self.tr("Who takes it"))
        self.way.set_options(
            [
                (Way.WINDOW.value, self.tr("Window")),
                (Way.VISIT.value, self.tr("Visit")),
                (Way.POST.value, self.tr("Post")),
            ]
        )
        self.way.set_name(self.tr("How it is handed over"))
        words = (
            self.tr("Certificates, several with a comma"),
            self.tr("Name of the person, as on the document"),
            self.tr("Number on the original receipt that comes back"),
            self.tr("Or why the receipt is lost"),
            self.tr("Number of the letter"),
        )
        for field, label in zip(self._fields.values(), words, strict=True):
            field.set_label(label)
        self.receipt.setPlaceholderText(self.tr("Scan it, or type its number"))
        self.identity.setText(self.tr("Identity document seen"))
        self.mandate.setText(self.tr("Mandate and both identity documents seen"))
        self.on_paper.setText(self.tr("Signed on the printed record"))
        self.pad.set_words(self.tr("Signature of the person who takes it"))
        self.go_button.set_text(self.tr("Hand over"))
        self._say_text()

    def _given(self) -> HandOver:
        row = self._row
        numbers = self.number.text().replace("，", ",").replace("、", ",").split(",")
        given = HandOver(
            household_id=row.household_id if row else "",
            receipt_number=row.receipt_number if row else "",
            certificates=tuple(dict.fromkeys(number.strip() for number in numbers if number.strip())),
            place=row.place if row else "",
            way=Way(self.way.value() or Way.WINDOW.value),
            taker=Taker(self.taker.value() or Taker.OWNER.value),
            taker_name=self.name.text().strip(),
            identity_seen=self.identity.isChecked(),
            mandate_seen=self.mandate.isChecked(),
            receipt_returned=bool(self.receipt.text().strip()),
            receipt_typed=self.receipt.text().strip(),
            receipt_lost=self.lost.text().strip(),
            post_number=self.post.text().strip(),
            on_paper=self.on_paper.isChecked(),
            strokes=() if self.on_paper.isChecked() else self.pad.strokes(),
        )
        return replace(given, text_digest=digest_of(receipt_text(given, language())))

    def _drawn(self) -> None:
        if not self._signed:
            self._signed = self._given().text_digest

    def _again(self) -> None:
        self._signed = ""
        self.pad.clear()

    def _fit(self) -> None:
        post = self.way.value() == Way.POST.value
        self._fields[self.post].setVisible(post)
        self.mandate.setVisible(self.taker.value() == Taker.AGENT.value)
        self.pad.setVisible(not post and not self.on_paper.isChecked())
        self.on_paper.setVisible(not post)
        self._say_text()

    def _say_text(self) -> None:
        row = self._row
        self._text.set_text(receipt_text(self._given(), language()) if row else "")
        owner = self.taker.value() == Taker.OWNER.value
        other = bool(
            row and owner and row.applicant_name and self.name.text().strip() not in ("", row.applicant_name)
        )
        self._fields[self.name].set_hint(
            self.tr("This is not the name on the case.") if other else "", Tone.AMBER if other else None
        )
