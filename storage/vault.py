"""The vault: key slots by which operators' passwords and the recovery key unlock the one data key."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from registration.errors import InputError
from storage import recovery_text, vault_file
from storage.vault_file import Delay, Slot, VaultFile

PASSWORD_LEAST = 8
_KEY = 32
_KDF = {"memory_kib": 64 * 1024, "time": 3, "lanes": 4}  # RFC 9106, second recommended option
_RECOVERY = "recovery"


class Vault:
    """An unlocked vault: holds the data key in memory and derives the keys of database and pages from it."""

    def __init__(self, folder: Path, file: VaultFile, data_key: bytes) -> None:
        """Use `create` or `unlock`."""
        self._folder = folder
        self._file = file
        self._data_key = data_key

    @staticmethod
    def exists(folder: Path) -> bool:
        """Say whether a folder has a vault (or the copy of one)."""
        return vault_file.is_there(folder)

    @classmethod
    def create(cls, folder: Path, account: str, password: str) -> tuple[Vault, str]:
        """Make a new vault with its first operator; return it and the recovery key, to be shown once.

        Raises InputError account_missing or password_short; MachineError disk_full or disk_read_only;
        FileExistsError where there is a vault.
        """
        _check_new(account, password)
        if cls.exists(folder):
            raise FileExistsError("there is a vault already")
        data_key, secret = secrets.token_bytes(_KEY), secrets.token_bytes(recovery_text.SECRET_BYTES)
        file = VaultFile(secrets.token_hex(16), secrets.token_hex(32), _KDF, ())
        recovery = _seal(file, _RECOVERY, _recovery_key(file, secret), data_key, salt=b"")
        file = replace(file, slots=(_operator_slot(file, account, password, data_key), recovery))
        vault_file.save(folder, file)
        return cls(folder, file, data_key), recovery_text.to_text(secret)

    @classmethod
    def unlock(
        cls, folder: Path, account: str, password: str, *, clock: Callable[[], float] = time.time
    ) -> Vault:
        """Unlock by password.

        Raises InputError unlock_failed (whichever of the two is wrong), unlock_delayed with `seconds` after
        several wrong tries; MachineError vault_damaged.
        """
        file = vault_file.load(folder)
        delay = Delay(folder)
        delay.refuse_early(clock())
        delay.note_try(clock())
        tag = _tag(file, account)
        slot = next((slot for slot in file.slots if slot.tag == tag), None)
        # An unknown account costs the same time as a wrong password.
        probe = slot or Slot(tag, secrets.token_hex(16), secrets.token_hex(12), secrets.token_hex(_KEY + 16))
        data_key = _unseal(file, probe, _password_key(file, password, bytes.fromhex(probe.salt)))
        if slot is None or data_key is None:
            raise InputError("unlock_failed", field="password")
        delay.forget()
        return cls(folder, file, data_key)

    @classmethod
    def unlock_with_recovery(cls, folder: Path, recovery: str) -> Vault:
        """Unlock by the recovery key. Raises InputError recovery_wrong; MachineError vault_damaged.

        The key has 128 random bits, so no delay guards it. `add_operator` then sets a new password.
        """
        file = vault_file.load(folder)
        secret = recovery_text.from_text(recovery)
        slot = next((slot for slot in file.slots if slot.tag == _RECOVERY), None)
        data_key = _unseal(file, slot, _recovery_key(file, secret)) if slot else None
        if data_key is None:
            raise InputError("recovery_wrong", field="recovery")
        Delay(folder).forget()
        return cls(folder, file, data_key)

    def add_operator(self, account: str, password: str) -> None:
        """Let another operator unlock; for a known account the password is replaced.

        Raises InputError account_missing or password_short; MachineError disk_full or disk_read_only.
        """
        _check_new(account, password)
        slot = _operator_slot(self._file, account, password, self._data_key)
        others = tuple(other for other in vault_file.load(self._folder).slots if other.tag != slot.tag)
        file = replace(self._file, slots=(slot, *others))
        vault_file.save(self._folder, file)
        self._file = file

    def change_password(self, account: str, old: str, new: str) -> None:
        """Replace an operator's password. Raises InputError unlock_failed where `old` is not it."""
        tag = _tag(self._file, account)
        slot = next((slot for slot in self._file.slots if slot.tag == tag), None)
        if (
            slot is None
            or _unseal(self._file, slot, _password_key(self._file, old, bytes.fromhex(slot.salt))) is None
        ):
            raise InputError("unlock_failed", field="password")
        self.add_operator(account, new)

    @property
    def database_key(self) -> bytes:
        """32 bytes: the raw key of SQLCipher."""
        return self._derive("database")

    @property
    def page_key(self) -> bytes:
        """32 bytes: AES-256-GCM of page files."""
        return self._derive("pages")

    @property
    def page_name_key(self) -> bytes:
        """32 bytes: HMAC of page names."""
        return self._derive("page names")

    def _derive(self, purpose: str) -> bytes:
        salt = bytes.fromhex(self._file.vault_id)
        return HKDF(SHA256(), _KEY, salt, f"jilai {purpose} v1".encode()).derive(self._data_key)


def _check_new(account: str, password: str) -> None:
    if not account.strip():
        raise InputError("account_missing", field="account")
    if len(password) < PASSWORD_LEAST:
        raise InputError("password_short", field="password", least=str(PASSWORD_LEAST))


def _normal(text: str) -> bytes:
    return unicodedata.normalize("NFKC", text).encode()


def _tag(file: VaultFile, account: str) -> str:
    name = _normal(account.strip().casefold())
    return hmac.new(bytes.fromhex(file.tag_key), name, hashlib.sha256).hexdigest()


def _password_key(file: VaultFile, password: str, salt: bytes) -> bytes:
    kdf = file.kdf
    return hash_secret_raw(
        _normal(password), salt, kdf["time"], kdf["memory_kib"], kdf["lanes"], hash_len=_KEY, type=Type.ID
    )


def _recovery_key(file: VaultFile, secret: bytes) -> bytes:
    return HKDF(SHA256(), _KEY, bytes.fromhex(file.vault_id), b"jilai recovery v1").derive(secret)


def _operator_slot(file: VaultFile, account: str, password: str, data_key: bytes) -> Slot:
    salt = secrets.token_bytes(16)
    return _seal(file, _tag(file, account), _password_key(file, password, salt), data_key, salt=salt)


def _seal(file: VaultFile, tag: str, key: bytes, data_key: bytes, *, salt: bytes) -> Slot:
    nonce = secrets.token_bytes(12)
    sealed = AESGCM(key).encrypt(nonce, data_key, f"{file.vault_id} {tag}".encode())
    return Slot(tag, salt.hex(), nonce.hex(), sealed.hex())


def _unseal(file: VaultFile, slot: Slot, key: bytes) -> bytes | None:
    try:
        return AESGCM(key).decrypt(
            bytes.fromhex(slot.nonce), bytes.fromhex(slot.sealed), f"{file.vault_id} {slot.tag}".encode()
        )
    except InvalidTag:
        return None
