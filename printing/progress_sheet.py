"""Progress (进度) on A4: each chart drawn as lines and areas, and under it the table of the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from printing import layout, typesetting
from printing.layout import A4, MM, Block

_WORDS = {
    "zh": {"made": "{time} 打印", "page": "第 {n} 页，共 {all} 页", "none": "没有数据。"},
    "en": {"made": "Printed {time}", "page": "Page {n} of {all}", "none": "No data."},
}
_LEFT, _RIGHT, _TOP, _FOOT = 18 * MM, 192 * MM, 280 * MM, 16 * MM
_LABEL, _SAID, _HIGH = 52 * MM, 54 * MM, 3.6 * MM  # of a bar's line
_FIRST = 0.34  # of a table's width, where it has more than two columns


@dataclass(frozen=True)
class Drawn:
    """One bar: its length and its target lie between 0 and 1; short of it, it is hatched."""

    label: str
    share: float
    words: str
    target: float | None
    reached: bool


@dataclass(frozen=True)
class Part:
    """One chart and its table; without bars the table stands alone."""

    title: str
    bars: Sequence[Drawn]
    headings: Sequence[str]
    lines: Sequence[Sequence[str]]


def render(
    title: str, said: Sequence[str], parts: Sequence[Part], *, language: str = "zh", printed_at: datetime
) -> bytes:
    """Return the paper as PDF bytes, A4, on as many pages as it takes; `said` stands under the title.

    The same arguments give the same bytes. Raises MachineError font_missing.
    """
    tongue = "en" if language.startswith("en") else "zh"
    words = _WORDS[tongue]
    canvas, buffer = layout.new_canvas(A4, title=title, language=tongue, made_at=printed_at)
    head, small = typesetting.bold(20), typesetting.regular(9.5, 1.6)
    made = words["made"].format(time=f"{printed_at:%Y-%m-%d %H:%M}")
    below = [line for text in (*said, made) for line in typesetting.wrap(text, small, _RIGHT - _LEFT)]
    blocks = [
        _text([typesetting.shorten(title, head, _RIGHT - _LEFT)], head),
        _text(below, small),
        layout.space(4 * MM),
    ]
    for part in parts:
        blocks += _part(part, words["none"])
    room = _TOP - _FOOT - 6 * MM
    pages = layout.paginate(blocks, room, room)
    foot = typesetting.regular(9)
    for number, page in enumerate(pages, start=1):
        layout.fill(canvas, layout.INK)
        layout.stack(canvas, page, _TOP)
        layout.fill(canvas, layout.MUTED)
        told = words["page"].format(n=number, all=len(pages))
        typesetting.draw(canvas, _RIGHT, _FOOT - 4 * MM, told, foot, "right")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _part(part: Part, none: str) -> list[Block]:
    heading = _text([part.title], typesetting.bold(13, 1.9))
    blocks = [Block(heading.height, heading.draw, keep=True)]
    if not part.lines:
        return [*blocks, _text([none], typesetting.regular(10)), layout.space(4 * MM)]
    blocks += [_bar(bar) for bar in part.bars]
    if part.bars:
        blocks.append(layout.space(3 * MM))
    columns = _columns(len(part.headings))
    header = _row(part.headings, columns, typesetting.bold(9.5, 1.6))
    blocks.append(Block(header.height, header.draw, keep=True))
    face = typesetting.regular(9.5, 1.6)
    blocks += [
        Block(row.height, row.draw, header=header)
        for row in (_row(line, columns, face) for line in part.lines)
    ]
    return [*blocks, layout.space(6 * MM)]


def _text(lines: Sequence[str], face: typesetting.Face) -> Block:
    def draw(canvas: Any, top: float) -> None:
        layout.fill(canvas, layout.INK)
        typesetting.draw_lines(canvas, _LEFT, top, lines, face)

    return Block(len(lines) * face.leading, draw)


def _columns(count: int) -> list[tuple[float, float]]:
    """Return left edge and width of each column."""
    whole = _RIGHT - _LEFT
    first = whole * (_FIRST if count > 2 else 0.5)
    rest = (whole - first) / max(count - 1, 1)
    return [(_LEFT, first), *((_LEFT + first + n * rest, rest) for n in range(count - 1))]


def _row(texts: Sequence[str], columns: Sequence[tuple[float, float]], face: typesetting.Face) -> Block:
    cells = [
        typesetting.wrap(text, face, width - 3 * MM) for text, (_, width) in zip(texts, columns, strict=True)
    ]
    high = max(len(cell) for cell in cells) * face.leading + 1.6 * MM

    def draw(canvas: Any, top: float) -> None:
        layout.fill(canvas, layout.INK)
        for cell, (left, _) in zip(cells, columns, strict=True):
            typesetting.draw_lines(canvas, left, top - 0.8 * MM, cell, face)
        layout.rule(canvas, _LEFT, _RIGHT, top - high)

    return Block(high, draw)


def _bar(bar: Drawn) -> Block:
    face = typesetting.regular(9.5, 1.6)
    left, width = _LEFT + _LABEL, _RIGHT - _LEFT - _LABEL - _SAID
    high = 7 * MM

    def draw(canvas: Any, top: float) -> None:
        layout.fill(canvas, layout.INK)
        for x, text, room in ((_LEFT, bar.label, _LABEL), (left + width + 3 * MM, bar.words, _SAID - 3 * MM)):
            told = typesetting.shorten(text, face, room - 2 * MM)
            typesetting.draw_lines(canvas, x, top - (high - face.leading) / 2, [told], face)
        foot = top - (high + _HIGH) / 2
        canvas.saveState()
        canvas.setLineWidth(0.5)
        canvas.setStrokeColorRGB(*(part / 255 for part in layout.MUTED))
        canvas.rect(left, foot, width, _HIGH, stroke=1, fill=0)
        long = width * min(max(bar.share, 0.0), 1.0)
        layout.fill(canvas, layout.PRIMARY if bar.reached else layout.AMBER)
        canvas.rect(left, foot, long, _HIGH, stroke=0, fill=1)
        if not bar.reached and long:
            _hatch(canvas, left, foot, long)
        if bar.target is not None:
            canvas.setStrokeColorRGB(*(part / 255 for part in layout.INK))
            canvas.setLineWidth(1.2)
            x = left + width * bar.target
            canvas.line(x, foot - MM, x, foot + _HIGH + MM)
        canvas.restoreState()

    return Block(high, draw)


def _hatch(canvas: Any, left: float, foot: float, long: float) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(left, foot, long, _HIGH)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.setStrokeColorRGB(1, 1, 1)
    canvas.setLineWidth(0.8)
    x = left
    while x < left + long + _HIGH:
        canvas.line(x - _HIGH, foot, x, foot + _HIGH)
        x += 2 * MM
    canvas.restoreState()
