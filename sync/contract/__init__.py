"""The wire, version 1: every body that travels between a window and the centre, for both sides."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import Any, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import BaseModel, ConfigDict, Field

WIRE_VERSION = 1
MAX_SKEW_SECONDS = 300
TUS_VERSION = "1.0.0"
TOKEN_SCHEME = "Jilai"  # noqa: S105  (the name of an HTTP authentication scheme)

Digest = str  # lower-case SHA-256 hex


class Wire(BaseModel):
    """Frozen; unknown fields are ignored so that an older side can talk to a newer one."""

    model_config = ConfigDict(frozen=True, extra="ignore")


def canonical(value: Any) -> bytes:
    """Return the one byte form of a JSON value: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def sha256_hex(data: bytes) -> Digest:
    return hashlib.sha256(data).hexdigest()


def b64(data: bytes) -> str:
    """URL-safe base64 without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def unb64(text: str) -> bytes:
    """Inverse of `b64`; ValueError on anything else."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def sign(key: Ed25519PrivateKey, purpose: str, value: Mapping[str, Any]) -> str:
    """Sign a JSON value for one purpose; the purpose keeps a signature from meaning something else."""
    return b64(key.sign(purpose.encode("ascii") + b"\0" + canonical(value)))


def verify(public_key: bytes, purpose: str, value: Mapping[str, Any], signature: str) -> bool:
    """Say whether `signature` is `public_key`'s (32 raw bytes) over `value` for `purpose`."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(
            unb64(signature), purpose.encode("ascii") + b"\0" + canonical(value)
        )
    except (InvalidSignature, ValueError):
        return False
    return True


# -- requests are signed: Authorization: Jilai <b64 claims>.<signature> -----------------------------------
# A JSON body may be sent with Content-Encoding: gzip; `Claims.body` is the digest of the bytes as sent,
# compressed or not.


class Claims(Wire):
    """What a request token says; `nonce` is used once, `body` is the SHA-256 of the request body."""

    device: str
    operator: str
    issued_at: float  # seconds since the epoch, by the window's clock
    nonce: str
    method: str
    path: str  # path and query as sent
    body: Digest


def request_token(key: Ed25519PrivateKey, claims: Claims) -> str:
    """Return the value of the Authorization header."""
    value = claims.model_dump()
    return f"{TOKEN_SCHEME} {b64(canonical(value))}.{sign(key, 'request', value)}"


def read_token(header: str) -> tuple[Claims, str]:
    """Return claims and signature of an Authorization header, unverified. ValueError if malformed."""
    scheme, _, rest = header.partition(" ")
    body, dot, signature = rest.partition(".")
    if scheme != TOKEN_SCHEME or not dot:
        raise ValueError("not a Jilai token")
    return Claims.model_validate_json(unb64(body)), signature


class Refusal(Wire):
    """The body of every answer of 4xx and 5xx: a code, words for a person, the centre's time."""

    code: str  # bad_request, unknown_device, clock_skew, replayed, revoked, forbidden, too_busy, ...
    zh: str
    en: str
    server_time: float


# -- enrolment ---------------------------------------------------------------------------------------------


class EnrolRequest(Wire):
    """POST /v1/enrol, the only call without a token. `proof` signs code and key with the device key."""

    code: str
    public_key: str  # b64 of 32 bytes
    device_name: str
    operator_account: str
    operator_name: str
    proof: str  # sign(key, "enrol", {"code": …, "public_key": …})


class OperatorFact(Wire):
    id: str
    account: str
    name: str
    role: Literal["operator", "helper", "reviewer", "auditor", "administrator"]
    active: bool = True
    valid_until: str = ""  # ISO 8601 with an offset: rights end then; "" on no day


class NumberBlockFact(Wire):
    first: int
    last: int


class EnrolAnswer(Wire):
    """What a device needs to begin; reference data follows by the feed from cursor 0."""

    device_id: str
    device_code: str  # short, upper case, printed in receipt numbers: "A03"
    operator: OperatorFact
    server_key: str  # b64 public key that signs acknowledgements
    recovery_key: str  # b64 X25519 public key
    number_block: NumberBlockFact
    server_time: float


# -- events up ---------------------------------------------------------------------------------------------


class PageFact(Wire):
    """One page of an application: its improved copy and the untouched original."""

    id: str
    item_code: str
    ordinal: int
    digest: Digest
    size: int
    original_digest: Digest
    original_size: int
    original_type: str  # media type
    width: int
    height: int
    kept: dict[str, Any] | None = None  # an override of the quality gate: reasons (codes), by, name, at


class SubmittedBody(Wire):
    """The body of an `application_submitted` event."""

    application: dict[str, Any]  # registration.application.application_to_json
    receipt: dict[str, Any]
    receipt_number: str
    pages: list[PageFact]
    compound_id: str
    household_id: str
    session: dict[str, Any]
    operator_id: str
    submitted_at: str  # ISO 8601 with offset, the window's clock
    clock_offset: float | None = None  # seconds that the window's clock was ahead, where known


class NoticeBody(Wire):
    """The body of an `application_withdrawn` and of a `receipt_voided` event."""

    application_id: str
    revision: int
    receipt_number: str
    reason: str
    operator_id: str
    at: str  # ISO 8601 with offset, the window's clock


class Event(Wire):
    """One fact from the outbox. `id` is the idempotency key and never expires.

    A submission makes a revision: `base_revision` is the one before. Any other kind is about a revision that
    the centre has: `base_revision` is the same as `revision`, there are no digests, and no acknowledgement.
    A `fact_noted` is about no application: `application_id` is the event's own id, both revisions are 1, the
    body is registration.facts.fact_to_json, and `digests` are those of its attachments.
    """

    id: str
    kind: Literal["application_submitted", "application_withdrawn", "receipt_voided", "fact_noted"]
    application_id: str
    revision: int
    base_revision: int
    body: dict[str, Any]
    body_digest: Digest  # SHA-256 of canonical(body)
    digests: list[Digest]  # every page and original that the event refers to


class EventBatch(Wire):
    """POST /v1/events."""

    events: list[Event] = Field(max_length=200)


class Outcome(Wire):
    """What became of one event."""

    id: str
    result: Literal["applied", "already_had", "refused", "conflict"]
    code: str = ""
    zh: str = ""
    en: str = ""
    server_revision: int | None = None


class EventAnswer(Wire):
    outcomes: list[Outcome]
    missing: list[Digest]  # of the whole batch
    acknowledgements: list[Acknowledgement]
    server_time: float


class AckStatement(Wire):
    """What the centre swears: it holds this revision with exactly these digests."""

    application_id: str
    revision: int
    receipt_number: str
    device_id: str
    digests: list[Digest]  # sorted
    server_time: float


class Acknowledgement(Wire):
    """An AckStatement with the server key's signature, purpose "acknowledgement"."""

    statement: AckStatement
    signature: str


class AckQuery(Wire):
    """POST /v1/acknowledgements: which of these does the centre hold whole?"""

    application_ids: list[str] = Field(max_length=500)


class AckAnswer(Wire):
    acknowledgements: list[Acknowledgement]
    missing: dict[str, list[Digest]]  # application id -> digests still lacking; absent if facts are unknown
    server_time: float


EventAnswer.model_rebuild()


class NumberBlockRequest(Wire):
    """POST /v1/number-blocks -> NumberBlockFact: another run of receipt numbers for the asking device.

    `after` is the last number of the newest block that the window holds. The centre answers with the
    block that follows it for this device, reserving one if there is none: the same `after` asked twice
    gives the same block, so a lost reply wastes no numbers. A centre without this call answers 404 or 405;
    the window then goes on with what it has and with `number_block` items of the feed.
    """

    after: int
    left: int  # how many numbers the window has not used, for the centre's records


# -- pages up: tus 1.0 at /v1/pages/ ------------------------------------------------------------------------
# Every answer, of 2xx, 4xx or 460, carries Tus-Resumable: 1.0.0; one without it is not the centre's.
# POST /v1/pages/            Upload-Length, Upload-Metadata: "digest <b64>,application <b64>" -> 201 Location
#                            and, where a part is held already, Upload-Offset (absent: ask by HEAD),
#                            or 200 with Upload-Offset = length when the centre already holds the digest
# HEAD /v1/pages/{digest}    Upload-Offset, Upload-Length
# PATCH /v1/pages/{digest}   Upload-Offset, Content-Type: application/offset+octet-stream -> 204
#                            Upload-Offset; 460 when the finished bytes do not match the digest
#                            (offset back to 0)

# -- the feed down -------------------------------------------------------------------------------------------


class FeedItem(Wire):
    """One change. Kinds and bodies:

    status          {application_id, revision, state, receipt_number, acceptance_number, accepted_at,
                     items: [{item_code, zh, en}], reason_zh, reason_en, due, certificate_number,
                     checks: [{code, zh, en, result: "waiting"|"passed"|"stops", note}],
                     tracks: [{track, state, owed_by: ""|"developer"|"buyer", note}]}
                    due (an ISO date), checks and tracks may be absent; an item with the state that the
                    case has brings only the last two
    pack            {name, version, source, effective_from, body}
    compound        {id, name, division, address, developer, project_registration, categories, archetype,
                     arrears_separation, aliases, households: [{id, building, entrance, floor, room,
                     unit_code, area, address, aliases}], file: {land, listed, sold_on, urban_housing,
                     hard_stops, developer_gone, arrears_basis, policy, substitute_applicant}, sold}; aliases,
                     lists of other names, may be left out; without households, a file or `sold` (how many
                     homes its ledger says were sold) a window keeps its own
    ledger          {application_id, household_id, type_code, state, receipt_number, device_code,
                     people: [registration.person_key of each party]}; the latest item of a case counts
    operator        OperatorFact
    device_key      {key_id, public_key, device_code, status: "active"|"revoked"}
    number_block    NumberBlockFact
    fact            registration.facts.fact_to_json of a fact of this site, another window's or the centre's
    order           {id, …}: a home visit; kept whole, a later item of the same id replaces it
    """

    seq: int
    kind: str
    body: dict[str, Any]


class FeedPage(Wire):
    """GET /v1/changes?cursor=&wait= (seconds of long poll, at most 25)."""

    items: list[FeedItem]
    cursor: int
    more: bool
    server_time: float
    epoch: str = ""  # of sync.contract.health.Health: another one than before means that it was restored


def key_id(public_key: bytes) -> str:
    """Return the short name of a public key: the first 8 bytes of its SHA-256, in hex."""
    return hashlib.sha256(public_key).hexdigest()[:16]
