"""The inquiry (询问): which questions a type asks, and what the answers must and must not be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from registration.checklist import Checklist
from registration.conditions import ANSWER, Facts, condition_from_data
from registration.errors import Problem
from registration.packs import INQUIRY, PackSet
from registration.parties import Party, Role
from registration.shares import CoOwnership

YES, NO = "yes", "no"
_LONGEST_TEXT = 2000


@dataclass(frozen=True)
class Answer:
    """What one side answered to one question: "yes", "no", an option's code, or words."""

    question: str
    value: str = ""
    role: Role = Role.RIGHT_HOLDER
    note: str = ""


def answer_facts(answers: Sequence[Answer]) -> Mapping[str, str]:
    """Return the answers as facts for conditions; where both sides answered, the right holder's counts."""
    ordered = sorted(answers, key=lambda answer: answer.role is Role.RIGHT_HOLDER)
    return {ANSWER + answer.question: answer.value for answer in ordered if answer.value}


def questions_for(
    checklist: Checklist, parties: Sequence[Party], facts: Facts, packs: PackSet
) -> tuple[tuple[str, Role], ...]:
    """Return the questions that are to be asked, with whom, in the order of the form.

    A question may depend on an earlier answer. Only sides that are present are asked.
    Source: 操作规范 3.4 and local forms; the texts are the pack `inquiry`.
    """
    known, present = packs[INQUIRY]["questions"], {party.role for party in parties}
    wanted = []
    for code in checklist.questions:
        question = known.get(code)
        if question is None or not _asked(question, facts):
            continue
        wanted += [(code, role) for role in Role if role.value in question["roles"] and role in present]
    return tuple(wanted)


def usual_answer(
    code: str, parties: Sequence[Party], co_ownership: CoOwnership | None, separate: bool, packs: PackSet
) -> str:
    """Return what is answered as a rule, "" where there is no such answer.

    What the form says already is answered by the form; the rest is the pack's `usual`. A question whose
    answer has to be a certain one (true intention, true papers, no dispute) has none: it is put to the
    person every time.
    """
    question = packs[INQUIRY]["questions"].get(code, {})
    if question.get("must_be"):
        return ""
    holders = sum(party.role is Role.RIGHT_HOLDER for party in parties)
    by_the_form = {
        "co_owned": YES if holders > 1 else NO,
        "co_ownership": co_ownership.value if co_ownership is not None else "",
        "separate_certificates": YES if separate else NO,
    }
    said = by_the_form.get(code) or str(question.get("usual", ""))
    return said if _fits(said, question or {"kind": "text"}) else ""


def entry_of_answer(question: str, role: Role) -> str:
    """Return the field by which a problem names a question to one side."""
    return f"inquiry.{question}" + ("" if role is Role.RIGHT_HOLDER else f".{role.value}")


def problems_of_inquiry(
    answers: Sequence[Answer],
    checklist: Checklist,
    parties: Sequence[Party],
    co_ownership: CoOwnership | None,
    facts: Facts,
    packs: PackSet,
) -> tuple[Problem, ...]:
    """Return which questions are open (where the type demands the inquiry), and which answers cannot stand.

    What was answered is always checked, also where the inquiry is not demanded.
    Source: 操作规范 3.4: the application is the applicant's true intention, co-owners, a known objection;
    不动产登记暂行条例 art. 16 (truth of the papers) and art. 22 no. 2 (no registration over a dispute).
    """
    known, found = packs[INQUIRY]["questions"], list[Problem]()
    given = {(answer.question, answer.role): answer for answer in answers}
    if "inquiry" in checklist.demands:
        for code, role in questions_for(checklist, parties, facts, packs):
            answer = given.get((code, role))
            if (answer is None or not answer.value.strip()) and not known[code].get("optional"):
                found.append(Problem("inquiry_unanswered", entry_of_answer(code, role), _words(known[code])))
    for answer in answers:
        question = known.get(answer.question)
        place = entry_of_answer(answer.question, answer.role)
        if question is None or not _fits(answer.value, question):
            words = (
                _words(question)
                if question
                else {"question_zh": answer.question, "question_en": answer.question}
            )
            found.append(Problem("inquiry_answer", place, words))
        elif question.get("must_be") and answer.value not in ("", question["must_be"]):
            found.append(Problem("inquiry_must_be", place, _words(question)))
    return (*found, *_against_the_form(answer_facts(answers), parties, co_ownership))


def _against_the_form(
    answers: Mapping[str, str], parties: Sequence[Party], co_ownership: CoOwnership | None
) -> tuple[Problem, ...]:
    """Return where an answer says something else than the form."""
    holders = sum(party.role is Role.RIGHT_HOLDER for party in parties)
    owned = answers.get(ANSWER + "co_owned")
    found = []
    if (owned == YES and holders < 2) or (owned == NO and holders > 1):
        found.append(Problem("inquiry_co_owners", "inquiry.co_owned", {"count": str(holders)}))
    kind = answers.get(ANSWER + "co_ownership")
    if kind and co_ownership is not None and kind != co_ownership.value:
        found.append(Problem("inquiry_co_ownership", "inquiry.co_ownership"))
    return tuple(found)


def _asked(question: Mapping[str, Any], facts: Facts) -> bool:
    return "when" not in question or condition_from_data(question["when"]).holds(facts)


def _fits(value: str, question: Mapping[str, Any]) -> bool:
    if question["kind"] == "text":
        return len(value) <= _LONGEST_TEXT
    options = question["options"] if question["kind"] == "choice" else (YES, NO)
    return value == "" or value in options


def _words(question: Mapping[str, Any]) -> dict[str, str]:
    return {"question_zh": question["zh"], "question_en": question["en"]}
