"""How a person comes to the desk: by a one-time link or a password, into a session that ends by itself."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, insert, select, update

from server.errors import RefusedError
from server.store import audit, passwords, schema
from server.store.devices import account_name

_TICKET_VALID = timedelta(minutes=15)
_PASSWORD_LINK_VALID = timedelta(hours=24)
_SESSION_VALID = timedelta(hours=9)
_IDLE = timedelta(minutes=30)
_SEEN_EVERY = timedelta(seconds=30)  # a write for every look would be one too many
ROLES = frozenset({"reviewer", "auditor", "administrator"})


@dataclass(frozen=True)
class Reviewer:
    """Who sits at the desk. `form_key` has to come back with every form of this session."""

    operator_id: str
    name: str
    form_key: str
    role: str = "reviewer"

    @property
    def actor(self) -> str:
        return f"{self.role}:{self.operator_id}"

    @property
    def may_see_cases(self) -> bool:
        return self.role in {"reviewer", "auditor"}

    @property
    def may_decide(self) -> bool:
        return self.role == "reviewer"

    @property
    def may_configure(self) -> bool:
        return self.role == "administrator"

    @property
    def may_audit(self) -> bool:
        return self.role in {"auditor", "administrator"}


def _hash(secret: str) -> str:
    return hashlib.sha256(b"desk\0" + secret.encode("utf-8", "replace")).hexdigest()


def has_rights(now: datetime) -> ColumnElement[bool]:
    """The condition on `operators` that the day set for a person's rights has not passed."""
    until = schema.operators.c.valid_until
    return until.is_(None) | (until > now)


def issue_ticket(
    connection: Connection,
    now: datetime,
    account: str,
    *,
    actor: str,
    valid: timedelta | None = None,
    for_password: bool = False,
) -> str:
    """Return a ticket: into the desk, or only to where a password is chosen.

    Raises RefusedError unknown_operator, operator_revoked, not_a_reviewer.
    """
    row = connection.execute(
        select(schema.operators).where(schema.operators.c.account == account_name(account))
    ).one_or_none()
    if row is None:
        raise RefusedError(404, "unknown_operator")
    if not row.active or (row.valid_until is not None and row.valid_until <= now):
        raise RefusedError(403, "operator_revoked")
    if row.role not in ROLES:
        raise RefusedError(403, "not_a_reviewer")
    ticket = secrets.token_urlsafe(24)
    usual = _PASSWORD_LINK_VALID if for_password else _TICKET_VALID
    connection.execute(
        insert(schema.desk_sessions).values(
            ticket_hash=_hash(ticket),
            operator_id=row.id,
            issued_at=now,
            expires_at=now + (usual if valid is None else valid),
            for_password=for_password,
        )
    )
    action = "password_link_issued" if for_password else "desk_ticket_issued"
    audit.append(connection, now, actor, action, row.id)
    return ticket


def open_session(connection: Connection, now: datetime, ticket: str) -> str:
    """Exchange a ticket, once, for a session's secret. Raises RefusedError ticket_invalid."""
    return _exchange(connection, now, ticket, for_password=False)[1]


def choose_password(connection: Connection, now: datetime, ticket: str, password: str) -> str:
    """Set the password of a link's owner, end their other sessions, and return a session's secret.

    A password that is refused leaves the link good. Raises RefusedError ticket_invalid, password_short,
    password_common.
    """
    operator_id, session = _exchange(connection, now, ticket, for_password=True)
    passwords.set_password(connection, now, operator_id, password)
    table = schema.desk_sessions
    connection.execute(
        update(table)
        .where(table.c.operator_id == operator_id, table.c.session_hash != _hash(session))
        .where(table.c.expires_at > now)
        .values(expires_at=now)
    )
    return session


def sign_in(connection: Connection, now: datetime, operator_id: str) -> str:
    """Open a session for a person who has shown the password; return its secret. RefusedError forbidden."""
    people = schema.operators.c
    role = connection.execute(
        select(people.role).where(people.id == operator_id, people.active, has_rights(now))
    ).scalar()
    if role not in ROLES:
        raise RefusedError(403, "not_a_reviewer")
    session = secrets.token_urlsafe(32)
    connection.execute(
        insert(schema.desk_sessions).values(
            ticket_hash=_hash(secrets.token_urlsafe(24)),  # a ticket that nobody ever had
            operator_id=operator_id,
            issued_at=now,
            expires_at=now + _SESSION_VALID,
            session_hash=_hash(session),
            opened_at=now,
            seen_at=now,
        )
    )
    audit.append(connection, now, f"{role}:{operator_id}", "signed_in", operator_id)
    return session


def _exchange(connection: Connection, now: datetime, ticket: str, *, for_password: bool) -> tuple[str, str]:
    session = secrets.token_urlsafe(32)
    table = schema.desk_sessions
    row = connection.execute(
        update(table)
        .where(table.c.ticket_hash == _hash(ticket), table.c.session_hash.is_(None), table.c.expires_at > now)
        .where(table.c.for_password == for_password)
        .values(session_hash=_hash(session), opened_at=now, seen_at=now, expires_at=now + _SESSION_VALID)
        .returning(table.c.operator_id)
    ).one_or_none()
    if row is None:
        raise RefusedError(403, "ticket_invalid")
    people = schema.operators.c
    role = connection.execute(select(people.role).where(people.id == row.operator_id)).scalar_one()
    audit.append(connection, now, f"{role}:{row.operator_id}", "desk_session_opened", row.operator_id)
    return row.operator_id, session


def is_good_link(connection: Connection, now: datetime, ticket: str) -> bool:
    """Say whether a link to choose a password still works."""
    table = schema.desk_sessions.c
    return (
        connection.execute(
            select(table.operator_id).where(
                table.ticket_hash == _hash(ticket),
                table.for_password,
                table.session_hash.is_(None),
                table.expires_at > now,
            )
        ).scalar()
        is not None
    )


def reviewer_of(connection: Connection, now: datetime, session: str) -> Reviewer:
    """Return who a session belongs to, and note that it is used. Raises RefusedError desk_closed."""
    table, people = schema.desk_sessions.c, schema.operators.c
    row = connection.execute(
        select(people.id, people.name, people.role, table.seen_at, table.opened_at)
        .select_from(schema.desk_sessions.join(schema.operators))
        .where(table.session_hash == _hash(session), table.expires_at > now)
        .where(people.active, has_rights(now), people.role.in_(ROLES))
    ).one_or_none()
    if row is None:
        raise RefusedError(403, "desk_closed")
    seen: datetime = row.seen_at or row.opened_at
    if seen < now - _IDLE:
        raise RefusedError(403, "desk_closed")
    if seen < now - _SEEN_EVERY:
        own = schema.desk_sessions
        connection.execute(update(own).where(table.session_hash == _hash(session)).values(seen_at=now))
    return Reviewer(row.id, row.name, _hash("form\0" + session)[:32], row.role)


def close_session(connection: Connection, now: datetime, session: str) -> None:
    """End a session; nothing happens where there is none."""
    table = schema.desk_sessions
    connection.execute(update(table).where(table.c.session_hash == _hash(session)).values(expires_at=now))


def is_own_form(reviewer: Reviewer, sent: str) -> bool:
    """Say whether a form came from a page of this session."""
    return hmac.compare_digest(reviewer.form_key.encode(), sent.encode("utf-8", "replace"))
