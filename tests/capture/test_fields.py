"""Fields out of words: each in its one form, and nothing believed that fails its check."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from importlib import resources
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capture import field_checks, id_card_fields, page_kinds, paper_fields
from capture.page_fields import PageFields
from capture.recognition import Doubt, PageKind
from capture.sheet import Glyph, Line, Sheet, with_seconds
from registration.identifiers import id_check_character

TODAY = date(2026, 11, 24)
FIRST_17 = "62010219900315123"
NUMBER = FIRST_17 + id_check_character(FIRST_17)
Reader = Callable[[Sheet, date], PageFields]


def line(text: str, row: int, column: float = 0.1, sure: float = 0.999, second: str | None = None) -> Line:
    top, width = 0.05 + 0.06 * row, 0.02 * len(text)
    glyphs = tuple(Glyph(char, sure, sure) for char in text)
    return Line(glyphs, (column, top, min(1.0, column + width), top + 0.04), top + 0.02, second)


def sheet(*rows: str, sure: float = 0.999) -> Sheet:
    """Rows of text; a double bar stands between two boxes at one height."""
    lines = []
    for number, row in enumerate(rows):
        column = 0.1
        for text in row.split("‖"):
            if text:
                lines.append(line(text, number, column, sure))
            column += 0.02 * (len(text) or 2) + 0.05
    return Sheet(lines)


def card(number: str = NUMBER, birth: str = "1990年3月15日", sex: str = "男", **changes: Any) -> Sheet:
    return sheet(
        "姓名‖尕玉兰", f"性别{sex}‖民族‖东乡", f"出生‖{birth}",
        "住址‖甘肃省兰州市城关区金城家园1", "‖7号楼3单元2703室", f"公民身份号码‖{number}", **changes,
    )  # fmt: skip


def values(fields: PageFields) -> dict[str, Any]:
    return {name: field.value for name, field in fields.held.items()}


def test_a_card_gives_its_six_fields():
    assert values(id_card_fields.front(card(), TODAY)) == {
        "name": "尕玉兰",
        "sex": "男",
        "nation": "东乡",
        "birth": "1990-03-15",
        "address": "甘肃省兰州市城关区金城家园17号楼3单元2703室",
        "id_number": NUMBER,
    }


@given(st.integers(0, 17), st.sampled_from("0123456789X"))
def test_no_number_with_a_wrong_character_is_believed(place: int, char: str):
    wrong = NUMBER[:place] + char + NUMBER[place + 1 :]
    fields = id_card_fields.front(card(wrong), TODAY)
    assert values(fields).get("id_number") in (None, NUMBER)
    assert ("id_number" in fields.held) == (wrong == NUMBER)


@given(st.lists(st.tuples(st.integers(6, 13), st.sampled_from("0123456789")), min_size=1, max_size=4))
def test_a_number_that_passes_its_check_digit_still_has_to_agree_with_the_birth(
    changes: list[tuple[int, str]],
):
    digits = list(FIRST_17)
    for place, char in changes:
        digits[place] = char
    wrong = "".join(digits) + id_check_character("".join(digits))
    fields = id_card_fields.front(card(wrong), TODAY)
    if wrong != NUMBER:
        assert "id_number" not in fields.held


def test_where_number_and_birth_differ_neither_is_believed():
    fields = id_card_fields.front(card(birth="1990年3月16日"), TODAY)
    assert fields.left_out == {"id_number": Doubt.CONTRADICTED, "birth": Doubt.CONTRADICTED}
    assert {"name", "nation", "address", "sex"} <= set(fields.held)


def test_where_number_and_sex_differ_neither_is_believed():
    fields = id_card_fields.front(card(sex="女"), TODAY)
    assert fields.left_out == {"id_number": Doubt.CONTRADICTED, "sex": Doubt.CONTRADICTED}


def test_birth_and_sex_that_cannot_be_read_come_from_the_number():
    fields = id_card_fields.front(card(birth="19#0年3月15日", sex="？"), TODAY)
    assert values(fields)["birth"] == "1990-03-15"
    assert values(fields)["sex"] == "男"


@pytest.mark.parametrize("sure", [0.3, 0.8, 0.89])
def test_digits_that_are_not_certain_are_not_a_number(sure: float):
    fields = id_card_fields.front(card(sure=sure), TODAY)
    assert "id_number" not in fields.held
    assert fields.left_out["id_number"] is Doubt.UNSURE


def test_what_a_second_look_sees_otherwise_is_left_out():
    lines = list(card().lines)
    number = next(i for i, one in enumerate(lines) if one.text == NUMBER)
    same = id_card_fields.front(Sheet(with_seconds(lines, {number: f" {NUMBER}"})), TODAY)
    assert "id_number" in same.held
    other = id_card_fields.front(Sheet(with_seconds(lines, {number: NUMBER[:-2] + "7X"})), TODAY)
    assert other.left_out["id_number"] is Doubt.READINGS_DIFFER


def test_a_number_of_a_division_that_never_was_is_refused():
    first = "62150119900315123"
    fields = id_card_fields.front(card(first + id_check_character(first)), TODAY)
    assert fields.left_out["id_number"] is Doubt.CHECK_FAILED
    abolished = "62220119900315123"
    assert "id_number" in id_card_fields.front(card(abolished + id_check_character(abolished)), TODAY).held


def test_the_fields_say_where_they_stand():
    number = id_card_fields.front(card(), TODAY).held["id_number"]
    left, top, right, bottom = number.box
    assert top == pytest.approx(0.35)
    assert bottom == pytest.approx(0.39)
    assert left > 0.2
    assert right <= 1


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ("2015.03.01-2035.03.01", ("2015-03-01", "2035-03-01")),
        ("2015.03.01-长期", ("2015-03-01", "长期")),
        ("2016.02.29-2026.02.28", ("2016-02-29", "2026-02-28")),
        ("2035.03.01-2015.03.01", None),
        ("2015.03.01-2035.03.07", None),
        ("2015.03.01-2033.03.01", None),
        ("2015.13.01-2035.13.01", None),
        ("2030.03.01-2050.03.01", None),
    ],
)
def test_the_days_on_the_back_are_in_order(span: str, expected: tuple[str, str] | None):
    page = sheet("中华人民共和国", "居民身份证", "签发机关‖兰州市公安局城关分局", f"有效期限‖{span}")
    fields = id_card_fields.back(page, TODAY)
    assert fields.held["authority"].value == "兰州市公安局城关分局"
    got = (
        (fields.held["valid_from"].value, fields.held["valid_to"].value)
        if "valid_to" in fields.held
        else None
    )
    assert got == expected


CONTRACT = (
    "商品房买卖合同", "合同编号：GS20155063655", "出卖人：甘肃鑫亿房地产开发有限公司", "买受人：赵红春",
    f"身份证号码：{NUMBER}", "建筑面积共 101.31 平方米", "总金额人民币 1080000 元整",
)  # fmt: skip


def test_a_contract_gives_its_fields_and_its_price_agrees_with_what_else_says_it():
    plain = values(paper_fields.purchase_contract(sheet(*CONTRACT), TODAY))
    assert plain == {
        "contract_number": "GS20155063655",
        "seller": "甘肃鑫亿房地产开发有限公司",
        "buyer": "赵红春",
        "id_number": NUMBER,
        "floor_area": 101.31,
        "price": 1080000,
    }
    assert isinstance(plain["price"], int)
    confirmed = sheet(*CONTRACT, "大写：壹佰零捌万元整")
    assert values(paper_fields.purchase_contract(confirmed, TODAY)) == plain
    other = paper_fields.purchase_contract(sheet(*CONTRACT, "大写：壹佰零玖万元整"), TODAY)
    assert other.left_out["price"] is Doubt.CONTRADICTED
    unit = paper_fields.purchase_contract(sheet(*CONTRACT, "单价为每平方米 1660.35 元"), TODAY)
    assert unit.left_out == {"price": Doubt.CONTRADICTED, "floor_area": Doubt.CONTRADICTED}
    right = paper_fields.purchase_contract(sheet(*CONTRACT, "单价为每平方米 10660.35 元"), TODAY)
    assert values(right) == plain


def test_an_invoice_gives_its_fields_with_leading_noughts():
    page = sheet(
        "销售不动产统一发票",
        "发票号码：00123456",
        "付款方：王秀英",
        "收款方：兰州金城置业有限责任公司",
        "金额（小写）：￥350000.00",
    )
    assert values(paper_fields.invoice(page, TODAY)) == {
        "invoice_number": "00123456",
        "payer": "王秀英",
        "payee": "兰州金城置业有限责任公司",
        "amount": 350000,
    }
    short = paper_fields.invoice(sheet("发票号码：0012345"), TODAY)
    assert short.left_out["invoice_number"] is Doubt.MALFORMED


def test_spouses_stand_in_the_page_s_order_and_the_holder_is_one_of_them():
    rows = [
        "结婚证",
        "结婚证字号：J620102-1995-012345",
        "持证人：丁国兰",
        "姓名：丁国兰　性别：女",
        "姓名：马强　性别：男",
    ]
    fields = paper_fields.marriage_certificate(sheet(*rows), TODAY)
    assert values(fields) == {"certificate_number": "J620102-1995-012345", "holders": ("丁国兰", "马强")}
    rows[2] = "持证人：丁国英"
    assert paper_fields.marriage_certificate(sheet(*rows), TODAY).left_out["holders"] is Doubt.CONTRADICTED
    rows[1] = "结婚证字号：J620102-2095-012345"
    late = paper_fields.marriage_certificate(sheet(*rows), TODAY)
    assert late.left_out["certificate_number"] is Doubt.CHECK_FAILED


def test_a_certificate_of_real_estate():
    page = sheet(
        "甘（2022）兰州市不动产权第0000001号", "权利人‖丁国兰、马强", "共有情况‖共同共有",
        "坐落‖兰州市城关区雁滩花园3号楼2单元1201室", "不动产单元号‖620102 001002 GB00003 F00010001",
        "用途‖城镇住宅用地/住宅", "面积‖房屋建筑面积：89.12㎡",
    )  # fmt: skip
    assert values(paper_fields.real_estate_certificate(page, TODAY)) == {
        "certificate_number": "甘（2022）兰州市不动产权第0000001号",
        "owners": ("丁国兰", "马强"),
        "co_ownership": "共同共有",
        "location": "兰州市城关区雁滩花园3号楼2单元1201室",
        "unit_code": "620102001002GB00003F00010001",
        "use": "城镇住宅用地/住宅",
        "floor_area": 89.12,
    }


def test_a_household_register():
    first = sheet(
        "居民户口簿",
        "户别‖家庭户‖户主姓名‖马强",
        "户号‖620102001234‖住址‖甘肃省兰州市城关区雁滩花园3号楼1201室",
    )
    assert values(paper_fields.household_register(first, TODAY)) == {
        "household_number": "620102001234",
        "head": "马强",
        "address": "甘肃省兰州市城关区雁滩花园3号楼1201室",
    }
    member = sheet(
        "常住人口登记卡", "姓名‖丁国强‖户主或与户主关系‖子", "性别‖男‖民族‖回族", "出生日期‖1990年3月15日",
        f"公民身份证件编号‖{NUMBER}",
    )  # fmt: skip
    assert values(paper_fields.household_register(member, TODAY)) == {
        "name": "丁国强",
        "relation": "子",
        "sex": "男",
        "nation": "回",
        "birth": "1990-03-15",
        "id_number": NUMBER,
    }


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        (card(), PageKind.ID_CARD_FRONT),
        (sheet("中华人民共和国", "居民身份证", "签发机关‖城关区公安局"), PageKind.ID_CARD_BACK),
        (sheet(*CONTRACT), PageKind.PURCHASE_CONTRACT),
        (sheet("销售不动产统一发票", "发票号码：00123456"), PageKind.INVOICE),
        (sheet("结婚证", "持证人：马强"), PageKind.MARRIAGE_CERTIFICATE),
        (sheet("不动产权证书", "甘（2022）兰州市不动产权第0000001号"), PageKind.REAL_ESTATE_CERTIFICATE),
        (
            sheet("常住人口登记卡", "姓名‖马强‖与户主关系‖子", f"公民身份证件编号‖{NUMBER}"),
            PageKind.HOUSEHOLD_REGISTER,
        ),
        (sheet("不动产登记申请书", "申请人‖马强", f"身份证号码‖{NUMBER}"), PageKind.APPLICATION_FORM),
        (sheet("税收完税证明", "契税"), PageKind.DEED_TAX_RECEIPT),
        (sheet("住宅专项维修资金专用收据"), PageKind.MAINTENANCE_FUND_RECEIPT),
        (
            sheet("授权委托书", "委托人：马强", "受托人：丁国兰", "代办商品房买卖合同的备案"),
            PageKind.POWER_OF_ATTORNEY,
        ),
        (sheet("今天天气很好", "下午去散步"), None),
    ],
)
def test_a_page_is_known_by_its_words(page: Sheet, kind: PageKind | None):
    guess = page_kinds.guess(page)
    assert guess.kind is kind
    assert (guess.confidence > 0) == (kind is not None)


def test_every_row_that_a_page_may_belong_to_is_one_of_the_checklists():
    text = resources.files("registration.reference").joinpath("registration_types.json").read_text("utf-8")
    known = set(json.loads(text)["rows"]) | {
        item["code"] if isinstance(item, dict) else item
        for entry in json.loads(text)["types"].values()
        for item in entry["items"]
    }
    for kind in PageKind:
        assert set(page_kinds.item_codes(kind)) <= known
        assert page_kinds.item_codes(kind)
    assert page_kinds.item_codes(None) == ()


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("壹佰零捌万元整", "1080000"), ("叁拾伍万元整", "350000"), ("壹仟贰佰叁拾肆元伍角陆分", "1234.56"),
        ("贰亿零叁佰元整", "200000300"), ("拾万元整", "100000"), ("伍拾", None), ("元", None),
        ("面积元", None),
    ],
)  # fmt: skip
def test_amounts_in_capital_characters(text: str, amount: str | None):
    assert field_checks.capital_amount(text) == (None if amount is None else Decimal(amount))
