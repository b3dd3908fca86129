"""The values that capture hands to the rest of the program: a file's pages, each squared and judged."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Point = tuple[float, float]
Corners = tuple[Point, Point, Point, Point]
"""Four points in pixels of the original page, clockwise from the document's own top-left.

The original page is the decoded file as a viewer shows it: EXIF orientation is already applied,
x runs right, y runs down, and (0, 0) is the outer corner of the first pixel.
"""


class FileKind(StrEnum):
    """What a file is by its content, whatever its name says."""

    JPEG = "jpeg"
    PNG = "png"
    TIFF = "tiff"
    HEIC = "heic"
    BMP = "bmp"
    WEBP = "webp"
    GIF = "gif"
    PDF = "pdf"


class FindingKind(StrEnum):
    """What the quality gate can say about a page."""

    BLURRED = "blurred"
    GLARE = "glare"
    CORNER_CUT_OFF = "corner_cut_off"
    TOO_SMALL = "too_small"
    TOO_DARK = "too_dark"
    BLANK = "blank"
    PAGE_NOT_FOUND = "page_not_found"
    UPSIDE_DOWN = "upside_down"
    WRONG_SIDE = "wrong_side"
    DOUBLED = "doubled"


class Severity(StrEnum):
    """WARN lets the operator go on with a look; STOP asks for another picture."""

    WARN = "warn"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark of the quality gate: what was measured, and the limit that it crossed."""

    kind: FindingKind
    severity: Severity
    measured: float
    limit: float


@dataclass(frozen=True, slots=True)
class PreparedPage:
    """One page ready to be stored: the improved copy, its thumbnail, and how it was made.

    width and height are pixels of the improved copy, original_width and original_height those of the
    original page (see Corners). rotation is 0, 90, 180 or 270: the clockwise turn that brings the
    original upright. confidence runs from 0 to 1. When page_found is false the corners are the whole
    frame, nothing was cropped, and a PAGE_NOT_FOUND finding says so. seconds maps each step to its time.
    """

    page_index: int
    improved_jpeg: bytes
    improved_sha256: str
    thumbnail_jpeg: bytes
    width: int
    height: int
    original_width: int
    original_height: int
    corners: Corners
    rotation: int
    page_found: bool
    confidence: float
    findings: tuple[Finding, ...]
    seconds: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Inspected:
    """What a file is by its bytes, whatever it is called, and its number of pages; the first can be shown."""

    kind: FileKind
    pages: int


@dataclass(frozen=True, slots=True)
class PreparedFile:
    """A whole file ready to be stored: its untouched bytes, their SHA-256 (hex), and its pages in order."""

    kind: FileKind
    pages: tuple[PreparedPage, ...]
    original: bytes
    original_sha256: str


def whole_frame(width: int, height: int) -> Corners:
    """The four corners of a whole page of width x height pixels, from its top-left."""
    return ((0.0, 0.0), (float(width), 0.0), (float(width), float(height)), (0.0, float(height)))


def turned(corners: Corners, rotation: int) -> Corners:
    """The same four points, clockwise from the corner that is top-left once the page is turned.

    The points may come in any order, as handles dragged on a screen do. rotation is the clockwise turn
    (0, 90, 180, 270) that brings the original upright. Raises ValueError for another rotation.
    """
    if rotation not in (0, 90, 180, 270):
        raise ValueError("rotation is 0, 90, 180 or 270")
    centre_x = sum(x for x, _ in corners) / 4
    centre_y = sum(y for _, y in corners) / 4
    ring = sorted(corners, key=lambda p: math.atan2(p[1] - centre_y, p[0] - centre_x))
    # With y down, rising angle is clockwise on the screen; the top edge points most to the right.
    start = max(range(4), key=lambda i: _rightward(ring[i], ring[(i + 1) % 4]))
    start = (start - rotation // 90) % 4
    first, second, third, fourth = (ring[(start + i) % 4] for i in range(4))
    return (first, second, third, fourth)


def rotation_of(corners: Corners) -> int:
    """The clockwise turn (0, 90, 180, 270) that brings a page with these corners upright."""
    (x0, y0), (x1, y1) = corners[0], corners[1]
    angle = math.degrees(math.atan2(y1 - y0, x1 - x0))
    return round(-angle / 90) % 4 * 90


def _rightward(start: Point, end: Point) -> float:
    length = math.dist(start, end)
    return (end[0] - start[0]) / length if length else -1.0
