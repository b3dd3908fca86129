"""The building table on A3: one building a page, each cell with its letter and hatching, no names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from printing import layout, typesetting
from printing.layout import MM

A3 = (420 * MM, 297 * MM)
_LEFT, _RIGHT, _TOP, _FOOT = 15 * MM, 405 * MM, 282 * MM, 14 * MM
_SIDE, _GAP, _WIDEST, _TALLEST = 14 * MM, 1 * MM, 24 * MM, 11 * MM
_ACROSS = 30  # columns that a page shows at a size one can read

# Each standing has a letter and a grey, so that a copy in black and white says the same.
LETTERS: Mapping[str, tuple[str, str, int]] = {
    "": ("", "", 255),
    "surveyed": ("摸", "S", 245),
    "booked": ("约", "B", 245),
    "draft": ("草", "D", 255),
    "received": ("收", "R", 232),
    "accepted": ("受", "A", 216),
    "returned": ("补", "C", 232),
    "rejected": ("驳", "X", 255),
    "registered": ("登", "G", 196),
    "certificate_issued": ("证", "Z", 176),
    "in_hand": ("领", "H", 150),
    "blocked": ("阻", "!", 255),
}
_WORDS = {
    "zh": {"title": "{compound} · {building}", "made": "{time} · 共 {n} 户", "floor": "{n} 层"},
    "en": {"title": "{compound} · {building}", "made": "{time} · {n} households", "floor": "{n} F"},
}


@dataclass(frozen=True)
class Square:
    """One household as it stands in the plan: `row` from the top floor, `column` from the left."""

    row: int
    column: int
    room: str
    standing: str


@dataclass(frozen=True)
class Building:
    """One building: floors from the top, entrances as (name, first column, columns), and its squares."""

    name: str
    floors: Sequence[int]
    entrances: Sequence[tuple[str, int, int]]
    squares: Sequence[Square]


def render(
    compound: str,
    buildings: Sequence[Building],
    words: Mapping[str, str],
    *,
    language: str = "zh",
    printed_at: datetime,
) -> bytes:
    """Return the sheets as PDF bytes; `words` names each standing in the language.

    A building wider than a page goes on over pages. The same arguments give the same bytes. Raises
    MachineError font_missing.
    """
    tongue = "en" if language.startswith("en") else "zh"
    canvas, buffer = layout.new_canvas(A3, title=compound, language=tongue, made_at=printed_at)
    for building in buildings:
        columns = max((square.column for square in building.squares), default=0) + 1
        for first in range(0, columns, _ACROSS):
            _page(canvas, compound, building, words, tongue, printed_at, first)
            canvas.showPage()
    if not buildings:
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _page(
    canvas: Any,
    compound: str,
    building: Building,
    words: Mapping[str, str],
    tongue: str,
    printed_at: datetime,
    first: int,
) -> None:
    said = _WORDS[tongue]
    title, small = typesetting.bold(22), typesetting.regular(10)
    layout.fill(canvas, layout.INK)
    heading = said["title"].format(compound=compound, building=building.name)
    typesetting.draw_lines(canvas, _LEFT, _TOP, [heading], title)
    made = said["made"].format(time=f"{printed_at:%Y-%m-%d %H:%M}", n=len(building.squares))
    typesetting.draw_lines(canvas, _LEFT, _TOP - title.leading, [made], small)
    shown = [square for square in building.squares if first <= square.column < first + _ACROSS]
    across = max((square.column for square in shown), default=first) - first + 1
    width = min((_RIGHT - _LEFT - _SIDE) / across, _WIDEST)
    top = _TOP - title.leading - small.leading - 9 * MM
    height = min((top - _FOOT - 14 * MM) / max(len(building.floors), 1), _TALLEST)
    for name, start, count in building.entrances:
        if first <= start < first + _ACROSS or first < start + count <= first + _ACROSS:
            x = _LEFT + _SIDE + (max(start, first) - first) * width
            typesetting.draw_lines(canvas, x, top + 6 * MM, [name], small)
    floor_face = typesetting.regular(min(10, height * 0.5), 1.2)
    for row, floor in enumerate(building.floors):
        y = top - row * height - (height - floor_face.leading) / 2
        typesetting.draw_lines(canvas, _LEFT, y, [said["floor"].format(n=floor)], floor_face)
    for square in shown:
        x = _LEFT + _SIDE + (square.column - first) * width
        _square(canvas, x, top - square.row * height, width - _GAP, height - _GAP, square, tongue)
    _legend(canvas, building, words, tongue)


def _square(
    canvas: Any, x: float, top: float, width: float, height: float, square: Square, tongue: str
) -> None:
    zh, en, grey = LETTERS.get(square.standing, LETTERS[""])
    canvas.saveState()
    canvas.setStrokeGray(0.35)
    canvas.setLineWidth(1.2 if square.standing == "blocked" else 0.5)
    if square.standing in ("draft", "booked"):
        canvas.setDash(2, 1.5)
    canvas.setFillGray(grey / 255)
    canvas.rect(x, top - height, width, height, stroke=1, fill=1)
    if square.standing == "blocked":
        path = canvas.beginPath()
        path.rect(x, top - height, width, height)
        canvas.clipPath(path, stroke=0, fill=0)
        canvas.setLineWidth(0.6)
        canvas.setStrokeGray(0.6)
        step = 2.2 * MM
        for at in range(int((width + height) / step) + 1):
            canvas.line(x + at * step - height, top - height, x + at * step, top)
    canvas.restoreState()
    layout.fill(canvas, layout.INK)
    face = typesetting.bold(min(10, height * 0.45, width * 0.26), 1.2)
    typesetting.draw_lines(canvas, x + 1 * MM, top - (height - face.leading) / 2, [square.room], face)
    letter = zh if tongue == "zh" else en
    if letter:
        small = typesetting.regular(min(8, height * 0.36), 1.2)
        typesetting.draw_lines(canvas, x + width - small.size - 0.6 * MM, top - 0.4 * MM, [letter], small)


def _legend(canvas: Any, building: Building, words: Mapping[str, str], tongue: str) -> None:
    counts = Counter(square.standing for square in building.squares)
    face, x, y = typesetting.regular(9.5, 1.3), _LEFT, _FOOT + 7 * MM
    for standing in LETTERS:
        if not counts[standing]:
            continue
        text = f"{words.get(standing, standing)} {counts[standing]}"
        wide = 9.5 * MM + typesetting.width(text, face) + 5 * MM
        if x + wide > _RIGHT:
            x, y = _LEFT, y - 8 * MM
        _square(canvas, x, y, 8 * MM, 7 * MM, Square(0, 0, "", standing), tongue)
        typesetting.draw_lines(canvas, x + 9.5 * MM, y - 1 * MM, [text], face)
        x += wide
