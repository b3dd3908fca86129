"""What the review desk found of a case: its online checks, and where each of the four tracks stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert as upsert

from registration.central_checks import CentralCheck, CheckResult, checks_for, with_outcomes
from registration.checklist import Payer, Track
from registration.packs import shipped
from registration.tracks import TrackState, TrackStatus, may_turn, tracks_of
from server.errors import RefusedError
from server.store import reference, schema


@dataclass(frozen=True)
class Findings:
    """Every check of a case's type, waiting where nothing was found, and all four tracks."""

    checks: tuple[CentralCheck, ...]
    tracks: tuple[TrackStatus, ...]


def of_case(connection: Connection, application_id: str) -> Findings:
    """Return what is known of a case's checks and tracks. NoResultFound for an unknown application."""
    cases, revisions = schema.applications.c, schema.revisions.c
    row = connection.execute(
        select(cases.type_code, revisions.facts)
        .select_from(
            schema.applications.join(
                schema.revisions,
                (revisions.application_id == cases.id) & (revisions.revision == cases.revision),
            )
        )
        .where(cases.id == application_id)
    ).one()
    table = schema.check_outcomes.c
    outcomes = [
        CentralCheck(found.code, found.code, found.code, CheckResult(found.result), found.note)
        for found in connection.execute(
            select(table.code, table.result, table.note).where(table.application_id == application_id)
        )
    ]
    asked = tuple(Track(track) for track in row.facts.get("tracks", ()) if track in set(Track))
    said = _tracks(connection, application_id)
    return Findings(
        with_outcomes(checks_for(row.type_code, shipped()), outcomes),
        tuple(said.get(status.track, status) for status in tracks_of(asked)),
    )


def put(
    connection: Connection,
    now: datetime,
    application_id: str,
    actor: str,
    checks: Mapping[str, tuple[CheckResult, str]],
    tracks: Sequence[TrackStatus],
) -> tuple[str, ...]:
    """Keep results and statuses; return the codes of what has changed.

    Raises RefusedError unknown_check, track_forbidden (a track goes its own way step by step).
    """
    before = of_case(connection, application_id)
    known = {check.code: check for check in before.checks}
    standing = {status.track: status for status in before.tracks}
    changed = []
    who = {"application_id": application_id, "actor": actor, "at": now}
    for code, (result, note) in checks.items():
        if code not in known:
            raise RefusedError(400, "unknown_check")
        if (known[code].result, known[code].note) != (result, note):
            changed.append(code)
            values = {"result": result.value, "note": note}
            _upsert(connection, schema.check_outcomes, {**who, "code": code}, values)
    for status in tracks:
        was = standing[status.track]
        if status == was:
            continue
        if status.state is not was.state and not may_turn(was.state, status.state):
            raise RefusedError(409, "track_forbidden")
        changed.append(status.track.value)
        values = {"state": status.state.value, "owed_by": status.owed_by.value, "note": status.note}
        _upsert(connection, schema.track_statuses, {**who, "track": status.track.value}, values)
    return tuple(changed)


def said(connection: Connection, application_id: str) -> dict[str, Any]:
    """Return what a status item says of checks and tracks: only what the desk has found or set."""
    found, tracks = of_case(connection, application_id), _tracks(connection, application_id)
    checks = [
        {"code": c.code, "zh": c.zh, "en": c.en, "result": c.result.value, "note": c.note}
        for c in found.checks
        if c.result is not CheckResult.WAITING or c.note
    ]
    statuses = [
        {"track": s.track.value, "state": s.state.value, "owed_by": s.owed_by.value, "note": s.note}
        for s in tracks.values()
    ]
    return {**({"checks": checks} if checks else {}), **({"tracks": statuses} if statuses else {})}


def arrears_separated(connection: Connection, compound_id: str) -> bool:
    """Say whether the compound's developer's arrears are kept apart (证缴分离)."""
    return reference.compounds(connection, [compound_id])[compound_id].arrears_separation


def _tracks(connection: Connection, application_id: str) -> dict[Track, TrackStatus]:
    table = schema.track_statuses.c
    rows = connection.execute(
        select(table.track, table.state, table.owed_by, table.note).where(
            table.application_id == application_id
        )
    )
    return {
        Track(row.track): TrackStatus(Track(row.track), TrackState(row.state), Payer(row.owed_by), row.note)
        for row in rows
    }


def _upsert(connection: Connection, table: Any, key: dict[str, Any], values: dict[str, Any]) -> None:
    keys = [name for name in key if name not in ("actor", "at")]
    given = {"actor": key["actor"], "at": key["at"], **values}
    connection.execute(
        upsert(table).values(**key, **values).on_conflict_do_update(index_elements=keys, set_=given)
    )
