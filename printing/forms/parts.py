"""The parts that forms are made of: titles, ruled cells, tables, ticks, signatures, lines to write on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from printing import layout, packs
from printing.layout import MM, Block
from printing.typesetting import Face, bold, draw, draw_lines, readable, regular, width, wrap
from registration.signatures import PAD_RATIO

LEFT, RIGHT = 20 * MM, 190 * MM
WIDE = RIGHT - LEFT
_CELL_FILL = (0xF2, 0xF4, 0xF1)
_MOST_LINES = 24  # of one cell: what is longer goes on in the next row, which may stand on the next page


@dataclass(frozen=True)
class Style:
    """The sizes of one form: `scale` 1 is the ordinary 10.5 point, large print is 1.5.

    `second` has labels in a second language, by their Chinese.
    """

    scale: float = 1.0
    second: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> Face:
        return bold(19 * min(self.scale, 1.25), 1.4)

    @property
    def heading(self) -> Face:
        return bold(12 * self.scale, 1.6)

    @property
    def body(self) -> Face:
        return regular(10.5 * self.scale, 1.6)

    @property
    def strong(self) -> Face:
        return bold(10.5 * self.scale, 1.6)

    @property
    def label(self) -> Face:
        return regular(9.5 * self.scale, 1.5)

    @property
    def small(self) -> Face:
        return regular(8.5 * self.scale, 1.5)

    def label_lines(self, label: str, face: Face, room: float) -> list[str]:
        """Return a label's lines, those of the second language under the Chinese."""
        second = packs.second_of(self.second, label)
        return wrap(label, face, room) + (wrap(second, face, room) if second else [])


def title(
    style: Style, text: str, subtitles: Sequence[str], number: str, *, code_side: float = 0
) -> list[Block]:
    """Return the form's name in the middle, what it is under it, and its number at the right.

    `code_side` points are kept free in the upper right corner, for a QR code.
    """
    blocks = [centred(text, style.title)]
    blocks += [centred(subtitle, style.body) for subtitle in subtitles if subtitle]
    right = RIGHT - (code_side + 4 * MM if code_side else 0)
    if number:
        lines = wrap(number, style.body, right - LEFT)

        def paint(canvas: Any, top: float) -> None:
            layout.fill(canvas, layout.INK)
            for index, line in enumerate(lines):
                base = top - index * style.body.leading - style.body.drop
                draw(canvas, right, base, line, style.body, "right")

        blocks.append(Block(len(lines) * style.body.leading, paint))
    missing = code_side - sum(block.height for block in blocks)
    return [*blocks, layout.space(max(missing, 0) + 2 * MM)]


def centred(text: str, face: Face) -> Block:
    lines = wrap(text, face, WIDE)

    def paint(canvas: Any, top: float) -> None:
        layout.fill(canvas, layout.INK)
        for index, line in enumerate(lines):
            draw(canvas, (LEFT + RIGHT) / 2, top - index * face.leading - face.drop, line, face, "centre")

    return Block(len(lines) * face.leading, paint)


def heading(style: Style, text: str) -> Block:
    face = style.heading
    second = readable(packs.second_of(style.second, text))
    text = readable(text)

    def paint(canvas: Any, top: float) -> None:
        layout.fill(canvas, layout.INK)
        draw(canvas, LEFT, top - 1.5 * MM - face.drop, text, face)
        draw(canvas, LEFT + width(text, face) + 3 * MM, top - 1.5 * MM - face.drop, second, style.label)

    return Block(face.leading + 2.5 * MM, paint, keep=True)


def paragraph(face: Face, text: str, *, indent: bool = True) -> list[Block]:
    """Return a text line by line, so that it may flow over pages; Chinese paragraphs begin two ems in."""
    first = "\u3000\u3000" if indent else ""
    lines = wrap(first + text, face, WIDE) if text else [""]
    blocks = [_line(line, face) for line in lines]
    # Neither the first nor the last line of a paragraph stands alone on a page.
    if len(blocks) > 1:
        blocks[0] = replace(blocks[0], keep=True)
        blocks[-2] = replace(blocks[-2], keep=True)
    return [*blocks, layout.space(1 * MM)]


def _line(text: str, face: Face) -> Block:
    def paint(canvas: Any, top: float) -> None:
        layout.fill(canvas, layout.INK)
        draw(canvas, LEFT, top - face.drop, text, face)

    return Block(face.leading, paint)


def cells(style: Style, pairs: Sequence[tuple[str, str]]) -> list[Block]:
    """Return one row of ruled cells, label and value in turn, all pairs of the same width.

    A value that is too long for one row goes on in rows of its own.
    """
    pair_wide = WIDE / len(pairs)
    label_wide = min(max(26 * MM * min(style.scale, 1.3), 26 * MM), pair_wide * 0.5)
    room = pair_wide - label_wide - 4 * MM
    labels = [style.label_lines(label, style.label, label_wide - 3 * MM) for label, _ in pairs]
    values = [wrap(value, style.body, room) for _, value in pairs]
    rows = max(-(-len(lines) // _MOST_LINES) for lines in values)
    return [
        _cell_row(
            style,
            labels if row == 0 else [[""] for _ in pairs],
            [lines[row * _MOST_LINES : (row + 1) * _MOST_LINES] for lines in values],
            (pair_wide, label_wide),
        )
        for row in range(rows)
    ]


def _cell_row(
    style: Style, labels: list[list[str]], values: list[list[str]], wide: tuple[float, float]
) -> Block:
    pad = 1.2 * MM
    pair_wide, label_wide = wide
    value_rows, label_rows = max(map(len, values)), max(map(len, labels))
    height = max(value_rows * style.body.leading, label_rows * style.label.leading) + 2 * pad

    def paint(canvas: Any, top: float) -> None:
        for index, (label, value) in enumerate(zip(labels, values, strict=True)):
            x = LEFT + index * pair_wide
            layout.fill(canvas, _CELL_FILL)
            canvas.rect(x, top - height, label_wide, height, stroke=0, fill=1)
            layout.fill(canvas, layout.INK)
            middle = top - (height - len(label) * style.label.leading) / 2
            draw_lines(canvas, x + 1.5 * MM, middle, label, style.label)
            middle = top - (height - len(value) * style.body.leading) / 2
            draw_lines(canvas, x + label_wide + 2 * MM, middle, value, style.body)
            upright(canvas, x + label_wide, top, height)
            if index:
                upright(canvas, x, top, height)
        box(canvas, top, height)

    return Block(height, paint)


def upright(canvas: Any, x: float, top: float, height: float) -> None:
    canvas.setStrokeColorRGB(*(part / 255 for part in layout.INK))
    canvas.setLineWidth(0.5)
    canvas.line(x, top, x, top - height)


def box(canvas: Any, top: float, height: float) -> None:
    """Draw the frame of a row, with the rule above too: it may be the first on its page."""
    upright(canvas, LEFT, top, height)
    upright(canvas, RIGHT, top, height)
    layout.rule(canvas, LEFT, RIGHT, top - height, colour=layout.INK)
    layout.rule(canvas, LEFT, RIGHT, top, colour=layout.INK)


@dataclass(frozen=True)
class Column:
    """One column of a table: its heading, and its width in millimetres; 0 takes what is left."""

    heading: str
    width_mm: float = 0
    centred: bool = False


def table(style: Style, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[Block]:
    """Return a ruled table whose header is repeated on every page it reaches."""
    fixed = sum(column.width_mm for column in columns) * MM
    open_columns = sum(1 for column in columns if not column.width_mm) or 1
    widths = [column.width_mm * MM or (WIDE - fixed) / open_columns for column in columns]
    heads = [
        style.label_lines(column.heading, style.label, wide - 3 * MM)
        for column, wide in zip(columns, widths, strict=True)
    ]
    header = _table_row(style.label, columns, heads, widths, head=True)
    body = [
        _table_row(
            style.body,
            columns,
            [
                wrap(text, style.body, wide - 3 * MM)[:_MOST_LINES]
                for text, wide in zip(row, widths, strict=True)
            ],
            widths,
            head=False,
        )
        for row in rows
    ]
    body = [replace(block, header=header) for block in body]
    return [replace(header, keep=True), *body] if body else [header]


def _table_row(
    face: Face,
    columns: Sequence[Column],
    wrapped: Sequence[list[str]],
    widths: Sequence[float],
    *,
    head: bool,
) -> Block:
    pad = 1.1 * MM
    height = max(len(lines) for lines in wrapped) * face.leading + 2 * pad

    def paint(canvas: Any, top: float) -> None:
        x = LEFT
        if head:
            layout.fill(canvas, _CELL_FILL)
            canvas.rect(LEFT, top - height, WIDE, height, stroke=0, fill=1)
        layout.fill(canvas, layout.INK)
        for column, lines, wide in zip(columns, wrapped, widths, strict=True):
            if column.centred or head:
                for index, line in enumerate(lines):
                    base = top - pad - index * face.leading - face.drop
                    draw(canvas, x + wide / 2, base, line, face, "centre")
            else:
                draw_lines(canvas, x + 1.5 * MM, top - pad, lines, face)
            if x > LEFT:
                upright(canvas, x, top, height)
            x += wide
        box(canvas, top, height)

    return Block(height, paint)


@dataclass(frozen=True)
class _Segment:
    """A piece of one line of choices; `ticked` None where it continues the choice above it."""

    x: float
    text: str
    ticked: bool | None


def ticks(style: Style, label: str, choices: Sequence[tuple[str, bool]]) -> list[Block]:
    """Return boxes to tick, those that apply ticked, flowing over as many lines as they need."""
    side, gap = 0.78 * style.body.size, 6 * MM
    text_at = side + 1.5 * MM
    start = width(label, style.strong) + 3 * MM if label else 0.0
    lines: list[list[_Segment]] = [[]]
    x = start
    for text, ticked in choices:
        first, *others = wrap(text, style.body, WIDE - start - text_at)
        if lines[-1] and x + text_at + width(first, style.body) > WIDE:
            lines.append([])
            x = start
        lines[-1].append(_Segment(x, first, ticked))
        x += text_at + width(first, style.body) + gap
        for other in others:
            lines.append([_Segment(start, other, None)])
            x = WIDE  # the next choice begins a line

    def block(index: int, line: list[_Segment]) -> Block:
        def paint(canvas: Any, top: float) -> None:
            base = top - style.body.drop
            layout.fill(canvas, layout.INK)
            if index == 0:
                draw(canvas, LEFT, base, label, style.strong)
            for segment in line:
                if segment.ticked is not None:
                    _tick(canvas, LEFT + segment.x, base, side, segment.ticked)
                draw(canvas, LEFT + segment.x + text_at, base, segment.text, style.body)

        return Block(style.body.leading, paint)

    return [*(block(index, line) for index, line in enumerate(lines)), layout.space(1 * MM)]


def _tick(canvas: Any, x: float, base: float, side: float, on: bool) -> None:
    canvas.setStrokeColorRGB(*(part / 255 for part in layout.INK))
    canvas.setLineWidth(0.7)
    canvas.rect(x, base - 0.08 * side, side, side, stroke=1, fill=0)
    if on:
        path = canvas.beginPath()
        path.moveTo(x + 0.2 * side, base + 0.42 * side)
        path.lineTo(x + 0.42 * side, base + 0.16 * side)
        path.lineTo(x + 0.82 * side, base + 0.74 * side)
        canvas.setLineWidth(1.2)
        canvas.drawPath(path, stroke=1, fill=0)


def signatures(style: Style, labels: Sequence[str], *, room_mm: float = 17) -> Block:
    """Return places to sign or stamp, side by side, with room above the line."""
    gap = 7 * MM
    column = (WIDE - gap * (len(labels) - 1)) / len(labels)
    wrapped = [wrap(label, style.small, column) for label in labels]
    room = room_mm * MM
    height = room + max(len(lines) for lines in wrapped) * style.small.leading + 2 * MM

    def paint(canvas: Any, top: float) -> None:
        for index, lines in enumerate(wrapped):
            x = LEFT + index * (column + gap)
            layout.rule(canvas, x, x + column, top - room, colour=layout.INK, weight=0.6)
            layout.fill(canvas, layout.MUTED)
            draw_lines(canvas, x, top - room - 1 * MM, lines, style.small)

    return Block(height, paint)


def drawn_signatures(style: Style, signed: Sequence[Mapping[str, Any]]) -> list[Block]:
    """Return what was signed on a pad, three side by side: strokes as they were drawn, who and when below.

    Each has `name`, `at`, and `strokes` of points (x, y, …) from 0 to 1 of a pad of the ratio PAD_RATIO.
    """
    return [_drawn_row(style, signed[first : first + 3]) for first in range(0, len(signed), 3)]


def _drawn_row(style: Style, signed: Sequence[Mapping[str, Any]]) -> Block:
    gap, face = 7 * MM, style.small
    wide = (WIDE - 2 * gap) / 3
    tall = wide / PAD_RATIO
    captions = [wrap(f"{each['name']}　{each['at']}", face, wide) for each in signed]
    height = tall + max(len(lines) for lines in captions) * face.leading + 3 * MM

    def paint(canvas: Any, top: float) -> None:
        for index, (each, lines) in enumerate(zip(signed, captions, strict=True)):
            x = LEFT + index * (wide + gap)
            canvas.setStrokeColorRGB(*(part / 255 for part in layout.INK))
            canvas.setLineWidth(1.1)
            canvas.setLineCap(1)
            canvas.setLineJoin(1)
            for stroke in each["strokes"]:
                path = canvas.beginPath()
                for number, point in enumerate(stroke):
                    at = (x + point[0] * wide, top - point[1] * tall)
                    (path.lineTo if number else path.moveTo)(*at)
                canvas.drawPath(path, stroke=1, fill=0)
            canvas.setLineCap(0)
            canvas.setLineJoin(0)
            layout.fill(canvas, layout.MUTED)
            draw_lines(canvas, x, top - tall - 1 * MM, lines, face)

    return Block(height, paint, keep=True)


def writing_lines(style: Style, count: int) -> list[Block]:
    """Return empty ruled lines, 9 mm apart, for a pen."""

    def paint(canvas: Any, top: float) -> None:
        layout.rule(canvas, LEFT, RIGHT, top - 8 * MM)

    return [Block(9 * MM * min(style.scale, 1.2), paint) for _ in range(count)]


def tear_line(style: Style, text: str) -> Block:
    """Return a dashed line to cut along, with what is below it."""

    def paint(canvas: Any, top: float) -> None:
        canvas.saveState()
        canvas.setDash(3, 3)
        layout.rule(canvas, LEFT - 10 * MM, RIGHT + 10 * MM, top - 5 * MM, colour=layout.MUTED, weight=0.6)
        canvas.restoreState()
        layout.fill(canvas, layout.MUTED)
        draw(canvas, RIGHT, top - 9.5 * MM, text, style.small, "right")

    return Block(12 * MM, paint)
