"""Cameras through Qt's capture session: mode, preview, stills, a page that lies still, unplugging."""

from __future__ import annotations

import gc
import io
import threading
import weakref
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from capture.imaging import ImagingPool
from capture.live_look import Look
from capture.sources.camera import CameraSource, Mode, OpenCamera, best_mode, stable_id
from capture.sources.source import (
    Back,
    Event,
    Finished,
    FoundPage,
    Gone,
    Outline,
    PreviewFrame,
    SourceCode,
    SourceError,
    SourceKind,
    Trouble,
)
from tests.capture.devices.fed_camera import FedLens, FedLenses, packed

TABLE = (72, 76, 80)


def paper(where: tuple[int, int], size: tuple[int, int] = (1600, 1200)) -> Image.Image:
    """A sheet with lines of print on a dark table, its top left corner at a place."""
    scene = Image.new("RGB", size, TABLE)
    sheet = Image.new("RGB", (620, 876), "white")
    draw = ImageDraw.Draw(sheet)
    for line in range(60, 800, 36):
        draw.rectangle((60, line, 540 - line % 90, line + 12), fill=(30, 30, 30))
    scene.paste(sheet, where)
    return scene


def nothing(_: bytes) -> Future[Look]:
    done: Future[Look] = Future()
    done.set_result(Look(None, ()))
    return done


def page_in_sight(_: bytes) -> Future[Look]:
    done: Future[Look] = Future()
    done.set_result(Look(((0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9)), ()))
    return done


class Heard:
    """Keeps what a source tells, in order, with the threads it was told on."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.threads: set[str] = set()

    def __call__(self, event: Event) -> None:
        self.events.append(event)
        if not isinstance(event, Trouble | Gone):
            self.threads.add(threading.current_thread().name)

    def of(self, kind: type) -> list[Event]:
        return [event for event in self.events if isinstance(event, kind)]

    def pages(self) -> list[FoundPage]:
        return [event for event in self.events if isinstance(event, FoundPage)]


@pytest.fixture
def lens(qapp: QApplication) -> FedLens:
    return FedLens("usb-1-2:1.0-0ac8:3450", "Document camera", packed(paper((300, 150))))


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def camera(lens: FedLens, heard: Heard, qtbot: QtBot) -> Iterator[OpenCamera]:
    lenses = FedLenses(lens)
    opened = CameraSource(lenses, nothing).open(lens.id, heard)
    opened.lenses = lenses  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: bool(heard.of(PreviewFrame)))
    yield opened
    opened.close()


def test_the_largest_packed_mode_is_opened():
    modes = [
        Mode(640, 480, False, 30),
        Mode(4160, 3120, False, 0.5),
        Mode(1920, 1080, True, 30),
        Mode(4160, 3120, True, 10),
        Mode(4160, 3120, True, 15),
    ]
    assert best_mode(modes) == 4
    assert best_mode(modes[:2]) == 0  # an unpacked mode so slow is no preview
    assert best_mode([Mode(4160, 3120, False, 0.5)]) == 0
    assert best_mode([]) is None


def test_a_camera_keeps_its_id_when_the_system_numbers_anew(tmp_path: Path):
    usb = tmp_path / "devices/usb1/1-2"
    (usb / "1-2:1.0").mkdir(parents=True)
    (usb / "idVendor").write_text("0ac8\n", "ascii")
    (usb / "idProduct").write_text("3450\n", "ascii")
    ids = set()
    for number in (0, 3):
        node = tmp_path / f"class/video{number}"
        node.mkdir(parents=True)
        (node / "device").symlink_to(usb / "1-2:1.0")
        ids.add(stable_id(f"/dev/video{number}", tmp_path / "class"))
    assert ids == {"usb-1-2:1.0-0ac8:3450"}
    assert stable_id("{some-windows-path}", tmp_path / "class") == "{some-windows-path}"


def test_two_cameras_are_listed_and_used_at_once(qtbot: QtBot):
    document = FedLens("usb-a", "Document camera", packed(paper((300, 150))))
    portrait = FedLens("usb-b", "Portrait camera", packed(Image.new("RGB", (640, 480), (200, 160, 140))))
    source = CameraSource(FedLenses(document, portrait), nothing)
    listed = source.list()
    assert [(d.id, d.kind) for d in listed] == [
        ("usb-a", SourceKind.CAMERA),
        ("usb-b", SourceKind.CAMERA),
    ]
    heard = [Heard(), Heard()]
    opened = [source.open(d.id, h) for d, h in zip(listed, heard, strict=True)]
    try:
        qtbot.waitUntil(lambda: all(h.of(PreviewFrame) for h in heard))
        for one in opened:
            one.take()
        qtbot.waitUntil(lambda: all(h.pages() for h in heard))
        assert [Image.open(io.BytesIO(h.pages()[0].data)).size for h in heard] == [(1600, 1200), (640, 480)]
    finally:
        for one in opened:
            one.close()


def test_a_camera_that_is_not_there_is_said_at_once(qapp: QApplication, heard: Heard):
    with pytest.raises(SourceError) as caught:
        CameraSource(FedLenses(), nothing).open("usb-a", heard)
    assert caught.value.source_code is SourceCode.CAMERA_GONE


def test_the_preview_is_small_and_made_off_the_main_thread(camera: OpenCamera, heard: Heard):
    frame = heard.of(PreviewFrame)[0]
    assert isinstance(frame, PreviewFrame)
    assert (frame.width, frame.height) == (960, 720)
    assert len(frame.rgb) == 960 * 720 * 3
    table, sheet = frame.rgb[:3], frame.rgb[(100 * 960 + 200) * 3 :][:3]
    assert all(abs(a - b) < 12 for a, b in zip(table, TABLE, strict=True))
    assert min(sheet) > 220
    assert heard.threads == {"camera"}
    assert heard.events.index(heard.of(Back)[0]) < heard.events.index(frame)


def test_the_shutter_gives_the_cameras_own_jpeg_without_notes(
    camera: OpenCamera, lens: FedLens, heard: Heard, qtbot: QtBot
):
    place = b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0"
    own = packed(paper((420, 160)), exif=place)
    lens.lay(own)
    camera.take()
    qtbot.waitUntil(lambda: bool(heard.of(Finished)))
    (page,) = heard.pages()
    assert b"Exif" in own
    assert b"Exif" not in page.data
    assert Image.open(io.BytesIO(page.data)).tobytes() == Image.open(io.BytesIO(own)).tobytes()


@pytest.mark.qt_log_ignore("No RHI backend")  # there is no graphics card to convert on
def test_a_camera_that_does_not_pack_gives_a_jpeg_all_the_same(heard: Heard, qtbot: QtBot):
    lens = FedLens("usb-a", "Plain", packed(paper((300, 150))), packed=False)
    camera = CameraSource(FedLenses(lens), nothing).open("usb-a", heard)
    try:
        qtbot.waitUntil(lambda: bool(heard.of(PreviewFrame)))
        camera.take()
        qtbot.waitUntil(lambda: bool(heard.pages()))
        image = Image.open(io.BytesIO(heard.pages()[0].data))
        assert (image.format, image.size) == ("JPEG", (1600, 1200))
    finally:
        camera.close()


def test_a_frame_that_lost_a_part_is_passed_over_and_the_next_one_taken(
    camera: OpenCamera, lens: FedLens, heard: Heard, qtbot: QtBot
):
    whole = packed(paper((420, 160)))
    lens.lay_broken(whole[: len(whole) // 2])
    camera.take()
    qtbot.wait(200)
    assert not heard.pages()
    lens.lay(whole)
    qtbot.waitUntil(lambda: bool(heard.pages()))
    assert Image.open(io.BytesIO(heard.pages()[0].data)).size == (1600, 1200)


def test_a_press_that_was_given_up_brings_no_page(
    camera: OpenCamera, lens: FedLens, heard: Heard, qtbot: QtBot
):
    lens.lay_broken(b"\xff\xd8nothing")
    camera.take()
    camera.stop()
    lens.lay(packed(paper((420, 160))))
    qtbot.wait(300)
    assert not heard.pages()


def test_unplugged_in_mid_use_and_back_again(camera: OpenCamera, lens: FedLens, heard: Heard, qtbot: QtBot):
    lenses: FedLenses = camera.lenses  # type: ignore[attr-defined]
    lenses.unplug(lens)
    assert len(heard.of(Gone)) == 1
    camera.take()
    (trouble,) = heard.of(Trouble)
    assert isinstance(trouble, Trouble)
    assert trouble.problem.code == SourceCode.CAMERA_GONE
    assert trouble.problem.params["device"] == "Document camera"
    shown = len(heard.of(PreviewFrame))
    lenses.plug(lens)
    qtbot.waitUntil(lambda: len(heard.of(PreviewFrame)) > shown)
    assert len(heard.of(Back)) == 2
    camera.take()
    qtbot.waitUntil(lambda: bool(heard.pages()))


def test_a_camera_taken_by_another_program_is_named_and_taken_up_again(
    camera: OpenCamera, lens: FedLens, heard: Heard, qtbot: QtBot
):
    lens.fail()
    qtbot.waitUntil(lambda: bool(heard.of(Gone)))
    (trouble,) = heard.of(Trouble)
    assert isinstance(trouble, Trouble)
    assert trouble.problem.code == SourceCode.CAMERA_IN_USE
    qtbot.waitUntil(lambda: len(heard.of(Back)) == 2, timeout=5000)


def test_nothing_is_told_after_it_was_closed(lens: FedLens, heard: Heard, qtbot: QtBot):
    camera = CameraSource(FedLenses(lens), nothing).open(lens.id, heard)
    qtbot.waitUntil(lambda: bool(heard.of(PreviewFrame)))
    camera.close()
    told = len(heard.events)
    qtbot.wait(200)
    assert len(heard.events) == told
    assert not lens.running()


def test_a_closed_camera_is_given_up_with_its_last_frame(lens: FedLens, heard: Heard, qtbot: QtBot):
    """An evening turns the camera on for each applicant, and a whole frame has megabytes."""
    lenses = FedLenses(lens)
    camera = CameraSource(lenses, nothing).open(lens.id, heard)
    qtbot.waitUntil(lambda: bool(heard.of(PreviewFrame)))
    work, kept = weakref.ref(camera._work), weakref.ref(camera)
    camera.close()
    assert camera._work._frame is None
    del camera
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert kept() is None and work() is None


def test_the_shutter_goes_by_itself_once_for_each_page_that_lies_still(
    lens: FedLens, heard: Heard, qtbot: QtBot
):
    camera = CameraSource(FedLenses(lens), page_in_sight).open(lens.id, heard)
    camera.set_automatic(True)
    try:
        qtbot.waitUntil(lambda: len(heard.pages()) == 1, timeout=8000)
        qtbot.wait(1200)
        assert len(heard.pages()) == 1  # the same page is not taken twice
        for step in range(8):  # a page carried across the table is not taken on its way
            lens.lay(packed(paper((100 + 90 * step, 60 + 20 * step))))
            qtbot.wait(60)
        assert len(heard.pages()) == 1
        qtbot.waitUntil(lambda: len(heard.pages()) == 2, timeout=8000)
    finally:
        camera.close()


def test_an_empty_table_is_not_taken_by_itself(lens: FedLens, heard: Heard, qtbot: QtBot):
    camera = CameraSource(FedLenses(lens), nothing).open(lens.id, heard)
    camera.set_automatic(True)
    qtbot.waitUntil(lambda: bool(heard.of(Outline)))
    qtbot.wait(1500)
    camera.close()
    assert not heard.pages()


def test_the_outline_comes_from_the_imaging_process(
    lens: FedLens, heard: Heard, qtbot: QtBot, pool: ImagingPool
):
    camera = CameraSource(FedLenses(lens), pool.submit_look).open(lens.id, heard)
    try:
        qtbot.waitUntil(lambda: bool(heard.of(Outline)), timeout=20000)
        outline = heard.of(Outline)[0]
        assert isinstance(outline, Outline)
        assert outline.corners is not None
        wanted = [(300, 150), (920, 150), (920, 1026), (300, 1026)]
        for x, y in outline.corners:
            assert min(abs(x * 1600 - a) + abs(y * 1200 - b) for a, b in wanted) < 16
    finally:
        camera.close()
