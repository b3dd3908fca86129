"""The characters of names before they are drawn: one standard form for each, and nothing invisible."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_WIDE_SPACE = "\u3000"  # Chinese text is indented and spaced with it


@lru_cache(maxsize=1)
def _assigned_since() -> dict[int, str]:
    """Return the private-use code points of GBK-era systems with the characters they stand for.

    Chips of older identity cards still write them. Source: GB 18030-2022 annex D and Unicode 4.1 and 3.1;
    the rest of the row FE50-FEA0 was assigned in Unicode 3.0, which Python's gb18030 codec knows.
    """
    table = {
        0xE78D: "\ufe10", 0xE78E: "\ufe12", 0xE78F: "\ufe11", 0xE790: "\ufe13", 0xE791: "\ufe14",
        0xE792: "\ufe15", 0xE793: "\ufe16", 0xE794: "\ufe17", 0xE795: "\ufe18", 0xE796: "\ufe19",
        0xE7C7: "\u1e3f", 0xE7C8: "\u01f9",
        0xE816: "\U00020087", 0xE817: "\U00020089", 0xE818: "\U000200cc", 0xE81E: "\u9fb4",
        0xE826: "\u9fb5", 0xE82B: "\u9fb6", 0xE82C: "\u9fb7", 0xE831: "\U000215d7", 0xE832: "\u9fb8",
        0xE83B: "\U0002298f", 0xE843: "\u9fb9", 0xE854: "\u9fba", 0xE855: "\U000241fe", 0xE864: "\u9fbb",
    }  # fmt: skip
    for index in range(0xE864 - 0xE815 + 1):
        trail = 0x50 + index + (1 if 0x50 + index >= 0x7F else 0)
        table.setdefault(0xE815 + index, bytes((0xFE, trail)).decode("gb18030"))
    return table


def standard_form(text: str) -> str:
    """Return text as it is drawn: one line, private-use forms standardised, invisible characters gone."""
    if text.isascii() and text.isprintable():
        return text
    table = _assigned_since()
    kept = []
    for char in text:
        code = ord(char)
        if code in table:
            kept.append(table[code])
        elif _is_selector(code):
            continue  # the base character is drawn; selectors only choose among its forms
        elif char.isspace():
            kept.append(char if char == _WIDE_SPACE else " ")
        elif unicodedata.category(char) not in ("Cc", "Cf", "Cs"):
            kept.append(char)
    return "".join(kept)


def is_private(char: str) -> bool:
    """Say whether a character means something only inside one vendor's font."""
    return unicodedata.category(char) == "Co"


def _is_selector(code: int) -> bool:
    return 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF
