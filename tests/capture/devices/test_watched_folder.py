"""The watched folder: slow writers, files taken once and kept until stored, a folder that comes and goes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from capture.errors import CaptureCode
from capture.sources.source import Back, Event, Finished, FoundPage, Gone, SourceCode, SourceKind, Trouble
from capture.sources.watched_folder import STILL_SECONDS, FolderSource, OpenFolder
from tests.capture.devices.fed_camera import packed

PAGE = packed(Image.new("RGB", (40, 60), "white"))


def soon(condition: Callable[[], object], seconds: float = 15.0) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "not seen in time"
        time.sleep(0.01)


class Watch:
    """A watched folder with what it told."""

    def __init__(self, folder: Path) -> None:
        self.told: list[Event] = []
        source = FolderSource(lambda: str(folder))
        (described,) = source.list()
        assert described.kind is SourceKind.FOLDER
        self.device: OpenFolder = source.open(described.id, self.told.append)

    def of(self, kind: type) -> list[Event]:
        return [event for event in self.told if isinstance(event, kind)]

    def pages(self) -> list[FoundPage]:
        return [event for event in self.told if isinstance(event, FoundPage)]

    def codes(self) -> list[str]:
        return [event.problem.code for event in self.told if isinstance(event, Trouble)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "scans"
    made.mkdir()
    return made


@pytest.fixture
def watch(folder: Path) -> Iterator[Watch]:
    made = Watch(folder)
    yield made
    made.device.close()


def test_without_a_chosen_folder_there_is_none():
    assert FolderSource(lambda: "").list() == ()


def test_a_file_counts_when_its_size_has_been_still(folder: Path, watch: Watch):
    path = folder / "page.jpg"
    began = time.monotonic()
    with path.open("wb") as file:
        for start in range(0, len(PAGE), max(1, len(PAGE) // 6)):  # a scanner that writes slowly
            file.write(PAGE[start : start + max(1, len(PAGE) // 6)])
            file.flush()
            time.sleep(0.4)
        written = time.monotonic()
    soon(watch.pages)
    assert time.monotonic() - written >= STILL_SECONDS - 0.6
    assert time.monotonic() - began > STILL_SECONDS
    (page,) = watch.pages()
    assert (page.name, page.data, page.receipt) == ("page.jpg", PAGE, "page.jpg")


def test_a_file_is_taken_once_and_kept_until_it_is_stored(folder: Path, watch: Watch):
    path = folder / "page.jpg"
    path.write_bytes(PAGE)
    soon(watch.pages)
    time.sleep(1.2)
    assert len(watch.pages()) == 1
    assert path.exists()
    watch.device.settle("page.jpg", stored=True)
    assert not path.exists()


def test_one_that_gave_no_page_stays_and_is_taken_again_when_it_changed(folder: Path, watch: Watch):
    path = folder / "page.jpg"
    path.write_bytes(PAGE)
    soon(watch.pages)
    watch.device.settle("page.jpg", stored=False)
    assert path.exists()
    path.write_bytes(PAGE + b"\0")
    soon(lambda: len(watch.pages()) == 2)


def test_a_file_that_was_replaced_while_it_was_stored_is_not_removed(folder: Path, watch: Watch):
    path = folder / "page.jpg"
    path.write_bytes(PAGE)
    soon(watch.pages)
    path.write_bytes(PAGE * 2)
    watch.device.settle("page.jpg", stored=True)
    assert path.read_bytes() == PAGE * 2
    soon(lambda: len(watch.pages()) == 2)


def test_what_is_no_page_is_named_once_and_left_alone(folder: Path, watch: Watch):
    (folder / "notes.jpg").write_bytes(b"not a picture at all")
    (folder / "half.jpg.part").write_bytes(PAGE)
    (folder / ".hidden.jpg").write_bytes(PAGE)
    (folder / "empty.pdf").touch()
    (folder / "folder.jpg").mkdir()
    soon(watch.codes)
    time.sleep(1.2)
    assert watch.codes() == [CaptureCode.NOT_AN_IMAGE]
    assert watch.pages() == []
    assert (folder / "notes.jpg").exists()


def test_several_files_come_in_the_order_of_their_names(folder: Path):
    for number in (3, 1, 2):
        (folder / f"scan{number}.jpg").write_bytes(PAGE)
    watch = Watch(folder)  # that sees all three at once
    soon(lambda: len(watch.pages()) == 3)
    watch.device.close()
    assert [page.name for page in watch.pages()] == ["scan1.jpg", "scan2.jpg", "scan3.jpg"]


def test_a_folder_that_goes_and_comes_back(folder: Path, watch: Watch):
    soon(lambda: watch.of(Back))
    away = folder.with_name("away")
    folder.rename(away)
    soon(lambda: watch.of(Gone))
    assert watch.codes() == [SourceCode.FOLDER_GONE]
    (away / "page.jpg").write_bytes(PAGE)
    away.rename(folder)
    soon(watch.pages)
    assert len(watch.of(Back)) == 2


def test_looking_now_is_answered(watch: Watch):
    watch.device.take()
    soon(lambda: watch.of(Finished), 2.0)


def test_nothing_is_told_after_it_was_closed(folder: Path):
    watch = Watch(folder)
    (folder / "page.jpg").write_bytes(PAGE)
    watch.device.close()
    time.sleep(STILL_SECONDS + 0.6)
    assert watch.pages() == []
