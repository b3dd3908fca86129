"""How far the inquiry and the signatures of a case have come, for the rail and the review."""

from __future__ import annotations

from registration.inquiry import questions_for
from registration.packs import INQUIRY
from registration.signed_documents import digests, signers_of, wanted_documents
from ui.intake.case import IntakeCase


def answered(case: IntakeCase) -> tuple[int, int]:
    """Return how many of the questions that have to be answered are, and how many there are."""
    known, parties = case.packs[INQUIRY]["questions"], case.application.parties
    asked = [
        question
        for question in questions_for(case.checklist, parties, case.facts(), case.packs)
        if not known[question[0]].get("optional")
    ]
    given = {(answer.question, answer.role) for answer in case.application.answers if answer.value.strip()}
    return sum(question in given for question in asked), len(asked)


def signed(case: IntakeCase) -> tuple[int, int]:
    """Return how many of the signatures that are wanted hold, and how many are wanted."""
    a = case.application
    wanted = {
        (code, index) for code in wanted_documents(a, case.checklist) for index in signers_of(code, a.parties)
    }
    if not wanted:
        return 0, 0
    now = digests(a, case.checklist, case.household, case.compound, case.facts(), case.packs)
    holding = {(s.document, s.signer) for s in a.signatures if s.document_digest == now.get(s.document)}
    return len(wanted & holding), len(wanted)
