"""The card "Only on this machine": binds the data to this machine's keyring, and releases it."""

from __future__ import annotations

from collections.abc import Callable

from registration.errors import JilaiError
from ui.run import aside
from ui.screens.gate import PasswordEdit
from ui.services import Services
from ui.widgets import Card, Field, InlineProblem, SecondaryButton, Text


class BindingCard(Card):
    """Asks the present person's password for either way; `account` says whose that is."""

    def __init__(self, services: Services, account: Callable[[], str]) -> None:
        super().__init__("·")
        self._services, self._binding, self._account = services, services.door.binding, account
        self._on: bool | None = None  # not read yet
        self._lead, self._said = Text("", "muted", wrap=True), Text("", "small", wrap=True)
        self._problem = InlineProblem()
        self._password = PasswordEdit()
        self._field = Field("", self._password)
        self._go = SecondaryButton("", icon="lock")
        for widget in (self._lead, self._problem, self._field, self._go, self._said):
            self.body.addWidget(widget)
        self._go.clicked.connect(self.turn)
        self._password.returnPressed.connect(self.turn)
        self._said.hide()
        self.retranslate()

    def load(self) -> None:
        """Read how it is now, and forget what was typed and said."""
        self._problem.clear()
        self._password.clear()
        self._said.hide()
        aside(self, self._services.signals, self._binding.is_on, self._show, self._fail)

    def turn(self) -> None:
        """Bind or release, with the password that was typed."""
        if self._on is None or not self._go.isEnabled():
            return
        self._problem.clear()
        self._said.hide()
        on, account, password = not self._on, self._account(), self._password.text()
        self._go.set_busy(self.tr("Asking the keyring…"))
        aside(
            self,
            self._services.signals,
            lambda: self._binding.turn(on, account, password),
            self._turned,
            self._fail,
        )

    def retranslate(self) -> None:
        self.set_title(self.tr("Only on this machine"))
        if self._on:
            self._lead.set_text(
                self.tr(
                    "On. Passwords open the data here only; a copy of it, the second copy too, opens"
                    " elsewhere with the recovery key alone."
                )
            )
        else:
            self._lead.set_text(
                self.tr(
                    "Off. Whoever copies the data and knows a password opens it on any machine. When on, half"
                    " of the key stays in this machine's keyring: the second copy then opens on another"
                    " laptop with the recovery key alone. Copies made before go on opening with a password."
                )
            )
        self._field.set_label(self.tr("My password"))
        self._password.set_eye_words(self.tr("Show or hide what is typed"))
        self._go.set_text(self.tr("Turn off") if self._on else self.tr("Turn on"))
        self._said.set_text(
            self.tr("Passwords now open the data on this machine only.")
            if self._on
            else self.tr("Passwords now open the data on any machine.")
        )

    def _show(self, on: bool) -> None:
        self._on = on
        self.retranslate()

    def _turned(self, on: bool) -> None:
        self._go.set_busy("")
        self._password.clear()
        self._show(on)
        self._said.show()

    def _fail(self, error: JilaiError) -> None:
        self._go.set_busy("")
        self._problem.show_problem(error)
        self._password.setFocus()
