"""POST /v1/arrival: has everything from this device arrived? The centre compares, and swears if it has."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from pydantic import Field

from sync.contract import Digest, Wire, sha256_hex

PURPOSE = "arrival"  # of the signature over an ArrivalStatement
BUCKETS = 256
MOST_ENTRIES = 20_000


class ArrivalEntry(Wire):
    """The latest revision of one application, as one side holds it."""

    application_id: str
    revision: int
    pages: Digest  # pages_digest of every page and original that the revision refers to


class ArrivalClaim(Wire):
    """What a window has submitted, without its entries; where the centre answers "not the same", with some.

    `digest` is set_digest of all entries, `buckets` bucket_digests. `entries` are those of the buckets that
    the centre named as differing, whole buckets, at most MOST_ENTRIES. `audit_head` is the hash of the newest
    row of the window's audit log, "" where it has none to show.
    """

    count: int = Field(ge=0)
    digest: Digest
    buckets: list[Digest] = Field(min_length=BUCKETS, max_length=BUCKETS)
    first_receipt: str = ""
    last_receipt: str = ""
    audit_head: str = Field(default="", pattern="^([0-9a-f]{64})?$")
    entries: list[ArrivalEntry] = Field(default_factory=list, max_length=MOST_ENTRIES)


class ArrivalStatement(Wire):
    """What the centre swears: it holds each of these applications whole, facts and pages."""

    device_id: str
    device_code: str
    count: int
    digest: Digest
    first_receipt: str
    last_receipt: str
    audit_head: str  # as the window said
    server_time: float


class ArrivalAnswer(Wire):
    """Either a statement with its signature, or what differs.

    `differing` are buckets whose entries the centre has to see; `lacking` the applications, among the entries
    that were shown, of which it lacks facts or pages.
    """

    statement: ArrivalStatement | None = None
    signature: str = ""
    differing: list[int] = Field(default_factory=list)
    lacking: list[str] = Field(default_factory=list)
    server_time: float


def pages_digest(digests: Iterable[Digest]) -> Digest:
    """Return one digest for a set of pages."""
    return sha256_hex("\n".join(sorted(set(digests))).encode("ascii"))


def bucket_of(application_id: str) -> int:
    """Return which of the 256 buckets an application is in."""
    return hashlib.sha256(application_id.encode("utf-8")).digest()[0]


def set_digest(entries: Iterable[ArrivalEntry]) -> Digest:
    """Return SHA-256 hex over a line "id revision pages" per entry, sorted, each ended by a line feed."""
    lines = sorted(f"{entry.application_id} {entry.revision} {entry.pages}\n" for entry in entries)
    return sha256_hex("".join(lines).encode("utf-8"))


def bucketed(entries: Iterable[ArrivalEntry]) -> list[list[ArrivalEntry]]:
    """Return the entries bucket by bucket."""
    found: list[list[ArrivalEntry]] = [[] for _ in range(BUCKETS)]
    for entry in entries:
        found[bucket_of(entry.application_id)].append(entry)
    return found


def bucket_digests(entries: Iterable[ArrivalEntry]) -> list[Digest]:
    """Return set_digest of each bucket."""
    return [set_digest(bucket) for bucket in bucketed(entries)]
