"""Each field's own check: what was read is put into its one form, or refused with the reason."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from capture.char_forms import plain
from capture.recognition import Doubt
from capture.sheet import Found
from registration.errors import InputError
from registration.identifiers import IdNumber, parse_id_number
from registration.packs import DIVISIONS, LISTS, shipped

SURE_NAME = 0.93  # of the least certain character: nothing else on the page tells one name from another
SURE_TEXT = 0.5  # of the least certain character of what has a form of its own
SURE_NUMBER = 0.9  # the least certain digit: no check digit catches two that are wrong together

# Prefectures of Gansu abolished since 1949 (622100 酒泉地区 to 622800): cards issued under them stay valid.
_ABOLISHED = frozenset(f"62{n}" for n in range(21, 29))


@lru_cache(maxsize=1)
def nations() -> frozenset[str]:
    """What may stand behind 民族: GB/T 3304 as cards print it, and the two that cards have beside it."""
    listed = shipped()[LISTS]["nations"].values()
    return frozenset(str(entry["zh"]).removesuffix("族") for entry in listed) | {"穿青人", "其他"}


@lru_cache(maxsize=1)
def _prefectures() -> frozenset[str]:
    pack = shipped()[DIVISIONS]
    codes = [*pack["prefectures"], *pack["counties"], *pack["statistical"], *pack["retired"]]
    return frozenset(code[:4] for code in codes) | _ABOLISHED


_CAPITALS = {
    c: n
    for n, chars in enumerate(
        ("零〇", "壹一", "贰二", "叁三", "肆四", "伍五", "陆六", "柒七", "捌八", "玖九")
    )
    for c in chars
}
_UNITS = {"拾": 10, "十": 10, "佰": 100, "百": 100, "仟": 1000, "千": 1000}


class DoubtError(Exception):
    """A value that was seen and is not believed."""

    def __init__(self, doubt: Doubt) -> None:
        super().__init__(doubt.value)
        self.doubt = doubt


def believed(found: Found, least: float) -> str:
    """The text of a value that is certain enough and was seen the same twice. Raises DoubtError."""
    if found.confidence < least:
        raise DoubtError(Doubt.UNSURE)
    if not found.agreed:
        raise DoubtError(Doubt.READINGS_DIFFER)
    return found.text


def id_number(found: Found, today: date) -> IdNumber:
    """A citizen identification number by GB 11643. Raises DoubtError.

    Its check digit lets one double error in eleven through, so every digit must be certain by itself and
    seen the same twice as well.
    """
    text = believed(found, SURE_NUMBER)
    try:
        number = parse_id_number(text, today=today)
    except InputError as error:
        malformed = error.code in ("id_number_length", "id_number_characters")
        raise DoubtError(Doubt.MALFORMED if malformed else Doubt.CHECK_FAILED) from None
    if number.division.startswith("62") and number.division[:4] not in _prefectures():
        raise DoubtError(Doubt.CHECK_FAILED)
    return number


def person(found: Found) -> str:
    """A person's name, Chinese characters with a dot between a minority name's parts. Raises DoubtError."""
    text = believed(found, SURE_NAME)
    if (
        not re.fullmatch(r"[㐀-鿿豈-﫿𠀀-𲎯\ue000-\uf8ff]+(?:·[㐀-鿿豈-﫿𠀀-𲎯]+)*", text)
        or not 2 <= len(text) <= 20
    ):
        raise DoubtError(Doubt.MALFORMED)
    return text


def party(found: Found) -> str:
    """The name of one side of a deal, which may be a company's. Raises DoubtError."""
    organisation = found.text.endswith(("公司", "局", "厂", "所", "院", "社", "会", "中心"))
    text = believed(found, SURE_TEXT if organisation else SURE_NAME).replace("(", "（").replace(")", "）")
    if not re.fullmatch(r"[㐀-鿿（）·、A-Za-z0-9]{2,60}", text) or not re.search(r"[㐀-鿿]{2}", text):
        raise DoubtError(Doubt.MALFORMED)
    return text


def words(found: Found) -> str:
    """A use of a house, a relation: some Chinese words. Raises DoubtError."""
    text = believed(found, SURE_TEXT).replace("(", "（").replace(")", "）")
    if not re.fullmatch(r"[㐀-鿿（）、/]{1,30}", text):
        raise DoubtError(Doubt.MALFORMED)
    return text


def sex(found: Found) -> str:
    """男 or 女. Raises DoubtError."""
    if found.confidence < SURE_TEXT:
        raise DoubtError(Doubt.UNSURE)
    if found.text not in ("男", "女"):
        raise DoubtError(Doubt.MALFORMED)
    return found.text


def nation(found: Found) -> str:
    """A nation of GB/T 3304 as cards have it; a closed list needs no second look. Raises DoubtError."""
    text = plain(found.text).removesuffix("族")
    if text not in nations():
        raise DoubtError(Doubt.MALFORMED)
    if found.confidence < 0.4:
        raise DoubtError(Doubt.UNSURE)
    return text


def address(found: Found) -> str:
    """A place in words: Chinese with numbers, from a province, city or county down. Raises DoubtError."""
    text = believed(found, SURE_TEXT).replace("(", "（").replace(")", "）")
    if not re.fullmatch(r"[㐀-鿿（）·、#A-Za-z0-9\-]{5,70}", text) or not re.search(
        r"[省市区县州旗镇乡村街路号]", text
    ):
        raise DoubtError(Doubt.MALFORMED)
    return text


def day(found: Found, today: date | None = None) -> date:
    """A day written 1990年1月2日, 1990.01.02 or 1990-01-02, not after `today`. Raises DoubtError."""
    text = believed(found, SURE_NUMBER)
    match = re.fullmatch(r"(\d{4})[年.\-/](\d{1,2})[月.\-/](\d{1,2})日?", text)
    if match is None:
        raise DoubtError(Doubt.MALFORMED)
    try:
        value = date(*(int(part) for part in match.groups()))
    except ValueError:
        raise DoubtError(Doubt.CHECK_FAILED) from None
    if value.year < 1850 or (today is not None and value > today):
        raise DoubtError(Doubt.CHECK_FAILED)
    return value


def number(found: Found, least: float, most: float) -> int | float:
    """A number between two bounds; whole ones are int. Raises DoubtError."""
    text = believed(found, SURE_NUMBER).replace(",", "")
    if not re.fullmatch(r"\d{1,12}(\.\d{1,4})?", text):
        raise DoubtError(Doubt.MALFORMED)
    value = float(text)
    if not least <= value <= most:
        raise DoubtError(Doubt.CHECK_FAILED)
    return int(value) if value.is_integer() else value


def code(found: Found, form: str) -> str:
    """A number in a fixed form, given as a pattern. Raises DoubtError."""
    text = believed(found, SURE_NUMBER)
    if not re.fullmatch(form, text):
        raise DoubtError(Doubt.MALFORMED)
    return text


def capital_amount(text: str) -> Decimal | None:
    """An amount written in capital characters (壹佰零捌万元整, 叁拾元伍角), None when it is none."""
    whole, _, rest = text.translate(str.maketrans("圆", "元")).partition("元")
    value = _capital_number(whole)
    if value is None or not whole or len(text) == len(whole):
        return None
    amount = Decimal(value)
    for unit, worth in (("角", Decimal("0.1")), ("分", Decimal("0.01"))):
        match = re.search(rf"([{''.join(_CAPITALS)}]){unit}", rest)
        if match:
            amount += _CAPITALS[match[1]] * worth
    return amount


def _capital_number(text: str) -> int | None:
    total, section, digit = 0, 0, 0
    for char in text:
        if char in _CAPITALS:
            digit = _CAPITALS[char]
        elif char in _UNITS:
            section += (digit or 1) * _UNITS[char]
            digit = 0
        elif char in "万萬亿億":
            worth = 10_000 if char in "万萬" else 100_000_000
            total = (total + section + digit) * worth if worth > 10_000 else total + (section + digit) * worth
            section = digit = 0
        else:
            return None
    return total + section + digit
