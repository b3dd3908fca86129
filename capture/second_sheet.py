"""Tells when a second sheet lies under the page: paper goes on beyond an edge, or table shows inside one."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from capture.arrays import Floats

Flags = npt.NDArray[np.bool_]

SAMPLES = 24  # along each side
NEAR, FAR = 14, 30  # pixels of the work image beyond a side: past the shadow that the page itself throws
SAME = 8.0  # Lab units within which two places are of one paper, or of one table
CLEAR = 25.0  # Lab units by which table and paper have to differ: on paler tables light alone deceives
LEAST_BARE = 20.0  # Lab units: uneven light alone makes less of a difference within a page
RIM = 5  # pixels of the work image inside a side
FREE = 0.05  # of a side's length: so little paper beyond it is chance
STROKE = 9  # pixels of the work image: wider than any stroke of text


def peeking_out(lab: Floats, quad: Floats) -> float:
    """The largest share (0..1) of a side beyond which paper goes on, 0 when the table is all around.

    lab is the work image (H, W, 3), quad (4, 2) the page's corners on it, clockwise. 1 also when two corners
    of the quad are table, as around two sheets that lie across each other.
    """
    smooth = cv2.blur(cv2.morphologyEx(lab, cv2.MORPH_CLOSE, np.ones((STROKE, STROKE), np.uint8)), (3, 3))
    ends = np.roll(quad, -1, axis=0)
    direction = ends - quad
    inward = np.stack([-direction[:, 1], direction[:, 0]], axis=1)
    inward /= np.maximum(np.linalg.norm(inward, axis=1, keepdims=True), 1e-3)
    along = np.linspace(0.08, 0.92, SAMPLES, dtype=np.float32)
    points = quad[:, None] + direction[:, None] * along[None, :, None]
    inside = np.mean([_colours(smooth, points + inward[:, None] * d) for d in (8, 12, 16)], axis=0)
    beyond = [_colours(smooth, points - inward[:, None] * d) for d in np.linspace(NEAR, FAR, 5)]
    seen = _in_frame(points - inward[:, None] * FAR, lab)
    apart = np.linalg.norm(np.stack(beyond) - inside[None], axis=3)
    shares = ((apart < SAME).all(axis=0) & seen).mean(axis=1)
    table = np.where(seen.all(axis=1), np.median(apart, axis=(0, 2)), 0.0)
    free = (shares <= FREE) & (table > CLEAR)
    if not free.any():
        return 0.0
    paper = np.median(inside, axis=(0, 1))
    contrast = float(table[free].max())
    if _bare_corners(smooth, quad, inward, paper, contrast) >= 2:
        return 1.0
    return float(shares.max())


def _bare_corners(smooth: Floats, quad: Floats, inward: Floats, paper: Floats, contrast: float) -> int:
    """How many corners have table just inside one of their two sides, where a page would have paper."""
    ends = np.roll(quad, -1, axis=0)
    bare = []
    for start, end in ((quad, ends), (ends, quad)):
        along = np.linspace(0.02, 0.1, 8, dtype=np.float32)[None, :, None]
        points = start[:, None] + (end - start)[:, None] * along
        rim = _colours(smooth, points + inward[:, None] * RIM)
        outside = _colours(smooth, points - inward[:, None] * NEAR)
        off = np.linalg.norm(rim - paper, axis=2)
        like_table = np.linalg.norm(rim - outside, axis=2) < 0.5 * off
        bare.append(((off > max(LEAST_BARE, 0.6 * contrast)) & like_table).sum(axis=1) >= 3)
    # A corner is the beginning of one side and the end of the side before it.
    return int((bare[0] | np.roll(bare[1], 1)).sum())


def _colours(picture: Floats, points: Floats) -> Floats:
    """The colours (A, B, 3) at points (A, B, 2)."""
    at = np.ascontiguousarray(points, np.float32)
    colours: Floats = cv2.remap(
        picture, at[..., 0], at[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return colours


def _in_frame(points: Floats, picture: Floats) -> Flags:
    height, width = picture.shape[:2]
    return np.asarray(((points >= 0) & (points < np.array([width, height]))).all(axis=-1), np.bool_)
