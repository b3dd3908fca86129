"""How a text is read aloud: numbers that say who somebody is are not called out to bystanders."""

from __future__ import annotations

import re

_LONG = re.compile(r"[0-9][0-9A-Za-z()（）-]{6,}[0-9Xx]")


def spoken(text: str, language: str) -> str:
    """Return what a voice may say of a text: of a number of eight or more signs its last four, one by one."""
    ends = " ending in {digits} " if language.startswith("en") else "尾号{digits}"

    def tail(found: re.Match[str]) -> str:
        signs = re.sub(r"[^0-9Xx]", "", found[0])[-4:]
        return ends.format(digits=" ".join(signs))

    return _LONG.sub(tail, text.replace("*", "某" if language.startswith("zh") else " "))
