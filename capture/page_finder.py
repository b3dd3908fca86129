"""Finds the page in a picture, and says honestly when it does not."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from capture import page_edges, page_proposals, second_sheet
from capture.arrays import Bytes, Floats
from capture.encode import proportions

WORK_SIDE = 800
LEAST_SIDE = 64  # pixels; less holds no page, and no filter's window either
A4_RATIO = 297 / 210
ACCEPT = 0.75  # below it the whole picture is kept and the operator asked
SURE = 0.9  # below it more costly guesses are tried
AMPLE_LEAD = 0.1
LIKELY_PAPER = 0.1  # of rank: a quad of a known paper's proportions is hardly ever chance
EVEN = 0.15  # unevenness within which the inside of four edges is one sheet
MOST_OUTSIDE = 0.15  # of the longer side: how far a corner may lie beyond the frame


@dataclass(frozen=True, slots=True)
class FoundPage:
    """Corners (4, 2) in pixels of the picture, clockwise, not yet from the document's own top-left.

    When found is false they are the whole frame. confidence is 0..1; cut_off says that a side of the page
    lies outside the picture. second_sheet is how well the sides of another written sheet beside it are
    supported, 0 without one.
    """

    corners: Floats
    found: bool
    confidence: float
    cut_off: bool = False
    second_sheet: float = 0.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A refined quad on the work image, its evidence, whether anything is written in it, whether its
    proportions are those of a known paper, and its rank."""

    quad: Floats
    evidence: page_edges.Evidence
    written: bool
    paper: bool
    rank: float


def find_page(picture: Bytes) -> FoundPage:
    """Find the one page in a BGR picture (H, W, 3) of any size.

    Rough guesses come from regions and lines; each is refined against colour steps and ranked by evidence.
    Whatever is not well supported on all four sides is refused: the whole picture is kept then.
    """
    height, width = picture.shape[:2]
    whole = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    if min(height, width) < LEAST_SIDE:
        return FoundPage(whole, False, 0.0)
    lab, scale = work_image(picture)
    if _is_scan(lab):
        return FoundPage(whole, True, SURE)
    candidates = candidates_of(lab)
    if not candidates:
        return FoundPage(whole, False, 0.0)
    best = candidates[0]
    sure = confidence_of(best, candidates)
    peeking = second_sheet.peeking_out(lab, best.quad)
    second = max(_second_sheet(best, candidates), peeking)
    if peeking == 1.0:  # a quad around two sheets, and neither of them
        sure *= 0.5
    if sure < ACCEPT:
        return FoundPage(whole, False, sure, second_sheet=second)
    corners = (best.quad + 0.5) * scale - 0.5
    return FoundPage(corners.astype(np.float32), True, sure, _cut_off(best, lab), second)


def _second_sheet(best: Candidate, candidates: list[Candidate]) -> float:
    """How well two written sheets of like size lie beside each other, by the lesser one; 0 when there is one.

    One of the two is the best candidate, unless that is a quad around both.
    """
    sheets = [
        c for c in candidates[:12] if c.written and not c.evidence.on_frame.any() and not c.evidence.split
    ]
    firsts = sheets if best.evidence.split else [c for c in sheets if c is best]
    found = 0.0
    for one in firsts:
        for other in sheets:
            larger, smaller = sorted((cv2.contourArea(one.quad), cv2.contourArea(other.quad)), reverse=True)
            if larger < 2.5 * smaller and overlap(one.quad, other.quad) < 0.02:
                found = max(found, min(_worth(one), _worth(other)))
    return found


def _worth(sheet: Candidate) -> float:
    return sheet.evidence.support * (1 - min(1.0, sheet.evidence.unevenness))


def _is_scan(lab: Floats) -> bool:
    """Whether the picture is the page itself: A4's proportions, as no camera has, and white all around."""
    height, width = lab.shape[:2]
    if abs(max(height, width) / min(height, width) / A4_RATIO - 1) > 0.012:
        return False
    rim = max(3, round(0.012 * min(height, width)))
    strips = (lab[:rim], lab[-rim:], lab[:, :rim], lab[:, -rim:])
    edge = np.concatenate([strip.reshape(-1, 3) for strip in strips])
    white = (edge[:, 0] > 88) & (np.abs(edge[:, 1:]).max(axis=1) < 8)
    return bool(white.mean() > 0.97)


def _cut_off(best: Candidate, lab: Floats) -> bool:
    height, width = lab.shape[:2]
    beyond = (best.quad < -2) | (best.quad > np.array([width + 1, height + 1]))
    return bool(beyond.any() or best.evidence.on_frame.any())


def work_image(picture: Bytes) -> tuple[Floats, float]:
    """The picture in Lab (float32, L 0..100), longer side WORK_SIDE, lightly smoothed, and its scale."""
    height, width = picture.shape[:2]
    scale = max(height, width) / WORK_SIDE
    size = (max(8, round(width / scale)), max(8, round(height / scale)))
    small = cv2.resize(shrunk(picture, 2 * WORK_SIDE), size, interpolation=cv2.INTER_AREA)
    lab = cv2.cvtColor(small.astype(np.float32) / 255.0, cv2.COLOR_BGR2LAB)
    smooth: Floats = cv2.GaussianBlur(lab, (0, 0), 1.0)
    return smooth, scale


def shrunk(picture: Bytes, least_side: int) -> Bytes:
    """The picture shrunk by a whole number, which is fast, to a longer side of at least least_side pixels."""
    height, width = picture.shape[:2]
    factor = min(max(height, width) // least_side, height, width)
    if factor < 2:
        return picture
    size = (width // factor, height // factor)
    return cv2.resize(picture[: size[1] * factor, : size[0] * factor], size, interpolation=cv2.INTER_AREA)


def noise_of(lab: Floats) -> float:
    """Typical difference of neighbouring boxes in Lab units: what a step must rise above."""
    boxes = cv2.blur(lab, (page_edges.BOX, page_edges.BOX))[:: page_edges.BOX, :: page_edges.BOX]
    return float(np.median(np.linalg.norm(boxes[1:] - boxes[:-1], axis=2)))


def candidates_of(lab: Floats) -> list[Candidate]:
    """All distinct refined quads, best first."""
    look = _Look(lab, noise_of(lab), _ink(lab))
    distance = page_proposals.background_distance(lab)
    candidates = _evaluated(look, page_proposals.region_quads(lab, distance), [])
    if not candidates or confidence_of(candidates[0], candidates) < SURE:
        candidates = _evaluated(look, page_proposals.line_quads(lab, 24), candidates)
    if candidates and confidence_of(candidates[0], candidates) < SURE:
        candidates = _evaluated(look, _slides(lab, candidates[:4]), candidates)
    if not candidates or confidence_of(candidates[0], candidates) < SURE:
        candidates = _evaluated(look, page_proposals.enclosed_quads(lab), candidates)
    if not candidates or confidence_of(candidates[0], candidates) < SURE:
        least_step = max(page_edges.LEAST_STEP, 2.0 * look.noise)
        candidates = _evaluated(look, page_proposals.crossing_quads(lab, 16, least_step), candidates)
        candidates = _evaluated(look, _slides(lab, candidates[:4]), candidates)
    return candidates


@dataclass(frozen=True, slots=True)
class _Look:
    """The work image and what every candidate on it is weighed against."""

    lab: Floats
    noise: float
    ink: Floats


def _ink(lab: Floats) -> Floats:
    lightness = lab[..., 0]
    ink: Floats = (lightness < cv2.blur(lightness, (31, 31)) - 6.0).astype(np.float32)
    return ink


def _slides(lab: Floats, candidates: list[Candidate]) -> list[Floats]:
    quads = []
    for candidate in candidates:
        for side in range(4):
            if candidate.evidence.overrun[side] > 0.4:
                moved = page_edges.slid(lab, candidate.quad, side)
                if moved is not None:
                    quads.append(moved)
    return quads


def _evaluated(look: _Look, quads: list[Floats], known: list[Candidate]) -> list[Candidate]:
    """The known candidates and those that the rough quads become, distinct, best first."""
    height, width = look.lab.shape[:2]
    kept = list(known)
    seen: list[Floats] = []
    for rough in quads:
        if any(np.abs(rough - other).max() < 3 for other in seen):
            continue
        seen.append(rough)
        quad = page_edges.refine(look.lab, rough, 12, 2.0)
        quad = page_edges.refine(look.lab, quad, 3, 0.5)
        if not _plausible(quad, width, height):
            continue
        evidence = page_edges.weigh(look.lab, quad, look.noise)
        written = _written(look.ink, quad)
        paper = proportions(quad, width, height)[0] is not None
        rank = _rank(evidence, quad, written, width * height) + LIKELY_PAPER * paper
        kept.append(Candidate(quad, evidence, written, paper, rank))
    kept.sort(key=lambda c: -c.rank)
    distinct: list[Candidate] = []
    for candidate in kept:
        if all(overlap(candidate.quad, other.quad) < 0.95 for other in distinct):
            distinct.append(candidate)
    return distinct


def _written(ink: Floats, quad: Floats) -> bool:
    """Whether fine dark marks lie well inside a quad."""
    steps = np.linspace(0.08, 0.92, 40, dtype=np.float32)
    across, down = (axis.ravel()[:, None] for axis in np.meshgrid(steps, steps))
    top = quad[0] + (quad[1] - quad[0]) * across
    bottom = quad[3] + (quad[2] - quad[3]) * across
    points = (top + (bottom - top) * down).astype(np.float32)
    marks = cv2.remap(ink, points[:, 0], points[:, 1], cv2.INTER_NEAREST)
    return bool(marks.mean() > 0.004)


def _rank(evidence: page_edges.Evidence, quad: Floats, written: bool, frame: int) -> float:
    share = cv2.contourArea(quad) / frame
    return (
        evidence.support
        + 0.5 * float(evidence.coverage[~evidence.on_frame].min(initial=1.0))
        - 0.15 * int(evidence.on_frame.sum())
        - 0.4 * min(1.0, evidence.unevenness)
        - 1.0 * max(0.0, float(evidence.overrun.max()) - 0.3)
        + 0.15 * min(1.0, share * 2)
        + 0.15 * written
    )


def _plausible(quad: Floats, width: int, height: int) -> bool:
    if not cv2.isContourConvex(quad[:, None]):
        return False
    outside = np.maximum(-quad, quad - np.array([width, height]))
    if outside.max() > MOST_OUTSIDE * max(width, height):
        return False
    sides = np.linalg.norm(np.roll(quad, -1, axis=0) - quad, axis=1)
    if sides.min() < 0.1 * min(width, height):
        return False
    first, second, third, fourth = (float(side) for side in sides)
    return max(first / third, third / first, second / fourth, fourth / second) < 1.8


def confidence_of(best: Candidate, candidates: list[Candidate]) -> float:
    """0..1: how well all four sides are supported, less when edges run on past them, and less when another
    quad explains the picture as well."""
    evidence = best.evidence
    free = evidence.coverage[~evidence.on_frame]
    weakest = float(free.min(initial=1.0))
    # One side may vanish on a pale table or under a hand: that the rest makes a known paper then counts.
    whole = best.paper and evidence.unevenness < EVEN
    sure = min(evidence.support, 0.5 + 0.5 * weakest if whole else 0.3 + 0.7 * weakest)
    sure *= {0: 1.0, 1: 0.85}.get(int(evidence.on_frame.sum()), 0.0) * (0.5 if evidence.split else 1.0)
    if weakest < 0.9 and evidence.unevenness > EVEN:  # two sheets that touch look like this
        sure *= 0.85
    sure *= 1 - max(0.0, float(evidence.overrun.max()) - 0.3)
    rivals = [c.rank for c in candidates if c is not best and overlap(c.quad, best.quad) < 0.93]
    lead = best.rank - max(rivals, default=-1.0)
    return float(sure * np.clip(0.5 + lead / AMPLE_LEAD / 2, 0.0, 1.0))


def overlap(one: Floats, other: Floats) -> float:
    """Intersection over union of two convex quads."""
    area, _ = cv2.intersectConvexConvex(one.astype(np.float32), other.astype(np.float32))
    union = cv2.contourArea(one) + cv2.contourArea(other) - area
    return float(area / union) if union > 0 else 0.0
