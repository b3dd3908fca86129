"""The words of one page in rows, with every found value traced back to its characters, lines and place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from capture.char_forms import folded
from capture.recognition import Box


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as read, its confidence (0..1), and that confidence where it cannot be but a digit or X: a
    nought may look like a letter, and yet leave no doubt which number it is."""

    char: str
    sure: float
    sure_as_digit: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the upright page: its characters, its place, how far down it is along the lie of the text,
    and what a second look at it said, None before there was one."""

    glyphs: tuple[Glyph, ...]
    box: Box
    level: float
    second: str | None = None

    @property
    def text(self) -> str:
        return "".join(glyph.char for glyph in self.glyphs)


@dataclass(frozen=True, slots=True)
class Found:
    """A value found on the page: its folded text, its least certain character (0..1), where it stands, the
    lines that it came from, and whether a second look at them said the same."""

    text: str
    confidence: float
    box: Box
    lines: frozenset[int]
    agreed: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a character of a row comes from: its line's number, its confidences, its left and right edge."""

    line: int
    sure: float
    sure_as_digit: float
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Row:
    """Lines at one height, folded and joined by single spaces; marks[i] belongs to character i."""

    text: str
    marks: tuple[Mark, ...]
    box: Box


def label(*words: str) -> str:
    """A pattern for any of these printed labels with the colon that must follow it.

    Labels are matched to the letter: one misread character makes a payer's (付款方) of a payee's (收款方).
    """
    return f"(?:{'|'.join(map(re.escape, words))})(?:\\(.{{1,5}}\\)|名称)?: ?"


class Sheet:
    """A page's lines as rows from the top, and the search for values in them."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = tuple(lines)
        self.rows = tuple(self._row(group) for group in _levels(self.lines))
        self.text = "\n".join(row.text for row in self.rows)

    def find(self, pattern: str, numeric: bool = False) -> Found | None:
        """The group `value` of the first row that the pattern fits. numeric: digits can be nothing else."""
        for row in self.rows:
            match = re.search(pattern, row.text)
            if match and match["value"].strip():
                return self._taken([(row, *match.span("value"))], numeric)
        return None

    def find_all(self, pattern: str) -> list[Found]:
        """The group `value` of every match, in the page's order."""
        return [
            self._taken([(row, *match.span("value"))], numeric=False)
            for row in self.rows
            for match in re.finditer(pattern, row.text)
            if match["value"].strip()
        ]

    def row_of(self, pattern: str) -> int | None:
        """The number of the first row that the pattern fits."""
        return next((number for number, row in enumerate(self.rows) if re.search(pattern, row.text)), None)

    def after(self, label: str, until: str, most_rows: int = 4) -> Found | None:
        """What stands behind a label and below, in rows no further left, before a row that fits `until`."""
        for number, row in enumerate(self.rows):
            match = re.search(label, row.text)
            if match is None:
                continue
            start = match.end()
            if start >= len(row.text):
                return None
            left = row.marks[start].left - 0.04
            parts = [(row, start, len(row.text))]
            for below in self.rows[number + 1 : number + most_rows]:
                if below.box[0] < left or re.search(until, below.text):
                    break
                parts.append((below, 0, len(below.text)))
            return self._taken(parts, numeric=True)
        return None

    def _taken(self, parts: Iterable[tuple[Row, int, int]], numeric: bool) -> Found:
        """The characters of one or more stretches of rows as one value, the gaps between boxes left out."""
        text, sure, boxes, pieces, agreed = "", 1.0, [], set(), True
        for row, begin, end in parts:
            piece: dict[int, str] = {}
            for char, mark in zip(row.text[begin:end], row.marks[begin:end], strict=True):
                if char == " ":
                    continue
                _, top, _, bottom = self.lines[mark.line].box
                boxes.append((mark.left, top, mark.right, bottom))
                piece[mark.line] = piece.get(mark.line, "") + char
                sure = min(sure, mark.sure_as_digit if numeric else mark.sure)
                text += char
            pieces |= set(piece)
            agreed = agreed and all(self._said_again(line, said) for line, said in piece.items())
        return Found(text, sure, union(boxes), frozenset(pieces), agreed)

    def _said_again(self, line: int, text: str) -> bool:
        second = self.lines[line].second
        return second is None or text in folded(second)

    def _row(self, group: Sequence[int]) -> Row:
        text, marks = "", []
        for number in group:
            line = self.lines[number]
            if text:
                text += " "
                marks.append(Mark(number, 1.0, 1.0, line.box[0], line.box[0]))
            widths = [1.0 if glyph.char.isascii() else 2.0 for glyph in line.glyphs]
            place, scale = line.box[0], (line.box[2] - line.box[0]) / max(1.0, sum(widths))
            for glyph, width in zip(line.glyphs, widths, strict=True):
                for kept in folded(glyph.char):
                    text += kept
                    edge = place + width * scale
                    marks.append(Mark(number, glyph.sure, glyph.sure_as_digit, place, edge))
                place += width * scale
        return Row(text, tuple(marks), union(self.lines[i].box for i in group))


def together(found: Sequence[Found]) -> Found:
    """Several values as one: their texts joined, the least certainty, the box and the lines of all."""
    return Found(
        "、".join(one.text for one in found),
        min((one.confidence for one in found), default=0.0),
        union(one.box for one in found),
        frozenset().union(*(one.lines for one in found)),
        all(one.agreed for one in found),
    )


def union(boxes: Iterable[Box]) -> Box:
    """The smallest box around others; all zeros for none."""
    known = list(boxes)
    if not known:
        return (0.0, 0.0, 0.0, 0.0)
    lefts, tops, rights, bottoms = zip(*known, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))


def _levels(lines: Sequence[Line]) -> list[list[int]]:
    """Numbers of the lines that stand at one height, each group from the left, the groups from the top."""
    groups: list[list[int]] = []
    for number in sorted(range(len(lines)), key=lambda i: lines[i].level):
        box = lines[number].box
        if groups:
            last = groups[-1]
            level = sum(lines[i].level for i in last) / len(last)
            height = min(box[3] - box[1], *(lines[i].box[3] - lines[i].box[1] for i in last))
            if lines[number].level - level < 0.6 * height:
                last.append(number)
                continue
        groups.append([number])
    return [sorted(group, key=lambda i: lines[i].box[0]) for group in groups]


def with_seconds(lines: Sequence[Line], seconds: Mapping[int, str]) -> list[Line]:
    """The lines, those numbered with what a second look said."""
    return [replace(line, second=seconds.get(number, line.second)) for number, line in enumerate(lines)]
