"""One application: its facts, its states, and what still stands in the way of submitting it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from registration.checklist import Checklist, Form, Material, Need
from registration.errors import Problem
from registration.parties import DocumentKind, Party, Role, problems_of
from registration.property_unit import Compound, Household, ProjectRegistration


class CaseState(StrEnum):
    """What a case IS; where its facts are is another axis (see Delivery)."""

    DRAFT = "draft"
    RECEIVED = "received"  # 已收件
    ACCEPTED = "accepted"  # 已受理
    RETURNED = "returned"  # 待补正
    REJECTED = "rejected"  # 不予受理
    REGISTERED = "registered"  # 已登簿
    CERTIFICATE_ISSUED = "certificate_issued"  # 已发证
    WITHDRAWN = "withdrawn"  # 已撤回


class Delivery(StrEnum):
    """Where the facts of a submitted case are; computed from the outbox, stored nowhere."""

    DRAFT = "draft"
    ON_DISK = "on_disk"
    SENDING = "sending"
    HELD = "held"  # by the centre, with its signed acknowledgement
    PARKED = "parked"  # refused by the centre or failed; needs a person


_NEXT: Mapping[CaseState, frozenset[CaseState]] = MappingProxyType(
    {
        CaseState.DRAFT: frozenset({CaseState.RECEIVED, CaseState.REJECTED, CaseState.WITHDRAWN}),
        CaseState.RECEIVED: frozenset(
            {CaseState.ACCEPTED, CaseState.RETURNED, CaseState.REJECTED, CaseState.WITHDRAWN}
        ),
        CaseState.RETURNED: frozenset({CaseState.RECEIVED, CaseState.REJECTED, CaseState.WITHDRAWN}),
        CaseState.ACCEPTED: frozenset(
            {CaseState.RETURNED, CaseState.REGISTERED, CaseState.REJECTED, CaseState.WITHDRAWN}
        ),
        CaseState.REGISTERED: frozenset({CaseState.CERTIFICATE_ISSUED}),
        CaseState.REJECTED: frozenset(),
        CaseState.CERTIFICATE_ISSUED: frozenset(),
        CaseState.WITHDRAWN: frozenset(),
    }
)


def may_become(now: CaseState, then: CaseState) -> bool:
    """Say whether a case may go from one state to another.

    Source: 不动产登记暂行条例 arts. 15 (withdrawal before 登簿), 17 (outcomes), 21 (登簿), 22.
    """
    return then in _NEXT[now]


@dataclass(frozen=True)
class PageRef:
    """A stored page as rules and wire see it. Digests are lower-case SHA-256 hex of plaintext bytes."""

    id: str
    item_code: str
    ordinal: int
    digest: str  # the improved copy, JPEG
    original_digest: str
    size: int
    original_size: int
    width: int
    height: int


@dataclass(frozen=True)
class Application:
    """The facts of one application. Frozen: an edit is a new value."""

    id: str
    type_code: str
    session_id: str
    revision: int = 1
    parties: tuple[Party, ...] = (Party(),)
    household_id: str = ""
    reason: str = ""
    materials: tuple[Material, ...] = ()
    remarks: str = ""
    pack_versions: Mapping[str, str] = field(default_factory=dict)

    def material(self, item_code: str) -> Material | None:
        return next((m for m in self.materials if m.item_code == item_code), None)

    def with_material(self, material: Material) -> Application:
        """Return the application with this row's record set or replaced."""
        others = tuple(m for m in self.materials if m.item_code != material.item_code)
        return replace(self, materials=(*others, material))

    @property
    def first_applicant(self) -> Party:
        return self.parties[0] if self.parties else Party()


def what_is_missing(
    application: Application,
    checklist: Checklist,
    pages: Sequence[PageRef],
    household: Household | None,
    compound: Compound | None,
    *,
    today: date,
) -> tuple[Problem, ...]:
    """Return every reason why the application cannot be submitted yet, in the order of the screen.

    One pure function for the board, the notice, the submit rule and the centre.
    Source: 不动产登记暂行条例 arts. 16 to 18; 实施细则 art. 24 (no household case before the project's first
    registration).
    """
    found: list[Problem] = []
    for index, party in enumerate(application.parties):
        found += problems_of(party, today=today, where=f"applicant.{index}" if index else "applicant")
    if not application.parties:
        found.append(Problem("name_missing", "applicant.name"))
    if checklist.needs_household and household is None:
        found.append(Problem("household_missing", "property.household"))
    elif compound is not None and compound.project_registration is ProjectRegistration.MISSING:
        found.append(Problem("project_not_registered", "property.household", {"compound": compound.name}))
    by_item: dict[str, int] = {}
    for page in pages:
        by_item[page.item_code] = by_item.get(page.item_code, 0) + 1
    for item in checklist.items:
        have = by_item.get(item.code, 0)
        material = application.material(item.code)
        words = {"item_zh": item.zh, "item_en": item.en, "item": item.zh}
        if item.need is Need.REQUIRED and not have:
            found.append(Problem("material_missing", f"materials.{item.code}", words))
        elif have and material is not None and material.declared_pages > have:
            counts = {"declared": str(material.declared_pages), "have": str(have)}
            found.append(Problem("material_pages", f"materials.{item.code}", {**words, **counts}))
    return tuple(found)


def application_to_json(application: Application) -> dict[str, Any]:
    """Return the application as plain JSON values; `application_from_json` is its inverse."""
    return {
        "id": application.id,
        "type_code": application.type_code,
        "session_id": application.session_id,
        "revision": application.revision,
        "parties": [
            {
                "role": p.role.value,
                "name": p.name,
                "document_kind": p.document_kind.value,
                "document_number": p.document_number,
                "phone": p.phone,
                "address": p.address,
                "share": p.share,
            }
            for p in application.parties
        ],
        "household_id": application.household_id,
        "reason": application.reason,
        "materials": [
            {
                "item_code": m.item_code,
                "form": m.form.value,
                "copies": m.copies,
                "declared_pages": m.declared_pages,
            }
            for m in application.materials
        ],
        "remarks": application.remarks,
        "pack_versions": dict(application.pack_versions),
    }


def application_from_json(value: Mapping[str, Any]) -> Application:
    """Read what `application_to_json` wrote. KeyError or ValueError on anything else."""
    return Application(
        id=value["id"],
        type_code=value["type_code"],
        session_id=value["session_id"],
        revision=int(value["revision"]),
        parties=tuple(
            Party(
                role=Role(p["role"]),
                name=p["name"],
                document_kind=DocumentKind(p["document_kind"]),
                document_number=p["document_number"],
                phone=p["phone"],
                address=p["address"],
                share=p["share"],
            )
            for p in value["parties"]
        ),
        household_id=value["household_id"],
        reason=value["reason"],
        materials=tuple(
            Material(m["item_code"], Form(m["form"]), int(m["copies"]), int(m["declared_pages"]))
            for m in value["materials"]
        ),
        remarks=value["remarks"],
        pack_versions=dict(value["pack_versions"]),
    )
