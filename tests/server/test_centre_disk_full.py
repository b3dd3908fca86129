"""A full disk at the centre: clear words, nothing half counted, and the work goes on once there is room."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.contract import sha256_hex
from tests.centre import start_centre
from tests.server.window import Page, Window


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 1 MB where the centre keeps its pages."""
    place = tmp_path / "centre/pages"
    place.mkdir(parents=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(place)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small file system is not allowed here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_is_said_and_the_page_goes_on_afterwards(small_disk: Path, tmp_path: Path) -> None:
    data = os.urandom(3_000_000)
    digest = sha256_hex(data)
    with start_centre(tmp_path, accept_after=3600) as centre:
        window = Window(centre.url)
        window.enrol(centre.enrolment_code)
        pages = window.pages(size=50)
        pages[0] = Page(pages[0].item_code, data, pages[0].original)
        event = window.event(pages)
        window.send(event)
        window.create(data)
        full = window.patch(digest, 0, data)
        assert (full.status, full.json["code"]) == (507, "disk_full")
        assert full.json["zh"] == "中心的磁盘已满，内容没有保存。"
        offset = int(window.head(digest).headers["upload-offset"])
        assert 0 < offset < len(data)
        assert window.plain("GET", "/v1/health").status == 200
        subprocess.run(["mount", "-o", "remount,size=16m", str(small_disk)], check=True)
        assert window.patch(digest, offset, data[offset:]).status == 204
        window.upload_all(pages)
        assert len(window.acknowledgements(event["application_id"])["acknowledgements"]) == 1
        assert (small_disk / digest[:2] / digest).read_bytes() == data
