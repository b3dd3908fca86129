"""The quality gate: what is wrong with a page, measured while it is still at hand to take again."""

from __future__ import annotations

import cv2
import numpy as np

from capture.arrays import Bytes, Floats
from capture.encode import Format, Squared, fitted
from capture.pages import Finding, FindingKind, Severity

# The limits are measured on text at 200 dpi: below, an operator still reads it; beyond the stop, nobody does.
LEAST_DPI, STOP_DPI = 200.0, 45.0
LEAST_SHARPNESS, STOP_SHARPNESS = 1.30, 1.13
LEAST_LIGHT, STOP_LIGHT = 85.0, 40.0
MOST_GLARE, STOP_GLARE = 0.003, 0.20
MOST_WASHED = 0.10
LEAST_INK = 0.0006
LEAST_SIDE = 48  # pixels; below it there is nothing to judge but the size


def judge(page: Squared, cut_off: bool, found: bool) -> tuple[Finding, ...]:
    """Look at a squared page as it was photographed, before its light is evened out."""
    findings: list[Finding] = []
    if not found:
        findings.append(Finding(FindingKind.PAGE_NOT_FOUND, Severity.WARN, 0.0, 1.0))
    if cut_off:
        findings.append(Finding(FindingKind.CORNER_CUT_OFF, Severity.WARN, 1.0, 0.0))
    if page.dots_per_inch < LEAST_DPI - 1:
        findings.append(_below(FindingKind.TOO_SMALL, page.dots_per_inch, LEAST_DPI, STOP_DPI))
    if min(page.picture.shape[:2]) < LEAST_SIDE:
        return tuple(findings)
    grey = cv2.cvtColor(page.picture, cv2.COLOR_BGR2GRAY)
    small = fitted(np.asarray(grey, np.uint8), 800)
    light = paper_level(small)
    if light < LEAST_LIGHT:
        findings.append(_below(FindingKind.TOO_DARK, light, LEAST_LIGHT, STOP_LIGHT))
    ink = ink_share(small)
    if ink < LEAST_INK:
        findings.append(Finding(FindingKind.BLANK, Severity.WARN, ink, LEAST_INK))
        return tuple(findings)  # nothing on it that could be sharp or blurred
    sharp = sharpness(_fullest_part(grey, small))
    if sharp < LEAST_SHARPNESS:
        findings.append(_below(FindingKind.BLURRED, sharp, LEAST_SHARPNESS, STOP_SHARPNESS))
    glare = glare_share(page.picture)
    if glare > MOST_GLARE:
        severity = Severity.STOP if glare > STOP_GLARE else Severity.WARN
        findings.append(Finding(FindingKind.GLARE, severity, glare, MOST_GLARE))
    elif page.format is not Format.ID_1:  # a card's coloured print would pass for faded ink
        washed = washed_out_share(small)
        if washed > MOST_WASHED:
            findings.append(Finding(FindingKind.GLARE, Severity.WARN, washed, MOST_WASHED))
    return tuple(findings)


def _below(kind: FindingKind, measured: float, least: float, stop: float) -> Finding:
    return Finding(kind, Severity.STOP if measured < stop else Severity.WARN, measured, least)


def paper_level(grey: Bytes) -> float:
    """How bright the paper is, 0..255: the level that a fifth of the page exceeds."""
    return float(np.percentile(grey, 80))


def ink_share(grey: Bytes) -> float:
    """The share of a page (longer side about 800) that is clearly darker than the paper around it."""
    rim = max(4, round(0.02 * max(grey.shape)))
    inner = grey[rim:-rim, rim:-rim]
    around = cv2.blur(inner, (41, 41)).astype(np.float32)
    return float((inner < around * 0.82 - 6).mean())


def _fullest_part(grey: Bytes, small: Bytes) -> Bytes:
    """The third of the page's rows with the most ink: sharpness there says enough, at a third of the time."""
    dark = (small < cv2.blur(small, (41, 41)) * 0.82 - 6).sum(axis=1).astype(np.float64)
    rows = max(8, len(dark) // 3)
    sums = np.convolve(dark, np.ones(rows), "valid")
    first = int(sums.argmax()) * grey.shape[0] // small.shape[0]
    return grey[first : first + rows * grey.shape[0] // small.shape[0]]


def sharpness(grey: Bytes) -> float:
    """How much steeper the steepest edges are than after a slight blur: 1 is none left, 2 is crisp."""
    smooth = cv2.GaussianBlur(grey, (0, 0), 1.6)
    own = _steepness(grey)
    after = _steepness(np.asarray(smooth, np.uint8))
    # Noise has steep pixels too, but only on real edges is the blurred picture steep as well.
    strong = after > max(6.0, float(np.percentile(after, 99)))
    if int(strong.sum()) < 50:
        strong = after >= np.percentile(after, 99.5)
    return float(own[strong].mean() / max(1e-3, float(after[strong].mean())))


def _steepness(grey: Bytes) -> Floats:
    across = cv2.Sobel(grey, cv2.CV_32F, 1, 0, ksize=3)
    down = cv2.Sobel(grey, cv2.CV_32F, 0, 1, ksize=3)
    steep: Floats = cv2.magnitude(across, down) / 8
    return steep


def glare_share(picture: Bytes) -> float:
    """The share of a page burnt out by a reflection: white patches on paper that is less than white."""
    small = fitted(picture, 400)
    level = small.min(axis=2)
    typical = float(np.median(level))
    if typical > 225:  # paper itself is close to white, so a white patch says nothing
        return 0.0
    burnt = (level >= 250).astype(np.uint8)
    burnt = cv2.morphologyEx(burnt, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    return float(burnt.mean())


def washed_out_share(grey: Bytes) -> float:
    """The share of a page's written places (longer side about 800) where burnt-out paper ate the ink."""
    paper = cv2.dilate(grey, np.ones((13, 13), np.uint8))
    ink = cv2.erode(grey, np.ones((5, 5), np.uint8)).astype(np.float32)
    contrast = cv2.resize(
        cv2.dilate(1 - ink / np.maximum(paper, 1), np.ones((9, 9), np.uint8)),
        (grey.shape[1] // 12, grey.shape[0] // 12),
        interpolation=cv2.INTER_NEAREST,
    )
    level = cv2.resize(paper, (contrast.shape[1], contrast.shape[0]), interpolation=cv2.INTER_NEAREST)
    written = contrast[2:-2, 2:-2] > 0.05
    if int(written.sum()) < 20:
        return 0.0
    strong = float(np.percentile(contrast[2:-2, 2:-2][written], 80))
    faint = written & (contrast[2:-2, 2:-2] < 0.45 * strong) & (level[2:-2, 2:-2] >= 253)
    return float(faint.sum() / written.sum())
