"""What has been entered, in the few lines that a resident checks: masked, or whole while held."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from registration.identifiers import mask_name, mask_tail
from registration.materials import Standing
from registration.packs import label
from registration.parties import Party, Role
from ui.intake.case import IntakeCase

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Line:
    """One line: what it is, what stands there for all eyes, and whole for the resident's own."""

    name: str
    masked: str
    whole: str


_MOST_PEOPLE = 4


def entered(case: IntakeCase, language: str) -> list[Line]:
    """Return the lines of a case in the order in which they are entered; the unknown is left out."""
    return list(_lines(case, language))


def _lines(case: IntakeCase, language: str) -> Iterator[Line]:
    parties = case.application.parties
    for party in parties[:_MOST_PEOPLE]:
        yield from _of_party(case, party, language)
    if len(parties) > _MOST_PEOPLE:
        more = translate("Resident", "and {n} more").format(n=len(parties) - _MOST_PEOPLE)
        yield Line(translate("Resident", "Others"), more, more)
    if case.household is not None:
        name = translate("Resident", "Home")
        yield Line(name, case.household.label, f"{case.compound.name} {case.household.label}")
    kind = case.checklist.name(language)
    yield Line(translate("Resident", "What for"), kind, kind)
    board = [row for row in case.board() if row.standing not in _NOT_ASKED]
    if board:
        here = sum(row.standing is not Standing.MISSING for row in board)
        said = translate("Resident", "{here} of {all} in hand").format(here=here, all=len(board))
        yield Line(translate("Resident", "Papers"), said, said)


_NOT_ASKED = (Standing.OPTIONAL, Standing.NOT_WANTED)


def _of_party(case: IntakeCase, party: Party, language: str) -> Iterator[Line]:
    if not (party.name or party.document_number):
        return
    ours = party.role is Role.RIGHT_HOLDER
    side = translate("Resident", "Applicant") if ours else translate("Resident", "Seller")
    yield Line(side, mask_name(party.name), party.name)
    if party.document_number:
        kind = label(case.packs, "document_kinds", party.document_kind.value, language)
        yield Line(kind, mask_tail(party.document_number), party.document_number)
    if party.phone:
        yield Line(translate("Resident", "Phone"), mask_tail(party.phone), party.phone)
    if party.share:
        yield Line(translate("Resident", "Share"), party.share, party.share)
    if party.agent is not None and party.agent.name:
        name = translate("Resident", "Agent")
        yield Line(name, mask_name(party.agent.name), party.agent.name)
