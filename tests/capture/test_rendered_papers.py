"""Papers of which there are no sample photographs, drawn as they are laid out and read from their picture."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont

from capture.imaging import ImagingPool
from capture.recognition import PageKind
from registration.identifiers import id_check_character

FONT = Path(__file__).resolve().parents[2] / "printing/fonts_data/NotoSansSC-Regular.ttf"
NUMBER = "62010219900315123" + id_check_character("62010219900315123")
Cells = list[tuple[str, ...]]


def drawn(title: str, rows: Cells, columns: tuple[int, ...], height: int = 110) -> bytes:
    """A ruled form on A4 at 150 dpi as PNG: each row's cells begin at the columns."""
    page = Image.new("RGB", (1240, 1754), (252, 251, 247))
    draw = ImageDraw.Draw(page)
    face, large = ImageFont.truetype(str(FONT), 32), ImageFont.truetype(str(FONT), 52)
    draw.text((620, 120), title, fill=(30, 30, 35), font=large, anchor="ma")
    for number, row in enumerate(rows):
        top = 260 + number * height
        draw.rectangle((columns[0] - 20, top, 1160, top + height), outline=(120, 120, 120), width=2)
        for cell, left in zip(row, columns, strict=False):
            draw.text((left, top + height // 2), cell, fill=(30, 30, 35), font=face, anchor="lm")
    out = io.BytesIO()
    page.save(out, "PNG")
    return out.getvalue()


def test_a_certificate_of_real_estate(pool: ImagingPool):
    page = drawn(
        "不动产权证书",
        [
            ("甘（2022）兰州市不动产权第0000001号",), ("权利人", "丁国兰"), ("共有情况", "单独所有"),
            ("坐落", "兰州市城关区雁滩花园3号楼2单元1201室"),
            ("不动产单元号", "620102 001002 GB00003 F00010001"),
            ("权利类型", "国有建设用地使用权/房屋所有权"), ("权利性质", "出让/市场化商品房"),
            ("用途", "城镇住宅用地/住宅"),
            ("面积", "房屋建筑面积：89.12㎡"),
        ],
        (120, 400),
    )  # fmt: skip
    kind, fields = read(pool, page)
    assert kind is PageKind.REAL_ESTATE_CERTIFICATE
    assert fields == {
        "certificate_number": "甘（2022）兰州市不动产权第0000001号",
        "owners": ["丁国兰"],
        "co_ownership": "单独所有",
        "location": "兰州市城关区雁滩花园3号楼2单元1201室",
        "unit_code": "620102001002GB00003F00010001",
        "use": "城镇住宅用地/住宅",
        "floor_area": 89.12,
    }


def test_a_member_s_page_of_a_household_register(pool: ImagingPool):
    page = drawn(
        "常住人口登记卡",
        [
            ("姓名", "丁国强", "户主或与户主关系", "子"), ("曾用名", "", "性别", "男"),
            ("出生地", "甘肃省兰州市", "民族", "回族"),
            ("籍贯", "甘肃省兰州市", "出生日期", "1990年3月15日"), ("公民身份证件编号", "", NUMBER),
        ],
        (120, 300, 560, 860),
    )  # fmt: skip
    kind, fields = read(pool, page)
    assert kind is PageKind.HOUSEHOLD_REGISTER
    assert fields == {
        "name": "丁国强",
        "relation": "子",
        "sex": "男",
        "nation": "回",
        "birth": "1990-03-15",
        "id_number": NUMBER,
    }


def test_the_first_page_of_a_household_register(pool: ImagingPool):
    page = drawn(
        "居民户口簿",
        [
            ("户别", "家庭户", "户主姓名", "马强"), ("户号", "620102001234"),
            ("住址", "甘肃省兰州市城关区雁滩花园3号楼1201室"),
        ],
        (120, 300, 560, 800),
    )  # fmt: skip
    kind, fields = read(pool, page)
    assert kind is PageKind.HOUSEHOLD_REGISTER
    assert fields == {
        "household_number": "620102001234",
        "head": "马强",
        "address": "甘肃省兰州市城关区雁滩花园3号楼1201室",
    }


@pytest.mark.parametrize(
    ("title", "lines", "kind", "row"),
    [
        ("不动产登记申请书", ["登记类型：转移登记", "申请人：马强"], PageKind.APPLICATION_FORM,
         "application_form"),
        ("税收完税证明", ["税种：契税", "纳税人名称：马强"], PageKind.DEED_TAX_RECEIPT, "deed_tax"),
        ("住宅专项维修资金专用票据", ["交存人：马强"], PageKind.MAINTENANCE_FUND_RECEIPT, "maintenance_fund"),
        ("授权委托书", ["委托人：马强", "受托人：丁国兰"], PageKind.POWER_OF_ATTORNEY, "proxy"),
    ],
)  # fmt: skip
def test_other_papers_find_their_row(
    pool: ImagingPool, title: str, lines: list[str], kind: PageKind, row: str
):
    data = drawn(title, [(line,) for line in lines], (120,))
    page = pool.submit_file(data, "drawn.png").result(60).pages[0]
    reading = pool.submit_recognise(page.improved_jpeg).result(60)
    assert reading.kind is kind
    assert reading.item_codes[0] == row


def read(pool: ImagingPool, data: bytes) -> tuple[PageKind | None, dict[str, Any]]:
    page = pool.submit_file(data, "drawn.png").result(60).pages[0]
    reading = pool.submit_recognise(page.improved_jpeg).result(60)
    fields = {n: list(f.value) if isinstance(f.value, tuple) else f.value for n, f in reading.fields.items()}
    return reading.kind, fields
