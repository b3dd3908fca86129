"""Evidence that a certificate was issued: a scan or a document, kept with the pages and never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert as upsert

from server.errors import RefusedError
from server.store import audit, schema
from server.store.page_files import LockedElsewhereError, PageStore
from server.store.schema_people import evidence
from sync.contract import Digest, sha256_hex

MOST_BYTES = 10 * 1024 * 1024
_KINDS = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)


@dataclass(frozen=True)
class Kept:
    """A file whose bytes are safe in the page store."""

    digest: Digest
    media_type: str
    size: int


def keep(files: PageStore, data: bytes) -> Kept:
    """Put a file among the pages and return when it is safe there; no database is touched.

    Raises RefusedError too_large, evidence_kind (neither PDF nor JPEG nor PNG), locked (try again).
    """
    if len(data) > MOST_BYTES:
        raise RefusedError(413, "too_large")
    kind = next((name for start, name in _KINDS if data.startswith(start)), None)
    if kind is None:
        raise RefusedError(400, "evidence_kind")
    digest = sha256_hex(data)
    if not files.has(digest, len(data)):
        files.begin(digest)
        try:
            with files.writing(digest) as part:
                part.cut(0)
                part.append(data)
                part.sync()
        except LockedElsewhereError:
            raise RefusedError(409, "locked") from None
        files.finish(digest)
    return Kept(digest, kind, len(data))


def attach(connection: Connection, now: datetime, application_id: str, kept: Kept, actor: str) -> None:
    """Say of which case a kept file is evidence; a repeat changes nothing. Raises unknown_application."""
    cases = schema.applications.c
    if connection.execute(select(cases.id).where(cases.id == application_id)).scalar() is None:
        raise RefusedError(404, "unknown_application")
    connection.execute(
        upsert(schema.page_files)
        .values(digest=kept.digest, size=kept.size, held_at=now)
        .on_conflict_do_nothing()
    )
    new = connection.execute(
        upsert(evidence)
        .values(
            application_id=application_id,
            digest=kept.digest,
            media_type=kept.media_type,
            size=kept.size,
            actor=actor,
            at=now,
        )
        .on_conflict_do_nothing()
        .returning(evidence.c.digest)
    ).scalar()
    if new is not None:
        audit.append(connection, now, actor, "evidence_added", application_id, {"digest": kept.digest})


def of_case(connection: Connection, application_id: str) -> list[dict[str, Any]]:
    """Return the evidence of a case, oldest first: digest, media_type, size, actor, at."""
    found = connection.execute(
        select(evidence).where(evidence.c.application_id == application_id).order_by(evidence.c.at)
    )
    return [dict(row._mapping) for row in found]
