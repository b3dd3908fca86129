"""Finds an identity card on a blank sheet of A4: whoever lays a card on white paper means the card."""

from __future__ import annotations

import math

import cv2
import numpy as np

from capture import page_finder, page_proposals
from capture.arrays import Bytes, Floats
from capture.encode import Format, proportions
from capture.page_finder import FoundPage
from capture.pages import whole_frame

LONG, SHORT = 800, 566  # pixels of the sheet as it is looked at
RIM = 0.04  # of the sheet's sides: its own edges and their shadows are nothing that lies on it
APART = 5.0  # Lab units from the blank paper
LEAST_APART = 0.02  # of the sheet; less than a card by far
SIZE_SNAP = 0.10
ENOUGH = 0.65  # lower than for a page: proportions and size have to be those of a card besides
_CARD = Format.ID_1.value[1] / Format.A4.value[1]  # of the sheet's longer side


def find_document(picture: Bytes) -> FoundPage:
    """Find the page in a BGR picture (H, W, 3), as find_page does, or the card that lies on a blank one."""
    found = page_finder.find_page(picture)
    height, width = picture.shape[:2]
    if not found.found or np.abs(found.corners - np.array(whole_frame(width, height))).max() < 1:
        return found
    if proportions(found.corners, width, height)[0] is not Format.A4:
        return found
    card = card_on(picture, found.corners)
    return found if card is None else FoundPage(card, True, found.confidence, second_sheet=found.second_sheet)


def card_on(picture: Bytes, sheet: Floats) -> Floats | None:
    """Corners (4, 2) of the one card on an otherwise blank sheet (4, 2) of a BGR picture, None without one.

    A sheet with anything else on it, a copy with a note or a stamp included, is a page of its own.
    """
    sides = np.linalg.norm(np.roll(sheet, -1, axis=0) - sheet, axis=1)
    width, height = (LONG, SHORT) if sides[0] + sides[2] > sides[1] + sides[3] else (SHORT, LONG)
    own = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(sheet.astype(np.float32), own)
    flat = np.asarray(cv2.warpPerspective(picture, matrix, (width, height), flags=cv2.INTER_AREA), np.uint8)
    if not _little_on_it(flat):
        return None
    lab, scale = page_finder.work_image(flat)
    candidates = page_finder.candidates_of(lab)
    for best in candidates[:1]:
        paper, _ = proportions(best.quad, lab.shape[1], lab.shape[0])
        long_side = float(np.linalg.norm(np.roll(best.quad, -1, axis=0) - best.quad, axis=1).max()) * scale
        right_size = math.isclose(long_side / LONG, _CARD, rel_tol=SIZE_SNAP)
        if paper is Format.ID_1 and right_size and page_finder.confidence_of(best, candidates) >= ENOUGH:
            place = ((best.quad + 0.5) * scale - 0.5)[None].astype(np.float32)
            back: Floats = cv2.perspectiveTransform(place, np.linalg.inv(matrix))[0].astype(np.float32)
            return back
    return None


def _little_on_it(flat: Bytes) -> bool:
    """Whether all that differs from the blank sheet fits into the box of one card, lying any way."""
    small = cv2.resize(flat, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    lab = cv2.cvtColor(small.astype(np.float32) / 255.0, cv2.COLOR_BGR2LAB)
    height, width = lab.shape[:2]
    across, down = round(RIM * width), round(RIM * height)
    inner = lab[down : height - down, across : width - across]
    apart = page_proposals.background_distance(cv2.blur(np.ascontiguousarray(inner), (3, 3))) > APART
    share = float(apart.mean())
    if not LEAST_APART < share < 0.5:
        return False
    ys, xs = np.nonzero(apart)
    low_x, high_x = np.percentile(xs, (1, 99))
    low_y, high_y = np.percentile(ys, (1, 99))
    diagonal = (
        math.hypot(Format.ID_1.value[0], Format.ID_1.value[1]) / Format.A4.value[1] * max(height, width)
    )
    return bool(max(high_x - low_x, high_y - low_y) < 1.15 * diagonal)
