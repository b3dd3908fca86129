"""Who can open this machine: the team and its passwords, the own one, the recovery key, the lock."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QHBoxLayout, QWidget

from registration.changes import Changes
from registration.errors import JilaiError
from registration.rights import Act, PairedAct, may
from ui.door import Person
from ui.recovery_sheet import recovery_sheet
from ui.run import Done, Failed, aside
from ui.screens.binding_card import BindingCard
from ui.screens.people_cards import PasswordCard, PersonRow, RecoveryCard
from ui.screens.second_person import SecondPersonCard
from ui.services import Services
from ui.settings import LOCK_MINUTES
from ui.widgets import Card, InlineProblem, Screen, ScrollArea, Segmented, Text
from ui.widgets.layouts import clear

if TYPE_CHECKING:
    from storage.second_person import Second

T = TypeVar("T")


class PeopleScreen(Screen):
    """All blocks on Argon2 or files and runs aside; the door keeps the rights, the page only offers."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._door = services, services.door
        self._team: list[Person] = []
        self._for: Person | None = None
        self._second: Second | None = None  # who confirmed that somebody gets a new password
        outer = QHBoxLayout(self)
        outer.setContentsMargins(24, 20, 12, 20)
        outer.setSpacing(16)
        self._card = Card("·")
        self._lead = Text("", "muted", wrap=True)
        self._problem = InlineProblem()
        self._rows = ScrollArea()
        for widget in (self._lead, self._problem):
            self._card.body.addWidget(widget)
        self._card.body.addWidget(self._rows, 1)
        outer.addWidget(self._card, 6)
        side = ScrollArea()
        side.column.setContentsMargins(0, 0, 12, 0)
        side.column.setSpacing(16)
        self._theirs, self._mine, self._recovery = (
            PasswordCard(own=False),
            PasswordCard(own=True),
            RecoveryCard(),
        )
        self._binding = BindingCard(services, self._account)
        self._lock_card, self._lock = Card("·"), Segmented()
        self._lock_lead = Text("", "muted", wrap=True)
        self._lock_card.body.addWidget(self._lock_lead)
        self._lock_card.body.addWidget(self._lock)
        self.second = SecondPersonCard(services)
        for card in (self.second, self._theirs, self._mine, self._recovery, self._binding, self._lock_card):
            side.column.addWidget(card)
        side.column.addStretch(1)
        outer.addWidget(side, 5)
        self._theirs.hide()
        self._theirs.wanted.connect(lambda _, new: self.admit(new))
        self._theirs.left.connect(self.back)
        self.second.confirmed.connect(lambda second: self._confirmed(self.second.act(), second))
        self.second.left.connect(self.back)
        self._mine.wanted.connect(self.change_password)
        self._recovery.new_wanted.connect(self.new_recovery)
        self._recovery.print_wanted.connect(self._print)
        self._recovery.put_away.connect(self._confirm)
        self._lock.chosen.connect(lambda minutes: services.settings.change(lock_minutes=int(minutes)))
        services.signals.changed.connect(self._changed)
        self.retranslate()

    # -- asked by a person -----------------------------------------------------------------------------

    def ask_password(self, person: Person) -> None:
        """Have somebody of the team type a password for this machine."""
        self.second.put_away()
        self._for, self._second = person, None
        self._mine.hide()  # one password at a time
        if person.has_password:
            self._theirs.hide()
            self.second.ask(PairedAct.RESET_PASSWORD, person.member.account, person.member.name)
        else:
            self._theirs.show()
            self._theirs.begin(person.member.name)

    def _confirmed(self, act: PairedAct, second: Second) -> None:
        """Another person has confirmed what was asked."""
        person = self._for
        if person is None or act is not PairedAct.RESET_PASSWORD:
            self._dismiss(second)
            return
        self._second = second
        self._theirs.show()
        self._theirs.begin(person.member.name)

    def admit(self, password: str) -> None:
        """Let the person in by the password that they typed."""
        person = self._for
        if person is None:
            return

        def done(_: None) -> None:
            self._theirs.succeed("")
            self.back()
            self._reload()

        account, second = person.member.account, self._second
        self._aside(lambda: self._door.admit(account, password, second), done, self._theirs.fail)

    def dismiss(self, person: Person) -> None:
        """Take away somebody's password here, once a second person has confirmed it."""
        self._for = person
        for card in (self._theirs, self._mine):
            card.hide()  # one password at a time
        self.second.ask(PairedAct.REMOVE_PERSON, person.member.account, person.member.name)

    def _dismiss(self, second: Second) -> None:
        person = self._for
        if person is None:
            return

        def done(_: None) -> None:
            self._reload()

        self._aside(lambda: self._door.dismiss(person.member.account, second), done, self._failed)
        self._end_question()

    def change_password(self, old: str, new: str) -> None:
        """Give the own account another password."""
        mine = self._myself()
        if mine is None:
            return
        done = self.tr("Your password is changed. The next unlock asks for the new one.")
        account = mine.member.account
        self._aside(
            lambda: self._door.change_password(account, old, new),
            lambda _: self._mine.succeed(done),
            self._mine.fail,
        )

    def new_recovery(self) -> None:
        """Make and show another recovery key."""

        def show(key: str) -> None:
            self._mine.hide()  # the whole key has to be in sight
            self._recovery.show_key(key)

        self._aside(self._door.new_recovery, show, self._recovery.fail)

    # -- the screen ------------------------------------------------------------------------------------

    def shown(self) -> None:
        self._problem.clear()
        self._reload()
        self._binding.load()
        self._lock.set_value(str(self._services.settings.value.lock_minutes))

    def back(self) -> bool:
        if self._for is None:
            return False
        self._end_question()
        return True

    def _end_question(self) -> None:
        self._for = self._second = None
        self._theirs.hide()
        self.second.put_away()
        self._mine.show()

    def keys(self) -> list[tuple[str, str]]:
        return [("Shift+F12", self.tr("Lock for another person")), ("Esc", self.tr("Not now"))]

    def retranslate(self) -> None:
        self._card.set_title(self.tr("People of this machine"))
        self._lead.set_text(
            self.tr("The centre names people and gives roles. Here each gets a password of their own.")
        )
        for card in (self.second, self._theirs, self._mine, self._recovery, self._binding):
            card.retranslate()
        self._lock_card.set_title(self.tr("Lock when untouched"))
        self._lock_lead.set_text(self.tr("Everything stays as it is behind the lock; sending goes on."))
        words = {0: self.tr("Never")}
        self._lock.set_options(
            [(str(m), words.get(m) or self.tr("{n} min").format(n=m)) for m in LOCK_MINUTES]
        )
        self._show_team()

    def _myself(self) -> Person | None:
        operator_id = self._services.who.operator_id
        return next((person for person in self._team if person.member.id == operator_id), None)

    def _account(self) -> str:
        mine = self._myself()
        return "" if mine is None else mine.member.account

    def _reload(self) -> None:
        self._aside(self._door.team, self._loaded, self._failed)

    def _loaded(self, team: list[Person]) -> None:
        self._team = team
        self._problem.clear()
        self._show_team()

    def _show_team(self) -> None:
        clear(self._rows.column)
        may_change = may(self._services.who.role, Act.PEOPLE)
        for card in (self._recovery, self._binding):
            card.setVisible(may_change)
        now, mine = self._services.clock(), self._myself()
        for person in self._team:
            row = PersonRow(person, now, mine=person is mine, may_change=may_change)
            row.admit_wanted.connect(lambda person=person: self.ask_password(person))
            row.dismiss_wanted.connect(lambda person=person: self.dismiss(person))
            self._rows.column.addWidget(row)
        self._rows.column.addStretch(1)

    def _changed(self, changes: Changes) -> None:
        if changes.account and self.isVisible():
            self._reload()

    def _failed(self, error: JilaiError) -> None:
        self._problem.show_problem(error)

    def _confirm(self) -> None:
        done = self.tr("The new key counts. Tear up the old sheet.")

        def confirmed(_: None) -> None:
            self._mine.show()
            self._recovery.show_key("")
            self._recovery.say(done)

        self._aside(self._door.confirm_recovery, confirmed, self._recovery.fail)

    def _print(self, key: str) -> None:
        services, mine = self._services, self._myself()
        draw = recovery_sheet(key, mine.member.account if mine else "", services.clock())
        printer = services.settings.value.a4_printer
        sent = self.tr("Sent to the printer.")
        self._aside(
            lambda: services.press.send(draw(), printer, "Jilai"),
            lambda _: self._recovery.say(sent),
            self._recovery.fail,
        )

    def _aside(self, work: Callable[[], T], done: Done[T], failed: Failed) -> None:
        aside(self, self._services.signals, work, done, failed)
