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
MOST_GLARE, STOP_GLARE = 0.003, 0.30
MOST_WASHED = 0.10
MOST_OF_A_SECOND = 0.4
LEAST_INK = 0.0006
STROKE = 19  # pixels of a page of 800: wider than any stroke of text
LEAST_SIDE = 48  # pixels; below it there is nothing to judge but the size


def judge(page: Squared, cut_off: bool, found: bool, second_sheet: float = 0.0) -> tuple[Finding, ...]:
    """Look at a squared page as it was photographed, before its light is evened out.

    second_sheet is how well another sheet is seen beside it, see FoundPage.
    """
    findings: list[Finding] = []
    if second_sheet > MOST_OF_A_SECOND:
        findings.append(Finding(FindingKind.DOUBLED, Severity.WARN, second_sheet, MOST_OF_A_SECOND))
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
    ink = ink_of(small)
    share = float(ink.mean())
    if share < LEAST_INK:
        findings.append(Finding(FindingKind.BLANK, Severity.WARN, share, LEAST_INK))
        return tuple(findings)  # nothing on it that could be sharp or blurred
    sharp = sharpness(_fullest_part(grey, ink))
    if sharp < LEAST_SHARPNESS:
        findings.append(_below(FindingKind.BLURRED, sharp, LEAST_SHARPNESS, STOP_SHARPNESS))
    glare = glare_on_text(page.picture, ink)
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


def ink_of(grey: Bytes) -> Bytes:
    """Where (0 or 1) a page (longer side about 800) has strokes: fine, and clearly darker than around.

    A dark field is no stroke: beside a white one its edge is not ink either.
    """
    rim = max(4, round(0.02 * max(grey.shape)))
    paper = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((STROKE, STROKE), np.uint8))
    ink = (grey < paper * np.float32(0.82) - 6).astype(np.uint8)
    ink[:rim] = ink[-rim:] = 0
    ink[:, :rim] = ink[:, -rim:] = 0
    return ink


def _fullest_part(grey: Bytes, ink: Bytes) -> Bytes:
    """The third of the page's rows with the most ink: sharpness there says enough, at a third of the time."""
    dark = ink.sum(axis=1).astype(np.float64)
    rows = max(8, len(dark) // 3)
    sums = np.convolve(dark, np.ones(rows), "valid")
    first = int(sums.argmax()) * grey.shape[0] // ink.shape[0]
    return grey[first : first + rows * grey.shape[0] // ink.shape[0]]


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


def glare_on_text(picture: Bytes, ink: Bytes) -> float:
    """The share of a page's written area on which a reflection burns out paper that is less than white.

    ink is ink_of the page at any size. A reflection in an empty margin takes nothing away and counts nothing.
    """
    small = fitted(picture, 400)
    level = small.min(axis=2)
    if float(np.median(level)) > 225:  # paper itself is close to white, so a white patch says nothing
        return 0.0
    burnt = cv2.morphologyEx((level >= 250).astype(np.uint8), cv2.MORPH_OPEN, np.ones((5, 5), np.uint8)) > 0
    # Lines are closed over the gaps that a reflection tears into them.
    size = (small.shape[1], small.shape[0])
    strokes = cv2.resize(ink * np.uint8(255), size, interpolation=cv2.INTER_AREA) > 20
    written = cv2.morphologyEx(strokes.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((9, 81), np.uint8)) > 0
    return float((burnt & written).sum() / max(1, int(written.sum())))


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
