"""vault.json and its copy: key slots on disk, and the delay after wrong passwords."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from registration.errors import InputError, MachineError
from registration.escrow import Escrow, read_escrow
from storage.durable import make_folder, write_file
from storage.failures import of_system
from storage.json_text import compact_json

FORMAT = 2
_BOUND_FORMAT = 3  # bound to its machine: a program that cannot unwrap the slots leaves it alone
_OLDEST = 1  # had one suite and no escrow
_NAME = "vault.json"
_DELAY_NAME = "vault-delay.json"
_FREE_TRIES = 3
_LONGEST_DELAY = 900.0


@dataclass(frozen=True)
class Slot:
    """The data key sealed for one operator or for one recovery key; all hex."""

    tag: str  # keyed tag of the account, or a tag of storage.vault_slots
    salt: str
    nonce: str
    sealed: str
    bound: str = ""  # the nonce of the second sealing, under the machine's secret; "" where there is none


@dataclass(frozen=True)
class VaultFile:
    """What vault.json holds; no name in clear."""

    vault_id: str
    tag_key: str
    kdf: Mapping[str, int]  # memory_kib, time, lanes
    slots: tuple[Slot, ...]
    suite: int = 1  # of storage.crypto
    recovery_confirmed: bool = True  # the printed key is put away
    escrow: Escrow | None = None  # the key of the slot "centre", sealed to the centre
    sealed: bool = False  # only the centre's key opens it
    binding: str = ""  # the name of the machine's secret in the keyring, "" where passwords open it anywhere

    def slot(self, tag: str) -> Slot | None:
        return next((slot for slot in self.slots if slot.tag == tag), None)

    def without(self, tag: str) -> VaultFile:
        return replace(self, slots=tuple(slot for slot in self.slots if slot.tag != tag))

    def with_slot(self, slot: Slot) -> VaultFile:
        """Return the file with this slot in place of the one of its tag."""
        return replace(self, slots=(slot, *self.without(slot.tag).slots))


def is_there(folder: Path) -> bool:
    """Say whether a folder has a vault, or the copy of one."""
    return (folder / _NAME).exists() or (folder / f"{_NAME}.copy").exists()


def load(folder: Path) -> VaultFile:
    """Read the vault, or its copy where it is damaged, and put both in order again.

    Raises MachineError vault_damaged when neither can be read, newer_database where a newer program wrote it.
    """
    main, copy = (_read(folder / name) for name in (_NAME, f"{_NAME}.copy"))
    found = main or copy
    if found is None:
        raise MachineError("vault_damaged")
    if main != copy:
        try:
            save(folder, found)
        except MachineError:
            if main is None and copy is None:
                raise
    return found


def save(folder: Path, vault: VaultFile) -> None:
    """Write the vault and then its copy, each atomically. Raises MachineError disk_full or disk_read_only."""
    escrow = None if vault.escrow is None else vault.escrow.as_json()
    content = {"format": _BOUND_FORMAT if vault.binding else FORMAT, **asdict(vault), "escrow": escrow}
    if not vault.binding:  # as programs before the binding read and write it
        del content["binding"]
        content["slots"] = [_unbound(slot) for slot in vault.slots]
    body = compact_json({**content, "check": _check(content)}).encode()
    try:
        make_folder(folder)
        for name in (_NAME, f"{_NAME}.copy"):
            write_file(folder / name, body)
    except OSError as error:
        raise of_system(error) from error


def _unbound(slot: Slot) -> dict[str, str]:
    return {name: value for name, value in asdict(slot).items() if name != "bound"}


def _read(path: Path) -> VaultFile | None:
    try:
        content: dict[str, Any] = json.loads(path.read_bytes())
        check = content.pop("check")
        if check != _check(content):
            return None
        version = int(content.pop("format"))
        if version > _BOUND_FORMAT:
            raise MachineError("newer_database")
        if version < _OLDEST:
            return None
        slots = tuple(Slot(**slot) for slot in content.pop("slots"))
        escrow = content.pop("escrow", None)
        return VaultFile(slots=slots, escrow=read_escrow(escrow) if escrow else None, **content)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _check(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(compact_json(content).encode()).hexdigest()


class Delay:
    """How long to wait after wrong passwords; kept in a file, so that a restart forgives nothing."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / _DELAY_NAME
        self._failures, self._since = self._load()

    def refuse_early(self, now: float) -> None:
        """Raise InputError unlock_delayed while the delay runs. `now` in epoch seconds.

        A clock set back does not lengthen the wait beyond one full delay.
        """
        left = min(self._since + self._length() - now, self._length())
        if left > 0:
            raise InputError("unlock_delayed", seconds=str(int(left) + 1))

    def note_try(self, now: float) -> None:
        """Count a try before it is checked: ending the program in the middle wins nothing."""
        self._failures, self._since = self._failures + 1, now
        self._store()

    def forget(self) -> None:
        """A right password ends the delay."""
        if self._failures:
            self._failures, self._since = 0, 0.0
            self._store()

    def _length(self) -> float:
        over = self._failures - _FREE_TRIES
        return 0.0 if over < 0 else min(2.0 ** (over + 1), _LONGEST_DELAY)

    def _load(self) -> tuple[int, float]:
        try:
            content = json.loads(self._path.read_bytes())
            return max(int(content["failures"]), 0), float(content["since"])
        except (OSError, ValueError, KeyError, TypeError):
            return 0, 0.0

    def _store(self) -> None:
        try:
            write_file(self._path, compact_json({"failures": self._failures, "since": self._since}).encode())
        except OSError:
            return  # a full disk must not keep the operator from the cases on it
