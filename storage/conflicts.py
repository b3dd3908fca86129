"""Where the centre has another revision of a case than this window: both are kept, a person decides."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from registration.application import Application, CaseState
from registration.changes import Changes
from registration.errors import InputError
from registration.rights import Act
from storage import audit, outbox
from storage.json_text import compact_json
from storage.revisions import begin_on_top, supersede
from storage.rights import needs
from storage.rows import as_moment, as_text, one, scalar
from storage.status import write_status
from storage.values import Who

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class Conflict:
    """What was decided: `centre` is a CaseFact of the wire as it was then, `choice` is mine or theirs."""

    revision: int
    server_revision: int
    centre: Mapping[str, Any]
    choice: str
    operator_name: str
    decided_at: datetime


@needs(Act.MEND)
def keep_mine(
    db: Database, who: Who, now: datetime, application_id: str, centre: Mapping[str, Any]
) -> tuple[Changes, Application]:
    """Take the centre's revision as the base, and open what this window has as a draft on top of it.

    InputError no_conflict where nothing of the case waits for a decision; KeyError: unknown application.
    """
    revision = _parked(db, application_id)
    _record(db, who, now, application_id, revision, centre, MINE)
    return begin_on_top(db, who, now, application_id, int(centre["revision"]))


@needs(Act.MEND)
def keep_theirs(
    db: Database, who: Who, now: datetime, application_id: str, centre: Mapping[str, Any]
) -> Changes:
    """Let the centre's revision count: what this window has stays readable, but is not sent any more.

    InputError no_conflict where nothing of the case waits for a decision; KeyError: unknown application.
    """
    revision = _parked(db, application_id)
    _record(db, who, now, application_id, revision, centre, THEIRS)
    supersede(db, now, application_id, revision)
    state = CaseState(scalar(db, "SELECT state FROM applications WHERE id = ?", (application_id,)))
    write_status(db, now, application_id, revision, centre["status"], before=state)
    return Changes(applications=frozenset({application_id}), outbox=True, sessions=True)


def followed(db: Database, application_id: str, revision: int) -> int:
    """Return the centre's revision that counts in place of this one; itself where none does."""
    found = scalar(
        db,
        "SELECT server_revision FROM conflicts WHERE application_id = ? AND revision = ?"
        " AND choice = 'theirs' ORDER BY decided_at DESC LIMIT 1",
        (application_id, revision),
    )
    return revision if found is None else int(found)


def decided(db: Database, application_id: str) -> Conflict | None:
    """Return what was decided last about a case, or None."""
    row = one(
        db,
        "SELECT * FROM conflicts WHERE application_id = ? ORDER BY decided_at DESC LIMIT 1",
        (application_id,),
    )
    if row is None:
        return None
    return Conflict(
        row["revision"],
        row["server_revision"],
        json.loads(row["centre"]),
        row["choice"],
        row["operator_name"],
        as_moment(row["decided_at"]),
    )


def _parked(db: Database, application_id: str) -> int:
    """Return the revision whose submission the centre did not take."""
    found = scalar(
        db,
        "SELECT o.revision FROM outbox o JOIN applications a ON a.id = o.application_id"
        " AND a.revision = o.revision WHERE a.id = ? AND o.kind = ? AND o.state = 'parked'",
        (application_id, outbox.SUBMITTED),
    )
    if found is None:
        raise InputError("no_conflict")
    return int(found)


def _record(
    db: Database,
    who: Who,
    now: datetime,
    application_id: str,
    revision: int,
    centre: Mapping[str, Any],
    choice: str,
) -> None:
    theirs = int(centre["revision"])
    db.execute(
        "INSERT INTO conflicts (application_id, revision, server_revision, centre, choice, operator_name,"
        " decided_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            application_id,
            revision,
            theirs,
            compact_json(centre),
            choice,
            who.operator_name,
            as_text(now),
        ),
    )
    details = {"revision": revision, "centre": theirs, "choice": choice}
    audit.append(db, who, now, "conflict_decided", application_id, details)
