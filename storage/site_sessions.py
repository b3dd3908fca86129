"""Sessions of a site as stored: opened by one laptop, joined by others, each closing its own part."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from registration.changes import Changes
from registration.errors import InputError
from registration.facts import Fact, Topic
from registration.rights import Act
from registration.session import (
    Part,
    Session,
    SiteSession,
    code_from,
    session_id_of,
    site_session,
)
from registration.session_team import HELPER, OPERATOR, Member, Setting, team_from_json, team_to_json
from storage import facts, people, reference, sessions
from storage.json_text import compact_json
from storage.rights import needs
from storage.rows import as_moment, as_text, one, rows
from storage.values import Who

_OFFERED = timedelta(hours=18)
"""A session that runs longer than this was forgotten, or its laptop died: nobody joins it any more."""


def site(db: Database, session_id: str) -> SiteSession | None:
    """Return what is known of a session on all laptops; None where nobody said that it was opened."""
    row = one(db, "SELECT * FROM site_sessions WHERE id = ?", (session_id,))
    return None if row is None else _site(row)


def running(db: Database, now: datetime) -> list[SiteSession]:
    """Return the sessions that run on other laptops and may be joined here, the newest first."""
    sql = (
        "SELECT * FROM site_sessions WHERE running = 1 AND opened_at > ?"
        " AND id NOT IN (SELECT id FROM sessions) ORDER BY opened_at DESC LIMIT 3"
    )
    return [_site(row) for row in rows(db, sql, (as_text(now - _OFFERED),))]


@needs(Act.SESSION)
def open_part(
    db: Database,
    who: Who,
    now: datetime,
    session: Session,
    *,
    fact_id: str,
    verb: str,
    code: str,
    setting: Setting,
) -> Changes:
    """Make a session the one that runs here, and tell the others: `verb` is opened or joined."""
    db.execute(
        "INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
        (
            session.id,
            session.compound_id,
            session.compound_name,
            session.division,
            session.title,
            session.starts,
            session.ends,
            session.operator_id,
            session.operator_name,
            session.helper_name,
            as_text(session.opened_at),
        ),
    )
    team = [Member(session.operator_name, OPERATOR)]
    if session.helper_name:
        team.append(Member(session.helper_name, HELPER))
    team += [one for one in setting.team if one not in team]
    changes, _ = facts.note(
        db,
        who,
        now,
        fact_id=fact_id,
        topic=Topic.SESSION,
        subject=session.id,
        verb=verb,
        compound_id=session.compound_id,
        body={
            "code": code,
            "title": session.title,
            "starts": session.starts,
            "ends": session.ends,
            "kind": setting.kind,
            "place": setting.place,
            "team": team_to_json(team),
        },
    )
    return changes | Changes(sessions=True)


@needs(Act.SESSION)
def join(
    db: Database,
    who: Who,
    now: datetime,
    *,
    session_id: str,
    fact_id: str,
    helper_name: str = "",
    team: Sequence[Member] = (),
) -> Changes:
    """Join a session that another laptop runs: its id here too, this laptop's part of it and its `team`.

    InputError session_open where one runs here, session_over where all parts are closed,
    session_part_closed where this laptop's was, rights_ended; KeyError for one that is not known.
    """
    found = site(db, session_id)
    if found is None:
        raise KeyError(session_id)
    return _join(db, who, now, found, fact_id, helper_name, team)


@needs(Act.SESSION)
def join_by_code(
    db: Database,
    who: Who,
    now: datetime,
    *,
    compound_id: str,
    typed: str,
    fact_id: str,
    title: str,
    starts: str,
    ends: str,
    helper_name: str = "",
    team: Sequence[Member] = (),
) -> Changes:
    """Join by the code that the other laptop shows, where nothing is known of its session yet.

    Title and times are the other laptop's where they have arrived, else this form's, on this laptop for good.
    InputError session_code_wrong for what is no code of this compound; otherwise as `join`.
    """
    code = code_from(compound_id, typed)
    if not code:
        raise InputError("session_code_wrong", field="code")
    session_id = session_id_of(compound_id, code)
    unheard = SiteSession(session_id, code, compound_id, title, starts, ends, now, ())
    return _join(db, who, now, site(db, session_id) or unheard, fact_id, helper_name, team)


def fold(db: Database, subject: str, known: Sequence[Fact]) -> None:
    """Write a session's row anew; plans and what was closed before sessions were announced have none."""
    found = site_session(known)
    if found is None:
        return
    db.execute(
        "INSERT INTO site_sessions VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
        " running = excluded.running, opened_at = excluded.opened_at, body = excluded.body",
        (subject, int(found.running), as_text(found.opened_at), compact_json(_body(found))),
    )


def _join(
    db: Database,
    who: Who,
    now: datetime,
    found: SiteSession,
    fact_id: str,
    helper_name: str,
    team: Sequence[Member],
) -> Changes:
    if sessions.current(db) is not None:
        raise InputError("session_open")
    if found.parts and not found.running:
        raise InputError("session_over")
    if sessions.session(db, found.id) is not None:
        raise InputError("session_part_closed")
    people.require_current(db, who.operator_id, now)
    compound = reference.compound(db, found.compound_id)
    if compound is None:
        raise KeyError(found.compound_id)
    session = Session(
        found.id,
        compound.id,
        compound.name,
        compound.division,
        found.title,
        found.starts,
        found.ends,
        who.operator_id,
        who.operator_name,
        helper_name,
        now,
    )
    setting = Setting(found.kind, found.place, tuple(team))
    return open_part(db, who, now, session, fact_id=fact_id, verb="joined", code=found.code, setting=setting)


def _body(found: SiteSession) -> dict[str, Any]:
    given = asdict(found)
    del given["id"], given["opened_at"]
    return given


def _site(row: Mapping[str, Any]) -> SiteSession:
    body = json.loads(row["body"])
    parts = tuple(Part(**part) for part in body.pop("parts"))
    team = team_from_json(body.pop("team", None))
    return SiteSession(id=row["id"], opened_at=as_moment(row["opened_at"]), parts=parts, team=team, **body)
