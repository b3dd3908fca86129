"""Key slots: the data key sealed for one password or one recovery key, in the vault's suite."""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import replace

from storage.crypto import Broken, Cost, suite_of
from storage.crypto.suite import NONCE
from storage.vault_file import Slot, VaultFile

RECOVERY = "recovery"
"""The tag of the printed recovery key's slot."""

NEXT_RECOVERY = "recovery-next"
"""The tag of the slot for a printed key that nobody has put away yet."""

CENTRE = "centre"
"""The tag of the slot whose key lies sealed in the vault's escrow."""

KEY_SLOTS = (RECOVERY, NEXT_RECOVERY, CENTRE)
"""The tags of the slots that keys open; all others belong to operators."""


def tag_of(file: VaultFile, account: str) -> str:
    """Return the tag of an account's slot: nobody learns the name from it without the vault's key."""
    name = _normal(account.strip().casefold())
    return suite_of(file.suite).keyed_digest(bytes.fromhex(file.tag_key), name).hex()


def operator_slot(file: VaultFile, account: str, password: str, data_key: bytes) -> Slot:
    """Seal the data key under a password, at the vault's cost of a guess: slow."""
    salt = secrets.token_bytes(16)
    return _seal(file, tag_of(file, account), _password_key(file, password, salt), data_key, salt=salt)


def open_operator_slot(file: VaultFile, slot: Slot, password: str) -> bytes | None:
    """Return the data key, or None where the password is not right; slow either way."""
    return _unseal(file, slot, _password_key(file, password, bytes.fromhex(slot.salt)))


def key_slot(file: VaultFile, tag: str, secret: bytes, data_key: bytes) -> Slot:
    """Seal the data key under a recovery key."""
    return _seal(file, tag, _recovery_key(file, secret), data_key, salt=b"")


def open_key_slot(file: VaultFile, slot: Slot, secret: bytes) -> bytes | None:
    """Return the data key, or None where the recovery key is not right."""
    return _unseal(file, slot, _recovery_key(file, secret))


def wrap(file: VaultFile, slot: Slot, secret: bytes) -> Slot:
    """Seal a slot once more, under the machine's secret."""
    nonce = secrets.token_bytes(NONCE)
    sealed = suite_of(file.suite).seal(
        _machine_key(file, secret), nonce, bytes.fromhex(slot.sealed), _bound(file, slot.tag)
    )
    return replace(slot, sealed=sealed.hex(), bound=nonce.hex())


def unwrap(file: VaultFile, slot: Slot, secret: bytes) -> Slot | None:
    """Return a slot as a password opens it, or None where the secret is another machine's."""
    if not slot.bound:
        return slot
    nonce, sealed = bytes.fromhex(slot.bound), bytes.fromhex(slot.sealed)
    try:
        inner = suite_of(file.suite).unseal(_machine_key(file, secret), nonce, sealed, _bound(file, slot.tag))
    except Broken:
        return None
    return replace(slot, sealed=inner.hex(), bound="")


def derived(file: VaultFile, secret: bytes, purpose: str) -> bytes:
    """Return the vault's 32-byte key for one purpose."""
    return suite_of(file.suite).derive(secret, bytes.fromhex(file.vault_id), purpose.encode())


def _normal(text: str) -> bytes:
    return unicodedata.normalize("NFKC", text).encode()


def _password_key(file: VaultFile, password: str, salt: bytes) -> bytes:
    return suite_of(file.suite).stretch(_normal(password), salt, Cost(**file.kdf))


def _recovery_key(file: VaultFile, secret: bytes) -> bytes:
    return derived(file, secret, "jilai recovery v1")


def _machine_key(file: VaultFile, secret: bytes) -> bytes:
    return derived(file, secret, "jilai machine v1")


def _seal(file: VaultFile, tag: str, key: bytes, data_key: bytes, *, salt: bytes) -> Slot:
    nonce = secrets.token_bytes(NONCE)
    sealed = suite_of(file.suite).seal(key, nonce, data_key, _bound(file, tag))
    return Slot(tag, salt.hex(), nonce.hex(), sealed.hex())


def _unseal(file: VaultFile, slot: Slot, key: bytes) -> bytes | None:
    try:
        return suite_of(file.suite).unseal(
            key, bytes.fromhex(slot.nonce), bytes.fromhex(slot.sealed), _bound(file, slot.tag)
        )
    except Broken:
        return None


def _bound(file: VaultFile, tag: str) -> bytes:
    """A slot is bound to its vault, and to what it is for; the two printed keys may change places."""
    return f"{file.vault_id} {RECOVERY if tag == NEXT_RECOVERY else tag}".encode()
