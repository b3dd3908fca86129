"""The entries of one party: what each writes into its value, and how it is tidied once the hand is gone."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from registration.documents import DocumentKind, parse_document
from registration.errors import InputError
from registration.folding import to_ascii
from registration.identifiers import parse_phone
from registration.names import in_unicode, same_name
from registration.parties import Agent, Guardian, Party, PartyKind, Role
from registration.representation import Mandate, MandateKind, Relation
from ui.widgets.day_edit import iso_day


class Section(StrEnum):
    """The parts of a party's form; the value is the first part of its entries' names."""

    PERSON = ""
    GUARDIAN = "guardian"
    AGENT = "agent"


@dataclass(frozen=True)
class Entry:
    """One entry, named as problems name it behind "applicant." and the party's place.

    `tidy` returns the one form of a text that was typed (given kind of document and today), or raises
    InputError where there is none; `choices` is set where the entry is a choice and not a line.
    """

    name: str
    section: Section
    read: Callable[[Party], str]
    write: Callable[[Party, str], Party]
    longest: int = 60
    tidy: Callable[[Party, str, date], str] | None = None
    choices: tuple[str, ...] = ()


def section_of(name: str) -> Section:
    """Return the section that an entry's name belongs to."""
    return next((s for s in (Section.GUARDIAN, Section.AGENT) if name.startswith(s.value)), Section.PERSON)


def read_witnesses(text: str) -> tuple[str, ...]:
    """Read names with any list mark between them (、 ， ； / and the like)."""
    return tuple(part.strip() for part in re.split(r"[、,，;；/]", text) if part.strip())


def agent_for(party: Party) -> Agent:
    """Return an empty agent whose mandate is of the kind that this applicant needs (实施细则 art. 12)."""
    if party.document_kind.foreign:
        kind = MandateKind.NOTARISED
    elif party.kind is PartyKind.LEGAL:
        kind = MandateKind.CORPORATE
    else:
        kind = MandateKind.WITNESSED if party.role is Role.OBLIGOR else MandateKind.PLAIN
    return Agent(mandate=Mandate(kind=kind))


def _name(party: Party, text: str) -> Party:
    kept = party.name_raw if same_name(party.name_raw, text) else ""
    return replace(party, name=text, name_raw=kept)


def _number(party: Party, text: str) -> Party:
    """A number that was changed by hand was not read by the machine, whatever came before."""
    read = party.machine_read and text == party.document_number
    return replace(party, document_number=text, machine_read=read)


def _kind(party: Party, text: str) -> Party:
    kind = DocumentKind(text)
    read = party.machine_read and kind is party.document_kind
    return replace(party, document_kind=kind, machine_read=read)


def _guardian(**change: object) -> Callable[[Party], Party]:
    def write(party: Party) -> Party:
        return replace(party, guardian=replace(party.guardian or Guardian(), **change))  # type: ignore[arg-type]

    return write


def _agent(**change: object) -> Callable[[Party], Party]:
    def write(party: Party) -> Party:
        return replace(party, agent=replace(party.agent or agent_for(party), **change))  # type: ignore[arg-type]

    return write


def _mandate(**change: object) -> Callable[[Party], Party]:
    def write(party: Party) -> Party:
        agent = party.agent or agent_for(party)
        mandate = replace(agent.mandate, **change)  # type: ignore[arg-type]
        return replace(party, agent=replace(agent, mandate=mandate))

    return write


def _of_guardian(party: Party) -> Guardian:
    return party.guardian or Guardian()


def _of_agent(party: Party) -> Agent:
    return party.agent or agent_for(party)


def _strip(_party: Party, text: str, _today: date) -> str:
    return in_unicode(text.strip())


def _phone(_party: Party, text: str, _today: date) -> str:
    return parse_phone(text)


def _day(_party: Party, text: str, _today: date) -> str:
    return iso_day(to_ascii(text))


def _list(_party: Party, text: str, _today: date) -> str:
    return "、".join(read_witnesses(text))


def _document(kind: Callable[[Party], DocumentKind]) -> Callable[[Party, str, date], str]:
    return lambda party, text, today: parse_document(kind(party), text, today=today).number


_KINDS = tuple(kind.value for kind in DocumentKind)
_PERSONS = tuple(kind.value for kind in DocumentKind if kind.party_kind is PartyKind.NATURAL)
_OWN, _GUARD, _ACT = Section.PERSON, Section.GUARDIAN, Section.AGENT
_ALL = (
    Entry("role", _OWN, lambda p: p.role, lambda p, t: replace(p, role=Role(t)), choices=tuple(Role)),
    Entry("document_kind", _OWN, lambda p: p.document_kind, _kind, choices=_KINDS),
    Entry("name", _OWN, lambda p: p.name, _name, tidy=_strip),
    Entry(
        "id_number",
        _OWN,
        lambda p: p.document_number,
        _number,
        longest=44,  # room for the spaces that people type, and for the longest number of any document
        tidy=_document(lambda p: p.document_kind),
    ),
    Entry("phone", _OWN, lambda p: p.phone, lambda p, t: replace(p, phone=t), 24, _phone),
    Entry("address", _OWN, lambda p: p.address, lambda p, t: replace(p, address=t), 120, _strip),
    Entry("birth", _OWN, lambda p: p.birth, lambda p, t: replace(p, birth=t), 14, _day),
    Entry(
        "representative",
        _OWN,
        lambda p: p.representative,
        lambda p, t: replace(p, representative=t),
        tidy=_strip,
    ),
    Entry(
        "guardian_name",
        _GUARD,
        lambda p: _of_guardian(p).name,
        lambda p, t: _guardian(name=t)(p),
        tidy=_strip,
    ),
    Entry(
        "guardian_number",
        _GUARD,
        lambda p: _of_guardian(p).document_number,
        lambda p, t: _guardian(document_number=t)(p),
        longest=44,
        tidy=_document(lambda p: _of_guardian(p).document_kind),
    ),
    Entry(
        "guardian_phone",
        _GUARD,
        lambda p: _of_guardian(p).phone,
        lambda p, t: _guardian(phone=t)(p),
        24,
        _phone,
    ),
    Entry(
        "guardian_relation",
        _GUARD,
        lambda p: _of_guardian(p).relation,
        lambda p, t: _guardian(relation=Relation(t))(p),
        choices=tuple(Relation),
    ),
    Entry(
        "guardian_kind",
        _GUARD,
        lambda p: _of_guardian(p).document_kind,
        lambda p, t: _guardian(document_kind=DocumentKind(t))(p),
        choices=_PERSONS,
    ),
    Entry("agent_name", _ACT, lambda p: _of_agent(p).name, lambda p, t: _agent(name=t)(p), tidy=_strip),
    Entry(
        "agent_number",
        _ACT,
        lambda p: _of_agent(p).document_number,
        lambda p, t: _agent(document_number=t)(p),
        longest=44,
        tidy=_document(lambda p: _of_agent(p).document_kind),
    ),
    Entry("agent_phone", _ACT, lambda p: _of_agent(p).phone, lambda p, t: _agent(phone=t)(p), 24, _phone),
    Entry(
        "agent_kind",
        _ACT,
        lambda p: _of_agent(p).document_kind,
        lambda p, t: _agent(document_kind=DocumentKind(t))(p),
        choices=_PERSONS,
    ),
    Entry(
        "agent_organisation",
        _ACT,
        lambda p: _of_agent(p).organisation,
        lambda p, t: _agent(organisation=t)(p),
        tidy=_strip,
    ),
    Entry(
        "agent_mandate",
        _ACT,
        lambda p: _of_agent(p).mandate.kind,
        lambda p, t: _mandate(kind=MandateKind(t))(p),
        choices=tuple(MandateKind),
    ),
    Entry(
        "agent_mandate_until",
        _ACT,
        lambda p: _of_agent(p).mandate.valid_until,
        lambda p, t: _mandate(valid_until=t)(p),
        14,
        _day,
    ),
    Entry(
        "agent_mandate_number",
        _ACT,
        lambda p: _of_agent(p).mandate.number,
        lambda p, t: _mandate(number=t)(p),
        tidy=_strip,
    ),
    Entry(
        "agent_mandate_witnesses",
        _ACT,
        lambda p: "、".join(_of_agent(p).mandate.witnesses),
        lambda p, t: _mandate(witnesses=read_witnesses(t))(p),
        tidy=_list,
    ),
    Entry(
        "agent_mandate_scope",
        _ACT,
        lambda p: _of_agent(p).mandate.scope,
        lambda p, t: _mandate(scope=t)(p),
        120,
        _strip,
    ),
)  # fmt: skip
ENTRIES: Mapping[str, Entry] = MappingProxyType({entry.name: entry for entry in _ALL})
"""Every entry of a party by its name, in the order of the form."""
SKIPPED = frozenset({"role", "document_kind", "guardian_kind", "agent_kind"})
"""What Enter passes by: it has its default, and is gone to by F4 or Tab."""


def shown_entries(party: Party, *, minor: bool, unfolded: Collection[Section]) -> tuple[str, ...]:
    """Return the names of the entries that this party has, in the order of the form.

    `unfolded` are the sections whose kind of document is asked for (of the party itself, the role as well);
    a simple case does without.
    """
    body = party.kind is PartyKind.LEGAL
    mandate = party.agent.mandate if party.agent is not None else None
    other = _of_guardian(party).document_kind, _of_agent(party).document_kind
    wanted = {
        "role": Section.PERSON in unfolded or party.role is not Role.RIGHT_HOLDER,
        "document_kind": Section.PERSON in unfolded or party.document_kind is not DocumentKind.ID_CARD,
        "birth": not body and (not party.document_kind.tells_birth or bool(party.birth)),
        "representative": body,
        "guardian_kind": Section.GUARDIAN in unfolded or other[0] is not DocumentKind.ID_CARD,
        "agent_kind": Section.AGENT in unfolded or other[1] is not DocumentKind.ID_CARD,
        "agent_mandate_number": mandate is not None
        and (mandate.kind is MandateKind.NOTARISED or bool(mandate.number)),
        "agent_mandate_witnesses": mandate is not None
        and (mandate.kind is MandateKind.WITNESSED or bool(mandate.witnesses)),
    }
    wanted["role"] = wanted["document_kind"] = wanted["role"] or wanted["document_kind"]  # one line
    sections = {
        Section.PERSON: True,
        Section.GUARDIAN: minor or party.guardian is not None,
        Section.AGENT: party.agent is not None,
    }
    return tuple(n for n, e in ENTRIES.items() if sections[e.section] and wanted.get(n, True))


def tidied(entry: Entry, party: Party, text: str, today: date) -> str:
    """Return the one form of what was typed into an entry, or the text itself where it has none yet."""
    if entry.tidy is None:
        return text
    try:
        return entry.tidy(party, text, today)
    except InputError:
        return text  # it stays as typed, and says what is wrong
