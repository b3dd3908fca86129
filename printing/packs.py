"""The wording of papers as data: packs that ship with the program, and labels in a second language."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

_SECOND = ("bo",)
_COUNTED = re.compile(r"[\s\d]+$")


@lru_cache(maxsize=8)
def shipped(name: str) -> Mapping[str, Any]:
    """Return a pack of registration/reference by its name. FileNotFoundError for another name."""
    text = resources.files("registration.reference").joinpath(f"{name}.json").read_text("utf-8")
    pack: Mapping[str, Any] = json.loads(text)
    return pack


def second_languages() -> list[tuple[str, str, str]]:
    """Return (code, Chinese name, English name) of the languages that labels can have beside Chinese."""
    packs = [shipped(f"paper_labels_{code}") for code in _SECOND]
    return [(pack["language"], pack["name_zh"], pack["name_en"]) for pack in packs]


def second_labels(language: str) -> Mapping[str, str]:
    """Return Chinese label -> label in a second language; nothing for "". KeyError for an unknown one."""
    if not language:
        return {}
    if language not in _SECOND:
        raise KeyError(language)
    labels: Mapping[str, str] = shipped(f"paper_labels_{language}")["labels"]
    return labels


def second_of(labels: Mapping[str, str], label: str) -> str:
    """Return a label's second form, or "". A count at its end, as in 权利人 2, is left aside."""
    return labels.get(_COUNTED.sub("", label), "")
