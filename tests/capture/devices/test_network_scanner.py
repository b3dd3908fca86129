"""Network scanners by eSCL, against one written to the protocol; and a known client against that one."""

from __future__ import annotations

import importlib.util
import io
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from capture.sources import network_scanner
from capture.sources.escl_wire import WireError, capabilities_from, state_from
from capture.sources.network_scanner import NetworkScannerSource, Place, announced, place_of
from capture.sources.source import (
    Event,
    Finished,
    FoundPage,
    Sides,
    SourceCode,
    SourceError,
    SourceKind,
    Trouble,
)
from tests.capture.devices.escl_scanner import CAPABILITIES, UUID, EsclScanner


def nobody() -> list[Place]:
    return []


@pytest.fixture
def scanner() -> Iterator[EsclScanner]:
    with EsclScanner() as found:
        yield found


def soon(condition: Callable[[], object], seconds: float = 30.0) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "not seen in time"
        time.sleep(0.01)


class Batch:
    """A network scanner with what it told."""

    def __init__(self, scanner: EsclScanner, sides: Sides) -> None:
        source = NetworkScannerSource(lambda: [scanner.url], nobody)
        (self.described,) = source.list()
        self.told: list[Event] = []
        self.device = source.open(self.described.id, self.told.append)
        self.device.sides = sides

    def scan(self) -> int:
        done = len(self.of(Finished))
        self.device.take()
        soon(lambda: len(self.of(Finished)) > done)
        last = self.of(Finished)[-1]
        assert isinstance(last, Finished)
        return last.pages

    def of(self, kind: type) -> list[Event]:
        return [event for event in self.told if isinstance(event, kind)]

    def pages(self) -> list[str]:
        return [
            Image.open(io.BytesIO(event.data)).info["comment"].decode()
            for event in self.told
            if isinstance(event, FoundPage)
        ]

    def codes(self) -> list[str]:
        return [event.problem.code for event in self.told if isinstance(event, Trouble)]


def test_a_typed_address_is_enough(scanner: EsclScanner):
    source = NetworkScannerSource(lambda: [f"127.0.0.1:{scanner.port}"], nobody)
    (found,) = source.list()
    assert (found.id, found.kind, found.name) == (
        f"escl:{UUID}", SourceKind.NETWORK_SCANNER, "Invented MFP 77",
    )  # fmt: skip
    assert found.sides == (Sides.FLATBED, Sides.FEEDER, Sides.DUPLEX)


def test_a_scanner_found_twice_is_listed_once(scanner: EsclScanner):
    source = NetworkScannerSource(lambda: [scanner.url], lambda: [Place(scanner.url, "announced")])
    assert len(source.list()) == 1


def test_addresses_of_nothing_are_passed_over(scanner: EsclScanner):
    with socket.create_server(("127.0.0.1", 0)) as other:
        free = other.getsockname()[1]
    source = NetworkScannerSource(lambda: [f"127.0.0.1:{free}", "not an address", "ftp://x", ""], nobody)
    assert source.list() == ()
    with pytest.raises(SourceError):
        place_of("http://")
    assert place_of("10.0.0.9").url == "http://10.0.0.9/eSCL"
    assert place_of("http://10.0.0.9:8080/scan/eSCL/").url == "http://10.0.0.9:8080/scan/eSCL"


@pytest.mark.parametrize(
    ("sides", "sheets", "pages"),
    [
        (Sides.FLATBED, 0, ["platen 1"]),
        (Sides.FEEDER, 3, ["feeder 1", "feeder 2", "feeder 3"]),
        (Sides.DUPLEX, 2, ["duplex 1", "duplex 2", "duplex 3", "duplex 4"]),
    ],
)
def test_pages_come_in_order_in_colour_at_300_dpi(
    scanner: EsclScanner, sides: Sides, sheets: int, pages: list[str]
):
    scanner.sheets = sheets
    batch = Batch(scanner, sides)
    assert batch.scan() == len(pages)
    assert batch.pages() == pages
    assert batch.codes() == []
    assert {job.resolution for job in scanner.jobs.values()} == {300}


def test_a_scanner_that_names_its_job_by_a_host_of_its_own(scanner: EsclScanner):
    scanner.foreign_location = True
    assert Batch(scanner, Sides.FLATBED).scan() == 1


def test_one_that_is_busy_or_not_ready_is_asked_again(scanner: EsclScanner):
    scanner.busy, scanner.not_ready = 1, 2
    batch = Batch(scanner, Sides.FLATBED)
    assert batch.scan() == 1
    assert batch.codes() == []


def test_one_that_stays_busy_is_named(scanner: EsclScanner, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(network_scanner, "BUSY_SECONDS", 0.5)
    scanner.busy = 99
    batch = Batch(scanner, Sides.FLATBED)
    assert batch.scan() == 0
    assert batch.codes() == [SourceCode.SCANNER_BUSY]


@pytest.mark.parametrize("accepts", [False, True], ids=["refuses the job", "begins it without a page"])
def test_an_empty_feeder(scanner: EsclScanner, accepts: bool):
    scanner.empty_accepts_jobs = accepts
    batch = Batch(scanner, Sides.FEEDER)
    assert batch.scan() == 0
    assert batch.codes() == [SourceCode.FEEDER_EMPTY]


def test_a_jam_keeps_the_pages_before_it(scanner: EsclScanner):
    scanner.sheets, scanner.jam_after = 5, 2
    batch = Batch(scanner, Sides.FEEDER)
    assert batch.scan() == 2
    assert batch.pages() == ["feeder 1", "feeder 2"]
    assert batch.codes() == [SourceCode.SCANNER_JAMMED]


def test_an_open_cover(scanner: EsclScanner):
    scanner.sheets, scanner.hatch_open = 5, True
    batch = Batch(scanner, Sides.FEEDER)
    assert batch.scan() == 0
    assert batch.codes() == [SourceCode.SCANNER_COVER_OPEN]


def test_a_scan_given_up_is_ended_at_the_scanner_too(scanner: EsclScanner):
    scanner.sheets, scanner.slow = 40, 0.2
    batch = Batch(scanner, Sides.FEEDER)
    batch.device.take()
    soon(lambda: len(batch.pages()) >= 2)
    batch.device.stop()
    soon(lambda: batch.of(Finished))
    soon(lambda: scanner.deleted)
    assert len(batch.pages()) < 40
    assert batch.codes() == []


def test_a_scanner_switched_off_is_named_and_works_again_when_it_is_on():
    with EsclScanner() as scanner:
        batch = Batch(scanner, Sides.FLATBED)
    assert batch.scan() == 0
    assert batch.codes() == [SourceCode.SCANNER_UNREACHABLE]


def test_something_that_is_no_picture_is_not_a_page(scanner: EsclScanner):
    scanner.page = b"<html>please log in</html>"
    batch = Batch(scanner, Sides.FLATBED)
    assert batch.scan() == 0
    assert batch.codes() == [SourceCode.SCANNER_FAILED]


def test_an_endless_page_is_cut_off(scanner: EsclScanner, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(network_scanner, "LARGEST_PAGE", 4096)
    scanner.page = b"\xff\xd8" + bytes(100_000)
    batch = Batch(scanner, Sides.FLATBED)
    assert batch.scan() == 0
    assert batch.codes() == [SourceCode.SCANNER_FAILED]


def test_nothing_is_told_after_it_was_closed(scanner: EsclScanner):
    scanner.sheets, scanner.slow = 40, 0.1
    batch = Batch(scanner, Sides.FEEDER)
    batch.device.take()
    soon(batch.pages)
    batch.device.close()
    told = len(batch.told)
    time.sleep(0.4)
    assert len(batch.told) == told


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"<html/>",
        b"<a",
        b'<!DOCTYPE x [<!ENTITY a "b">]><ScannerCapabilities>&a;</ScannerCapabilities>',
        b"<ScannerCapabilities/>",
        b"\xff\xfe\x00",
    ],
)
def test_answers_that_are_not_escl_are_refused(xml: bytes):
    with pytest.raises(WireError):
        capabilities_from(xml)
    with pytest.raises(WireError):
        state_from(xml)


def test_a_scanner_without_300_dpi_gives_the_next_finer():
    text = CAPABILITIES.replace("XResolution>300<", "XResolution>400<")
    able = capabilities_from(text.encode())
    assert able.resolution(Sides.FLATBED, 300) == 400
    assert able.resolution(Sides.FLATBED, 1200) == 600


@pytest.mark.skipif(importlib.util.find_spec("zeroconf") is None, reason="the extra scanner is not installed")
def test_a_scanner_that_announces_itself_is_found(scanner: EsclScanner):
    from zeroconf import ServiceInfo, Zeroconf

    network = Zeroconf(interfaces=["127.0.0.1"])
    info = ServiceInfo(
        "_uscan._tcp.local.",
        "Invented MFP 77._uscan._tcp.local.",
        addresses=[socket.inet_aton("127.0.0.1")],
        port=scanner.port,
        properties={"rs": "eSCL", "ty": "Invented MFP 77", "txtvers": "1"},
    )
    try:
        network.register_service(info)
        source = NetworkScannerSource(lambda: [], lambda: announced(1.5, ["127.0.0.1"]))
        (found,) = source.list()
        assert (found.id, found.name) == (f"escl:{UUID}", "Invented MFP 77")
    finally:
        network.close()


@pytest.mark.skipif(
    shutil.which("scanimage") is None or not list(Path("/usr/lib").glob("*/sane/libsane-airscan.so.1")),
    reason="sane-airscan and sane-utils are not installed",
)
def test_the_scanner_that_these_tests_use_satisfies_another_client(scanner: EsclScanner, tmp_path: Path):
    (tmp_path / "dll.conf").write_text("airscan\n", "ascii")
    (tmp_path / "dll.d").mkdir()
    (tmp_path / "airscan.conf").write_text(
        f'[devices]\n"Invented" = {scanner.url}\n[options]\ndiscovery = disable\n', "ascii"
    )
    scanner.sheets = 3
    done = subprocess.run(
        [
            "scanimage", "--device-name", "airscan:e0:Invented", "--source", "ADF Duplex", "--mode", "Color",
            "--resolution", "300", "--format=jpeg", f"--batch={tmp_path}/page%d.jpg",
        ],
        env={"SANE_CONFIG_DIR": str(tmp_path), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )  # fmt: skip
    assert len(list(tmp_path.glob("page*.jpg"))) == 6, done.stderr
