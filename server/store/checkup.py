"""At each start: do rows and page files agree? A file lost behind a row is an alarm, never a silence."""

from __future__ import annotations

import logging
from datetime import datetime

from sqlalchemy import Engine, delete, select

from server.store import audit, schema
from server.store.database import transaction
from server.store.page_files import PageFiles

log = logging.getLogger("jilai.centre.checkup")


def check_pages(engine: Engine, files: PageFiles, now: datetime) -> int:
    """Compare names and sizes; stop counting pages whose file is gone or has another size; return how many.

    What was acknowledged stays acknowledged in the record, the loss is audited, and windows that ask
    again are told that the page is missing.
    """
    on_disk = {held.digest: held.size for held in files.whole()}
    with transaction(engine) as connection:
        rows = connection.execute(select(schema.page_files.c.digest, schema.page_files.c.size)).all()
        lost = [row.digest for row in rows if on_disk.get(row.digest) != row.size]
        for digest in lost:
            connection.execute(delete(schema.page_files).where(schema.page_files.c.digest == digest))
            audit.append(connection, now, "centre", "page_lost", digest)
    if lost:
        log.critical("pages lost", extra={"fields": {"count": len(lost)}})
    return len(lost)
