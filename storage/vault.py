"""The vault: key slots by which passwords, the recovery key and the centre unlock the one data key."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from registration import recovery_text
from registration.errors import InputError
from storage import vault_binding, vault_file, vault_slots
from storage.binding import Keeper, SecretService
from storage.crypto import Cost, suite_of
from storage.crypto.suite import KEY
from storage.escrow import entrust
from storage.pages import PageFiles
from storage.vault_file import Delay, Slot, VaultFile
from storage.vault_slots import CENTRE, KEY_SLOTS, NEXT_RECOVERY, RECOVERY

PASSWORD_LEAST = 8
_KDF = {"memory_kib": 64 * 1024, "time": 3, "lanes": 4}  # RFC 9106, second recommended option: the floor
_MOST_PASSES = 16
_WANTED_SECONDS = 0.25  # of one guess on this machine; an unlock stays under half a second


class Vault:
    """An unlocked vault: holds the data key in memory and derives the keys of database and pages from it."""

    def __init__(
        self, folder: Path, file: VaultFile, data_key: bytes, opened_by: str, keeper: Keeper
    ) -> None:
        """Use `create`, `unlock` or `unlock_with_recovery`."""
        self._folder = folder
        self._file = file
        self._data_key = data_key
        self._opened_by = opened_by
        self._keeper = keeper

    @staticmethod
    def exists(folder: Path) -> bool:
        """Say whether a folder has a vault (or the copy of one)."""
        return vault_file.is_there(folder)

    @staticmethod
    def seal(folder: Path) -> bool:
        """Take away every way in but the centre's; return False, and do nothing, where there is none.

        No data is destroyed. Raises MachineError disk_full, disk_read_only, vault_damaged.
        """
        file = vault_file.load(folder)
        left = tuple(slot for slot in file.slots if slot.tag == CENTRE)
        if not left or file.escrow is None:
            return False
        vault_file.save(folder, replace(file, slots=left, sealed=True, recovery_confirmed=False))
        return True

    @classmethod
    def create(cls, folder: Path, account: str, password: str, *, suite: int = 1) -> tuple[Vault, str]:
        """Make a new vault with its first operator; return it and the recovery key, to be shown once.

        `suite`: a number of storage.crypto.SUITES, for good. The cost of a guess is measured here.
        Raises InputError account_missing or password_short; MachineError disk_full or disk_read_only;
        FileExistsError where there is a vault.
        """
        check_password(account, password)
        if cls.exists(folder):
            raise FileExistsError("there is a vault already")
        data_key, secret = secrets.token_bytes(KEY), _new_secret()
        cost = _tuned(_KDF, suite)
        file = VaultFile(
            secrets.token_hex(16), secrets.token_hex(32), cost, (), suite=suite, recovery_confirmed=False
        )
        recovery = vault_slots.key_slot(file, RECOVERY, secret, data_key)
        file = replace(file, slots=(vault_slots.operator_slot(file, account, password, data_key), recovery))
        vault_file.save(folder, file)
        made = cls(folder, file, data_key, vault_slots.tag_of(file, account), SecretService())
        return made, recovery_text.to_text(secret)

    @classmethod
    def unlock(
        cls,
        folder: Path,
        account: str,
        password: str,
        *,
        clock: Callable[[], float] = time.time,
        keeper: Keeper | None = None,
    ) -> Vault:
        """Unlock by password; `keeper`: of the secret of a bound vault, by default the system's keyring.

        Raises InputError unlock_failed (whichever of the two is wrong), unlock_delayed with `seconds` after
        several wrong tries, vault_sealed, vault_bound (no password opens it here);
        MachineError vault_damaged, newer_database.
        """
        keeper = keeper or SecretService()
        file = vault_file.load(folder)
        if file.sealed:
            raise InputError("vault_sealed")
        vault_binding.require_here(file, keeper)
        delay = Delay(folder)
        delay.refuse_early(clock())
        delay.note_try(clock())
        tag = vault_slots.tag_of(file, account)
        slot = file.slot(tag)
        # An unknown account costs the same time as a wrong password.
        probe = slot or Slot(tag, secrets.token_hex(16), secrets.token_hex(12), secrets.token_hex(48))
        data_key = vault_slots.open_operator_slot(
            file, vault_binding.for_password(file, probe, keeper), password
        )
        if slot is None or data_key is None:
            raise InputError("unlock_failed", field="password")
        delay.forget()
        return cls(folder, file, data_key, tag, keeper)

    @classmethod
    def unlock_with_recovery(cls, folder: Path, recovery: str, *, keeper: Keeper | None = None) -> Vault:
        """Unlock by the printed recovery key, or by the one that the centre reads out of its escrow.

        The key has 128 random bits, so no delay guards it. `add_operator` then sets a new password.
        Raises InputError recovery_wrong; MachineError vault_damaged, newer_database.
        """
        file = vault_file.load(folder)
        secret = recovery_text.from_text(recovery)
        for slot in (found for tag in KEY_SLOTS if (found := file.slot(tag)) is not None):
            data_key = vault_slots.open_key_slot(file, slot, secret)
            if data_key is not None:
                Delay(folder).forget()
                return cls(folder, file, data_key, slot.tag, keeper or SecretService())
        raise InputError("recovery_wrong", field="recovery")

    # -- people --------------------------------------------------------------------------------------------

    @property
    def folder(self) -> Path:
        """Where the vault lies."""
        return self._folder

    @property
    def opened_by_centre(self) -> bool:
        """Say whether the key was the centre's, and no operator has been added since."""
        return self._opened_by == CENTRE

    def has_operator(self, account: str) -> bool:
        """Say whether an account has a password here."""
        return self._read().slot(vault_slots.tag_of(self._file, account)) is not None

    def add_operator(self, account: str, password: str) -> None:
        """Let another operator unlock; for a known account the password is replaced.

        A vault that the centre's key opened gets a fresh escrow: that key has been read out. One bound to
        another machine, opened by a recovery key, opens here to this account and is not bound to here. Raises
        InputError account_missing, password_short, vault_bound; MachineError disk_full, disk_read_only.
        """
        check_password(account, password)
        file = self._read()
        slot = vault_slots.operator_slot(file, account, password, self._data_key)
        by_recovery = self._opened_by in KEY_SLOTS
        file = vault_binding.with_operator(file, slot, self._keeper, by_recovery=by_recovery)
        file = replace(file, sealed=False)
        if self._opened_by == CENTRE and file.escrow is not None:
            file = self._entrusted(file, bytes.fromhex(file.escrow.centre_key))
        self._save(file)
        self._opened_by = slot.tag

    def remove_operator(self, account: str) -> None:
        """Let an account open this vault no longer; nothing happens where it could not.

        Raises InputError last_operator where nobody would be left; MachineError disk_full, disk_read_only.
        """
        file = self._read()
        tag = vault_slots.tag_of(file, account)
        if file.slot(tag) is None:
            return
        if not [slot for slot in file.slots if slot.tag not in (*KEY_SLOTS, tag)]:
            raise InputError("last_operator", field="account")
        self._save(file.without(tag))

    def change_password(self, account: str, old: str, new: str) -> None:
        """Replace an operator's password.

        Raises InputError unlock_failed where `old` is not it, password_short, vault_bound;
        MachineError disk_full or disk_read_only.
        """
        check_password(account, new)
        file = self._read()
        slot = file.slot(vault_slots.tag_of(file, account))
        if slot is not None:
            slot = vault_binding.for_password(file, slot, self._keeper)
        if slot is None or vault_slots.open_operator_slot(file, slot, old) is None:
            raise InputError("unlock_failed", field="password")
        slot = vault_slots.operator_slot(file, account, new, self._data_key)
        self._save(vault_binding.with_operator(file, slot, self._keeper, by_recovery=False))

    # -- keys for the day that the password is forgotten -----------------------------------------------

    @property
    def recovery_confirmed(self) -> bool:
        """Say whether somebody has said that the printed recovery key is put away."""
        return self._read().recovery_confirmed

    def new_recovery(self) -> str:
        """Make another printed key, to be shown once. The one before opens until `confirm_recovery`."""
        secret, file = _new_secret(), self._read()
        self._save(file.with_slot(vault_slots.key_slot(file, NEXT_RECOVERY, secret, self._data_key)))
        return recovery_text.to_text(secret)

    def confirm_recovery(self) -> None:
        """Take down that the key shown last is put away; the one before it opens no longer."""
        file = self._read()
        waiting = file.slot(NEXT_RECOVERY)
        if waiting is not None:
            file = file.without(NEXT_RECOVERY).with_slot(replace(waiting, tag=RECOVERY))
        self._save(replace(file, recovery_confirmed=True))

    def entrust(self, centre_key: bytes) -> bool:
        """Leave a recovery key for the centre, sealed to its X25519 key; False where that one has it already.

        MachineError disk_full or disk_read_only.
        """
        file = self._read()
        if file.escrow is not None and file.escrow.centre_key == centre_key.hex() and file.slot(CENTRE):
            return False
        self._save(self._entrusted(file, centre_key))
        return True

    def _entrusted(self, file: VaultFile, centre_key: bytes) -> VaultFile:
        secret = _new_secret()
        slot = vault_slots.key_slot(file, CENTRE, secret, self._data_key)
        return replace(file.with_slot(slot), escrow=entrust(secret, centre_key, file.vault_id))

    # -- what the data key gives ------------------------------------------------------------------------

    @property
    def suite(self) -> int:
        """The number of the suite that this vault and its pages are sealed with."""
        return self._file.suite

    @property
    def database_key(self) -> bytes:
        """32 bytes: the raw key of SQLCipher."""
        return self._derive("database")

    @property
    def page_key(self) -> bytes:
        """32 bytes: seals page files."""
        return self._derive("pages")

    @property
    def page_name_key(self) -> bytes:
        """32 bytes: keyed digests of page names."""
        return self._derive("page names")

    def open_pages(self, folder: Path) -> PageFiles:
        """Open a folder of this vault's pages. Raises MachineError disk_full or disk_read_only."""
        return PageFiles(folder, self.page_key, self.page_name_key, suite=self.suite)

    def _derive(self, purpose: str) -> bytes:
        return vault_slots.derived(self._file, self._data_key, f"jilai {purpose} v1")

    def _read(self) -> VaultFile:
        """Return the file as it is now: another program may have changed it since."""
        self._file = vault_file.load(self._folder)
        return self._file

    def _save(self, file: VaultFile) -> None:
        vault_file.save(self._folder, file)
        self._file = file


def check_password(account: str, password: str) -> None:
    """Raise InputError account_missing or password_short where a person cannot be let in with these."""
    if not account.strip():
        raise InputError("account_missing", field="account")
    if len(password) < PASSWORD_LEAST:
        raise InputError("password_short", field="password", least=str(PASSWORD_LEAST))


def _new_secret() -> bytes:
    return secrets.token_bytes(recovery_text.SECRET_BYTES)


def _tuned(floor: Mapping[str, int], suite: int) -> Mapping[str, int]:
    """Return the cost of a guess here: as many passes as fit the wanted time, never under the floor."""
    cost = Cost(floor["memory_kib"], floor["time"], floor["lanes"])
    began = time.perf_counter()
    suite_of(suite).stretch(b"a guess", bytes(16), cost)
    a_pass = (time.perf_counter() - began) / cost.time
    return {**floor, "time": max(cost.time, min(int(_WANTED_SECONDS / a_pass), _MOST_PASSES))}
