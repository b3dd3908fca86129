"""Lines of Chinese and Latin text: measured, broken and drawn, whatever font a character comes from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from printing import fonts, installed_fonts
from printing.characters import is_private, standard_form

_OPENERS = "（《〈「『【〔“‘([{"
_CLOSERS = "，。、；：！？）》〉」』】〕”’…—·,.;:!?)]}%％"
_ATOM = re.compile(
    rf"[{re.escape(_OPENERS)}]*(?:[A-Za-z0-9#&+\-/_.@:%•*]+|\s+|.)[{re.escape(_CLOSERS)}]*\s*", re.DOTALL
)
_UNSEEN = 3  # text rendering mode: neither filled nor stroked


@dataclass(frozen=True)
class Face:
    """One of the bundled faces at one size in points, with the baseline-to-baseline distance of its lines."""

    name: str
    size: float
    leading: float

    @property
    def bold(self) -> bool:
        return self.name == fonts.BOLD

    @property
    def drop(self) -> float:
        """Return how far below the top of its line the baseline lies: the ideographic box is centred."""
        return (self.leading - self.size) / 2 + 0.88 * self.size


def regular(size: float, leading: float = 1.5) -> Face:
    return Face(fonts.REGULAR, size, size * leading)


def bold(size: float, leading: float = 1.5) -> Face:
    return Face(fonts.BOLD, size, size * leading)


def readable(text: str) -> str:
    """Return text in which every character can be drawn: one without any glyph becomes 〔U+2BA5B〕."""
    text = standard_form(text)
    if _all_bundled(text):
        return text
    return "".join(char if _has_glyph(char) else f"〔U+{ord(char):04X}〕" for char in text)


def without_glyph(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the code points, as U+2BA5B, that no font on this machine can draw, each once, in order."""
    return tuple(
        dict.fromkeys(
            f"U+{ord(char):04X}" for text in texts for char in standard_form(text) if not _has_glyph(char)
        )
    )


def _all_bundled(text: str) -> bool:
    known = fonts.widths(fonts.REGULAR)
    return all(ord(char) in known for char in text)


@lru_cache(maxsize=4096)
def _has_glyph(char: str) -> bool:
    if ord(char) in fonts.widths(fonts.REGULAR):
        return True
    return not is_private(char) and installed_fonts.glyph(char, bold=False) is not None


def width(text: str, face: Face) -> float:
    """Return the advance of a readable text in points."""
    known = fonts.widths(face.name)
    total = 0.0
    for char in text:
        advance = known.get(ord(char))
        total += advance if advance is not None else 1000 * _foreign(char, face.bold).advance
    return total * face.size / 1000


def _foreign(char: str, heavy: bool) -> installed_fonts.Glyph:
    return installed_fonts.glyph(char, bold=heavy) or installed_fonts.Glyph((), 1.0)


def wrap(text: str, face: Face, room: float) -> list[str]:
    """Break text into lines no wider than `room` points; at least one line, which may be empty.

    Latin words and numbers stay whole where they fit, closing punctuation never begins a line and
    opening punctuation never ends one.
    """
    return wrap_atoms(_ATOM.findall(readable(text)), face, room)


def wrap_list(parts: Sequence[str], separator: str, face: Face, room: float) -> list[str]:
    """Break an enumeration between its parts, so that a name is torn only where it is longer than a line."""
    atoms = [readable(part) + separator for part in parts[:-1]] + [readable(part) for part in parts[-1:]]
    return wrap_atoms(atoms, face, room)


def wrap_atoms(atoms: Iterable[str], face: Face, room: float) -> list[str]:
    """Break between atoms; an atom that is wider than a line is broken anywhere."""
    lines: list[str] = []
    line, used = "", 0.0
    for atom in atoms:
        size = width(atom.rstrip(), face)
        if line and used + size > room + 0.01:
            lines.append(line.rstrip())
            line, used = "", 0.0
        if size > room:
            for char in atom.rstrip():
                step = width(char, face)
                if line and used + step > room + 0.01:
                    lines.append(line)
                    line, used = "", 0.0
                line, used = line + char, used + step
        else:
            line, used = line + atom, used + width(atom, face)
    return [*lines, line.rstrip()]


def shorten(text: str, face: Face, room: float) -> str:
    """Return text on one line, its end replaced by … where it is too long."""
    text = readable(text)
    if width(text, face) <= room:
        return text
    while text and width(text + "…", face) > room:
        text = text[:-1]
    return text + "…"


def draw(canvas: Any, x: float, baseline: float, text: str, face: Face, align: str = "left") -> None:
    """Draw one readable line; `x` is its left end, its middle or its right end as `align` says."""
    if align != "left":
        x -= width(text, face) / (2 if align == "centre" else 1)
    known = fonts.widths(face.name)
    canvas.setFont(face.name, face.size)
    if all(ord(char) in known for char in text):
        canvas.drawString(x, baseline, text)
        return
    for run, bundled in _runs(text, lambda char: ord(char) in known):
        if bundled:
            canvas.setFont(face.name, face.size)
            canvas.drawString(x, baseline, run)
            x += width(run, face)
        else:
            for char in run:
                shape = _foreign(char, face.bold)
                _draw_shape(canvas, x, baseline, char, shape, face.size)
                x += shape.advance * face.size


def draw_lines(canvas: Any, x: float, top: float, lines: Sequence[str], face: Face) -> None:
    """Draw readable lines under each other, the first one's top at y = top, all beginning at x."""
    for index, line in enumerate(lines):
        draw(canvas, x, top - index * face.leading - face.drop, line, face)


def _runs(text: str, test: Callable[[str], bool]) -> list[tuple[str, bool]]:
    runs: list[tuple[str, bool]] = []
    for char in text:
        known = test(char)
        if runs and runs[-1][1] is known:
            runs[-1] = (runs[-1][0] + char, known)
        else:
            runs.append((char, known))
    return runs


def _draw_shape(
    canvas: Any, x: float, y: float, char: str, shape: installed_fonts.Glyph, size: float
) -> None:
    """Fill the outlines, over unseen text in the same place that is found when text is searched or copied."""
    path = canvas.beginPath()
    for polygon in shape.polygons:
        for index, (px, py) in enumerate(polygon):
            (path.lineTo if index else path.moveTo)(x + px * size, y + py * size)
        path.close()
    canvas.drawPath(path, stroke=0, fill=1, fillMode=0)
    canvas.saveState()  # a rendering mode outlives its text object
    canvas.setFont(fonts.BLANK, size)
    canvas.drawString(x, y, char, mode=_UNSEEN)
    canvas.restoreState()
