"""The intake receipt (收件凭证) on A4: one page where it fits, as many as the materials need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
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
    shorten,
    width,
    wrap,
    wrap_list,
)
from registration.receipt import Receipt, ReceiptLine

_LEFT, _RIGHT = 18 * MM, 192 * MM
_WIDE = _RIGHT - _LEFT
_FIRST_TOP, _LATER_TOP, _FOOT = 281 * MM, 268 * MM, 22 * MM
_QR_SIDE = 37 * MM

_TITLE, _NUMBER = bold(27, 1.3), bold(19, 1.4)
_BODY, _BODY_BOLD = regular(10.5, 1.5), bold(10.5, 1.5)
_LABEL, _SMALL, _TINY = regular(9, 1.5), regular(8.5, 1.5), regular(7, 1.5)
_SECOND = regular(8, 1.8)
_HEADING, _STATUS = bold(12.5, 1.5), bold(13, 1.5)

# Where the table's columns stand: names and forms from the left, numbers up to their right edge.
_NAME_X, _FORM_X = _LEFT + 12 * MM, _LEFT + 112 * MM
_COPIES_X, _PAGES_X = _LEFT + 152 * MM, _RIGHT - 2 * MM


def render(
    receipt: Receipt,
    *,
    language: str = "zh",
    verify_url: str = "",
    copy_number: int = 1,
    reprinted_by: str = "",
    second: str = "",
    voided: str = "",
    wording: Mapping[str, Any] | None = None,
) -> bytes:
    """Return the receipt as PDF bytes, A4 portrait; the same arguments give the same bytes.

    `language` "zh" or "en" chooses the labels, `second` a language for labels beside them ("bo", or "" for
    none); `verify_url` is the centre's page for scanned receipts ("" puts the bare token in the code);
    `copy_number` above 1 marks a reprint and says by whom; `voided` is the reason of a receipt that no
    longer counts. Raises MachineError code font_missing.
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
    pages = _Sheet(words, verify_url, air=1.0).pages()
    if len(pages) > 1:
        closer = _Sheet(words, verify_url, air=0.5).pages()
        pages = closer if len(closer) < len(pages) else pages
    canvas, buffer = layout.new_canvas(
        layout.A4,
        title=f"{words['title']} {receipt.number}",
        language=language,
        made_at=receipt.received_at,
    )
    for index, page in enumerate(pages):
        if index:
            _continuation(canvas, words)
        layout.stack(canvas, page, _LATER_TOP if index else _FIRST_TOP)
        _foot(canvas, words, index + 1, len(pages))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@dataclass(frozen=True)
class _Sheet:
    """The blocks of one receipt; `air` scales the white between rows, 1 for the roomy setting."""

    words: ReceiptWords
    verify_url: str
    air: float

    def pages(self) -> list[list[Block]]:
        blocks = [
            self._head(),
            self._status(),
            layout.space(3 * MM * self.air),
            *self._facts(),
            layout.space(4 * MM * self.air),
            *self._materials(),
            layout.space(4 * MM * self.air),
            *self._next(),
            self._signatures(),
        ]
        return layout.paginate(blocks, _FIRST_TOP - _FOOT, _LATER_TOP - _FOOT)

    def _head(self) -> Block:
        words, receipt = self.words, self.words.receipt
        text_wide = _WIDE - (_QR_SIDE + 8 * MM if receipt.token else 0)
        office, title = readable(words["office"]), words["title"]

        def paint(canvas: Any, top: float) -> None:
            layout.fill(canvas, layout.PRIMARY)
            canvas.rect(_LEFT, top - 1.2 * MM, 14 * MM, 1.2 * MM, stroke=0, fill=1)
            draw(canvas, _LEFT, top - 7.2 * MM, office, _BODY_BOLD)
            layout.fill(canvas, layout.MUTED)
            at = _LEFT + width(office, _BODY_BOLD) + 3 * MM
            draw(canvas, at, top - 7.2 * MM, shorten(words.place, _BODY, _LEFT + text_wide - at), _BODY)
            layout.fill(canvas, layout.INK)
            draw(canvas, _LEFT - 0.5 * MM, top - 19 * MM, title, _TITLE)
            at = _LEFT + width(title, _TITLE) + 4 * MM
            for badge in words.badges:
                at += _badge(canvas, at, top - 19 * MM, badge) + 2 * MM
            layout.fill(canvas, layout.MUTED)
            draw(
                canvas,
                at,
                top - 19 * MM,
                shorten(words.second("title"), _BODY, _LEFT + text_wide - at),
                _BODY,
            )
            draw(canvas, _LEFT, top - 27.5 * MM, words.both("number"), _LABEL)
            layout.fill(canvas, layout.INK)
            draw(canvas, _LEFT, top - 35 * MM, shorten(receipt.number, _NUMBER, text_wide), _NUMBER)
            layout.fill(canvas, layout.MUTED)
            draw(canvas, _LEFT, top - 41.5 * MM, words.both("received_at"), _LABEL)
            layout.fill(canvas, layout.INK)
            at = _LEFT + width(words.both("received_at"), _LABEL) + 3 * MM
            draw(canvas, at, top - 41.5 * MM, words.received_at, _BODY_BOLD)
            if receipt.token:
                self._code(canvas, top)

        return Block(47 * MM, paint)

    def _code(self, canvas: Any, top: float) -> None:
        modules = qr.matrix(qr_text(self.words.receipt, self.verify_url), "M")
        layout.fill(canvas, layout.BLACK)
        qr.draw(canvas, _RIGHT - _QR_SIDE, top - _QR_SIDE, _QR_SIDE / len(modules), modules)
        layout.fill(canvas, layout.MUTED)
        draw(canvas, _RIGHT - _QR_SIDE / 2, top - 41.5 * MM, self.words["scan"], _SMALL, "centre")

    def _status(self) -> Block:
        words, pad = self.words, 3.4 * MM
        status_title, status_text = words.status
        lines = wrap(status_text, _BODY, _WIDE - 2 * pad - 2 * MM)
        height = _STATUS.leading + len(lines) * _BODY.leading + 2 * pad - 1 * MM

        def paint(canvas: Any, top: float) -> None:
            layout.fill(canvas, layout.AMBER_SOFT)
            canvas.rect(_LEFT, top - height, _WIDE, height, stroke=0, fill=1)
            layout.fill(canvas, layout.AMBER)
            canvas.rect(_LEFT, top - height, 1.4 * MM, height, stroke=0, fill=1)
            layout.fill(canvas, layout.INK)
            x, y = _LEFT + pad + 1.4 * MM, top - pad + 0.8 * MM
            draw(canvas, x, y - _STATUS.drop, status_title, _STATUS)
            draw_lines(canvas, x, y - _STATUS.leading, lines, _BODY)

        return Block(height, paint)

    def _facts(self) -> list[Block]:
        words, receipt, room = self.words, self.words.receipt, _WIDE - self._label_wide
        names = words.names
        count = f" {words['people'].format(count=len(names))}" if names[1:] else ""
        tails = (("id_tail", words.value(receipt.id_tail)), ("phone_tail", words.value(receipt.phone_tail)))
        blocks = [
            self._fact("applicant", wrap_list(names, NAME_SEPARATOR, _BODY_BOLD, room), _BODY_BOLD, count),
            self._fact_pair(tails),
            self._fact("type", wrap(words.type_name, _BODY, room)),
            self._fact("property", wrap(words.property_name, _BODY, room)),
        ]
        if receipt.property_address.strip():
            blocks.append(self._fact("address", wrap(receipt.property_address, _BODY, room)))
        blocks.append(self._fact("unit_code", [words.unit_code]))
        if receipt.clock_note.strip():
            blocks.append(self._fact("clock_note", wrap(receipt.clock_note, _BODY, room)))
        shown = (*names, words.property_name, receipt.property_address, receipt.operator)
        if rare := words.rare(*shown):
            blocks.append(self._fact("", wrap(rare, _SMALL, room), _SMALL))
        return blocks

    @property
    def _label_wide(self) -> float:
        """Return where values begin: labels in two languages stand side by side on one line."""
        return 68 * MM if self.words.labels else 32 * MM

    @property
    def _row_pad(self) -> float:
        return 1.4 * MM * self.air + (0.7 * MM if self.words.labels else 0)  # stacked letters reach deep

    def _label(self, canvas: Any, x: float, base: float, key: str, count: str = "") -> None:
        layout.fill(canvas, layout.MUTED)
        label = self.words[key] + count
        draw(canvas, x, base, label, _LABEL)
        draw(canvas, x + width(label, _LABEL) + 2 * MM, base, self.words.second(key), _SECOND)
        layout.fill(canvas, layout.INK)

    def _fact(self, key: str, lines: list[str], face: Face = _BODY, count: str = "") -> Block:
        pad = self._row_pad
        height = len(lines) * face.leading + 2 * pad

        def paint(canvas: Any, top: float) -> None:
            if key:
                self._label(canvas, _LEFT, top - pad - face.drop, key, count)
            layout.fill(canvas, layout.INK)
            draw_lines(canvas, _LEFT + self._label_wide, top - pad, lines, face)
            layout.rule(canvas, _LEFT, _RIGHT, top - height)

        return Block(height, paint)

    def _fact_pair(self, pairs: tuple[tuple[str, str], tuple[str, str]]) -> Block:
        pad = self._row_pad
        height = _BODY.leading + 2 * pad

        def paint(canvas: Any, top: float) -> None:
            for index, (key, value) in enumerate(pairs):
                x, base = _LEFT + index * _WIDE / 2, top - pad - _BODY.drop
                self._label(canvas, x, base, key)
                draw(canvas, x + self._label_wide, base, readable(value), _BODY)
            layout.rule(canvas, _LEFT, _RIGHT, top - height)

        return Block(height, paint)

    def _materials(self) -> list[Block]:
        words, lines = self.words, self.words.receipt.lines
        heading = self._heading(words.both("materials"), words.count if lines else "")
        header = self._table_header()
        if not lines:
            return [heading, replace(header, keep=True), self._row("", words["none"], ("", "", ""), header)]
        rows = [self._line(index, line, header) for index, line in enumerate(lines)]
        # The heading and the header stay with the first row; a page never begins with the last row alone.
        if len(rows) > 2:
            rows[-2] = replace(rows[-2], keep=True)
        return [heading, replace(header, keep=True), *rows]

    def _line(self, index: int, line: ReceiptLine, header: Block) -> Block:
        words = self.words
        columns = (words.form_name(line), str(line.copies), str(line.pages))
        return self._row(str(index + 1), words.line_name(line), columns, header)

    def _heading(self, text: str, aside: str = "") -> Block:
        def paint(canvas: Any, top: float) -> None:
            layout.fill(canvas, layout.INK)
            draw(canvas, _LEFT, top - 5.6 * MM, text, _HEADING)
            layout.fill(canvas, layout.MUTED)
            draw(canvas, _RIGHT, top - 5.6 * MM, aside, _LABEL, "right")

        return Block(8.4 * MM, paint, keep=True)

    def _table_header(self) -> Block:
        words = self.words
        columns = (
            ("row", _LEFT, "left"),
            ("material", _NAME_X, "left"),
            ("form", _FORM_X, "left"),
            ("copies", _COPIES_X, "right"),
            ("pages", _PAGES_X, "right"),
        )
        height = 7 * MM + (5.5 * MM if words.second("material") else 0)

        def paint(canvas: Any, top: float) -> None:
            layout.rule(canvas, _LEFT, _RIGHT, top, colour=layout.INK, weight=0.9)
            layout.fill(canvas, layout.MUTED)
            for key, x, align in columns:
                draw(canvas, x, top - 4.8 * MM, words[key], _LABEL, align)
                draw(canvas, x, top - 9.8 * MM, words.second(key), _SECOND, align)
            layout.rule(canvas, _LEFT, _RIGHT, top - height)

        return Block(height, paint)

    def _row(self, number: str, name: str, columns: tuple[str, str, str], header: Block) -> Block:
        pad = 1.2 * MM * self.air
        lines = wrap(name, _BODY, _FORM_X - _NAME_X - 4 * MM)
        height = len(lines) * _BODY.leading + 2 * pad

        def paint(canvas: Any, top: float) -> None:
            base = top - pad - _BODY.drop
            layout.fill(canvas, layout.MUTED)
            draw(canvas, _LEFT + 1 * MM, base, number, _BODY)
            layout.fill(canvas, layout.INK)
            draw_lines(canvas, _NAME_X, top - pad, lines, _BODY)
            draw(canvas, _FORM_X, base, columns[0], _BODY)
            draw(canvas, _COPIES_X, base, columns[1], _BODY, "right")
            draw(canvas, _PAGES_X, base, columns[2], _BODY, "right")
            layout.rule(canvas, _LEFT, _RIGHT, top - height)

        return Block(height, paint, header=header)

    def _next(self) -> list[Block]:
        steps = self.words.steps()
        if not steps:
            return []
        heading = self._heading(self.words.both("next"))
        return [heading, *(self._step(index + 1, step) for index, step in enumerate(steps))]

    def _step(self, number: int, text: str) -> Block:
        indent = 6 * MM
        lines = wrap(text, _BODY, _WIDE - indent)

        def paint(canvas: Any, top: float) -> None:
            layout.fill(canvas, layout.PRIMARY)
            draw(canvas, _LEFT, top - _BODY.drop, str(number), _BODY_BOLD)
            layout.fill(canvas, layout.INK)
            draw_lines(canvas, _LEFT + indent, top, lines, _BODY)

        return Block(len(lines) * _BODY.leading + 1 * MM * self.air, paint, keep=True)

    def _signatures(self) -> Block:
        words, gap = self.words, 8 * MM
        column = (_WIDE - 2 * gap) / 3
        signed = f"{words['operator_sign']} {words.receipt.operator.strip()}"
        labels = [wrap(label, _SMALL, column) for label in (signed, words["applicant_sign"], words["seal"])]
        room = 19 * MM  # for a signature, or most of a round stamp
        height = room + max(len(lines) for lines in labels) * _SMALL.leading + 1 * MM

        def paint(canvas: Any, top: float) -> None:
            for index, lines in enumerate(labels):
                x = _LEFT + index * (column + gap)
                layout.rule(canvas, x, x + column, top - room, colour=layout.INK, weight=0.6)
                layout.fill(canvas, layout.MUTED)
                draw_lines(canvas, x, top - room - 1 * MM, lines, _SMALL)

        return Block(height, paint)


def _badge(canvas: Any, x: float, baseline: float, text: str) -> float:
    """Draw white words on ink; return how wide it is."""
    layout.fill(canvas, layout.INK)
    wide = width(text, _BODY_BOLD) + 4 * MM
    canvas.roundRect(x, baseline - 1.6 * MM, wide, 6.4 * MM, 1 * MM, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    draw(canvas, x + 2 * MM, baseline + 0.4 * MM, text, _BODY_BOLD)
    return wide


def _continuation(canvas: Any, words: ReceiptWords) -> None:
    layout.fill(canvas, layout.INK)
    draw(canvas, _LEFT, 277 * MM, words["title"] + words["continued"], _HEADING)
    draw(canvas, _RIGHT, 277 * MM, readable(words.receipt.number), _HEADING, "right")


def _foot(canvas: Any, words: ReceiptWords, page: int, pages: int) -> None:
    receipt = words.receipt
    layout.rule(canvas, _LEFT, _RIGHT, 18.5 * MM)
    layout.fill(canvas, layout.MUTED)
    device = " · ".join((f"{words['device']} {receipt.device_code}", *words.print_parts))
    page_text = words["page"].format(page=page, pages=pages)
    room = _WIDE - width(page_text, _TINY) - 6 * MM
    draw(canvas, _LEFT, 14.5 * MM, shorten(device, _TINY, room), _TINY)
    draw(canvas, _RIGHT, 14.5 * MM, page_text, _TINY, "right")
    digest = " ".join(receipt.materials_digest[i : i + 8] for i in range(0, len(receipt.materials_digest), 8))
    draw(canvas, _LEFT, 10.8 * MM, shorten(f"{words['digest']} {digest}", _TINY, _WIDE), _TINY)
