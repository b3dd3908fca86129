"""The chain of an audit log: each row's hash covers the row and the hash before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

START = "0" * 64  # stands before the first row
FIELDS = (
    "seq",
    "at",
    "operator_id",
    "operator_name",
    "device_code",
    "action",
    "subject",
    "details",
    "previous",
)
PLACE = ("session_id", "compound_id", "machine_at")  # left out of the hash where None: older rows had none


@dataclass(frozen=True)
class Link:
    """How far a chain holds: the last row that stands, its hash, and the first that does not, or None."""

    seq: int = 0
    hash: str = START
    broken: int | None = None


def row_hash(row: Mapping[str, Any]) -> str:
    """Return lower-case SHA-256 hex over the row's JSON: sorted keys, no spaces, UTF-8, without `hash`.

    `details` is a text that holds JSON and is hashed as that text. KeyError where a field is missing.
    """
    said = {name: row[name] for name in FIELDS}
    said |= {name: row[name] for name in PLACE if row.get(name) is not None}
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def follow(rows: Iterable[Mapping[str, Any]], link: Link = Link()) -> Link:
    """Go along rows in the order of `seq`, from where `link` stands; stop at the first that does not hold.

    Found: a row that was edited, left out, put in, moved or taken from another chain.
    """
    for row in rows:
        if link.broken is not None:
            return link
        if row["seq"] != link.seq + 1 or row["previous"] != link.hash or row_hash(row) != row["hash"]:
            return Link(link.seq, link.hash, link.seq + 1)
        link = Link(row["seq"], row["hash"])
    return link
