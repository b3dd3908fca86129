"""Codes of legal persons: the unified social credit code, the organisation code in it, the older number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from registration.errors import InputError
from registration.folding import fold

_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # 31 characters: no I, O, S, V, Z
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True)
class CreditCode:
    """A unified social credit code that passed both of its checks."""

    text: str  # 18 characters
    authority: str  # 1: who registers (1 机构编制, 5 民政, 9 市场监管 …)
    category: str  # 2 with the authority: 11 government body, 12 public institution, 91 firm, 92 one-person
    division: str  # 6 digits
    organisation: str  # 9, with its own check character


def credit_check_character(first17: str) -> str:
    """Return the check character of 17 characters (GB 32100-2015). ValueError for a foreign character."""
    total = sum(_CREDIT.index(c) * w for c, w in zip(first17, _CREDIT_WEIGHTS, strict=True))
    return _CREDIT[-total % 31]


def organisation_check_character(first8: str) -> str:
    """Return the check character of 8 digits or letters A to Z (GB 11714-1997)."""
    total = sum(int(c, 36) * w for c, w in zip(first8, _ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def parse_credit_code(text: str) -> CreditCode:
    """Read a unified social credit code (统一社会信用代码).

    Source: GB 32100-2015; the ninth to seventeenth characters are an organisation code with the check of
    GB 11714-1997. Full width, lower case, spaces and hyphens are accepted.
    Raises InputError with code credit_code_length, credit_code_characters, credit_code_check or
    credit_code_organisation.
    """
    value = fold(text)
    if len(value) != 18:
        raise InputError("credit_code_length", field="id_number", length=str(len(value)))
    wrong = "".join(dict.fromkeys(c for c in value if c not in _CREDIT))
    if wrong or not re.fullmatch(r"[0-9]{6}", value[2:8]):
        raise InputError("credit_code_characters", field="id_number", characters=wrong or value[2:8])
    if value[17] != credit_check_character(value[:17]):
        raise InputError("credit_code_check", field="id_number")
    if value[16] != organisation_check_character(value[8:16]):
        raise InputError("credit_code_organisation", field="id_number", organisation=value[8:17])
    return CreditCode(value, value[0], value[:2], value[2:8], value[8:17])


def parse_organisation_code(text: str) -> str:
    """Read an organisation code (组织机构代码): 9 characters without the hyphen.

    Source: GB 11714-1997. Raises InputError code organisation_code.
    """
    value = fold(text)
    if not re.fullmatch(r"[0-9A-Z]{8}[0-9X]", value) or value[8] != organisation_check_character(value[:8]):
        raise InputError("organisation_code", field="id_number")
    return value


def parse_licence_number(text: str) -> str:
    """Read the number of a business licence: a credit code, or the 15-digit number of before 2015.

    Developers that no longer exist never changed to the new code. Source: GB 32100-2015; 工商行政管理市场主体
    注册号编制规则 GS 15-2006 (15 digits, ISO 7064 MOD 11,10; from general knowledge).
    Raises InputError of parse_credit_code, or code registration_number.
    """
    value = fold(text)
    if not re.fullmatch(r"[0-9]{15}", value):
        return parse_credit_code(value).text
    remainder = 10
    for digit in value:
        total = (int(digit) + remainder) % 10 or 10
        remainder = total * 2 % 11
    # The last round doubles once more than the standard does: a valid number leaves 1 before doubling.
    if total != 1:
        raise InputError("registration_number", field="id_number")
    return value
