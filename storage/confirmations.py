"""An applicant's word that what was entered is right: a row of the audit log, bound to the text confirmed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from registration.changes import Changes
from registration.rights import Act
from storage import audit
from storage.rights import needs
from storage.rows import as_moment, one
from storage.values import Who

_ACTION = "facts_confirmed"


@dataclass(frozen=True)
class Confirmed:
    """When the applicants confirmed, and the SHA-256 hex of the application form's text that they saw."""

    digest: str
    at: datetime


@needs(Act.DRAFT)
def confirm_facts(db: Database, who: Who, now: datetime, application_id: str, digest: str) -> Changes:
    """Record that the applicants saw what was entered and confirmed it. KeyError for an unknown application.

    The same text is recorded once; a changed one is another confirmation.
    """
    if one(db, "SELECT 1 FROM applications WHERE id = ?", (application_id,)) is None:
        raise KeyError(application_id)
    before = confirmed(db, application_id)
    if before is not None and before.digest == digest:
        return Changes()
    audit.append(db, who, now, _ACTION, application_id, {"digest": digest})
    return Changes(applications=frozenset({application_id}))


def confirmed(db: Database, application_id: str) -> Confirmed | None:
    """Return the newest confirmation of a case, None where nobody confirmed."""
    row = one(
        db,
        "SELECT at, details FROM audit WHERE subject = ? AND action = ? ORDER BY seq DESC LIMIT 1",
        (application_id, _ACTION),
    )
    return None if row is None else Confirmed(json.loads(row["details"])["digest"], as_moment(row["at"]))
