"""Tells when a page that was just laid down lies still, so that the shutter can go by itself."""

from __future__ import annotations

WIDTH, HEIGHT = 64, 48
"""The size of the small grey pictures that are compared: fine enough for a hand, too coarse for noise."""
STEP = 14
"""Grey levels (of 255) by which a cell must differ to count as changed."""
MOVING_SHARE = 0.015
OTHER_SHARE = 0.04
STILL_SECONDS = 0.6


class StillPage:
    """Fed with small grey pictures; says once for each page laid down that it lies still."""

    def __init__(self) -> None:
        self._last = b""
        self._taken = b""
        self._still_since = 0.0

    def feed(self, grey: bytes, at: float, page_in_sight: bool) -> bool:
        """Take the next picture (WIDTH x HEIGHT bytes) and its time in seconds by a steady clock.

        True when a page is in sight, nothing has moved for STILL_SECONDS, and the picture is another one than
        that of the last page taken. Raises ValueError for a picture of another size.
        """
        if len(grey) != WIDTH * HEIGHT:
            raise ValueError("a picture of another size")
        moved = not self._last or _changed_share(self._last, grey) > MOVING_SHARE
        self._last = grey
        if moved:
            self._still_since = at
            return False
        if not page_in_sight or at - self._still_since < STILL_SECONDS:
            return False
        if self._taken and _changed_share(self._taken, grey) < OTHER_SHARE:
            return False
        self._taken = grey
        return True

    def taken(self) -> None:
        """The page in sight was taken by hand: it is not to be taken again by itself."""
        self._taken = self._last


def _changed_share(one: bytes, other: bytes) -> float:
    """The share of cells that differ, once a change of the light that is the same all over is taken out."""
    shift = (sum(other) - sum(one)) / len(one)
    low, high = shift - STEP, shift + STEP
    return sum(not low < b - a < high for a, b in zip(one, other, strict=True)) / len(one)
