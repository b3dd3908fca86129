"""What a log line may say: words of the program, codes and counts; never what a person typed."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Any

# Our words are ASCII; names, addresses and remarks of this field are not.
_TYPED = re.compile(r"[^\x00-\x7f]+(?:[\s·]*[^\x00-\x7f]+)*")
# An ID number, a passport's, a telephone number, a receipt's: six digits or more, however they are spaced.
_NUMBER = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]{0,2}\+?[0-9](?:[ -]?[0-9]){5,}[Xx]?(?![0-9A-Za-z])")
_SECRET = re.compile(r"(?i)\b(pass(?:word|phrase)?|pin|secret|token|authorization|key|code)(\s*[=:]\s*)\S+")
_TOKEN = re.compile(r"(?:JL[0-9]+\.)?[A-Za-z0-9_-]{24,}(?:\.[A-Za-z0-9_-]+)*={0,2}")
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MOMENT = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}"  # of a log line; a birthday has no hour
_KEPT = re.compile(rf"{_ID.pattern}|{_MOMENT}")
_PATH = re.compile(r"(?:file://)?/(?:[^/\s:]+/)+[^/\s:]*")
_CODE = re.compile(r"[A-Za-z_][A-Za-z0-9_.:-]{0,60}")


def redact(text: str) -> str:
    """Return a text with everything taken out that may be a person's: writing that is not ours, numbers,
    tokens, secrets and paths. Ids (UUID), codes and moments stay."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"\x00{len(kept) - 1}\x00"

    text = _KEPT.sub(keep, text.replace("\x00", ""))
    text = _SECRET.sub(r"\1\2[secret]", text)
    text = _PATH.sub("[path]", text)
    text = _TYPED.sub("[text]", text)
    text = _TOKEN.sub("[token]", text)
    text = _NUMBER.sub("[number]", text)
    return re.sub(r"\x00(\d+)\x00", lambda found: kept[int(found[1])], text)


def redact_value(value: Any) -> Any:
    """Return one argument of a log line as it may be written: a number, an id or a code; else its kind."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return value if abs(value) < 1_000_000_000 else "[number]"
    if isinstance(value, PurePath):
        return "[path]"
    if isinstance(value, str):
        if _ID.fullmatch(value):
            return value
        return redact(value) if _CODE.fullmatch(value) else "[text]"
    return type(value).__name__
