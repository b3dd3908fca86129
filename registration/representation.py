"""Who acts for an applicant: a guardian for a ward, an agent with a mandate."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from registration.documents import DocumentKind, parse_document
from registration.errors import InputError, Problem
from registration.identifiers import age_on, parse_phone
from registration.names import characters_that_do_not_belong

ADULT = 18  # 民法典 art. 17


class Relation(StrEnum):
    """What a guardian is to the ward (民法典 arts. 27, 28 and 30 to 32)."""

    PARENT = "parent"
    SPOUSE = "spouse"
    CHILD = "child"
    OTHER_RELATIVE = "other_relative"
    APPOINTED = "appointed"  # by a court, a residents' committee or the civil affairs department
    OTHER = "other"


class MandateKind(StrEnum):
    """How a mandate (授权委托书) was made."""

    NOTARISED = "notarised"  # 公证
    WITNESSED = "witnessed"  # signed before the window's staff, with a photograph
    CORPORATE = "corporate"  # sealed by the body that gives it
    PLAIN = "plain"  # signed elsewhere


@dataclass(frozen=True)
class Guardian:
    """The person who acts for a ward. Text as typed."""

    name: str = ""
    document_kind: DocumentKind = DocumentKind.ID_CARD
    document_number: str = ""
    phone: str = ""
    relation: Relation = Relation.PARENT


@dataclass(frozen=True)
class Mandate:
    """What an agent may do, and how that was confirmed. Dates ISO, "" where open."""

    kind: MandateKind = MandateKind.PLAIN
    number: str = ""  # of the notary's certificate
    scope: str = ""  # 委托事项, in words
    valid_until: str = ""
    witnesses: tuple[str, ...] = ()  # staff who saw the signature


@dataclass(frozen=True)
class Agent:
    """The person who applies in the applicant's name."""

    name: str = ""
    document_kind: DocumentKind = DocumentKind.ID_CARD
    document_number: str = ""
    phone: str = ""
    organisation: str = ""  # 代理机构, may be empty
    mandate: Mandate = field(default_factory=Mandate)


_GUARDIAN = {"who_zh": "监护人", "who_en": "guardian"}
_AGENT = {"who_zh": "代理人", "who_en": "agent"}


def problems_of_guardian(guardian: Guardian, *, today: date, where: str) -> tuple[Problem, ...]:
    """Return what is missing or wrong with a ward's guardian.

    Source: 不动产登记暂行条例实施细则 art. 11 (the guardian applies, with papers of identity and
    guardianship); 民法典 arts. 17 to 23 and 27: a guardian is of full capacity.
    """
    found = _person(guardian, "guardian", _GUARDIAN, today, where)
    return (*found, *_of_age(guardian, "guardian", _GUARDIAN, today, where))


def problems_of_agent(
    agent: Agent, *, disposes: bool, body: bool, foreign: bool, today: date, where: str
) -> tuple[Problem, ...]:
    """Return what is missing or wrong with an agent and the mandate.

    `disposes`: the applicant gives a right away; `body`: the applicant is no natural person; `foreign`: the
    applicant is identified by a document from outside the mainland.
    Source: 不动产登记暂行条例实施细则 art. 12: a natural person who disposes of property signs the mandate
    at the registration body together with the agent, unless it is notarised; mandates from outside are
    notarised or authenticated. 操作规范: staff who witness the signature sign, and keep photographs of it.
    """
    found = [*_person(agent, "agent", _AGENT, today, where), *_of_age(agent, "agent", _AGENT, today, where)]
    found += _phone(agent.phone, _AGENT, f"{where}.agent_phone")
    mandate, place = agent.mandate, f"{where}.agent_mandate"
    notarised = mandate.kind is MandateKind.NOTARISED
    if foreign and not notarised:
        found.append(Problem("mandate_foreign", place))
    elif body and mandate.kind not in (MandateKind.CORPORATE, MandateKind.NOTARISED):
        found.append(Problem("mandate_corporate", place))
    elif disposes and not body and mandate.kind not in (MandateKind.WITNESSED, MandateKind.NOTARISED):
        found.append(Problem("mandate_disposal", place))
    if notarised and not mandate.number.strip():
        found.append(Problem("mandate_number", f"{where}.agent_mandate_number"))
    if mandate.kind is MandateKind.WITNESSED and not any(name.strip() for name in mandate.witnesses):
        found.append(Problem("mandate_witness", f"{where}.agent_mandate_witnesses"))
    if not mandate.scope.strip():
        found.append(Problem("mandate_scope", f"{where}.agent_mandate_scope"))
    if mandate.valid_until:
        until = read_day(mandate.valid_until)
        if until is None:
            found.append(
                Problem("date_malformed", f"{where}.agent_mandate_until", {"date": mandate.valid_until})
            )
        elif until < today:
            found.append(
                Problem("mandate_expired", f"{where}.agent_mandate_until", {"date": until.isoformat()})
            )
    return tuple(found)


def read_day(text: str) -> date | None:
    """Read an ISO date (2026-11-24); None for anything else."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _person(
    person: Guardian | Agent, role: str, who: dict[str, str], today: date, where: str
) -> list[Problem]:
    found = []
    if not person.name.strip():
        found.append(Problem("other_name_missing", f"{where}.{role}_name", who))
    elif characters_that_do_not_belong(person.name):
        found.append(Problem("name_characters", f"{where}.{role}_name"))
    if not person.document_number.strip():
        found.append(Problem("other_number_missing", f"{where}.{role}_number", who))
    else:
        try:
            parse_document(person.document_kind, person.document_number, today=today)
        except InputError as error:
            found.append(Problem(error.code, f"{where}.{role}_number", error.problem.params))
    return found


def _of_age(
    person: Guardian | Agent, role: str, who: dict[str, str], today: date, where: str
) -> list[Problem]:
    try:
        birth = parse_document(person.document_kind, person.document_number, today=today).birth
    except InputError:
        return []  # said already, at the number
    if birth is None or age_on(birth, today) >= ADULT:
        return []
    return [Problem("other_is_minor", f"{where}.{role}_number", who)]


def _phone(text: str, who: dict[str, str], place: str) -> list[Problem]:
    if not text.strip():
        return [Problem("other_phone_missing", place, who)]
    try:
        parse_phone(text)
    except InputError as error:
        return [Problem(error.code, place, error.problem.params)]
    return []
