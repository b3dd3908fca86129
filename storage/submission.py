"""Submission: rules, number, frozen receipt, event and audit row, all in one transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlite_utils import Database

from registration.application import (
    Application,
    CaseState,
    application_from_json,
    application_to_json,
    what_is_missing,
)
from registration.changes import Changes
from registration.errors import InputError, MachineError, RuleError
from registration.numbering import take_number
from registration.receipt import Receipt, receipt_for
from registration.receipt_json import receipt_to_json
from registration.rights import Act
from registration.session import Session
from registration.states import Paper
from storage import audit, outbox, packs, receipts, reference, reminders, revisions, search, sessions, voiding
from storage.device import current_block, read_device
from storage.json_text import compact_json
from storage.moves import check_move
from storage.page_rows import pages_of
from storage.revisions import Why, former_of
from storage.rights import needs
from storage.rows import as_micros, one
from storage.values import StoredPage, Who


@needs(Act.SUBMIT)
def submit_application(
    db: Database,
    who: Who,
    now: datetime,
    application_id: str,
    *,
    sign: Callable[[Receipt], str],
    event_id: str,
    wall: datetime | None = None,
) -> tuple[Changes, Receipt]:
    """Submit a draft: number from the device's block, frozen receipt, event for the centre, audit row.

    The receipt number stays with the case: of a later revision the same number is issued again, unless it was
    declared void; times of the first issue stay those of the case.

    `sign` gives the receipt's token. `now` is the time in the zone that the receipt shows, `wall` what this
    machine's clock says; the receipt carries the one, and how far the other is off. Without `wall` it is the
    machine's clock that `now` gives, and the receipt carries it corrected by the known offset. A second call
    returns the same receipt and changes nothing.
    Raises RuleError with everything that is missing; InputError not_a_draft, correction_overtaken (the centre
    has gone on with the revision that was to be mended); MachineError not_enrolled or
    number_block_empty; KeyError for an unknown application.
    """
    row = one(
        db,
        "SELECT a.seq, a.state, a.revision, a.compound_id, a.receipt_number, b.body FROM applications a"
        " JOIN application_bodies b ON b.application = a.seq WHERE a.id = ?",
        (application_id,),
    )
    if row is None:
        raise KeyError(application_id)
    issued = receipts.receipt_for_application(db, application_id, row["revision"])
    if issued is not None:
        return Changes(), issued
    if row["state"] != CaseState.DRAFT:
        raise InputError("not_a_draft")
    device = read_device(db)
    if device is None or device.device_code is None:
        raise MachineError("not_enrolled")

    application = application_from_json(json.loads(row["body"]))
    former = former_of(db, application_id, row["revision"])
    if former is not None and former.why is Why.RETURNED and former.state is not CaseState.RETURNED:
        raise InputError("correction_overtaken")
    session = sessions.session(db, application.session_id)
    if former is not None:  # a paper says where it was given, which may be another evening
        session = sessions.current(db) or session
    compound = reference.compound(db, row["compound_id"])
    assert session is not None and compound is not None  # foreign keys say so
    household = reference.household(db, application.household_id) if application.household_id else None
    checklist = reference.checklist(
        db, application.type_code, application.pack_versions.get(reference.TYPES_PACK)
    )
    pages = pages_of(db, application_id)
    refs = [page.ref for page in pages]
    offset = device.clock_offset
    if wall is not None and offset is not None:
        offset = (wall - now).total_seconds()  # as of this moment: the clock may have been set since
    received_at = now - timedelta(seconds=offset or 0.0) if wall is None else now
    machine_time = now if wall is None else wall
    missing = what_is_missing(
        application,
        checklist,
        refs,
        household,
        compound,
        today=received_at.date(),
        packs=packs.pack_set(db, application.pack_versions),
        file=reference.compound_file(db, compound.id),
    )
    if missing:
        raise RuleError(missing)

    number = row["receipt_number"] or ""
    issued_before = bool(number) and voiding.voided(db, number) is None
    if not issued_before:
        number = _next_number(db, session.division, device.device_code, received_at.date())
    receipt = receipt_for(
        application,
        checklist,
        refs,
        household,
        compound,
        session,
        number=number,
        received_at=received_at,
        operator=who.operator_name,
        device_code=device.device_code,
    )
    receipt = replace(receipt, clock_note=_clock_note(offset))
    receipt = replace(receipt, token=sign(receipt))
    facts = compact_json(receipt_to_json(receipt))
    receipts.put(db, now, receipt, facts, issued_before=issued_before, received_at=received_at)
    if former is not None:
        revisions.supersede(db, now, application_id, former.number)
    body = _body(application, receipt, pages, session, who, machine_time, offset, compound_id=compound.id)
    body_digest = outbox.put(
        db,
        now,
        event_id=event_id,
        kind=outbox.SUBMITTED,
        application_id=application.id,
        revision=application.revision,
        base_revision=former.base if former is not None else 0,
        body=body,
        digests=_need_pages(db, application.id, pages),
    )
    before = former.state if former is not None else CaseState.DRAFT
    if before is not CaseState.RECEIVED:
        check_move(before, CaseState.RECEIVED, {Paper.INTAKE_RECEIPT})
    db.execute(
        "UPDATE applications SET state = 'received', receipt_number = ?, problem_zh = '', problem_en = '',"
        " received_at = coalesce(received_at, ?), submitted_at = coalesce(submitted_at, ?), updated_at = ?"
        " WHERE seq = ?",
        (number, as_micros(received_at), as_micros(machine_time), as_micros(now), row["seq"]),
    )
    search.index(db, row["seq"], application, household, state=CaseState.RECEIVED, receipt_number=number)
    reminders.note_promises(db, application)
    details = {"receipt": number, "revision": application.revision, "pages": len(pages), "body": body_digest}
    audit.append(db, who, now, "application_submitted", application_id, details)
    return Changes(
        applications=frozenset({application_id}), sessions=True, outbox=True, receipts=True
    ), receipt


def _next_number(db: Database, division: str, device_code: str, day: date) -> str:
    block = current_block(db)
    number, after = take_number(block, division=division, device_code=device_code, day=day)
    db.execute("UPDATE number_blocks SET next = ? WHERE first = ?", (after.next, block.first))
    return number


def _body(
    application: Application,
    receipt: Receipt,
    pages: Sequence[StoredPage],
    session: Session,
    who: Who,
    machine_time: datetime,
    offset: float | None,
    *,
    compound_id: str,
) -> dict[str, Any]:
    """Return the body of the event: SubmittedBody of the wire, which storage must not import."""
    return {
        "application": application_to_json(application),
        "receipt": receipt_to_json(receipt),
        "receipt_number": receipt.number,
        "pages": [
            {
                "id": page.id,
                "item_code": page.item_code,
                "ordinal": page.ordinal,
                "digest": page.digest,
                "size": page.size,
                "original_digest": page.original_digest,
                "original_size": page.original_size,
                "original_type": page.original_type,
                "width": page.width,
                "height": page.height,
                **({"kept": json.loads(page.kept)} if page.kept else {}),
            }
            for page in pages
        ],
        "compound_id": compound_id,
        "household_id": application.household_id,
        "session": {
            "id": session.id,
            "compound_id": session.compound_id,
            "compound_name": session.compound_name,
            "division": session.division,
            "title": session.title,
            "starts": session.starts,
            "ends": session.ends,
            "operator_id": session.operator_id,
            "operator_name": session.operator_name,
            "helper_name": session.helper_name,
            "opened_at": session.opened_at.isoformat(),
        },
        "operator_id": who.operator_id,
        "submitted_at": machine_time.isoformat(),
        "clock_offset": offset,
    }


def _need_pages(db: Database, application_id: str, pages: Sequence[StoredPage]) -> tuple[str, ...]:
    """Note which files the centre needs for a case, and return their digests."""
    sizes = {page.digest: page.size for page in pages} | {p.original_digest: p.original_size for p in pages}
    for page_digest, size in sizes.items():
        db.execute(
            "INSERT INTO page_needs (application_id, digest, size) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (application_id, page_digest, size),
        )
    return tuple(sizes)


def _clock_note(offset: float | None) -> str:
    """Say by how much this machine's clock was ahead (+) or behind (-), from one second on."""
    return f"{offset:+.0f} s" if offset is not None and abs(offset) >= 1 else ""
