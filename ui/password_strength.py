"""How strong a new password is, in steps that have words; advice only, the vault's own rule decides."""

from __future__ import annotations

import math
from enum import StrEnum
from itertools import pairwise


class Strength(StrEnum):
    """From what is refused to what lasts."""

    EMPTY = "empty"
    SHORT = "short"
    WEAK = "weak"
    FAIR = "fair"
    STRONG = "strong"


_FAIR_BITS, _STRONG_BITS = 40.0, 60.0
_RUNS = ("0123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890")


def strength_of(password: str, *, least: int = 8) -> Strength:
    """Judge a password by its length and by how many of its characters are a surprise."""
    if not password:
        return Strength.EMPTY
    if len(password) < least:
        return Strength.SHORT
    pool = 0
    for size, present in (
        (10, any(c.isascii() and c.isdigit() for c in password)),
        (26, any(c.isascii() and c.islower() for c in password)),
        (26, any(c.isascii() and c.isupper() for c in password)),
        (33, any(c.isascii() and not c.isalnum() for c in password)),
        (2000, any(not c.isascii() for c in password)),
    ):
        pool += size if present else 0
    bits = math.log2(max(pool, 2)) * _surprises(password)
    if bits < _FAIR_BITS:
        return Strength.WEAK
    return Strength.FAIR if bits < _STRONG_BITS else Strength.STRONG


def _surprises(password: str) -> float:
    """Count characters, repeats and keyboard runs for a quarter each."""
    folded = password.casefold()
    count = 1.0
    for before, char in pairwise(folded):
        pair = before + char
        expected = before == char or any(pair in run or pair in run[::-1] for run in _RUNS)
        count += 0.25 if expected else 1.0
    return min(count, 1.5 * len(set(folded)))
