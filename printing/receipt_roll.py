"""The intake receipt (收件凭证) on a thermal roll of 80 or 58 mm: black only, names masked, on whole dots."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from printing import layout, qr
from printing.layout import MM, Block
from printing.receipt_words import NAME_SEPARATOR, ReceiptWords, qr_text, receipt_words
from printing.typesetting import (
    Face,
    bold,
    draw,
    draw_lines,
    readable,
    regular,
    width,
    wrap,
    wrap_atoms,
    wrap_list,
)
from registration.receipt import Receipt, ReceiptLine

DOT = MM / 8  # 203 dpi print heads have 8 dots a millimetre
PRINTABLE_MM = {80: 72, 58: 48}
_QR_LARGEST = 34 * MM
_QR_SMALLEST_MODULE = 4 * DOT  # 0.5 mm: what worn heads and cheap scanners still resolve

_TITLE, _OFFICE = bold(19, 1.35), bold(9.5, 1.5)
_BODY, _BODY_BOLD = regular(9.5, 1.42), bold(9.5, 1.42)
_LABEL, _BAND = regular(8.5, 1.45), bold(11.5, 1.5)


def render(
    receipt: Receipt,
    *,
    width_mm: int = 80,
    language: str = "zh",
    verify_url: str = "",
    copy_number: int = 1,
    reprinted_by: str = "",
    wording: Mapping[str, Any] | None = None,
) -> bytes:
    """Return the receipt as a PDF of one page, `width_mm` wide (80 or 58) and as long as its text.

    What is drawn keeps to the 72 or 48 mm that print heads reach; rules and QR modules fall on whole dots
    at 8 dots a millimetre. The other arguments are those of the A4 receipt, and so are the errors.
    """
    words = receipt_words(
        receipt, language, copy_number=copy_number, reprinted_by=reprinted_by, wording=wording
    )
    roll = _Roll(words, verify_url, (width_mm - PRINTABLE_MM[width_mm]) / 2 * MM, PRINTABLE_MM[width_mm] * MM)
    blocks = roll.blocks()
    dots = sum(-(-block.height // DOT) for block in blocks)
    height = dots * DOT
    canvas, buffer = layout.new_canvas(
        (width_mm * MM, height),
        title=f"{words['title']} {receipt.number}",
        language=language,
        made_at=receipt.received_at,
    )
    layout.fill(canvas, layout.BLACK)
    top = height
    for block in blocks:
        block.draw(canvas, top)
        top -= -(-block.height // DOT) * DOT  # every block begins on a whole dot
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@dataclass(frozen=True)
class _Roll:
    """The blocks of one receipt between x = left and x = left + wide."""

    words: ReceiptWords
    verify_url: str
    left: float
    wide: float

    @property
    def right(self) -> float:
        return self.left + self.wide

    @property
    def middle(self) -> float:
        return self.left + self.wide / 2

    def blocks(self) -> list[Block]:
        words, receipt = self.words, self.words.receipt
        blocks = [
            layout.space(4 * MM),
            self._centred(words["office"], _OFFICE),
            *([self._centred(words.place, _BODY)] if words.place else []),
            self._centred(words["title"], _TITLE),
            *([self._band(words["reprint"], _BODY_BOLD)] if words.copy_number > 1 else []),
            layout.space(1 * MM),
            self._centred(words["number"], _LABEL),
            self._number(),
            self._centred(words.received_at, _BODY_BOLD),
            layout.space(2 * MM),
            self._band(words["status_title"], _BAND),
            layout.space(1 * MM),
            self._text(words["status_text"]),
            self._rule(),
            *self._facts(),
            self._rule(),
            *self._materials(),
            self._rule(),
        ]
        if receipt.token:
            blocks += [
                self._code(),
                self._centred(words["scan"], _LABEL),
                layout.space(1 * MM),
                self._rule(),
            ]
        blocks += [self._step(index + 1, step) for index, step in enumerate(words.steps("roll_steps"))]
        operator = f"{words['operator']} {words.value(receipt.operator)}"
        device = f"{words['device']} {words.value(receipt.device_code)}"
        blocks += [
            self._rule(),
            self._lines(wrap_list([operator, device, *words.print_parts], " · ", _LABEL, self.wide), _LABEL),
            layout.space(1.5 * MM),
            self._centred(words["thermal"], _BODY_BOLD),
            layout.space(2 * MM),
            self._tear_line(),
        ]
        return blocks

    def _centred(self, text: str, face: Face) -> Block:
        return self._centred_lines(wrap(text, face, self.wide), face)

    def _centred_lines(self, lines: list[str], face: Face) -> Block:
        def paint(canvas: Any, top: float) -> None:
            for index, line in enumerate(lines):
                base = top - index * face.leading - face.drop
                draw(canvas, self.middle, base, readable(line), face, "centre")

        return Block(len(lines) * face.leading, paint)

    def _number(self) -> Block:
        """Return the number as large as the roll lets it be on one line, or broken at its hyphens."""
        number = readable(self.words.receipt.number)
        face = bold(16, 1.35)
        if width(number, face) > self.wide:
            face = bold(max(16 * self.wide / width(number, face), 10.5), 1.35)
        parts = number.split("-")
        atoms = [*(part + "-" for part in parts[:-1]), parts[-1]]
        return self._centred_lines(wrap_atoms(atoms, face, self.wide), face)

    def _band(self, text: str, face: Face) -> Block:
        """Return white words on black: the one thing to read if nothing else is."""
        lines = wrap(text, face, self.wide - 4 * MM)
        height = len(lines) * face.leading + 1.5 * MM

        def paint(canvas: Any, top: float) -> None:
            canvas.rect(self.left, top - height, self.wide, height, stroke=0, fill=1)
            canvas.setFillColorRGB(1, 1, 1)
            for index, line in enumerate(lines):
                draw(
                    canvas,
                    self.middle,
                    top - 0.75 * MM - index * face.leading - face.drop,
                    line,
                    face,
                    "centre",
                )
            layout.fill(canvas, layout.BLACK)

        return Block(height, paint)

    def _text(self, text: str, face: Face = _BODY) -> Block:
        return self._lines(wrap(text, face, self.wide), face)

    def _lines(self, lines: list[str], face: Face) -> Block:
        def paint(canvas: Any, top: float) -> None:
            draw_lines(canvas, self.left, top, lines, face)

        return Block(len(lines) * face.leading, paint)

    def _rule(self) -> Block:
        def paint(canvas: Any, top: float) -> None:
            canvas.rect(self.left, top - 10 * DOT, self.wide, 1 * DOT, stroke=0, fill=1)

        return Block(2.5 * MM, paint)

    def _facts(self) -> list[Block]:
        words, receipt = self.words, self.words.receipt
        names = words.masked_names
        label = words["applicant"] + (f" {words['people'].format(count=len(names))}" if names[1:] else "")
        facts = [
            self._fact(
                label, NAME_SEPARATOR.join(names), wrap_list(names, NAME_SEPARATOR, _BODY_BOLD, self.wide)
            ),
            self._fact(words["id_tail"], words.value(receipt.id_tail)),
            self._fact(words["phone_tail"], words.value(receipt.phone_tail)),
            self._fact(words["type"], words.type_name),
            self._fact(words["property"], words.property_name),
        ]
        if receipt.clock_note.strip():
            facts.append(self._fact(words["clock_note"], receipt.clock_note))
        if rare := words.rare(*names, words.property_name, receipt.operator):
            facts.append(self._text(rare, _LABEL))
        return facts

    def _fact(self, label: str, value: str, broken: list[str] | None = None) -> Block:
        """Return label and value on one line, ends flush, or the value below where it is too long."""
        value = readable(value)
        if width(label, _LABEL) + width(value, _BODY_BOLD) + 3 * MM <= self.wide:

            def paint(canvas: Any, top: float) -> None:
                draw(canvas, self.left, top - _BODY_BOLD.drop, label, _LABEL)
                draw(canvas, self.right, top - _BODY_BOLD.drop, value, _BODY_BOLD, "right")

            return Block(_BODY_BOLD.leading, paint)
        lines = broken or wrap(value, _BODY_BOLD, self.wide)

        def paint_below(canvas: Any, top: float) -> None:
            draw(canvas, self.left, top - _LABEL.drop, label, _LABEL)
            draw_lines(canvas, self.left, top - _LABEL.leading, lines, _BODY_BOLD)

        return Block(_LABEL.leading + len(lines) * _BODY_BOLD.leading, paint_below)

    def _materials(self) -> list[Block]:
        words, lines = self.words, self.words.receipt.lines
        heading = words["materials"]
        if not lines:
            return [self._fact(heading, words["none"])]
        return [
            self._fact(heading, words.count),
            layout.space(0.5 * MM),
            *(self._line(index + 1, line) for index, line in enumerate(lines)),
        ]

    def _line(self, number: int, line: ReceiptLine) -> Block:
        words, indent = self.words, 6 * MM
        copies = words["copies_count"].format(copies=line.copies)
        pages = words["pages_count"].format(pages=line.pages)
        counts = f"{words.form_name(line)} {copies} {pages}"
        lines = wrap(words.line_name(line), _BODY, self.wide - indent)
        beside = width(lines[-1], _BODY) + width(counts, _LABEL) + indent + 3 * MM <= self.wide
        height = (len(lines) + (0 if beside else 1)) * _BODY.leading

        def paint(canvas: Any, top: float) -> None:
            draw(canvas, self.left, top - _BODY.drop, f"{number}.", _BODY)
            draw_lines(canvas, self.left + indent, top, lines, _BODY)
            draw(canvas, self.right, top - height + _BODY.leading - _BODY.drop, counts, _LABEL, "right")

        return Block(height, paint)

    def _code(self) -> Block:
        modules = qr.matrix(qr_text(self.words.receipt, self.verify_url), "M")
        module = max(_QR_LARGEST / len(modules) // DOT * DOT, _QR_SMALLEST_MODULE)
        side = module * len(modules)
        quiet = qr.QUIET_MODULES * module

        def paint(canvas: Any, top: float) -> None:
            x = self.left + (self.wide - side) / 2 // DOT * DOT
            qr.draw(canvas, x, top - quiet - side, module, modules)

        return Block(side + 1.5 * quiet, paint)

    def _step(self, number: int, text: str) -> Block:
        indent = 6 * MM
        lines = wrap(text, _BODY, self.wide - indent)

        def paint(canvas: Any, top: float) -> None:
            draw(canvas, self.left, top - _BODY.drop, f"{number}.", _BODY)
            draw_lines(canvas, self.left + indent, top, lines, _BODY)

        return Block(len(lines) * _BODY.leading, paint)

    def _tear_line(self) -> Block:
        """Return a dashed line and the paper that has to pass the cutter."""

        def paint(canvas: Any, top: float) -> None:
            x = self.left
            while x < self.right:
                canvas.rect(x, top - 2 * DOT, min(8 * DOT, self.right - x), 1 * DOT, stroke=0, fill=1)
                x += 16 * DOT

        return Block(8 * MM, paint)
