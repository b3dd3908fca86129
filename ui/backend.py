"""What the window asks of main: the vault's door. Every call but `lock` is made off the main thread."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ui.services import Press, Services

if TYPE_CHECKING:
    from storage.restore import Progress, Restored


@dataclass(frozen=True)
class NewVault:
    """What a person enters at the first start. Not printed: the password stays out of every log."""

    account: str
    name: str
    password: str = field(repr=False)
    centre_url: str = ""
    enrolment_code: str = field(default="", repr=False)
    centre_pin: str = ""  # SHA-256 hex of the centre's key, where an enrolment link brought it


@dataclass(frozen=True)
class Created:
    """A new vault, already open: the recovery key to show once, and what the screens need."""

    recovery_key: str = field(repr=False)
    services: Services


class Backend(Protocol):
    """main implements it. All failures are JilaiError, so the window has words for them."""

    @property
    def centre_given(self) -> bool:
        """True when main knows the centre (demonstration, command line): first run asks for no address."""

    @property
    def press(self) -> Press:
        """Printing works before the vault is open, for the recovery key."""

    def has_vault(self) -> bool:
        """Say whether this data directory holds a vault. Quick; called on the main thread."""

    def create_vault(self, wish: NewVault) -> Created:
        """Create vault, database and device, and start the workers. Argon2: slow.

        Raises InputError account_missing, password_short; MachineError disk_full, disk_read_only.
        """

    def unlock(self, account: str, password: str) -> Services:
        """Open the vault, or the locked window again; `who` is the account's operator. Argon2: slow.

        Raises InputError unlock_failed (whichever of both is wrong) or unlock_delayed with `seconds`.
        """

    def recover(self, recovery_key: str, account: str, password: str) -> Services:
        """Open the vault by its recovery key and give this account the new password. Argon2: slow.

        Raises InputError recovery_wrong, password_short, unlock_delayed.
        """

    def restore(self, folder: Path, account: str, password: str, progress: Progress) -> Restored | None:
        """Take over a second copy as this machine's data; None where `progress` stopped it. Slow.

        Raises InputError unlock_failed, unlock_delayed; MachineError copy_none, copy_gone, copy_unsound,
        disk_full, disk_read_only.
        """

    def lock(self) -> None:
        """The window has been locked. Quick; sending goes on."""
