"""An empty ledger to be filled: the two sheets with their headings and one invented line each."""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from server.ledger_rows import COMPOUND_COLUMNS, COMPOUNDS, HOME_COLUMNS, HOMES

_EXAMPLES = {
    COMPOUNDS: (
        "620102-0188",
        "示例小区",
        "620102",
        "甘肃省兰州市城关区示例路1号",
        "示例置业有限公司",
        "一并办理",
        "C2,C4",
        "是",
        "400",
    ),
    HOMES: (
        "620102-0188",
        "1号楼",
        "2单元",
        "12",
        "1201",
        "",
        "89.36",
        "甘肃省兰州市城关区示例路1号1号楼2单元1201室",
        "",
    ),
}


def empty_ledger() -> bytes:
    """Return the workbook. Every cell is text: no code loses its digits."""
    book = Workbook()
    book.remove(book.active)
    for title, columns in ((COMPOUNDS, COMPOUND_COLUMNS), (HOMES, HOME_COLUMNS)):
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for at, (heading, (_, must)) in enumerate(columns.items(), start=1):
            cell = sheet.cell(1, at, heading + ("*" if must else ""))
            cell.font = Font(bold=True)
            if must:
                cell.fill = PatternFill("solid", fgColor="FFE1F0EC")
            across = sheet.column_dimensions[get_column_letter(at)]
            across.width, across.number_format = 22, "@"
            example = sheet.cell(2, at, _EXAMPLES[title][at - 1])
            example.data_type, example.number_format = "s", "@"
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()
