"""How a reviewer comes to the desk: a one-time ticket becomes a browser session; no password to lose."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from server.errors import RefusedError
from server.store import audit, schema
from server.store.devices import account_name

_TICKET_VALID = timedelta(minutes=15)
_SESSION_VALID = timedelta(hours=9)
_ROLES = frozenset({"reviewer", "administrator"})


@dataclass(frozen=True)
class Reviewer:
    """Who sits at the desk. `form_key` has to come back with every form of this session."""

    operator_id: str
    name: str
    form_key: str

    @property
    def actor(self) -> str:
        return f"reviewer:{self.operator_id}"


def _hash(secret: str) -> str:
    return hashlib.sha256(b"desk\0" + secret.encode("utf-8", "replace")).hexdigest()


def issue_ticket(
    connection: Connection, now: datetime, account: str, *, actor: str, valid: timedelta = _TICKET_VALID
) -> str:
    """Return a ticket for a reviewer. Raises RefusedError unknown_operator, operator_revoked, forbidden."""
    row = connection.execute(
        select(schema.operators).where(schema.operators.c.account == account_name(account))
    ).one_or_none()
    if row is None:
        raise RefusedError(404, "unknown_operator")
    if not row.active:
        raise RefusedError(403, "operator_revoked")
    if row.role not in _ROLES:
        raise RefusedError(403, "not_a_reviewer")
    ticket = secrets.token_urlsafe(24)
    connection.execute(
        insert(schema.desk_sessions).values(
            ticket_hash=_hash(ticket), operator_id=row.id, issued_at=now, expires_at=now + valid
        )
    )
    audit.append(connection, now, actor, "desk_ticket_issued", row.id)
    return ticket


def open_session(connection: Connection, now: datetime, ticket: str) -> str:
    """Exchange a ticket, once, for a session's secret. Raises RefusedError ticket_invalid."""
    session = secrets.token_urlsafe(32)
    table = schema.desk_sessions
    row = connection.execute(
        update(table)
        .where(table.c.ticket_hash == _hash(ticket), table.c.session_hash.is_(None), table.c.expires_at > now)
        .values(session_hash=_hash(session), opened_at=now, expires_at=now + _SESSION_VALID)
        .returning(table.c.operator_id)
    ).one_or_none()
    if row is None:
        raise RefusedError(403, "ticket_invalid")
    audit.append(connection, now, f"reviewer:{row.operator_id}", "desk_session_opened", row.operator_id)
    return session


def reviewer_of(connection: Connection, now: datetime, session: str) -> Reviewer:
    """Return who a session belongs to. Raises RefusedError desk_closed."""
    table, people = schema.desk_sessions.c, schema.operators.c
    row = connection.execute(
        select(people.id, people.name)
        .select_from(schema.desk_sessions.join(schema.operators))
        .where(table.session_hash == _hash(session), table.expires_at > now)
        .where(people.active, people.role.in_(_ROLES))
    ).one_or_none()
    if row is None:
        raise RefusedError(403, "desk_closed")
    return Reviewer(row.id, row.name, _hash("form\0" + session)[:32])


def close_session(connection: Connection, now: datetime, session: str) -> None:
    """End a session; nothing happens where there is none."""
    table = schema.desk_sessions
    connection.execute(update(table).where(table.c.session_hash == _hash(session)).values(expires_at=now))


def is_own_form(reviewer: Reviewer, sent: str) -> bool:
    """Say whether a form came from a page of this session."""
    return hmac.compare_digest(reviewer.form_key.encode(), sent.encode("utf-8", "replace"))
