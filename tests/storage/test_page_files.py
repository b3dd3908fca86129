"""Sealed page files: what is put comes back, nothing else does, and strays alone are swept."""

from __future__ import annotations

import hashlib
import os
import secrets
import threading
from pathlib import Path

import pytest

from registration.errors import MachineError
from storage.page_check import check_pages
from storage.pages import PageFiles
from tests.storage.evening import Evening


@pytest.fixture
def pages(tmp_path: Path) -> PageFiles:
    return PageFiles(tmp_path / "pages", b"p" * 32, b"n" * 32)


def only_file(tmp_path: Path) -> Path:
    (path,) = (tmp_path / "pages").glob("??/*.page")
    return path


def test_what_is_put_comes_back_under_its_digest(pages: PageFiles) -> None:
    data = secrets.token_bytes(70_001)
    digest = pages.put(data)
    assert digest == hashlib.sha256(data).hexdigest()
    assert pages.has(digest)
    assert pages.get(digest) == data


def test_neither_name_nor_content_shows_what_the_page_is(pages: PageFiles, tmp_path: Path) -> None:
    data = "张立群 620102198503071231".encode() * 20
    digest = pages.put(data)
    path = only_file(tmp_path)
    assert digest not in path.name and len(path.stem) == 64 and path.parent.name == path.stem[:2]
    assert data[:24] not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


def test_the_same_page_twice_is_one_file_left_alone(pages: PageFiles, tmp_path: Path) -> None:
    digest = pages.put(b"page")
    before = only_file(tmp_path).stat()
    assert pages.put(b"page") == digest
    assert only_file(tmp_path).stat().st_ino == before.st_ino
    assert list(pages.names()) == [pages.name_of(digest)]


@pytest.mark.parametrize("size", [0, 1, 20, 40])
def test_a_file_cut_short_by_a_hard_reset_is_written_anew(
    pages: PageFiles, tmp_path: Path, size: int
) -> None:
    digest = pages.put(b"page" * 10)
    os.truncate(only_file(tmp_path), size)
    with pytest.raises(MachineError) as refused:
        pages.get(digest)
    assert refused.value.code == "page_damaged"
    assert pages.put(b"page" * 10) == digest
    assert pages.get(digest) == b"page" * 10


def test_every_flipped_bit_is_noticed(pages: PageFiles, tmp_path: Path) -> None:
    digest = pages.put(b"page")
    path = only_file(tmp_path)
    whole = path.read_bytes()
    for at in range(len(whole) * 8):
        torn = bytearray(whole)
        torn[at // 8] ^= 1 << at % 8
        path.write_bytes(torn)
        with pytest.raises(MachineError) as refused:
            pages.get(digest)
        assert refused.value.code == "page_damaged"


def test_one_page_cannot_stand_in_for_another(pages: PageFiles) -> None:
    one, two = pages.put(b"his page"), pages.put(b"her page")
    pages.path_of(one).write_bytes(pages.path_of(two).read_bytes())
    with pytest.raises(MachineError) as refused:
        pages.get(one)
    assert refused.value.code == "page_damaged"


def test_another_key_opens_nothing(pages: PageFiles, tmp_path: Path) -> None:
    digest = pages.put(b"page")
    with pytest.raises(MachineError) as refused:
        PageFiles(tmp_path / "pages", b"x" * 32, b"n" * 32).get(digest)
    assert refused.value.code == "page_damaged"


def test_a_page_that_is_gone_is_missing_not_damaged(pages: PageFiles) -> None:
    digest = pages.put(b"page")
    pages.delete(digest)
    assert not pages.has(digest)
    assert pages.missing([digest]) == [digest]
    with pytest.raises(MachineError) as refused:
        pages.get(digest)
    assert refused.value.code == "page_missing"
    pages.delete(digest)  # again: nothing happens


def test_threads_may_put_the_same_page_at_once(pages: PageFiles) -> None:
    data = secrets.token_bytes(50_000)
    threads = [threading.Thread(target=pages.put, args=(data,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    digest = hashlib.sha256(data).hexdigest()
    assert pages.get(digest) == data
    assert list(pages.names()) == [pages.name_of(digest)]


def test_the_sweep_takes_strays_of_an_earlier_program_alone(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    before = PageFiles(folder, b"p" * 32, b"n" * 32)
    known, stray, old_again = before.put(b"known"), before.put(b"stray"), before.put(b"put again")
    half = before.path_of(stray).with_name(".half-written.tmp")
    half.write_bytes(b"half")
    for path in [*folder.glob("??/*"), half]:
        os.utime(path, (1_000_000, 1_000_000))
    now = PageFiles(folder, b"p" * 32, b"n" * 32)
    fresh = now.put(b"being captured")
    assert now.put(b"put again") == old_again  # was there already, and is ours from now on
    os.utime(now.path_of(fresh), (1_000_000, 1_000_000))  # as if the clock had been set back
    assert now.sweep({known}) == 2
    assert [now.has(digest) for digest in (known, stray, old_again, fresh)] == [True, False, True, True]
    assert not half.exists()


def test_a_start_sweeps_strays_and_reports_rows_without_a_file(evening: Evening) -> None:
    application = evening.start()
    whole, gone = evening.add(application.id, "identity"), evening.add(application.id, "invoice")
    stray = evening.pages.put(b"captured, and killed before its row")
    evening.pages.delete(gone.original_digest)
    for path in (evening.folder / "pages").glob("??/*.page"):
        os.utime(path, (1_000_000, 1_000_000))
    restarted = PageFiles(evening.folder / "pages", b"p" * 32, b"n" * 32)
    found = check_pages(evening.store, restarted)
    assert found.swept == 1 and not restarted.has(stray)
    (missing,) = found.missing
    assert (missing.page_id, missing.application_id) == (gone.id, application.id)
    assert missing.digest == gone.original_digest
    assert restarted.has(whole.digest) and restarted.has(whole.original_digest) and restarted.has(gone.digest)
