"""Revisions: a submitted case becomes a draft of its next revision, and the one before stays as it was."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlite_utils import Database

from registration.application import Application, CaseState, application_from_json, application_to_json
from registration.changes import Changes
from registration.errors import InputError
from registration.rights import Act
from storage import audit, outbox, page_rows
from storage.json_text import compact_json
from storage.moves import reindex
from storage.rights import needs
from storage.rows import as_micros, as_moment, as_text, one, rows, scalar
from storage.values import StoredPage, Who

_COLUMNS = (
    "type_code",
    "household_id",
    "applicant_name",
    "applicant_key",
    "property_label",
    "type_zh",
    "type_en",
)
_PAGE = (
    "id, item_code, ordinal, digest, size, original_digest, original_size, original_type, page_index, width,"
    " height, corners, rotation, page_found, findings, captured_at, kept, marked"
)


class Why(StrEnum):
    """What made the next revision necessary."""

    RETURNED = "returned"  # the centre wants something mended
    REFUSED = "refused"  # the centre did not take what was sent
    CONFLICT = "conflict"  # the centre had another revision, and a person put this window's on top of it
    SUPPLEMENT = "supplement"  # before acceptance: a promised paper has come, or a slip was seen
    GIVEN_UP = "given_up"  # a draft of a revision that was never submitted


@dataclass(frozen=True)
class Revision:
    """A revision set aside: `state` is what the case was by it, `base` the centre's before the next one."""

    application: Application
    why: Why
    state: CaseState
    base: int
    next_revision: int
    set_aside_at: datetime

    @property
    def number(self) -> int:
        return self.application.revision


@needs(Act.MEND)
def begin_revision(db: Database, who: Who, now: datetime, application_id: str) -> tuple[Changes, Application]:
    """Make a case a draft of its next revision, with all facts and pages of the one before.

    A returned case is mended, a refused submission put right, a received one that is not accepted yet
    supplemented. A case that is such a draft already is returned as it stands.
    InputError correction_not_wanted, conflict_undecided; KeyError for an unknown application.
    """
    row = _row(db, application_id)
    if row["state"] == CaseState.DRAFT:
        if row["revision"] == 1:
            raise InputError("correction_not_wanted")
        return Changes(), application_from_json(json.loads(row["body"]))
    sent = _submission(db, application_id, row["revision"])
    if sent is None or sent["state"] == "told":
        raise InputError("correction_not_wanted")
    if sent["state"] == "parked":
        if sent["error_code"] == "conflict":
            raise InputError("conflict_undecided")
        known = sent["server_revision"]
        base = sent["base_revision"] if known is None else known
        return _begin(db, who, now, row, Why.REFUSED, base)
    why = {CaseState.RETURNED: Why.RETURNED, CaseState.RECEIVED: Why.SUPPLEMENT}.get(CaseState(row["state"]))
    if why is None:
        raise InputError("correction_not_wanted")
    return _begin(db, who, now, row, why, row["revision"])


@needs(Act.MEND)
def begin_on_top(
    db: Database, who: Who, now: datetime, application_id: str, server_revision: int
) -> tuple[Changes, Application]:
    """Make what this window has a draft of the revision after the centre's. KeyError: unknown application."""
    return _begin(db, who, now, _row(db, application_id), Why.CONFLICT, server_revision)


@needs(Act.MEND)
def give_up_revision(db: Database, who: Who, now: datetime, application_id: str) -> Changes:
    """Put a case back to the revision before; what was added meanwhile stays readable beside it.

    The case is what the centre has said of it since. InputError not_a_draft; KeyError: unknown application.
    """
    row = _row(db, application_id)
    former = former_of(db, application_id, row["revision"])
    if row["state"] != CaseState.DRAFT or former is None:
        raise InputError("not_a_draft")
    _set_aside(db, now, row, Why.GIVEN_UP, base=former.base, next_revision=row["revision"] + 1)
    here = {"id": application_id, "revision": former.number}
    db.execute("DELETE FROM pages WHERE application_id = ?", (application_id,))
    since = (application_id, as_text(former.set_aside_at))
    db.execute("DELETE FROM former_pages WHERE application_id = ? AND replaced_at >= ?", since)
    wanted = "FROM revision_pages WHERE application_id = :id AND revision = :revision"
    db.execute(f"INSERT INTO pages (application_id, {_PAGE}) SELECT application_id, {_PAGE} {wanted}", here)
    db.execute(f"INSERT INTO thumbnails SELECT id, image {wanted}", here)
    db.execute(
        "INSERT INTO page_readings (page_id, reading, confirmed, read_at)"
        f" SELECT id, reading, confirmed, read_at {wanted} AND reading IS NOT NULL",
        here,
    )
    sql = "SELECT columns, body FROM revisions WHERE application_id = :id AND revision = :revision"
    stored = one(db, sql, here)
    assert stored is not None  # `former` was read from it
    columns = json.loads(stored["columns"])
    db.execute(
        "UPDATE application_bodies SET body = ?, screen = '' WHERE application = ?",
        (stored["body"], row["seq"]),
    )
    db.execute("DELETE FROM revisions WHERE application_id = :id AND revision = :revision", here)
    names = ", ".join(f"{name} = :{name}" for name in _COLUMNS)
    db.execute(
        f"UPDATE applications SET state = :state, revision = :revision, updated_at = :now, {names}"  # noqa: S608
        " WHERE seq = :seq",
        {
            **columns,
            "state": former.state,
            "revision": former.number,
            "now": as_micros(now),
            "seq": row["seq"],
        },
    )
    reindex(db, row["seq"])
    details = {"revision": row["revision"], "back_to": former.number}
    audit.append(db, who, now, "correction_given_up", application_id, details)
    return Changes(applications=frozenset({application_id}), sessions=True)


def former_of(db: Database, application_id: str, revision: int) -> Revision | None:
    """Return the revision that was set aside for this one, None where it is the first."""
    row = one(
        db,
        "SELECT * FROM revisions WHERE application_id = ? AND next_revision = ? AND why <> 'given_up'",
        (application_id, revision),
    )
    return None if row is None else _revision(row)


def former_revisions(db: Database, application_id: str) -> tuple[Revision, ...]:
    """Return all revisions of a case that were set aside, those given up among them, the newest first."""
    sql = "SELECT * FROM revisions WHERE application_id = ? ORDER BY revision DESC"
    return tuple(_revision(row) for row in rows(db, sql, (application_id,)))


def pages_of(db: Database, application_id: str, revision: int) -> tuple[StoredPage, ...]:
    """Return the pages of a revision that was set aside; () for any other."""
    found = rows(
        db,
        f"SELECT application_id, {_PAGE}, coalesce(reading, '') AS reading,"  # noqa: S608
        " coalesce(confirmed, '{}') AS confirmed FROM revision_pages"
        " WHERE application_id = ? AND revision = ? ORDER BY item_code, ordinal",
        (application_id, revision),
    )
    return tuple(page_rows.page_from_row(row) for row in found)


def thumbnail(db: Database, application_id: str, revision: int, page_id: str) -> bytes:
    """Return the thumbnail (JPEG) of a page of a revision that was set aside. KeyError for an unknown one."""
    image = scalar(
        db,
        "SELECT image FROM revision_pages WHERE application_id = ? AND revision = ? AND id = ?",
        (application_id, revision, page_id),
    )
    if image is None:
        raise KeyError(page_id)
    return bytes(image)


def note_state(db: Database, application_id: str, revision: int, state: CaseState) -> None:
    """Keep what the centre says of a revision while the next one is a draft."""
    db.execute(
        "UPDATE revisions SET state = ? WHERE application_id = ? AND revision = ?",
        (state.value, application_id, revision),
    )


def supersede(db: Database, now: datetime, application_id: str, revision: int) -> None:
    """End the way of a parked submission: another revision takes its place."""
    db.execute(
        "UPDATE outbox SET state = 'told', result = 'superseded', error_code = '', changed_at = ?"
        " WHERE application_id = ? AND revision = ? AND kind = ? AND state = 'parked'",
        (as_text(now), application_id, revision, outbox.SUBMITTED),
    )


def _begin(
    db: Database, who: Who, now: datetime, row: Mapping[str, Any], why: Why, base: int
) -> tuple[Changes, Application]:
    application_id = row["id"]
    sql = "SELECT coalesce(max(revision), 0) FROM revisions WHERE application_id = ?"
    following = max(row["revision"], base, int(scalar(db, sql, (application_id,)))) + 1
    _set_aside(db, now, row, why, base=base, next_revision=following)
    application = replace(application_from_json(json.loads(row["body"])), revision=following)
    db.execute(
        "UPDATE applications SET state = 'draft', revision = ?, updated_at = ? WHERE seq = ?",
        (following, as_micros(now), row["seq"]),
    )
    db.execute(
        "UPDATE application_bodies SET body = ?, screen = '' WHERE application = ?",
        (compact_json(application_to_json(application)), row["seq"]),
    )
    reindex(db, row["seq"])
    details = {"revision": following, "former": row["revision"], "base": base, "why": why.value}
    audit.append(db, who, now, "correction_begun", application_id, details)
    return Changes(applications=frozenset({application_id}), sessions=True), application


def _set_aside(
    db: Database, now: datetime, row: Mapping[str, Any], why: Why, *, base: int, next_revision: int
) -> None:
    db.execute(
        "INSERT INTO revisions (application_id, revision, next_revision, base_revision, why, state, columns,"
        " body, set_aside_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            row["id"],
            row["revision"],
            next_revision,
            base,
            why.value,
            row["state"],
            compact_json({name: row[name] for name in _COLUMNS}),
            row["body"],
            as_text(now),
        ),
    )
    db.execute(
        f"INSERT INTO revision_pages (application_id, revision, {_PAGE}, reading, confirmed, read_at, image)"  # noqa: S608
        f" SELECT application_id, :revision, {_PAGE}, reading, confirmed, read_at, image FROM pages"
        " JOIN thumbnails t ON t.page_id = id LEFT JOIN page_readings r ON r.page_id = id"
        " WHERE application_id = :id",
        {"id": row["id"], "revision": row["revision"]},
    )


def _submission(db: Database, application_id: str, revision: int) -> dict[str, Any] | None:
    return one(
        db,
        "SELECT state, error_code, base_revision, server_revision FROM outbox"
        " WHERE application_id = ? AND revision = ? AND kind = ?",
        (application_id, revision, outbox.SUBMITTED),
    )


def _row(db: Database, application_id: str) -> dict[str, Any]:
    row = one(
        db,
        "SELECT a.*, b.body FROM applications a JOIN application_bodies b ON b.application = a.seq"
        " WHERE a.id = ?",
        (application_id,),
    )
    if row is None:
        raise KeyError(application_id)
    return row


def _revision(row: Mapping[str, Any]) -> Revision:
    return Revision(
        application=application_from_json(json.loads(row["body"])),
        why=Why(row["why"]),
        state=CaseState(row["state"]),
        base=row["base_revision"],
        next_revision=row["next_revision"],
        set_aside_at=as_moment(row["set_aside_at"]),
    )
