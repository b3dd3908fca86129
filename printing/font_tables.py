"""The tables of a bundled TrueType file read whole: two faces of 30,000 glyphs in a fortieth of a second."""

from __future__ import annotations

import mmap
import re
import struct
import sys
import threading
from array import array
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from reportlab.pdfbase.ttfonts import TTEncoding, TTFont, TTFontFace

_FULL_UNICODE = 12  # the format of the character map that both faces have
_FIVE_DIGITS = re.compile("<([0-9A-F]{5,6})>")


class Face(TTFontFace):  # type: ignore[misc]
    """A face whose file stays on disk and whose tables are read at once instead of number by number.

    The library reads a face in 60 ms, one number at a time, and copies its 8 MB of outlines for every paper.
    `like` is a face of the same family: where both map the same characters, they share the map.
    """

    def __init__(self, file: Path, like: Face | None = None) -> None:
        self._like = like
        self._subsetting = threading.Lock()
        super().__init__(str(file))

    def readFile(self, f: str) -> None:
        self.filename = f
        with Path(f).open("rb") as file:
            self._ttf_data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._pos = 0

    def extractInfo(self, charInfo: int = 1) -> None:  # noqa: N803  (the library's name)
        super().extractInfo(charInfo=0)
        self.cmap = self.get_table("cmap")
        self.charToGlyph: Mapping[int, int] = (
            self._like.charToGlyph
            if self._like is not None and self._like.cmap == self.cmap
            else _characters(self.cmap)
        )
        self.glyphToChar: dict[int, list[int]] = {}  # only the library's own shaping asks for it
        full = struct.unpack(">H", self.get_table("hhea")[34:36])[0]
        self.hmetrics = Metrics(self.get_table("hmtx"), full)
        advances = self.hmetrics.advances
        scale, last = 1000 / self.unitsPerEm, len(advances) - 1
        self.defaultWidth = advances[0] * scale
        thousandths = advances if scale == 1 else [advance * scale for advance in advances]
        self.charWidths = {
            code: thousandths[glyph if glyph < last else last] for code, glyph in self.charToGlyph.items()
        }
        long = struct.unpack(">H", self.get_table("head")[50:52])[0]
        places = _numbers("I" if long else "H", self.get_table("loca"))
        self.glyphPos = places if long else array("I", (place * 2 for place in places))

    def get_table(self, tag: str) -> Any:
        """Return a table's bytes; of the outlines, something that gives slices without copying the whole."""
        return Outlines(self._ttf_data, *self.get_table_pos(tag)) if tag == "glyf" else super().get_table(tag)

    def makeSubset(self, subset: Sequence[int]) -> bytes:
        with self._subsetting:  # the library keeps its place in the file in the face: two papers would mix
            made: bytes = super().makeSubset(subset)
        return made


class Font(TTFont):  # type: ignore[misc]
    """The library's font object for a face that is already read.

    It writes code points beyond U+FFFF as five digits, where a ToUnicode map holds UTF-16BE (ISO 32000
    section 9.10.3): cut to four, a search for a name would find another character. Mended here.
    """

    def __init__(self, name: str, face: Any) -> None:
        self.fontName, self.face = name, face
        self.encoding = TTEncoding()
        self.state: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()  # by document
        self._asciiReadable = 0
        self.shapable = False

    def addObjects(self, doc: Any) -> None:
        super().addObjects(doc)
        for name, entry in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:"):
                entry.content = _FIVE_DIGITS.sub(_as_surrogates, entry.content)


def _as_surrogates(match: re.Match[str]) -> str:
    return f"<{chr(int(match[1], 16)).encode('utf-16-be').hex().upper()}>"


class Outlines:
    """The glyf table inside its file: slices of it, as bytes."""

    def __init__(self, data: mmap.mmap, start: int, length: int) -> None:
        self._data, self._start, self._length = data, start, length

    def __getitem__(self, part: slice) -> bytes:
        return self._data[self._start + part.start : self._start + min(part.stop, self._length)]


class Metrics:
    """The hmtx table: (advance, left side bearing) of a glyph, in font units.

    The last advance holds for all glyphs from there on, which have their bearings alone (OpenType, hmtx).
    """

    def __init__(self, table: bytes, full: int) -> None:
        pairs = _numbers("H", table[: 4 * full])
        self.advances = pairs[::2]
        self._bearings = pairs[1::2] + _numbers("H", table[4 * full :])

    def __getitem__(self, glyph: int) -> tuple[int, int]:
        return self.advances[min(glyph, len(self.advances) - 1)], self._bearings[glyph]


def _characters(cmap: bytes) -> dict[int, int]:
    """Return code point -> glyph from a character map. ValueError where it has no table of full Unicode."""
    for at in range(4, 4 + 8 * struct.unpack_from(">H", cmap, 2)[0], 8):
        offset = struct.unpack_from(">I", cmap, at + 4)[0]
        if struct.unpack_from(">H", cmap, offset)[0] == _FULL_UNICODE:
            count = struct.unpack_from(">I", cmap, offset + 12)[0]
            numbers = _numbers("I", cmap[offset + 16 : offset + 16 + 12 * count])
            found = dict(_pairs(numbers))
            if 0x20 in found:
                found[0xA0] = found[0x20]
            return found
    raise ValueError("no character map of full Unicode")


def _pairs(numbers: array[int]) -> Iterator[tuple[int, int]]:
    for start, end, glyph in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True):
        if start == end:
            yield start, glyph
        else:
            yield from zip(range(start, end + 1), range(glyph, glyph + end - start + 1), strict=True)


def _numbers(kind: str, table: bytes) -> array[int]:
    numbers = array(kind)
    numbers.frombytes(table[: len(table) // numbers.itemsize * numbers.itemsize])
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
