"""Glyphs of rare characters: found in the fonts installed on this machine and turned into outlines."""

from __future__ import annotations

import os
import struct
import sys
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_GRID = 1024  # pixels per em when an outline is traced: 0.004 mm at 12 point
_SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")
_LIKELY = ("cjk", "han", "song", "sun", "ming", "hei", "kai", "noto", "wqy", "source")


@dataclass(frozen=True)
class Glyph:
    """A filled shape on an em of 1: closed polygons (even-odd), y up from the baseline, and its advance."""

    polygons: tuple[tuple[tuple[float, float], ...], ...]
    advance: float


LastResort = Callable[[str, bool], Glyph | None]
_last_resort: list[LastResort] = []


def set_last_resort(ask: LastResort) -> None:
    """Name who is asked for (character, bold) that no font file found here has, such as a window system.

    It may be called on any thread.
    """
    _last_resort[:] = [ask]
    _glyph.cache_clear()


def glyph(char: str, *, bold: bool) -> Glyph | None:
    """Return the shape of one character from the best installed font that has it, or None.

    Remembered for the life of the process: a font installed meanwhile is seen after the next start.
    """
    return _glyph(char, bold)


@lru_cache(maxsize=512)
def _glyph(char: str, bold: bool) -> Glyph | None:
    for path in _font_files(bold):
        for index in range(_face_count(path)):
            if _covers(path, index, ord(char)):
                return _trace(char, path, _best_face(path, index))
    return next((found for ask in _last_resort if (found := ask(char, bold)) is not None), None)


def _folders() -> list[Path]:
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", "")) / "Microsoft/Windows/Fonts"
        return [Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts", local]
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), Path.home() / "Library/Fonts"]
    data = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local/share")
    shared = (os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":")
    return [Path(data) / "fonts", Path.home() / ".fonts", *(Path(folder) / "fonts" for folder in shared)]


@lru_cache(maxsize=2)
def _font_files(bold: bool) -> tuple[Path, ...]:
    """Return installed font files, those that suit Chinese text of this weight first."""
    found = {
        Path(root) / name
        for folder in _folders()
        for root, _, names in os.walk(folder)
        for name in names
        if name.lower().endswith(_SUFFIXES)
    }

    def rank(path: Path) -> tuple[bool, bool, bool, str]:
        name = path.name.lower()
        likely = any(word in name for word in _LIKELY)
        return not likely, "serif" in name, ("bold" in name) is not bold, str(path)

    return tuple(sorted(found, key=rank))


@lru_cache(maxsize=256)
def _face_offsets(path: Path) -> tuple[int, ...]:
    """Return where each face of a font file or collection begins; empty for what is not a font."""
    try:
        with path.open("rb") as file:
            head = file.read(12)
            if head[:4] != b"ttcf":
                return (0,) if head[:4] in (b"\0\1\0\0", b"OTTO", b"true") else ()
            count = struct.unpack(">I", head[8:12])[0]
            return struct.unpack(f">{count}I", file.read(4 * count)) if count <= 256 else ()
    except (OSError, struct.error):
        return ()


def _face_count(path: Path) -> int:
    return len(_face_offsets(path))


def _covers(path: Path, index: int, code: int) -> bool:
    starts, ends = _ranges(path, index)
    at = bisect_right(starts, code) - 1
    return at >= 0 and code <= ends[at]


@lru_cache(maxsize=256)
def _ranges(path: Path, index: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the first and last code points of the runs that a face maps (cmap format 12, full Unicode).

    A character that the bundled font lacks is looked for in faces made for large repertoires; those
    have a format 12 table. Anything unreadable covers nothing.
    """
    try:
        table = _table(path, _face_offsets(path)[index], b"cmap")
        count = struct.unpack_from(">H", table, 2)[0]
        for record in range(count):
            offset = struct.unpack_from(">I", table, 4 + 8 * record + 4)[0]
            if struct.unpack_from(">H", table, offset)[0] == 12:
                groups = struct.unpack_from(">I", table, offset + 12)[0]
                numbers = struct.unpack_from(f">{3 * groups}I", table, offset + 16)
                kept = [
                    (a, b) for a, b, g in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True) if g
                ]
                return tuple(a for a, _ in kept), tuple(b for _, b in kept)
    except (OSError, struct.error, IndexError):
        pass
    return (), ()


def _table(path: Path, face_offset: int, tag: bytes) -> bytes:
    with path.open("rb") as file:
        file.seek(face_offset + 4)
        count = struct.unpack(">H", file.read(2))[0]
        file.seek(face_offset + 12)
        for _ in range(count):
            name, _, offset, length = struct.unpack(">4sIII", file.read(16))
            if name == tag:
                file.seek(offset)
                return file.read(length)
    return b""


def _best_face(path: Path, index: int) -> int:
    """Return the face of a collection that draws mainland forms, if one says so, else `index`."""
    from PIL import ImageFont

    for other in range(_face_count(path)):
        family = ImageFont.truetype(str(path), 16, index=other).getname()[0] or ""
        if family.split()[-1:] in (["SC"], ["CN"]):
            return other
    return index


def _trace(char: str, path: Path, index: int) -> Glyph:
    """Draw one character of one face large and follow its edges.

    The raster step reads every outline format that an installed font may have, in memory-safe calls.
    """
    import cv2
    import numpy as np
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.truetype(str(path), _GRID, index=index)
    image = Image.new("L", (2 * _GRID, 2 * _GRID))
    baseline = _GRID + _GRID // 2
    ImageDraw.Draw(image).text((_GRID // 2, baseline), char, fill=255, font=font, anchor="ls")
    mask = (np.asarray(image) >= 128).astype(np.uint8)
    contours, _ = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    polygons = []
    for contour in contours:
        points = cv2.approxPolyDP(contour, 0.7, closed=True).reshape(-1, 2)
        if len(points) >= 3:
            polygons.append(
                tuple(
                    (
                        round((float(x) - _GRID // 2 + 0.5) / _GRID, 4),
                        round((baseline - float(y) - 0.5) / _GRID, 4),
                    )
                    for x, y in points
                )
            )
    return Glyph(tuple(polygons), font.getlength(char) / _GRID)
