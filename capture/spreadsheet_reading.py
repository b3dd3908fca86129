"""From a spreadsheet's bytes to cells as text; runs in the spreadsheet process alone."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from openpyxl.utils import range_boundaries
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.utils.exceptions import InvalidFileException

from capture.errors import SheetCode
from registration.handover_sheet import CellCode

MOST_ROWS = 100_000
MOST_COLUMNS = 64
_MOST_LINES = 1 << 20  # as spreadsheets have them
_MOST_MERGED = 2_000_000  # cells within merged blocks
_MOST_CHARACTERS = 2_000  # of one cell
_MOST_TEXT = 32 << 20  # characters of a whole sheet
_MOST_UNPACKED = 256 << 20
_MOST_ENTRIES = 2_000
_EXACT = 10**15  # spreadsheets keep fifteen digits of a number

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ROUNDED = re.compile(r"[0-9]\.[0-9]+[Ee]\+(1[5-9]|[2-9][0-9])")


class SheetFaultError(Exception):
    """Why these bytes give no sheet; the process never learns the file's name."""

    def __init__(self, code: SheetCode) -> None:
        super().__init__(code.value)
        self.code = code


@dataclass
class Cells:
    """What was found: rows with their lines from 1, and spoiled cells by line and column from 0."""

    lines: list[int] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    faults: dict[tuple[int, int], CellCode] = field(default_factory=dict)
    _text: int = 0

    def add(self, line: int, row: Sequence[str]) -> None:
        """Keep a row that holds anything, without the empty cells at its end."""
        last = max((n for n, cell in enumerate(row, start=1) if cell), default=0)
        if not last:
            return
        kept = [cell[:_MOST_CHARACTERS] for cell in row[:last]]
        self._text += sum(map(len, kept))
        if self._text > _MOST_TEXT or len(self.rows) == MOST_ROWS:
            raise SheetFaultError(SheetCode.TOO_LARGE)
        self.lines.append(line)
        self.rows.append(kept)


def read_cells(data: bytes) -> Cells:
    """Read the first visible sheet that holds anything, of an xlsx file or of text with commas or tabs.

    Formulas give the result that was stored with them. SheetFaultError says why a file gives nothing.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise SheetFaultError(SheetCode.EMPTY)
    if data.startswith(_OLE):
        raise SheetFaultError(SheetCode.LOCKED if _LOCKED in data else SheetCode.OLD)
    if data.startswith(b"PK"):
        return _workbook(data)
    return _text(data)


# -- xlsx ----------------------------------------------------------------------------------------------------


def _workbook(data: bytes) -> Cells:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            entries = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise SheetFaultError(SheetCode.BROKEN) from None
    if any(entry.flag_bits & 1 for entry in entries):
        raise SheetFaultError(SheetCode.LOCKED)
    if len(entries) > _MOST_ENTRIES or sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
        raise SheetFaultError(SheetCode.TOO_LARGE)
    if "xl/workbook.xml" not in {entry.filename for entry in entries}:
        raise SheetFaultError(SheetCode.UNKNOWN)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that nobody here looks at
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            return _first_sheet(book)
    except SheetFaultError:
        raise
    except (DefusedXmlException, ParseError, InvalidFileException, zipfile.BadZipFile):
        raise SheetFaultError(SheetCode.BROKEN) from None
    except MemoryError:
        raise SheetFaultError(SheetCode.TOO_LARGE) from None
    except Exception:  # a library's many ways to say that a part is absent or is not what it should be
        raise SheetFaultError(SheetCode.BROKEN) from None


def _first_sheet(book: Any) -> Cells:
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        cells = _sheet(sheet)
        if cells.rows:
            return cells
    return Cells()


def _sheet(sheet: Any) -> Cells:
    sheet.reset_dimensions()  # what a file says of its own size need not be true
    cells = Cells()
    merged, unanswered = _merged_and_unanswered(sheet)
    above: dict[int, str] = {}
    cells.faults.update(dict.fromkeys(unanswered, CellCode.FORMULA_EMPTY))
    for line, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, max_row=_MOST_LINES), start=1):
        said = []
        for column, cell in enumerate(row):
            source = merged.get((line, column))
            if source == (line, column):
                above[column] = _said(cell, line, column, cells)
                said.append(above[column])
            elif source is not None:
                said.append(above.get(source[1], ""))
            else:
                said.append(_said(cell, line, column, cells))
        cells.add(line, said)
    return cells


def _said(cell: Any, line: int, column: int, cells: Cells) -> str:
    value, fault = _as_text(cell.value, error=cell.data_type == "e")
    if fault is not None:
        cells.faults[line, column] = fault
    return value


def _as_text(value: Any, *, error: bool = False) -> tuple[str, CellCode | None]:
    if value is None:
        return "", None
    if error:
        return str(value), CellCode.CELL_ERROR
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), None
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime):
        day_only = value.time() == time()
        return value.date().isoformat() if day_only else value.isoformat(sep=" "), None
    if isinstance(value, date | time):
        return value.isoformat(), None
    if isinstance(value, timedelta):
        return str(value), None
    return " ".join(str(value).split()), None


def _number(value: int | float) -> tuple[str, CellCode | None]:
    """A whole number has no decimal point; one of more than fifteen digits is not what was typed."""
    if isinstance(value, float) and not value.is_integer():
        return repr(value), None
    whole = int(value)
    lost = abs(whole) >= _EXACT and (isinstance(value, float) or whole % 1000 == 0)
    return str(whole), CellCode.NUMBER_LOST if lost else None


def _merged_and_unanswered(sheet: Any) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Return for each cell of a merged block its first one, and the cells whose formula has no result.

    Lines from 1, columns from 0. The library reads neither of a sheet that it streams.
    """
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    unanswered = set()
    with sheet._get_source() as source:
        for _, element in iterparse(source):
            if element.tag == f"{_MAIN}c":
                formula, value = element.find(f"{_MAIN}f"), element.findtext(f"{_MAIN}v")
                if formula is not None and not value and element.get("t") != "str" and element.get("r"):
                    line, column = coordinate_to_tuple(element.get("r"))
                    unanswered.add((line, column - 1))
            elif element.tag == f"{_MAIN}mergeCell":
                _spread(merged, element.get("ref", ""))
            elif element.tag == f"{_MAIN}row":
                element.clear()
    return merged, unanswered


def _spread(merged: dict[tuple[int, int], tuple[int, int]], reference: str) -> None:
    left, top, right, bottom = range_boundaries(reference)
    if not (left and top and right and bottom):
        raise SheetFaultError(SheetCode.BROKEN)
    right = min(right, MOST_COLUMNS)
    if len(merged) + (bottom - top + 1) * max(right - left + 1, 0) > _MOST_MERGED:
        raise SheetFaultError(SheetCode.TOO_LARGE)
    for line in range(top, bottom + 1):
        for column in range(left, right + 1):
            merged[line, column - 1] = (top, left - 1)


# -- text ----------------------------------------------------------------------------------------------------


def _text(data: bytes) -> Cells:
    text = _decoded(data)
    head = text[:8192]
    separator = max("\t,;", key=head.count)
    if not head.count(separator):
        raise SheetFaultError(SheetCode.UNKNOWN)
    cells = Cells()
    try:
        csv.field_size_limit(1 << 20)
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        for line, row in enumerate(rows, start=1):
            said = [" ".join(cell.split()).removeprefix("'") for cell in row[:MOST_COLUMNS]]
            for column, cell in enumerate(said):
                if _ROUNDED.fullmatch(cell):
                    cells.faults[line, column] = CellCode.NUMBER_LOST
            cells.add(line, said)
    except csv.Error:
        raise SheetFaultError(SheetCode.BROKEN) from None
    return cells


def _decoded(data: bytes) -> str:
    """UTF-8, what Chinese spreadsheets save as (GB 18030), or UTF-16 that says so; nothing binary."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\0" in data and not wide:
        raise SheetFaultError(SheetCode.UNKNOWN)
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetFaultError(SheetCode.UNKNOWN)
