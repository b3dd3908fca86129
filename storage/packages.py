"""Sealed packages as stored: what goes into one, those made here, those carried for other laptops."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from registration.changes import Changes
from registration.rights import Act
from storage import audit, feed, outbox
from storage.awaiting import awaiting_files
from storage.json_text import compact_json
from storage.rights import needs
from storage.rows import as_moment, as_text, maybe_moment, one, rows, scalar
from storage.values import Who

_OPEN = f"state IN ('waiting', 'sending', 'settled') AND {outbox.LIVE}"
_MOST_FILES = 10_000  # facts whose files are still to come; the next package takes what is beyond


@dataclass(frozen=True)
class PackagePlan:
    """What a package would take along: ids of events in their order, (digest, size) of pages, all unsent."""

    events: tuple[str, ...]
    pages: tuple[tuple[str, int], ...]
    applications: int
    parked: int  # cases that the centre refused: they wait for a person and stay here
    cursor: int

    @property
    def page_bytes(self) -> int:
        return sum(size for _, size in self.pages)


@dataclass(frozen=True)
class PackageMade:
    """A package of this device. `ephemeral` and `nonce` make a broken-off export go on byte for byte."""

    id: str
    made_at: datetime
    operator_id: str
    receiver: bytes  # X25519 public key that it is sealed to
    ephemeral: bytes  # X25519 secret
    nonce: bytes
    cursor: int
    events: tuple[str, ...]
    pages: tuple[tuple[str, int], ...]
    size: int  # of the sealed stream, bytes
    part_bytes: int
    parts: int
    written_at: datetime | None
    answered_at: datetime | None


@dataclass(frozen=True)
class PackageCarried:
    """A package of another laptop, or the centre's answer to it; nobody here can read it."""

    id: str
    kind: str  # "facts" or "acknowledgement"
    answers: str
    device_code: str
    made_at: str
    parts: int
    bytes: int
    have: tuple[int, ...]
    received_at: datetime
    handed_on_at: datetime | None

    @property
    def whole(self) -> bool:
        return len(self.have) == self.parts


@dataclass(frozen=True)
class PackageWritten:
    """The files of a package in their order, verified; `kept` were there already from a broken-off run."""

    package: PackageMade
    files: tuple[Path, ...]
    kept: int


@dataclass(frozen=True)
class PackageTaken:
    """What the centre's answer to a package brought."""

    package: str
    acknowledged: int
    refused: int
    news: int
    wrong: int  # acknowledgements that do not prove what we submitted


@dataclass(frozen=True)
class PackagesReceived:
    """What files from a drive were: an answer for this device, or packages to carry for others."""

    taken: PackageTaken | None
    carried: tuple[PackageCarried, ...]


def plan(db: Database) -> PackagePlan:
    """Return everything that has not reached the centre: events, and pages that it is not known to hold.

    Files of facts that it was told by the wire are among the pages, last.
    """
    found = list(rows(db, f"SELECT id, application_id, kind FROM outbox WHERE {_OPEN} ORDER BY seq"))  # noqa: S608
    cases = len({row["application_id"] for row in found if row["kind"] != "fact_noted"})
    told = (row.application_id for row in awaiting_files(db, _MOST_FILES))
    applications = list(dict.fromkeys([*(row["application_id"] for row in found), *told]))
    pages = rows(
        db,
        "SELECT n.digest, max(n.size) AS size, min(j.key) AS first FROM json_each(?) j"
        " JOIN page_needs n ON n.application_id = j.value WHERE NOT n.held GROUP BY n.digest"
        " ORDER BY first, n.digest",
        (compact_json(applications),),
    )
    parked = scalar(
        db,
        f"SELECT count(DISTINCT application_id) FROM outbox WHERE state = 'parked' AND {outbox.LIVE}",  # noqa: S608
    )
    return PackagePlan(
        tuple(row["id"] for row in found),
        tuple((row["digest"], row["size"]) for row in pages),
        cases,
        int(parked),
        feed.cursor(db),
    )


@needs(Act.PACKAGE)
def begin(
    db: Database, who: Who, now: datetime, wanted: PackagePlan, *, receiver: bytes, ephemeral: bytes,
    size: int, part_bytes: int, parts: int,
) -> PackageMade:  # fmt: skip
    """Note a package before its first byte is written, so that a broken-off export can go on."""
    made = PackageMade(
        secrets.token_hex(16),
        now,
        who.operator_id,
        receiver,
        ephemeral,
        secrets.token_bytes(7),
        wanted.cursor,
        wanted.events,
        wanted.pages,
        size,
        part_bytes,
        parts,
        None,
        None,
    )
    db.execute(
        "INSERT INTO packages_made (id, made_at, operator_id, receiver, ephemeral, nonce, cursor, events,"
        " digests, size, part_bytes, parts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            made.id,
            as_text(now),
            made.operator_id,
            receiver,
            ephemeral,
            made.nonce,
            made.cursor,
            compact_json(list(made.events)),
            compact_json([list(page) for page in made.pages]),
            size,
            part_bytes,
            parts,
        ),
    )
    details = {"events": len(made.events), "pages": len(made.pages), "parts": parts}
    audit.append(db, who, now, "package_begun", made.id, details)
    return made


@needs(Act.PACKAGE)
def written(db: Database, who: Who, now: datetime, package_id: str) -> Changes:
    """All parts are on the drive and were read back."""
    db.execute("UPDATE packages_made SET written_at = ? WHERE id = ?", (as_text(now), package_id))
    audit.append(db, who, now, "package_written", package_id)
    return Changes(outbox=True)


@needs(Act.PACKAGE)
def answered(db: Database, who: Who, now: datetime, package_id: str) -> Changes:
    """The centre's answer to a package has been taken in."""
    db.execute("UPDATE packages_made SET answered_at = ? WHERE id = ?", (as_text(now), package_id))
    audit.append(db, who, now, "package_answered", package_id)
    return Changes(outbox=True)


def made(db: Database, limit: int = 100) -> tuple[PackageMade, ...]:
    """Return this device's packages, newest first."""
    found = rows(db, "SELECT * FROM packages_made ORDER BY seq DESC LIMIT ?", (limit,))
    return tuple(
        PackageMade(
            row["id"],
            as_moment(row["made_at"]),
            row["operator_id"],
            row["receiver"],
            row["ephemeral"],
            row["nonce"],
            row["cursor"],
            tuple(json.loads(row["events"])),
            tuple((digest, size) for digest, size in json.loads(row["digests"])),
            row["size"],
            row["part_bytes"],
            row["parts"],
            maybe_moment(row["written_at"]),
            maybe_moment(row["answered_at"]),
        )
        for row in found
    )


@needs(Act.PACKAGE)
def carry(
    db: Database, who: Who, now: datetime, package: PackageCarried, arrived: Collection[int]
) -> Changes:
    """Note parts of another laptop's package that lie in the folder of carried ones now."""
    have = one(db, "SELECT have FROM packages_carried WHERE id = ? AND kind = ?", (package.id, package.kind))
    numbers = sorted({*arrived, *(json.loads(have["have"]) if have else ())})
    db.execute(
        "INSERT INTO packages_carried VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)"
        " ON CONFLICT (id, kind) DO UPDATE SET have = excluded.have",
        (
            package.id,
            package.kind,
            package.answers,
            package.device_code,
            package.made_at,
            package.parts,
            package.bytes,
            compact_json(numbers),
            as_text(now),
        ),
    )
    audit.append(db, who, now, "package_carried", package.id, {"of": package.device_code, "parts": numbers})
    return Changes(outbox=True)


def carried(db: Database) -> tuple[PackageCarried, ...]:
    """Return the packages of others that this laptop carries, newest first."""
    return tuple(
        PackageCarried(
            row["id"],
            row["kind"],
            row["answers"],
            row["device_code"],
            row["made_at"],
            row["parts"],
            row["bytes"],
            tuple(json.loads(row["have"])),
            as_moment(row["received_at"]),
            maybe_moment(row["handed_on_at"]),
        )
        for row in rows(db, "SELECT * FROM packages_carried ORDER BY received_at DESC, id")
    )


@needs(Act.PACKAGE)
def handed_on(db: Database, who: Who, now: datetime, package_id: str, kind: str) -> Changes:
    """A carried package has been copied to a drive or sent to the centre."""
    db.execute(
        "UPDATE packages_carried SET handed_on_at = ? WHERE id = ? AND kind = ?",
        (as_text(now), package_id, kind),
    )
    audit.append(db, who, now, "package_handed_on", package_id, {"kind": kind})
    return Changes(outbox=True)
