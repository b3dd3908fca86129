"""A developer's sheet as it was found in a file: cells as text by their lines, and where its table begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from registration.folding import to_ascii
from registration.packs import HANDOVER, PackSet

_HEADING_WITHIN = 20
"""Above its heading a sheet has at most so many lines: a title, a date, who made it."""
_LEAST_HEADINGS = 3


class CellCode(StrEnum):
    """What is wrong with a cell before anyone reads what it says; each has its words in the catalogue."""

    NUMBER_LOST = "sheet_number_lost"  # kept as a number: digits after the fifteenth are gone
    FORMULA_EMPTY = "sheet_formula_empty"  # its result was never stored
    CELL_ERROR = "sheet_cell_error"  # #REF!, #N/A


@dataclass(frozen=True)
class Sheet:
    """One sheet of a file. Rows that are empty are left out; `faults` go by (line, column), column from 0."""

    lines: tuple[int, ...] = ()  # of each row in the file, from 1
    rows: tuple[tuple[str, ...], ...] = ()
    faults: Mapping[tuple[int, int], CellCode] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A sheet read by its heading, as `registration.handover.read_sheet` takes it."""

    headings: tuple[str, ...] = ()
    rows: tuple[Mapping[str, str], ...] = ()
    lines: tuple[int, ...] = ()
    faults: Mapping[tuple[int, str], CellCode] = field(default_factory=dict)  # by line and heading


def place_key(text: str) -> str:
    """Return a cell by which places and headings are compared: 3 号楼 and 3号楼 are one."""
    return "".join(to_ascii(text).split()).casefold()


def table_of(sheet: Sheet, packs: PackSet) -> Table:
    """Return the table of a sheet: its heading is the first line that names enough columns of the pack.

    Without such a line the first one is taken for it, so that what is said names the columns that are absent.
    """
    if not sheet.rows:
        return Table()
    at = _heading_row(sheet.rows, packs)
    cells = sheet.rows[at]
    headings = tuple(cell.strip() for cell in cells)
    first: dict[str, int] = {}
    for column, name in enumerate(headings):
        if name:
            first.setdefault(name, column)
    rows, lines = [], []
    for line, row in zip(sheet.lines[at + 1 :], sheet.rows[at + 1 :], strict=True):
        rows.append({name: row[column] if column < len(row) else "" for name, column in first.items()})
        lines.append(line)
    below = sheet.lines[at]
    faults = {
        (line, headings[column]): code
        for (line, column), code in sheet.faults.items()
        if line > below and column < len(headings) and first.get(headings[column]) == column
    }
    return Table(tuple(first), tuple(rows), tuple(lines), faults)


def _heading_row(rows: Sequence[Sequence[str]], packs: PackSet) -> int:
    known = {
        place_key(name)
        for column in packs[HANDOVER]["columns"]
        for name in (column["zh"], column["en"], *column["aliases"])
    }
    for at, row in enumerate(rows[:_HEADING_WITHIN]):
        if len({place_key(cell) for cell in row} & known) >= _LEAST_HEADINGS:
            return at
    return 0
