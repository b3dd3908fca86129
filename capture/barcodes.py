"""Reads QR codes and barcodes off pictures, and tells a scanner that types from a person at the keyboard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from capture.arrays import Bytes

MOST_CODES = 8
LONGEST_CODE = 1024
QUICKEST_HAND_SECONDS = 0.035
"""A scanner's keys follow each other within some milliseconds; no hand types a row of them so fast."""
SHORTEST_SCAN = 6


@dataclass(frozen=True, slots=True)
class Code:
    """One code as it stands in the picture: its text, and its format's name such as "QRCode" or "Code128"."""

    text: str
    format: str


def read_codes(picture: Bytes) -> tuple[Code, ...]:
    """The codes in a picture, BGR (H, W, 3) or grey (H, W), each once; only inside the imaging process."""
    import zxingcpp

    found: dict[Code, None] = {}
    for result in zxingcpp.read_barcodes(picture, text_mode=zxingcpp.TextMode.Plain):
        text = result.text.strip()
        if result.valid and 0 < len(text) <= LONGEST_CODE and text.isprintable():
            found[Code(text, result.format.name)] = None
    return tuple(found)[:MOST_CODES]


class TypedScans:
    """Finds scans among keystrokes: a run of characters too quick for a hand, ended by Enter.

    The keys themselves are not held back, so a person's typing is never delayed: whoever listens takes the
    scan's characters out of the entry that they went into.
    """

    def __init__(self) -> None:
        self._text = ""
        self._last = 0.0

    def key(self, character: str, at: float) -> str | None:
        """Take one key and its time in seconds (any steady clock); return the scan that it ends, if it does.

        `character` is what the key types: "\\r" or "\\n" for Enter, "" for a key that types nothing, which is
        passed over (a scanner presses Shift, too).
        """
        if character in ("\r", "\n"):
            text, self._text = self._text, ""
            quick = 0 <= at - self._last <= QUICKEST_HAND_SECONDS
            return text if quick and len(text) >= SHORTEST_SCAN else None
        if character and character.isprintable():
            if not 0 <= at - self._last <= QUICKEST_HAND_SECONDS:
                self._text = ""
            self._text = (self._text + character)[-LONGEST_CODE:]
            self._last = at
        return None
