"""The values that storage hands to the other rooms: who acts, pages, list rows, figures, outbox rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from registration.application import Application, CaseState, Delivery, PageRef
from registration.central_checks import CentralCheck
from registration.property_unit import Compound, Household
from registration.receipt import Receipt
from registration.rights import Role
from registration.standing import Obstacle, Standing
from registration.tracks import TrackStatus

if TYPE_CHECKING:  # they are read with values of this module
    from storage.corrections import Correction
    from storage.revisions import Revision


@dataclass(frozen=True)
class Who:
    """On whose behalf an operation runs; goes into the audit row. `device_code` is "" before enrolment.

    `role` bounds what they may do (storage.rights).
    """

    operator_id: str
    operator_name: str
    device_code: str
    role: Role = Role.OPERATOR


@dataclass(frozen=True)
class NewPage:
    """A captured page whose two files (improved copy, untouched original) are already durable.

    Digests are lower-case SHA-256 hex of plaintext, sizes are bytes, `corners` four (x, y) in pixels of the
    original or empty, `rotation` degrees clockwise in steps of 90, `findings` a JSON array, `thumbnail` JPEG.
    `marked`: the improved copy carries the watermark. `kept`, `reading` and `confirmed` are what a page that
    comes back brought with it, as StoredPage has them.
    """

    id: str
    application_id: str
    item_code: str
    digest: str
    size: int
    original_digest: str
    original_size: int
    original_type: str  # media type
    page_index: int  # which page of a multi-page original, from 0
    width: int
    height: int
    corners: tuple[tuple[float, float], ...]
    rotation: int
    page_found: bool
    findings: str
    thumbnail: bytes
    marked: bool = False
    kept: str = ""
    reading: str = ""
    confirmed: str = "{}"


@dataclass(frozen=True)
class StoredPage:
    """A page as stored; `ordinal` counts from 1 within its checklist row. For its thumbnail: applications.

    `kept`: "", or the JSON object of an override of the quality gate: reasons (codes), by, name, at.
    `reading`: "", or what recognition said (registration.page_reading). `confirmed`: a JSON object of what
    the operator decided about it, by the entry's name.
    """

    id: str
    application_id: str
    item_code: str
    ordinal: int
    digest: str
    size: int
    original_digest: str
    original_size: int
    original_type: str
    page_index: int
    width: int
    height: int
    corners: tuple[tuple[float, float], ...]
    rotation: int
    page_found: bool
    findings: str
    captured_at: datetime
    kept: str = ""
    marked: bool = False
    reading: str = ""
    confirmed: str = "{}"

    @property
    def ref(self) -> PageRef:
        """Return the page as the rules and the wire see it."""
        return PageRef(
            self.id,
            self.item_code,
            self.ordinal,
            self.digest,
            self.original_digest,
            self.size,
            self.original_size,
            self.width,
            self.height,
        )


@dataclass(frozen=True)
class Lamps:
    """Where a case's facts are: three lamps, each lit by its own evidence."""

    on_disk: bool
    second_copy: bool
    held: bool  # by the centre, with its signed acknowledgement


@dataclass(frozen=True)
class ApplicationRow:
    """One line of the queue. Texts are unmasked; the screen masks. `problem_*` is "" where there is none."""

    id: str
    state: CaseState
    delivery: Delivery
    second_copy: bool
    receipt_number: str
    acceptance_number: str
    applicant_name: str
    property_label: str
    type_zh: str
    type_en: str
    updated_at: datetime
    received_at: datetime | None
    problem_zh: str
    problem_en: str
    voided: bool = False  # its receipt no longer counts
    revision: int = 1

    @property
    def mending(self) -> bool:
        """Say whether it is a draft of a later revision: the household has its receipt."""
        return self.state is CaseState.DRAFT and self.revision > 1


@dataclass(frozen=True)
class HistoryRow:
    """One audited action on a case; `details` holds codes, counts and numbers."""

    at: datetime
    operator_name: str  # "" where the centre acted
    action: str
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class OutboxProblem:
    """An event that is parked, or whose last attempt failed, with the reason in words of both languages."""

    outbox_id: str
    code: str
    zh: str
    en: str
    parked: bool
    attempts: int
    at: datetime
    next_try_at: datetime | None
    kind: str = ""  # of the event
    refusal: str = ""  # the centre's own code, "" where it was not the centre that refused


@dataclass(frozen=True)
class Voided:
    """That a receipt is void, why, by whom and since when."""

    receipt_number: str
    reason: str
    operator_name: str
    voided_at: datetime


@dataclass(frozen=True)
class Closing:
    """How the window ended a case: `outcome` is refuse, elsewhere, discarded or withdrawn."""

    outcome: str
    reason: str
    paper_id: str  # of the print queue, "" for an empty draft
    operator_name: str
    closed_at: datetime


@dataclass(frozen=True)
class ApplicationDetail:
    """Everything a screen shows of one case."""

    application: Application
    state: CaseState
    receipt: Receipt | None
    pages: tuple[StoredPage, ...]
    household: Household | None
    compound: Compound
    acceptance_number: str
    accepted_at: datetime | None
    certificate_number: str
    problem_zh: str
    problem_en: str
    delivery: Delivery
    second_copy: bool
    history: tuple[HistoryRow, ...]  # newest first
    problems: tuple[OutboxProblem, ...]
    created_at: datetime
    updated_at: datetime
    void: Voided | None = None  # that the receipt no longer counts, and why
    closing: Closing | None = None  # how the window ended it
    checks: tuple[CentralCheck, ...] = ()  # every check of the centre, waiting until it says otherwise
    tracks: tuple[TrackStatus, ...] = ()
    correction: Correction | None = None  # what the centre wanted mended last
    revisions: tuple[Revision, ...] = ()  # those set aside, the newest first

    @property
    def mending(self) -> bool:
        """Say whether it is a draft of a later revision: the household has its receipt."""
        return self.state is CaseState.DRAFT and self.application.revision > 1

    @property
    def lamps(self) -> Lamps:
        return Lamps(True, self.second_copy, self.delivery is Delivery.HELD)


@dataclass(frozen=True)
class HouseholdCell:
    """One cell of the building table: `state` is a CaseState value, or "" where the household has no case.

    `standing` is what the picture shows; the rest says why.
    """

    household: Household
    state: str
    application_id: str  # "" where there is none
    aliases: tuple[str, ...] = ()  # other names by which people know it
    standing: Standing = Standing.UNTOUCHED
    survey: str = ""  # SurveyState value
    booked: str = ""  # day and time of what is to come
    obstacles: tuple[Obstacle, ...] = ()


@dataclass(frozen=True)
class SessionFigures:
    """The evening in numbers. `seconds_mean`: from start to receipt, None before the first receipt."""

    received: int
    held: int
    drafts: int
    waiting: int  # received and neither held nor parked
    parked: int
    seconds_mean: float | None


@dataclass(frozen=True)
class OutboxRow:
    """One event to send; `body` is exactly what was frozen, `digests` are sorted."""

    id: str
    kind: str
    application_id: str
    revision: int
    base_revision: int
    body: Mapping[str, Any]
    body_digest: str
    digests: tuple[str, ...]
    attempts: int
    created_at: datetime


@dataclass(frozen=True)
class PageNeed:
    """A page file that the centre is not known to hold."""

    digest: str
    size: int
    application_id: str


@dataclass(frozen=True)
class Pending:
    """What has not reached the centre yet. `applications` counts submitted cases not held and not parked."""

    applications: int
    pages: int
    bytes: int
    parked: int


@dataclass(frozen=True)
class Operator:
    """A person of the team. `role` as on the wire: operator, helper, reviewer, auditor, administrator."""

    id: str
    account: str
    name: str
    role: str
    active: bool
