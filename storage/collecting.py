"""Certificates to hand over as stored: which wait, who was told, what was handed out and taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from registration.changes import Changes
from registration.collection import (
    Collection,
    CollectionState,
    HandOver,
    check_hand_over,
    collection_from,
    hand_over_to_json,
)
from registration.errors import InputError
from registration.facts import Attachment, Fact, Topic
from registration.rights import Act, PairedAct
from storage import facts
from storage.rights import needs
from storage.rows import as_text, from_micros, maybe_moment, one, rows
from storage.second_person import Second, require_second
from storage.values import Who


@dataclass(frozen=True)
class ToHandOver:
    """One case whose certificate is made. Name unmasked, the screen masks; "" for another window's case.

    `since` is when this machine heard of it, None where the ledger does not say.
    """

    application_id: str
    compound_id: str
    compound: str
    household_id: str
    place: str
    applicant_name: str
    receipt_number: str
    certificate_number: str
    since: datetime | None
    state: CollectionState
    moved_at: datetime | None


_OWN = (
    "SELECT a.id, a.compound_id, c.name AS compound, coalesce(a.household_id, '') AS household_id,"
    " a.property_label AS place, a.applicant_name, a.receipt_number, coalesce(a.certificate_number, '')"
    " AS certificate_number, a.updated_at AS since, coalesce(k.state, 'waiting') AS state, k.at"
    " FROM applications a JOIN compounds c ON c.id = a.compound_id"
    " LEFT JOIN collections k ON k.application_id = a.id"
)
_OTHERS = (
    "SELECT l.application_id AS id, h.compound_id, c.name AS compound, l.household_id,"
    " trim(h.building || ' ' || h.entrance || ' ' || h.room) AS place, '' AS applicant_name,"
    " l.receipt_number, '' AS certificate_number, NULL AS since, coalesce(k.state, 'waiting') AS state, k.at"
    " FROM ledger l JOIN households h ON h.id = l.household_id"
    " JOIN compounds c ON c.id = h.compound_id LEFT JOIN collections k ON k.application_id = l.application_id"
)
# The ids alone are looked for along an index; what a line says is read of those few that are shown.
_OWN_WAITING = (
    f"{_OWN} WHERE a.id IN (SELECT n.id FROM applications n WHERE n.state = 'certificate_issued'"  # noqa: S608
    " AND NOT EXISTS (SELECT 1 FROM collections m WHERE m.application_id = n.id AND m.state = 'in_hand')"
    " ORDER BY n.updated_at, n.id LIMIT ?) ORDER BY since, a.id"
)
_OTHERS_WAITING = (
    f"{_OTHERS} WHERE l.application_id IN (SELECT n.application_id FROM ledger n"  # noqa: S608
    " WHERE n.state = 'certificate_issued' AND NOT EXISTS (SELECT 1 FROM collections m"
    " WHERE m.application_id = n.application_id AND m.state = 'in_hand')"
    " AND NOT EXISTS (SELECT 1 FROM applications o WHERE o.id = n.application_id)"
    " AND EXISTS (SELECT 1 FROM households w WHERE w.id = n.household_id) LIMIT ?) ORDER BY place, id"
)
_IN_HAND = "SELECT application_id AS id FROM collections WHERE state = 'in_hand' ORDER BY at DESC LIMIT ?"


def waiting(db: Database, limit: int = 500) -> list[ToHandOver]:
    """Return what is to be handed over, the oldest first: this window's own cases and, without names, the
    site's others."""
    own = [_to_hand_over(row) for row in rows(db, _OWN_WAITING, (limit,))]
    left = limit - len(own)
    return own + [_to_hand_over(row) for row in rows(db, _OTHERS_WAITING, (left,))] if left else own


def handed_out(db: Database, limit: int = 200) -> list[ToHandOver]:
    """Return what is in its owner's hand, the latest first."""
    return [
        found for row in rows(db, _IN_HAND, (limit,)) if (found := of_application(db, row["id"])) is not None
    ]


def of_application(db: Database, application_id: str) -> ToHandOver | None:
    """Return the line of one case, None where its certificate is not made or it is not known here."""
    own = one(db, f"{_OWN} WHERE a.id = ? AND a.state = 'certificate_issued'", (application_id,))
    if own is not None:
        return _to_hand_over(own)
    told = one(
        db, f"{_OTHERS} WHERE l.application_id = ? AND l.state = 'certificate_issued'", (application_id,)
    )
    return None if told is None else _to_hand_over(told)


def of_receipt(db: Database, number: str) -> ToHandOver | None:
    """Return the line of the case that a receipt's number names, None as `of_application`."""
    sql = (
        "SELECT id FROM applications WHERE receipt_number = :number"
        " UNION ALL SELECT application_id FROM ledger WHERE receipt_number = :number LIMIT 1"
    )
    found = one(db, sql, {"number": number})
    return None if found is None else of_application(db, found["id"])


def of_case(db: Database, application_id: str) -> Collection:
    """Return how one certificate stands."""
    return collection_from(facts.of_subject(db, Topic.COLLECTION, application_id))


@needs(Act.HAND_OUT)
def notify(db: Database, who: Who, now: datetime, *, fact_id: str, application_id: str) -> Changes:
    """Note that the owner was told. InputError collection_done, certificate_not_made."""
    compound_id, household_id = _case(db, application_id)
    if of_case(db, application_id).state is CollectionState.IN_HAND:
        raise InputError("collection_done")
    return _note(db, who, now, fact_id, application_id, "notified", compound_id,
                 {"household_id": household_id})  # fmt: skip


@needs(Act.HAND_OUT)
def hand_out(
    db: Database,
    who: Who,
    now: datetime,
    *,
    fact_id: str,
    application_id: str,
    given: HandOver,
    photos: Sequence[Attachment] = (),
) -> Changes:
    """Note that a certificate is in its owner's hand, which closes the case.

    The files of photos are durable already. Raises what `check_hand_over` raises, and InputError
    collection_done, certificate_not_made.
    """
    compound_id, household_id = _case(db, application_id)
    if of_case(db, application_id).state is CollectionState.IN_HAND:
        raise InputError("collection_done")
    body = {**hand_over_to_json(check_hand_over(given)), "household_id": household_id}
    return _note(db, who, now, fact_id, application_id, "handed_out", compound_id, body, photos)


@needs(Act.HAND_OUT)
def take_back(
    db: Database,
    who: Who,
    now: datetime,
    *,
    fact_id: str,
    application_id: str,
    why: str,
    second: Second | None,
) -> Changes:
    """Correct a hand-over that was not one: it waits again. Another person confirms.

    Raises InputError collection_not_done, collection_reason_missing, and what `require_second` raises.
    """
    compound_id, household_id = _case(db, application_id)
    confirmed = require_second(db, PairedAct.TAKE_BACK_HAND_OVER, who, second)
    if of_case(db, application_id).state is not CollectionState.IN_HAND:
        raise InputError("collection_not_done")
    if not why.strip():
        raise InputError("collection_reason_missing", field="reason")
    body = {"household_id": household_id, "why": why.strip(), **confirmed}
    return _note(db, who, now, fact_id, application_id, "hand_over_taken_back", compound_id, body)


def fold(db: Database, subject: str, known: Sequence[Fact]) -> None:
    """Write one certificate's row anew from everything known of it."""
    db.execute("DELETE FROM collections WHERE application_id = ?", (subject,))
    found = collection_from(known)
    if found.at is None:
        return
    compound_id = next((fact.compound_id for fact in known if fact.compound_id), "")
    numbers = "、".join(found.given.certificates) if found.given else ""
    db.execute(
        "INSERT INTO collections VALUES (?, ?, ?, ?, ?, ?)",
        (subject, compound_id, numbers, found.state.value, as_text(found.at), int(found.twice)),
    )


def _to_hand_over(row: Mapping[str, Any]) -> ToHandOver:
    return ToHandOver(
        row["id"],
        row["compound_id"],
        row["compound"],
        row["household_id"],
        row["place"],
        row["applicant_name"],
        row["receipt_number"] or "",
        row["certificate_number"],
        None if row["since"] is None else from_micros(row["since"]),
        CollectionState(row["state"]),
        maybe_moment(row["at"]),
    )


def _case(db: Database, application_id: str) -> tuple[str, str]:
    """Return compound and household of a case whose certificate is made."""
    row = one(
        db,
        "SELECT compound_id, coalesce(household_id, '') AS household_id, state FROM applications"
        " WHERE id = :id"
        " UNION ALL SELECT h.compound_id, l.household_id, l.state FROM ledger l"
        " JOIN households h ON h.id = l.household_id WHERE l.application_id = :id LIMIT 1",
        {"id": application_id},
    )
    if row is None or row["state"] != "certificate_issued":
        raise InputError("certificate_not_made")
    return row["compound_id"], row["household_id"]


def _note(
    db: Database,
    who: Who,
    now: datetime,
    fact_id: str,
    application_id: str,
    verb: str,
    compound_id: str,
    body: Mapping[str, object],
    photos: Sequence[Attachment] = (),
) -> Changes:
    changes, _ = facts.note(
        db, who, now, fact_id=fact_id, topic=Topic.COLLECTION, subject=application_id, verb=verb,
        compound_id=compound_id, body=body, attachments=photos,
    )  # fmt: skip
    return changes | Changes(applications=frozenset({application_id}))
