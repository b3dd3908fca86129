"""The facts of forms out of the values of an application: what the window knows fills the blanks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from printing.receipt_words import say_time
from registration.application import Application, PageRef
from registration.checklist import Checklist, Form, Material
from registration.errors import Problem
from registration.identifiers import unit_code_groups
from registration.parties import DocumentKind, Party, Role
from registration.property_unit import Compound, Household
from registration.session import Session

_FORMS = {Form.ORIGINAL: "原件", Form.COPY: "复印件"}
_DOCUMENTS = {DocumentKind.ID_CARD: "居民身份证", DocumentKind.BUSINESS_LICENCE: "营业执照"}
_REQUIREMENTS = {"material_missing": "需提交", "material_pages": "页数不全，需补齐"}


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
) -> dict[str, Any]:
    """Return what an application tells to every form; `items` are the papers received, `now` is aware."""
    holders = [party for party in application.parties if party.role is Role.RIGHT_HOLDER]
    obligors = [party for party in application.parties if party.role is Role.OBLIGOR]
    return {
        **_person(application.first_applicant),
        "number": number,
        "receipt_number": number,
        "date": say_time(now, english=False).partition(" ")[0],
        "operator": session.operator_name,
        "helper": session.helper_name,
        "site": compound.name,
        "session": session.title,
        "type_name": checklist.zh,
        "reason": application.reason,
        "remarks": application.remarks,
        "applicants": "、".join(party.name for party in holders if party.name),
        "obligors": "、".join(party.name for party in obligors if party.name),
        "right_holders": [_person(party) for party in holders],
        "obligor_records": [_person(party) for party in obligors],
        "owners": [_person(party) for party in holders],
        "property_address": (household.address or household.label) if household else "",
        "unit_code": unit_code_groups(household.unit_code) if household and household.unit_code else "",
        "area": f"{household.area} 平方米" if household and household.area else "",
        "items": _received(application, checklist, pages),
    }


def missing_facts(problems: Sequence[Problem], checklist: Checklist) -> list[dict[str, str]]:
    """Return the rows of a correction notice or refusal from what stands in an application's way.

    Only papers are listed: what is mistyped is put right at the window.
    """
    rows = []
    for problem in problems:
        item = checklist.item(problem.field.removeprefix("materials."))
        if item is not None and problem.code in _REQUIREMENTS:
            requirement = "；".join(part for part in (_REQUIREMENTS[problem.code], item.hint_zh) if part)
            rows.append(
                {
                    "name": item.zh,
                    "form": _FORMS[item.form],
                    "copies": str(item.copies),
                    "requirement": requirement,
                }
            )
    return rows


def _person(party: Party) -> dict[str, str]:
    return {
        "name": party.name,
        "document_kind": _DOCUMENTS[party.document_kind],
        "document_number": party.document_number,
        "phone": party.phone,
        "address": party.address,
        "share": party.share,
    }


def _received(
    application: Application, checklist: Checklist, pages: Sequence[PageRef]
) -> list[dict[str, str]]:
    rows = []
    for item in checklist.items:
        count = sum(page.item_code == item.code for page in pages)
        if count:
            material = application.material(item.code) or Material(item.code, item.form, item.copies)
            rows.append(
                {
                    "name": item.zh,
                    "form": _FORMS[material.form],
                    "copies": str(material.copies),
                    "pages": str(count),
                }
            )
    return rows
