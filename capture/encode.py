"""Squares a page to its true proportions, evens out its light, and encodes it small enough to travel."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import cv2
import numpy as np

from capture.arrays import Bytes, Floats

MOST_BYTES = 350_000
THUMBNAIL_SIDE = 320
SNAP = 0.06  # how far, as a share, measured proportions may be from a paper format to count as it
FOCAL = 0.8  # of the picture's longer side: between a phone's main camera and a document camera
MOST_SIDE = 2339


class Format(Enum):
    """Paper whose true size is known: (short mm, long mm, most dots per inch that are stored)."""

    A4 = (210.0, 297.0, 200)
    ID_1 = (53.98, 85.60, 450)


@dataclass(frozen=True, slots=True)
class Squared:
    """A page seen from straight above: BGR pixels, the format it was recognised as, and its original dpi."""

    picture: Bytes
    format: Format | None
    dots_per_inch: float


def square(picture: Bytes, corners: Floats, original_scale: float) -> Squared:
    """Warp the quad (4, 2), from the document's own top-left, to a rectangle of true proportions.

    original_scale is how many original pixels one of the picture's spans. What lies beyond the picture
    comes out white. Never enlarges: a small page stays small, and the quality gate says so.
    """
    wide, high = _lengths(corners)
    paper, ratio = proportions(corners, picture.shape[1], picture.shape[0])
    long_pixels = max(wide, high)
    inches = (paper.value[1] if paper else Format.A4.value[1]) / 25.4
    most = paper.value[2] * inches if paper else MOST_SIDE
    long_side = max(8, round(min(long_pixels, most)))
    short_side = max(8, round(long_side / ratio))
    width, height = (long_side, short_side) if wide >= high else (short_side, long_side)
    shrink = long_pixels / long_side
    part, quad = _around(picture, corners)
    if shrink > 1.4:  # sampling points further apart than pixels would skip fine strokes
        size = (max(1, round(part.shape[1] / shrink)), max(1, round(part.shape[0] / shrink)))
        quad = quad * np.array([size[0] / part.shape[1], size[1] / part.shape[0]], np.float32)
        part = np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), np.uint8)
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32) - 0.5
    matrix = cv2.getPerspectiveTransform(quad.astype(np.float32), target)
    warped = cv2.warpPerspective(
        part,
        matrix,
        (width, height),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(255, 255, 255),
    )
    return Squared(np.asarray(warped, np.uint8), paper, long_pixels * original_scale / inches)


def whole(picture: Bytes, original_scale: float, known_dpi: float | None) -> Squared:
    """A picture that is the page, or that stays whole because no page was found in it: shrunk at most."""
    height, width = picture.shape[:2]
    ratio = max(width, height) / min(width, height)
    paper = next((p for p in Format if abs(ratio / (p.value[1] / p.value[0]) - 1) < 0.015), None)
    inches = (paper or Format.A4).value[1] / 25.4
    dots = known_dpi or max(width, height) * original_scale / inches
    return Squared(fitted(picture, MOST_SIDE), paper, dots)


def proportions(corners: Floats, width: int, height: int) -> tuple[Format | None, float]:
    """The format that the quad's proportions match, and long side over short side.

    The sides' mean lengths decide when they fit a format; otherwise the tilt is taken out first, by the
    lengths that the sides have in space under an ordinary lens.
    """
    wide, high = _lengths(corners)
    plain = max(wide, high) / max(1.0, min(wide, high))
    across, down = _lengths_in_space(corners, width, height)
    true = max(across, down) / max(1e-6, min(across, down))
    for ratio in (plain, true):
        for paper in Format:
            exact = paper.value[1] / paper.value[0]
            if abs(ratio / exact - 1) <= SNAP:
                return paper, exact
    return None, float(np.clip(true, 1.0, 6.0))


def _lengths(corners: Floats) -> tuple[float, float]:
    """Mean pixels of the top and bottom side, and of the left and right side."""
    sides = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    return float(sides[0] + sides[2]) / 2, float(sides[1] + sides[3]) / 2


def _lengths_in_space(corners: Floats, width: int, height: int) -> tuple[float, float]:
    """The rectangle's two sides up to a common factor, for a camera whose focal length is FOCAL."""
    focal = FOCAL * max(width, height)
    rays = np.concatenate([(corners - [width / 2, height / 2]) / focal, np.ones((4, 1))], axis=1)
    # Depths of three corners relative to the first: a rectangle's diagonals share their middle.
    system = np.stack([rays[1], -rays[2], rays[3]], axis=1)
    try:
        second, third, fourth = np.linalg.solve(system, rays[0])
    except np.linalg.LinAlgError:
        return _lengths(corners)
    if min(second, third, fourth) <= 0.1:
        return _lengths(corners)
    space = rays * np.array([1.0, second, third, fourth])[:, None]
    sides = np.linalg.norm(np.roll(space, -1, axis=0) - space, axis=1)
    return float(sides[0] + sides[2]) / 2, float(sides[1] + sides[3]) / 2


def _around(picture: Bytes, corners: Floats) -> tuple[Bytes, Floats]:
    """The part of the picture that the quad touches, and the quad on it."""
    height, width = picture.shape[:2]
    low = np.floor(corners.min(axis=0)).astype(int) - 4
    high = np.ceil(corners.max(axis=0)).astype(int) + 4
    left, top = int(np.clip(low[0], 0, width - 1)), int(np.clip(low[1], 0, height - 1))
    right, bottom = int(np.clip(high[0], left + 1, width)), int(np.clip(high[1], top + 1, height))
    return picture[top:bottom, left:right], corners - np.array([left, top], np.float32)


def improve(page: Bytes, paper: Format | None = Format.A4) -> Bytes:
    """Even out the light over a page (H, W, 3) and take a lamp's tint off white paper; colours stay.

    One gain per place for all three channels keeps a red stamp red. Paper that is plainly tinted,
    as certificates are, keeps its tint. On a card only light that changes evenly is taken out: beside a
    portrait anything finer would leave a halo.
    """
    height, width = page.shape[:2]
    scale = 160 / max(height, width)
    size = (max(8, round(width * scale)), max(8, round(height * scale)))
    small = cv2.resize(page, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    lit = _light(small.max(axis=2), even=paper is Format.ID_1)
    # Aim below white, so that paper which was evenly lit is hardly touched.
    target = float(np.clip(np.percentile(lit, 90), 205, 245))
    gain = np.clip(target / np.maximum(lit, 1.0), 0.95, 2.2)
    tint = _tint(small * gain[..., None], target)
    gains = (gain[..., None] * tint).astype(np.float32)
    full = cv2.resize(gains, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.multiply(page, full, dtype=cv2.CV_8U), np.uint8)


def _light(brightness: Floats, even: bool) -> Floats:
    """The light on the paper at each place of a small picture, text and pictures taken out."""
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (13, 13))
    closed = cv2.morphologyEx(brightness, cv2.MORPH_CLOSE, kernel, borderType=cv2.BORDER_REPLICATE)
    smooth = cv2.GaussianBlur(closed, (0, 0), 6, borderType=cv2.BORDER_REPLICATE)
    yy, xx = np.mgrid[0 : smooth.shape[0], 0 : smooth.shape[1]]
    x, y = xx.ravel() / smooth.shape[1] - 0.5, yy.ravel() / smooth.shape[0] - 0.5
    design = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=1)[::5]
    values = smooth.ravel()[::5].astype(np.float64)
    weights: Floats = np.ones_like(values)
    solved: Floats = np.zeros(6)
    for _ in range(5):
        weighted = design * weights[:, None]
        solved = np.linalg.solve(weighted.T @ design + 1e-6 * np.eye(6), weighted.T @ values)
        below = np.maximum(0.0, design @ solved - values)  # a portrait or a dark field is not a shadow
        weights = 1.0 / (1.0 + below / 8.0)
    plane = (np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=1) @ solved).reshape(smooth.shape)
    if even:
        return plane
    # Where it is far darker than the light can be there is a picture: it takes the light of its surroundings.
    sheet = (closed > 0.6 * plane).astype(np.float32)
    near = cv2.GaussianBlur(sheet, (0, 0), 6)
    filled = cv2.GaussianBlur(closed * sheet, (0, 0), 6) / np.maximum(near, 1e-3)
    share = np.clip(near * 4, 0, 1)
    light: Floats = np.maximum(share * filled + (1 - share) * plane, 0.5 * plane)
    return light


def _tint(small: Floats, target: float) -> Floats:
    """Gains per channel (3,) that make near-white paper neutral; ones for tinted paper."""
    brightness = small.max(axis=2)
    paper = small[brightness > 0.9 * target]
    if len(paper) < 50:
        return np.ones(3, np.float32)
    colour = np.median(paper, axis=0)
    spread = float((colour.max() - colour.min()) / max(1.0, colour.max()))
    share = float(np.clip((0.10 - spread) / 0.04, 0, 1))  # full up to 6 % of tint, none from 10 %
    neutral = colour.max() / np.maximum(colour, 1.0)
    gains: Floats = (1 + share * (neutral - 1)).astype(np.float32)
    return gains


def page_jpeg(page: Bytes) -> bytes:
    """The page as a JPEG of at most MOST_BYTES where a quality of 60 or more can do it; no metadata."""
    quality = 85
    encoded = _jpeg(page, quality)
    while len(encoded) > MOST_BYTES and quality > 60:
        # Size falls roughly with the distance from 100; aim a little under and look again.
        wanted = MOST_BYTES / len(encoded)
        quality = max(60, min(quality - 4, round(100 - (100 - quality) / max(0.3, wanted * 0.97))))
        encoded = _jpeg(page, quality)
    return encoded


def thumbnail_jpeg(page: Bytes) -> bytes:
    """The page as a small JPEG, longer side at most THUMBNAIL_SIDE."""
    return _jpeg(fitted(page, THUMBNAIL_SIDE), 80)


def preview_jpeg(page: Bytes, max_side: int) -> bytes:
    """Any picture as a JPEG for the screen, longer side at most max_side."""
    return _jpeg(fitted(page, max_side), 85)


def fitted(page: Bytes, side: int) -> Bytes:
    """The picture shrunk so that its longer side is at most `side` pixels; smaller ones stay as they are."""
    scale = side / max(page.shape[:2])
    if scale >= 1:
        return page
    size = (max(1, round(page.shape[1] * scale)), max(1, round(page.shape[0] * scale)))
    return np.asarray(cv2.resize(page, size, interpolation=cv2.INTER_AREA), np.uint8)


def _jpeg(page: Bytes, quality: int) -> bytes:
    done, data = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_OPTIMIZE, 1])
    if not done:
        raise MemoryError
    return data.tobytes()
