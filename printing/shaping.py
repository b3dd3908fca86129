"""Tibetan text as shapes: letters stack under each other, which no table of single characters can draw."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from printing import fonts
from registration.errors import MachineError

_FILE = Path(__file__).with_name("fonts_data") / "NotoSerifTibetan-Regular.ttf"
SCRIPT = "\u0f00-\u0fff"
_RUN = re.compile(rf"[{SCRIPT}]")

Step = tuple[str, tuple[float, ...]]  # m x y, l x y, c x1 y1 x2 y2 x y, h: as in a PDF path


@dataclass(frozen=True)
class Shaped:
    """A run of text as outlines filled by the nonzero rule, y up, an em of 1; and its advance."""

    steps: tuple[Step, ...]
    advance: float


def is_shaped(char: str) -> bool:
    """Say whether a character belongs to the script that is drawn by runs."""
    return _RUN.match(char) is not None


def has_shaped(text: str) -> bool:
    return _RUN.search(text) is not None


def covers(char: str) -> bool:
    """Say whether the bundled font has a character of the script. MachineError code font_missing."""
    return _font().get_nominal_glyph(ord(char)) is not None


@lru_cache(maxsize=1024)
def shape(run: str) -> Shaped:
    """Return a run of Tibetan as shapes, its letters stacked. MachineError code font_missing."""
    font = _font()
    import uharfbuzz

    buffer = uharfbuzz.Buffer()
    buffer.add_str(run)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    em = font.face.upem
    pen, x = _Pen(em), 0
    for glyph, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        pen.x, pen.y = x + place.x_offset, place.y_offset
        font.draw_glyph_with_pen(glyph.codepoint, pen)
        x += place.x_advance
    return Shaped(tuple(pen.steps), x / em)


@lru_cache(maxsize=1)
def _font() -> Any:
    fonts.register()  # while the PDF library loads, it is kept from this module
    import uharfbuzz

    if not _FILE.is_file():
        raise MachineError("font_missing")
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(_FILE))))


class _Pen:
    """Takes a glyph's outline in font units, in the calls of a fontTools pen, to where the glyph stands."""

    def __init__(self, em: int) -> None:
        self._em = em
        self._at = (0.0, 0.0)
        self.x = self.y = 0
        self.steps: list[Step] = []

    def _place(self, point: tuple[float, float]) -> tuple[float, float]:
        return (point[0] + self.x) / self._em, (point[1] + self.y) / self._em

    def _step(self, kind: str, *points: tuple[float, float]) -> None:
        self.steps.append((kind, tuple(part for point in points for part in point)))
        self._at = points[-1]

    def moveTo(self, point: tuple[float, float]) -> None:
        self._step("m", self._place(point))

    def lineTo(self, point: tuple[float, float]) -> None:
        self._step("l", self._place(point))

    def qCurveTo(self, control: tuple[float, float], point: tuple[float, float]) -> None:
        """Raise a quadratic curve of TrueType to the cubic one of PDF."""
        (cx, cy), (x, y), (x0, y0) = self._place(control), self._place(point), self._at
        first = (x0 + (cx - x0) * 2 / 3, y0 + (cy - y0) * 2 / 3)
        second = (x + (cx - x) * 2 / 3, y + (cy - y) * 2 / 3)
        self._step("c", first, second, (x, y))

    def curveTo(
        self, first: tuple[float, float], second: tuple[float, float], point: tuple[float, float]
    ) -> None:
        self._step("c", self._place(first), self._place(second), self._place(point))

    def closePath(self) -> None:
        self.steps.append(("h", ()))
