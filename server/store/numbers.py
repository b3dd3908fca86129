"""Receipt numbers: runs reserved for one device each, so that a window can count without a network."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from server.errors import RefusedError
from server.store import schema
from sync.contract import NumberBlockFact

_BLOCK = 5000
_RENEW_BELOW = 500
_HIGHEST = 99_999_999  # a receipt number's sequence has at most eight digits

_blocks = schema.number_blocks.c


def reserve_block(connection: Connection, now: datetime, device_id: str) -> NumberBlockFact:
    """Reserve the device's next run. Raises RefusedError numbers_exhausted."""
    last = _highest(connection, device_id)
    if last + _BLOCK > _HIGHEST:
        raise RefusedError(409, "numbers_exhausted")
    block = NumberBlockFact(first=last + 1, last=last + _BLOCK)
    connection.execute(
        insert(schema.number_blocks).values(device_id=device_id, reserved_at=now, **block.model_dump())
    )
    return block


def next_block(connection: Connection, now: datetime, device_id: str, after: int) -> NumberBlockFact:
    """Return the block that follows number `after`, reserving one where there is none yet.

    The same `after` gets the same block again, so a lost answer wastes no numbers.
    """
    _lock_device(connection, device_id)
    row = connection.execute(
        select(_blocks.first, _blocks.last)
        .where(_blocks.device_id == device_id, _blocks.first > after)
        .order_by(_blocks.first)
        .limit(1)
    ).one_or_none()
    if row is not None:
        return NumberBlockFact(first=row.first, last=row.last)
    return reserve_block(connection, now, device_id)


def renew_blocks(
    connection: Connection, now: datetime, used: Mapping[str, int]
) -> dict[str, NumberBlockFact]:
    """Reserve another run for each device whose highest `used` number comes near the end of its last one."""
    ends = connection.execute(
        select(_blocks.device_id, func.max(_blocks.last))
        .where(_blocks.device_id.in_(sorted(used)))
        .group_by(_blocks.device_id)
    )
    near = sorted(device_id for device_id, end in ends if end - used[device_id] < _RENEW_BELOW)
    reserved = {}
    for device_id in near:
        _lock_device(connection, device_id)
        if _highest(connection, device_id) - used[device_id] < _RENEW_BELOW:  # nobody was faster
            with suppress(RefusedError):  # it has used up all numbers; the others' events stay applied
                reserved[device_id] = reserve_block(connection, now, device_id)
    return reserved


def _highest(connection: Connection, device_id: str) -> int:
    found = connection.execute(select(func.max(_blocks.last)).where(_blocks.device_id == device_id)).scalar()
    return int(found or 0)


def _lock_device(connection: Connection, device_id: str) -> None:
    connection.execute(select(schema.devices.c.id).where(schema.devices.c.id == device_id).with_for_update())
