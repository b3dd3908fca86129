"""The value of one application: its facts as one frozen dataclass, and the pages that belong to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from registration.checklist import Material, Track
from registration.deferral import Deferral
from registration.fees import Use
from registration.filing import SingleReason
from registration.inquiry import Answer
from registration.legacy import CaseSource, GreenChannel, NoFault, Substitution
from registration.mortgage import Mortgage
from registration.parties import Party, Role
from registration.shares import CoOwnership
from registration.signatures import Signature


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
    subtype: str = ""  # "": the type's default
    source: CaseSource = CaseSource.ORDINARY
    categories: tuple[str, ...] = ()  # the household's own, beside its project's
    single_reason: SingleReason | None = None  # None: filed as the type is by default
    co_ownership: CoOwnership | None = None
    separate_certificates: bool = False
    certificate_number: str = ""  # of the existing certificate, as typed
    cross_province: bool = False
    tracks: tuple[Track, ...] = (Track.REGISTRATION,)
    answers: tuple[Answer, ...] = ()
    deferrals: tuple[Deferral, ...] = ()  # 容缺: papers promised for later
    substitutions: tuple[Substitution, ...] = ()  # 先行登记: opinions in place of papers
    no_fault: NoFault | None = None
    green_channel: GreenChannel | None = None
    mortgage: Mortgage | None = None
    signatures: tuple[Signature, ...] = ()
    use: Use = Use.HOUSING  # what the property is used for; decides the fee

    def material(self, item_code: str) -> Material | None:
        return next((m for m in self.materials if m.item_code == item_code), None)

    def with_material(self, material: Material) -> Application:
        """Return the application with this row's record set or replaced."""
        others = tuple(m for m in self.materials if m.item_code != material.item_code)
        return replace(self, materials=(*others, material))

    @property
    def first_applicant(self) -> Party:
        return self.parties[0] if self.parties else Party()

    @property
    def right_holders(self) -> tuple[Party, ...]:
        return tuple(party for party in self.parties if party.role is Role.RIGHT_HOLDER)

    @property
    def obligors(self) -> tuple[Party, ...]:
        return tuple(party for party in self.parties if party.role is Role.OBLIGOR)
