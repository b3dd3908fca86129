"""Files that no one should have to open: each ends as one clear error that names it, or as its pages."""

from __future__ import annotations

import io
from concurrent.futures import Future
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from capture.errors import CaptureCode, CaptureError
from capture.imaging import ImagingPool
from capture.pages import PreparedFile
from capture.sources.files import MOST_BYTES, read_file
from registration.errors import JilaiError
from registration.wording import say
from tests.hostile.make_hostile import Hostile, encoded, make, picture


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> list[Hostile]:
    return make(tmp_path_factory.mktemp("hostile"))


def outcome(pool: ImagingPool, path: Path) -> tuple[CaptureCode | int, PreparedFile | CaptureError]:
    try:
        file = read_file(path)
        prepared = pool.submit_file(file.data, file.name).result(60)
    except CaptureError as error:
        return error.capture_code, error
    return len(prepared.pages), prepared


def test_each_file_of_the_corpus_gets_its_due(pool: ImagingPool, hostile: list[Hostile]):
    (pid,) = pool.child_pids() or (None,)
    wrong = []
    for item in hostile:
        got, answer = outcome(pool, item.path)
        if got != item.due:
            wrong.append(f"{item.path.name}: {got}, due was {item.due}")
        if isinstance(answer, CaptureError):
            words = [say(answer.problem, language) for language in ("zh", "en")]
            assert all(item.path.name in text.title + text.what for text in words)
            assert str(item.path.parent) not in str(answer) + repr(answer.problem.params)
    assert not wrong
    if pid is not None:
        assert pool.child_pids() == (pid,), "a file of the corpus cost the process its life"


def test_a_drop_goes_on_past_its_bad_files(pool: ImagingPool, tmp_path: Path):
    good = encoded(picture(), "JPEG")
    futures: list[Future[PreparedFile]] = [
        pool.submit_file(data, "x") for data in (good, good[:2000], good, b"%PDF-1.4 broken", good)
    ]
    failed = [isinstance(future.exception(60), JilaiError) for future in futures]
    assert failed == [False, True, False, True, False]


def test_a_folder(tmp_path: Path):
    folder = tmp_path / "scans.jpg"
    folder.mkdir()
    with pytest.raises(CaptureError) as caught:
        read_file(folder)
    assert caught.value.capture_code is CaptureCode.IS_A_FOLDER
    assert caught.value.problem.params["file"] == "scans.jpg"


def test_a_file_that_vanished(tmp_path: Path):
    with pytest.raises(CaptureError) as caught:
        read_file(tmp_path / "gone.jpg")
    assert caught.value.capture_code is CaptureCode.FILE_VANISHED


def test_a_pipe_that_would_never_end(tmp_path: Path):
    import os

    os.mkfifo(tmp_path / "pipe.jpg")
    with pytest.raises(CaptureError) as caught:
        read_file(tmp_path / "pipe.jpg")
    assert caught.value.capture_code is CaptureCode.FILE_UNREADABLE


def test_a_link_to_nowhere_and_a_link_in_a_circle(tmp_path: Path):
    (tmp_path / "nowhere.jpg").symlink_to(tmp_path / "missing")
    (tmp_path / "circle.jpg").symlink_to(tmp_path / "circle.jpg")
    for name, code in (
        ("nowhere.jpg", CaptureCode.FILE_VANISHED),
        ("circle.jpg", CaptureCode.FILE_UNREADABLE),
    ):
        with pytest.raises(CaptureError) as caught:
            read_file(tmp_path / name)
        assert caught.value.capture_code is code


def test_a_file_larger_than_any_scan_is_refused_unread(tmp_path: Path):
    path = tmp_path / "film.jpg"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)  # sparse: no disk is used
    with pytest.raises(CaptureError) as caught:
        read_file(path)
    assert caught.value.capture_code is CaptureCode.FILE_TOO_LARGE


def test_the_kinds_look_the_same_however_they_are_stored(pool: ImagingPool, hostile: list[Hostile]):
    """16 bits, CMYK, a palette or a wrong name must not change what is seen."""
    own = {item.path.name: item.path for item in hostile}
    expected = np.asarray(picture().convert("L").resize((160, 120)), np.float32)
    for name in (
        "sixteen-bit.png",
        "cmyk.jpg",
        "palette.png",
        "animated.gif",
        "really-a-png.jpg",
        "two-tone.tif",
    ):
        shown = pool.submit_preview(own[name].read_bytes(), 0, 160).result(30)
        seen = np.asarray(Image.open(io.BytesIO(shown)).convert("L"), np.float32)
        assert np.abs(seen - expected).mean() < (40 if name == "two-tone.tif" else 14), name


def test_all_eight_orientations_show_the_picture_as_a_viewer_does(pool: ImagingPool, hostile: list[Hostile]):
    from PIL import ImageOps

    for item in hostile:
        if item.path.stem.removeprefix("exif-").isdigit():
            expected = ImageOps.exif_transpose(Image.open(item.path)).convert("L")
            shown = Image.open(io.BytesIO(pool.submit_preview(item.path.read_bytes(), 0, 640).result(30)))
            assert shown.size == expected.size
            difference = np.asarray(shown.convert("L"), np.float32) - np.asarray(expected, np.float32)
            assert np.abs(difference).mean() < 3, item.path.name
