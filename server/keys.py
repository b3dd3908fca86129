"""The centre's own keys: one signs acknowledgements, one opens sealed packages; both made once."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from server.errors import UnusableError
from sync.contract import b64


@dataclass(frozen=True)
class CentreKeys:
    """Private keys of this centre. Whoever holds `signing` can swear in its name."""

    signing: Ed25519PrivateKey
    recovery: X25519PrivateKey

    @property
    def signing_public(self) -> str:
        return b64(self.signing.public_key().public_bytes_raw())

    @property
    def recovery_public(self) -> str:
        return b64(self.recovery.public_key().public_bytes_raw())


def load_keys(folder: Path) -> CentreKeys:
    """Read the keys from `folder`, making them at the first start; files are 0600, the folder 0700.

    Raises UnusableError when a key file is damaged: a new key in its place would make every
    window distrust the centre, so that is a person's decision.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    signing = _secret(folder / "signing.key", lambda: Ed25519PrivateKey.generate().private_bytes_raw())
    recovery = _secret(folder / "recovery.key", lambda: X25519PrivateKey.generate().private_bytes_raw())
    return CentreKeys(
        Ed25519PrivateKey.from_private_bytes(signing), X25519PrivateKey.from_private_bytes(recovery)
    )


def _secret(path: Path, make: object) -> bytes:
    assert callable(make)
    if not path.exists():
        fresh: bytes = make()
        draft = path.with_suffix(".new")
        draft.unlink(missing_ok=True)
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(handle, fresh)
            os.fsync(handle)
        finally:
            os.close(handle)
        draft.rename(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    value = path.read_bytes()
    if len(value) != 32:
        raise UnusableError("key_damaged", f"{path} is not a key of 32 bytes; restore it from a backup.")
    return value
