"""Reads the lines of text on a page with RapidOCR; runs only inside the recognition process."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import cv2
import numpy as np
from rapidocr import RapidOCR

from capture.arrays import Bytes, Floats
from capture.char_forms import SIMPLIFIED, plain
from capture.encode import fitted
from capture.sheet import Glyph

DETECTION_SIDE = 960
CARD_DETECTION_SIDE = 736
MOST_LINES = 160
LEAST_HEIGHT = 0.006  # of the page's longer side: lower marks are no line of text
VOTERS = 8
DUELLISTS = 3
LINE_HEIGHT = 48  # pixels that the recogniser wants
LEAST_WIDTH, MOST_WIDTH = 96, 2400
BATCH = 6
DIGITS = "0123456789X"
LEAST_RIVAL = 0.02
CLEAR_VOTE = 0.5  # how far, of -1..1, the votes on up or down must lean to be believed at once

_MODELS = {
    "Det": "PP-OCRv6_det_small.onnx",
    "Rec": "PP-OCRv6_rec_small.onnx",
    "Cls": "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
}


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line: its characters, and its quad (4, 2) in pixels of the upright page."""

    glyphs: tuple[Glyph, ...]
    quad: Floats

    @property
    def text(self) -> str:
        return "".join(glyph.char for glyph in self.glyphs)


@dataclass(frozen=True, slots=True)
class ReadPage:
    """The page turned upright (H, W, 3), the clockwise turn that did it, and its lines from the top."""

    picture: Bytes
    rotation: int
    lines: tuple[ReadLine, ...]


class TextReader:
    """The models in memory; used by one thread."""

    def __init__(self, threads: int) -> None:
        """Load the models that come inside RapidOCR's own package; nothing is ever fetched."""
        models = files("rapidocr").joinpath("models")
        self._engine = RapidOCR(
            params={
                "Global.log_level": "critical",
                "Global.return_word_box": True,
                "Global.use_preprocess_img": False,
                "Det.limit_side_len": 32,  # pages come in the size that they are to be searched in
                "Det.limit_type": "min",
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
                **{f"{step}.model_path": str(models.joinpath(name)) for step, name in _MODELS.items()},
            }
        )
        # Models load at their first use. The recogniser is then fed directly: its own answer keeps only the
        # likeliest characters, and a digit's certainty is wanted among digits.
        self._engine(np.full((64, 320, 3), 255, np.uint8), use_det=False, use_cls=True, use_rec=True)
        recogniser: Any = self._engine.text_rec
        self._chances: Callable[[Floats], Floats] = recogniser.session
        self._alphabet: list[str] = recogniser.postprocess_op.character
        self._places = {char: place for place, char in enumerate(self._alphabet)}
        self._digits = [self._places[digit] for digit in DIGITS]
        forms: dict[str, list[int]] = {}
        for place, char in enumerate(self._alphabet):
            forms.setdefault("" if place == 0 else plain(char), []).append(place)
        self._unseen = forms.pop("")
        self._kin = {place: places for places in forms.values() for place in places}
        self._kin |= {place: [place] for place in self._unseen}

    def read(self, page: Bytes, card: bool) -> ReadPage:
        """Read a BGR page (H, W, 3) that may lie any way round. card: few large lines, so less is enough."""
        quads = self._find(page, CARD_DETECTION_SIDE if card else DETECTION_SIDE)
        turns = 0
        if _run_upwards(quads):
            # Lines that run up or down the page: a quarter turn levels them, one way round or the other.
            page, quads, turns = _turned(page, quads, 1)
        if len(quads) and self._upside_down(page, quads):
            page, quads = _turned(page, quads, 2)[:2]
            turns = (turns + 2) % 4
        quads = quads[np.argsort(quads[:, :, 1].mean(axis=1), kind="stable")]
        read = self._texts([_cut(page, quad) for quad in quads])
        lines = (ReadLine(glyphs, quad) for glyphs, quad in zip(read, quads, strict=True))
        return ReadPage(page, turns * 90, tuple(line for line in lines if line.text.strip()))

    def reread(self, page: Bytes, lines: Sequence[ReadLine]) -> tuple[str, ...]:
        """What the same lines say when they are cut wider and sampled at another scale."""
        wider = [
            fitted(cut, max(32, round(0.8 * cut.shape[1])))
            for cut in (_cut(page, x.quad, 0.15) for x in lines)
        ]
        return tuple("".join(glyph.char for glyph in glyphs) for glyphs in self._texts(wider))

    def _find(self, page: Bytes, side: int) -> Floats:
        """Quads (N, 4, 2) of lines in pixels of the page, clockwise from the corner nearest its top-left."""
        small = fitted(page, side)
        found: Any = self._engine(small, use_det=True, use_cls=False, use_rec=False)
        if found.boxes is None:
            return np.zeros((0, 4, 2), np.float32)
        scale = np.array([page.shape[1] / small.shape[1], page.shape[0] / small.shape[0]], np.float32)
        quads = np.asarray(found.boxes, np.float32)[:MOST_LINES] * scale
        kept: Floats = quads[np.minimum(*_sizes(quads)) >= LEAST_HEIGHT * max(page.shape[:2])]
        return kept

    def _upside_down(self, page: Bytes, quads: Floats) -> bool:
        """Whether level lines stand on their heads: by a fast vote, or by reading some where it is close."""
        widths, heights = _sizes(quads)
        longest = np.argsort(-widths)[:VOTERS]
        cuts = [_cut(page, quads[i]) for i in longest]
        votes = self._engine.cls_and_rotate(list(cuts))[1].cls_res or []
        lean = sum(score if label == "180" else -score for label, score in votes) / len(cuts)
        if abs(lean) >= CLEAR_VOTE:
            return lean > 0
        # Lines of middling length read fastest, and say as much.
        order = np.argsort(np.abs(widths / np.maximum(heights, 1) - 7))[:DUELLISTS]
        own = [_cut(page, quads[i]) for i in order]
        read = self._texts([*own, *(np.asarray(cv2.rotate(cut, cv2.ROTATE_180), np.uint8) for cut in own)])
        worth = [sum(glyph.sure for glyph in glyphs) for glyphs in read]
        return sum(worth[len(own) :]) > sum(worth[: len(own)])

    def _texts(self, cuts: Sequence[Bytes]) -> list[tuple[Glyph, ...]]:
        """The characters of each strip, read in batches of about one width."""
        shapes = [max(LEAST_WIDTH, math.ceil(LINE_HEIGHT * cut.shape[1] / cut.shape[0])) for cut in cuts]
        order = sorted(range(len(cuts)), key=lambda i: shapes[i])
        read: dict[int, tuple[Glyph, ...]] = {}
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            width = min(MOST_WIDTH, shapes[batch[-1]])
            strips = np.zeros((len(batch), 3, LINE_HEIGHT, width), np.float32)
            for place, number in enumerate(batch):
                own = min(width, shapes[number])
                strip = cv2.resize(cuts[number], (own, LINE_HEIGHT)).transpose(2, 0, 1)
                strips[place, :, :, :own] = strip / 127.5 - 1.0
            for number, chances in zip(batch, self._chances(strips), strict=True):
                read[number] = self._decoded(chances)
        return [read[number] for number in range(len(cuts))]

    def _decoded(self, chances: Floats) -> tuple[Glyph, ...]:
        """The characters of one strip out of the chances (steps, classes) of each class, 0 being none."""
        best = chances.argmax(axis=1)
        starts = np.flatnonzero((best != 0) & (best != np.concatenate([[0], best[:-1]])))
        glyphs = []
        for start in starts:
            end = start + 1
            while end < len(best) and best[end] == best[start]:
                end += 1
            peak = chances[start + int(chances[start:end, best[start]].argmax())]
            glyphs.append(self._glyph(int(best[start]), peak))
        return tuple(glyphs)

    def _glyph(self, place: int, chances: Floats) -> Glyph:
        """The character of class `place`, sure by its share of what could be seen there at all.

        Forms that count as one character (a full-width colon and a narrow one) stand together. Where a
        traditional form leads its simple one, the simple one is what papers of today are printed in.
        """
        char = self._alphabet[place]
        simple = self._places.get(SIMPLIFIED.get(char, ""), 0)
        if simple and chances[simple] > LEAST_RIVAL:
            char = self._alphabet[simple]
        visible = max(1e-6, 1.0 - float(chances[self._unseen].sum()))
        sure = min(1.0, float(chances[self._kin[place]].sum()) / visible)
        if char not in DIGITS:
            return Glyph(char, sure, sure)
        digits = chances[self._digits]
        return Glyph(char, sure, float(digits.max() / max(1e-6, float(digits.sum()))))


def _sizes(quads: Floats) -> tuple[Floats, Floats]:
    """Widths and heights (N,) of quads, along their first and their second side."""
    across = np.linalg.norm(quads[:, 1] - quads[:, 0], axis=1)
    down = np.linalg.norm(quads[:, 3] - quads[:, 0], axis=1)
    return across, down


def _run_upwards(quads: Floats) -> bool:
    """Whether most of the text, by its length, runs up or down the page."""
    across, down = _sizes(quads)
    return float(down[down > 1.5 * across].sum()) > float(across[across > 1.5 * down].sum())


def _turned(page: Bytes, quads: Floats, turns: int) -> tuple[Bytes, Floats, int]:
    """Page and quads turned clockwise by quarter turns, each quad again from its new top-left."""
    for _ in range(turns):
        height = page.shape[0]
        page = np.asarray(cv2.rotate(page, cv2.ROTATE_90_CLOCKWISE), np.uint8)
        quads = np.stack([height - quads[..., 1], quads[..., 0]], axis=-1)
    return page, np.roll(quads, turns, axis=1), turns


def _cut(page: Bytes, quad: Floats, margin: float = 0.0) -> Bytes:
    """The line in a quad as a level strip, `margin` of its height more on every side."""
    (width,), (height,) = _sizes(quad[None])
    width, height = max(4.0, float(width)), max(4.0, float(height))
    more = margin * height
    own = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32) + more
    matrix = cv2.getPerspectiveTransform(quad.astype(np.float32), own)
    size = (round(width + 2 * more), round(height + 2 * more))
    strip = cv2.warpPerspective(page, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(strip, np.uint8)
