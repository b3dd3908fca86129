"""Cards of the page People: a line for each person, a password typed by its owner, a new recovery key."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from registration.errors import JilaiError, Problem
from registration.rights import Role
from ui.door import Person
from ui.screens.gate import PasswordEdit
from ui.theme import Tone
from ui.widgets import (
    Card,
    Check,
    Chip,
    Field,
    InlineProblem,
    Line,
    PrimaryButton,
    QuietButton,
    SecondaryButton,
    Text,
)


class PersonRow(QWidget):
    """One of the team; `admit_wanted` and `dismiss_wanted` out."""

    admit_wanted = Signal()
    dismiss_wanted = Signal()

    def __init__(self, person: Person, now: datetime, *, mine: bool, may_change: bool) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        row = QHBoxLayout()
        row.setSpacing(12)
        member = person.member
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(Text(member.name, "strong"))
        names.addWidget(Text(self._below(person, mine), "muted", wrap=True))
        row.addLayout(names, 1)
        row.addWidget(self._chip(person, now))
        if may_change and member.active and not mine:
            button = QuietButton(self.tr("Remove"))
            button.clicked.connect(self.dismiss_wanted)
            admit = QuietButton(self.tr("New password…") if person.has_password else self.tr("Let in…"))
            admit.clicked.connect(self.admit_wanted)
            row.addWidget(admit)
            button.setVisible(person.has_password)
            row.addWidget(button)
        box.addLayout(row)
        box.addWidget(Line())

    def _below(self, person: Person, mine: bool) -> str:
        member = person.member
        parts = [member.account, self.role(member.role)]
        if member.ends is not None and member.active:
            parts.append(self.tr("rights until {day}").format(day=f"{member.ends.astimezone():%Y-%m-%d}"))
        if mine:
            parts.append(self.tr("you"))
        return " · ".join(parts)

    def role(self, role: Role) -> str:
        return {
            Role.OPERATOR: self.tr("Operator"),
            Role.HELPER: self.tr("Helper, prepares"),
            Role.REVIEWER: self.tr("Reviewer, reads here"),
            Role.AUDITOR: self.tr("Auditor, reads"),
            Role.ADMINISTRATOR: self.tr("Administrator, no cases"),
        }[role]

    def _chip(self, person: Person, now: datetime) -> Chip:
        if not person.member.active:
            return Chip(self.tr("No rights"), Tone.SEAL)
        if person.member.ended(now):
            return Chip(self.tr("Rights ended"), Tone.SEAL)
        if not person.has_password:
            return Chip(self.tr("No password here"), Tone.PLAIN)
        if person.member.days_left(now) is not None:
            return Chip(self.tr("Rights end soon"), Tone.AMBER)
        return Chip(self.tr("Can open"), Tone.PRIMARY)


class PasswordCard(Card):
    """`wanted(old, new)`: for the own password with the old one, for somebody else's without."""

    wanted = Signal(str, str)
    left = Signal()

    def __init__(self, *, own: bool) -> None:
        super().__init__("·")
        self._own = own
        self._name = ""
        self._lead = Text("", "muted", wrap=True)
        self._old, self._new, self._again = PasswordEdit(), PasswordEdit(), PasswordEdit()
        self._fields = [
            Field("", edit, line=edit is self._again) for edit in (self._old, self._new, self._again)
        ]
        self._problem = InlineProblem()
        self._go = SecondaryButton("")
        self._leave = QuietButton("")
        for widget in (self._lead, self._problem, *self._fields):
            self.body.addWidget(widget)
        self._fields[0].setVisible(own)
        row = QHBoxLayout()
        row.addWidget(self._go)
        row.addWidget(self._leave)
        row.addStretch(1)
        self._leave.setVisible(not own)
        self.body.addLayout(row)
        self._done = Text("", "small", wrap=True)
        self.body.addWidget(self._done)
        self._old.returnPressed.connect(self._new.setFocus)
        self._new.returnPressed.connect(self._again.setFocus)
        self._again.returnPressed.connect(self.send)
        self._go.clicked.connect(self.send)
        self._leave.clicked.connect(self.left)
        self.say("")
        self.retranslate()

    def begin(self, name: str) -> None:
        """Ask this person for a password."""
        self._name = name
        self._clear()
        self.say("")
        self.retranslate()
        (self._old if self._own else self._new).setFocus()

    def send(self) -> None:
        """Hand on what was typed, once both agree."""
        if not self._go.isEnabled():
            return
        same = self._new.text() == self._again.text()
        self._fields[2].show_problem(None if same else Problem("password_mismatch"))
        if not same:
            self._again.setFocus()
            return
        self._problem.clear()
        self._go.set_busy(self.tr("Setting the password…"))
        self.wanted.emit(self._old.text(), self._new.text())

    def succeed(self, words: str) -> None:
        self._go.set_busy("")
        self._clear()
        self.say(words)

    def fail(self, error: JilaiError) -> None:
        self._go.set_busy("")
        self._problem.show_problem(error)
        (self._old if error.code == "unlock_failed" and self._own else self._new).setFocus()

    def say(self, words: str) -> None:
        self._done.set_text(words)
        self._done.setVisible(bool(words))

    def retranslate(self) -> None:
        if self._own:
            self.set_title(self.tr("My password"))
            self._lead.set_text(
                self.tr("Only on this machine. Nobody else can see it or set it back unseen.")
            )
        else:
            self.set_title(self.tr("Password for {name}").format(name=self._name))
            self._lead.set_text(self.tr("{name} types it, nobody else.").format(name=self._name))
        for field, words in zip(
            self._fields,
            (self.tr("Password now"), self.tr("New password"), self.tr("New password again")),
            strict=True,
        ):
            field.set_label(words)
        for edit in (self._old, self._new, self._again):
            edit.set_eye_words(self.tr("Show or hide what is typed"))
        self._go.set_text(self.tr("Set the password"))
        self._leave.set_text(self.tr("Not now"))

    def _clear(self) -> None:
        for edit in (self._old, self._new, self._again):
            edit.clear()
        for field in self._fields:
            field.show_problem(None)
        self._problem.clear()


class RecoveryCard(Card):
    """`new_wanted`, `print_wanted(key)` and `put_away` out; a key is on the screen until it is put away."""

    new_wanted = Signal()
    print_wanted = Signal(str)
    put_away = Signal()

    def __init__(self) -> None:
        super().__init__("·")
        self._key = ""
        self._lead = Text("", "muted", wrap=True)
        self._problem = InlineProblem()
        self._well = QFrame()
        self._well.setObjectName("Well")
        grid = QGridLayout(self._well)
        grid.setContentsMargins(16, 14, 16, 14)
        self._groups = [Text("", "heading") for _ in range(7)]
        for place, label in enumerate(self._groups):
            grid.addWidget(label, place // 4, place % 4)
        self._make = SecondaryButton("", icon="key-round")
        self._print = SecondaryButton("", icon="printer")
        self._safe = Check()
        self._go = PrimaryButton("")
        self._done = Text("", "small", wrap=True)
        for widget in (
            self._lead, self._problem, self._make, self._well, self._print, self._safe, self._go, self._done,
        ):  # fmt: skip
            self.body.addWidget(widget)
        self._make.clicked.connect(self.new_wanted)
        self._print.clicked.connect(lambda: self.print_wanted.emit(self._key))
        self._safe.toggled.connect(self._go.setEnabled)
        self._go.clicked.connect(self.put_away)
        self.say("")
        self._show()
        self.retranslate()

    def show_key(self, key: str) -> None:
        """Show a new key; "" takes it off the screen."""
        self._key = key
        for group, label in zip((key.split("-") + [""] * 7)[:7], self._groups, strict=True):
            label.set_text(group)
        self._safe.setChecked(False)
        self._go.setEnabled(False)
        self._problem.clear()
        self.say("")
        self._show()

    def say(self, words: str) -> None:
        self._done.set_text(words)
        self._done.setVisible(bool(words))

    def fail(self, error: JilaiError) -> None:
        self._problem.show_problem(error)

    def retranslate(self) -> None:
        self.set_title(self.tr("Recovery key"))
        self._lead.set_text(
            self.tr(
                "Opens this machine when a password is forgotten. A new one is good once you say that it is"
                " put away; until then the printed one before it goes on opening."
            )
        )
        self._make.set_text(self.tr("Make a new key"))
        self._print.set_text(self.tr("Print"))
        self._safe.setText(self.tr("I have put the new key away"))
        self._go.set_text(self.tr("The old key no longer counts"))

    def _show(self) -> None:
        self._make.setVisible(not self._key)
        for widget in (self._well, self._print, self._safe, self._go):
            widget.setVisible(bool(self._key))
