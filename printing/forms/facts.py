"""The facts of forms out of the values of an application: what the window knows fills the blanks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from printing.receipt_words import say_time
from registration.application import Application, PageRef
from registration.case_facts import facts_of
from registration.checklist import Checklist, Form, Material
from registration.compound_file import file_of
from registration.errors import Problem
from registration.fees import amount_in_words, fees_for, total
from registration.identifiers import unit_code_groups
from registration.inquiry import Answer
from registration.packs import INQUIRY, PackSet, label, shipped
from registration.parties import Party, Role
from registration.property_unit import Compound, Household
from registration.session import Session
from registration.signed_documents import digests, hand_of

_FORMS = {Form.ORIGINAL: ("原件", "original"), Form.COPY: ("复印件", "copy")}
_DOCUMENTS = {  # by DocumentKind's values
    "id_card": ("居民身份证", "ID card"),
    "business_licence": ("营业执照", "business licence"),
    "residence_permit": ("港澳台居民居住证", "residence permit"),
    "permanent_residence": ("外国人永久居留身份证", "permanent residence card"),
    "passport": ("护照", "passport"),
    "hong_kong_macao_permit": ("港澳居民来往内地通行证", "Hong Kong/Macao permit"),
    "taiwan_permit": ("台湾居民来往大陆通行证", "Taiwan permit"),
    "household_register": ("户口簿", "household register"),
    "military": ("军官证（士兵证）", "military ID"),
    "credit_code": ("统一社会信用代码证书", "credit code certificate"),
    "organisation_code": ("组织机构代码证", "organisation code"),
    "other": ("其他", "other"),
}
_SHARING = {"sole": "sole", "joint": "joint", "by_shares": "shares", "other": "other"}  # to the form's ticks
_ANSWERS = {"yes": ("是", "yes"), "no": ("否", "no"), "none": ("不存在", "none")}
_SIDES = {Role.RIGHT_HOLDER: ("权利人", "right holder"), Role.OBLIGOR: ("义务人", "obligor")}
_REQUIREMENTS = {
    "material_missing": ("需提交", "to be handed in"),
    "material_pages": ("页数不全，需补齐", "pages are missing"),
}


def application_facts(
    application: Application,
    checklist: Checklist,
    pages: Sequence[PageRef],
    household: Household | None,
    compound: Compound,
    session: Session,
    *,
    now: datetime,
    number: str = "",
    acceptance_number: str = "",
    accepted_at: datetime | None = None,
    certificate_number: str = "",
    language: str = "zh",
    rules: PackSet | None = None,
) -> dict[str, Any]:
    """Return what an application tells to every form; `items` are the papers received, times are aware.

    `rules` are the packs that the case is pinned to, the shipped ones where none are given. `drawn` has, by
    document, the signatures that hold: one under words that have changed since is not drawn under them.
    """
    rules = rules or shipped()
    english = language.startswith("en")
    holders = [party for party in application.parties if party.role is Role.RIGHT_HOLDER]
    obligors = [party for party in application.parties if party.role is Role.OBLIGOR]
    return {
        **_person(application.first_applicant, english),
        "number": number,
        "receipt_number": number,
        "acceptance_number": acceptance_number,
        "accepted_on": _day(accepted_at, english) if accepted_at else "",
        "certificate_number": certificate_number,
        "certificates": [{"number": certificate_number}] if certificate_number else [],
        "date": _day(now, english),
        "operator": session.operator_name,
        "helper": session.helper_name,
        "site": compound.name,
        "session": session.title,
        "type_name": checklist.name(language),
        "reason": application.reason,
        "remarks": application.remarks,
        "applicants": "、".join(party.name for party in holders if party.name),
        "obligors": "、".join(party.name for party in obligors if party.name),
        "right_holders": [_person(party, english) for party in holders],
        "obligor_records": [_person(party, english) for party in obligors],
        "owners": [_person(party, english) for party in holders],
        "sharing": _sharing(application, holders),
        "separate": "yes" if application.separate_certificates else "no" if len(holders) > 1 else "",
        "former_certificate": application.certificate_number,
        "subtype": application.subtype,
        "deferred": _deferred(application, checklist, language),
        **_inquiry(application.answers, english, rules),
        "role": ("right holder" if english else "权利人") if holders else "",
        "drawn": _drawn(application, checklist, household, compound, rules, now),
        **_mortgage(application, english),
        **_fees(application, checklist, rules, english),
        "property_address": (household.address or household.label) if household else "",
        "unit_code": unit_code_groups(household.unit_code) if household and household.unit_code else "",
        "area": f"{household.area} {'m²' if english else '平方米'}" if household and household.area else "",
        "items": _received(application, checklist, pages, language),
        "pages_returned": str(len(pages)),
    }


def missing_facts(
    problems: Sequence[Problem], checklist: Checklist, language: str = "zh"
) -> list[dict[str, str]]:
    """Return the rows of a correction notice or refusal from what stands in an application's way.

    Only papers are listed: what is mistyped is put right at the window.
    """
    rows = []
    for problem in problems:
        item = checklist.item(problem.field.removeprefix("materials."))
        if item is not None and problem.code in _REQUIREMENTS:
            english = language.startswith("en")
            said = (_REQUIREMENTS[problem.code][english], item.hint(language))
            requirement = ("; " if english else "；").join(part for part in said if part)
            rows.append(
                {
                    "name": item.name(language),
                    "form": _FORMS[item.form][english],
                    "copies": str(item.copies),
                    "requirement": requirement,
                }
            )
    return rows


def _sharing(application: Application, holders: Sequence[Party]) -> str:
    """Return the code of how the right is held, as far as it is known: said, one holder, or shares given."""
    if application.co_ownership is not None:
        return _SHARING[application.co_ownership.value]
    if len(holders) == 1:
        return "sole"
    return "shares" if holders and all(party.share for party in holders) else ""


def _deferred(application: Application, checklist: Checklist, language: str) -> list[dict[str, str]]:
    rows = []
    for deferral in application.deferrals:
        item = checklist.item(deferral.item_code)
        if item is not None and not deferral.delivered_on:
            rows.append({"name": item.name(language), "due": deferral.due})
    return rows


def _drawn(
    application: Application,
    checklist: Checklist,
    household: Household | None,
    compound: Compound,
    rules: PackSet,
    now: datetime,
) -> dict[str, list[dict[str, Any]]]:
    """Return by document what was signed on the pad under the words as they stand."""
    if not any(signature.strokes for signature in application.signatures):
        return {}
    facts = facts_of(application, checklist, household, file_of(compound), today=now.date())
    current = digests(application, checklist, household, compound, facts, rules)
    found: dict[str, list[dict[str, Any]]] = {}
    for signature in application.signatures:
        known = signature.signer < len(application.parties)
        if signature.strokes and known and current.get(signature.document) == signature.document_digest:
            found.setdefault(signature.document, []).append(
                {
                    "name": hand_of(application.parties[signature.signer]),
                    "at": signature.signed_at[:16].replace("T", " "),
                    "strokes": [[list(point[:2]) for point in stroke] for stroke in signature.strokes],
                }
            )
    return found


def _inquiry(answers: Sequence[Answer], english: bool, rules: PackSet) -> dict[str, Any]:
    """Return questions with answers as they were given; nothing, so that the form asks, where none was."""
    known = rules[INQUIRY]["questions"]
    order = {code: number for number, code in enumerate(known)}
    both = len({answer.role for answer in answers if answer.value}) > 1
    rows = []
    for answer in sorted(answers, key=lambda a: (a.role is Role.OBLIGOR, order.get(a.question, 0))):
        question = known.get(answer.question)
        if question is not None and answer.value:
            kind = label(rules, "co_ownership", answer.value, "en" if english else "zh")
            said = _ANSWERS.get(answer.value, (kind, kind))[english]
            if both:
                side = _SIDES[answer.role][english]
                said = f"{said} ({side})" if english else f"{said}（{side}）"
            rows.append(
                {
                    "question": question["en" if english else "zh"],
                    "answer": "；".join(part for part in (said, answer.note) if part),
                }
            )
    objection = any(a.question == "objection_known" and a.value == "yes" for a in answers)
    return {**({"questions": rows} if rows else {}), **({"objection": "yes"} if objection else {})}


def _mortgage(application: Application, english: bool) -> dict[str, str]:
    mortgage = application.mortgage
    if mortgage is None:
        return {}
    term = " — " if english else " 至 "
    return {
        "mortgage": "yes",
        "claim": mortgage.amount,
        "claim_term": term.join(day for day in (mortgage.starts, mortgage.ends) if day),
        "claim_scope": mortgage.scope,
        "claim_building": mortgage.works,
        "transfer_limit": _ANSWERS.get(mortgage.transfer_ban, ("", ""))[english],
    }


def _fees(application: Application, checklist: Checklist, rules: PackSet, english: bool) -> dict[str, Any]:
    """Return the fee sheet's lines and sum; what was paid is left blank for who takes the money."""
    lines = fees_for(
        checklist,
        application.use,
        rules,
        holders=len(application.right_holders),
        separate_certificates=application.separate_certificates,
    )
    if not lines:
        return {}
    due = total(lines)
    return {
        "fees": [
            {
                "name": line.en if english else line.zh,
                "rate": str(line.price),
                "count": str(line.quantity),
                "unit": line.unit_en if english else line.unit_zh,
                "due": str(line.amount),
            }
            for line in lines
        ],
        "total": str(due),
        "total_words": "" if english else amount_in_words(due),
    }


def _day(moment: datetime, english: bool) -> str:
    said = say_time(moment, english=english)
    return said.rpartition(", ")[0] if english else said.partition(" ")[0]


def _person(party: Party, english: bool) -> dict[str, str]:
    return {
        "name": party.name,
        "document_kind": _DOCUMENTS[party.document_kind.value][english],
        "document_number": party.document_number,
        "phone": party.phone,
        "address": party.address,
        "share": party.share,
        "representative": party.representative,
        **_agent(party),
    }


def _agent(party: Party) -> dict[str, str]:
    """Return who acts for a party: its agent, or the guardian of a ward."""
    if party.agent is not None:
        agent = party.agent
        return {
            "agent": agent.name,
            "agent_document": agent.document_number,
            "agent_phone": agent.phone,
            "agency": agent.organisation,
        }
    if party.guardian is not None:
        guardian = party.guardian
        return {
            "agent": guardian.name,
            "agent_document": guardian.document_number,
            "agent_phone": guardian.phone,
        }
    return {}


def _received(
    application: Application, checklist: Checklist, pages: Sequence[PageRef], language: str
) -> list[dict[str, str]]:
    rows = []
    for item in checklist.items:
        count = sum(page.item_code == item.code for page in pages)
        if count:
            material = application.material(item.code) or Material(item.code, item.form, item.copies)
            rows.append(
                {
                    "name": item.name(language),
                    "form": _FORMS[material.form][language.startswith("en")],
                    "copies": str(material.copies),
                    "pages": str(count),
                }
            )
    return rows
