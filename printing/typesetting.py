"""Lines of Chinese and Latin text: measured, broken and drawn, whatever font a character comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import groupby
from typing import Any

from printing import fonts, installed_fonts, shaping
from printing.characters import is_private, standard_form

_OPENERS = "（《〈「『【〔“‘([{"
_CLOSERS = "，。、；：！？）》〉」』】〕”’…—·,.;:!?)]}%％"
_ATOM = re.compile(
    rf"[{re.escape(_OPENERS)}]*(?:[A-Za-z0-9#&+\-/_.@:%•*]+|[{shaping.SCRIPT}]+?[\u0f0b-\u0f14]+|\s+|.)"
    rf"[{re.escape(_CLOSERS)}]*\s*",
    re.DOTALL,
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
    return "".join(char if _has_glyph(char) else f"〔{_code(char)}〕" for char in text)


def without_glyph(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the code points, as U+2BA5B, that no font on this machine can draw, each once, in order."""
    return tuple(dict.fromkeys(_code(char) for char in _characters(texts) if not _has_glyph(char)))


def borrowed(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the characters whose glyph is another font's, each once with its code point: 𠮷 U+20BB7."""
    known = fonts.widths(fonts.REGULAR)
    return tuple(
        dict.fromkeys(
            f"{char} {_code(char)}"
            for char in _characters(texts)
            if ord(char) not in known and not shaping.is_shaped(char) and _has_glyph(char)
        )
    )


def _characters(texts: Iterable[str]) -> Iterator[str]:
    return (char for text in texts for char in standard_form(text))


def _code(char: str) -> str:
    return f"U+{ord(char):04X}"


def _all_bundled(text: str) -> bool:
    known = fonts.widths(fonts.REGULAR)
    return all(ord(char) in known for char in text)


@lru_cache(maxsize=4096)
def _has_glyph(char: str) -> bool:
    if ord(char) in fonts.widths(fonts.REGULAR):
        return True
    if shaping.is_shaped(char):
        return shaping.covers(char)
    return not is_private(char) and installed_fonts.glyph(char, bold=False) is not None


def width(text: str, face: Face) -> float:
    """Return the advance of a readable text in points."""
    known = fonts.widths(face.name)
    total = 0.0
    if shaping.has_shaped(text):
        for run, kind in _runs(text, known):
            total += (
                1000 * shaping.shape(run).advance if kind is _Kind.SHAPED else _advances(run, face, known)
            )
    else:
        total = _advances(text, face, known)
    return total * face.size / 1000


def _advances(text: str, face: Face, known: Mapping[int, float]) -> float:
    total = 0.0
    for char in text:
        advance = known.get(ord(char))
        total += advance if advance is not None else 1000 * _foreign(char, face.bold).advance
    return total


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
    if not text:
        return
    known = fonts.widths(face.name)
    if all(ord(char) in known for char in text):
        _show(canvas, x, baseline, text, face)
        return
    for run, kind in _runs(text, known):
        if kind is _Kind.BUNDLED:
            _show(canvas, x, baseline, run, face)
            x += width(run, face)
        elif kind is _Kind.SHAPED:
            _draw_shaped(canvas, x, baseline, run, face.size)
            x += width(run, face)
        else:
            for char in run:
                glyph = _foreign(char, face.bold)
                _draw_glyph(canvas, x, baseline, char, glyph, face.size)
                x += glyph.advance * face.size


def _show(canvas: Any, x: float, baseline: float, text: str, face: Face) -> None:
    """Write the operators for a run in a bundled face; the library's own text object is slow."""
    font, document = fonts.font(face.name), canvas._doc
    shown = [
        f"{font.getSubsetInternalName(subset, document)} {face.size:g} Tf ({canvas._escape(part)}) Tj"
        for subset, part in font.splitString(text, document)
    ]
    canvas._code.append(f"BT {x:.3f} {baseline:.3f} Td {' '.join(shown)} ET")


def draw_lines(canvas: Any, x: float, top: float, lines: Sequence[str], face: Face) -> None:
    """Draw readable lines under each other, the first one's top at y = top, all beginning at x."""
    for index, line in enumerate(lines):
        draw(canvas, x, top - index * face.leading - face.drop, line, face)


class _Kind(Enum):
    """How a run of characters is drawn."""

    BUNDLED = 1
    SHAPED = 2
    FOREIGN = 3


def _kind(char: str, known: Mapping[int, float]) -> _Kind:
    if ord(char) in known:
        return _Kind.BUNDLED
    return _Kind.SHAPED if shaping.is_shaped(char) else _Kind.FOREIGN


def _runs(text: str, known: Mapping[int, float]) -> list[tuple[str, _Kind]]:
    return [("".join(run), kind) for kind, run in groupby(text, lambda char: _kind(char, known))]


def _draw_shaped(canvas: Any, x: float, y: float, run: str, size: float) -> None:
    shaped = shaping.shape(run)
    path = canvas.beginPath()
    act = {"m": path.moveTo, "l": path.lineTo, "c": path.curveTo, "h": path.close}
    for step, points in shaped.steps:
        act[step](*(x + part * size if n % 2 == 0 else y + part * size for n, part in enumerate(points)))
    canvas.drawPath(path, stroke=0, fill=1, fillMode=1)
    _lay_unseen(canvas, x, y, run, size * shaped.advance / len(run))  # as wide in all as what is seen


def _draw_glyph(
    canvas: Any, x: float, y: float, char: str, glyph: installed_fonts.Glyph, size: float
) -> None:
    path = canvas.beginPath()
    for polygon in glyph.polygons:
        for index, (px, py) in enumerate(polygon):
            (path.lineTo if index else path.moveTo)(x + px * size, y + py * size)
        path.close()
    canvas.drawPath(path, stroke=0, fill=1, fillMode=0)
    _lay_unseen(canvas, x, y, char, size)


def _lay_unseen(canvas: Any, x: float, y: float, text: str, size: float) -> None:
    """Put unseen text where outlines were filled, to be found when text is searched or copied."""
    canvas.saveState()  # a rendering mode outlives its text object
    canvas.setFont(fonts.BLANK, size)
    canvas.drawString(x, y, text, mode=_UNSEEN)
    canvas.restoreState()
