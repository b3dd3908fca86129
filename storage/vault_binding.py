"""Binding a vault to its machine: operators' slots are sealed once more, under a secret of the keyring."""

from __future__ import annotations

import logging
import secrets
from dataclasses import replace
from pathlib import Path

from registration.errors import InputError, MachineError
from storage import vault_file, vault_slots
from storage.binding import Keeper
from storage.crypto.suite import KEY
from storage.vault_file import Slot, VaultFile
from storage.vault_slots import KEY_SLOTS

_log = logging.getLogger(__name__)


def is_bound(folder: Path) -> bool:
    """Say whether passwords open this vault only here. Raises MachineError vault_damaged, newer_database."""
    return _is_bound(vault_file.load(folder))


def bind(folder: Path, account: str, password: str, keeper: Keeper) -> None:
    """Let passwords open this vault only where the keeper has its secret; recovery keys go on opening it.

    Slots that are bound to another machine go. Raises InputError unlock_failed; MachineError keyring_missing,
    disk_full, disk_read_only.
    """
    file = vault_file.load(folder)
    _prove(file, account, password, keeper)
    if _is_bound(file):
        return
    file = _without_foreign(file, keeper)
    name, secret = secrets.token_hex(16), secrets.token_bytes(KEY)
    keeper.put(name, secret)
    if keeper.get(name) != secret:  # a keyring that forgets would lock everybody out
        raise MachineError("keyring_missing")
    slots = tuple(_wrapped(file, slot, secret) for slot in file.slots)
    vault_file.save(folder, replace(file, binding=name, slots=slots))


def release(folder: Path, account: str, password: str, keeper: Keeper) -> None:
    """Let passwords open this vault, and copies of it, on any machine again.

    Raises InputError unlock_failed; MachineError keyring_missing, disk_full, disk_read_only.
    """
    file = vault_file.load(folder)
    _prove(file, account, password, keeper)
    if not _is_bound(file):
        return
    secret = keeper.get(file.binding)
    opened = [slot if secret is None else vault_slots.unwrap(file, slot, secret) for slot in file.slots]
    slots = tuple(slot for slot in opened if slot is not None)
    if secret is None or len(slots) < len(file.slots):
        raise MachineError("keyring_missing")
    vault_file.save(folder, replace(file, binding="", slots=slots))
    try:
        keeper.delete(file.binding)
    except MachineError as error:
        _log.warning("a secret that opens nothing is left in the keyring: %s", error.code)


def for_password(file: VaultFile, slot: Slot, keeper: Keeper) -> Slot:
    """Return a slot as a password opens it. Raises InputError vault_bound away from the vault's machine."""
    if not slot.bound:
        return slot
    secret = _secret_of(file, keeper)
    found = None if secret is None else vault_slots.unwrap(file, slot, secret)
    if found is None:
        raise InputError("vault_bound", field="password")
    return found


def require_here(file: VaultFile, keeper: Keeper) -> None:
    """Raise InputError vault_bound where no password can open this vault."""
    if _is_bound(file) and _secret_of(file, keeper) is None:
        raise InputError("vault_bound", field="password")


def with_operator(file: VaultFile, slot: Slot, keeper: Keeper, *, by_recovery: bool) -> VaultFile:
    """Return the vault with an operator's new slot, bound as the others are.

    Away from its machine a recovery key gets a slot that opens without the keyring; the others stay bound to
    where they came from. Raises InputError vault_bound where the keyring is gone under an open vault.
    """
    if not file.binding:
        return file.with_slot(slot)
    secret = _secret_of(file, keeper)
    if secret is not None:
        return file.with_slot(_wrapped(file, slot, secret))
    if _is_bound(file) and not by_recovery:
        raise InputError("vault_bound", field="password")
    return file.with_slot(slot)


def _is_bound(file: VaultFile) -> bool:
    """A vault that a recovery key opened elsewhere has slots of both kinds, and is not bound to there."""
    operators = [slot for slot in file.slots if slot.tag not in KEY_SLOTS]
    return bool(file.binding and operators) and all(slot.bound for slot in operators)


def _without_foreign(file: VaultFile, keeper: Keeper) -> VaultFile:
    """Return the vault with every slot as a password opens it, without those that none opens here."""
    secret = _secret_of(file, keeper) if file.binding else None
    found = (
        slot if not slot.bound or secret is None else vault_slots.unwrap(file, slot, secret)
        for slot in file.slots
    )
    return replace(file, binding="", slots=tuple(slot for slot in found if slot and not slot.bound))


def _secret_of(file: VaultFile, keeper: Keeper) -> bytes | None:
    """Return the secret, None where this is another machine or its keyring does not answer."""
    try:
        return keeper.get(file.binding)
    except MachineError:
        return None


def _wrapped(file: VaultFile, slot: Slot, secret: bytes) -> Slot:
    return slot if slot.tag in KEY_SLOTS else vault_slots.wrap(file, slot, secret)


def _prove(file: VaultFile, account: str, password: str, keeper: Keeper) -> None:
    slot = file.slot(vault_slots.tag_of(file, account))
    if (
        slot is None
        or vault_slots.open_operator_slot(file, for_password(file, slot, keeper), password) is None
    ):
        raise InputError("unlock_failed", field="password")
