"""A glance at a live picture: where the page lies, and the codes on it; made inside the imaging process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from capture.barcodes import Code

if TYPE_CHECKING:
    from capture.arrays import Bytes
    from capture.pages import Corners


@dataclass(frozen=True, slots=True)
class Look:
    """The page's corners as shares (0..1) of width and height, clockwise (None: no page), and the codes."""

    corners: Corners | None
    codes: tuple[Code, ...]


def look(picture: Bytes) -> Look:
    """Find page and codes in a BGR picture (H, W, 3)."""
    from capture.barcodes import read_codes
    from capture.card_on_sheet import find_document

    height, width = picture.shape[:2]
    found = find_document(picture)
    corners: Corners | None = None
    if found.found:
        first, second, third, fourth = ((float(x) / width, float(y) / height) for x, y in found.corners)
        corners = (first, second, third, fourth)
    return Look(corners, read_codes(picture))


def look_head(seen: Look) -> dict[str, Any]:
    """A look, ready for JSON."""
    return {
        "kind": "look",
        "corners": [list(point) for point in seen.corners] if seen.corners else None,
        "codes": [[code.text, code.format] for code in seen.codes],
    }


def look_from(head: Mapping[str, Any]) -> Look:
    """The look that look_head described. Raises KeyError, TypeError or ValueError when it is malformed."""
    corners: Corners | None = None
    if head["corners"] is not None:
        first, second, third, fourth = ((float(x), float(y)) for x, y in head["corners"])
        corners = (first, second, third, fourth)
    return Look(corners, tuple(Code(str(text), str(kind)) for text, kind in head["codes"]))
