"""Numbers of persons, telephones and units: every slip of the pen is caught, nothing right is refused."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from registration.errors import InputError
from registration.identifiers import (
    id_check_character,
    mask_name,
    mask_numbers,
    mask_tail,
    parse_id_number,
    parse_phone,
    parse_unit_code,
    unit_code_groups,
)
from tests.registration.strategies import TODAY, births, check_character, id_numbers, nasty_text

SAMPLE = "11010519491231002X"  # the sample of GB 11643-1999 itself


def full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def code_of(text: str, today: date = TODAY) -> str:
    with pytest.raises(InputError) as caught:
        parse_id_number(text, today=today)
    assert caught.value.problem.field == "id_number"
    return caught.value.code


# -- citizen identification number -------------------------------------------------------------------------


def test_the_sample_of_the_standard():
    number = parse_id_number(SAMPLE, today=TODAY)
    assert (number.text, number.birth, number.sex) == (SAMPLE, date(1949, 12, 31), "female")
    assert number.division == "110105"


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002x",
        full_width(SAMPLE),
        full_width(SAMPLE.lower()),
        " 110105 19491231 002X ",
        "110105-19491231-002X",
        "110105\u300019491231\u3000002X",
        "110105\u00a019491231\t002X\n",
    ],
)
def test_other_ways_to_type_it(typed: str):
    assert parse_id_number(typed, today=TODAY).text == SAMPLE


@pytest.mark.parametrize(
    "division",
    [
        "620824",  # 华亭县, retired in 2018 for 620881
        "622201",  # 张掖地区, retired in 2002
        "622421",  # 定西地区, retired in 2003
        "810000",  # residence permit, Hong Kong
        "820000",
        "830000",
        "710000",
        "911124",  # a foreigner's card of 2023
    ],
)
def test_divisions_that_were_retired_or_are_not_counties(division: str):
    first17 = f"{division}19850307123"
    number = parse_id_number(first17 + check_character(first17), today=TODAY)
    assert (number.division, number.sex) == (division, "male")


@given(id_numbers())
def test_every_valid_number_is_read(text: str):
    number = parse_id_number(text, today=TODAY)
    assert number.text == text
    assert f"{number.division}{number.birth:%Y%m%d}" == text[:14]
    assert (number.sex == "male") == (text[16] in "13579")


@given(st.text("0123456789", min_size=17, max_size=17))
def test_the_check_character_agrees_with_iso_7064(first17: str):
    assert id_check_character(first17) == check_character(first17)


@given(id_numbers(), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_one_wrong_character_is_always_caught(text: str, at: int, other: str):
    assume(text[at] != other)
    assert code_of(text[:at] + other + text[at + 1 :]).startswith("id_number_")


def test_each_of_the_standards_single_errors_is_caught():
    wrong = [SAMPLE[:i] + d + SAMPLE[i + 1 :] for i in range(18) for d in "0123456789X" if SAMPLE[i] != d]
    assert len(wrong) == 180
    assert all(code_of(text).startswith("id_number_") for text in wrong)


@given(id_numbers(), st.integers(0, 16))
def test_two_swapped_digits_are_always_caught(text: str, at: int):
    assume(text[at] != text[at + 1])
    swapped = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    assert code_of(swapped).startswith("id_number_")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "id_number_length"),
        ("11010519491231002", "id_number_length"),
        (SAMPLE + "0", "id_number_length"),
        ("130503670401001", "id_number_length"),  # the fifteen digits of before 1999
        ("1101051949123100XX", "id_number_characters"),
        ("11010519491231O02X", "id_number_characters"),
        (
            "١١٠١٠٥١٩٤٩١٢٣١٠٠٢X",
            "id_number_characters",
        ),  # Arabic digits are digits to Python, not to the standard
        ("01010519491231002X", "id_number_region"),
        ("16010519491231002X", "id_number_region"),
        ("84010519491231002X", "id_number_region"),
        ("11010519490230002X", "id_number_birth"),
        ("110105194913010020", "id_number_birth"),
        ("110105000001010020", "id_number_birth"),
        ("110105177001010020", "id_number_birth"),
        ("110105290001010020", "id_number_future"),
        ("110105194912310020", "id_number_check"),
    ],
)
def test_what_is_wrong_is_named(typed: str, code: str):
    assert code_of(typed) == code


@pytest.mark.parametrize(
    ("typed", "code", "params"),
    [
        ("123", "id_number_length", {"length": "3"}),
        ("01010519491231002X", "id_number_region", {"region": "010105"}),
        ("11010519490230002X", "id_number_birth", {"birth": "19490230"}),
        ("110105177001010020", "id_number_birth", {"birth": "17700101"}),
        ("110105290001010020", "id_number_future", {"birth": "2900-01-01"}),
    ],
)
def test_the_words_can_show_what_is_wrong(typed: str, code: str, params: dict[str, str]):
    with pytest.raises(InputError) as caught:
        parse_id_number(typed, today=TODAY)
    assert (caught.value.code, caught.value.problem.params) == (code, params)


@given(births)
def test_a_birth_is_in_the_future_only_before_it(birth: date):
    first17 = f"620102{birth:%Y%m%d}001"
    text = first17 + check_character(first17)
    assert parse_id_number(text, today=birth).birth == birth
    assert code_of(text, today=birth - timedelta(days=1)) == "id_number_future"


def test_nobody_is_older_than_a_hundred_and_fifty_years():
    for year, read in ((1875, False), (1876, True)):
        first17 = f"620102{year}0101001"
        text = first17 + check_character(first17)
        if read:
            assert parse_id_number(text, today=TODAY).birth.year == year
        else:
            assert code_of(text) == "id_number_birth"


def test_leap_days():
    first17 = "62010220000229001"
    assert parse_id_number(first17 + check_character(first17), today=TODAY).birth == date(2000, 2, 29)
    assert code_of("620102190002290011") == "id_number_birth"  # 1900 was no leap year


# -- telephone ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("13812345678", "13812345678"),
        ("+86 138 1234 5678", "13812345678"),
        ("0086-138-1234-5678", "13812345678"),
        (full_width("13812345678"), "13812345678"),
        ("19912345678", "19912345678"),
        ("0931-8412345", "09318412345"),
        ("(0931) 8412345", "09318412345"),
        ("（0931）8412345", "09318412345"),
        ("010-65001234", "01065001234"),
        ("8412345", "8412345"),
        ("65001234", "65001234"),
    ],
)
def test_telephones(typed: str, digits: str):
    assert parse_phone(typed) == digits


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "12012345678",
        "1381234567",
        "138123456789",
        "110",
        "1234567",
        "9123456",
        "电话没有",
        "0931",
        "138-1234-567x",
    ],
)
def test_what_is_no_telephone(typed: str):
    with pytest.raises(InputError) as caught:
        parse_phone(typed)
    assert (caught.value.code, caught.value.problem.field) == ("phone_number", "phone")


# -- property unit code ------------------------------------------------------------------------------------

UNIT = "620102001002GB00003F00010001"


@pytest.mark.parametrize(
    "typed", [UNIT, "620102 001002 GB00003 F00010001", UNIT.lower(), full_width(UNIT), f" {UNIT}\n"]
)
def test_unit_codes(typed: str):
    assert parse_unit_code(typed) == UNIT
    assert unit_code_groups(UNIT) == "620102 001002 GB00003 F00010001"


def test_the_kinds_of_unit():
    for code in (
        "320311001021GB00233F00010013",
        "620102001002JC00003W00000000",
        "620102001002ZY00003L00010001",
    ):
        assert parse_unit_code(code) == code


@pytest.mark.parametrize(
    "typed",
    [
        "",
        UNIT[:-1],
        UNIT + "1",
        UNIT.replace("G", "H", 1),  # ownership letters are G, J, Z
        UNIT.replace("F", "W"),  # no building, yet a unit
        UNIT.replace("F", "X"),
        UNIT.replace("GB", "GA"),  # collective ownership is on collective land alone
        UNIT.replace("GB", "GC"),
        UNIT.replace("GB", "GK"),  # no such mark
        "62010200100G2B00003F00010001",
        "虚拟单元号",
    ],
)
def test_what_is_no_unit_code(typed: str):
    with pytest.raises(InputError) as caught:
        parse_unit_code(typed)
    assert caught.value.code == "unit_code"


@given(st.from_regex(r"\A[0-9]{12}([GJZ][BSXDEFHGLNWY]|J[AC])[0-9]{5}(W0{8}|[FLQ][0-9]{8})\Z"))
def test_every_well_formed_unit_code_is_kept_and_its_groups_lose_nothing(code: str):
    assert parse_unit_code(code) == code
    assert parse_unit_code(unit_code_groups(code)) == code


# -- masks -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("", ""),
        (" ", ""),
        ("张", "*"),
        ("王芳", "王*"),
        ("张立群", "张*群"),
        ("欧阳娜娜", "欧**娜"),
        ("阿依古丽·买买提", "阿******提"),
        ("𠮷野", "𠮷*"),  # beyond the basic plane it is one character still
        (" 张立群 ", "张*群"),
    ],
)
def test_masked_names(name: str, masked: str):
    assert mask_name(name) == masked


@given(st.text(min_size=2, max_size=30))
def test_a_masked_name_shows_two_characters_at_most(name: str):
    shown = name.strip()
    masked = mask_name(name)
    assert len(masked) == len(shown)
    assert sum(1 for a, b in zip(shown, masked, strict=True) if b != "*" and a == b) <= 2


@pytest.mark.parametrize(
    ("number", "shown", "masked"),
    [
        (SAMPLE, 4, "•" * 14 + "002X"),
        ("13812345678", 4, "•••••••5678"),
        ("", 4, ""),
        ("1234", 4, "1234"),
        ("12345", 2, "•••45"),
        ("12345", 0, "•••••"),
    ],
)
def test_masked_numbers(number: str, shown: int, masked: str):
    assert mask_tail(number, shown) == masked


def test_four_characters_are_shown_unless_told_otherwise():
    assert mask_tail("13812345678") == "•••••••5678"


def test_numbers_of_persons_among_words_are_masked_and_others_stay() -> None:
    said = "找马某 138 1234 5678，证 62010219560312104X；（2026）甘0102执17号，2026-11-24，房号1302"
    masked = mask_numbers(said)
    assert "1234" not in masked and "19560312" not in masked
    assert masked.endswith("；（2026）甘0102执17号，2026-11-24，房号1302")
    assert "5678" in masked and "104X" in masked


@given(st.text(max_size=30), st.integers(0, 30))
def test_a_masked_number_shows_no_more_than_asked(number: str, shown: int):
    masked = mask_tail(number, shown)
    assert len(masked) == len(number)
    assert masked.endswith(number[len(number) - min(shown, len(number)) :])
    assert set(masked[: max(len(number) - shown, 0)]) <= {"•"}


# -- no rule falls over whatever is typed ------------------------------------------------------------------


@given(nasty_text)
def test_any_text_is_read_or_refused_with_words(text: str):
    for parse in (lambda t: parse_id_number(t, today=TODAY).text, parse_phone, parse_unit_code):
        try:
            value = parse(text)
        except InputError:
            continue
        assert value.isascii()
        assert value == unicodedata.normalize("NFKC", value)
    mask_name(text)
    mask_tail(text)


@given(st.text("0123456789xX０１２９Ｘｘ -　٣", min_size=10, max_size=24))
def test_text_that_nearly_is_a_number(text: str):
    try:
        value = parse_id_number(text, today=TODAY).text
    except InputError:
        return
    assert value[17] == check_character(value[:17])
