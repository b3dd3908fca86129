"""Unlocking: account and password, the wait after wrong tries, and the way in by the recovery key."""

from __future__ import annotations

import math
import time

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from registration.errors import JilaiError, Problem
from ui.screens.gate import Gate, PasswordEdit, Steps
from ui.settings import Settings
from ui.theme import Tone
from ui.widgets import Field, InlineProblem, PrimaryButton, QuietButton, Text


class UnlockScreen(Gate):
    """`unlock_wanted(account, password)` and `recovery_wanted(key, account, password)` out;
    `show_busy`, `show_failure` and `clear` in. Passwords leave the fields as soon as they are sent.
    """

    unlock_wanted = Signal(str, str)
    recovery_wanted = Signal(str, str, str)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(settings, parent)
        self._locked = False
        self._until = 0.0
        self._countdown = QTimer(self)
        self._countdown.setInterval(250)
        self._countdown.timeout.connect(self._tick)
        self._title = Text("", "title")
        self._below = Text("", "muted", wrap=True)
        self.form.addWidget(self._title)
        self.form.addWidget(self._below)
        self.form.addSpacing(6)
        self._problem = InlineProblem()
        self.form.addWidget(self._problem)
        self._pages = Steps()
        self._pages.addWidget(self._build_password())
        self._pages.addWidget(self._build_recovery())
        self.form.addWidget(self._pages)
        self.retranslate()

    def clear(self, *, locked: bool, account: str = "") -> None:
        """Begin afresh. `locked`: a window with work lies behind; `account` is filled in where known."""
        self._locked = locked
        for edit in (self._password, self._key, self._new, self._again):
            edit.clear()
        self._account.setText(account or self._account.text())
        self._problem.clear()
        self._pages.setCurrentIndex(0)
        self.show_busy(False)
        self.retranslate()
        self.shown()

    def switch(self) -> None:
        """Let another person type their account; the window behind stays as it is."""
        self._turn(0)
        self._account.clear()
        self._password.clear()
        self._account.setFocus()

    def show_shut(self, problem: Problem) -> None:
        """Say why the person who was here may not go on."""
        self._problem.show_problem(problem)

    def shown(self) -> None:
        (self._password if self._account.text() else self._account).setFocus()

    def back(self) -> bool:
        if self._pages.currentIndex():
            self._turn(0)
            return True
        return False

    def show_busy(self, busy: bool) -> None:
        self._unlock.set_busy(self.tr("Unlocking…") if busy else "")
        self._recover.set_busy(self.tr("Unlocking…") if busy else "")
        if not busy and self._countdown.isActive():
            self._unlock.setEnabled(False)

    def show_failure(self, error: JilaiError) -> None:
        """Say what was wrong; after several wrong tries, count the wait down."""
        self.show_busy(False)
        if error.code == "unlock_delayed":
            self._until = time.monotonic() + float(error.problem.params.get("seconds", "1"))
            self._countdown.start()
            self._tick()
            return
        self._problem.show_problem(error)
        if error.code == "recovery_wrong":
            self._key.setFocus()
        elif error.code == "password_short":
            self._new_field.show_problem(error.problem)
            self._new.setFocus()
        else:
            self._password.setFocus()

    def retranslate(self) -> None:
        super().retranslate()
        recovering = self._pages.currentIndex() == 1
        if recovering:
            self._title.set_text(self.tr("Open with the recovery key"))
            self._below.set_text(
                self.tr("The key was printed at the first start. Your account gets a new password.")
            )
        elif self._locked:
            self._title.set_text(self.tr("Locked"))
            self._below.set_text(self.tr("Your work is as you left it. Sending goes on."))
        else:
            self._title.set_text(self.tr("Unlock"))
            self._below.set_text(self.tr("Works without a network."))
        self._account_field.set_label(self.tr("Account"))
        self._password_field.set_label(self.tr("Password"))
        self._unlock.set_text(self.tr("Unlock"))
        self._forgot.set_text(self.tr("Use the recovery key"))
        self._other.set_text(self.tr("Another person"))
        self._other.setVisible(self._locked)
        self._key_field.set_label(self.tr("Recovery key"))
        self._key_field.set_hint(self.tr("Seven groups of four, as printed"))
        self._for_field.set_label(self.tr("Account"))
        self._new_field.set_label(self.tr("New password"))
        self._again_field.set_label(self.tr("New password again"))
        self._recover.set_text(self.tr("Open and set the new password"))
        self._return.set_text(self.tr("Back to the password"))
        for edit in (self._password, self._new, self._again):
            edit.set_eye_words(self.tr("Show or hide what is typed"))

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("Enter", self.tr("Unlock")),
            ("F6", self.tr("Another person")),
            ("Esc", self.tr("Back to the password")),
        ]

    def _build_password(self) -> QWidget:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        self._account = QLineEdit()
        self._password = PasswordEdit()
        self._account_field = Field("", self._account, line=False)
        self._password_field = Field("", self._password, line=False)
        self._unlock = PrimaryButton("", "Enter")
        self._forgot = QuietButton("", icon="key-round")
        self._other = QuietButton("", "F6", icon="users")
        for widget in (self._account_field, self._password_field):
            box.addWidget(widget)
        box.addSpacing(8)
        box.addWidget(self._unlock)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._other)
        row.addWidget(self._forgot)
        row.addStretch(1)
        box.addLayout(row)
        box.addStretch(1)
        self._account.returnPressed.connect(self._password.setFocus)
        self._password.returnPressed.connect(self._send)
        self._unlock.clicked.connect(self._send)
        self._forgot.clicked.connect(lambda: self._turn(1))
        self._other.clicked.connect(self.switch)
        return page

    def _build_recovery(self) -> QWidget:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        self._key, self._for = QLineEdit(), QLineEdit()
        self._new, self._again = PasswordEdit(), PasswordEdit()
        self._key_field = Field("", self._key)
        self._for_field = Field("", self._for, line=False)
        self._new_field = Field("", self._new)
        self._again_field = Field("", self._again)
        self._recover = PrimaryButton("", "Enter")
        self._return = QuietButton("", icon="arrow-left")
        for widget in (self._key_field, self._for_field, self._new_field, self._again_field, self._recover):
            box.addWidget(widget)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._return)
        row.addStretch(1)
        box.addLayout(row)
        self._again.returnPressed.connect(self._send_recovery)
        self._recover.clicked.connect(self._send_recovery)
        self._return.clicked.connect(lambda: self._turn(0))
        return page

    def _turn(self, page: int) -> None:
        self._problem.clear()
        self._pages.setCurrentIndex(page)
        self._pages.updateGeometry()
        self.retranslate()
        if page:
            self._for.setText(self._account.text())
            self._key.setFocus()
        else:
            self.shown()

    def _send(self) -> None:
        if self._countdown.isActive() or not self._unlock.isEnabled():
            return
        account, password = self._account.text(), self._password.text()
        if not account.strip() or not password:
            (self._password if account.strip() else self._account).setFocus()
            return
        self._problem.clear()
        self._password.clear()
        self.show_busy(True)
        self.unlock_wanted.emit(account, password)

    def _send_recovery(self) -> None:
        if not self._recover.isEnabled():
            return
        if self._new.text() != self._again.text():
            self._again_field.show_problem(Problem("password_mismatch"))
            return
        if not self._for.text().strip():
            self._problem.show_problem(Problem("account_missing"))
            return
        for field in (self._new_field, self._again_field):
            field.show_problem(None)
        self._problem.clear()
        self.show_busy(True)
        self.recovery_wanted.emit(self._key.text(), self._for.text(), self._new.text())

    def _tick(self) -> None:
        left = math.ceil(self._until - time.monotonic())
        if left <= 0:
            self._countdown.stop()
            self._problem.clear()
            self._unlock.setEnabled(True)
            self._password.setFocus()
            return
        self._unlock.setEnabled(False)
        self._problem.show_problem(Problem("unlock_delayed", params={"seconds": str(left)}), tone=Tone.AMBER)
