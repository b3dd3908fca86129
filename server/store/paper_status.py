"""How the case of a printed receipt stands, by the receipt's signed token alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, or_, select

from registration.application import CaseState
from registration.errors import InputError
from registration.paper_token import PackedToken, unpack
from server.store import reference, schema
from sync.contract import key_id, unb64


@dataclass(frozen=True)
class PaperStatus:
    """What a resident may know: no person, no home. `state` None: the papers are still on their way here."""

    receipt_number: str
    state: CaseState | None
    acceptance_number: str = ""
    at: datetime | None = None  # since when it stands so
    whole: bool = False
    items: tuple[tuple[str, str], ...] = ()  # what to bring again: (Chinese, English) names of checklist rows


def look_up(connection: Connection, token: str) -> PaperStatus | None:
    """Return how the case of a token stands; None for whatever is not to be believed, all alike.

    That is: no token, one of a key that the centre does not know, a forged one, one whose materials are not
    those that the centre has, a void receipt, and one that a revoked device signed for what the centre
    did not have before it was revoked.
    """
    try:
        read = unpack(token[:1000])
    except (InputError, ValueError):
        return None
    number = read.facts.number
    numbers = schema.receipt_numbers.c
    known = connection.execute(select(schema.receipt_numbers).where(numbers.number == number)).one_or_none()
    signer = _signer(connection, read, None if known is None else known.application_id)
    if signer is None:
        return None
    if known is None:
        return None if signer.status == "revoked" else PaperStatus(number, None)
    revisions = schema.revisions.c
    held = connection.execute(
        select(revisions.received_at)
        .where(revisions.application_id == known.application_id)
        .where(revisions.receipt["materials_digest"].astext.startswith(read.facts.digest_start))
        .order_by(revisions.received_at)
        .limit(1)
    ).scalar()
    if held is None or known.void_reason is not None:
        return None
    if signer.status == "revoked" and held > signer.revoked_at:
        return None
    return _standing(connection, known.application_id, number)


def _signer(connection: Connection, read: PackedToken, application_id: str | None) -> Any:
    """Return the device whose key signed the token: the one in the number, or one that submitted the case."""
    devices, revisions = schema.devices.c, schema.revisions.c
    code = read.facts.number.split("-")[1] if read.facts.number.count("-") == 3 else ""
    submitted = select(revisions.device_id).where(revisions.application_id == (application_id or ""))
    for row in connection.execute(
        select(schema.devices).where(or_(devices.code == code, devices.id.in_(submitted)))
    ):
        public_key = unb64(row.public_key)
        if key_id(public_key) != read.facts.key_id:
            continue
        try:
            Ed25519PublicKey.from_public_bytes(public_key).verify(read.signature, read.signed)
        except (InvalidSignature, ValueError):
            return None
        return row
    return None


def _standing(connection: Connection, application_id: str, number: str) -> PaperStatus:
    cases, history, revisions = schema.applications.c, schema.history.c, schema.revisions.c
    row = connection.execute(select(schema.applications).where(cases.id == application_id)).one()
    last = connection.execute(
        select(history.details, history.at)
        .where(history.application_id == application_id)
        .order_by(history.seq.desc())
        .limit(1)
    ).one()
    items: tuple[tuple[str, str], ...] = ()
    if row.state == CaseState.RETURNED.value:
        versions = connection.execute(
            select(revisions.facts["pack_versions"]).where(
                revisions.application_id == application_id, revisions.revision == row.revision
            )
        ).scalar()
        checklist = reference.checklist(connection, row.type_code, (versions or {}).get("registration_types"))
        wanted = [item.get("item_code") for item in last.details.get("items", ())]
        items = tuple((i.zh, i.en) for i in (checklist.items if checklist else ()) if i.code in wanted)
    return PaperStatus(
        number,
        CaseState(row.state),
        row.acceptance_number or "",
        last.at,
        row.whole_at is not None,
        items,
    )
