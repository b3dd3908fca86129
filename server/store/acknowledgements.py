"""Signed acknowledgements: made once per revision, only when its facts and all its pages are held."""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, and_, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert

from server.store import audit, schema
from sync.contract import Acknowledgement, AckStatement, Digest, canonical, sign


@dataclass(frozen=True)
class Announced:
    """A page that some application of a device refers to."""

    digest: Digest
    size: int
    held: bool  # the centre has it whole


def announced(
    connection: Connection, wanted: Collection[tuple[str, Digest]]
) -> dict[tuple[str, Digest], Announced]:
    """Return, of pairs of device and digest, the pages that an event of that device named.

    Access ends there: what is not named by a device's own events is not there for it.
    """
    pairs = sorted(set(wanted))
    rows = connection.execute(
        _ANNOUNCED, {"devices": [pair[0] for pair in pairs], "digests": [pair[1] for pair in pairs]}
    )
    return {(row.device, row.digest): Announced(row.digest, int(row.size), row.held) for row in rows}


_ANNOUNCED = text(
    "SELECT w.device, w.digest, n.size, EXISTS (SELECT FROM page_files f WHERE f.digest = w.digest) AS held "
    "FROM unnest(CAST(:devices AS text[]), CAST(:digests AS text[])) AS w (device, digest) "
    "CROSS JOIN LATERAL (SELECT n.size FROM page_needs n WHERE n.digest = w.digest AND ("
    "EXISTS (SELECT FROM senders s WHERE s.application_id = n.application_id AND s.device_id = w.device) "
    "OR EXISTS (SELECT FROM facts t WHERE t.id = n.application_id AND t.device_id = w.device)"
    ") LIMIT 1) AS n"
)


def pages_held(
    connection: Connection, now: datetime, key: Ed25519PrivateKey, pages: Sequence[Announced]
) -> None:
    """Count pages that are on the disk, and acknowledge every application that waited only for them."""
    rows = [{"digest": page.digest, "size": page.size, "held_at": now} for page in _each_once(pages)]
    connection.execute(upsert(schema.page_files).on_conflict_do_nothing(), rows)
    needs = schema.page_needs.c
    waiting = connection.execute(
        select(needs.application_id)
        .where(needs.digest.in_([row["digest"] for row in rows]))
        .distinct()
        .order_by(needs.application_id)
    ).scalars()
    acknowledge_whole(connection, now, key, list(waiting))


def _each_once(pages: Sequence[Announced]) -> list[Announced]:
    """Return the pages by digest, in one order for everybody: two transactions never wait for each other."""
    return [page for _, page in sorted({page.digest: page for page in pages}.items())]


def acknowledge_whole(
    connection: Connection, now: datetime, key: Ed25519PrivateKey, application_ids: Sequence[str]
) -> None:
    """Acknowledge those that are whole and were not yet.

    Asked again by whoever looks, because a page shared by two applications may arrive while the event of
    the second is being committed, and then neither transaction sees the other's half.
    """
    applications = schema.applications.c
    waiting = select(applications.id).where(
        applications.id.in_(application_ids), applications.whole_at.is_(None)
    )
    ids = list(connection.execute(waiting).scalars())
    if not ids:
        return
    lacking = missing(connection, ids)
    whole = sorted(set(ids) - set(lacking))
    if not whole:
        return
    lock_applications(connection, whole)
    for application_id in whole:
        _acknowledge(connection, now, key, application_id)


def lock_applications(connection: Connection, application_ids: Iterable[str]) -> None:
    """Lock applications, known or not yet, until the transaction ends; in one order for everybody."""
    keys = {zlib.crc32(name.encode("utf-8", "backslashreplace")) - (1 << 31) for name in application_ids}
    for key in sorted(keys):
        connection.execute(text("SELECT pg_advisory_xact_lock(1, :key)"), {"key": key})


def _acknowledge(connection: Connection, now: datetime, key: Ed25519PrivateKey, application_id: str) -> None:
    """Sign the current revision if it still lacks nothing; its row's lock lets one transaction decide."""
    applications = schema.applications.c
    row = connection.execute(
        select(
            applications.revision, applications.receipt_number, applications.device_id, applications.whole_at
        )
        .where(applications.id == application_id)
        .with_for_update()
    ).one()
    if row.whole_at is not None or missing(connection, [application_id]):
        return
    needs = schema.page_needs.c
    digests = connection.execute(
        select(needs.digest)
        .where(needs.application_id == application_id, needs.revision == row.revision)
        .order_by(needs.digest)
    ).scalars()
    statement = AckStatement(
        application_id=application_id,
        revision=row.revision,
        receipt_number=row.receipt_number,
        device_id=row.device_id,
        digests=sorted(digests),
        server_time=now.timestamp(),
    )
    connection.execute(
        insert(schema.acknowledgements).values(
            application_id=application_id,
            revision=row.revision,
            statement=canonical(statement.model_dump()).decode("utf-8"),
            signature=sign(key, "acknowledgement", statement.model_dump()),
            made_at=now,
        )
    )
    connection.execute(
        update(schema.applications).where(applications.id == application_id).values(whole_at=now)
    )
    audit.append(connection, now, "centre", "acknowledged", application_id, {"revision": row.revision})


def missing(connection: Connection, application_ids: Sequence[str]) -> dict[str, list[Digest]]:
    """Return application id -> digests of its current revision that the centre lacks, where any are."""
    needs, files, applications = schema.page_needs.c, schema.page_files.c, schema.applications.c
    rows = connection.execute(
        select(needs.application_id, func.array_agg(needs.digest))
        .select_from(
            schema.page_needs.join(
                schema.applications,
                and_(applications.id == needs.application_id, applications.revision == needs.revision),
            ).outerjoin(schema.page_files, files.digest == needs.digest)
        )
        .where(needs.application_id.in_(application_ids), files.digest.is_(None))
        .group_by(needs.application_id)
    ).all()
    return {row[0]: sorted(row[1]) for row in rows}


def of_device(connection: Connection, device_id: str, application_ids: Iterable[str]) -> list[str]:
    """Return those ids whose facts this device has delivered."""
    senders = schema.senders.c
    rows = connection.execute(
        select(senders.application_id).where(
            senders.application_id.in_(list(application_ids)), senders.device_id == device_id
        )
    ).scalars()
    return sorted(rows)


def senders(
    connection: Connection, device_ids: Sequence[str], application_ids: Sequence[str]
) -> set[tuple[str, str]]:
    """Return the pairs of application and device where the device has delivered the application's facts."""
    known = schema.senders.c
    rows = connection.execute(
        select(known.application_id, known.device_id).where(
            known.application_id.in_(application_ids), known.device_id.in_(device_ids)
        )
    )
    return {(row.application_id, row.device_id) for row in rows}


def current(connection: Connection, application_ids: Sequence[str]) -> list[Acknowledgement]:
    """Return the acknowledgements of the current revisions, where they are whole.

    One whose page has been lost since (a damaged disk, a folder put back from an older copy) is not repeated:
    the window still has the page and is told that it is lacking.
    """
    rows = connection.execute(
        text(
            "SELECT k.statement, k.signature FROM acknowledgements k "
            "JOIN applications a ON a.id = k.application_id AND a.revision = k.revision "
            "WHERE a.id = ANY(:ids) AND NOT EXISTS (SELECT FROM page_needs n "
            "LEFT JOIN page_files f ON f.digest = n.digest WHERE n.application_id = a.id "
            "AND n.revision = a.revision AND f.digest IS NULL) ORDER BY a.id"
        ),
        {"ids": list(application_ids)},
    ).all()
    return [
        Acknowledgement(statement=AckStatement.model_validate(json.loads(row[0])), signature=row[1])
        for row in rows
    ]
