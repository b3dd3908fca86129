"""The story of one page, from pixels to the bytes that are stored; runs only inside the imaging process."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from typing import TypeVar

import cv2
import numpy as np

from capture import encode, quality
from capture.arrays import Bytes, Floats
from capture.card_on_sheet import find_document
from capture.decode import Raster
from capture.orientation import upright
from capture.page_finder import FoundPage, shrunk
from capture.pages import Corners, PreparedPage, rotation_of, turned, whole_frame

T = TypeVar("T")

SEARCH_SIDE = 1600
ORIENTATION_SIDE = 900


class Stopwatch:
    """Adds up the seconds of named steps."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def run(self, step: str, work: Callable[[], T]) -> T:
        """Do the work, booking its time under the step's name."""
        began = time.perf_counter()
        try:
            return work()
        finally:
            self.seconds[step] = self.seconds.get(step, 0.0) + time.perf_counter() - began


def prepare(raster: Raster, page_index: int, watch: Stopwatch) -> PreparedPage:
    """Find, square, judge and encode one page of a file."""
    if raster.borderless:
        height, width = raster.picture.shape[:2]
        frame = FoundPage(np.array(whole_frame(width, height), np.float32), True, 1.0)
        return _finished(raster, page_index, frame, frame.corners, watch)
    small = watch.run("find", lambda: shrunk(raster.picture, SEARCH_SIDE))
    factor = raster.picture.shape[1] // small.shape[1]
    found = watch.run("find", lambda: find_document(small))
    corners = found.corners
    if found.found:
        corners = watch.run("orient", lambda: _oriented(small, corners))
    return _finished(raster, page_index, found, corners * factor, watch)


def _oriented(small: Bytes, corners: Floats) -> Floats:
    view = encode.fitted(small, ORIENTATION_SIDE)
    factor = small.shape[1] / view.shape[1]
    oriented: Floats = upright(view, corners / factor) * factor
    return oriented


def recrop(raster: Raster, page_index: int, chosen: Corners, rotation: int, watch: Stopwatch) -> PreparedPage:
    """Square one page by the corners and rotation that the operator chose, in original pixels."""
    corners = np.array(turned(chosen, rotation), np.float32) / raster.scale
    limits = np.array([raster.picture.shape[1], raster.picture.shape[0]], np.float32)
    cut_off = bool((corners < -2).any() or (corners > limits + 2).any())
    return _finished(raster, page_index, FoundPage(corners, True, 1.0, cut_off), corners, watch)


def _finished(
    raster: Raster, page_index: int, found: FoundPage, corners: Floats, watch: Stopwatch
) -> PreparedPage:
    height, width = raster.picture.shape[:2]
    if np.abs(corners - np.array(whole_frame(width, height))).max() < 1:
        squared = watch.run(
            "square", lambda: encode.whole(raster.picture, raster.scale, raster.dots_per_inch)
        )
    else:
        squared = watch.run("square", lambda: encode.square(raster.picture, corners, raster.scale))
    findings = watch.run(
        "judge", lambda: quality.judge(squared, found.cut_off, found.found, found.second_sheet)
    )
    # A rendered PDF page was never under a lamp: evening out its light could only do harm.
    lit = (
        squared.picture
        if raster.borderless
        else watch.run("improve", lambda: encode.improve(squared.picture, squared.format))
    )
    improved = watch.run("encode", lambda: encode.page_jpeg(lit))
    thumbnail = watch.run("encode", lambda: encode.thumbnail_jpeg(lit))
    original = corners * raster.scale
    first, second, third, fourth = ((round(float(x), 2), round(float(y), 2)) for x, y in original)
    own: Corners = (first, second, third, fourth)
    return PreparedPage(
        page_index=page_index,
        improved_jpeg=improved,
        improved_sha256=hashlib.sha256(improved).hexdigest(),
        thumbnail_jpeg=thumbnail,
        width=lit.shape[1],
        height=lit.shape[0],
        original_width=raster.original_width,
        original_height=raster.original_height,
        corners=own,
        rotation=rotation_of(own),
        page_found=found.found,
        confidence=round(found.confidence, 4),
        findings=findings,
        seconds={step: round(spent, 6) for step, spent in watch.seconds.items()},
    )


def preview(raster: Raster, max_side: int) -> bytes:
    """A JPEG of the untouched page for the screen."""
    return encode.preview_jpeg(raster.picture, max_side)


def rehearse() -> None:
    """Touch every step once on a made-up page, so that the first real one finds code and tables in place."""
    picture = np.full((480, 640, 3), 60, np.uint8)
    cv2.fillPoly(
        picture, [np.array([[100, 60], [520, 80], [500, 420], [90, 400]], np.int32)], (240, 240, 240)
    )
    prepare(Raster(picture, 1.0, 640, 480, borderless=False), 0, Stopwatch())
