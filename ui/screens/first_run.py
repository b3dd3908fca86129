"""The first start: who works here, which centre, and the recovery key that is shown once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from registration.errors import JilaiError, Problem
from registration.link import EnrolLink, read_enrol_link
from ui.backend import NewVault
from ui.password_strength import Strength, strength_of
from ui.recovery_sheet import recovery_sheet
from ui.screens.gate import Gate, PasswordEdit, Steps
from ui.settings import Settings
from ui.theme import Tone
from ui.widgets import Check, Field, InlineProblem, PrimaryButton, QuietButton, SecondaryButton, Text


class FirstRunScreen(Gate):
    """`create_wanted(NewVault)`, `print_wanted(draw)`, `save_wanted(draw, path)` and `put_away()` out, where
    `draw()` makes the recovery sheet's PDF and belongs aside; `show_recovery` and `show_sheet_done` in.

    `centre_given`: main knows the centre, so address and enrolment code are not asked for.
    """

    create_wanted = Signal(object)
    print_wanted = Signal(object)
    save_wanted = Signal(object, str)
    put_away = Signal()
    copy_wanted = Signal()

    def __init__(self, settings: Settings, *, centre_given: bool, parent: QWidget | None = None) -> None:
        super().__init__(settings, parent)
        self._centre_given = centre_given
        self._recovery = ""
        self._done = ""
        self._title = Text("", "title")
        self._below = Text("", "muted", wrap=True)
        self.form.addWidget(self._title)
        self.form.addWidget(self._below)
        self.form.addSpacing(4)
        self._problem = InlineProblem()
        self.form.addWidget(self._problem)
        self._pages = Steps()
        self._pages.addWidget(self._build_account())
        self._pages.addWidget(self._build_recovery())
        self.form.addWidget(self._pages)
        self.retranslate()

    def shown(self) -> None:
        self._account.setFocus()

    def show_busy(self, busy: bool) -> None:
        self._create.set_busy(self.tr("Creating the vault…") if busy else "")

    def show_failure(self, error: JilaiError) -> None:
        """Show it at its field where it has one, above the form otherwise."""
        self.show_busy(False)
        field = {"account": self._account_field, "password": self._password_field}.get(error.problem.field)
        if field is not None:
            field.show_problem(error.problem)
            field.editor.setFocus()
        else:
            self._problem.show_problem(error)

    def show_recovery(self, key: str, account: str = "") -> None:
        """Show the recovery key; from here the way on leads through "I have put it away".

        `account`: who is here, where this page comes later than the first start.
        """
        if account:
            self._account.setText(account)
        self.show_busy(False)
        for edit in (self._password, self._again, self._code):
            edit.clear()
        self._recovery = key
        self._problem.clear()
        for group, label in zip(key.split("-"), self._groups, strict=False):
            label.set_text(group)
        self._pages.setCurrentIndex(1)
        self._pages.updateGeometry()
        self.retranslate()
        self._print.setFocus()

    def show_sheet_done(self, what: Literal["printed", "saved"]) -> None:
        """The sheet went to the printer, or to its file."""
        self._print.set_busy("")
        self._problem.clear()
        self._done = what
        self._say_done()

    def show_sheet_failed(self, error: JilaiError) -> None:
        """The sheet went nowhere; the key is still on the screen."""
        self._print.set_busy("")
        self._problem.show_problem(error)

    def retranslate(self) -> None:
        super().retranslate()
        if self._pages.currentIndex() == 0:
            self._title.set_text(self.tr("Set up this machine"))
            self._below.set_text(self.tr("Once, by the operator who works here. It takes a minute."))
        else:
            self._title.set_text(self.tr("Keep this recovery key"))
            self._below.set_text(
                self.tr(
                    "Whoever has it can open this machine when the password is forgotten. It is shown only"
                    " now: print it and lock it away, not beside the machine."
                )
            )
        self._account_field.set_label(self.tr("Account"))
        self._account_field.set_hint(self.tr("What you type to unlock"))
        self._name_field.set_label(self.tr("Your name"))
        self._name_field.set_hint(self.tr("Printed on receipts"))
        self._password_field.set_label(self.tr("Password"))
        self._again_field.set_label(self.tr("Password again"))
        self._url_field.set_label(self.tr("Address of the centre"))
        self._code_field.set_label(self.tr("Enrolment code"))
        self._code_field.set_hint(self.tr("From the administrator, good for one machine"))
        self._url_field.set_hint(self.tr("May be left empty and set later"))
        self._create.set_text(self.tr("Create and go on"))
        self._from_copy.set_text(self.tr("Open from a second copy…"))
        self._print.set_text(self.tr("Print"))
        self._save.set_text(self.tr("Save as PDF"))
        self._safe.setText(self.tr("I have put the recovery key away"))
        self._go.set_text(self.tr("Begin"))
        for edit in (self._password, self._again):
            edit.set_eye_words(self.tr("Show or hide what is typed"))
        self._judge()
        self._say_done()

    def keys(self) -> list[tuple[str, str]]:
        return [("Enter", self.tr("Go on"))]

    def _build_account(self) -> QWidget:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        self._account, self._name = QLineEdit(), QLineEdit()
        self._password, self._again = PasswordEdit(), PasswordEdit()
        self._url, self._code = QLineEdit(), QLineEdit()
        self._url.setPlaceholderText("https://")
        self._account_field = Field("", self._account)
        self._name_field = Field("", self._name)
        self._password_field = Field("", self._password)
        self._again_field = Field("", self._again)
        self._url_field = Field("", self._url)
        self._code_field = Field("", self._code)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.addWidget(self._account_field, 0, 0)
        grid.addWidget(self._name_field, 0, 1)
        grid.addWidget(self._password_field, 1, 0)
        grid.addWidget(self._again_field, 1, 1)
        grid.addWidget(self._url_field, 2, 0, 1, 2)
        grid.addWidget(self._code_field, 3, 0, 1, 2)
        box.addLayout(grid)
        for field in (self._url_field, self._code_field):
            field.setVisible(not self._centre_given)
        self._create = PrimaryButton("", "Enter")
        box.addSpacing(6)
        box.addWidget(self._create)
        self._create.clicked.connect(self._send)
        self._from_copy = QuietButton("")
        self._from_copy.clicked.connect(self.copy_wanted)
        box.addWidget(self._from_copy)
        order = [self._account, self._name, self._password, self._again]
        order += [] if self._centre_given else [self._url, self._code]
        for edit, after in pairwise(order):
            edit.returnPressed.connect(after.setFocus)
        order[-1].returnPressed.connect(self._send)
        self._password.textChanged.connect(self._judge)
        self._again.textChanged.connect(lambda: self._again_field.show_problem(None))
        return page

    def _build_recovery(self) -> QWidget:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        well = QFrame()
        well.setObjectName("Well")
        grid = QGridLayout(well)
        grid.setContentsMargins(24, 20, 24, 20)
        grid.setSpacing(12)
        self._groups = [Text("", "title") for _ in range(7)]
        for place, label in enumerate(self._groups):
            grid.addWidget(label, place // 4, place % 4)
        box.addWidget(well)
        row = QHBoxLayout()
        row.setSpacing(12)
        self._print = SecondaryButton("", icon="printer")
        self._save = SecondaryButton("", icon="save")
        row.addWidget(self._print, 1)
        row.addWidget(self._save, 1)
        box.addLayout(row)
        self._news = Text("", "small")
        box.addWidget(self._news)
        self._safe = Check()
        box.addWidget(self._safe)
        self._go = PrimaryButton("", "Enter")
        self._go.setEnabled(False)
        box.addWidget(self._go)
        box.addStretch(1)
        self._safe.toggled.connect(self._go.setEnabled)
        self._safe.toggled.connect(lambda on: self._go.setFocus() if on else None)
        self._go.clicked.connect(self.put_away)
        self._print.clicked.connect(self._send_print)
        self._save.clicked.connect(self._save_sheet)
        return page

    def _judge(self) -> None:
        strength = strength_of(self._password.text())
        words, tone = {
            Strength.EMPTY: (self.tr("At least 8 characters"), None),
            Strength.SHORT: (self.tr("Too short"), Tone.AMBER),
            Strength.WEAK: (self.tr("Easy to guess"), Tone.AMBER),
            Strength.FAIR: (self.tr("Fair"), Tone.PRIMARY),
            Strength.STRONG: (self.tr("Strong"), Tone.PRIMARY),
        }[strength]
        self._password_field.show_problem(None)
        self._password_field.set_hint(words, tone)

    def _send(self) -> None:
        if not self._create.isEnabled():
            return
        self._problem.clear()
        missing = [f for f in (self._account_field, self._name_field) if not _text(f).strip()]
        for field in (self._account_field, self._name_field):
            field.show_problem(Problem("account_missing") if field in missing else None)
        if missing:
            missing[0].editor.setFocus()
            return
        if self._password.text() != self._again.text():
            self._again_field.show_problem(Problem("password_mismatch"))
            self._again.setFocus()
            return
        self.show_busy(True)
        url, code = self._url.text().strip(), self._code.text().strip()
        link = read_enrol_link(url) or read_enrol_link(code) or EnrolLink(url, code)
        self.create_wanted.emit(
            NewVault(
                self._account.text().strip(),
                self._name.text().strip(),
                self._password.text(),
                link.centre_url,
                link.code,
                link.pin,
            )
        )

    def _send_print(self) -> None:
        self._print.set_busy(self.tr("Printing…"))
        self.print_wanted.emit(self._sheet())

    def _save_sheet(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save as PDF"), str(Path.home() / "jilai-recovery.pdf"), "PDF (*.pdf)"
        )
        if chosen:
            self.save_wanted.emit(self._sheet(), chosen)

    def _sheet(self) -> Callable[[], bytes]:
        return recovery_sheet(self._recovery, self._account.text(), datetime.now().astimezone())

    def _say_done(self) -> None:
        self._news.set_text(
            {
                "printed": self.tr("Sent to the printer."),
                "saved": self.tr("Saved. Keep the file away from this machine."),
            }.get(self._done, self.tr("Not printed or saved yet."))
        )

    def forget(self) -> None:
        """The key is put away: nothing of it stays on the screen."""
        self._recovery = ""
        for label in self._groups:
            label.set_text("")


def _text(field: Field) -> str:
    editor = field.editor
    return editor.text() if isinstance(editor, QLineEdit) else ""
