"""Scanners by SANE, on its `test` backend: glass, feeder, empty, jammed, given up, a driver that dies."""

from __future__ import annotations

import ctypes.util
import io
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from capture.sources.sane_library import Frame, Listed, SaneError
from capture.sources.scanner_process import keyed, packed
from capture.sources.scanner_sane import OpenScanner, SaneSource
from capture.sources.source import (
    Event,
    Finished,
    FoundPage,
    Sides,
    SourceCode,
    SourceKind,
    Trouble,
)

pytestmark = pytest.mark.skipif(ctypes.util.find_library("sane") is None, reason="libsane is not installed")

CONFIGURATION = """
number_of_devices 1
mode Gray
depth 8
resolution 50.0
test-picture "Color pattern"
read-limit false
fuzzy-parameters {fuzzy}
read-delay {delay}
read-delay-duration 50000
read-status-code "{status}"
geometry_min 0.0
geometry_max {size}
geometry_quant 1.0
tl_x 0.0
tl_y 0.0
br_x 80.0
br_y 100.0
"""


@pytest.fixture
def configure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Set up SANE's test backend, and nothing else, in a folder of this test's own."""

    def write(
        *, status: str = "Default", size: float = 60.0, fuzzy: str = "false", delay: str = "false"
    ) -> None:
        (tmp_path / "dll.conf").write_text("test\n", "ascii")
        (tmp_path / "dll.d").mkdir(exist_ok=True)
        text = CONFIGURATION.format(status=status, size=size, fuzzy=fuzzy, delay=delay)
        (tmp_path / "test.conf").write_text(text, "ascii")
        monkeypatch.setenv("SANE_CONFIG_DIR", str(tmp_path))

    return write


def soon(condition: Callable[[], object], seconds: float = 60.0) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "not seen in time"
        time.sleep(0.01)


class Batch:
    """A scanner with what it told."""

    def __init__(self, sides: Sides) -> None:
        (described,) = SaneSource().list()
        self.told: list[Event] = []
        self.scanner: OpenScanner = SaneSource().open(described.id, self.told.append, described.name)
        self.scanner.sides = sides

    def scan(self) -> Finished:
        done = len(self.of(Finished))
        self.scanner.take()
        soon(lambda: len(self.of(Finished)) > done)
        finished = self.of(Finished)[-1]
        assert isinstance(finished, Finished)
        return finished

    def of(self, kind: type) -> list[Event]:
        return [event for event in self.told if isinstance(event, kind)]

    def pages(self) -> list[Image.Image]:
        return [Image.open(io.BytesIO(event.data)) for event in self.told if isinstance(event, FoundPage)]

    def codes(self) -> list[str]:
        return [event.problem.code for event in self.told if isinstance(event, Trouble)]


def test_scanners_are_listed_with_their_ways_to_take_paper(configure: Callable[..., None]):
    configure()
    (described,) = SaneSource().list()
    assert (described.id, described.kind) == ("sane:test-Noname-frontend-tester", SourceKind.SCANNER)
    assert described.name == "Noname frontend-tester"
    assert described.sides == (Sides.FLATBED, Sides.FEEDER)


def test_one_page_from_the_glass_in_colour_at_300_dpi(configure: Callable[..., None]):
    configure(size=60.0)
    batch = Batch(Sides.FLATBED)
    assert batch.scan().pages == 1
    (page,) = batch.pages()
    assert (page.format, page.mode) == ("JPEG", "RGB")
    assert tuple(round(dpi) for dpi in page.info["dpi"]) == (300, 300)
    assert abs(page.width - 60 / 25.4 * 300) < 4
    assert abs(page.height - 60 / 25.4 * 300) < 4
    assert len(page.resize((64, 64)).getcolors(4096) or []) > 3  # a pattern in colours, not one tone
    assert batch.codes() == []


def test_all_that_lies_in_the_feeder_in_its_order(configure: Callable[..., None]):
    configure(size=20.0)
    batch = Batch(Sides.FEEDER)
    assert batch.scan().pages == 10  # the backend's feeder holds ten sheets
    names = [event.name for event in batch.told if isinstance(event, FoundPage)]
    assert names == [f"Noname frontend-tester {number}" for number in range(1, 11)]
    assert batch.codes() == []


def test_a_page_whose_length_is_known_only_at_its_end(configure: Callable[..., None]):
    configure(size=30.0, fuzzy="true")
    batch = Batch(Sides.FLATBED)
    assert batch.scan().pages == 1
    assert abs(batch.pages()[0].height - 30 / 25.4 * 300) < 4


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("SANE_STATUS_JAMMED", SourceCode.SCANNER_JAMMED),
        ("SANE_STATUS_NO_DOCS", SourceCode.FEEDER_EMPTY),
        ("SANE_STATUS_COVER_OPEN", SourceCode.SCANNER_COVER_OPEN),
        ("SANE_STATUS_DEVICE_BUSY", SourceCode.SCANNER_BUSY),
        ("SANE_STATUS_ACCESS_DENIED", SourceCode.SCANNER_DENIED),
        ("SANE_STATUS_IO_ERROR", SourceCode.SCANNER_FAILED),
    ],
)
def test_what_stops_a_scan_is_said_in_words(configure: Callable[..., None], status: str, code: SourceCode):
    configure(size=20.0, status=status)
    batch = Batch(Sides.FEEDER)
    assert batch.scan().pages == 0
    assert batch.codes() == [code]
    trouble = batch.of(Trouble)[0]
    assert isinstance(trouble, Trouble)
    assert trouble.problem.params["device"] == "Noname frontend-tester"


def test_a_scan_is_given_up_at_once_and_the_next_one_works(configure: Callable[..., None]):
    configure(size=120.0, delay="true")
    batch = Batch(Sides.FEEDER)
    batch.scanner.take()
    time.sleep(1.0)
    began = time.monotonic()
    batch.scanner.stop()
    soon(lambda: batch.of(Finished))
    assert time.monotonic() - began < 6
    assert len(batch.pages()) < 10
    assert batch.codes() == []
    configure(size=20.0)
    batch.scanner.sides = Sides.FLATBED
    assert batch.scan().pages == 1


def test_a_driver_that_dies_is_said_and_the_next_scan_works(configure: Callable[..., None]):
    configure(size=120.0, delay="true")
    batch = Batch(Sides.FEEDER)
    batch.scanner.take()
    soon(lambda: batch.scanner._child is not None)
    time.sleep(0.5)
    child = batch.scanner._child
    assert child is not None
    os.kill(child.pid, signal.SIGSEGV)
    soon(lambda: batch.of(Finished))
    assert batch.codes() == [SourceCode.SCANNER_FAILED]
    configure(size=20.0)
    batch.scanner.sides = Sides.FLATBED
    assert batch.scan().pages == 1


def test_a_scanner_that_is_not_there_any_more(configure: Callable[..., None], tmp_path: Path):
    configure()
    batch = Batch(Sides.FLATBED)
    (tmp_path / "dll.conf").write_text("\n", "ascii")
    assert batch.scan().pages == 0
    assert batch.codes() == [SourceCode.SCANNER_GONE]
    assert SaneSource().list() == ()


def test_closing_in_mid_scan_leaves_no_process_and_tells_nothing(configure: Callable[..., None]):
    configure(size=120.0, delay="true")
    batch = Batch(Sides.FEEDER)
    batch.scanner.take()
    soon(lambda: batch.scanner._child is not None)
    child = batch.scanner._child
    assert child is not None
    batch.scanner.close()
    told = len(batch.told)
    with pytest.raises(ProcessLookupError):
        os.kill(child.pid, 0)
    time.sleep(0.2)
    assert len(batch.told) == told


def test_two_scanners_of_one_model_are_kept_apart():
    listed = [Listed(f"brand:libusb:001:00{n}", "Brand", "X 1") for n in (4, 5)]
    assert list(keyed(listed)) == ["brand-Brand-X_1", "brand-Brand-X_1#2"]
    replugged = [Listed(f"brand:libusb:002:01{n}", "Brand", "X 1") for n in (1, 2)]
    assert list(keyed(replugged)) == list(keyed(listed))


def test_three_passes_and_sixteen_bits_become_one_picture():
    red, green, blue = (
        Frame(format=place, last=place == 4, width=4, bytes_per_line=4, depth=8, data=bytes([value] * 16))
        for place, value in ((2, 200), (3, 100), (4, 30))
    )
    image = Image.open(io.BytesIO(packed([green, blue, red], 300)))
    assert image.size == (4, 4)
    assert all(abs(a - b) < 6 for a, b in zip(image.tobytes()[:3], (200, 100, 30), strict=True))
    deep = Frame(0, True, 4, 8, 16, b"\x00\x80" * 16)
    assert Image.open(io.BytesIO(packed([deep], 300))).tobytes() == b"\x80" * 16
    lineart = Frame(0, True, 8, 1, 1, b"\xf0" * 8)
    row = Image.open(io.BytesIO(packed([lineart], 300))).tobytes()[:8]
    assert row[0] < 60 < 200 < row[7]  # a set bit is ink


def test_a_page_without_a_line_is_an_error_and_no_picture():
    with pytest.raises(SaneError):
        packed([Frame(1, True, 100, 300, 8, b"\0" * 299)], 300)
