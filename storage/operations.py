"""Use cases: one user action is one function, one transaction, one returned Changes, one audit row.

Each runs through `Store.write`. Failures are InputError (the person's move), MachineError, or a KeyError or
ValueError where the caller is wrong.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from registration.application import Application, CaseState, application_from_json, application_to_json
from registration.changes import Changes
from registration.errors import InputError
from registration.property_unit import Household
from registration.rights import Act
from registration.session import Session
from registration.session_team import Setting
from storage import audit, outbox, packs, people, reference, search, sessions, site_sessions
from storage.closing import discard_draft, refuse_application, withdraw_application
from storage.json_text import compact_json
from storage.moves import reindex
from storage.page_exchange import bring_back, exchange_pages
from storage.page_operations import (
    add_page,
    confirm_reading,
    keep_page,
    keep_reading,
    move_page,
    remove_page,
    replace_page,
)
from storage.revisions import begin_revision, give_up_revision
from storage.rights import needs
from storage.rows import as_micros, one, scalar
from storage.submission import submit_application
from storage.values import NewPage, StoredPage, Who

__all__ = [
    "NewPage",
    "StoredPage",
    "Who",
    "add_page",
    "begin_revision",
    "bring_back",
    "confirm_reading",
    "discard_draft",
    "exchange_pages",
    "give_up_revision",
    "keep_page",
    "keep_reading",
    "move_page",
    "open_session",
    "refuse_application",
    "remove_page",
    "replace_page",
    "retry_parked",
    "save_draft",
    "start_application",
    "submit_application",
    "withdraw_application",
]


_PLAIN = Setting()


@needs(Act.SESSION)
def open_session(
    db: Database,
    who: Who,
    now: datetime,
    *,
    session_id: str,
    fact_id: str,
    compound_id: str,
    title: str,
    starts: str,
    ends: str,
    helper_name: str,
    code: str = "",
    setting: Setting = _PLAIN,
) -> tuple[Changes, Session]:
    """Open a session at a compound and tell the other laptops there; `code` is what they join it by.

    InputError session_open where one runs, rights_ended where the centre was not heard for too long;
    KeyError: no such compound.
    """
    if sessions.current(db) is not None:
        raise InputError("session_open")
    people.require_current(db, who.operator_id, now)
    compound = reference.compound(db, compound_id)
    if compound is None:
        raise KeyError(compound_id)
    session = Session(
        session_id,
        compound.id,
        compound.name,
        compound.division,
        title,
        starts,
        ends,
        who.operator_id,
        who.operator_name,
        helper_name,
        now,
    )
    changes = site_sessions.open_part(
        db, who, now, session, fact_id=fact_id, verb="opened", code=code, setting=setting
    )
    return changes, session


@needs(Act.DRAFT)
def start_application(
    db: Database,
    who: Who,
    now: datetime,
    *,
    application_id: str,
    type_code: str,
    session_id: str,
    household_id: str = "",
) -> tuple[Changes, Application]:
    """Start a draft in the running session, bound to the versions of the rule packs of this moment.

    InputError no_session where the session does not run, household_missing for an unknown household; KeyError
    for an unknown type.
    """
    running = sessions.current(db)
    if running is None or running.id != session_id:
        raise InputError("no_session")
    versions = packs.pin(db, now)
    checklist = reference.checklist(db, type_code, versions[reference.TYPES_PACK])
    application = Application(
        id=application_id,
        type_code=type_code,
        session_id=session_id,
        household_id=household_id,
        pack_versions=versions,
    )
    household = _household(db, household_id)
    stamp = as_micros(now)
    db.execute(
        "INSERT INTO applications (id, type_code, session_id, compound_id, household_id, revision, state,"
        " applicant_name, applicant_key, property_label, type_zh, type_en, created_at, updated_at)"
        " VALUES (?, ?, ?, ?, ?, ?, 'draft', '', '', ?, ?, ?, ?, ?)",
        (
            application_id,
            type_code,
            session_id,
            running.compound_id,
            household_id or None,
            application.revision,
            household.label if household else "",
            checklist.zh,
            checklist.en,
            stamp,
            stamp,
        ),
    )
    seq = scalar(db, "SELECT seq FROM applications WHERE id = ?", (application_id,))
    body = compact_json(application_to_json(application))
    db.execute("INSERT INTO application_bodies VALUES (?, ?, '')", (seq, body))
    search.index(db, seq, application, household, state=CaseState.DRAFT)
    audit.append(
        db, who, now, "application_started", application_id, {"type": type_code, "packs": dict(versions)}
    )
    return Changes(applications=frozenset({application_id}), sessions=True), application


@needs(Act.DRAFT)
def save_draft(
    db: Database,
    who: Who,  # noqa: ARG001  (every operation has it; saves are not audited)
    now: datetime,
    application: Application,
    screen: str,
) -> Changes:
    """Store a draft as it stands, with `screen`, the opaque text that tells where the operator is.

    Saving what is stored already changes nothing. Saves are not audited one by one: they come every two
    seconds, and submission freezes what counts. InputError not_a_draft, household_missing.
    """
    row = one(
        db,
        "SELECT a.*, b.body, b.screen FROM applications a JOIN application_bodies b ON b.application = a.seq"
        " WHERE a.id = ?",
        (application.id,),
    )
    if row is None:
        raise KeyError(application.id)
    if row["state"] != CaseState.DRAFT:
        raise InputError("not_a_draft")
    if application.session_id != row["session_id"] or application.revision != row["revision"]:
        raise ValueError("a draft keeps its session and revision")
    body = compact_json(application_to_json(application))
    if body == row["body"] and screen == row["screen"]:
        return Changes()
    if body == row["body"]:
        db.execute("UPDATE application_bodies SET screen = ? WHERE application = ?", (screen, row["seq"]))
        return Changes()  # where the operator is concerns no other screen
    household = _household(db, application.household_id)
    checklist = reference.checklist(
        db, application.type_code, application.pack_versions.get(reference.TYPES_PACK)
    )
    names = "、".join(party.name.strip() for party in application.parties if party.name.strip())
    db.execute(
        "UPDATE applications SET type_code = ?, household_id = ?, applicant_name = ?, applicant_key = ?,"
        " property_label = ?, type_zh = ?, type_en = ?, updated_at = ? WHERE seq = ?",
        (
            application.type_code,
            application.household_id or None,
            names,
            search.sort_key(names),
            household.label if household else "",
            checklist.zh,
            checklist.en,
            as_micros(now),
            row["seq"],
        ),
    )
    db.execute(
        "UPDATE application_bodies SET body = ?, screen = ? WHERE application = ?", (body, screen, row["seq"])
    )
    if _searched(application) != _searched(application_from_json(json.loads(row["body"]))):
        reindex(db, row["seq"])
    return Changes(applications=frozenset({application.id}))


@needs(Act.SEND)
def retry_parked(db: Database, who: Who, now: datetime, outbox_id: str) -> Changes:
    """Send a parked event again; KeyError for an unknown one."""
    changes = outbox.retry(db, now, outbox_id)
    for application_id in changes.applications:
        audit.append(db, who, now, "event_retried", application_id, {"event": outbox_id})
    return changes


def _household(db: Database, household_id: str) -> Household | None:
    if not household_id:
        return None
    household = reference.household(db, household_id)
    if household is None:
        raise InputError("household_missing", field="property.household")
    return household


def _searched(application: Application) -> tuple[Any, ...]:
    return application.household_id, tuple((p.name, p.document_number, p.phone) for p in application.parties)
