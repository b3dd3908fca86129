"""The people of an application: who acquires the right and who gives it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registration.errors import InputError, Problem
from registration.identifiers import parse_id_number, parse_phone


class Role(StrEnum):
    """权利人 acquires the right, 义务人 gives it."""

    RIGHT_HOLDER = "right_holder"
    OBLIGOR = "obligor"


class DocumentKind(StrEnum):
    """Kinds of identity document that the window checks by itself (证件种类)."""

    ID_CARD = "id_card"
    BUSINESS_LICENCE = "business_licence"


@dataclass(frozen=True)
class Party:
    """One natural or legal person. All text as typed; empty where not yet known."""

    role: Role = Role.RIGHT_HOLDER
    name: str = ""
    document_kind: DocumentKind = DocumentKind.ID_CARD
    document_number: str = ""
    phone: str = ""
    address: str = ""
    share: str = ""  # a fraction such as "1/2"; empty unless 按份共有


def problems_of(party: Party, *, today: date, where: str = "applicant") -> tuple[Problem, ...]:
    """Return what is wrong or missing in one natural person's entry, each tied to `where.field`.

    Source: 不动产登记暂行条例 art. 16 (申请人身份证明), GB 11643-1999.
    """
    found: list[Problem] = []
    if not party.name.strip():
        found.append(Problem("name_missing", f"{where}.name"))
    elif any(c.isdigit() or c in "?？□\ufffd" for c in party.name):
        found.append(Problem("name_characters", f"{where}.name"))
    if not party.document_number.strip():
        found.append(Problem("id_number_missing", f"{where}.id_number"))
    elif party.document_kind is DocumentKind.ID_CARD:
        try:
            parse_id_number(party.document_number, today=today)
        except InputError as error:
            found.append(Problem(error.code, f"{where}.id_number", error.problem.params))
    if not party.phone.strip():
        found.append(Problem("phone_missing", f"{where}.phone"))
    else:
        try:
            parse_phone(party.phone)
        except InputError as error:
            found.append(Problem(error.code, f"{where}.phone", error.problem.params))
    return tuple(found)
