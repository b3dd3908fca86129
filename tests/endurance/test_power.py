"""What a cut of power may take: nothing that was told. Synced in the right order, and proved by cutting."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import psutil
import pytest

from sync.contract import sha256_hex
from tests.centre import start_centre
from tests.endurance.disk_model import Disk, Loss
from tests.endurance.disk_trace import Event, SyncBegun, Synced, Told, can_trace, events, watching
from tests.endurance.power_cuts import cuts, faults, record
from tests.server.window import Window

pytestmark = pytest.mark.skipif(not can_trace(), reason="strace may not trace here")


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Event]]:
    return record(tmp_path_factory.mktemp("evening"))


def out_of_order(found: Sequence[Event]) -> list[str]:
    """Return what was told, written or renamed before what it rests on was synced."""
    disk, wrong = Disk(), []
    for event in found:
        disk.follow(event)
        if isinstance(event, Told):
            loose = [Path(path).suffix or Path(path).name for path in disk.unsafe()]
            wrong += [f"{event.data.split()[0].decode()} told with {name} unsafe" for name in loose]
    return wrong + disk.surprises


def test_page_folder_row_and_only_then_the_word(evening: tuple[Path, list[Event]]) -> None:
    _root, found = evening
    assert sum(isinstance(event, Told) for event in found) == 40
    assert out_of_order(found) == []


@pytest.mark.parametrize(
    ("forgotten", "seen"),
    [
        ("files", "was renamed before it was synced"),
        ("folders", "page told with .page unsafe"),
        ("rows", "receipt told with .db-wal unsafe"),
    ],
)
def test_a_program_that_forgets_one_sync_is_found(tmp_path: Path, forgotten: str, seen: str) -> None:
    _root, found = record(tmp_path, forgotten)
    assert any(seen in wrong for wrong in out_of_order(found))


def few(number: int, path: str) -> Sequence[Loss]:
    """Choose what is cut in the short form: the file's first moments, its foldings, some others."""
    if number < 12:
        return (Loss.ALL, Loss.NAMES, Loss.SOME)
    if path.endswith("jilai.db"):
        return (Loss.SOME,)
    return (tuple(Loss)[number // 11 % len(Loss)],) if number % 11 == 0 else ()


@pytest.mark.slow
def test_a_cut_of_power_takes_nothing_that_was_told(
    evening: tuple[Path, list[Event]], tmp_path: Path
) -> None:
    root, found = evening
    wrong = {(c.number, c.loss): f for c in cuts(found, few) if (f := faults(c, root, tmp_path / "after"))}
    assert wrong == {}


def test_cutting_finds_a_row_that_was_not_synced(tmp_path: Path) -> None:
    root, found = record(tmp_path, "rows")
    for cut in cuts(found, lambda number, _path: (Loss.ALL,) if number > 100 and number % 20 == 0 else ()):
        if faults(cut, root, tmp_path / "after"):
            return
    raise AssertionError("rows that were never synced were all there after the cut")


def test_the_centre_answers_after_its_disk_has_it(tmp_path: Path) -> None:
    with start_centre(tmp_path, accept_after=3600) as centre:
        window = Window(centre.url)
        window.enrol(centre.enrolment_code)
        family = [centre.process.pid, *(p.pid for p in psutil.Process(centre.process.pid).children(True))]
        log = tmp_path / "strace.log"
        strace = subprocess.Popen(watching(log, *family), stderr=subprocess.PIPE)
        assert strace.stderr is not None
        for _ in family:
            strace.stderr.readline()  # "attached", once for each
        pages = window.pages(size=40_000)
        event = window.event(pages)
        assert window.send(event).status == 200
        for data in (pages[0].data, pages[0].original):
            assert window.create(data).status == 201
            assert window.patch(sha256_hex(data), 0, data[:10_000]).status == 204
            assert window.patch(sha256_hex(data), 10_000, data[10_000:]).status == 204
        strace.terminate()
        strace.communicate(timeout=30)
    found = list(events(log, centre.data_dir))
    disk, answers, row_synced = Disk(joined_late=True), [], False
    for happened in found:
        disk.follow(happened)
        if isinstance(happened, Synced) and "/pg_wal/" in happened.path:
            row_synced = True
        if isinstance(happened, Told) and happened.data.startswith(b"HTTP/1.1 2"):
            answers.append(happened.data[9:12])
            assert [p for p in disk.unsafe() if "/pages/" in p] == []
            if answers[-1] == b"200":
                assert row_synced, "the event was answered before PostgreSQL had synced its log"
    assert answers == [b"200"] + [b"201", b"204", b"204"] * 2
    assert sum(isinstance(e, SyncBegun) and "/pages/" in e.path for e in found) >= 12
