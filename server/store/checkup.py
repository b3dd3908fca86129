"""Do rows and whole pages agree? A page lost behind its row is an alarm, never a silence."""

from __future__ import annotations

import logging
from datetime import datetime

from sqlalchemy import Engine, delete, func, select

from server.store import audit, schema
from server.store.database import transaction
from server.store.page_files import PageStore

log = logging.getLogger("jilai.centre.checkup")


_FEW = 20_000  # pages that are compared before the centre answers; more are compared beside its work
_LOCK = 0x70616765  # any number, the same for every worker
_PREFIXES = tuple(f"{number:02x}" for number in range(256))


def are_few(engine: Engine) -> bool:
    """Say whether there are so few pages that a start may wait for the comparison."""
    with transaction(engine) as connection:
        some = select(schema.page_files.c.digest).limit(_FEW + 1).subquery()
        return connection.execute(select(func.count()).select_from(some)).scalar_one() <= _FEW


def check_pages(engine: Engine, files: PageStore, now: datetime) -> int:
    """Compare names and sizes; stop counting pages whose bytes are gone or of another size; return how many.

    What was acknowledged stays acknowledged in the record, the loss is audited, and windows that ask
    again are told that the page is missing. Rows are read before names: a row's page is always older.
    """
    lost = sum(_check(engine, files, now, prefix) for prefix in _PREFIXES)
    if lost:
        log.critical("pages lost", extra={"fields": {"count": lost}})
    return lost


def _check(engine: Engine, files: PageStore, now: datetime, prefix: str) -> int:
    table = schema.page_files.c
    with transaction(engine) as connection:
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
        rows = connection.execute(
            select(table.digest, table.size).where(table.digest >= prefix, table.digest < prefix + "g")
        ).all()
        if not rows:
            return 0
        held = {found.digest: found.size for found in files.whole(prefix)}
        lost = [row.digest for row in rows if held.get(row.digest) != row.size]
        for digest in lost:
            connection.execute(delete(schema.page_files).where(table.digest == digest))
            audit.append(connection, now, "centre", "page_lost", digest)
    return len(lost)
