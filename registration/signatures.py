"""Signatures by pen or mouse: strokes with their time, bound to the SHA-256 of what was signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from registration.documents import PartyKind
from registration.errors import Problem
from registration.parties import Party

Point = tuple[float, float, int]
"""x and y from 0 to 1 of the pad, and milliseconds since the first point of the signature."""

_FEWEST_POINTS, _FEWEST_MS = 8, 150
_MOST_POINTS = 20_000


@dataclass(frozen=True)
class Signature:
    """One person's signature under one document. `signer` is the party's index, `document` a form's code."""

    signer: int
    document: str
    document_digest: str  # lower-case SHA-256 hex of the bytes that were shown
    signed_at: str  # ISO date and time with offset
    strokes: tuple[tuple[Point, ...], ...] = ()


def problems_of_signature(signature: Signature, documents: Mapping[str, str]) -> tuple[Problem, ...]:
    """Return what is wrong with a signature. `documents` are the digests of the documents as they now stand.

    A signature under another version of a document does not hold. A picture alone is not one: strokes have
    to have been drawn, in time.
    Source: 电子签名法 art. 13 (under the signer's control; later changes can be found); whether a pad's
    signature is accepted is for the registration body, so paper is signed as well.
    """
    place = f"signatures.{signature.document}"
    found = []
    current = documents.get(signature.document)
    if current is not None and current != signature.document_digest:
        found.append(Problem("signature_outdated", place))
    if not _is_drawn(signature.strokes) or _time_of(signature.signed_at) is None:
        found.append(Problem("signature_not_drawn", place))
    return tuple(found)


def problems_of_signatures(
    signatures: Sequence[Signature],
    parties: Sequence[Party],
    wanted: Sequence[str],
    documents: Mapping[str, str],
) -> tuple[Problem, ...]:
    """Return who has not signed which of the `wanted` documents, and which signatures do not hold.

    Every natural person signs, or the agent or guardian in the person's place; a body seals the paper.
    """
    found = [problem for signature in signatures for problem in problems_of_signature(signature, documents)]
    for document in wanted:
        signed = {signature.signer for signature in signatures if signature.document == document}
        for index, party in enumerate(parties):
            if party.kind is PartyKind.NATURAL and index not in signed:
                words = {"number": str(index + 1)}
                found.append(Problem("signature_missing", f"signatures.{document}", words))
    return tuple(found)


def _is_drawn(strokes: Sequence[Sequence[Point]]) -> bool:
    points = [point for stroke in strokes for point in stroke]
    if not _FEWEST_POINTS <= len(points) <= _MOST_POINTS:
        return False
    times = [time for _, _, time in points]
    inside = all(0 <= x <= 1 and 0 <= y <= 1 for x, y, _ in points)
    forward = all(before <= after for before, after in pairwise(times))
    return inside and forward and times[-1] - times[0] >= _FEWEST_MS


def _time_of(text: str) -> datetime | None:
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    return time if time.utcoffset() is not None else None
