"""Passwords for the desk: Argon2id, chosen by their owner behind a one-time link, guessed at only slowly."""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, delete, select, text
from sqlalchemy.dialects.postgresql import insert as upsert

from server.errors import RefusedError
from server.store import audit, schema
from server.store.devices import account_name
from server.store.schema_people import passwords, sign_in_failures

SHORTEST = 12
_LONGEST = 128
_FREE_TRIES = 5
_LONGEST_WAIT = timedelta(minutes=15)
_FORGOTTEN_AFTER = timedelta(days=1)
# OWASP Password Storage Cheat Sheet: Argon2id with at least 19 MiB and 2 passes.
_HASHER = PasswordHasher(time_cost=2, memory_cost=32 * 1024, parallelism=1)
_AT_ONCE = threading.BoundedSemaphore(2)  # each takes 32 MiB and a processor: guessing must not stop the rest
_PATIENCE = 10.0  # seconds
_NOBODYS = _HASHER.hash(secrets.token_urlsafe(16))  # so that an unknown account takes as long as a known one
_COMMON = (
    "password",
    "123456",
    "qwerty",
    "abc123",
    "letmein",
    "admin",
    "jilai",
    "111111",
    "000000",
    "iloveyou",
)


def check_choice(account: str, password: str) -> None:
    """Refuse a password that is soon guessed. Raises RefusedError password_short, password_common.

    NIST SP 800-63B section 5.1.1.2: length counts, no rules on kinds of characters.
    """
    if not SHORTEST <= len(password) <= _LONGEST:
        raise RefusedError(400, "password_short")
    folded = password.casefold()
    rest = folded
    for word in (*_COMMON, account_name(account)):
        rest = rest.replace(word, "")
    if len(rest) < 6 or len(set(folded)) < 5:
        raise RefusedError(400, "password_common")


def set_password(connection: Connection, now: datetime, operator_id: str, password: str) -> None:
    """Keep a person's password, in place of the one before; their failures are forgotten.

    Raises RefusedError password_short, password_common.
    """
    people = schema.operators.c
    account, role = connection.execute(
        select(people.account, people.role).where(people.id == operator_id)
    ).one()
    check_choice(account, password)
    with _at_once():
        hashed = _HASHER.hash(password)
    given = {"hash": hashed, "set_at": now}
    connection.execute(
        upsert(passwords)
        .values(operator_id=operator_id, **given)
        .on_conflict_do_update(index_elements=["operator_id"], set_=given)
    )
    connection.execute(delete(sign_in_failures).where(sign_in_failures.c.account_hash == _hash(account)))
    audit.append(connection, now, f"{role}:{operator_id}", "password_set", operator_id)


def begin_try(connection: Connection, now: datetime, account: str) -> timedelta:
    """Count a try at an account, known or not, and return zero; or how long nobody may try it.

    A few tries are free, then the pause doubles with each. It is counted before anything is compared, one
    after the other, so that many at once are no way round; `forget_failures` takes it back after a success.
    """
    table = sign_in_failures
    name = _hash(account)
    connection.execute(
        text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": f"sign-in {name}"}
    )
    row = connection.execute(select(table).where(table.c.account_hash == name)).one_or_none()
    if row is not None and row.times >= _FREE_TRIES:
        pause = min(timedelta(seconds=15) * 2 ** min(row.times - _FREE_TRIES, 10), _LONGEST_WAIT)
        left: timedelta = row.last_at + pause - now
        if left > timedelta():
            return left
    connection.execute(delete(table).where(table.c.last_at < now - _FORGOTTEN_AFTER))
    connection.execute(
        upsert(table)
        .values(account_hash=name, times=1, last_at=now)
        .on_conflict_do_update(
            index_elements=["account_hash"], set_={"times": table.c.times + 1, "last_at": now}
        )
    )
    return timedelta()


def hash_of(connection: Connection, account: str) -> tuple[str, str] | None:
    """Return the id of the active person of an account, and the hash of the password; None for nobody."""
    people = schema.operators.c
    row = connection.execute(
        select(people.id, passwords.c.hash)
        .select_from(schema.operators.join(passwords))
        .where(people.account == account_name(account), people.active)
    ).one_or_none()
    return None if row is None else (row.id, row.hash)


def is_right(kept: tuple[str, str] | None, password: str) -> bool:
    """Compare a password, as long for nobody as for somebody; holds no connection. RefusedError too_busy."""
    with _at_once():
        try:
            _HASHER.verify(_NOBODYS if kept is None else kept[1], password[: _LONGEST + 1])
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None


def forget_failures(connection: Connection, account: str) -> None:
    """Begin anew after a right password."""
    connection.execute(delete(sign_in_failures).where(sign_in_failures.c.account_hash == _hash(account)))


@contextmanager
def _at_once() -> Iterator[None]:
    """Wait a little for a place among the few that may hash. Raises RefusedError too_busy."""
    if not _AT_ONCE.acquire(timeout=_PATIENCE):
        raise RefusedError(503, "too_busy", headers={"Retry-After": "5"})
    try:
        yield
    finally:
        _AT_ONCE.release()


def trace_of(account: str) -> str:
    """Return what the audit calls an account that nobody proved to be theirs: people type passwords there."""
    return _hash(account)[:16]


def _hash(account: str) -> str:
    return hashlib.sha256(b"account\0" + account_name(account)[:200].encode("utf-8", "replace")).hexdigest()
