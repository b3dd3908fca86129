"""Names as written on a card, and the form by which they are compared; rare characters are kept whole."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from registration.folding import to_ascii
from registration.packs import RARE_CHARACTERS, shipped

MIDDLE_DOT = "\u00b7"
CARD_NAME_UNITS = 15  # what the chip of a card has room for, in UTF-16 code units
_LOST = "?？□\ufffd"
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef\u00ad]")


@lru_cache(maxsize=1)
def _private_use() -> Mapping[int, str]:
    table = shipped()[RARE_CHARACTERS]["private_use"]
    return {int(old, 16): chr(int(new, 16)) for old, new in table.items()}


@lru_cache(maxsize=1)
def _between_han() -> re.Pattern[str]:
    dots = "".join(re.escape(chr(int(code, 16))) for code in shipped()[RARE_CHARACTERS]["middle_dots"])
    return re.compile(rf"(?<=[^\W\d_a-zA-Z])\s*[{dots}]\s*(?=[^\W\d_a-zA-Z])")


def in_unicode(raw: str) -> str:
    """Return a name with the private-use characters that the table explains in their Unicode form.

    Unlike `normalise_name` it leaves everything else as the card has it: it is what is shown and printed.
    """
    return raw.translate(_private_use())


def normalise_name(raw: str) -> str:
    """Return the form of a name by which two spellings of it are found to be the same.

    Private-use characters of the GBK age become their Unicode ones, every dot between two characters becomes
    a middle dot, Latin letters upper case, blanks single. It is for comparing and searching only: what is
    printed and sent is the name as the card has it.
    Source: GB 18030-2022 (characters that moved out of the private-use area); the table is the pack
    `rare_characters`.
    """
    text = unicodedata.normalize("NFC", in_unicode(raw))
    text = _INVISIBLE.sub("", to_ascii(text))
    text = _between_han().sub(MIDDLE_DOT, text)
    return " ".join(text.split()).upper()


def same_name(one: str, other: str) -> bool:
    """Say whether two spellings are one name."""
    return normalise_name(one) == normalise_name(other)


def rare_characters(name: str) -> tuple[str, ...]:
    """Return the characters of a name that older systems (GBK) cannot hold: they need a flag and a picture.

    A private-use character with a known Unicode one is rare as well; one without is kept as it came from the
    chip, and never replaced by a question mark or by pinyin.
    """
    return tuple(dict.fromkeys(c for c in name if not _in_gbk(c)))


def unmapped_private_use(name: str) -> tuple[str, ...]:
    """Return the private-use characters that no table explains: only a picture of the card shows them."""
    return tuple(c for c in name if unicodedata.category(c) == "Co" and ord(c) not in _private_use())


def may_be_cut(raw: str) -> bool:
    """Say whether a name fills the chip's room to the last unit, so that its end may be missing."""
    return len(raw.encode("utf-16-le", "surrogatepass")) // 2 >= CARD_NAME_UNITS


def characters_that_do_not_belong(name: str, *, digits_allowed: bool = False) -> str:
    """Return what a name cannot contain: lost or invisible characters, line ends, digits in a person's."""

    def wrong(c: str) -> bool:
        if c in _LOST or unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp"):
            return True
        return c.isdigit() and not digits_allowed

    return "".join(dict.fromkeys(c for c in name.strip() if wrong(c)))


def _in_gbk(character: str) -> bool:
    if character == MIDDLE_DOT:
        return True
    try:
        character.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True
