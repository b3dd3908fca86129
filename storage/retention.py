"""Originals go once the centre has had them long enough, with a certificate, and never before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from registration.changes import Changes
from registration.retention import RetentionRule
from storage import audit
from storage.json_text import compact_json
from storage.pages import PageFiles
from storage.rows import as_moment, as_text, one, rows
from storage.values import Who

_CASES_AT_ONCE = 200


@dataclass(frozen=True)
class RipeCase:
    """A case whose originals may go: what the centre acknowledged, and when."""

    application_id: str
    receipt_number: str
    acknowledged_at: str
    files: int


@dataclass(frozen=True)
class Destruction:
    """A certificate of destruction (销毁证明): what went, when, for whom and by which rule."""

    number: int
    at: datetime
    operator_name: str
    rule: RetentionRule
    files: int
    bytes: int
    cases: tuple[RipeCase, ...]


def destroy_ripe(
    db: Database, who: Who, now: datetime, rule: RetentionRule
) -> tuple[Changes, tuple[str, ...]]:
    """Put on record that the originals of ripe cases are destroyed; return the digests whose files now go.

    Ripe is a case that is neither a draft nor returned, of which nothing waits, is parked or unproved, and
    whose newest revision the centre acknowledged at least the rule's days ago, this very file by name. A file
    that any other case or any improved copy needs stays. The files go by `delete_files` after the commit;
    what a crash leaves of them is swept at the next start, and from the second copy.
    """
    ripe = _ripe(db, now, rule)
    files = _files_of(db, list(ripe))
    if not files:
        return Changes(), ()
    counted: dict[str, int] = {}
    for application_id, _digest, _size in files:
        counted[application_id] = counted.get(application_id, 0) + 1
    unique = {digest: size for _application, digest, size in files}
    cases = [
        RipeCase(application_id, *ripe[application_id], count) for application_id, count in counted.items()
    ]
    db.execute(
        "INSERT INTO destructions (at, operator_name, rule, files, bytes, cases) VALUES (?, ?, ?, ?, ?, ?)",
        (
            as_text(now),
            who.operator_name,
            compact_json(asdict(rule)),
            len(unique),
            sum(unique.values()),
            compact_json([asdict(case) for case in cases]),
        ),
    )
    newest = one(db, "SELECT max(seq) AS seq FROM destructions")
    assert newest is not None
    for digest, size in sorted(unique.items()):
        db.execute("INSERT INTO destroyed_files VALUES (?, ?, ?)", (digest, newest["seq"], size))
    details = {"certificate": newest["seq"], "files": len(unique), "cases": len(cases), "rule": rule.version}
    audit.append(db, who, now, "originals_destroyed", "device", details)
    return Changes(outbox=True), tuple(sorted(unique))


def delete_files(pages: PageFiles, digests: Sequence[str]) -> None:
    """Delete page files that are on record as destroyed. Raises MachineError."""
    for digest in digests:
        pages.delete(digest)


def destructions(db: Database, limit: int = 50) -> tuple[Destruction, ...]:
    """Return the certificates, the newest first."""
    found = rows(db, "SELECT * FROM destructions ORDER BY seq DESC LIMIT ?", (limit,))
    return tuple(
        Destruction(
            row["seq"],
            as_moment(row["at"]),
            row["operator_name"],
            RetentionRule(**json.loads(row["rule"])),
            row["files"],
            row["bytes"],
            tuple(RipeCase(**case) for case in json.loads(row["cases"])),
        )
        for row in found
    )


def _ripe(db: Database, now: datetime, rule: RetentionRule) -> dict[str, tuple[str, str]]:
    """Return application id -> (receipt number, acknowledged at), the oldest acknowledgement first."""
    found = rows(
        db,
        "SELECT a.id, a.receipt_number, min(k.received_at) AS at FROM applications a"
        " JOIN acknowledgements k ON k.application_id = a.id AND k.revision = a.revision"
        " WHERE a.state NOT IN ('draft', 'returned') AND a.receipt_number IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.application_id = a.id"
        "   AND o.state NOT IN ('acknowledged', 'told'))"
        " AND EXISTS (SELECT 1 FROM pages p WHERE p.application_id = a.id AND p.original_digest NOT IN"
        "   (SELECT digest FROM destroyed_files))"
        " GROUP BY a.id HAVING min(k.received_at) <= :before ORDER BY at LIMIT :limit",
        {"before": as_text(now - timedelta(days=rule.originals_days)), "limit": _CASES_AT_ONCE},
    )
    return {row["id"]: (row["receipt_number"], row["at"]) for row in found}


def _files_of(db: Database, ripe: list[str]) -> list[tuple[str, str, int]]:
    """Return (application id, digest, size) of the originals that may go."""
    found: list[dict[str, Any]] = list(
        rows(
            db,
            "SELECT p.application_id, p.original_digest AS digest, max(p.original_size) AS size FROM pages p"
            " JOIN outbox o ON o.application_id = p.application_id AND o.kind = 'application_submitted'"
            "   AND o.state = 'acknowledged' AND o.revision ="
            "     (SELECT revision FROM applications WHERE id = p.application_id)"
            " WHERE p.application_id IN (SELECT value FROM json_each(:ripe))"
            " AND p.original_digest IN (SELECT value FROM json_each(o.digests))"
            " AND p.original_digest NOT IN (SELECT digest FROM destroyed_files)"
            " AND p.original_digest NOT IN (SELECT digest FROM pages)"
            " AND p.original_digest NOT IN (SELECT digest FROM revision_pages)"
            " AND p.original_digest NOT IN (SELECT digest FROM former_pages)"
            " AND p.original_digest NOT IN (SELECT original_digest FROM pages"
            "   WHERE application_id NOT IN (SELECT value FROM json_each(:ripe)))"
            " AND p.original_digest NOT IN (SELECT original_digest FROM revision_pages"
            "   WHERE application_id NOT IN (SELECT value FROM json_each(:ripe)))"
            " AND p.original_digest NOT IN (SELECT original_digest FROM former_pages)"
            " GROUP BY p.application_id, p.original_digest",
            {"ripe": compact_json(ripe)},
        )
    )
    return [(row["application_id"], row["digest"], row["size"]) for row in found]
