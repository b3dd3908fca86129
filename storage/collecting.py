"""Certificates to hand over as stored: which wait, who was told, what was handed out and taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

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


_NOT_YET = "<> 'in_hand'"
_WAITING = (
    "SELECT a.id, a.compound_id, c.name AS compound, coalesce(a.household_id, '') AS household_id,"
    " a.property_label AS place, a.applicant_name, a.receipt_number, coalesce(a.certificate_number, '')"
    " AS certificate_number, a.updated_at AS since, coalesce(k.state, 'waiting') AS state, k.at"
    " FROM applications a JOIN compounds c ON c.id = a.compound_id"
    " LEFT JOIN collections k ON k.application_id = a.id WHERE a.state = 'certificate_issued'"
    " AND coalesce(k.state, '') {which}"
    " UNION ALL"
    " SELECT l.application_id, h.compound_id, c.name, l.household_id,"
    " trim(h.building || ' ' || h.entrance || ' ' || h.room), '', l.receipt_number, '', NULL,"
    " coalesce(k.state, 'waiting'), k.at FROM ledger l JOIN households h ON h.id = l.household_id"
    " JOIN compounds c ON c.id = h.compound_id LEFT JOIN collections k ON k.application_id = l.application_id"
    " WHERE l.state = 'certificate_issued' AND coalesce(k.state, '') {which}"
    " AND NOT EXISTS (SELECT 1 FROM applications a WHERE a.id = l.application_id)"
)


def waiting(db: Database, limit: int = 500) -> list[ToHandOver]:
    """Return what is to be handed over: this window's own cases and, without names, the site's others."""
    return _list(db, f"SELECT * FROM ({_WAITING}) ORDER BY since IS NULL, since LIMIT ?", _NOT_YET, limit)  # noqa: S608


def handed_out(db: Database, limit: int = 200) -> list[ToHandOver]:
    """Return what is in its owner's hand, the latest first."""
    return _list(db, f"SELECT * FROM ({_WAITING}) ORDER BY at DESC LIMIT ?", "= 'in_hand'", limit)  # noqa: S608


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


def _list(db: Database, sql: str, which: str, limit: int) -> list[ToHandOver]:
    return [
        ToHandOver(
            row["id"],
            row["compound_id"],
            row["compound"],
            row["household_id"],
            row["place"],
            row["applicant_name"],
            row["receipt_number"],
            row["certificate_number"],
            None if row["since"] is None else from_micros(row["since"]),
            CollectionState(row["state"]),
            maybe_moment(row["at"]),
        )
        for row in rows(db, sql.format(which=which), (limit,))
    ]


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
