"""The door to spreadsheets: a file goes to a process with limits and comes back as cells, or an error."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from capture.errors import CaptureCode, CaptureError, SheetCode, SheetError
from capture.imaging_child import ChildLostError, ImagingChild
from capture.sources.files import bytes_of
from registration.handover_sheet import CellCode, Sheet

READ_SECONDS = 40.0
MOST_BYTES = 24 << 20
MODULE = "capture.spreadsheet_process"
_MOST_ROWS, _MOST_COLUMNS = 100_000, 64


def read_spreadsheet(path: Path, seconds: float = READ_SECONDS) -> Sheet:
    """Read the first visible sheet of an xlsx or csv file as text, in a process of its own; blocks.

    Raises SheetError naming the file, or CaptureError where the file itself cannot be read.
    """
    name, data = bytes_of(path)
    if not data:
        raise CaptureError(CaptureCode.EMPTY_FILE, name)
    if len(data) > MOST_BYTES:
        raise SheetError(SheetCode.TOO_LARGE, name)
    return sheet_from(data, name, seconds)


def sheet_from(data: bytes, name: str, seconds: float = READ_SECONDS) -> Sheet:
    """Read the bytes of a file; `name` is shown in errors. Raises SheetError."""
    try:
        child = ImagingChild(MODULE)
    except ChildLostError:
        raise SheetError(SheetCode.CRASHED, name) from None
    try:
        child.send({"job": "sheet"}, [data], seconds)
        head, blobs = child.receive(seconds)
        if head.get("kind") == "error":
            raise SheetError(SheetCode(head["code"]), name)
        return _sheet(json.loads(blobs[0]))
    except ChildLostError as lost:
        raise SheetError(SheetCode.TIMEOUT if lost.overdue else SheetCode.CRASHED, name) from None
    except (ValueError, KeyError, IndexError, TypeError):
        raise SheetError(SheetCode.CRASHED, name) from None
    finally:
        child.end()


def _sheet(found: Any) -> Sheet:
    """Take the process at its word for nothing: every cell is made text, every number a number."""
    lines = tuple(int(line) for line in found["lines"])
    rows = tuple(tuple(str(cell) for cell in row) for row in found["rows"])
    if len(lines) != len(rows) or len(rows) > _MOST_ROWS or any(len(row) > _MOST_COLUMNS for row in rows):
        raise ValueError("a sheet of the wrong shape")
    faults = {(int(line), int(column)): CellCode(code) for line, column, code in found["faults"]}
    return Sheet(lines, rows, faults)
