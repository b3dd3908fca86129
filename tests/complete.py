"""What a complete application has besides facts and papers: the answers of the inquiry, and signatures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from sqlite_utils import Database

from registration.application_json import application_from_json, application_to_json
from registration.application_value import Application
from registration.case_facts import facts_of
from registration.checklist import Checklist, checklist_from_pack
from registration.compound_file import file_of
from registration.inquiry import NO, Answer, questions_for, usual_answer
from registration.packs import INQUIRY, TYPES, PackSet, shipped
from registration.property_unit import Compound, Household
from registration.signatures import Signature
from registration.signed_documents import digests, signers_of, wanted_documents
from storage import packs, reference, sessions

STROKES = (
    tuple((round(0.30 + 0.02 * n, 2), 0.40, 45 * n) for n in range(6)),
    tuple((round(0.45 + 0.02 * n, 2), 0.55, 300 + 45 * n) for n in range(6)),
)
SIGNED_AT = "2026-11-24T19:30:00+08:00"


def completed(
    application: Application,
    checklist: Checklist,
    household: Household | None,
    compound: Compound,
    *,
    today: date,
    rules: PackSet | None = None,
) -> Application:
    """Return the application with every question answered and every document signed, as its facts stand."""
    rules, file = rules or shipped(), file_of(compound)
    known = rules[INQUIRY]["questions"]
    asked: tuple[object, ...] = ()
    while True:
        facts = facts_of(application, checklist, household, file, today=today)
        now = questions_for(checklist, application.parties, facts, rules)
        if now == asked:
            break
        asked, given = now, {(answer.question, answer.role): answer for answer in application.answers}
        answers = [given.get((code, role)) or Answer(code, "", role) for code, role in now]
        application = replace(
            application,
            answers=tuple(
                answer
                if answer.value
                else replace(answer, value=_said(known[answer.question], answer.question, application, rules))
                for answer in answers
            ),
        )
    now_signed = digests(application, checklist, household, compound, facts, rules)
    return replace(
        application,
        signatures=tuple(
            Signature(signer, code, now_signed[code], SIGNED_AT, STROKES)
            for code in wanted_documents(application, checklist)
            for signer in signers_of(code, application.parties)
        ),
    )


def completed_in(db: Database, application: Application, today: date) -> Application:
    """Return a stored draft completed, with the household, compound and packs of its database."""
    session = sessions.session(db, application.session_id)
    compound = reference.compound(db, session.compound_id) if session is not None else None
    assert compound is not None  # foreign keys say so
    household = reference.household(db, application.household_id) if application.household_id else None
    own = packs.pack_set(db, application.pack_versions)
    checklist = checklist_from_pack(own[TYPES], application.type_code)
    return completed(application, checklist, household, compound, today=today, rules=own)


def completed_on_the_wire(
    facts: dict[str, Any], household: Household | None, compound: Compound, *, today: date
) -> dict[str, Any]:
    """Return an application's JSON facts with answers and signatures; facts that say their own stay."""
    application = application_from_json(facts)
    done = completed(
        application,
        checklist_from_pack(shipped()[TYPES], application.type_code),
        household,
        compound,
        today=today,
    )
    written = application_to_json(done)
    return {"answers": written["answers"], "signatures": written["signatures"], **facts}


def _said(question: dict[str, object], code: str, a: Application, rules: PackSet) -> str:
    if question["kind"] == "text":
        return "" if question.get("optional") else "本人使用"
    usual = usual_answer(code, a.parties, a.co_ownership, a.separate_certificates, rules)
    options = question.get("options", (NO,))
    return str(question.get("must_be") or usual or options[0])  # type: ignore[index]
