"""Documents that say who somebody is: their kinds, and what each kind's number tells."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from registration.codes import parse_credit_code, parse_licence_number, parse_organisation_code
from registration.errors import InputError
from registration.folding import fold
from registration.identifiers import parse_id_number


class PartyKind(StrEnum):
    """自然人 or 非自然人."""

    NATURAL = "natural"
    LEGAL = "legal"


class DocumentKind(StrEnum):
    """Kinds of identity document (证件种类); codes of lists outside are in the pack `code_lists`."""

    ID_CARD = "id_card"
    BUSINESS_LICENCE = "business_licence"
    RESIDENCE_PERMIT = "residence_permit"  # 港澳台居民居住证
    PERMANENT_RESIDENCE = "permanent_residence"  # 外国人永久居留身份证
    PASSPORT = "passport"
    HONG_KONG_MACAO_PERMIT = "hong_kong_macao_permit"  # 港澳居民来往内地通行证
    TAIWAN_PERMIT = "taiwan_permit"  # 台湾居民来往大陆通行证
    HOUSEHOLD_REGISTER = "household_register"  # 户口簿, for a child without a card
    MILITARY = "military"  # 军官证, 士兵证 …
    CREDIT_CODE = "credit_code"  # 统一社会信用代码证书 of a body that is no firm
    ORGANISATION_CODE = "organisation_code"
    OTHER = "other"

    @property
    def party_kind(self) -> PartyKind:
        """Return whether the document is a person's or a body's."""
        return PartyKind.LEGAL if self in _OF_BODIES else PartyKind.NATURAL

    @property
    def tells_birth(self) -> bool:
        """Say whether the number carries the date of birth."""
        return self in _WITH_ID_NUMBER

    @property
    def foreign(self) -> bool:
        """Say whether its holder acts from outside the mainland: mandates then need a notary."""
        return self in _FROM_OUTSIDE


_OF_BODIES = frozenset(
    {DocumentKind.BUSINESS_LICENCE, DocumentKind.CREDIT_CODE, DocumentKind.ORGANISATION_CODE}
)
_WITH_ID_NUMBER = frozenset(
    {DocumentKind.ID_CARD, DocumentKind.RESIDENCE_PERMIT, DocumentKind.HOUSEHOLD_REGISTER}
)
_FROM_OUTSIDE = frozenset(
    {
        DocumentKind.RESIDENCE_PERMIT,
        DocumentKind.PERMANENT_RESIDENCE,
        DocumentKind.PASSPORT,
        DocumentKind.HONG_KONG_MACAO_PERMIT,
        DocumentKind.TAIWAN_PERMIT,
    }
)


@dataclass(frozen=True)
class Document:
    """A document's number in its one form, with the birth that it tells (None where it tells none)."""

    kind: DocumentKind
    number: str
    birth: date | None = None
    sex: str = ""  # "male", "female" or ""


def parse_document(kind: DocumentKind, text: str, *, today: date) -> Document:
    """Read the number of an identity document of a kind.

    Source: GB 11643-1999 for numbers of 18 characters (also on residence permits, 810000 to 830000, and in a
    household register), GB 32100-2015 and GB 11714-1997 for bodies; the forms of passports and permits are
    from general knowledge of the documents and are only a net against slips.
    Raises InputError of the kind's own rule, or code passport_number, hong_kong_macao_number, taiwan_number,
    residence_number, permanent_residence_number, military_number or document_number.
    """
    if kind in _WITH_ID_NUMBER:
        number = parse_id_number(text, today=today)
        if kind is DocumentKind.RESIDENCE_PERMIT and number.division not in _RESIDENCE_DIVISIONS:
            raise InputError("residence_number", field="id_number", region=number.division)
        return Document(kind, number.text, number.birth, number.sex)
    if kind is DocumentKind.PERMANENT_RESIDENCE:
        return _permanent_residence(text, today)
    if kind in _NUMBERS:
        return Document(kind, _NUMBERS[kind](text))
    shape, code = _SHAPES[kind]
    value = fold(text)
    if not shape.fullmatch(value):
        raise InputError(code, field="id_number")
    return Document(kind, value)


_RESIDENCE_DIVISIONS = frozenset({"810000", "820000", "830000"})
_NUMBERS: Mapping[DocumentKind, Callable[[str], str]] = MappingProxyType(
    {
        DocumentKind.BUSINESS_LICENCE: parse_licence_number,
        DocumentKind.CREDIT_CODE: lambda text: parse_credit_code(text).text,
        DocumentKind.ORGANISATION_CODE: parse_organisation_code,
    }
)
_SHAPES: Mapping[DocumentKind, tuple[re.Pattern[str], str]] = MappingProxyType(
    {
        DocumentKind.PASSPORT: (re.compile(r"(?=.*[0-9])[0-9A-Z]{5,15}"), "passport_number"),
        # One letter of the place, eight digits; older cards add two digits of the issue.
        DocumentKind.HONG_KONG_MACAO_PERMIT: (
            re.compile(r"[HM][0-9]{8}([0-9]{2})?"),
            "hong_kong_macao_number",
        ),
        # Eight digits; the booklet of before 2015 has ten and a letter, or ten alone.
        DocumentKind.TAIWAN_PERMIT: (re.compile(r"[0-9]{8}|[0-9]{10}[A-Z]?"), "taiwan_number"),
        DocumentKind.MILITARY: (re.compile(r"(?=.*[0-9])[\u4e00-\u9fff0-9A-Z]{6,30}"), "military_number"),
        DocumentKind.OTHER: (
            re.compile(r"(?=.*[0-9])[\u4e00-\u9fff0-9A-Z（）()/.]{3,40}"),
            "document_number",
        ),
    }
)


def _permanent_residence(text: str, today: date) -> Document:
    """Read a foreigner's residence number: 18 characters since 2023, three letters and 12 digits before."""
    value = fold(text)
    if re.fullmatch(r"[A-Z]{3}[0-9]{12}", value):
        return Document(DocumentKind.PERMANENT_RESIDENCE, value)
    if not value.startswith("9"):
        raise InputError("permanent_residence_number", field="id_number")
    number = parse_id_number(value, today=today)
    return Document(DocumentKind.PERMANENT_RESIDENCE, number.text, number.birth, number.sex)
