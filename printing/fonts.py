"""The bundled Chinese font family, registered once, and which characters it has."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from copy import copy
from functools import lru_cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from registration.errors import MachineError

REGULAR = "JilaiSans"
BOLD = "JilaiSans-Bold"
BLANK = (
    "JilaiBlank"  # every character as an empty em: what lies under a drawn shape, to be searched and copied
)
_FIVE_DIGITS = re.compile("<([0-9A-F]{5,6})>")
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
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics

    rl_config.useA85 = 0  # files need not survive a seven-bit line: a quarter smaller and faster
    faces = {}
    for name, file in zip(_FILES, font_files(), strict=True):
        font = _font_class()(name, str(file), asciiReadable=0, shapable=False)
        pdfmetrics.registerFont(font)
        faces[name] = font.face
    blank = copy(font)
    blank.fontName, blank.face, blank.state = BLANK, copy(font.face), WeakKeyDictionary()
    blank.face.name = type(font.face.name)(BLANK.encode("ascii"))
    blank.face.charToGlyph = _OneForAll(font.face.charToGlyph[ord("一")])
    blank.face.charWidths, blank.face.defaultWidth = {}, 1000
    pdfmetrics.registerFont(blank)
    return faces


class _OneForAll(dict[int, int]):
    """Maps every code point to one glyph."""

    def __init__(self, glyph: int) -> None:
        super().__init__()
        self.glyph = glyph

    def __contains__(self, code: object) -> bool:
        return True

    def __missing__(self, code: int) -> int:
        return self.glyph


class _Slices:
    """Bytes out of a large table without a copy of the table."""

    def __init__(self, view: memoryview) -> None:
        self._view = view

    def __getitem__(self, part: slice) -> bytes:
        return bytes(self._view[part])


def _font_class() -> Any:
    """Return the library's font class, mended in two places.

    It writes code points beyond U+FFFF as five digits, where a ToUnicode map holds UTF-16BE (ISO 32000
    section 9.10.3): cut to four, a search for a name would find another character. And for every paper it
    copies all 8 MB of outlines to take some dozens from them.
    """
    from reportlab.pdfbase.ttfonts import TTFont

    class Font(TTFont):  # type: ignore[misc]
        def __init__(self, name: str, filename: str, **options: Any) -> None:
            super().__init__(name, filename, **options)
            face = self.face
            place, length = face.get_table_pos("glyf")
            glyphs = _Slices(memoryview(face._ttf_data)[place : place + length])
            whole_table = face.get_table
            face.get_table = lambda tag: glyphs if tag == "glyf" else whole_table(tag)

        def addObjects(self, doc: Any) -> None:
            super().addObjects(doc)
            for name, entry in doc.idToObject.items():
                if name.startswith("toUnicodeCMap:"):
                    entry.content = _FIVE_DIGITS.sub(_as_surrogates, entry.content)

    return Font


def _as_surrogates(match: re.Match[str]) -> str:
    return f"<{chr(int(match[1], 16)).encode('utf-16-be').hex().upper()}>"


def register() -> None:
    """Make REGULAR, BOLD and BLANK known to the PDF library; calls after the first cost nothing.

    Raises MachineError code font_missing.
    """
    with _lock:  # two first receipts at once must not both parse 20 MB of font
        _faces()


@lru_cache(maxsize=2)
def widths(face: str) -> Mapping[int, float]:
    """Return code point -> advance in thousandths of an em, for every character that a bundled face has."""
    register()
    found: Mapping[int, float] = _faces()[face].charWidths
    return found
