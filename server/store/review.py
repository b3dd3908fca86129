"""What reviewers decide: one function for the desk, the command line and the demonstration reviewer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, text, update

from registration.application import CaseState, may_become
from registration.central_checks import CheckResult
from registration.states import Mover, move_of, problems_of_move
from registration.tracks import TrackStatus, holding_back
from server.config import CHINA
from server.errors import RefusedError
from server.store import audit, feed, findings, ledger, schema
from server.store.database import next_value

_SAID = ("items", "reason_zh", "reason_en", "due")  # what only the decision itself says


@dataclass(frozen=True)
class ItemToMend:
    """One row of the checklist that has to be brought again, and why."""

    item_code: str
    zh: str
    en: str


@dataclass(frozen=True)
class Decision:
    """Where a case shall go. `items` for a return, a reason for a rejection, a number for a certificate."""

    state: CaseState
    actor: str  # "reviewer:<id>", "admin", "automatic-demonstration-reviewer"
    items: tuple[ItemToMend, ...] = ()
    reason_zh: str = ""
    reason_en: str = ""
    certificate_number: str = ""
    note: dict[str, Any] = field(default_factory=dict)
    due: str = ""  # of a return: the ISO date until which it has to be mended, "" for no day


def decide(connection: Connection, now: datetime, application_id: str, decision: Decision) -> dict[str, Any]:
    """Carry a decision out and return the status body that the feed carries down.

    The same decision again changes nothing and returns the same status. Acceptance takes the next
    acceptance number (受理编号: division, year, sequence) and the centre's time, which decides ranks;
    only a case whose facts and pages are all here can be accepted.
    Raises RefusedError: unknown_application, decision_forbidden, not_whole, reason_missing, due_wrong,
    number_missing.
    """
    row = _locked(connection, application_id)
    if row.state == decision.state.value:
        return _last_status(connection, application_id)
    _check_decision(connection, row, decision)
    changed: dict[str, Any] = {"state": decision.state.value}
    if decision.state is CaseState.ACCEPTED:
        if row.whole_at is None:
            raise RefusedError(409, "not_whole")
        if row.acceptance_number is None:
            changed["acceptance_number"] = _acceptance_number(connection, row.compound_id, now)
            changed["accepted_at"] = now
    elif decision.state in {CaseState.RETURNED, CaseState.REJECTED, CaseState.WITHDRAWN}:
        if not decision.reason_zh and not (decision.items and decision.state is CaseState.RETURNED):
            raise RefusedError(400, "reason_missing")
        if decision.due and not _is_later_day(decision.due, now):
            raise RefusedError(400, "due_wrong")
    elif decision.state is CaseState.CERTIFICATE_ISSUED:
        if not decision.certificate_number:
            raise RefusedError(400, "number_missing")
        changed["certificate_number"] = decision.certificate_number
    table = schema.applications
    after = connection.execute(
        update(table).where(table.c.id == application_id).values(**changed).returning(table)
    ).one()
    status = _status(connection, after, decision)
    connection.execute(
        insert(schema.history).values(
            application_id=application_id,
            revision=after.revision,
            state=after.state,
            actor=decision.actor,
            details={**status, **decision.note},
            at=now,
        )
    )
    audit.append(
        connection,
        now,
        decision.actor,
        f"case_{after.state}",
        application_id,
        {"revision": after.revision, "acceptance_number": after.acceptance_number},
    )
    feed.append(connection, now, "status", status, feed.device(after.device_id))
    ledger.tell(connection, now, after)
    return status


def _is_later_day(text_of_day: str, now: datetime) -> bool:
    """Say whether a text is an ISO date, of today or later where the county lies."""
    try:
        return date.fromisoformat(text_of_day) >= now.astimezone(CHINA).date()
    except ValueError:
        return False


def _check_decision(connection: Connection, row: Any, decision: Decision) -> None:
    """Refuse a move that is not the desk's, and one that the register or an open track stands against."""
    now, then = CaseState(row.state), decision.state
    paper = {move_of(now, then).paper} if may_become(now, then) else set()
    if problems_of_move(now, then, paper) or move_of(now, then).mover is Mover.WINDOW:
        raise RefusedError(409, "decision_forbidden")
    found = findings.of_case(connection, row.id)
    if then is CaseState.REGISTERED and any(c.result is CheckResult.STOPS for c in found.checks):
        raise RefusedError(409, "check_stops")
    separated = findings.arrears_separated(connection, row.compound_id)
    if then is CaseState.CERTIFICATE_ISSUED and holding_back(found.tracks, arrears_separated=separated):
        raise RefusedError(409, "track_open")


def report(
    connection: Connection,
    now: datetime,
    application_id: str,
    actor: str,
    *,
    checks: Mapping[str, tuple[CheckResult, str]] | None = None,
    tracks: Sequence[TrackStatus] = (),
) -> dict[str, Any]:
    """Keep what the desk found of checks (code -> result, note) and tracks, and tell the window.

    What is so already changes nothing. Returns the status body that the feed carries down.
    Raises RefusedError: unknown_application, unknown_check, track_forbidden.
    """
    row = _locked(connection, application_id)
    changed = findings.put(connection, now, application_id, actor, checks or {}, tracks)
    status = _status(connection, row, Decision(CaseState(row.state), actor))
    if changed:
        audit.append(connection, now, actor, "findings", application_id, {"changed": list(changed)})
        feed.append(connection, now, "status", status, feed.device(row.device_id))
    return status


def announce(connection: Connection, now: datetime, application_id: str, reason: str) -> None:
    """Tell the window the state of a case that was changed by an event, in the caller's transaction."""
    table = schema.applications
    row = connection.execute(select(table).where(table.c.id == application_id)).one()
    decision = Decision(CaseState(row.state), "centre", reason_zh=reason)
    ledger.tell(connection, now, row)
    feed.append(connection, now, "status", _status(connection, row, decision), feed.device(row.device_id))


def status_of(connection: Connection, application_id: str) -> dict[str, Any]:
    """Return the status body of a case as it stands, with what was said when it came to its state.

    Raises RefusedError unknown_application.
    """
    table = schema.applications
    row = connection.execute(select(table).where(table.c.id == application_id)).one_or_none()
    if row is None:
        raise RefusedError(404, "unknown_application")
    said = _last_status(connection, application_id)
    now = _status(connection, row, Decision(CaseState(row.state), "centre"))
    same = said.get("state") == row.state and said.get("revision") == row.revision
    return {**now, **{k: said[k] for k in _SAID if k in said}} if same else now


def _status(connection: Connection, row: Any, decision: Decision) -> dict[str, Any]:
    accepted_at = row.accepted_at
    return {
        "application_id": row.id,
        "revision": row.revision,
        "state": row.state,
        "receipt_number": row.receipt_number,
        "acceptance_number": row.acceptance_number or "",
        "accepted_at": accepted_at.astimezone(CHINA).isoformat(timespec="seconds") if accepted_at else "",
        "items": [{"item_code": item.item_code, "zh": item.zh, "en": item.en} for item in decision.items],
        "reason_zh": decision.reason_zh,
        "reason_en": decision.reason_en or decision.reason_zh,
        **({"due": decision.due} if decision.due else {}),
        "certificate_number": row.certificate_number or "",
        **findings.said(connection, row.id),
    }


def _last_status(connection: Connection, application_id: str) -> dict[str, Any]:
    history = schema.history.c
    details = connection.execute(
        select(history.details)
        .where(history.application_id == application_id)
        .order_by(history.seq.desc())
        .limit(1)
    ).scalar_one()
    return dict(details)


def _acceptance_number(connection: Connection, compound_id: str, now: datetime) -> str:
    division = connection.execute(
        select(schema.compounds.c.division).where(schema.compounds.c.id == compound_id)
    ).scalar_one()
    year = now.astimezone(CHINA).year
    sequence = next_value(connection, f"acceptance:{division}:{year}")
    return f"{division}-{year}-{sequence:06d}"


def ready_for_acceptance(connection: Connection, whole_before: datetime, limit: int = 50) -> Sequence[str]:
    """Return received cases that have been whole since before a time, oldest first.

    What a revoked device or operator handed over is left to a person.
    """
    table = schema.applications.c
    return list(
        connection.execute(
            select(table.id)
            .where(table.state == CaseState.RECEIVED.value, table.whole_at <= whole_before)
            .where(~table.after_revocation)
            .order_by(table.whole_at, table.id)
            .limit(limit)
        ).scalars()
    )


def find(connection: Connection, name: str) -> str:
    """Return the application id for an id, a receipt number or an acceptance number. Raises RefusedError."""
    found = connection.execute(
        text(
            "SELECT id FROM applications WHERE id = :name OR acceptance_number = :name "
            "UNION SELECT application_id FROM receipt_numbers WHERE number = :name"
        ),
        {"name": name},
    ).scalar()
    if found is None:
        raise RefusedError(404, "unknown_application")
    return str(found)


def listing(
    connection: Connection, *, state: str | None = None, limit: int = 100, offset: int = 0
) -> list[dict[str, Any]]:
    """Return cases for a list, newest first: ids, numbers, state, place; no names."""
    rows = connection.execute(
        text(
            "SELECT a.id, a.receipt_number, a.acceptance_number, a.state, a.revision, a.received_at, "
            "a.whole_at, a.after_revocation, c.name AS compound, d.code AS device, "
            "coalesce(concat_ws(' ', h.building, nullif(h.entrance, ''), h.room), '') AS unit "
            "FROM applications a JOIN compounds c ON c.id = a.compound_id "
            "LEFT JOIN households h ON h.id = a.household_id JOIN devices d ON d.id = a.device_id "
            "WHERE CAST(:state AS text) IS NULL OR a.state = :state "
            "ORDER BY a.received_at DESC, a.id LIMIT :limit OFFSET :offset"
        ),
        {"state": state, "limit": limit, "offset": offset},
    )
    return [dict(row._mapping) for row in rows]


def totals(connection: Connection) -> dict[str, int]:
    """Return how many cases are in each state."""
    table = schema.applications.c
    rows = connection.execute(select(table.state, func.count()).group_by(table.state)).all()
    return {row[0]: int(row[1]) for row in rows}


def case(connection: Connection, application_id: str) -> dict[str, Any]:
    """Return everything about one case: the row, its facts, pages with whether they are held, history."""
    row = connection.execute(
        select(schema.applications).where(schema.applications.c.id == application_id)
    ).one_or_none()
    if row is None:
        raise RefusedError(404, "unknown_application")
    of_revision = {"id": application_id, "revision": row.revision}
    facts = connection.execute(
        text(
            "SELECT facts, receipt, session FROM revisions "
            "WHERE application_id = :id AND revision = :revision"
        ),
        of_revision,
    ).one()
    pages = connection.execute(
        text(
            "SELECT p.*, f.digest IS NOT NULL AS held, g.digest IS NOT NULL AS original_held FROM pages p "
            "LEFT JOIN page_files f ON f.digest = p.digest "
            "LEFT JOIN page_files g ON g.digest = p.original_digest "
            "WHERE p.application_id = :id AND p.revision = :revision ORDER BY p.item_code, p.ordinal, p.id"
        ),
        of_revision,
    )
    found = findings.of_case(connection, application_id)
    void = connection.execute(
        select(schema.receipt_numbers.c.void_reason).where(
            schema.receipt_numbers.c.number == row.receipt_number
        )
    ).scalar()
    place = connection.execute(
        text(
            "SELECT c.name, h.address FROM compounds c LEFT JOIN households h ON h.id = :household "
            "WHERE c.id = :compound"
        ),
        {"compound": row.compound_id, "household": row.household_id},
    ).one()
    history = connection.execute(
        select(schema.history)
        .where(schema.history.c.application_id == application_id)
        .order_by(schema.history.c.seq)
    )
    return {
        **row._mapping,
        "facts": facts.facts,
        "receipt": facts.receipt,
        "session": facts.session,
        "checks": found.checks,
        "tracks": found.tracks,
        "void_reason": void or "",
        "property": place.address or place.name,
        "pages": [dict(page._mapping) for page in pages],
        "history": [dict(entry._mapping) for entry in history],
    }


def _locked(connection: Connection, application_id: str) -> Any:
    """Return a case's row, which nobody else may change meanwhile. RefusedError unknown_application."""
    table = schema.applications
    row = connection.execute(
        select(table).where(table.c.id == application_id).with_for_update()
    ).one_or_none()
    if row is None:
        raise RefusedError(404, "unknown_application")
    return row
