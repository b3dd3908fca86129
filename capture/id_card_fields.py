"""The fields of an ID card's two sides and of a person in a register; what stands twice must agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from capture import field_checks as check
from capture.field_checks import DoubtError
from capture.page_fields import PageFields
from capture.recognition import Doubt
from capture.sheet import Found, Sheet
from registration.identifiers import IdNumber

ID_NUMBER = r"(?<!\d)(?P<value>\d(?: ?\d){16} ?[\dXx])(?![\dXx])"
_NEXT_LABEL = r"(?= ?(?:性别|民族|出生|户主|曾用名|籍贯|国籍)|$)"
_BIRTH = r"(?P<value>(?:18|19|20)\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日)"
_DATE = r"\d{4}\.\d{2}\.\d{2}"
_YEARS_VALID = (
    5,
    10,
    20,
)  # law on ID cards, art. 5: five years under 16, ten to 25, twenty to 45, then no end


def front(sheet: Sheet, today: date) -> PageFields:
    """name, sex, nation, birth, address and id_number of the side with the portrait."""
    fields = person(sheet, today)
    fields.take("address", sheet.after(r"住址:? ?", r"公民身份|号码|\d{15}"), check.address)
    return fields


def person(sheet: Sheet, today: date) -> PageFields:
    """name, sex, nation, birth and id_number.

    The number says birth and sex once more: where the printed ones differ from it, neither is believed; where
    they could not be read, they are taken from it.
    """
    fields = PageFields()
    fields.take("name", sheet.find(r"姓名:? ?(?P<value>.+?)" + _NEXT_LABEL), check.person)
    sex = sheet.find(r"性别:? ?(?P<value>[男女])") or sheet.find(r"(?:^|[^\S\n])(?P<value>[男女])(?= ?民族)")
    fields.take("sex", sex, check.sex)
    fields.take("nation", sheet.find(r"民族:? ?(?P<value>[^\s\d]+)"), check.nation)
    fields.take("birth", sheet.find(_BIRTH, numeric=True), lambda found: check.day(found, today))
    found = sheet.find(r"(?:号码|编号):? ?" + ID_NUMBER, numeric=True) or sheet.find(ID_NUMBER, numeric=True)
    number = fields.take("id_number", found, lambda found: check.id_number(found, today))
    if number is not None and found is not None:
        _reconcile(fields, number, found)
    return fields


def _reconcile(fields: PageFields, number: IdNumber, found: Found) -> None:
    own = {"birth": number.birth.isoformat(), "sex": "男" if number.sex == "male" else "女"}
    others = [name for name in own if name in fields.held and fields.held[name].value != own[name]]
    if others:
        fields.refuse(Doubt.CONTRADICTED, "id_number", *others)
        return
    for name, value in own.items():
        if name not in fields.held:
            fields.keep(name, value, found)


def back(sheet: Sheet, today: date) -> PageFields:
    """authority, valid_from and valid_to (长期 where there is no end) of the side with the emblem."""
    fields = PageFields()
    fields.take("authority", sheet.find(r"签发机关:? ?(?P<value>\S+)"), _authority)
    span = rf"(?P<value>{_DATE} ?-+ ?(?:{_DATE}|长期))"
    found = sheet.find(rf"有效期限:? ?{span}", numeric=True) or sheet.find(span, numeric=True)
    fields.take("valid_from", found, lambda found: _validity(found, today)[0])
    fields.take("valid_to", found, lambda found: _validity(found, today)[1])
    return fields


def _authority(found: Found) -> str:
    text = check.party(found)
    if not text.endswith(("公安局", "分局", "公安厅", "派出所")):
        raise DoubtError(Doubt.CHECK_FAILED)
    return text


def _validity(found: Found, today: date) -> tuple[date, date | str]:
    begin_text, _, end_text = check.believed(found, check.SURE_NUMBER).partition("-")
    begin = check.day(replace(found, text=begin_text), today)
    end_text = end_text.lstrip("-")
    if end_text == "长期":
        return begin, end_text
    end = check.day(replace(found, text=end_text))
    # A card issued on 29 February ends on the 28th or the 1st where there is no 29th.
    same_day = (begin.month, begin.day) == (end.month, end.day) or (begin.month, begin.day) == (2, 29)
    if end.year - begin.year not in _YEARS_VALID or not same_day:
        raise DoubtError(Doubt.CHECK_FAILED)
    return begin, end
