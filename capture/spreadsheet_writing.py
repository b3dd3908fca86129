"""Tables as xlsx files: a sheet for developers to fill, and what is wrong with the one that they sent."""

from __future__ import annotations

import io
from collections.abc import Sequence

_TEXT = "@"


def table_file(
    title: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[int],
    *,
    required: Sequence[bool] = (),
) -> bytes:
    """Return an xlsx file with one sheet: a heading line that stays in view, then rows of text.

    `widths` are in characters; headings that are `required` are filled. Every cell is text, those
    still to be filled too: no number loses its digits, and nothing is ever taken for a formula.
    """
    # A tenth of a second, which a screen that can export would take to open
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = title[:31]
    sheet.freeze_panes = "A2"
    for column, heading in enumerate(headings, start=1):
        cell = sheet.cell(1, column, heading)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        if column <= len(required) and required[column - 1]:
            cell.fill = PatternFill("solid", fgColor="FFE1F0EC")
        across = sheet.column_dimensions[get_column_letter(column)]
        across.width = widths[column - 1]
        across.number_format = _TEXT
    for line, row in enumerate(rows, start=2):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(line, column)
            cell.value = text
            cell.data_type = "s"
            cell.number_format = _TEXT
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()
