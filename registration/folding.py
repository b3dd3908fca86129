"""How people type numbers: full width, with spaces and hyphens, lower case; one plain form for all."""

from __future__ import annotations

import re

_DROPPED = re.compile(r"[\s\-·　\u200b-\u200f\u2060\ufeff]")
_OPENING = "(〔[【﹝〖("
_CLOSING = ")〕]】﹞〗)"
_TO_FULL_BRACKETS = str.maketrans(dict.fromkeys(_OPENING, "（") | dict.fromkeys(_CLOSING, "）"))


def to_ascii(text: str) -> str:
    """Turn full-width letters, digits and signs into their ASCII forms; leave everything else."""
    return "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text)


def fold(text: str) -> str:
    """Return a number as typed in its plain form: ASCII, upper case, without spaces, hyphens and dots."""
    return _DROPPED.sub("", to_ascii(text)).upper()


def full_brackets(text: str) -> str:
    """Write every kind of bracket as （）, and drop what is invisible or blank."""
    return _DROPPED.sub("", to_ascii(text)).translate(_TO_FULL_BRACKETS)
