"""A developer's batch (交房即交证): every household becomes a draft in one transaction, or none does."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlite_utils import Database

from registration.application import Application, CaseState, application_from_json, application_to_json
from registration.changes import Changes
from registration.errors import InputError
from registration.handover import HandoverCase, remarks_of
from registration.legacy import CaseSource
from registration.property_unit import Household
from registration.rights import Act
from storage import audit, packs, reference, search, sessions
from storage.closing import discard_draft
from storage.json_text import compact_json
from storage.moves import reindex
from storage.rights import needs
from storage.rows import as_micros, as_moment, one, rows, scalar
from storage.sessions import WAITING
from storage.values import Who

TYPE = "new_housing_transfer"
_CLOSED = frozenset({"", CaseState.REJECTED.value, CaseState.WITHDRAWN.value})
_PORTION = 50  # cases between two words on how far it is


@dataclass(frozen=True)
class Batch:
    """A sheet that was taken in: when, by whom, how many drafts, and how many of them nobody has touched."""

    id: str
    compound_id: str
    at: datetime
    operator_name: str
    drafts: int
    untouched: int


def _unheard(_done: int) -> None:
    """Nobody asked how far it is."""


def open_households(db: Database, compound_id: str) -> frozenset[str]:
    """Return the ids of a compound's households whose newest case is neither withdrawn nor rejected."""
    cells = reference.households(db, compound_id)
    return frozenset(cell.household.id for cell in cells if cell.state not in _CLOSED)


@needs(Act.BATCH)
def start_batch(
    db: Database,
    who: Who,
    now: datetime,
    cases: Sequence[HandoverCase],
    *,
    batch_id: str,
    session_id: str,
    new_id: Callable[[], str],
    progress: Callable[[int], None] = _unheard,
) -> tuple[Changes, Batch]:
    """Start one draft per household, of the source on_delivery, in the running session: all or none.

    `new_id` gives each draft's id; `progress` is told on this thread how many are made.
    InputError no_session where the session does not run, batch_elsewhere for households of another compound
    or none that is known, batch_overtaken where one has got a case meanwhile. ValueError without cases.
    """
    if not cases:
        raise ValueError("a batch without a case")
    running = sessions.current(db)
    if running is None or running.id != session_id:
        raise InputError("no_session")
    homes = {cell.household.id: cell for cell in reference.households(db, running.compound_id)}
    if any(case.household_id not in homes for case in cases):
        raise InputError("batch_elsewhere", compound=running.compound_name)
    taken = [homes[c.household_id] for c in cases if homes[c.household_id].state not in _CLOSED]
    if taken:
        raise InputError("batch_overtaken", place=taken[0].household.label, count=str(len(taken)))
    versions = packs.pin(db, now)
    checklist = reference.checklist(db, TYPE, versions[reference.TYPES_PACK])
    first = last = 0
    made = []
    for number, case in enumerate(cases, start=1):
        application = Application(
            id=new_id(),
            type_code=TYPE,
            session_id=session_id,
            parties=case.parties,
            household_id=case.household_id,
            remarks=remarks_of(case),
            pack_versions=versions,
            source=CaseSource.ON_DELIVERY,
            co_ownership=case.co_ownership,
        )
        home = homes[case.household_id].household
        last = _insert(db, application, running.compound_id, home, (checklist.zh, checklist.en), now)
        first = first or last
        details = {"type": TYPE, "batch": batch_id, "lines": list(case.lines)}
        audit.append(db, who, now, "application_started", application.id, details)
        made.append(application.id)
        if number % _PORTION == 0 or number == len(cases):
            progress(number)
    facts = {"compound": running.compound_id, "drafts": len(made), "first": first, "last": last}
    audit.append(db, who, now, "batch_started", batch_id, facts)
    batch = Batch(batch_id, running.compound_id, now, who.operator_name, len(made), len(made))
    return Changes(applications=frozenset(made), sessions=True), batch


def latest_batch(db: Database, compound_id: str) -> Batch | None:
    """Return the batch that was taken in last for a compound, or None."""
    row = one(
        db,
        "SELECT at, operator_name, subject, details FROM audit WHERE action = 'batch_started'"
        " AND json_extract(details, '$.compound') = ? ORDER BY seq DESC LIMIT 1",
        (compound_id,),
    )
    if row is None:
        return None
    facts = json.loads(row["details"])
    untouched = scalar(
        db,
        f"SELECT count(*) FROM applications a WHERE a.seq BETWEEN ? AND ? AND {WAITING}",  # noqa: S608
        (facts["first"], facts["last"]),
    )
    return Batch(
        row["subject"], compound_id, as_moment(row["at"]), row["operator_name"], facts["drafts"], untouched
    )


@needs(Act.BATCH)
def undo_batch(
    db: Database,
    who: Who,
    now: datetime,
    batch_id: str,
    reason: str,
    progress: Callable[[int], None] = _unheard,
) -> tuple[Changes, int]:
    """Withdraw every draft of a batch that nobody has touched; return how many. Others stay as they are.

    KeyError for an unknown batch.
    """
    details = scalar(
        db, "SELECT details FROM audit WHERE subject = ? AND action = 'batch_started'", (batch_id,)
    )
    if details is None:
        raise KeyError(batch_id)
    facts = json.loads(details)
    wanted = [
        str(row["id"])
        for row in rows(
            db,
            f"SELECT a.id FROM applications a WHERE a.seq BETWEEN ? AND ? AND {WAITING}",  # noqa: S608
            (facts["first"], facts["last"]),
        )
    ]
    for number, application_id in enumerate(wanted, start=1):
        discard_draft(db, who, now, application_id, reason)
        if number % _PORTION == 0 or number == len(wanted):
            progress(number)
    audit.append(db, who, now, "batch_undone", batch_id, {"drafts": len(wanted)})
    return Changes(applications=frozenset(wanted), sessions=True), len(wanted)


@needs(Act.DRAFT)
def bring_into_session(db: Database, who: Who, now: datetime, application_id: str) -> Changes:
    """Move a draft of a batch from the session that has closed into the one that runs at its compound.

    Any other case, one that is being mended, and a draft of the running session stay as they are.
    InputError no_session where none runs, batch_elsewhere where it is at another compound; KeyError for an
    unknown application.
    """
    row = one(
        db,
        "SELECT a.seq, a.state, a.revision, a.compound_id, a.session_id, s.closed_at, s.compound_name, b.body"
        " FROM applications a JOIN sessions s ON s.id = a.session_id"
        " JOIN application_bodies b ON b.application = a.seq WHERE a.id = ?",
        (application_id,),
    )
    if row is None:
        raise KeyError(application_id)
    if row["state"] != CaseState.DRAFT or row["revision"] > 1 or row["closed_at"] is None:
        return Changes()
    running = sessions.current(db)
    if running is None:
        raise InputError("no_session")
    if running.compound_id != row["compound_id"]:
        raise InputError("batch_elsewhere", compound=running.compound_name)
    application = replace(application_from_json(json.loads(row["body"])), session_id=running.id)
    db.execute("UPDATE applications SET session_id = ? WHERE seq = ?", (running.id, row["seq"]))
    body = compact_json(application_to_json(application))
    db.execute("UPDATE application_bodies SET body = ? WHERE application = ?", (body, row["seq"]))
    reindex(db, row["seq"])
    audit.append(db, who, now, "draft_moved", application_id, {"from": row["session_id"], "to": running.id})
    return Changes(applications=frozenset({application_id}), sessions=True)


def _insert(
    db: Database,
    application: Application,
    compound_id: str,
    household: Household,
    type_names: tuple[str, str],
    now: datetime,
) -> int:
    """Store a new draft; return its row number."""
    names = "、".join(party.name.strip() for party in application.parties)
    stamp = as_micros(now)
    db.execute(
        "INSERT INTO applications (id, type_code, session_id, compound_id, household_id, revision, state,"
        " applicant_name, applicant_key, property_label, type_zh, type_en, created_at, updated_at)"
        " VALUES (?, ?, ?, ?, ?, 1, 'draft', ?, ?, ?, ?, ?, ?, ?)",
        (
            application.id,
            application.type_code,
            application.session_id,
            compound_id,
            household.id,
            names,
            search.sort_key(names),
            household.label,
            *type_names,
            stamp,
            stamp,
        ),
    )
    seq = int(scalar(db, "SELECT seq FROM applications WHERE id = ?", (application.id,)))
    body = compact_json(application_to_json(application))
    db.execute("INSERT INTO application_bodies VALUES (?, ?, '')", (seq, body))
    search.index(db, seq, application, household, state=CaseState.DRAFT)
    return seq
