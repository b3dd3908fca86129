"""What the centre holds of one device, and whether that is all that the device says it has sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from sync.contract.arrival import (
    ArrivalClaim,
    ArrivalEntry,
    bucketed,
    pages_digest,
    set_digest,
)


@dataclass(frozen=True)
class Comparison:
    """`whole`: everything claimed is held. Else buckets to be shown, or applications that are lacking."""

    whole: bool
    differing: tuple[int, ...] = ()
    lacking: tuple[str, ...] = ()


def held(connection: Connection, device_id: str) -> list[ArrivalEntry]:
    """Return the latest revision that a device sent of each application, where all its pages are here."""
    rows = connection.execute(
        text(
            "WITH mine AS (SELECT DISTINCT ON (application_id) application_id, revision FROM revisions "
            "WHERE device_id = :device ORDER BY application_id, revision DESC) "
            "SELECT m.application_id, m.revision, coalesce(array_agg(n.digest) FILTER "
            "(WHERE n.digest IS NOT NULL), '{}') AS digests FROM mine m "
            "LEFT JOIN page_needs n ON n.application_id = m.application_id AND n.revision = m.revision "
            "LEFT JOIN page_files f ON f.digest = n.digest GROUP BY m.application_id, m.revision "
            "HAVING count(n.digest) = count(f.digest)"
        ),
        {"device": device_id},
    )
    return [ArrivalEntry(application_id=row[0], revision=row[1], pages=pages_digest(row[2])) for row in rows]


def compare(ours: Sequence[ArrivalEntry], claim: ArrivalClaim) -> Comparison:
    """Compare a device's claim with what is held of it.

    What the centre holds beyond the claim (the laptop was set back to an older state) is no hindrance: what
    was claimed has arrived. A claim whose parts do not add up to its own digest is never whole.
    """
    if len(ours) == claim.count and set_digest(ours) == claim.digest:
        return Comparison(True)
    here, shown = bucketed(ours), bucketed(claim.entries)
    differing, lacking, claimed = [], [], []
    for number, (bucket, entries) in enumerate(zip(here, shown, strict=True)):
        if set_digest(bucket) == claim.buckets[number]:
            claimed += bucket
        elif set_digest(entries) == claim.buckets[number]:
            claimed += entries
            known = set(bucket)
            lacking += [entry.application_id for entry in entries if entry not in known]
        else:
            differing.append(number)
    if differing or lacking:
        return Comparison(False, tuple(differing), tuple(sorted(lacking)))
    return Comparison(len(claimed) == claim.count and set_digest(claimed) == claim.digest)
