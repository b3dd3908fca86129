"""The people and bodies of an application: who acquires the right and who gives it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registration.documents import DocumentKind, PartyKind, parse_document
from registration.errors import InputError, Problem
from registration.identifiers import age_on, parse_phone
from registration.names import characters_that_do_not_belong
from registration.representation import (
    ADULT,
    Agent,
    Guardian,
    problems_of_agent,
    problems_of_guardian,
    read_day,
)

__all__ = [
    "Agent",
    "DocumentKind",
    "Guardian",
    "Party",
    "PartyKind",
    "Role",
    "birth_of",
    "is_minor",
    "problems_of",
]


class Role(StrEnum):
    """权利人 acquires the right, 义务人 gives it."""

    RIGHT_HOLDER = "right_holder"
    OBLIGOR = "obligor"


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
    name_raw: str = ""  # the name in the code units of the card's chip, where it was read from one
    birth: str = ""  # ISO date, for a document that does not tell it
    representative: str = ""  # 法定代表人或负责人 of a body
    guardian: Guardian | None = None
    agent: Agent | None = None
    machine_read: bool = False  # the document was read by a reader, not typed

    @property
    def kind(self) -> PartyKind:
        """Return whether this is a person or a body, by the kind of document."""
        return self.document_kind.party_kind


def birth_of(party: Party, *, today: date) -> date | None:
    """Return a person's date of birth, from the document's number or as entered; None if unknown."""
    try:
        told = parse_document(party.document_kind, party.document_number, today=today).birth
    except InputError:
        told = None
    day = told or read_day(party.birth)
    return day if day is not None and day <= today else None


def is_minor(party: Party, *, today: date) -> bool:
    """Say whether a person is under 18. Source: 民法典 art. 17. False where the birth is not known."""
    birth = birth_of(party, today=today) if party.kind is PartyKind.NATURAL else None
    return birth is not None and age_on(birth, today) < ADULT


def problems_of(party: Party, *, today: date, where: str = "applicant") -> tuple[Problem, ...]:
    """Return what is wrong or missing in one party's entry, each tied to `where.field`.

    Source: 不动产登记暂行条例 art. 16 (申请人、代理人身份证明材料、授权委托书), 实施细则 arts. 11 and 12, and
    the standard of each document's number.
    """
    found: list[Problem] = []
    body = party.kind is PartyKind.LEGAL
    if not party.name.strip():
        found.append(Problem("name_missing", f"{where}.name"))
    elif characters_that_do_not_belong(party.name, digits_allowed=body):
        found.append(Problem("name_characters", f"{where}.name"))
    if not party.document_number.strip():
        found.append(Problem("id_number_missing", f"{where}.id_number"))
    else:
        try:
            parse_document(party.document_kind, party.document_number, today=today)
        except InputError as error:
            found.append(Problem(error.code, f"{where}.id_number", error.problem.params))
    found += _birth(party, today, where)
    if not party.phone.strip():
        found.append(Problem("phone_missing", f"{where}.phone"))
    else:
        try:
            parse_phone(party.phone)
        except InputError as error:
            found.append(Problem(error.code, f"{where}.phone", error.problem.params))
    if body and not party.representative.strip():
        found.append(Problem("representative_missing", f"{where}.representative"))
    if is_minor(party, today=today) and party.guardian is None:
        found.append(Problem("guardian_missing", f"{where}.guardian"))
    if party.guardian is not None:
        found += problems_of_guardian(party.guardian, today=today, where=where)
    if party.agent is not None:
        found += problems_of_agent(
            party.agent,
            disposes=party.role is Role.OBLIGOR,
            body=body,
            foreign=party.document_kind.foreign,
            today=today,
            where=where,
        )
    return tuple(found)


def _birth(party: Party, today: date, where: str) -> list[Problem]:
    """A document that tells no birth leaves open whether its holder is a minor: the day is asked for."""
    if party.birth:
        day = read_day(party.birth)
        if day is None:
            return [Problem("date_malformed", f"{where}.birth", {"date": party.birth})]
        if day > today:
            return [Problem("birth_future", f"{where}.birth", {"date": party.birth})]
        return []
    if party.kind is PartyKind.LEGAL or party.document_kind.tells_birth:
        return []
    if birth_of(party, today=today) is None:
        return [Problem("birth_missing", f"{where}.birth")]
    return []
