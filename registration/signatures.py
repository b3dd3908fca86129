"""Signatures by pen or mouse: strokes with their time, bound to the SHA-256 of what was signed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from registration.errors import Problem

Point = tuple[float, float, int]
"""x and y from 0 to 1 of the pad, and milliseconds since the first point of the signature."""
PAD_RATIO = 2.5
"""The pad's width by its height, so that a signature keeps its shape on screen and paper."""

_FEWEST_POINTS, _FEWEST_MS = 8, 150
_MOST_POINTS = 20_000


@dataclass(frozen=True)
class Signature:
    """One person's signature under one document. `signer` is the party's index, `document` a form's code.

    `on_paper`: signed with a pen on the printed document, which is captured in the checklist's row of the
    same code; there are no strokes then.
    """

    signer: int
    document: str
    document_digest: str  # lower-case SHA-256 hex of the bytes that were shown
    signed_at: str  # ISO date and time with offset
    strokes: tuple[tuple[Point, ...], ...] = ()
    on_paper: bool = False


def problems_of_signature(
    signature: Signature, documents: Mapping[str, str], rows: Collection[str] = ()
) -> tuple[Problem, ...]:
    """Return what is wrong with a signature. `documents` are the digests of the documents as they now stand.

    A signature under another version of a document does not hold. A picture alone is not one: strokes have
    to have been drawn, in time. What was signed on paper needs a row among `rows`, where its pages belong:
    that the row has them is the row's own rule.
    Source: 电子签名法 art. 13 (under the signer's control; later changes can be found); whether a pad's
    signature is accepted is for the registration body, so paper may be signed as well.
    """
    place = entry_of_signature(signature.document, signature.signer)
    found = []
    current = documents.get(signature.document)
    if current is not None and current != signature.document_digest:
        found.append(Problem("signature_outdated", place))
    made = signature.document in rows if signature.on_paper else is_drawn(signature.strokes)
    if not made or _time_of(signature.signed_at) is None:
        found.append(Problem("signature_not_drawn", place))
    return tuple(found)


def problems_of_signatures(
    signatures: Sequence[Signature],
    wanted: Mapping[str, Sequence[int]],
    documents: Mapping[str, str],
    rows: Collection[str] = (),
) -> tuple[Problem, ...]:
    """Return who has not signed which of the `wanted` documents, and which signatures do not hold.

    `wanted` has the indexes of the parties that sign each document, `rows` the codes of the checklist.
    """
    found = [
        problem
        for signature in signatures
        if not wanted or signature.signer in wanted.get(signature.document, ())
        for problem in problems_of_signature(signature, documents, rows)
    ]
    signed = {(signature.document, signature.signer) for signature in signatures}
    for document, signers in wanted.items():
        for index in signers:
            if (document, index) not in signed:
                words = {"number": str(index + 1)}
                found.append(Problem("signature_missing", entry_of_signature(document, index), words))
    return tuple(found)


def on_paper(signatures: Sequence[Signature]) -> frozenset[str]:
    """Return the documents that somebody signed on paper."""
    return frozenset(signature.document for signature in signatures if signature.on_paper)


def drawn(signatures: Sequence[Signature]) -> frozenset[str]:
    """Return the documents that were signed on the pad, by whoever signed them, and by nobody on paper."""
    return frozenset(signature.document for signature in signatures) - on_paper(signatures)


def entry_of_signature(document: str, signer: int) -> str:
    """Return the field by which a problem names one place to sign."""
    return f"signatures.{document}.{signer}"


def is_drawn(strokes: Sequence[Sequence[Point]]) -> bool:
    """Say whether strokes are a signature: enough points, inside the pad, and drawn in time."""
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
