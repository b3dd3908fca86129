"""The intake receipt (收件凭证): the frozen facts that a household takes home."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from registration.paper_form import Form

if TYPE_CHECKING:  # a paper that is printed needs none of the rules
    from registration.application import Application, PageRef
    from registration.checklist import Checklist
    from registration.property_unit import Compound, Household
    from registration.session import Session


@dataclass(frozen=True)
class ReceiptLine:
    """One row of the materials list: what was handed over."""

    item_code: str
    zh: str
    en: str
    form: Form
    copies: int
    pages: int


@dataclass(frozen=True)
class Receipt:
    """Everything that is printed on a receipt. Frozen at submission and never recomputed."""

    number: str
    application_id: str
    revision: int
    received_at: datetime  # aware; the window's corrected clock
    applicant: str
    id_tail: str  # last four characters only
    phone_tail: str
    compound: str
    property_label: str
    property_address: str
    unit_code: str
    type_zh: str
    type_en: str
    lines: tuple[ReceiptLine, ...]
    site: str
    session_title: str
    operator: str
    device_code: str
    materials_digest: str  # SHA-256 hex over the sorted page digests
    token: str = ""  # signed ASCII token, filled in the same transaction
    clock_note: str = ""  # how far this machine's clock was off, where known


def materials_digest(pages: Sequence[PageRef]) -> str:
    """Return SHA-256 hex over item code, ordinal and digest of all pages: one changed page changes it."""
    body = "\n".join(
        f"{p.item_code}\t{p.ordinal}\t{p.digest}"
        for p in sorted(pages, key=lambda p: (p.item_code, p.ordinal, p.digest))
    )
    return hashlib.sha256(body.encode("ascii")).hexdigest()


def receipt_for(
    application: Application,
    checklist: Checklist,
    pages: Sequence[PageRef],
    household: Household | None,
    compound: Compound,
    session: Session,
    *,
    number: str,
    received_at: datetime,
    operator: str,
    device_code: str,
) -> Receipt:
    """Gather the facts of a receipt from a complete application (its token is added by the caller)."""
    lines = []
    for item in checklist.items:
        count = sum(p.item_code == item.code for p in pages)
        if count:
            said = application.material(item.code) or item  # what the operator recorded, else the usual
            lines.append(ReceiptLine(item.code, item.zh, item.en, said.form, said.copies, count))
    applicant = application.first_applicant
    return Receipt(
        number=number,
        application_id=application.id,
        revision=application.revision,
        received_at=received_at,
        applicant="、".join(p.name for p in application.parties),
        id_tail=applicant.document_number[-4:],
        phone_tail=applicant.phone[-4:],
        compound=compound.name,
        property_label=household.label if household else "",
        property_address=household.address if household else "",
        unit_code=household.unit_code if household else "",
        type_zh=checklist.zh,
        type_en=checklist.en,
        lines=tuple(lines),
        site=compound.name,
        session_title=session.title,
        operator=operator,
        device_code=device_code,
        materials_digest=materials_digest(pages),
    )
