"""The fields of contracts, invoices and certificates; amounts and names that stand twice must agree."""

from __future__ import annotations

import re
from datetime import date

from capture import field_checks as check
from capture import id_card_fields
from capture.field_checks import DoubtError
from capture.page_fields import PageFields
from capture.recognition import Doubt
from capture.sheet import Found, Sheet, label, together
from registration.certificates import parse_certificate_number
from registration.errors import InputError
from registration.unit_codes import parse_unit_code

_END = r"(?= ?(?:性别|身份证|证件|联系电话|电话|法定代表人|地址|民族|出生|国籍)|[,;.]|$)"
_AMOUNT = r"(?P<value>\d[\d,]*(?:\.\d{1,2})?)"
_CAPITALS = r"(?P<value>[零〇壹贰叁肆伍陆柒捌玖拾佰仟万亿]{2,}[元圆](?:[整正]|[零壹贰叁肆伍陆柒捌玖角分]+)?)"
_CO_OWNERSHIP = ("单独所有", "共同共有", "按份共有", "其他共有")


def purchase_contract(sheet: Sheet, today: date) -> PageFields:
    """contract_number, seller, buyer, id_number (the buyer's), floor_area in square metres, price in yuan."""
    fields = PageFields()
    number = sheet.find(label("合同编号", "合同号") + r"(?P<value>[A-Za-z0-9一-鿿()\-]{4,40})")
    fields.take("contract_number", number, lambda found: check.code(found, r"(?=(?:.*\d){4}).{5,40}"))
    seller = sheet.find(label("出卖人", "卖方", "甲方") + r"(?P<value>.+?)" + _END)
    fields.take("seller", seller, check.party)
    buyer = sheet.find(label("买受人", "买方", "乙方") + r"(?P<value>.+?)" + _END)
    fields.take("buyer", buyer, check.party)
    own = sheet.find(r"(?:身份证号码?|证件号码?|公民身份号码):? ?" + id_card_fields.ID_NUMBER, numeric=True)
    fields.take("id_number", own, lambda found: check.id_number(found, today))
    area = sheet.find(
        r"建筑面积(?:共计|共|为|约)?:? ?(?P<value>\d+(?:\.\d{1,4})?) ?(?:平方米|㎡|m2|M2|平米)", numeric=True
    )
    fields.take("floor_area", area, lambda found: check.number(found, 5, 100_000))
    price = sheet.find(
        r"总(?:金额|价款|房价款|价)(?:为|共|计)?\(?(?:人民币|小写)*\)?:? ?¥? ?" + _AMOUNT + " ?元",
        numeric=True,
    )
    fields.take("price", price, lambda found: _amount(sheet, found))
    _compare_unit_price(sheet, fields)
    return fields


def _compare_unit_price(sheet: Sheet, fields: PageFields) -> None:
    """A price per square metre, where one is printed, must give the price to within a thousandth."""
    unit = sheet.find(r"(?:单价|每平方米)[^\d\n]{0,8}" + _AMOUNT + " ?元")
    area, price = fields.held.get("floor_area"), fields.held.get("price")
    if unit is None or area is None or price is None:
        return
    product = float(unit.text.replace(",", "")) * float(str(area.value))
    if abs(product - float(str(price.value))) > max(2.0, product / 1000):
        fields.refuse(Doubt.CONTRADICTED, "price", "floor_area")


def invoice(sheet: Sheet, _: date) -> PageFields:
    """invoice_number (8 digits on paper, 20 on an electronic one), payer, payee, amount in yuan."""
    fields = PageFields()
    number = sheet.find(label("发票号码") + r"(?P<value>\d[\d ]{6,})", numeric=True)
    fields.take("invoice_number", number, lambda found: check.code(found, r"\d{8}|\d{20}"))
    payer = sheet.find(label("付款方", "购买方", "购货单位", "付款单位") + r"(?P<value>.+?)" + _END)
    fields.take("payer", payer, check.party)
    payee = sheet.find(label("收款方", "销售方", "销货单位", "收款单位") + r"(?P<value>.+?)" + _END)
    fields.take("payee", payee, check.party)
    amount = sheet.find(r"小写\)?:? ?¥? ?" + _AMOUNT, numeric=True)
    fields.take("amount", amount, lambda found: _amount(sheet, found))
    return fields


def _amount(sheet: Sheet, found: Found) -> int | float:
    """An amount in yuan; where the page has capital characters too, one of them must say the same."""
    value = check.number(found, 1, 1e10)
    capitals = [check.capital_amount(other.text) for other in sheet.find_all(_CAPITALS)]
    known = [float(amount) for amount in capitals if amount is not None]
    if known and all(abs(amount - value) > 0.005 for amount in known):
        raise DoubtError(Doubt.CONTRADICTED)
    return value


def marriage_certificate(sheet: Sheet, today: date) -> PageFields:
    """certificate_number and holders, the two spouses in the page's order."""
    fields = PageFields()
    number = sheet.find(r"字号:? ?(?P<value>\S.*)$", numeric=True)
    fields.take("certificate_number", number, lambda found: _marriage_number(found, today))
    spouses = sheet.find_all(r"(?m)^姓名:? ?(?P<value>\S+?)(?= ?(?:性别|国籍|出生)|$)")
    if len(spouses) == 2:
        fields.take("holders", together(spouses), lambda _: tuple(check.person(one) for one in spouses))
    # The holder is named once more above the spouses, and must be one of them.
    holder = sheet.find(r"持证人:? ?(?P<value>\S+)")
    if holder is not None:
        fields.lines |= holder.lines
        if holder.confidence >= check.SURE_TEXT and holder.text not in [one.text for one in spouses]:
            fields.refuse(Doubt.CONTRADICTED, "holders")
    return fields


def _marriage_number(found: Found, today: date) -> str:
    text = check.code(found, r"[A-Z]\d{6}-\d{4}-\d{6}|[一-鿿()]+\d{4}[一-鿿()\d\-]*\d{2,}号?")
    year = re.search(r"(?:19|20)\d\d", text[7:] if text[0].isascii() else text)
    if year is None or int(year[0]) > today.year:
        raise DoubtError(Doubt.CHECK_FAILED)
    return text


def real_estate_certificate(sheet: Sheet, today: date) -> PageFields:
    """certificate_number, owners, co_ownership, location, unit_code, use and floor_area of 不动产权证书."""
    fields = PageFields()
    number = sheet.find(
        r"(?P<value>[一-鿿] ?\(\d{4}\) ?[一-鿿]{2,12} ?不动产(?:权|证明)第 ?\d{4,9} ?号)", numeric=True
    )
    fields.take("certificate_number", number, lambda found: _certificate_number(found, today))
    fields.take("owners", sheet.find(r"权利人:? ?(?P<value>.+)$"), _owners)
    fields.take("co_ownership", sheet.find(r"共有情况:? ?(?P<value>\S+)"), _co_ownership)
    fields.take("location", sheet.after(r"坐落:? ?", r"不动产单元号|权利"), check.address)
    unit = sheet.find(r"单元号:? ?(?P<value>(?:[0-9A-Z] ?){28})(?![0-9A-Z])", numeric=True)
    fields.take("unit_code", unit, _unit_code)
    fields.take("use", sheet.find(r"用途:? ?(?P<value>\S+)"), check.words)
    # The raised 2 of a square metre is often lost, and the m with it; decimals tell an area all the same.
    size = r":? ?(?P<value>\d+\.\d{1,2}|\d+(?= ?(?:㎡|m|M|平方米)))(?!\d)"
    area = sheet.find("建筑面积" + size, numeric=True) or sheet.find("^面积" + size, numeric=True)
    fields.take("floor_area", area, lambda found: check.number(found, 5, 100_000))
    return fields


def _certificate_number(found: Found, today: date) -> str:
    try:
        return parse_certificate_number(check.believed(found, check.SURE_TEXT), today=today).text
    except InputError as error:
        doubt = Doubt.CHECK_FAILED if error.code == "certificate_year" else Doubt.MALFORMED
        raise DoubtError(doubt) from None


def _owners(found: Found) -> tuple[str, ...]:
    text = check.believed(found, check.SURE_TEXT)
    return tuple(
        check.party(Found(name, 1.0, found.box, found.lines, True))
        for name in re.split(r"[、,;]", text)
        if name
    )


def _co_ownership(found: Found) -> str:
    text = check.believed(found, check.SURE_TEXT)
    if not text.startswith(_CO_OWNERSHIP):
        raise DoubtError(Doubt.MALFORMED)
    return text[:4]


def _unit_code(found: Found) -> str:
    try:
        return parse_unit_code(check.believed(found, check.SURE_NUMBER))
    except InputError:
        raise DoubtError(Doubt.MALFORMED) from None


def household_register(sheet: Sheet, today: date) -> PageFields:
    """Of the first page household_number, head and address; of a member's page relation and the person's own
    name, sex, nation, birth and id_number."""
    if sheet.row_of(r"登记卡|与户主关系") is not None:
        fields = id_card_fields.person(sheet, today)
        fields.take("relation", sheet.find(r"与户主关系:? ?(?P<value>[^\s\d]{1,6})"), check.words)
        return fields
    fields = PageFields()
    number = sheet.find(r"户号:? ?(?P<value>[0-9A-Z]{4,20})")
    fields.take("household_number", number, lambda found: check.code(found, r"[0-9A-Z]+"))
    fields.take("head", sheet.find(r"户主姓名:? ?(?P<value>\S+?)(?= ?户号|$)"), check.person)
    fields.take("address", sheet.after(r"住址:? ?", r"签发|承办|户口|公安|\d{4} ?年"), check.address)
    return fields
