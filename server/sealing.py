"""Sealing a stream with a passphrase: scrypt for the key, ChaCha20-Poly1305 piece by piece, end included."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from server.errors import RefusedError

_MAGIC = b"JILAI-SEALED-1\n"
_SALT = 16
_PIECE = 1 << 20
_TAG = 16
_COST = 1 << 16  # 64 MiB of memory for one guess


def seal(source: IO[bytes], target: IO[bytes], passphrase: str) -> None:
    """Write everything that `source` gives, sealed, to `target`; the last piece is marked, so a cut shows."""
    salt = os.urandom(_SALT)
    target.write(_MAGIC + salt)
    cipher = _cipher(passphrase, salt)
    piece, number = _read(source, _PIECE), 0
    while True:
        following = _read(source, _PIECE)
        target.write(cipher.encrypt(_nonce(number, last=not following), piece, None))
        if not following:
            return
        piece, number = following, number + 1


def unseal(source: IO[bytes], passphrase: str) -> Iterator[bytes]:
    """Yield what was sealed, piece by piece, each proved before it is given out.

    Raises RefusedError backup_unreadable for another passphrase, and for a file that was changed or cut.
    """
    if _read(source, len(_MAGIC)) != _MAGIC:
        raise RefusedError(400, "backup_unreadable")
    cipher = _cipher(passphrase, _read(source, _SALT))
    piece, number = _read(source, _PIECE + _TAG), 0
    while True:
        following = _read(source, _PIECE + _TAG)
        try:
            yield cipher.decrypt(_nonce(number, last=not following), piece, None)
        except InvalidTag:
            raise RefusedError(400, "backup_unreadable") from None
        if not following:
            return
        piece, number = following, number + 1


def _cipher(passphrase: str, salt: bytes) -> ChaCha20Poly1305:
    key = Scrypt(salt=salt, length=32, n=_COST, r=8, p=1).derive(passphrase.encode("utf-8"))
    return ChaCha20Poly1305(key)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _read(source: IO[bytes], size: int) -> bytes:
    """Read until `size` bytes are there or the source ends: a pipe gives less at a time."""
    parts = []
    while size and (part := source.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
