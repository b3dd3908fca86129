"""Paper from a thermal roll of 80 or 58 mm: black only, text in one column, everything on whole dots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from printing import layout, qr
from printing.layout import MM, Block
from printing.shaping import has_shaped
from printing.typesetting import Face, bold, draw, draw_lines, readable, regular, width, wrap, wrap_atoms

DOT = MM / 8  # 203 dpi print heads have 8 dots a millimetre
PRINTABLE_MM = {80: 72, 58: 48}
_QR_LARGEST = 34 * MM
_QR_SMALLEST_MODULE = 4 * DOT  # 0.5 mm: what worn heads and cheap scanners still resolve

TITLE, OFFICE = bold(19, 1.35), bold(9.5, 1.5)
BODY, BODY_BOLD = regular(9.5, 1.42), bold(9.5, 1.42)
LABEL, BAND = regular(8.5, 1.45), bold(11.5, 1.5)


@dataclass(frozen=True)
class Roll:
    """What papers of one width (80 or 58) are made of: blocks between x = left and x = left + wide."""

    width_mm: int

    @property
    def wide(self) -> float:
        return PRINTABLE_MM[self.width_mm] * MM

    @property
    def left(self) -> float:
        return (self.width_mm - PRINTABLE_MM[self.width_mm]) / 2 * MM

    @property
    def right(self) -> float:
        return self.left + self.wide

    @property
    def middle(self) -> float:
        return self.left + self.wide / 2

    def paper(self, blocks: Sequence[Block], *, title: str, language: str, made_at: datetime) -> bytes:
        """Return a PDF of one page, as wide as the roll and as long as its blocks."""
        height = sum(-(-block.height // DOT) for block in blocks) * DOT
        canvas, buffer = layout.new_canvas(
            (self.width_mm * MM, height), title=title, language=language, made_at=made_at
        )
        layout.fill(canvas, layout.BLACK)
        top = height
        for block in blocks:
            block.draw(canvas, top)
            top -= -(-block.height // DOT) * DOT  # every block begins on a whole dot
        canvas.showPage()
        canvas.save()
        return buffer.getvalue()

    def centred(self, text: str, face: Face) -> Block:
        return self.centred_lines(wrap(text, face, self.wide), face)

    def centred_lines(self, lines: list[str], face: Face) -> Block:
        def paint(canvas: Any, top: float) -> None:
            for index, line in enumerate(lines):
                base = top - index * face.leading - face.drop
                draw(canvas, self.middle, base, readable(line), face, "centre")

        return Block(len(lines) * face.leading, paint)

    def number(self, number: str, largest: float = 16) -> Block:
        """Return a number as large as the roll lets it be on one line, or broken at its hyphens."""
        number = readable(number)
        face = bold(largest, 1.35)
        if width(number, face) > self.wide:
            face = bold(max(largest * self.wide / width(number, face), 10.5), 1.35)
        pieces = number.split("-")
        atoms = [*(piece + "-" for piece in pieces[:-1]), pieces[-1]]
        return self.centred_lines(wrap_atoms(atoms, face, self.wide), face)

    def band(self, text: str, face: Face) -> Block:
        """Return white words on black: the one thing to read if nothing else is."""
        lines = wrap(text, face, self.wide - 4 * MM)
        height = len(lines) * face.leading + 1.5 * MM

        def paint(canvas: Any, top: float) -> None:
            canvas.rect(self.left, top - height, self.wide, height, stroke=0, fill=1)
            canvas.setFillColorRGB(1, 1, 1)
            for index, line in enumerate(lines):
                base = top - 0.75 * MM - index * face.leading - face.drop
                draw(canvas, self.middle, base, line, face, "centre")
            layout.fill(canvas, layout.BLACK)

        return Block(height, paint)

    def text(self, text: str, face: Face = BODY) -> Block:
        return self.lines(wrap(text, face, self.wide), face)

    def lines(self, lines: list[str], face: Face) -> Block:
        def paint(canvas: Any, top: float) -> None:
            draw_lines(canvas, self.left, top, lines, face)

        return Block(len(lines) * face.leading, paint)

    def rule(self) -> Block:
        def paint(canvas: Any, top: float) -> None:
            canvas.rect(self.left, top - 10 * DOT, self.wide, 1 * DOT, stroke=0, fill=1)

        return Block(2.5 * MM, paint)

    def fact(self, label: str, value: str, broken: list[str] | None = None) -> Block:
        """Return label and value on one line, ends flush, or the value below where it is too long."""
        label, value = readable(label), readable(value)
        deep = 1.3 if has_shaped(label + value) else 1.0  # stacked letters reach into the line below
        if width(label, LABEL) + width(value, BODY_BOLD) + 3 * MM <= self.wide:

            def paint(canvas: Any, top: float) -> None:
                draw(canvas, self.left, top - BODY_BOLD.drop, label, LABEL)
                draw(canvas, self.right, top - BODY_BOLD.drop, value, BODY_BOLD, "right")

            return Block(BODY_BOLD.leading * deep, paint)
        lines = broken or wrap(value, BODY_BOLD, self.wide)
        labels = wrap(label, LABEL, self.wide)
        upper = len(labels) * LABEL.leading * deep

        def paint_below(canvas: Any, top: float) -> None:
            draw_lines(canvas, self.left, top, labels, LABEL)
            draw_lines(canvas, self.left, top - upper, lines, BODY_BOLD)

        return Block(upper + len(lines) * BODY_BOLD.leading, paint_below)

    def code(self, text: str) -> Block:
        """Return a QR code in the middle, its modules whole dots of at least 0.5 mm."""
        modules = qr.matrix(text, "M")
        module = max(_QR_LARGEST / len(modules) // DOT * DOT, _QR_SMALLEST_MODULE)
        side = module * len(modules)
        quiet = qr.QUIET_MODULES * module

        def paint(canvas: Any, top: float) -> None:
            x = self.left + (self.wide - side) / 2 // DOT * DOT
            qr.draw(canvas, x, top - quiet - side, module, modules)

        return Block(side + 1.5 * quiet, paint)

    def step(self, number: int, text: str) -> Block:
        indent = 6 * MM
        lines = wrap(text, BODY, self.wide - indent)

        def paint(canvas: Any, top: float) -> None:
            draw(canvas, self.left, top - BODY.drop, f"{number}.", BODY)
            draw_lines(canvas, self.left + indent, top, lines, BODY)

        return Block(len(lines) * BODY.leading, paint)

    def tear_line(self) -> Block:
        """Return a dashed line and the paper that has to pass the cutter."""

        def paint(canvas: Any, top: float) -> None:
            x = self.left
            while x < self.right:
                canvas.rect(x, top - 2 * DOT, min(8 * DOT, self.right - x), 1 * DOT, stroke=0, fill=1)
                x += 16 * DOT

        return Block(8 * MM, paint)
