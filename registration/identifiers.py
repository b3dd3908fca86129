"""Identifiers of persons, units and certificates: read, checked and written in one form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from registration.errors import InputError
from registration.folding import fold
from registration.unit_codes import parse_unit_code, unit_code_groups

__all__ = [
    "IdNumber",
    "age_on",
    "id_check_character",
    "mask_name",
    "mask_numbers",
    "mask_tail",
    "parse_id_number",
    "parse_phone",
    "parse_unit_code",
    "unit_code_groups",
]

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
# First digits of division codes: GB/T 2260 regions 1 to 6, Taiwan 71 and 83, Hong Kong 81, Macao 82, and 9
# for foreigners' permanent residence cards of 2023. Retired county codes stay valid: counties are not listed.
_REGION = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9[0-9]")
_OLDEST_YEARS = 150
# What a citizen's or a mobile phone's number looks like among words, right or mistyped.
_PERSONAL = re.compile(
    r"(?<![0-9])(?:[1-9][0-9]{16}[0-9Xx]|[1-9][0-9]{14}|1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4})(?![0-9])"
)


@dataclass(frozen=True)
class IdNumber:
    """A citizen identification number that passed GB 11643: 18 characters, upper-case X."""

    text: str
    birth: date
    sex: str  # "male" or "female"
    division: str  # six digits, possibly retired


def id_check_character(first17: str) -> str:
    """Return the check character of 17 ASCII digits (GB 11643-1999, ISO 7064 MOD 11-2)."""
    return _ID_CHECKS[sum(int(c) * w for c, w in zip(first17, _ID_WEIGHTS, strict=True)) % 11]


def parse_id_number(text: str, *, today: date) -> IdNumber:
    """Read a citizen identification number.

    Source: GB 11643-1999. Lower-case x and full-width digits are accepted; retired division codes are
    accepted; 810000, 820000, 830000 (residence permits) and 9xxxxx (foreigners) are accepted.
    Raises InputError with code id_number_length, id_number_characters, id_number_region,
    id_number_birth, id_number_future or id_number_check.
    """
    value = fold(text)
    if len(value) != 18:
        raise InputError("id_number_length", field="id_number", length=str(len(value)))
    if not re.fullmatch(r"[0-9]{17}[0-9X]", value):
        raise InputError("id_number_characters", field="id_number")
    if not _REGION.match(value):
        raise InputError("id_number_region", field="id_number", region=value[:6])
    try:
        birth = date(int(value[6:10]), int(value[10:12]), int(value[12:14]))
    except ValueError:
        raise InputError("id_number_birth", field="id_number", birth=value[6:14]) from None
    if birth > today:
        raise InputError("id_number_future", field="id_number", birth=birth.isoformat())
    if birth.year < today.year - _OLDEST_YEARS:
        raise InputError("id_number_birth", field="id_number", birth=value[6:14])
    if value[17] != id_check_character(value[:17]):
        raise InputError("id_number_check", field="id_number")
    return IdNumber(value, birth, "male" if int(value[16]) % 2 else "female", value[:6])


def age_on(birth: date, day: date) -> int:
    """Return the years completed on `day`; a person born on 29 February comes of age on 1 March."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def parse_phone(text: str) -> str:
    """Read a telephone number: an 11-digit mobile, or a landline of 7 to 12 digits with its area code.

    Returns digits only. Raises InputError code phone_number.
    """
    value = re.sub(r"^(\+86|0086)", "", fold(text).replace("(", "").replace(")", ""))
    if (
        re.fullmatch(r"1[3-9][0-9]{9}", value)
        or re.fullmatch(r"0[0-9]{9,11}", value)
        or re.fullmatch(r"[2-8][0-9]{6,7}", value)
    ):
        return value
    raise InputError("phone_number", field="phone")


def mask_name(name: str) -> str:
    """Return a name with all but its first and last character hidden: 张*群, 王*, 阿**木."""
    name = name.strip()
    if len(name) <= 1:
        return "*" if name else ""
    if len(name) == 2:
        return name[0] + "*"
    return name[0] + "*" * (len(name) - 2) + name[-1]


def mask_tail(number: str, shown: int = 4) -> str:
    """Return a number with all but its last `shown` characters hidden."""
    hidden = max(len(number) - shown, 0)
    return "•" * hidden + number[hidden:]


def mask_numbers(text: str) -> str:
    """Return words in which what may be an identity or a mobile phone number shows its tail alone."""
    return _PERSONAL.sub(lambda found: mask_tail(found[0]), text)
