"""The recovery key as people write it down: Crockford base32 in groups of four, with a check."""

from __future__ import annotations

import hashlib

from registration.errors import InputError

SECRET_BYTES = 16
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LETTERS = 26  # 130 bits for 128
_CHECK_LETTERS = 2
_READ = {letter: index for index, letter in enumerate(_ALPHABET)} | {"O": 0, "I": 1, "L": 1}


def to_text(secret: bytes) -> str:
    """Return 16 bytes as seven groups of four: 26 letters and a check of 2."""
    letters = _letters(int.from_bytes(secret, "big"), _LETTERS) + _check(secret)
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def from_text(text: str) -> bytes:
    """Read what `to_text` wrote, in any case, with any spaces or hyphens, O for 0 and I or L for 1.

    Raises InputError recovery_wrong; the check catches a slip before the vault is asked.
    """
    letters = [c for c in text.upper() if not c.isspace() and c not in "-–—_·"]
    if len(letters) != _LETTERS + _CHECK_LETTERS or any(c not in _READ for c in letters):
        raise InputError("recovery_wrong", field="recovery")
    number = 0
    for letter in letters[:_LETTERS]:
        number = number * 32 + _READ[letter]
    if number >> (8 * SECRET_BYTES):
        raise InputError("recovery_wrong", field="recovery")
    secret = number.to_bytes(SECRET_BYTES, "big")
    if [_READ[c] for c in letters[_LETTERS:]] != [_READ[c] for c in _check(secret)]:
        raise InputError("recovery_wrong", field="recovery")
    return secret


def _check(secret: bytes) -> str:
    digest = hashlib.sha256(b"jilai recovery key" + secret).digest()
    return _letters(int.from_bytes(digest[:2], "big") >> 6, _CHECK_LETTERS)


def _letters(number: int, count: int) -> str:
    return "".join(_ALPHABET[(number >> (5 * at)) & 31] for at in reversed(range(count)))
