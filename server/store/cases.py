"""One case for a window that carries it: its newest revision, its pages, what the desk said of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from server.config import CHINA
from server.errors import RefusedError
from server.store import acknowledgements, audit, review, schema
from server.store.devices import Device
from sync.contract import PageFact
from sync.contract.cases import CaseFact


def case_for(connection: Connection, now: datetime, device: Device, application_id: str) -> CaseFact:
    """Return a case to a device that has delivered it or may serve its compound; the look is audited.

    Raises RefusedError unknown_application, also where the device has no right to it.
    """
    cases, sent = schema.applications.c, schema.revisions.c
    row = connection.execute(
        select(cases.revision, cases.compound_id, cases.receipt_number).where(cases.id == application_id)
    ).one_or_none()
    own = bool(acknowledgements.of_device(connection, device.id, [application_id]))
    if row is None or not (own or device.may_serve(row.compound_id)):
        raise RefusedError(404, "unknown_application")
    revision = connection.execute(
        select(sent.facts, sent.submitted_at, sent.received_at, schema.devices.c.code)
        .select_from(schema.revisions.join(schema.devices, schema.devices.c.id == sent.device_id))
        .where(sent.application_id == application_id, sent.revision == row.revision)
    ).one()
    details = {"revision": row.revision, "device": device.code}
    audit.append(connection, now, f"device:{device.id}", "case_read", application_id, details)
    return CaseFact(
        application_id=application_id,
        revision=row.revision,
        device_code=revision.code,
        receipt_number=row.receipt_number,
        submitted_at=revision.submitted_at,
        received_at=revision.received_at.astimezone(CHINA).isoformat(timespec="seconds"),
        application=revision.facts,
        pages=_pages(connection, application_id, row.revision),
        status=review.status_of(connection, application_id),
        server_time=now.timestamp(),
    )


def _pages(connection: Connection, application_id: str, revision: int) -> list[PageFact]:
    pages = schema.pages
    found = connection.execute(
        select(pages)
        .where(pages.c.application_id == application_id, pages.c.revision == revision)
        .order_by(pages.c.item_code, pages.c.ordinal, pages.c.id)
    )
    rows: list[dict[str, Any]] = [dict(row._mapping) for row in found]
    return [PageFact.model_validate(row) for row in rows]
