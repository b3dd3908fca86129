"""Whether this machine's passwords open its data here only, and what a person may do about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from registration.rights import Act, require

if TYPE_CHECKING:
    from storage.binding import Keeper
    from storage.database import Store
    from storage.values import Who


class Binding:
    """Every call blocks on files, the keyring and Argon2: for `ui.run.aside`.

    Failures are InputError and MachineError, as storage.vault_binding raises them.
    """

    def __init__(
        self, folder: Path, store: Store, clock: Callable[[], datetime], who: Callable[[], Who]
    ) -> None:
        self._folder, self._store, self._clock, self._who = folder, store, clock, who

    def is_on(self) -> bool:
        """Say whether passwords open the data on this machine alone."""
        from storage.vault_binding import is_bound

        return is_bound(self._folder)

    def turn(self, on: bool, account: str, password: str, keeper: Keeper | None = None) -> bool:
        """Bind the data to this machine or release it, and record it; return whether it is bound.

        `keeper` keeps the secret, by default the system's keyring.
        """
        from storage.binding import SecretService
        from storage.people import note_binding
        from storage.vault_binding import bind, release

        require(self._who().role, Act.PEOPLE)
        (bind if on else release)(self._folder, account, password, keeper or SecretService())
        who, now = self._who(), self._clock()
        self._store.write(lambda db: note_binding(db, who, now, on)).result()
        return on
