"""The frames between the program and its imaging process: a JSON head and raw blobs, nothing that can run.

The imaging process reads bytes from strangers, so the program must be able to distrust its answers:
no pickling, sizes checked before memory is taken, every field converted to its type.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from typing import IO, Any

from capture.pages import Corners, Finding, FindingKind, PreparedPage, Severity

MAX_HEAD = 1 << 20
MAX_BLOB = 256 << 20
_LENGTHS = struct.Struct("<II")
_BLOB = struct.Struct("<Q")

Head = Mapping[str, Any]


class BrokenFrameError(Exception):
    """The other side is gone, or does not speak this wire."""


def write_frame(stream: IO[bytes], head: Head, blobs: Sequence[bytes] = ()) -> None:
    """Send one frame: lengths, JSON head, each blob with its length. Raises OSError on a closed pipe."""
    text = json.dumps(head, ensure_ascii=True, separators=(",", ":")).encode("ascii")
    stream.write(_LENGTHS.pack(len(text), len(blobs)))
    stream.write(text)
    for blob in blobs:
        stream.write(_BLOB.pack(len(blob)))
        stream.write(blob)
    stream.flush()


def read_frame(stream: IO[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """Receive one frame. Raises BrokenFrameError at the end of the stream or when the frame is malformed."""
    head_length, blob_count = _LENGTHS.unpack(_exactly(stream, _LENGTHS.size))
    if head_length > MAX_HEAD or blob_count > 4:
        raise BrokenFrameError
    try:
        head = json.loads(_exactly(stream, head_length))
    except ValueError as error:
        raise BrokenFrameError from error
    if not isinstance(head, dict):
        raise BrokenFrameError
    blobs = []
    for _ in range(blob_count):
        (length,) = _BLOB.unpack(_exactly(stream, _BLOB.size))
        if length > MAX_BLOB:
            raise BrokenFrameError
        blobs.append(_exactly(stream, length))
    return head, blobs


def page_head(page: PreparedPage) -> dict[str, Any]:
    """Everything of a page but its two JPEGs, ready for JSON."""
    return {
        "kind": "page",
        "page_index": page.page_index,
        "improved_sha256": page.improved_sha256,
        "width": page.width,
        "height": page.height,
        "original_width": page.original_width,
        "original_height": page.original_height,
        "corners": [list(point) for point in page.corners],
        "rotation": page.rotation,
        "page_found": page.page_found,
        "confidence": page.confidence,
        "findings": [[f.kind.value, f.severity.value, f.measured, f.limit] for f in page.findings],
        "seconds": dict(page.seconds),
    }


def page_from(head: Head, blobs: Sequence[bytes]) -> PreparedPage:
    """The page that page_head described. Raises BrokenFrameError when a field is missing or mistyped."""
    try:
        improved, thumbnail = blobs
        return PreparedPage(
            page_index=int(head["page_index"]),
            improved_jpeg=improved,
            improved_sha256=str(head["improved_sha256"]),
            thumbnail_jpeg=thumbnail,
            width=int(head["width"]),
            height=int(head["height"]),
            original_width=int(head["original_width"]),
            original_height=int(head["original_height"]),
            corners=corners_from(head["corners"]),
            rotation=int(head["rotation"]),
            page_found=bool(head["page_found"]),
            confidence=float(head["confidence"]),
            findings=tuple(
                Finding(FindingKind(kind), Severity(severity), float(measured), float(limit))
                for kind, severity, measured, limit in head["findings"]
            ),
            seconds={str(step): float(spent) for step, spent in head["seconds"].items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BrokenFrameError from error


def corners_from(points: Sequence[Sequence[float]]) -> Corners:
    """Four points out of JSON lists. Raises ValueError unless there are four of two numbers each."""
    first, second, third, fourth = ((float(x), float(y)) for x, y in points)
    return (first, second, third, fourth)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if data is None or len(data) != length:
        raise BrokenFrameError
    return data
