"""The door: who can open this machine, the keys for a bad day, and what follows when the centre says no."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from registration.errors import InputError, Problem
from registration.rights import OFFLINE_DAYS, PAIRED, PairedAct, may
from ui.binding import Binding

if TYPE_CHECKING:
    from storage.database import Store
    from storage.people import Member
    from storage.second_person import Alone, Second
    from storage.values import Who
    from storage.vault import Vault
    from sync.status import SyncStatus

_log = logging.getLogger(__name__)
_REVOKED = "device_revoked"
_NO_RIGHTS = "operator_revoked"


@dataclass(frozen=True)
class Person:
    """One of the team, and whether a password of theirs opens this machine."""

    member: Member
    has_password: bool


class Door:
    """Every call blocks on files, the store or Argon2: for `ui.run.aside`, but for the two values below.

    `shut(problem)` is called, on any thread, when nobody, or not the present person, may go on here.
    Failures are InputError and MachineError, as storage.vault and storage.people raise them.
    """

    def __init__(
        self,
        vault: Vault,
        folder: Path,
        store: Store,
        clock: Callable[[], datetime],
        who: Callable[[], Who],
        shut: Callable[[Problem], None],
    ) -> None:
        self._vault, self._folder, self._store = vault, folder, store
        self._clock, self._who, self._shut = clock, who, shut
        self.binding = Binding(vault.folder, store, clock, who)
        self._confirmed = vault.recovery_confirmed
        self._sealed = False

    # -- values that cost nothing -------------------------------------------------------------------------

    @property
    def recovery_waiting(self) -> bool:
        """Say whether nobody has yet said that the printed recovery key is put away."""
        return not self._confirmed

    # -- what a person asks for ---------------------------------------------------------------------------

    def team(self) -> list[Person]:
        """Return everybody whom the centre named: the present person, then who can work here."""
        from storage.people import team

        people = [Person(found, self._vault.has_operator(found.account)) for found in self._store.read(team)]
        mine = self._who().operator_id
        return sorted(
            people, key=lambda one: (one.member.id != mine, not one.has_password, not one.member.active)
        )

    def myself(self) -> Member | None:
        """Return the present person as the team has them."""
        from storage.people import member

        operator_id = self._who().operator_id
        return self._store.read(lambda db: member(db, operator_id))

    def warning(self) -> Problem | None:
        """Return what the present person has to hear about the end of their rights, or None."""
        mine, now = self.myself(), self._clock()
        if mine is None or (left := mine.days_left(now)) is None:
            return None
        return (
            Problem("rights_ended", params={"days": str(OFFLINE_DAYS)})
            if mine.ended(now)
            else (Problem("rights_ending", params={"days": str(left)}))
        )

    def change_password(self, account: str, old: str, new: str) -> None:
        """Give the own account another password."""
        from storage.people import note_password

        self._vault.change_password(account, old, new)
        who, now = self._who(), self._clock()
        self._store.write(lambda db: note_password(db, who, now)).result()

    def admit(self, account: str, password: str, second: Second | None = None) -> None:
        """Let somebody whom the centre named open this machine by the password that they typed.

        Where they have one already, as a second person confirmed: InputError second_person_missing else.
        """
        from storage.people import note_admitted
        from storage.vault import check_password

        check_password(account, password)
        who, now = self._who(), self._clock()
        again = self._vault.has_operator(account)
        self._store.write(
            lambda db: note_admitted(db, who, now, account, again=again, second=second)
        ).result()
        self._vault.add_operator(account, password)

    def dismiss(self, account: str, second: Second | None) -> None:
        """Take away somebody's password here, as a second person confirmed; what they took in stays."""
        from storage.people import note_dismissed

        who, now = self._who(), self._clock()
        self._store.write(lambda db: note_dismissed(db, who, now, account, second)).result()
        self._vault.remove_operator(account)

    # -- what takes two persons ----------------------------------------------------------------------------

    def seconds(self, act: PairedAct, about: str = "") -> list[Member]:
        """Return who can confirm an act here beside the present person; not the account that it is about."""
        mine = self._who().operator_id
        return [
            one.member
            for one in self.team()
            if one.has_password
            and one.member.active
            and one.member.id != mine
            and one.member.account.casefold() != about.casefold()
            and may(one.member.role, PAIRED[act].act)
        ]

    def confirm(self, act: PairedAct, account: str, password: str, about: str = "") -> Who:
        """Return who confirmed, by account and password; whoever is at the window stays there.

        InputError second_person_unable for one who cannot confirm, second_person_wrong for a wrong password,
        and unlock_delayed: wrong tries count as they do for unlocking.
        """
        from storage.device import who_for
        from storage.vault import Vault

        able = {found.account.casefold() for found in self.seconds(act, about)}
        if account.strip().casefold() not in able:
            raise InputError("second_person_unable", field="account")
        try:
            Vault.unlock(self._folder, account, password)
        except InputError as error:
            if error.code == "unlock_failed":
                raise InputError("second_person_wrong", field="password") from error
            raise
        second = self._store.read(lambda db: who_for(db, account))
        if second is None:  # its rights ended while the password was tried
            raise InputError("second_person_unable", field="account")
        return second

    def alone(self, act: PairedAct, reason: str, about: str = "") -> Alone:
        """Return the statement that nobody else here can confirm; InputError second_person_missing where
        somebody can, or where the act is never done alone."""
        from storage.second_person import Alone

        if not PAIRED[act].may_be_alone or self.seconds(act, about):
            raise InputError("second_person_missing")
        return Alone(reason.strip())

    def new_recovery(self) -> str:
        """Return another recovery key, to be shown once; the one before opens until `confirm_recovery`."""
        from registration.rights import Act, require

        require(self._who().role, Act.PEOPLE)
        return self._vault.new_recovery()

    def confirm_recovery(self) -> None:
        """Take down that the key shown last is put away."""
        from storage.people import note_recovery

        self._vault.confirm_recovery()
        self._confirmed = True
        who, now = self._who(), self._clock()
        self._store.write(lambda db: note_recovery(db, who, now)).result()

    # -- what the centre's word brings ---------------------------------------------------------------------

    def look(self) -> None:
        """After a change of device or team: leave the centre its key, and let nobody in who has no rights."""
        from storage.device import read_device
        from storage.people import team

        device = self._store.read(read_device)
        if (
            device is not None
            and device.recovery_key is not None
            and self._vault.entrust(device.recovery_key)
        ):
            _log.info("a recovery key was left for the centre")
        people = self._store.read(team)
        able = {found.account.casefold() for found in people if found.active}
        for found in people:
            if (
                found.active
                or found.account.casefold() in able
                or not self._vault.has_operator(found.account)
            ):
                continue
            try:
                self._vault.remove_operator(found.account)
            except InputError:
                self._seal("operator_refused")
                return
            if found.id == self._who().operator_id:
                self._shut(Problem("operator_removed"))

    def hear(self, status: SyncStatus) -> None:
        """Follow a word of the centre that ends rights: of this device, or of the present person."""
        from storage.people import note_refused

        problem = status.problem
        if problem is None:
            return
        if problem.code == _REVOKED:
            self._seal(_REVOKED)
        elif problem.params.get("server_code") == _NO_RIGHTS:
            operator_id = self._who().operator_id
            self._store.write(lambda db: note_refused(db, operator_id)).result()

    def _seal(self, reason: str) -> None:
        """Leave the centre's way in alone; what is queued is handed over while the program runs."""
        from storage.people import note_sealed
        from storage.vault import Vault

        if self._sealed or not Vault.seal(self._folder):
            return  # never enrolled: sealed, it would open to nobody
        self._sealed = True
        now = self._clock()
        self._store.write(lambda db: note_sealed(db, now, reason)).result()
        _log.warning("the vault was sealed: %s", reason)
        self._shut(Problem("vault_sealed"))
