"""How legible the lines of a page are, window by window along each: where a reflection lies, ink fades."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from capture.arrays import Bytes, Floats
from capture.sheet import Line

FADED = 0.6  # of the page's usual contrast: fainter is no longer the same ink in the same light
GAP = 0.12  # of full contrast: less is the space between words


def faded_share(picture: Bytes, lines: Sequence[Line]) -> float:
    """The share (0..1) of a page's written places whose ink is much fainter than is usual on it (BGR)."""
    height, width = picture.shape[:2]
    found = [_contrasts(picture, line, width, height) for line in lines]
    contrasts = np.concatenate(found) if found else np.zeros(0)
    written = contrasts[contrasts > GAP]
    if len(written) < 10:
        return 0.0
    usual = float(np.percentile(written, 75))
    return float((written < FADED * usual).mean())


def _contrasts(picture: Bytes, line: Line, width: int, height: int) -> Floats:
    """1 - ink over paper in square windows along a line, by the darkest channel: colour counts as ink."""
    left, top, right, bottom = line.box
    strip = picture[round(top * height) : round(bottom * height), round(left * width) : round(right * width)]
    if min(strip.shape[:2]) < 6:
        return np.zeros(0)
    level = strip.min(axis=2).astype(np.float32)
    count = max(1, round(level.shape[1] / level.shape[0]))
    windows = [part.ravel() for part in np.array_split(level, count, axis=1)]
    ink = np.array([np.percentile(window, 4) for window in windows])
    paper = np.array([np.percentile(window, 90) for window in windows])
    contrast: Floats = 1.0 - ink / np.maximum(paper, 1.0)
    return contrast
