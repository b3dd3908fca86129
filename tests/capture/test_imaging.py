"""Image work in its process: every file ends as pages or as one clear error, whatever befalls it."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import CancelledError, Future, wait
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from capture.child_limits import MOST_MEMORY
from capture.errors import CaptureCode, CaptureError
from capture.imaging import ImagingPool
from capture.page_finder import overlap
from capture.pages import FileKind, FindingKind, Inspected, PreparedFile
from tests.capture.conftest import SAMPLES
from tests.hostile.endure import MemoryWatch
from tests.hostile.make_hostile import encoded, pdf, picture, png

PHOTO = "id_card_front-007-00.jpg"


def read(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def until(condition, seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_a_photograph_becomes_a_page(pool: ImagingPool, truth):
    data = read(PHOTO)
    file = pool.submit_file(data, PHOTO).result(30)
    assert file.kind is FileKind.JPEG
    assert file.original == data
    assert file.original_sha256 == hashlib.sha256(data).hexdigest()
    (page,) = file.pages
    assert page.page_found
    corners = np.array(truth[PHOTO]["corners"], np.float32)
    assert np.abs(np.array(page.corners, np.float32) - corners).max() < 12  # from the document's own top-left
    assert page.improved_sha256 == hashlib.sha256(page.improved_jpeg).hexdigest()
    improved = Image.open(io.BytesIO(page.improved_jpeg))
    assert improved.size == (page.width, page.height)
    assert page.width / page.height == pytest.approx(85.6 / 53.98, abs=0.01)
    assert max(Image.open(io.BytesIO(page.thumbnail_jpeg)).size) <= 320
    assert {"decode", "find", "square", "encode"} <= set(page.seconds)


def test_a_heic_gives_the_page_that_its_jpeg_gives(pool: ImagingPool):
    heic = pool.submit_file(read("id_card_front-008-00.heic"), "a.heic").result(30)
    jpeg = pool.submit_file(read("id_card_front-008-00.jpg"), "a.jpg").result(30)
    assert heic.kind is FileKind.HEIC
    assert (
        overlap(np.array(heic.pages[0].corners, np.float32), np.array(jpeg.pages[0].corners, np.float32))
        > 0.99
    )
    assert heic.pages[0].rotation == jpeg.pages[0].rotation


@pytest.mark.parametrize(("name", "count"), [("contract-3-pages.pdf", 3), ("marriage-2-pages.tif", 2)])
def test_pages_of_a_document_come_in_order_with_progress(pool: ImagingPool, name: str, count: int):
    steps: list[tuple[int, int]] = []
    file = pool.submit_file(
        read(name), name, progress=lambda done, total: steps.append((done, total))
    ).result(30)
    assert [page.page_index for page in file.pages] == list(range(count))
    assert steps == [(done, count) for done in range(1, count + 1)]
    assert all(page.page_found for page in file.pages)


def test_orientation_in_metadata_is_honoured_and_left_out_of_the_stored_copy(pool: ImagingPool):
    plain = Image.open(SAMPLES / PHOTO)
    upright = pool.submit_file(read(PHOTO), PHOTO).result(30).pages[0]
    turned = plain.transpose(Image.Transpose.ROTATE_90)  # as a phone stores it: pixels lie, a tag says so
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Camera of someone"
    page = (
        pool.submit_file(encoded(turned, "JPEG", quality=95, exif=exif.tobytes()), "t.jpg")
        .result(30)
        .pages[0]
    )
    assert (page.original_width, page.original_height) == plain.size
    assert np.abs(np.array(page.corners, np.float32) - np.array(upright.corners, np.float32)).max() < 3
    assert page.rotation == upright.rotation
    assert not Image.open(io.BytesIO(page.improved_jpeg)).getexif()
    assert b"Camera of someone" not in page.improved_jpeg + page.thumbnail_jpeg


def test_a_recrop_with_the_page_s_own_corners_is_the_same_crop_and_a_turn_turns_it(pool: ImagingPool):
    page = pool.submit_file(read(PHOTO), PHOTO).result(30).pages[0]
    again = pool.submit_recrop(read(PHOTO), 0, page.corners, page.rotation).result(30)
    assert again.corners == page.corners
    assert (again.width, again.height, again.rotation) == (page.width, page.height, page.rotation)
    right = pool.submit_recrop(read(PHOTO), 0, page.corners, (page.rotation + 90) % 360).result(30)
    assert (right.width, right.height) == (page.height, page.width)
    before, after = (Image.open(io.BytesIO(p.improved_jpeg)).convert("L") for p in (page, right))
    expected = np.asarray(before.transpose(Image.Transpose.ROTATE_270), np.float32)
    assert np.abs(np.asarray(after, np.float32) - expected).mean() < 4


def test_a_preview_shows_the_whole_untouched_page(pool: ImagingPool):
    shown = Image.open(io.BytesIO(pool.submit_preview(read(PHOTO), 0, 400).result(30)))
    assert shown.size == (400, 300)
    second = Image.open(io.BytesIO(pool.submit_preview(read("contract-3-pages.pdf"), 1, 500).result(30)))
    assert max(second.size) == 500


def test_a_file_is_inspected_by_its_bytes(pool: ImagingPool):
    assert pool.submit_inspect(read("contract-3-pages.pdf")).result(30) == Inspected(FileKind.PDF, 3)
    assert pool.submit_inspect(read(PHOTO)).result(30) == Inspected(FileKind.JPEG, 1)
    for data, code in (
        (b"%PDF-1.7 nothing more", CaptureCode.PDF_BROKEN),
        (read(PHOTO)[:3000], CaptureCode.TRUNCATED_IMAGE),
        (b"MZ program", CaptureCode.NOT_AN_IMAGE),
    ):
        with pytest.raises(CaptureError) as caught:
            pool.submit_inspect(data, "decision.pdf").result(30)
        assert caught.value.capture_code is code


def test_a_page_number_that_is_not_there_is_an_error(pool: ImagingPool):
    with pytest.raises(CaptureError):
        pool.submit_preview(read(PHOTO), 7, 400).result(30)


def test_an_empty_picture_is_kept_whole_and_flagged(pool: ImagingPool):
    table = np.random.default_rng(1).normal(90, 5, (600, 800, 3)).clip(0, 255).astype(np.uint8)
    page = pool.submit_file(encoded(Image.fromarray(table), "PNG"), "table.png").result(30).pages[0]
    assert not page.page_found
    assert page.corners == ((0, 0), (800, 0), (800, 600), (0, 600))
    assert (page.width, page.height) == (800, 600)
    assert FindingKind.PAGE_NOT_FOUND in {finding.kind for finding in page.findings}


def test_killing_the_process_again_and_again_loses_no_page():
    pool = ImagingPool()
    try:
        names = [path.name for path in sorted(SAMPLES.glob("*.jpg"))] + ["contract-3-pages.pdf"]
        futures: list[Future[PreparedFile]] = [pool.submit_file(read(name), name) for name in names]
        rng = np.random.default_rng(5)
        for _ in range(6):
            done = sum(future.done() for future in futures)
            until(pool.child_pids)
            time.sleep(float(rng.uniform(0, 0.08)))
            for pid in pool.child_pids():
                os.kill(pid, signal.SIGKILL)
            until(lambda done=done: sum(f.done() for f in futures) > done or all(f.done() for f in futures))
        wait(futures, 60)
        pages = [len(future.result().pages) for future in futures]
        assert pages == [1] * (len(names) - 1) + [3]
    finally:
        pool.close()


def test_a_file_that_always_kills_its_process_is_refused_and_the_next_goes_on():
    pool = ImagingPool()
    stop = threading.Event()

    def kill() -> None:
        while not stop.is_set():
            for pid in pool.child_pids():
                with contextlib.suppress(ProcessLookupError):  # it has ended since
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.001)

    try:
        killer = threading.Thread(target=kill)
        killer.start()
        future = pool.submit_file(pdf(40), "fall.pdf")
        with pytest.raises(CaptureError) as caught:
            future.result(60)
        stop.set()
        killer.join()
        assert caught.value.capture_code is CaptureCode.IMAGING_CRASHED
        assert caught.value.problem.params["file"] == "fall.pdf"
        assert len(pool.submit_file(read(PHOTO), PHOTO).result(30).pages) == 1
    finally:
        stop.set()
        pool.close()


def test_the_tries_of_a_page_share_its_time():
    """A page that ends its process late in its time, again and again, is not given that time anew."""
    pool = ImagingPool(page_seconds=3.0)
    seen: set[int] = set()
    killed: list[int] = []
    stop = threading.Event()

    def kill() -> None:
        while not stop.is_set():
            for pid in set(pool.child_pids()) - seen:
                seen.add(pid)
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGSTOP)  # it answers nothing and spends its page's time
                    time.sleep(2.0)
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)
            time.sleep(0.01)

    pool.warm()
    until(pool.child_pids)
    killer = threading.Thread(target=kill)
    killer.start()
    try:
        with pytest.raises(CaptureError) as caught:
            pool.submit_file(encoded(picture(), "JPEG"), "late.jpg").result(60)
        assert caught.value.capture_code is CaptureCode.IMAGING_TIMEOUT
        assert len(killed) == 1, "the second try had one second left, and no third was begun"
    finally:
        stop.set()
        killer.join()
        pool.close()


def test_a_process_that_stands_still_is_ended_and_the_next_file_goes_on():
    pool = ImagingPool(page_seconds=1.5)
    try:
        pool.warm()
        until(pool.child_pids)
        (pid,) = pool.child_pids()
        os.kill(pid, signal.SIGSTOP)
        with pytest.raises(CaptureError) as caught:
            pool.submit_file(encoded(picture(), "JPEG"), "still.jpg").result(30)
        assert caught.value.capture_code is CaptureCode.IMAGING_TIMEOUT
        assert pid not in pool.child_pids()
        assert len(pool.submit_file(encoded(picture(), "JPEG"), "next.jpg").result(30).pages) == 1
    finally:
        pool.close()


def test_pixels_beyond_the_memory_limit_are_refused_in_words(pool: ImagingPool):
    bomb = png(9_900, 9_900, 6, 8, 4 * 9_900, 9_900)  # 392 MB of transparent black in half a megabyte
    assert len(bomb) < 2_000_000
    watch = MemoryWatch(pool)
    with pytest.raises(CaptureError) as caught:
        pool.submit_file(bomb, "bomb.png").result(30)
    assert caught.value.capture_code is CaptureCode.IMAGING_OUT_OF_MEMORY
    assert watch.end() <= MOST_MEMORY
    assert len(pool.submit_file(encoded(picture(), "PNG"), "next.png").result(30).pages) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="limits are read from /proc")
def test_the_process_lives_under_limits_and_inherits_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("JILAI_TEST_SECRET", "s3cret-of-the-parent")
    pool = ImagingPool()
    try:
        pool.submit_file(encoded(picture(), "JPEG"), "a.jpg").result(30)
        (pid,) = pool.child_pids()
        limits = Path(f"/proc/{pid}/limits").read_text("ascii").splitlines()
        limit = {line[:26].strip(): line[26:].split()[0] for line in limits[1:]}
        size = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
        assert int(limit["Max address space"]) < size + MOST_MEMORY
        assert limit["Max core file size"] == "0"
        assert limit["Max file size"] == "0"
        assert b"s3cret-of-the-parent" not in Path(f"/proc/{pid}/environ").read_bytes()
    finally:
        pool.close()


def test_the_process_never_loads_window_store_or_sync():
    code = (
        "import sys, capture.imaging_process\n"
        "print([m for m in sys.modules if m.split('.')[0] in ('PySide6', 'storage', 'sync', 'ui', 'main')])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert run.stdout.strip() == "[]"


def test_the_process_leaves_with_its_parent():
    code = (
        "import time; from capture.imaging import ImagingPool\n"
        "pool = ImagingPool(); pool.warm()\n"
        "while not pool.child_pids(): time.sleep(0.01)\n"
        "print(*pool.child_pids(), flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
    until(lambda: not Path(f"/proc/{pid}/cmdline").exists() or not Path(f"/proc/{pid}/cmdline").read_bytes())


def test_closing_ends_the_process_and_cancels_what_waits():
    pool = ImagingPool()
    pool.warm()
    until(pool.child_pids)
    (pid,) = pool.child_pids()
    futures = [pool.submit_file(pdf(30), f"{i}.pdf") for i in range(3)]
    pool.close()
    pool.close()
    assert not Path(f"/proc/{pid}").exists()
    for future in futures:
        with pytest.raises(CancelledError):
            future.result(5)
    with pytest.raises(RuntimeError, match="closed"):
        pool.submit_preview(b"", 0, 100)


def test_what_the_operator_waits_for_overtakes_files_that_queue(pool: ImagingPool):
    order: list[str] = []
    long = pool.submit_file(pdf(30), "long.pdf")
    queued = pool.submit_file(read(PHOTO), "queued.jpg")
    urgent = pool.submit_preview(read(PHOTO), 0, 200)
    waiting: dict[str, Future[Any]] = {"long": long, "queued": queued, "urgent": urgent}
    for name, future in waiting.items():
        future.add_done_callback(partial(lambda name, _: order.append(name), name))
    wait(waiting.values(), 60)
    assert order == ["urgent", "long", "queued"]
    assert [page.page_index for page in long.result().pages] == list(range(30))
