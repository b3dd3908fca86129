"""One real centre for this room's tests; each test has its own cable to it, its own device and cases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.centre import Centre, start_centre
from tests.fault_proxy import FaultProxy
from tests.sync.archive import Archive, archive_of
from tests.sync.counter import Counter, Open


@pytest.fixture(scope="session")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    with start_centre(tmp_path_factory.mktemp("centre")) as running:
        yield running


@pytest.fixture(scope="session")
def archive(centre: Centre) -> Iterator[Archive]:
    found = archive_of(centre)
    yield found
    found.close()


@pytest.fixture
def cable(centre: Centre) -> Iterator[FaultProxy]:
    """The cable between one test's counters and the centre."""
    parts = urlsplit(centre.url)
    with FaultProxy(parts.hostname or "", parts.port or 0) as proxy:
        yield proxy


@pytest.fixture
def open_counter(tmp_path: Path, cable: FaultProxy, archive: Archive) -> Iterator[Open]:
    """Open counters, at the end of the cable, with an unused enrolment code; closed when the test ends."""
    opened: list[Counter] = []

    def build(url: str | None = None, code: str | None = None) -> Counter:
        folder = tmp_path / f"counter-{len(opened)}"
        folder.mkdir()
        opened.append(Counter(folder, url or cable.url, archive.code() if code is None else code))
        return opened[-1]

    yield build
    for counter in opened:
        counter.close()
