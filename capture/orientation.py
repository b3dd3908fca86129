"""Which corner is the document's own top-left: read from the lie of its text, without reading the text."""

from __future__ import annotations

import cv2
import numpy as np

from capture.arrays import Bytes, Floats
from capture.encode import Format, proportions, square


def upright(picture: Bytes, corners: Floats) -> Floats:
    """The same corners (4, 2), clockwise, from the document's own top-left as far as its looks tell.

    picture may be small; a longer page side of 500 pixels is enough.
    """
    start = _start(corners)
    page = square(picture, start, 1.0).picture
    turns = 0
    paper, _ = proportions(start, picture.shape[1], picture.shape[0])
    if _lies_across(page, paper):
        page = np.asarray(cv2.rotate(page, cv2.ROTATE_90_CLOCKWISE), np.uint8)
        turns = 1
    if upside_down(page) > 0:
        turns += 2
    return np.roll(start, turns, axis=0)


def _start(corners: Floats) -> Floats:
    """Clockwise corners, first the one whose side to the next points most to the right."""
    sides = np.roll(corners, -1, axis=0) - corners
    rightward = sides[:, 0] / np.maximum(np.linalg.norm(sides, axis=1), 1e-3)
    return np.roll(corners, -int(rightward.argmax()), axis=0)


def _lies_across(page: Bytes, paper: Format | None) -> bool:
    """Whether lines of text run from top to bottom, so that the page wants a quarter turn."""
    ink = ink_of(page)
    along, across = _banding(ink.mean(axis=1)), _banding(ink.mean(axis=0))
    height, width = page.shape[:2]
    lean = float(np.log((across + 1e-6) / (along + 1e-6)))
    if paper is Format.ID_1:
        lean += 1.5 if height > width else -1.5  # an ID card's faces are both wider than high
    elif paper is Format.A4:
        lean += 0.4 if width > height else -0.4
    return lean > 0


def _banding(profile: Floats) -> float:
    """How strongly a profile of ink goes up and down, as lines of text with gaps between them make it do."""
    smooth = cv2.GaussianBlur(profile[:, None], (1, 1), 0).ravel()
    trend = cv2.blur(profile[:, None], (1, 61)).ravel()
    return float(np.std(smooth - trend))


def ink_of(page: Bytes) -> Floats:
    """Where there is ink (H, W), 0 or 1: darker than the paper around, a rim left out."""
    grey = cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)
    around = cv2.blur(grey, (41, 41)).astype(np.float32)
    ink = (grey < around * 0.85 - 4).astype(np.float32)
    rim = max(6, round(0.03 * max(grey.shape)))
    ink[:rim] = ink[-rim:] = 0
    ink[:, :rim] = ink[:, -rim:] = 0
    return ink


def upside_down(page: Bytes) -> float:
    """Above 0 when a page whose lines run level looks better turned by 180 degrees.

    Lines begin at one margin and end where they end; pages fill from the top; seals stand low on the
    right of a sheet, an ID card's emblem on its left and its portrait on its right.
    """
    height, width = page.shape[:2]
    ink = ink_of(page)
    red = _red(page)
    ink[cv2.dilate(red, np.ones((15, 15), np.uint8)) > 0] = 0
    wrong = 2.0 * _ragged_left(ink)
    wrong += 1.0 * _mass(ink, axis=0)
    share = float(red.mean())
    if share > 0.0008:
        if width > height:
            wrong += 3.0 * _mass(red.astype(np.float32), axis=1)
        else:
            wrong += 3.0 * _mass(red.astype(np.float32), axis=0) * -1
            wrong += 1.0 * _mass(red.astype(np.float32), axis=1) * -1
    elif width > height:
        wrong -= 4.0 * _portrait_side(page)
    return wrong


def _mass(ink: Floats, axis: int) -> float:
    """Where ink lies along an axis: -1 all at the beginning, 1 all at the end, 0 without any."""
    profile = ink.sum(axis=1 - axis)
    total = float(profile.sum())
    if total <= 0:
        return 0.0
    return float((profile * np.linspace(-1, 1, len(profile))).sum() / total)


def _ragged_left(ink: Floats) -> float:
    """-1..1: above 0 when lines agree on where they end rather than on where they begin."""
    rows = ink.mean(axis=1)
    lines = rows > max(0.004, 0.25 * float(np.percentile(rows, 95)))
    edges = np.flatnonzero(np.diff(np.concatenate([[0], lines.astype(np.int8), [0]])))
    begins, ends = [], []
    for top, bottom in zip(edges[::2], edges[1::2], strict=True):
        if bottom - top < 3:
            continue
        columns = np.flatnonzero(ink[top:bottom].sum(axis=0) > 0)
        if len(columns) > 4:
            begins.append(float(np.percentile(columns, 1)))
            ends.append(float(np.percentile(columns, 99)))
    if len(begins) < 3:
        return 0.0
    left = float(np.median(np.abs(np.array(begins) - np.median(begins))))
    right = float(np.median(np.abs(np.array(ends) - np.median(ends))))
    return (left - right) / max(1.0, left + right)


def _red(page: Bytes) -> Bytes:
    hsv = cv2.cvtColor(page, cv2.COLOR_BGR2HSV)
    hue, strong, value = hsv[..., 0], hsv[..., 1], hsv[..., 2]
    red = ((hue < 9) | (hue > 170)) & (strong > 105) & (value > 60)
    return red.astype(np.uint8)


def _portrait_side(page: Bytes) -> float:
    """-1..1: where the one large dark or coloured area lies, right above 0; 0 when there is none."""
    lab = cv2.cvtColor(page, cv2.COLOR_BGR2LAB).astype(np.float32)
    paper = np.median(lab.reshape(-1, 3), axis=0)
    apart = (np.linalg.norm(lab - paper, axis=2) > 38).astype(np.uint8)
    size = max(5, round(0.05 * page.shape[1]))
    large = cv2.morphologyEx(apart, cv2.MORPH_OPEN, np.ones((size, size), np.uint8))
    return _mass(large.astype(np.float32), axis=1) if large.mean() > 0.01 else 0.0
