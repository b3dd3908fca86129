"""The bundled Chinese font family, registered once, and which characters it has."""

from __future__ import annotations

import threading
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from registration.errors import MachineError

if TYPE_CHECKING:
    from collections.abc import Mapping

REGULAR = "JilaiSans"
BOLD = "JilaiSans-Bold"
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
    from reportlab.pdfbase.ttfonts import TTFont

    rl_config.useA85 = 0  # files need not survive a seven-bit line: a quarter smaller and faster
    faces = {}
    for name, file in zip(_FILES, font_files(), strict=True):
        # Only the characters that are used, so that most papers need one subset a face.
        font = TTFont(name, str(file), asciiReadable=0, shapable=False)
        pdfmetrics.registerFont(font)
        faces[name] = font.face
    return faces


def register() -> None:
    """Make REGULAR and BOLD known to the PDF library; calls after the first cost nothing.

    Raises MachineError code font_missing.
    """
    with _lock:  # two first receipts at once must not both parse 20 MB of font
        _faces()


def file_of(face: str) -> Path:
    """Return the bundled file of REGULAR or BOLD."""
    return _FOLDER / _FILES[face]


def has(face: str, char: str) -> bool:
    """Say whether a bundled face has a glyph for a character."""
    register()
    return ord(char) in _faces()[face].charWidths


@lru_cache(maxsize=2)
def settable(face: str) -> Mapping[int, float]:
    """Return code point -> advance in thousandths of an em, for the characters that are set as text.

    Those beyond U+FFFF are left out, even where the face has them: the PDF library writes four hex digits
    for each, and a search for the name would find another character.
    """
    register()
    widths: Mapping[int, float] = _faces()[face].charWidths
    return {code: advance for code, advance in widths.items() if code <= 0xFFFF}
