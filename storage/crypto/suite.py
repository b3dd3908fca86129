"""What a suite of ciphers has to offer to the vault and the page files; a certified module may stand in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from argon2.low_level import Type, hash_secret_raw

KEY = 32
"""Bytes of every key that is handed to a suite, and that it hands out."""

NONCE = 12
"""Bytes of a nonce; drawn at random for each sealing."""

TAG = 16
"""Bytes by which what is sealed is longer."""


class Broken(Exception):  # noqa: N818  (what was sealed is broken, the program is not)
    """What should be unsealed was made with another key, nonce or associated data, or was changed."""


@dataclass(frozen=True)
class Cost:
    """What one guess of a password costs: memory in KiB, passes over it, lanes."""

    memory_kib: int
    time: int
    lanes: int


class Suite(Protocol):
    """Pure functions over bytes. Keys have KEY bytes, nonces NONCE; thread-safe."""

    @property
    def name(self) -> str:
        """The suite's algorithms, for people who check."""

    def seal(self, key: bytes, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
        """Return ciphertext and tag of `plain`, with `bound` authenticated beside it."""

    def unseal(self, key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
        """Return what was sealed. Raises Broken."""

    def digest(self, data: bytes) -> bytes:
        """Return the 32-byte digest of `data`."""

    def keyed_digest(self, key: bytes, data: bytes) -> bytes:
        """Return 32 bytes that only the key's holder can make of `data` (HMAC)."""

    def derive(self, secret: bytes, salt: bytes, purpose: bytes) -> bytes:
        """Return a key for one purpose, of a secret that is random already (HKDF)."""

    def stretch(self, password: bytes, salt: bytes, cost: Cost) -> bytes:
        """Return a key of a password, at the price of `cost` per guess."""


def argon2id(password: bytes, salt: bytes, cost: Cost) -> bytes:
    """Stretch by Argon2id (RFC 9106), 32 bytes: no national standard has a memory-hard function."""
    return hash_secret_raw(password, salt, cost.time, cost.memory_kib, cost.lanes, hash_len=KEY, type=Type.ID)
