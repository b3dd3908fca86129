"""The card on which another person confirms, in the place where the first one began the act."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from registration.errors import JilaiError, Problem
from registration.rights import PAIRED, PairedAct
from ui.run import aside
from ui.screens.gate import PasswordEdit
from ui.theme import Tone
from ui.widgets import Card, Field, InlineProblem, PrimaryButton, QuietButton, Text

if TYPE_CHECKING:
    from storage.people import Member
    from storage.second_person import Second
    from ui.services import Services


class SecondPersonCard(Card):
    """`ask(act, about, name)` in; `confirmed(Second)` or `left()` out. Hidden but for the time of the
    question, whose beginning and end `asking(bool)` says.

    Account and password of the other person, who does not take the place at the window. Where nobody else
    can confirm it says so, and takes a reason instead where the act may be done alone.
    """

    confirmed = Signal(object)
    left = Signal()
    asking = Signal(bool)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__("·", parent=parent)
        self._services = services
        self._act, self._about, self._name = PairedAct.VOID_RECEIPT, "", ""
        self._able: list[Member] | None = None  # None while it is being read
        self._round = 0
        self._until = 0.0
        self._countdown = QTimer(self)
        self._countdown.setInterval(250)
        self._countdown.timeout.connect(self._tick)
        self._lead = Text("", "muted", wrap=True)
        self.problem = InlineProblem()
        self.account, self.password, self.reason = QLineEdit(), PasswordEdit(), QLineEdit()
        self.reason.setMaxLength(120)
        self._account_field = Field("", self.account, line=False)
        self._password_field = Field("", self.password, line=False)
        self._reason_field = Field("", self.reason, line=False)
        self.go_button = PrimaryButton("", "Enter")
        self._leave = QuietButton("", "Esc")
        for widget in (
            self._lead, self.problem, self._account_field, self._password_field, self._reason_field,
        ):  # fmt: skip
            self.body.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.go_button)
        row.addWidget(self._leave)
        row.addStretch(1)
        self.body.addLayout(row)
        self.account.returnPressed.connect(self.password.setFocus)
        self.password.returnPressed.connect(self.send)
        self.reason.returnPressed.connect(self.send)
        self.go_button.clicked.connect(self.send)
        self._leave.clicked.connect(self.leave)
        self.hide()
        self.retranslate()

    def ask(self, act: PairedAct, about: str = "", name: str = "") -> None:
        """Ask for the confirmation of an act; `about` and `name`: account and name of whom it is about."""
        self._act, self._about, self._name, self._able = act, about, name, None
        self._round += 1
        self._clear()
        self._fill()
        self.show()
        self.asking.emit(True)
        self._leave.setFocus()
        found = partial(self._found, self._round)
        self._aside(lambda: self._services.door.seconds(act, about), found)

    def act(self) -> PairedAct:
        """Return the act that is, or was last, asked for."""
        return self._act

    def send(self) -> None:
        """Have what was typed looked at."""
        if self._able is None or not self.go_button.isEnabled():
            return
        door, act, about = self._services.door, self._act, self._about
        if not self._able:
            why = self.reason.text()
            if not why.strip():
                self.problem.show_problem(Problem("alone_reason_missing", "reason"))
                self.reason.setFocus()
                return
            self._look(lambda: door.alone(act, why, about))
            return
        account, password = self.account.text(), self.password.text()
        if not account.strip() or not password:
            (self.password if account.strip() else self.account).setFocus()
            return
        self.password.clear()
        self._look(lambda: door.confirm(act, account, password, about))

    def leave(self) -> None:
        """Give the act up."""
        self.put_away()
        self.left.emit()

    def put_away(self) -> None:
        """Hide the card; an answer that is still on its way counts for nothing."""
        self._round += 1
        self._clear()
        self.hide()
        self.asking.emit(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.password.clear()  # the window was locked or turned elsewhere: a password does not wait
        super().hideEvent(event)

    def retranslate(self) -> None:
        self._account_field.set_label(self.tr("Account of the second person"))
        self._password_field.set_label(self.tr("Their password"))
        self._reason_field.set_label(self.tr("Why it is done alone"))
        self.password.set_eye_words(self.tr("Show or hide what is typed"))
        self._leave.set_text(self.tr("Not now"))
        self._fill()

    def _found(self, number: int, able: list[Member]) -> None:
        if number != self._round:
            return
        self._able = able
        if len(able) == 1:
            self.account.setText(able[0].account)
        self._fill()
        if not able:
            (self.reason if PAIRED[self._act].may_be_alone else self._leave).setFocus()
        else:
            (self.password if self.account.text() else self.account).setFocus()

    def _fill(self) -> None:
        title = self.tr("A second person confirms")
        if self._act is PairedAct.REMOVE_PERSON:
            title = self.tr("A second person confirms: {name} is removed").format(name=self._name)
        elif self._act is PairedAct.RESET_PASSWORD:
            title = self.tr("A second person confirms: {name} gets a new password").format(name=self._name)
        self.set_title(title)
        alone = self._able == []
        may_be_alone = PAIRED[self._act].may_be_alone
        if self._able is None:
            said = self.tr("Looking up who can confirm…")
        elif self._able:
            names = self.tr(", ").join(member.name for member in self._able)
            said = self.tr("Asked of {names}. You stay the one at the window; both names are kept.").format(
                names=names
            )
        elif may_be_alone:
            said = self.tr(
                "Nobody else at this machine can confirm. You may go on alone; the reason is kept."
            )
        else:
            said = self.tr("Nobody else at this machine can confirm. The centre can end a person's rights.")
        self._lead.set_text(said)
        for field in (self._account_field, self._password_field):
            field.setVisible(bool(self._able))
        self._reason_field.setVisible(alone and may_be_alone)
        self.go_button.setVisible(bool(self._able) or (alone and may_be_alone))
        self.go_button.set_text(self.tr("Go on alone") if alone else self.tr("Confirm"))

    def _look(self, work: Callable[[], Second]) -> None:
        self.problem.clear()
        self.go_button.set_busy(self.tr("Checking…"))
        number = self._round

        def done(second: Second) -> None:
            if number == self._round:
                self.put_away()
                self.confirmed.emit(second)

        def failed(error: JilaiError) -> None:
            if number == self._round:
                self._fail(error)

        aside(self, self._services.signals, work, done, failed)

    def _fail(self, error: JilaiError) -> None:
        self.go_button.set_busy("")
        if error.code == "unlock_delayed":
            self._until = time.monotonic() + float(error.problem.params.get("seconds", "1"))
            self._countdown.start()
            self._tick()
            return
        self.problem.show_problem(error)
        (self.account if error.problem.field == "account" else self.password).setFocus()

    def _tick(self) -> None:
        left = math.ceil(self._until - time.monotonic())
        self.go_button.setEnabled(left <= 0)
        if left > 0:
            self.problem.show_problem(
                Problem("unlock_delayed", params={"seconds": str(left)}), tone=Tone.AMBER
            )
            return
        self._countdown.stop()
        self.problem.clear()
        self.password.setFocus()

    def _clear(self) -> None:
        self._countdown.stop()
        self.go_button.set_busy("")
        self.problem.clear()
        for edit in (self.account, self.password, self.reason):
            edit.clear()

    def _aside(self, work: Callable[[], list[Member]], done: Callable[[list[Member]], None]) -> None:
        aside(self, self._services.signals, work, done, self.problem.show_problem)
