"""The words of a party's form in the language of the window: labels, hints, choices and keys."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from registration.documents import DocumentKind, PartyKind
from registration.errors import Problem
from registration.filing import FilingRule, SingleReason, filing_of
from registration.names import in_unicode
from registration.packs import PackSet, label
from registration.parties import Party, Role
from registration.representation import MandateKind, Relation
from registration.shares import CoOwnership
from ui.intake.party_entries import ENTRIES, Section
from ui.messages import language, words

translate = QCoreApplication.translate
_BIRTH_IN_NUMBER = frozenset(kind for kind in DocumentKind if kind.tells_birth)
Options = tuple[tuple[str, str], ...]


def labels_of(party: Party) -> Mapping[str, str]:
    """Return the label of every entry; a body's name and number are called otherwise than a person's."""
    body, card = party.kind is PartyKind.LEGAL, party.document_kind is DocumentKind.ID_CARD
    number = translate("ApplicantPage", "ID number")
    if body:
        number = translate("ApplicantPage", "Code or number")
    elif not card:
        number = translate("ApplicantPage", "Document number")
    return {
        "role": translate("ApplicantPage", "Side"),
        "document_kind": translate("ApplicantPage", "Kind of document"),
        "name": translate("ApplicantPage", "Name of the body")
        if body
        else translate("ApplicantPage", "Name"),
        "id_number": number,
        "phone": translate("ApplicantPage", "Telephone"),
        "address": translate("ApplicantPage", "Address for letters"),
        "birth": translate("ApplicantPage", "Date of birth"),
        "representative": translate("ApplicantPage", "Legal representative or head"),
        "guardian_name": translate("ApplicantPage", "Guardian's name"),
        "guardian_number": translate("ApplicantPage", "Guardian's document number"),
        "guardian_phone": translate("ApplicantPage", "Guardian's telephone"),
        "guardian_relation": translate("ApplicantPage", "What the guardian is to the ward"),
        "guardian_kind": translate("ApplicantPage", "Kind of the guardian's document"),
        "agent_name": translate("ApplicantPage", "Agent's name"),
        "agent_number": translate("ApplicantPage", "Agent's document number"),
        "agent_phone": translate("ApplicantPage", "Agent's telephone"),
        "agent_organisation": translate("ApplicantPage", "Agency"),
        "agent_kind": translate("ApplicantPage", "Kind of the agent's document"),
        "agent_mandate": translate("ApplicantPage", "How the mandate was made"),
        "agent_mandate_number": translate("ApplicantPage", "Number of the notary's certificate"),
        "agent_mandate_witnesses": translate("ApplicantPage", "Staff who saw the signature"),
        "agent_mandate_scope": translate("ApplicantPage", "What the agent may do"),
        "agent_mandate_until": translate("ApplicantPage", "Valid until"),
    }


def hints_of(party: Party) -> Mapping[str, str]:
    """Return the line below each entry while nothing is wrong with it."""
    body = party.kind is PartyKind.LEGAL
    optional = translate("ApplicantPage", "Optional")
    day = translate("ApplicantPage", "Such as 2027-06-30")
    return {
        "name": translate("ApplicantPage", "As on the licence")
        if body
        else translate("ApplicantPage", "As on the identity card")
        if party.document_kind in _BIRTH_IN_NUMBER
        else translate("ApplicantPage", "As on the document"),
        "phone": translate("ApplicantPage", "A mobile or landline that answers"),
        "address": optional,
        "birth": day,
        "document_kind": translate("ApplicantPage", "By the document the party is a person or a body"),
        "guardian_phone": optional,
        "agent_organisation": optional,
        "agent_mandate_witnesses": translate("ApplicantPage", "Several names with 、 between them"),
        "agent_mandate_scope": translate(
            "ApplicantPage", "From the mandate: apply, answer the inquiry, collect the certificate"
        ),
        "agent_mandate_until": translate("ApplicantPage", "Empty where open; such as 2027-06-30"),
        "agent_mandate": _mandate_hint(party),
    }


def _mandate_hint(party: Party) -> str:
    if party.agent is None or party.agent.mandate.kind is not MandateKind.WITNESSED:
        return ""
    return translate("ApplicantPage", "Take a photograph of the signing: it is a row of the materials")


def heads() -> Mapping[Section, tuple[str, str]]:
    """Return the heading of a section and the words on its removal."""
    return {
        Section.GUARDIAN: (
            translate("ApplicantPage", "Guardian"),
            translate("ApplicantPage", "Without guardian"),
        ),
        Section.AGENT: (translate("ApplicantPage", "Agent"), translate("ApplicantPage", "Without agent")),
    }


def choices(packs: PackSet) -> Mapping[str, Options]:
    """Return the choices of every entry that has some: values with their words."""
    kinds = {kind.value: label(packs, "document_kinds", kind.value, language()) for kind in DocumentKind}
    told = {**kinds, **_plain()}
    return {
        name: tuple(
            (value, told[f"{name}.{value}" if name == "guardian_relation" else value]) for value in e.choices
        )
        for name, e in ENTRIES.items()
        if e.choices
    }


def _plain() -> dict[str, str]:
    return {
        Role.RIGHT_HOLDER.value: role_words(Role.RIGHT_HOLDER),
        Role.OBLIGOR.value: role_words(Role.OBLIGOR),
        MandateKind.NOTARISED.value: translate("ApplicantPage", "Notarised"),
        MandateKind.WITNESSED.value: translate("ApplicantPage", "Signed here, witnessed"),
        MandateKind.CORPORATE.value: translate("ApplicantPage", "Sealed by the body"),
        MandateKind.PLAIN.value: translate("ApplicantPage", "Signed elsewhere"),
        f"guardian_relation.{Relation.PARENT.value}": translate("ApplicantPage", "Parent"),
        f"guardian_relation.{Relation.SPOUSE.value}": translate("ApplicantPage", "Spouse"),
        f"guardian_relation.{Relation.CHILD.value}": translate("ApplicantPage", "Child"),
        f"guardian_relation.{Relation.OTHER_RELATIVE.value}": translate("ApplicantPage", "Other relative"),
        f"guardian_relation.{Relation.APPOINTED.value}": translate("ApplicantPage", "Appointed"),
        f"guardian_relation.{Relation.OTHER.value}": translate("ApplicantPage", "Other"),
    }


def role_words(role: Role) -> str:
    """Return what a side is called."""
    if role is Role.OBLIGOR:
        return translate("ApplicantPage", "Obligor")
    return translate("ApplicantPage", "Right holder")


def co_ownership_words(packs: PackSet) -> Options:
    """Return the kinds of co-ownership that several holders can have, with their words."""
    codes = (CoOwnership.JOINT, CoOwnership.BY_SHARES, CoOwnership.OTHER)
    return tuple((code.value, label(packs, "co_ownership", code.value, language())) for code in codes)


def filing_words(rule: FilingRule, reason: SingleReason | None, allowed: frozenset[SingleReason]) -> Options:
    """Return the ways to file: "" as the type is by default, then each reason for one side alone."""
    told = {
        SingleReason.FIRST: translate("ApplicantPage", "first registration"),
        SingleReason.INHERITANCE: translate("ApplicantPage", "inheritance or bequest"),
        SingleReason.LEGAL_DOCUMENT: translate("ApplicantPage", "judgment or decision in force"),
        SingleReason.OWN_CHANGE: translate("ApplicantPage", "the holder's own facts changed"),
        SingleReason.EXTINCTION: translate("ApplicantPage", "property lost or right given up"),
        SingleReason.CORRECTION: translate("ApplicantPage", "correction or objection"),
        SingleReason.OTHER_LAW: translate("ApplicantPage", "another case that a law names"),
    }
    joint = filing_of(rule, None).value == "joint"
    default = translate("ApplicantPage", "Jointly") if joint else translate("ApplicantPage", "One side alone")
    alone = translate("ApplicantPage", "Alone: {reason}")
    offered = [r for r in SingleReason if r in allowed or r is reason]
    return (("", default), *((r.value, alone.format(reason=told[r])) for r in offered))


def rare_words(party: Party, problems: tuple[Problem, ...]) -> tuple[str, ...]:
    """Return what is to be said of a name with rare characters: code points, and what the chip had."""
    said = []
    moved = [c for c in party.name_raw if in_unicode(c) != c]
    for char in dict.fromkeys(moved):
        now = in_unicode(char)
        said.append(
            translate("ApplicantPage", "The chip has {old}; in Unicode it is {char} ({new}).").format(
                old=code_point(char), char=now, new=code_point(now)
            )
        )
    for problem in problems:
        if problem.code in ("name_rare", "name_private", "name_may_be_cut"):
            found = words(problem)
            said.append(f"{found.what} {found.remedy}")
    return tuple(said)


def code_point(char: str) -> str:
    """Return a character's code point as it is written: U+4DAE."""
    return f"U+{ord(char):04X}"
