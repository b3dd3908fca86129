"""The story of one reading, from a page's JPEG to its fields; runs only inside the recognition process."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date

import cv2
import numpy as np

from capture import id_card_fields, page_kinds, paper_fields, text_quality
from capture.arrays import Bytes
from capture.encode import Format
from capture.errors import CaptureCode, ImagingFaultError
from capture.page_fields import PageFields
from capture.page_kinds import Guess
from capture.pages import Finding, FindingKind, Severity
from capture.prepare import Stopwatch
from capture.recognition import PageKind, Recognition, TextLine
from capture.sheet import Line, Sheet, with_seconds
from capture.text_reader import ReadLine, ReadPage, TextReader

MOST_PIXELS = 16_000_000  # the pool's own copies have at most 9 million

MOST_FADED, STOP_FADED = 0.08, 0.30

_READERS: Mapping[PageKind, Callable[[Sheet, date], PageFields]] = {
    PageKind.ID_CARD_FRONT: id_card_fields.front,
    PageKind.ID_CARD_BACK: id_card_fields.back,
    PageKind.PURCHASE_CONTRACT: paper_fields.purchase_contract,
    PageKind.INVOICE: paper_fields.invoice,
    PageKind.MARRIAGE_CERTIFICATE: paper_fields.marriage_certificate,
    PageKind.REAL_ESTATE_CERTIFICATE: paper_fields.real_estate_certificate,
    PageKind.HOUSEHOLD_REGISTER: paper_fields.household_register,
}
_SIDES = {PageKind.ID_CARD_FRONT, PageKind.ID_CARD_BACK}


def recognise(
    jpeg: bytes, expected: Collection[PageKind], reader: TextReader, today: date, watch: Stopwatch
) -> Recognition:
    """Read one page as the pool stored it. expected: the kinds that its row of the checklist asks for.

    Raises ImagingFaultError for bytes that are no page.
    """
    picture = watch.run("decode", lambda: _decoded(jpeg))
    page = watch.run("read", lambda: reader.read(picture, _is_card(picture)))
    height, width = page.picture.shape[:2]
    lines = list(lines_on(page.lines, width, height))
    kind = page_kinds.guess(Sheet(lines), expected)
    fields = watch.run("fields", lambda: _fields(kind.kind, lines, today))
    if fields.lines:
        # What a field stands on is looked at a second time, and believed when it says the same.
        asked = sorted(fields.lines)
        said = watch.run("reread", lambda: reader.reread(page.picture, [page.lines[i] for i in asked]))
        seen_twice = with_seconds(lines, dict(zip(asked, said, strict=True)))
        fields = watch.run("fields", lambda: _fields(kind.kind, seen_twice, today))
    findings = watch.run("judge", lambda: tuple(_findings(page, lines, kind, expected)))
    return Recognition(
        kind=kind.kind,
        kind_confidence=kind.confidence,
        fields=fields.held,
        left_out=fields.left_out,
        texts=tuple(_text_lines(lines)),
        rotation=page.rotation,
        findings=findings,
        item_codes=page_kinds.item_codes(kind.kind),
        seconds={step: round(spent, 6) for step, spent in watch.seconds.items()},
    )


def lines_on(lines: Sequence[ReadLine], width: int, height: int) -> Iterator[Line]:
    """The reader's lines in shares of a page of width x height pixels, levelled along the lie of the text."""
    slope = _slope(lines)
    for line in lines:
        x, y = line.quad[:, 0] / width, line.quad[:, 1] / height
        box = (float(x.min()), float(y.min()), float(x.max()), float(y.max()))
        level = float((line.quad[:, 1] - slope * line.quad[:, 0]).mean()) / height
        yield Line(line.glyphs, box, level)


def _slope(lines: Sequence[ReadLine]) -> float:
    """How steeply the lines run down the page, by the longer ones; 0 where there are too few to tell."""
    sides = [line.quad[1] - line.quad[0] for line in lines if len(line.glyphs) >= 6]
    return float(np.median([side[1] / max(1.0, float(side[0])) for side in sides])) if len(sides) > 2 else 0.0


def _decoded(jpeg: bytes) -> Bytes:
    try:
        picture = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:
        picture = None
    if picture is None:
        raise ImagingFaultError(CaptureCode.TRUNCATED_IMAGE)
    if picture.shape[0] * picture.shape[1] > MOST_PIXELS:
        raise ImagingFaultError(CaptureCode.IMAGE_TOO_LARGE)
    return np.asarray(picture, np.uint8)


def _is_card(picture: Bytes) -> bool:
    short, long = sorted(picture.shape[:2])
    card = Format.ID_1.value
    return math.isclose(long / short, card[1] / card[0], rel_tol=0.04)


def _fields(kind: PageKind | None, lines: Sequence[Line], today: date) -> PageFields:
    read = _READERS.get(kind) if kind is not None else None
    return read(Sheet(lines), today) if read is not None else PageFields()


def _findings(
    page: ReadPage, lines: Sequence[Line], kind: Guess, expected: Collection[PageKind]
) -> Iterator[Finding]:
    if not lines:
        yield Finding(FindingKind.BLANK, Severity.WARN, 0.0, 1.0)
        return
    if page.rotation:
        yield Finding(FindingKind.UPSIDE_DOWN, Severity.WARN, float(page.rotation), 0.0)
    if kind.kind in _SIDES and kind.kind not in expected and _SIDES & set(expected):
        yield Finding(FindingKind.WRONG_SIDE, Severity.WARN, kind.confidence, page_kinds.ENOUGH)
    faded = text_quality.faded_share(page.picture, lines)
    if faded > MOST_FADED:
        yield Finding(
            FindingKind.GLARE, Severity.STOP if faded > STOP_FADED else Severity.WARN, faded, MOST_FADED
        )


def _text_lines(lines: Sequence[Line]) -> Iterator[TextLine]:
    for line in lines:
        sure = sum(glyph.sure for glyph in line.glyphs) / max(1, len(line.glyphs))
        yield TextLine(line.text, round(sure, 4), line.box)
