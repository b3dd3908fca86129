"""Who was told what about their data, and agreed: a row of the audit log, which the centre gets too."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from registration.changes import Changes
from registration.privacy_notice import PrivacyNotice
from registration.rights import Act
from storage import audit
from storage.rights import needs
from storage.rows import as_moment, one
from storage.values import Who

_ACTION = "privacy_notice_given"


@dataclass(frozen=True)
class NoticeGiven:
    """The notice's version, how many applicants were told and agreed, by whom and when."""

    version: str
    applicants: int
    operator_name: str
    at: datetime


@needs(Act.DRAFT)
def give_notice(
    db: Database, who: Who, now: datetime, application_id: str, notice: PrivacyNotice, applicants: int
) -> Changes:
    """Record that the applicants of a case were told, and agreed separately to the pictures of their papers.

    The same notice to the same number of them is recorded once. KeyError for an unknown application.
    """
    if one(db, "SELECT 1 FROM applications WHERE id = ?", (application_id,)) is None:
        raise KeyError(application_id)
    before = notice_given(db, application_id)
    if before is not None and (before.version, before.applicants) == (notice.version, applicants):
        return Changes()
    details = {
        "applicants": applicants,
        "digest": notice.digest,
        "separate_consent": True,
        "version": notice.version,
    }
    audit.append(db, who, now, _ACTION, application_id, details)
    return Changes(applications=frozenset({application_id}))


def notice_given(db: Database, application_id: str) -> NoticeGiven | None:
    """Return the newest record of a case, None where nobody was told."""
    row = one(
        db,
        "SELECT at, operator_name, details FROM audit WHERE subject = ? AND action = ?"
        " ORDER BY seq DESC LIMIT 1",
        (application_id, _ACTION),
    )
    if row is None:
        return None
    said = json.loads(row["details"])
    return NoticeGiven(said["version"], said["applicants"], row["operator_name"], as_moment(row["at"]))
