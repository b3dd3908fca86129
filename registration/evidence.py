"""What proves that an obstacle, or one department's part of it, is over (销号依据)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from registration.errors import InputError
from registration.facts import Attachment


class EvidenceKind(StrEnum):
    """What an obstacle is cleared on."""

    DOCUMENT = "document"
    MINUTES = "minutes"
    PHOTO = "photo"


@dataclass(frozen=True)
class Evidence:
    """What proves an end: a document or minutes by title and number, a photo by its sealed file."""

    kind: EvidenceKind
    title: str = ""
    number: str = ""
    files: tuple[Attachment, ...] = ()


def check_evidence(given: Evidence) -> None:
    """Raise InputError obstacle_evidence where nobody could look up later what is named.

    Source: 销号 takes the paper that shows it: a number, minutes, a photo; nobody's word alone.
    """
    named = bool(given.title.strip() and given.number.strip())
    if not (bool(given.files) if given.kind is EvidenceKind.PHOTO else named):
        raise InputError("obstacle_evidence", field="ledger.evidence")


def evidence_to_json(given: Evidence) -> dict[str, str]:
    """Return evidence as a fact's body has it; its files are the fact's attachments."""
    return {"kind": given.kind.value, "title": given.title.strip(), "number": given.number.strip()}


def evidence_from(found: Mapping[str, Any], files: tuple[Attachment, ...]) -> Evidence:
    """Inverse of `evidence_to_json`; a kind that this program does not know is a document."""
    kind = str(found.get("kind", ""))
    known = EvidenceKind(kind) if kind in set(EvidenceKind) else EvidenceKind.DOCUMENT
    return Evidence(known, str(found.get("title", "")), str(found.get("number", "")), files)
