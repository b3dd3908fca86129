"""From a ledger's xlsx file to cells as text, in a process of its own with limits."""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
import warnings
import zipfile
from typing import Any

from server.errors import RefusedError

Cells = dict[str, list[tuple[int, list[str]]]]
"""Sheet title -> its rows that hold anything, each with its line from 1."""

MOST_BYTES = 24 << 20
_MOST_ROWS, _MOST_COLUMNS, _MOST_CHARACTERS = 100_000, 32, 500
_MOST_UNPACKED, _MOST_ENTRIES = 256 << 20, 2_000
_MEMORY, _SECONDS = 1 << 30, 60


def read_ledger(data: bytes) -> Cells:
    """Return the cells of every visible sheet; blocks. Raises RefusedError too_large, file_unreadable."""
    if len(data) > MOST_BYTES:
        raise RefusedError(413, "too_large")
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", _START, *sys.path],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a library's trace may quote the file
            timeout=_SECONDS + 30,
            check=True,
            env={"PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"},
        )
        found = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        raise RefusedError(400, "file_unreadable") from None
    return {title: [(line, row) for line, row in rows] for title, rows in found.items()}


_START = "import sys; sys.path[:] = sys.argv[1:]; from server.ledger_sheet import main; main()"


def main() -> None:
    """Read the file from standard input and write its cells as JSON; any exception is a bad file."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    json.dump(_read(sys.stdin.buffer.read()), sys.stdout, ensure_ascii=True)


def _read(data: bytes) -> Cells:
    import openpyxl
    from defusedxml import defuse_stdlib

    defuse_stdlib()
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        entries = packed.infolist()
        if len(entries) > _MOST_ENTRIES or sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
            raise ValueError("too large")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that nobody here looks at
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        return {
            str(sheet.title).strip(): _rows(sheet)
            for sheet in book.worksheets
            if sheet.sheet_state == "visible"
        }


def _rows(sheet: Any) -> list[tuple[int, list[str]]]:
    found = []
    for line, row in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True), start=1):
        cells = [_text(value) for value in row]
        if any(cells):
            found.append((line, cells))
        if len(found) > _MOST_ROWS:
            raise ValueError("too large")
    return found


def _text(value: Any) -> str:
    """Return a cell as a person sees it: 3.0 is 3."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).replace("\0", "").split())[:_MOST_CHARACTERS]
