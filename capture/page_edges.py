"""How well four lines are the edges of a page: colour steps along strips laid across each side."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from capture.arrays import Floats

SAMPLES = 48  # along each side
SEGMENTS = 8  # of six samples each: a step is believed for a stretch, never for a point
BOX = 4  # pixels averaged on each side of a step
FRAME_MARGIN = 4.0  # pixels from the frame's border within which a side counts as the frame itself
LEAST_STEP = 2.5  # Lab units; below it paper on paper cannot be told from noise

_ALONG = np.linspace(0.03, 0.97, SAMPLES, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the strips along the four sides say; arrays are indexed by side.

    coverage: share (0..1) of a side's length with a colour step; strength: mean step in Lab units;
    on_frame: the side runs along the frame's border; unevenness: how much the paper just inside the edges
    differs from one smoothly lit colour, relative to the step; overrun: for each side, the share (0..1) of
    its neighbours' steps that goes on beyond it, where a page would have ended; split: opposite sides lack a
    step at the same place, as two sheets side by side do where the table shows between them.
    """

    coverage: Floats
    strength: Floats
    on_frame: npt.NDArray[np.bool_]
    unevenness: float
    overrun: Floats
    split: bool

    @property
    def support(self) -> float:
        """The mean coverage of the sides that can have any, 0 when none can."""
        free = ~self.on_frame
        return float(self.coverage[free].mean()) if free.any() else 0.0


def _strips(lab: Floats, quad: Floats, reach: int, along: Floats) -> tuple[Floats, Floats]:
    """Colours (side, sample, offset, 3) across each side, -reach..reach inwards, and the sample points."""
    ends = np.roll(quad, -1, axis=0)
    direction = ends - quad
    lengths = np.maximum(np.linalg.norm(direction, axis=1, keepdims=True), 1e-3)
    inward = np.stack([-direction[:, 1], direction[:, 0]], axis=1) / lengths
    points = quad[:, None, :] + direction[:, None, :] * along[None, :, None]
    offsets = np.arange(-reach, reach, dtype=np.float32) + 0.5  # the side itself lies between two of them
    grid = points[:, :, None, :] + inward[:, None, None, :] * offsets[None, None, :, None]
    flat = grid.reshape(-1, len(offsets), 2).astype(np.float32)
    colours = cv2.remap(lab, flat[..., 0], flat[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return colours.reshape(4, len(along), len(offsets), 3), points.astype(np.float32)


def _steps(colours: Floats) -> Floats:
    """Inside minus outside colour at each offset that has BOX pixels on both sides."""
    sums = np.cumsum(colours, axis=2)
    sums = np.concatenate([np.zeros_like(sums[:, :, :1]), sums], axis=2)
    inside = sums[:, :, 2 * BOX :] - sums[:, :, BOX:-BOX]
    outside = sums[:, :, BOX:-BOX] - sums[:, :, : -2 * BOX]
    steps: Floats = (inside - outside) / BOX
    return steps


def refine(lab: Floats, quad: Floats, reach: int, stride: float) -> Floats:
    """Move each side of a rough quad (4, 2) to the strongest step within `reach` pixels of both its ends.

    Every pair of end offsets is a line; its worth is the step along it, averaged by segments and capped so
    that a bright neighbour over a short stretch cannot outvote the rest. A side without any step stays.
    """
    colours, _ = _strips(lab, quad, reach + BOX, _ALONG)
    steps = _steps(colours)
    count = steps.shape[2]
    ends = np.arange(0, count - 1 + 1e-6, stride, dtype=np.float32)
    first, second = (axis.ravel() for axis in np.meshgrid(ends, ends, indexing="ij"))
    rows = first[:, None] + (second - first)[:, None] * _ALONG[None, :]
    lower = np.clip(rows.astype(np.int32), 0, count - 2)
    part = (rows - lower)[..., None]
    sample = np.arange(SAMPLES)[None, :]
    lines = []
    for side in range(4):
        steep = steps[side]
        taken = steep[sample, lower] * (1 - part) + steep[sample, lower + 1] * part
        segments = taken.reshape(len(rows), SEGMENTS, SAMPLES // SEGMENTS, 3).mean(axis=2)
        worth = np.linalg.norm(segments, axis=2)
        cap = max(LEAST_STEP, float(np.median(worth.max(axis=0))))
        total = np.minimum(worth, cap).sum(axis=1)
        # Among equals the nearest to where we were: plateaus must not drift.
        total -= 1e-3 * (np.abs(first - reach) + np.abs(second - reach))
        best = int(total.argmax())
        lines.append((first[best] - reach, second[best] - reach))
    return _moved(quad, lines)


def _moved(quad: Floats, shifts: list[tuple[float, float]]) -> Floats:
    """The quad whose sides were shifted inwards by (at their 0.0, at their 1.0), corners where they meet."""
    ends = np.roll(quad, -1, axis=0)
    direction = ends - quad
    inward = np.stack([-direction[:, 1], direction[:, 0]], axis=1)
    inward /= np.maximum(np.linalg.norm(inward, axis=1, keepdims=True), 1e-3)
    moved = []
    for side, (start, end) in enumerate(shifts):
        slope = (end - start) / (_ALONG[-1] - _ALONG[0])
        begin = start - slope * _ALONG[0]
        moved.append((quad[side] + inward[side] * begin, ends[side] + inward[side] * (begin + slope)))
    corners = [_meeting(moved[side - 1], moved[side]) for side in range(4)]
    if any(corner is None for corner in corners):
        return quad
    return np.array(corners, np.float32)


def _meeting(one: tuple[Floats, Floats], other: tuple[Floats, Floats]) -> Floats | None:
    (p, q), (r, s) = one, other
    u, v = q - p, s - r
    cross = float(u[0] * v[1] - u[1] * v[0])
    if abs(cross) < 1e-6:
        return None
    w = r - p
    t = float(w[0] * v[1] - w[1] * v[0]) / cross
    met: Floats = p + u * t
    return met


def weigh(lab: Floats, quad: Floats, noise: float) -> Evidence:
    """Read the evidence for a quad (4, 2), clockwise, on a Lab image of `noise` Lab units."""
    height, width = lab.shape[:2]
    colours, points = _strips(lab, quad, 2 * BOX, _ALONG)
    steps = _steps(colours)[:, :, BOX]
    shape = (4, SEGMENTS, SAMPLES // SEGMENTS, 3)
    segments = steps.reshape(shape).mean(axis=2)
    norms = np.linalg.norm(segments, axis=2)
    threshold = max(LEAST_STEP, 2.0 * noise)
    coverage = (norms > threshold).mean(axis=1)
    strength = norms.mean(axis=1)
    on_frame = _on_frame(quad, width, height)
    inside = colours[:, :, 2 * BOX + 2 :].mean(axis=2).reshape(shape).mean(axis=2)
    centres = points.reshape(4, SEGMENTS, SAMPLES // SEGMENTS, 2).mean(axis=2)
    unevenness = _unevenness(inside, centres, norms, on_frame)
    return Evidence(
        coverage.astype(np.float32),
        strength.astype(np.float32),
        on_frame,
        unevenness,
        _overrun(lab, quad, segments),
        _is_split(steps, on_frame),
    )


def _is_split(steps: Floats, on_frame: npt.NDArray[np.bool_]) -> bool:
    """Whether two opposite sides both lose their step over the same stretch, three samples or more."""
    own = steps.mean(axis=1, keepdims=True)
    along = (steps * own).sum(axis=2) / np.maximum(np.linalg.norm(own, axis=2), 1e-3)
    typical = np.median(along, axis=1, keepdims=True)
    lost = (along < 0.3 * typical) & (typical > LEAST_STEP) & ~on_frame[:, None]
    both = lost[:2] & lost[2:, ::-1]  # opposite sides run in opposite directions around the page
    return bool((both[:, :-2] & both[:, 1:-1] & both[:, 2:]).any())


def _on_frame(quad: Floats, width: int, height: int) -> npt.NDArray[np.bool_]:
    middle = (quad + np.roll(quad, -1, axis=0)) / 2
    gap = np.min(
        np.stack([middle[:, 0], middle[:, 1], width - middle[:, 0], height - middle[:, 1]], axis=1), axis=1
    )
    near: npt.NDArray[np.bool_] = gap < FRAME_MARGIN
    return near


def _unevenness(inside: Floats, centres: Floats, norms: Floats, on_frame: npt.NDArray[np.bool_]) -> float:
    """Residual of the inner strips' colours from one colour under light that changes evenly over the page."""
    colours = inside.reshape(-1, 3)
    where = centres.reshape(-1, 2)
    design = np.concatenate([np.ones((len(where), 1)), (where - where.mean(axis=0)) / 400.0], axis=1)
    weights = np.ones(len(where))
    residual = np.zeros(len(where))
    for _ in range(4):
        solved, *_ = np.linalg.lstsq(design * weights[:, None], colours * weights[:, None], rcond=None)
        residual = np.linalg.norm(colours - design @ solved, axis=1)
        weights = 1.0 / (1.0 + residual / 3.0)
    free = np.repeat(~on_frame, SEGMENTS)
    step = float(np.median(norms.reshape(-1)[free])) if free.any() else 0.0
    return float(np.percentile(residual, 80)) / max(step, LEAST_STEP)


def _overrun(lab: Floats, quad: Floats, segments: Floats) -> Floats:
    """For each side, how much of its two neighbours' steps is still present just beyond it."""
    height, width = lab.shape[:2]
    beyond = np.array([-0.10, -0.08, -0.06, 1.06, 1.08, 1.10], np.float32)
    colours, points = _strips(lab, quad, 2 * BOX, beyond)
    steps = _steps(colours)[:, :, BOX]
    own = segments.mean(axis=1)
    size = np.maximum(np.linalg.norm(own, axis=1, keepdims=True), LEAST_STEP)
    share = (steps @ (own / size)[:, :, None])[..., 0] / size
    seen = (
        (points[..., 0] > BOX)
        & (points[..., 1] > BOX)
        & (points[..., 0] < width - BOX)
        & (points[..., 1] < height - BOX)
    )
    share = np.where(seen, share, 0.0).reshape(4, 2, 3).mean(axis=2)
    # Beyond side k lie the far end of the side before it and the near end of the side after it.
    beyond_side: Floats = (np.roll(share[:, 1], 1) + np.roll(share[:, 0], -1)) / 2
    return np.clip(beyond_side, 0.0, 1.0)


def slid(lab: Floats, quad: Floats, side: int) -> Floats | None:
    """The quad with one side moved out along its neighbours to the next stretch of steps, None without any.

    For a side that was put where something on the page looked like its end.
    """
    height, width = lab.shape[:2]
    near, far = quad[side], quad[(side + 1) % 4]
    back, onward = quad[side - 1], quad[(side + 2) % 4]
    reach = np.linspace(0.04, 1.2, 59, dtype=np.float32)[:, None]
    starts, ends = near + (near - back) * reach, far + (far - onward) * reach
    seen = (np.minimum(starts, ends) > -0.1 * width).all(axis=1) & (
        np.maximum(starts, ends) < 1.1 * np.array([width, height])
    ).all(axis=1)
    if not seen.any():
        return None
    starts, ends = starts[seen], ends[seen]
    points = starts[:, None] + (ends - starts)[:, None] * _ALONG[None, :, None]
    outward = (near - back) / max(float(np.linalg.norm(near - back)), 1e-3)
    offsets = np.concatenate([np.arange(BOX) + 0.5, -np.arange(BOX) - 0.5]).astype(np.float32)
    grid = (points[:, :, None] + outward * offsets[None, None, :, None]).astype(np.float32)
    flat = grid.reshape(len(starts), -1, 2)
    colours = cv2.remap(lab, flat[..., 0], flat[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    colours = colours.reshape(len(starts), SAMPLES, 2, BOX, 3).mean(axis=3)
    steps = (colours[:, :, 1] - colours[:, :, 0]).reshape(len(starts), SEGMENTS, -1, 3).mean(axis=2)
    norms = np.linalg.norm(steps, axis=2)
    worth = (norms > LEAST_STEP).mean(axis=1) + 0.01 * np.minimum(norms, 10).mean(axis=1)
    best = int(worth.argmax())
    if worth[best] < 0.5:
        return None
    moved = quad.copy()
    moved[side], moved[(side + 1) % 4] = starts[best], ends[best]
    return moved
