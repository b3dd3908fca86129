"""Puts two pictures on one page (a card's sides in true size, a booklet's halves), and words over a copy."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from capture.arrays import Bytes
from capture.encode import MOST_SIDE, Format

DOTS_PER_INCH = 300  # a card in true size has small print: at 200 its address would suffer
WATERMARK_STRENGTH = 0.16  # of full darkness: seen at a glance, and no stroke of text is lost beneath it
WATERMARK_ANGLE = 30.0  # degrees, rising to the right
_MM = DOTS_PER_INCH / 25.4


def card_copy(front: Bytes, back: Bytes) -> Bytes:
    """Both sides of a card, BGR (H, W, 3) and upright, one below the other on a white A4 page, 300 dpi."""
    short, long, _ = Format.A4.value
    page = np.full((round(long * _MM), round(short * _MM), 3), 255, np.uint8)
    height, width = (round(side * _MM) for side in Format.ID_1.value[:2])
    left = (page.shape[1] - width) // 2
    for side, centre in ((front, 1 / 3), (back, 2 / 3)):
        top = round(page.shape[0] * centre) - height // 2
        shrinks = side.shape[1] > width
        method = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
        page[top : top + height, left : left + width] = cv2.resize(
            side, (width, height), interpolation=method
        )
    return page


def joined(first: Bytes, second: Bytes) -> Bytes:
    """Two pages, BGR (H, W, 3) and upright, as one: side by side where both stand, else one below the other.

    Both get the longer of the two shared sides, at most MOST_SIDE: neither loses strokes for the other.
    """
    standing = all(page.shape[0] > page.shape[1] for page in (first, second))
    shared = min(max(page.shape[0 if standing else 1] for page in (first, second)), MOST_SIDE)
    pages = [_scaled_to(page, shared, 0 if standing else 1) for page in (first, second)]
    return np.concatenate(pages, axis=1 if standing else 0)


def _scaled_to(page: Bytes, side: int, axis: int) -> Bytes:
    """A page scaled so that its height (axis 0) or width (axis 1) is `side` pixels."""
    factor = side / page.shape[axis]
    size = (max(1, round(page.shape[1] * factor)), max(1, round(page.shape[0] * factor)))
    method = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(page, size, interpolation=method), np.uint8)


def watermarked(page: Bytes, words: str, font: Path) -> Bytes:
    """The page (BGR) with words repeated across it in grey, darkening paper and leaving ink as it is.

    font: a TrueType file that has the characters. Raises OSError when it cannot be read.
    """
    height, width = page.shape[:2]
    veil = _veil(words, font, width, height)
    darker = page.astype(np.float32) * (1.0 - WATERMARK_STRENGTH * veil[..., None])
    return np.asarray(darker.round(), np.uint8)


def _veil(words: str, font: Path, width: int, height: int) -> Bytes:
    """Where (0..1) the slanting words stand on a page of width x height pixels."""
    size = max(16, round(width / 28))
    face = ImageFont.truetype(str(font), size)
    reach = round(np.hypot(width, height))
    sheet = Image.new("L", (reach, reach), 0)
    draw = ImageDraw.Draw(sheet)
    length = max(size, round(draw.textlength(words, face)))
    for row, y in enumerate(range(0, reach, size * 6)):
        # Every other row is set off, so that no large place of the page stays free.
        for x in range(-(row % 2) * (length // 2 + size * 2), reach, length + size * 4):
            draw.text((x, y), words, fill=255, font=face)
    turned = sheet.rotate(WATERMARK_ANGLE, Image.Resampling.BILINEAR)
    left, top = (reach - width) // 2, (reach - height) // 2
    veil = np.asarray(turned.crop((left, top, left + width, top + height)), np.float32) / 255
    return np.asarray(veil)
