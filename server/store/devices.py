"""Devices and the people who work on them: enrolment codes, keys, rights, nonces, number blocks."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, text, update

from server.errors import RefusedError
from server.keys import CentreKeys
from server.store import audit, feed, schema
from server.store.database import next_value
from server.store.numbers import reserve_block
from sync.contract import EnrolAnswer, EnrolRequest, OperatorFact, b64, key_id, unb64, verify

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_CODE_LETTERS = 12  # 60 bits
_DEVICE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True)
class Device:
    """One enrolled window. `sites` are compound ids that it may serve, None for all."""

    id: str
    code: str
    public_key: bytes
    sites: tuple[str, ...] | None
    revoked: bool

    def may_serve(self, compound_id: str) -> bool:
        return self.sites is None or compound_id in self.sites


@dataclass(frozen=True)
class Caller:
    """Who sent a request: the device that signed it and the operator that it named."""

    device: Device
    operator_id: str
    operator_known: bool
    operator_active: bool


def normal_code(typed: str) -> str:
    """Return an enrolment code as it was issued, however it was typed."""
    kept = "".join(c for c in typed.upper() if c.isalnum())
    return kept.translate(str.maketrans("OIL", "011"))


def _hash(code: str) -> str:
    return hashlib.sha256(b"enrolment-code\0" + normal_code(code).encode("utf-8")).hexdigest()


def issue_code(
    connection: Connection,
    now: datetime,
    *,
    actor: str,
    valid: timedelta = timedelta(days=3),
    sites: Sequence[str] | None = None,
    new_operators: bool = False,
) -> str:
    """Make a one-time enrolment code; it exists in clear only in this answer."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LETTERS))
    code = "-".join(letters[i : i + 4] for i in range(0, _CODE_LETTERS, 4))
    connection.execute(
        insert(schema.enrolment_codes).values(
            code_hash=_hash(code),
            created_at=now,
            expires_at=now + valid,
            sites=None if sites is None else list(sites),
            new_operators=new_operators,
        )
    )
    audit.append(connection, now, actor, "enrolment_code_issued", _hash(code)[:12])
    return code


def enrol(connection: Connection, now: datetime, request: EnrolRequest, keys: CentreKeys) -> EnrolAnswer:
    """Exchange a code for a device. The same key with the same code gets the same answer again.

    Raises RefusedError: bad_request, bad_proof, code_unknown, code_used, code_expired, unknown_operator,
    operator_revoked.
    """
    try:
        public_key = unb64(request.public_key)
    except ValueError:
        raise RefusedError(400, "bad_request") from None
    if not verify(
        public_key, "enrol", {"code": request.code, "public_key": request.public_key}, request.proof
    ):
        raise RefusedError(403, "bad_proof")
    codes = schema.enrolment_codes
    row = connection.execute(
        select(codes).where(codes.c.code_hash == _hash(request.code)).with_for_update()
    ).one_or_none()
    if row is None:
        raise RefusedError(403, "code_unknown")
    if row.used_by_key is not None:
        if row.used_by_key != request.public_key:
            raise RefusedError(409, "code_used")
        answer = EnrolAnswer.model_validate_json(row.answer)
        return answer.model_copy(update={"server_time": now.timestamp()})
    if row.expires_at <= now:
        raise RefusedError(403, "code_expired")
    if connection.execute(
        select(schema.devices.c.id).where(schema.devices.c.public_key == request.public_key)
    ).scalar():
        raise RefusedError(409, "code_used")  # a key belongs to one device for ever
    operator = _operator_for(connection, now, request, may_add=row.new_operators)
    device_id = str(uuid.uuid4())
    device_code = _device_code(next_value(connection, "device"))
    connection.execute(
        insert(schema.devices).values(
            id=device_id,
            code=device_code,
            name=request.device_name[:200],
            public_key=request.public_key,
            sites=row.sites,
            status="active",
            operator_id=operator.id,
            enrolled_at=now,
        )
    )
    block = reserve_block(connection, now, device_id)
    answer = EnrolAnswer(
        device_id=device_id,
        device_code=device_code,
        operator=operator,
        server_key=keys.signing_public,
        recovery_key=keys.recovery_public,
        number_block=block,
        server_time=now.timestamp(),
    )
    connection.execute(
        update(codes)
        .where(codes.c.code_hash == row.code_hash)
        .values(used_by_key=request.public_key, device_id=device_id, answer=answer.model_dump_json())
    )
    audit.append(connection, now, f"device:{device_id}", "enrolled", device_code, {"operator": operator.id})
    feed.append(connection, now, "device_key", _key_body(public_key, device_code, "active"))
    return answer


def _key_body(public_key: bytes, device_code: str, status: str) -> dict[str, Any]:
    return {
        "key_id": key_id(public_key),
        "public_key": b64(public_key),
        "device_code": device_code,
        "status": status,
    }


def _operator_for(
    connection: Connection, now: datetime, request: EnrolRequest, *, may_add: bool
) -> OperatorFact:
    row = connection.execute(
        select(schema.operators).where(schema.operators.c.account == account_name(request.operator_account))
    ).one_or_none()
    if row is None:
        if not may_add or not request.operator_account.strip() or not request.operator_name.strip():
            raise RefusedError(403, "unknown_operator")
        return add_operator(connection, now, request.operator_account, request.operator_name, "operator")
    if not row.active or (row.valid_until is not None and row.valid_until <= now):
        raise RefusedError(403, "operator_revoked")
    return fact_of(row)


def fact_of(row: Any) -> OperatorFact:
    """Return a row of `operators` as the windows learn it."""
    until = "" if row.valid_until is None else row.valid_until.isoformat()
    return OperatorFact(
        id=row.id, account=row.account, name=row.name, role=row.role, active=row.active, valid_until=until
    )


def account_name(typed: str) -> str:
    """Return an account as it is stored: people type it in any case."""
    return typed.strip().casefold()


def add_operator(
    connection: Connection,
    now: datetime,
    account: str,
    name: str,
    role: str,
    *,
    operator_id: str | None = None,
    until: datetime | None = None,
) -> OperatorFact:
    """Add a person, with rights until then (None: on no day), and tell every device.

    Raises IntegrityError when the account exists.
    """
    row = connection.execute(
        insert(schema.operators)
        .values(
            id=operator_id or str(uuid.uuid4()),
            account=account_name(account),
            name=name.strip(),
            role=role,
            active=True,
            valid_until=until,
            created_at=now,
        )
        .returning(schema.operators)
    ).one()
    fact = fact_of(row)
    audit.append(connection, now, "centre", "operator_added", fact.id, {"role": role})
    feed.append(connection, now, "operator", fact.model_dump())
    return fact


def set_operator_active(
    connection: Connection, now: datetime, account: str, active: bool, *, actor: str
) -> None:
    """Give or take a person's rights and tell every device. Raises RefusedError unknown_operator."""
    row = connection.execute(
        update(schema.operators)
        .where(schema.operators.c.account == account_name(account))
        .values(active=active)
        .returning(schema.operators)
    ).one_or_none()
    if row is None:
        raise RefusedError(404, "unknown_operator")
    audit.append(connection, now, actor, "operator_active" if active else "operator_revoked", row.id)
    feed.append(connection, now, "operator", fact_of(row).model_dump())


def revoke_device(connection: Connection, now: datetime, device_code: str, *, actor: str) -> None:
    """Revoke a device and tell the others to distrust its key. Raises RefusedError unknown_device."""
    row = connection.execute(
        update(schema.devices)
        .where(schema.devices.c.code == device_code)
        .values(status="revoked", revoked_at=func.coalesce(schema.devices.c.revoked_at, now))
        .returning(schema.devices)
    ).one_or_none()
    if row is None:
        raise RefusedError(404, "unknown_device")
    audit.append(connection, now, actor, "device_revoked", device_code)
    feed.append(connection, now, "device_key", _key_body(unb64(row.public_key), row.code, "revoked"))


def _device_code(count: int) -> str:
    """Return the count-th device code: A01 to A99, B01, ..., Z99, then AA01."""
    letters, number = divmod(count - 1, 99)
    text_code = ""
    letters += 1
    while letters:
        letters, index = divmod(letters - 1, len(_DEVICE_LETTERS))
        text_code = _DEVICE_LETTERS[index] + text_code
    return f"{text_code}{number + 1:02d}"


def find_caller(connection: Connection, now: datetime, device_id: str, operator_id: str) -> Caller | None:
    """Return the device and the standing of the operator that a token names; None for an unknown device."""
    return find_callers(connection, now, {(device_id, operator_id)}).get((device_id, operator_id))


def find_callers(
    connection: Connection, now: datetime, named: Collection[tuple[str, str]]
) -> dict[tuple[str, str], Caller]:
    """Return, for pairs of device and operator, the callers whose device is known.

    An operator is active who was not revoked and whose last day has not passed.
    """
    pairs = sorted(named)
    rows = connection.execute(
        text(
            "SELECT n.operator, d.id, d.code, d.public_key, d.sites, d.status, "
            "o.active AND (o.valid_until IS NULL OR o.valid_until > :now) AS active "
            "FROM unnest(CAST(:devices AS text[]), CAST(:operators AS text[])) AS n (device, operator) "
            "JOIN devices d ON d.id = n.device LEFT JOIN operators o ON o.id = n.operator"
        ),
        {"devices": [pair[0] for pair in pairs], "operators": [pair[1] for pair in pairs], "now": now},
    )
    return {(row.id, row.operator): _caller(row) for row in rows}


def _caller(found: Any) -> Caller:
    sites = None if found.sites is None else tuple(found.sites)
    device = Device(found.id, found.code, unb64(found.public_key), sites, found.status == "revoked")
    return Caller(device, found.operator, found.active is not None, bool(found.active))


def use_nonces(
    connection: Connection, nonces: Collection[tuple[str, str]], expires_at: datetime
) -> set[tuple[str, str]]:
    """Record nonces of devices and return those that were not used before."""
    if not nonces:
        return set()
    pairs = sorted(set(nonces))  # in one order for everybody: two transactions never wait for each other
    rows = connection.execute(
        text(
            "INSERT INTO nonces (device_id, nonce, expires_at) SELECT n.device, n.nonce, :expires_at "
            "FROM unnest(CAST(:devices AS text[]), CAST(:nonces AS text[])) AS n (device, nonce) "
            "ON CONFLICT DO NOTHING RETURNING device_id, nonce"
        ),
        {
            "devices": [pair[0] for pair in pairs],
            "nonces": [pair[1] for pair in pairs],
            "expires_at": expires_at,
        },
    )
    return {(row.device_id, row.nonce) for row in rows}


def forget_nonces(connection: Connection, now: datetime) -> None:
    """Drop the nonces whose tokens have expired."""
    connection.execute(delete(schema.nonces).where(schema.nonces.c.expires_at < now))
