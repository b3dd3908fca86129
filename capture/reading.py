"""One page from its stored copy to its fields, set upright where its words show it to lie the wrong way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from capture.imaging import ImagingPool
from capture.pages import Finding, FindingKind, PreparedPage, Severity
from capture.recognition import Recognition

LEAST_LINES = 2
LEAST_CONFIDENCE = 0.7


@dataclass(frozen=True, slots=True)
class ReadUp:
    """A page and what it says. page differs from the one that was given when its words had it turned; reading
    is then that of the turned page: rotation 0, and nothing said of standing upside down."""

    page: PreparedPage
    reading: Recognition
    turned: bool


def read_page(
    pool: ImagingPool, original: bytes, page: PreparedPage, expected: Sequence[str] = (), name: str = ""
) -> ReadUp:
    """Read a prepared page and square it anew, from its own top-left, where its words run another way.

    original: the untouched bytes of its file. Blocks; not for the main thread. Raises CaptureError.
    """
    reading = pool.submit_recognise(page.improved_jpeg, expected, name).result()
    if not reading.rotation or not _is_sure(reading):
        return ReadUp(page, reading, turned=False)
    rotation = (page.rotation + reading.rotation) % 360
    upright = pool.submit_recrop(original, page.page_index, page.corners, rotation, name).result()
    # A page cropped anew counts as found by hand; what the gate knew of the picture still holds.
    kept = [f for f in page.findings if f.kind in (FindingKind.PAGE_NOT_FOUND, FindingKind.DOUBLED)]
    own = {finding.kind for finding in kept}
    upright = replace(
        upright,
        page_found=page.page_found,
        confidence=page.confidence,
        findings=(*kept, *(f for f in upright.findings if f.kind not in own)),
    )
    told = tuple(f for f in reading.findings if f.kind is not FindingKind.UPSIDE_DOWN)
    return ReadUp(upright, replace(reading, rotation=0, findings=told), turned=True)


def findings_of(page: PreparedPage, reading: Recognition | None) -> tuple[Finding, ...]:
    """What the gate and the reader say together: each kind once, the graver one of two."""
    found: dict[FindingKind, Finding] = {}
    for finding in (*page.findings, *(reading.findings if reading is not None else ())):
        known = found.get(finding.kind)
        if known is None or (finding.severity is Severity.STOP and known.severity is not Severity.STOP):
            found[finding.kind] = finding
    return tuple(found.values())


def _is_sure(reading: Recognition) -> bool:
    """Whether there are words enough, read well enough, to turn a page by them."""
    good = [line for line in reading.texts if len(line.text) >= 2 and line.confidence >= LEAST_CONFIDENCE]
    return len(good) >= LEAST_LINES
