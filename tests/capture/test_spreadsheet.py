"""A developer's spreadsheet becomes text; a hostile one becomes one error that names it, and nothing else."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from capture import spreadsheet
from capture.errors import CaptureError, SheetCode, SheetError
from capture.spreadsheet import read_spreadsheet, sheet_from
from capture.spreadsheet_reading import SheetFaultError, read_cells
from capture.spreadsheet_writing import table_file
from registration.handover_sheet import CellCode, table_of
from registration.packs import shipped
from registration.wording import say

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEADINGS = ["楼幢", "单元", "房号", "购房人姓名", "证件号码", "联系电话", "合同编号", "合同日期"]
ROW = ["1号楼", "1单元", "101", "张立群", "11010519491231002X", "13812345678", "HT-1", "2026-03-01"]


def saved(book: Workbook) -> bytes:
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def workbook(*rows: list[Any], change: Callable[[Any], None] = lambda sheet: None) -> bytes:
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    change(sheet)
    return saved(book)


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return the workbook with one of its parts rewritten, as no spreadsheet program would."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            part = old.read(entry)
            new.writestr(entry, change(part) if entry == name else part)
    return packed.getvalue()


def with_shared_strings(text: str) -> bytes:
    """Return a workbook whose one cell stands in the table of strings, as spreadsheet programs write it."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    listed = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    data = with_part(
        workbook(ROW),
        "xl/worksheets/sheet1.xml",
        sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'),
    )
    data = with_part(data, "[Content_Types].xml", lambda part: part.replace(b"</Types>", listed.encode()))
    packed = io.BytesIO(data)
    with zipfile.ZipFile(packed, "a") as book:
        book.writestr("xl/sharedStrings.xml", text)
    return packed.getvalue()


def sheet_xml(inside: str, before: str = "") -> Callable[[bytes], bytes]:
    text = (
        f'<?xml version="1.0"?>{before}<worksheet xmlns="{MAIN}"><sheetData>{inside}</sheetData></worksheet>'
    )
    return lambda _: text.encode()


def why(data: bytes) -> SheetCode:
    with pytest.raises(SheetFaultError) as caught:
        read_cells(data)
    return caught.value.code


# -- what is read --------------------------------------------------------------------------------------------


def test_every_kind_of_cell_becomes_the_text_that_a_person_sees():
    cells = read_cells(
        workbook(
            [
                101,
                101.0,
                0.5,
                13812345678,
                True,
                datetime(2026, 3, 1),
                date(2026, 3, 2),
                "  两 个\n字 ",
                None,
            ],
        )
    )
    assert cells.rows == [
        ["101", "101", "0.5", "13812345678", "TRUE", "2026-03-01", "2026-03-02", "两 个 字"],
    ]
    assert not cells.faults


def test_rows_keep_their_lines_and_empty_ones_are_left_out():
    cells = read_cells(workbook(["名单"], [], ROW, [None, " "], ROW))
    assert cells.lines == [1, 3, 5]


@pytest.mark.parametrize("written", ["6.2010219620304102E+17", "620102196203041000", "620102196203041226.0"])
def test_a_number_that_lost_its_digits_is_told(written: str):
    data = with_part(
        workbook(ROW),
        "xl/worksheets/sheet1.xml",
        sheet_xml(f'<row r="1"><c r="E1"><v>{written}</v></c></row>'),
    )
    assert read_cells(data).faults == {(1, 4): CellCode.NUMBER_LOST}


def test_a_formula_gives_its_stored_result_and_one_without_is_told():
    inside = (
        '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2"><f>A9&amp;B9</f></c>'
        '<c r="C2" t="e"><v>#REF!</v></c><c r="D2" t="str"><f>""</f><v></v></c></row>'
    )
    cells = read_cells(with_part(workbook(ROW), "xl/worksheets/sheet1.xml", sheet_xml(inside)))
    assert cells.rows == [["2", "", "#REF!"]]
    assert cells.faults == {(2, 1): CellCode.FORMULA_EMPTY, (2, 2): CellCode.CELL_ERROR}


def test_merged_cells_stand_in_every_line_that_they_cover():
    second = [None, None, None, "魏秀英", *ROW[4:6], None, None]

    def merge(sheet: Any) -> None:
        for block in ("A1:H1", "A3:A4", "B3:B4", "C3:C4", "G3:H4"):
            sheet.merge_cells(block)

    cells = read_cells(workbook(["交房清单"], HEADINGS, ROW, second, change=merge))
    assert cells.rows[3][:4] == ["1号楼", "1单元", "101", "魏秀英"]
    assert cells.rows[3][6] == "HT-1"


def test_hidden_and_empty_sheets_are_passed_over():
    book = Workbook()
    book.active.append(["secret"])
    book.active.sheet_state = "hidden"
    book.create_sheet("空")
    book.create_sheet("清单").append(ROW)
    book.active = 2
    assert read_cells(saved(book)).rows == [ROW]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv_in_every_encoding_that_spreadsheets_write(encoding: str, separator: str):
    text = "\r\n".join([separator.join(HEADINGS), "", separator.join(ROW)])
    cells = read_cells(text.encode(encoding))
    assert (cells.lines, cells.rows) == ([1, 3], [HEADINGS, ROW])


def test_a_csv_that_went_through_a_spreadsheet_has_lost_its_numbers():
    cells = read_cells("姓名,证件号码\n张立群,6.20102E+17\n".encode())
    assert cells.faults == {(2, 1): CellCode.NUMBER_LOST}


def test_the_heading_is_found_below_a_title_and_the_faults_go_with_their_columns():
    lost = [*ROW[:4], 620102196203041000, *ROW[5:]]
    sheet = sheet_from(
        workbook(["某某小区交房清单"], [None, None, "2026年3月"], HEADINGS, ROW, lost), "清单.xlsx"
    )
    table = table_of(sheet, shipped())
    assert table.headings == tuple(HEADINGS)
    assert table.lines == (4, 5)
    assert table.rows[0]["购房人姓名"] == "张立群"
    assert table.faults == {(5, "证件号码"): CellCode.NUMBER_LOST}


# -- what is refused -----------------------------------------------------------------------------------------


def test_what_is_no_workbook_is_told_for_what_it_is(tmp_path: Path):
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert why(b"") is SheetCode.EMPTY
    assert why(ole) is SheetCode.OLD
    assert why(ole + "EncryptedPackage".encode("utf-16-le")) is SheetCode.LOCKED
    assert why(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj") is SheetCode.UNKNOWN
    assert why(b"\x89PNG\r\n\x1a\n" + bytes(64)) is SheetCode.UNKNOWN
    assert why(b"one word") is SheetCode.UNKNOWN
    assert why(workbook(ROW)[:900]) is SheetCode.BROKEN
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as other:
        other.writestr("word/document.xml", "<x/>")
    assert why(packed.getvalue()) is SheetCode.UNKNOWN


def test_entities_are_refused():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = sheet_xml(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row>',
        before=f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>',
    )
    assert why(with_part(workbook(ROW), "xl/worksheets/sheet1.xml", bomb)) is SheetCode.BROKEN
    entity = b'<!DOCTYPE x [<!ENTITY a "b">]>'
    for part in ("xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"):
        assert why(with_part(workbook(ROW), part, lambda text: entity + text)) is SheetCode.BROKEN
    shared = with_shared_strings(f'<sst xmlns="{MAIN}"><si><t>好</t></si></sst>')
    assert read_cells(shared).rows == [["好"]]
    laughing = with_shared_strings(
        f'<!DOCTYPE x [<!ENTITY a "b">]><sst xmlns="{MAIN}"><si><t>&a;</t></si></sst>'
    )
    assert why(laughing) is SheetCode.BROKEN


def test_a_bomb_is_refused_before_it_is_unpacked():
    zeros = with_part(workbook(ROW), "xl/worksheets/sheet1.xml", lambda _: bytes(300 << 20))
    assert len(zeros) < 1 << 20
    assert why(zeros) is SheetCode.TOO_LARGE


def test_blocks_and_rows_without_end_are_refused():
    huge = with_part(
        workbook(ROW),
        "xl/worksheets/sheet1.xml",
        lambda part: part.replace(
            b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        ),
    )
    assert why(huge) is SheetCode.TOO_LARGE


@pytest.mark.parametrize(
    "missing", ["xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"]
)
def test_parts_that_make_no_sense_end_as_one_error(missing: str):
    assert (
        why(with_part(workbook(ROW), missing, lambda _: b"<worksheet><sheetData><row>")) is SheetCode.BROKEN
    )


def test_sixty_thousand_rows_come_through_the_process_whole(tmp_path: Path):
    rows = "\n".join(",".join([*ROW[:2], str(n), *ROW[3:]]) for n in range(60_000))
    file = tmp_path / "大.csv"
    file.write_text(f"{','.join(HEADINGS)}\n{rows}\n", "gb18030")
    sheet = read_spreadsheet(file)
    assert len(sheet.rows) == 60_001
    assert sheet.rows[-1][2] == "59999"


def test_a_file_that_keeps_the_process_busy_is_given_up_and_named(tmp_path: Path):
    file = tmp_path / "慢.xlsx"
    file.write_bytes(workbook(*[ROW] * 3000))
    with pytest.raises(SheetError) as caught:
        read_spreadsheet(file, seconds=0.01)
    assert caught.value.sheet_code is SheetCode.TIMEOUT
    for language in ("zh", "en"):
        assert "慢.xlsx" in say(caught.value.problem, language).title
    assert str(tmp_path) not in repr(caught.value.problem.params)


def test_a_process_that_dies_is_an_error_too(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(spreadsheet, "MODULE", "capture.no_such_process")
    with pytest.raises(SheetError) as caught:
        sheet_from(workbook(ROW), "a.xlsx")
    assert caught.value.sheet_code is SheetCode.CRASHED


def test_a_file_that_is_gone_or_empty_is_named(tmp_path: Path):
    (tmp_path / "空.xlsx").touch()
    for name, code in (("没有.xlsx", "file_vanished"), ("空.xlsx", "empty_file")):
        with pytest.raises(CaptureError) as caught:
            read_spreadsheet(tmp_path / name)
        assert (caught.value.code, caught.value.problem.params["file"]) == (code, name)


@pytest.mark.parametrize("seed", range(12))
def test_damage_of_any_kind_ends_as_cells_or_as_one_error(seed: int):
    """Bytes of the file and of its parts are changed, cut and doubled; nothing else ever comes out of it."""
    chance = random.Random(seed)
    whole = workbook(HEADINGS, ROW, ROW)
    parts = zipfile.ZipFile(io.BytesIO(whole)).namelist()

    def spoil(part: bytes) -> bytes:
        text = bytearray(part)
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(text))
            match chance.randrange(3):
                case 0:
                    text[at] = chance.choice(b'09<>&"/ =rRcCst')
                case 1:
                    del text[at : at + chance.randint(1, 20)]
                case _:
                    text[at:at] = chance.choice([b"9" * 12, b'<row r="99999999">', b"&x;", b"\xff"])
            text = text or bytearray(b"x")
        return bytes(text)

    for number in range(25):
        spoiled = with_part(whole, chance.choice(parts), spoil) if number % 2 else spoil(whole)
        try:
            cells = read_cells(spoiled)
        except SheetFaultError:
            continue
        assert len(cells.lines) == len(cells.rows)


# -- what is written -----------------------------------------------------------------------------------------


def test_a_written_table_reads_back_and_no_cell_of_it_is_a_formula():
    rows = [["2", '=HYPERLINK("http://x")'], ["3", "+1"]]
    data = table_file("模板", ["行", "内容"], rows, [8, 40], required=[True, False])
    assert read_cells(data).rows == [["行", "内容"], *rows]
    sheet = load_workbook(io.BytesIO(data)).active
    assert sheet["B2"].data_type == "s"
    assert sheet.column_dimensions["A"].number_format == "@"
