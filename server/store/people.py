"""The people of the centre: who they are, what they may do, and what only an administrator may change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, get_args

from sqlalchemy import Connection, func, select, text, update

from server.config import CHINA
from server.errors import RefusedError
from server.store import audit, desk_sessions, devices, feed, schema
from sync.contract import OperatorFact

ROLES: tuple[str, ...] = get_args(OperatorFact.model_fields["role"].annotation)
_ADMINISTRATOR = "administrator"


def listing(connection: Connection) -> list[dict[str, Any]]:
    """Return everybody by name: id, account, name, role, active, valid_until, has_password."""
    rows = connection.execute(
        text(
            "SELECT o.id, o.account, o.name, o.role, o.active, o.valid_until, "
            "p.operator_id IS NOT NULL AS has_password "
            "FROM operators o LEFT JOIN passwords p ON p.operator_id = o.id ORDER BY o.name, o.account"
        )
    )
    return [dict(row._mapping) for row in rows]


def end_of(day: str, now: datetime) -> datetime | None:
    """Return when a day in China ends, None for "". Raises RefusedError until_wrong, for a past day too."""
    if not day:
        return None
    try:
        last = date.fromisoformat(day)
        if last < now.astimezone(CHINA).date():
            raise RefusedError(400, "until_wrong")
        return datetime.combine(last + timedelta(days=1), time(), CHINA).astimezone(UTC)
    except (ValueError, OverflowError):
        raise RefusedError(400, "until_wrong") from None


def last_day(until: datetime | None) -> str:
    """Return the last day in China on which somebody has rights, ISO 8601; "" for no end."""
    return "" if until is None else (until - timedelta(microseconds=1)).astimezone(CHINA).date().isoformat()


def add(
    connection: Connection, now: datetime, account: str, name: str, role: str, *, actor: str, until: str = ""
) -> OperatorFact:
    """Add a person, with rights to the end of the day `until` ("": no end).

    Raises RefusedError account_taken, bad_request, until_wrong.
    """
    if role not in ROLES or not account.strip() or not name.strip():
        raise RefusedError(400, "bad_request")
    taken = select(schema.operators.c.id).where(schema.operators.c.account == devices.account_name(account))
    if connection.execute(taken).scalar() is not None:
        raise RefusedError(409, "account_taken")
    end = end_of(until, now)
    fact = devices.add_operator(connection, now, account[:100], name[:100], role, until=end)
    audit.append(connection, now, actor, "person_added", fact.id, {"role": role, "until": until})
    return fact


def set_active(connection: Connection, now: datetime, operator_id: str, active: bool, *, actor: str) -> None:
    """Take or give back a person's rights; who is stopped leaves the desk at once.

    Raises RefusedError unknown_operator, last_administrator (which is also: oneself).
    """
    row = _of(connection, operator_id)
    if not active:
        _keep_an_administrator(connection, row, actor)
        _end_sessions(connection, now, operator_id)
    devices.set_operator_active(connection, now, row.account, active, actor=actor)


def set_role(connection: Connection, now: datetime, operator_id: str, role: str, *, actor: str) -> None:
    """Give a person another role, from the next sign-in on.

    Raises RefusedError unknown_operator, bad_request, last_administrator.
    """
    row = _of(connection, operator_id)
    if role not in ROLES:
        raise RefusedError(400, "bad_request")
    if role == row.role:
        return
    _keep_an_administrator(connection, row, actor)
    table = schema.operators
    changed = connection.execute(
        update(table).where(table.c.id == operator_id).values(role=role).returning(table)
    ).one()
    _end_sessions(connection, now, operator_id)
    audit.append(connection, now, actor, "role_changed", operator_id, {"from": row.role, "to": role})
    feed.append(connection, now, "operator", devices.fact_of(changed).model_dump())


def set_until(connection: Connection, now: datetime, operator_id: str, day: str, *, actor: str) -> None:
    """Let a person's rights end with a day in China, "" for on no day, and tell every window.

    Raises RefusedError unknown_operator, until_wrong, last_administrator (which is also: oneself).
    """
    row, until = _of(connection, operator_id), end_of(day, now)
    if until == row.valid_until:
        return
    if until is not None:
        _keep_an_administrator(connection, row, actor)
    table = schema.operators
    changed = connection.execute(
        update(table).where(table.c.id == operator_id).values(valid_until=until).returning(table)
    ).one()
    audit.append(connection, now, actor, "rights_until", operator_id, {"until": day})
    feed.append(connection, now, "operator", devices.fact_of(changed).model_dump())


def password_link(connection: Connection, now: datetime, operator_id: str, *, actor: str) -> str:
    """Return the path of a one-time link to choose a password. Raises as `desk_sessions.issue_ticket`."""
    row = _of(connection, operator_id)
    ticket = desk_sessions.issue_ticket(connection, now, row.account, actor=actor, for_password=True)
    return f"/desk/password?ticket={ticket}"


def id_of(connection: Connection, account: str) -> str:
    """Return the id behind an account. Raises RefusedError unknown_operator."""
    people = schema.operators.c
    found = connection.execute(
        select(people.id).where(people.account == devices.account_name(account))
    ).scalar()
    if found is None:
        raise RefusedError(404, "unknown_operator")
    return str(found)


def _of(connection: Connection, operator_id: str) -> Any:
    table = schema.operators
    row = connection.execute(select(table).where(table.c.id == operator_id).with_for_update()).one_or_none()
    if row is None:
        raise RefusedError(404, "unknown_operator")
    return row


def _keep_an_administrator(connection: Connection, row: Any, actor: str) -> None:
    """Nobody locks themselves out, and somebody can always configure. Raises last_administrator."""
    if row.role != _ADMINISTRATOR:
        return
    people = schema.operators.c
    others = connection.execute(
        select(func.count()).where(
            people.role == _ADMINISTRATOR,
            people.active,
            people.valid_until.is_(None),  # whose rights end cannot be counted on
            people.id != row.id,
        )
    ).scalar_one()
    if not others or actor == f"{_ADMINISTRATOR}:{row.id}":
        raise RefusedError(409, "last_administrator")


def _end_sessions(connection: Connection, now: datetime, operator_id: str) -> None:
    table = schema.desk_sessions
    connection.execute(
        update(table)
        .where(table.c.operator_id == operator_id, table.c.expires_at > now)
        .values(expires_at=now)
    )
