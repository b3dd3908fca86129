"""The bundled Chinese font family, registered once, and which characters it has."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from functools import lru_cache
from pathlib import Path
from typing import Any

from registration.errors import MachineError

REGULAR = "JilaiSans"
BOLD = "JilaiSans-Bold"
BLANK = (
    "JilaiBlank"  # every character as an empty em: what lies under a drawn shape, to be searched and copied
)
_FOLDER = Path(__file__).with_name("fonts_data")
_FILES = {REGULAR: "NotoSansSC-Regular.ttf", BOLD: "NotoSansSC-Bold.ttf"}
_lock = threading.Lock()


def font_files() -> list[Path]:
    """Return the bundled TrueType files, regular first (Noto Sans SC, SIL Open Font License 1.1).

    Needs nothing but the files, so a window can use them without loading the PDF library.
    Raises MachineError code font_missing.
    """
    files = [_FOLDER / name for name in _FILES.values()]
    if not all(file.is_file() for file in files):
        raise MachineError("font_missing")
    return files


@lru_cache(maxsize=1)
def _faces() -> Mapping[str, Any]:
    with _without_shaper():
        from reportlab import rl_config
        from reportlab.pdfbase import pdfmetrics

        from printing.font_tables import Face, Font

    rl_config.useA85 = 0  # files need not survive a seven-bit line: a quarter smaller and faster
    regular_file, bold_file = font_files()
    regular = Face(regular_file)
    faces = {REGULAR: regular, BOLD: Face(bold_file, regular)}
    blank = copy(regular)
    blank.name = type(regular.name)(BLANK.encode("ascii"))
    blank.charToGlyph = _OneForAll(regular.charToGlyph[ord("一")])
    blank.charWidths, blank.defaultWidth = {}, 1000
    for name, face in (*faces.items(), (BLANK, blank)):
        pdfmetrics.registerFont(Font(name, face))
    return faces


@contextmanager
def _without_shaper() -> Iterator[None]:
    """Keep the library from loading a shaper for its own text: it takes 15 ms, and `shaping` has its own."""
    known = sys.modules.get("uharfbuzz")
    sys.modules["uharfbuzz"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["uharfbuzz"]
        if known is not None:
            sys.modules["uharfbuzz"] = known


class _OneForAll(dict[int, int]):
    """Maps every code point to one glyph."""

    def __init__(self, glyph: int) -> None:
        super().__init__()
        self.glyph = glyph

    def __contains__(self, code: object) -> bool:
        return True

    def __missing__(self, code: int) -> int:
        return self.glyph


def register() -> None:
    """Make REGULAR, BOLD and BLANK known to the PDF library; calls after the first cost nothing.

    Raises MachineError code font_missing.
    """
    with _lock:  # two first receipts at once must not both read the fonts
        _faces()


@lru_cache(maxsize=3)
def font(face: str) -> Any:
    """Return the PDF library's font object of a face."""
    register()
    from reportlab.pdfbase import pdfmetrics

    return pdfmetrics.getFont(face)


@lru_cache(maxsize=2)
def widths(face: str) -> Mapping[int, float]:
    """Return code point -> advance in thousandths of an em, for every character that a bundled face has."""
    register()
    found: Mapping[int, float] = _faces()[face].charWidths
    return found
