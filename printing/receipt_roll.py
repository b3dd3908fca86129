"""The intake receipt (收件凭证) on a thermal roll of 80 or 58 mm, its names masked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from printing import layout
from printing.layout import MM, Block
from printing.receipt_words import NAME_SEPARATOR, ReceiptWords, qr_text, receipt_words
from printing.roll import BAND, BODY, BODY_BOLD, LABEL, OFFICE, PRINTABLE_MM, TITLE, Roll
from printing.typesetting import draw, draw_lines, width, wrap, wrap_list
from registration.receipt import Receipt, ReceiptLine

__all__ = ["PRINTABLE_MM", "render"]


def render(
    receipt: Receipt,
    *,
    width_mm: int = 80,
    language: str = "zh",
    verify_url: str = "",
    copy_number: int = 1,
    reprinted_by: str = "",
    second: str = "",
    voided: str = "",
    wording: Mapping[str, Any] | None = None,
    code_follows: bool = False,
) -> bytes:
    """Return the receipt as a PDF of one page, `width_mm` wide (80 or 58) and as long as its text.

    What is drawn keeps to the 72 or 48 mm that print heads reach; rules and QR modules fall on whole dots
    at 8 dots a millimetre. With `code_follows` the paper ends with the words above a QR code that the
    printer draws itself. The other arguments are those of the A4 receipt, and so are the errors.
    """
    words = receipt_words(
        receipt,
        language,
        copy_number=copy_number,
        reprinted_by=reprinted_by,
        second=second,
        voided=voided,
        wording=wording,
    )
    return Roll(width_mm).paper(
        _Receipt(words, verify_url, Roll(width_mm), code_follows).blocks(),
        title=f"{words['title']} {receipt.number}",
        language=language,
        made_at=receipt.received_at,
    )


@dataclass(frozen=True)
class _Receipt:
    """The blocks of one receipt."""

    words: ReceiptWords
    verify_url: str
    roll: Roll
    code_follows: bool

    def blocks(self) -> list[Block]:
        words, receipt, roll = self.words, self.words.receipt, self.roll
        status_title, status_text = words.status
        second = words.second("title")
        blocks = [
            layout.space(4 * MM),
            roll.centred(words["office"], OFFICE),
            *([roll.centred(words.place, BODY)] if words.place else []),
            roll.centred(words["title"], TITLE),
            *([roll.centred(second, BODY)] if second else []),
            *(roll.band(badge, BODY_BOLD) for badge in words.badges),
            layout.space(1 * MM),
            roll.centred(words.both("number"), LABEL),
            roll.number(receipt.number),
            roll.centred(words.received_at, BODY_BOLD),
            layout.space(2 * MM),
            roll.band(status_title, BAND),
            layout.space(1 * MM),
            roll.text(status_text),
            roll.rule(),
            *self._facts(),
            roll.rule(),
            *self._materials(),
            roll.rule(),
        ]
        if receipt.token and not self.code_follows:
            blocks += [
                roll.code(qr_text(receipt, self.verify_url)),
                roll.centred(words["scan"], LABEL),
                layout.space(1 * MM),
                roll.rule(),
            ]
        blocks += [roll.step(index + 1, step) for index, step in enumerate(words.steps("roll_steps"))]
        operator = f"{words['operator']} {words.value(receipt.operator)}"
        device = f"{words['device']} {words.value(receipt.device_code)}"
        blocks += [
            roll.rule(),
            roll.lines(wrap_list([operator, device, *words.print_parts], " · ", LABEL, roll.wide), LABEL),
            layout.space(1.5 * MM),
            roll.centred(words["thermal"], BODY_BOLD),
            layout.space(2 * MM),
            roll.centred(words["scan"], LABEL) if self.code_follows else roll.tear_line(),
        ]
        return blocks

    def _facts(self) -> list[Block]:
        words, receipt, roll = self.words, self.words.receipt, self.roll
        names = words.masked_names
        label = words.both("applicant")
        label += f" {words['people'].format(count=len(names))}" if names[1:] else ""
        whole = NAME_SEPARATOR.join(names)
        facts = [
            roll.fact(label, whole, wrap_list(names, NAME_SEPARATOR, BODY_BOLD, roll.wide)),
            roll.fact(words.both("id_tail"), words.value(receipt.id_tail)),
            roll.fact(words.both("phone_tail"), words.value(receipt.phone_tail)),
            roll.fact(words.both("type"), words.type_name),
            roll.fact(words.both("property"), words.property_name),
        ]
        if receipt.clock_note.strip():
            facts.append(roll.fact(words.both("clock_note"), receipt.clock_note))
        if rare := words.rare(*names, words.property_name, receipt.operator):
            facts.append(roll.text(rare, LABEL))
        return facts

    def _materials(self) -> list[Block]:
        words, lines = self.words, self.words.receipt.lines
        heading = words.both("materials")
        if not lines:
            return [self.roll.fact(heading, words["none"])]
        return [
            self.roll.fact(heading, words.count),
            layout.space(0.5 * MM),
            *(self._line(index + 1, line) for index, line in enumerate(lines)),
        ]

    def _line(self, number: int, line: ReceiptLine) -> Block:
        words, roll, indent = self.words, self.roll, 6 * MM
        copies = words["copies_count"].format(copies=line.copies)
        pages = words["pages_count"].format(pages=line.pages)
        counts = f"{words.form_name(line)} {copies} {pages}"
        lines = wrap(words.line_name(line), BODY, roll.wide - indent)
        beside = width(lines[-1], BODY) + width(counts, LABEL) + indent + 3 * MM <= roll.wide
        height = (len(lines) + (0 if beside else 1)) * BODY.leading

        def paint(canvas: Any, top: float) -> None:
            draw(canvas, roll.left, top - BODY.drop, f"{number}.", BODY)
            draw_lines(canvas, roll.left + indent, top, lines, BODY)
            draw(canvas, roll.right, top - height + BODY.leading - BODY.drop, counts, LABEL, "right")

        return Block(height, paint)
