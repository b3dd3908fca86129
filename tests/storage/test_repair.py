"""A damaged database opens again from the newest good one; nothing is deleted, no number comes twice."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from registration.errors import MachineError
from registration.receipt import Receipt
from storage import applications, device, repair
from storage.backups import make_backup
from storage.database import Store
from storage.log_check import look_at_log
from storage.opening import Opened, look_after_opening, open_store
from storage.page_rows import known_digests
from storage.pages import PageFiles
from storage.proving import last_proved, prove
from storage.repair import Mended, needs_mending
from storage.repair_candidates import Source
from storage.rows import rows, scalar
from storage.second_copy import make_second_copy
from tests.storage.evening import KEY, Evening
from tests.storage.test_second_copy_ages import whole


def page_files(folder: Path) -> PageFiles:
    return PageFiles(folder / "pages", b"p" * 32, b"n" * 32)


def reopened(evening: Evening, copy: Path | None = None) -> Opened:
    """Open as the program does, and leave the store to the evening, which closes it."""
    found = open_store(evening.folder, KEY, lambda: page_files(evening.folder), copy, evening.now)
    evening.store = found.store
    evening.pages = page_files(evening.folder)
    return found


def mended(evening: Evening, copy: Path | None = None) -> Mended:
    found = reopened(evening, copy).mended
    assert found is not None
    return found


def flip(file: Path, *places: int) -> None:
    content = bytearray(file.read_bytes())
    for place in places:
        content[place] ^= 0x10
    file.write_bytes(content)


def crash(evening: Evening) -> None:
    """Leave file and log as a killed program does."""
    kept = evening.folder.with_name("as it was")
    shutil.copytree(evening.folder, kept)
    evening.store.close()
    shutil.rmtree(evening.folder)
    kept.rename(evening.folder)


def numbers(evening: Evening) -> set[str]:
    return evening.read(lambda db: {row["number"] for row in rows(db, "SELECT number FROM receipts")})


def test_a_sound_one_is_opened_as_it_is(evening: Evening) -> None:
    evening.submitted()
    crash(evening)
    assert reopened(evening).mended is None
    assert not (evening.folder / repair.SET_ASIDE).exists()


@pytest.mark.parametrize("place", [3, 2000, 4096 * 9 + 77], ids=["salt", "first page", "a page"])
def test_damage_after_a_clean_end_is_mended_from_the_copy_without_loss(
    evening: Evening, tmp_path: Path, place: int
) -> None:
    evening.submitted()
    make_second_copy(evening.store, evening.pages, evening.folder, tmp_path / "copy", evening.now)
    truth = evening.read(whole)
    evening.store.close()
    flip(evening.path, place)
    repair.note_damage(evening.folder)  # as the proof in the background does
    damaged = evening.path.read_bytes()
    found = mended(evening, tmp_path / "copy")
    assert (found.source, found.whole, found.pages) == (Source.SECOND_COPY, True, 0)
    assert (found.aside / "jilai.db").read_bytes() == damaged, "what was damaged is kept"
    after = evening.read(whole)
    changed = {name for name in truth if truth[name] != after[name]}
    assert changed == {"audit", "audit_head"}, "the one act since is the mending itself"
    assert evening.read(device.numbers_left) == 999
    evening.submitted()
    evening.store.close()
    assert reopened(evening, tmp_path / "copy").mended is None


def test_damage_after_a_crash_is_mended_from_the_copys_file_under_this_log(
    evening: Evening, tmp_path: Path
) -> None:
    evening.reopen()  # so that the file holds something
    evening.submitted()
    make_second_copy(evening.store, evening.pages, evening.folder, tmp_path / "copy", evening.now)
    later = evening.submitted()
    crash(evening)
    flip(evening.path, 5000)
    repair.note_damage(evening.folder)
    found = mended(evening, tmp_path / "copy")
    assert (found.source, found.whole, found.problem.code) == (Source.SECOND_COPY, True, "database_mended")
    assert later.number in numbers(evening), "though the copy itself never had it"


def test_without_a_copy_the_newest_backup_comes_and_what_is_newer_is_kept_aside(evening: Evening) -> None:
    first = evening.submitted()
    make_backup(evening.store, evening.folder / "backups", evening.now)
    evening.now += timedelta(hours=1)
    later = evening.submitted()
    evening.store.close()
    flip(evening.path, 100)
    found = mended(evening)
    assert (found.source, found.whole, found.pages) == (Source.BACKUP, False, 10)
    assert found.last_at == evening.now - timedelta(hours=1)
    assert found.problem.params == {"at": f"{found.last_at.astimezone():%Y-%m-%d %H:%M}", "pages": "10"}
    assert numbers(evening) == {first.number}
    assert evening.read(device.numbers_left) == 0, "the later number may be on a paper already"
    assert len(list((found.aside / "pages").glob("??/*.page"))) == 10
    with pytest.raises(MachineError) as refused:
        evening.submitted()
    assert refused.value.code == "number_block_empty"
    evening.write(device.add_number_block, evening.now, {"first": 2001, "last": 2100})
    assert evening.submitted().number not in {first.number, later.number}


def test_pages_set_aside_come_back_when_their_cases_do(evening: Evening, tmp_path: Path) -> None:
    """Mended from a backup while the copy's drive was in the bag; then damaged again with the drive there."""
    make_backup(evening.store, evening.folder / "backups", evening.now)
    later = evening.submitted()
    make_second_copy(evening.store, evening.pages, evening.folder, tmp_path / "copy", evening.now)
    evening.store.close()
    flip(evening.path, 100)
    assert mended(evening).source is Source.BACKUP
    evening.store.close()
    shutil.rmtree(tmp_path / "copy" / "pages")
    flip(evening.path, 100)
    evening.now += timedelta(minutes=1)
    assert mended(evening, tmp_path / "copy").source is Source.SECOND_COPY
    assert numbers(evening) == {later.number}
    assert look_after_opening(evening.store, evening.pages, evening.folder) == []
    assert all(evening.pages.get(digest) for digest in evening.read(known_digests))


def test_a_log_that_was_hit_is_no_shorter_log(evening: Evening, tmp_path: Path) -> None:
    """SQLite takes a damaged log for one that ends there: what came after would be gone without a word."""
    evening.submitted()
    make_second_copy(evening.store, evening.pages, evening.folder, tmp_path / "copy", evening.now)
    receipts = {evening.submitted().number for _ in range(3)}
    crash(evening)
    log = evening.folder / "jilai.db-wal"
    whole_log = look_at_log(log)
    assert not whole_log.damaged and whole_log.frames > 100
    flip(log, log.stat().st_size // 2)
    assert look_at_log(log).damaged and needs_mending(evening.folder, None)
    found = mended(evening, tmp_path / "copy")
    assert not found.whole, "a part of it is nowhere any more, and that is said"
    assert not receipts <= numbers(evening)
    assert evening.read(device.numbers_left) == 0


def test_a_log_that_was_hit_is_taken_from_the_copy(evening: Evening, tmp_path: Path) -> None:
    receipts = {evening.submitted().number for _ in range(3)}
    make_second_copy(evening.store, evening.pages, evening.folder, tmp_path / "copy", evening.now)
    crash(evening)
    flip(evening.folder / "jilai.db-wal", 40_000)
    found = mended(evening, tmp_path / "copy")
    assert found.source is Source.SECOND_COPY
    assert receipts <= numbers(evening)


def test_a_torn_end_is_no_damage(evening: Evening) -> None:
    """What a power cut leaves of the last transaction is not taken for more than that."""
    evening.submitted()
    before = look_at_log(evening.folder / "jilai.db-wal").frames
    evening.submitted()
    crash(evening)
    log = evening.folder / "jilai.db-wal"
    frames = look_at_log(log).frames
    assert frames > before > 0
    os.truncate(log, log.stat().st_size - 5000)
    flip(log, log.stat().st_size - 2000)
    state = look_at_log(log)
    assert not state.damaged and not state.doubtful and 0 < state.frames < frames
    found = reopened(evening)
    assert found.mended is None and found.news == ()


@pytest.mark.parametrize("back", [9, 4100, 4100 + 24 + 2000], ids=["page", "salt or number", "page before"])
def test_a_last_act_that_was_hit_is_told(evening: Evening, back: int) -> None:
    """It cannot be told from an end that was torn before anybody heard of it: so it is said, and no more."""
    evening.submitted()
    crash(evening)
    log = evening.folder / "jilai.db-wal"
    frames = look_at_log(log).frames
    flip(log, 32 + frames * (4096 + 24) - back)
    assert look_at_log(log).doubtful
    found = reopened(evening)
    assert found.mended is None and [problem.code for problem in found.news] == ["last_act_unread"]
    assert evening.read(device.numbers_left) > 0


@pytest.mark.parametrize("place", [1, 17, 30], ids=["magic", "salt", "sum"])
def test_a_head_of_the_log_that_was_hit_is_damage(evening: Evening, place: int) -> None:
    evening.submitted()
    crash(evening)
    flip(evening.folder / "jilai.db-wal", place)
    assert look_at_log(evening.folder / "jilai.db-wal").damaged


def test_a_database_that_is_gone_is_damage_but_not_at_a_first_start(evening: Evening, tmp_path: Path) -> None:
    receipt = evening.submitted()
    make_backup(evening.store, evening.folder / "backups", evening.now)
    evening.store.close()
    evening.path.unlink()
    assert mended(evening).source is Source.BACKUP
    assert numbers(evening) == {receipt.number}
    assert not needs_mending(tmp_path / "new", None)


def test_where_nothing_good_is_found_nothing_changes(evening: Evening) -> None:
    evening.submitted()
    evening.store.close()
    flip(evening.path, 100)
    before = evening.path.read_bytes()
    with pytest.raises(MachineError) as refused:
        reopened(evening)
    assert refused.value.code == "database_damaged"
    assert evening.path.read_bytes() == before
    assert not (evening.folder / repair.SET_ASIDE).exists()


def test_a_false_alarm_changes_nothing(evening: Evening) -> None:
    evening.submitted()
    evening.store.close()
    before = evening.path.read_bytes()
    repair.note_damage(evening.folder)
    assert reopened(evening).mended is None
    assert not needs_mending(evening.folder, None)
    evening.store.close()
    assert evening.path.read_bytes() == before


@pytest.mark.parametrize("step", ["_prepare", "_set_aside", "finish_mending", "drop_log", "sync_folder"])
def test_mending_may_be_killed_at_each_step(
    evening: Evening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    evening.reopen()  # so that the file holds something
    receipt = evening.submitted()
    make_second_copy(evening.store, evening.pages, evening.folder, tmp_path / "copy", evening.now)
    later = evening.submitted()
    crash(evening)
    flip(evening.path, 5000)
    repair.note_damage(evening.folder)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(repair, step, killed)
    with pytest.raises(KeyboardInterrupt):
        reopened(evening, tmp_path / "copy")
    monkeypatch.undo()
    reopened(evening, tmp_path / "copy")
    assert {receipt.number, later.number} <= numbers(evening)
    evening.store.check()
    actions = "SELECT count(*) FROM audit WHERE action = 'database_mended'"
    assert evening.read(lambda db: scalar(db, actions)) == 1


def test_an_older_backup_comes_with_this_programs_schema(evening: Evening) -> None:
    from storage import schema
    from storage.connections import connect

    folder = evening.folder / "backups"
    folder.mkdir()
    older = connect(folder / "rolling-20261101T000000Z.db", KEY)
    schema.migrations.apply(older, stop_before=schema.known()[-1])
    older.execute("INSERT INTO audit (seq, at, operator_id, operator_name, device_code, action, subject,"
                  " details, previous, hash) SELECT seq, at, operator_id, operator_name, device_code, action,"
                  " subject, details, previous, hash FROM audit")  # fmt: skip
    older.close()
    newest = make_backup(evening.store, folder, evening.now)
    assert newest is not None
    evening.store.close()
    flip(evening.path, 100)
    assert mended(evening).source is Source.BACKUP


Damage = Callable[[Path], object]


@pytest.mark.parametrize("harm", [Path.unlink, lambda file: flip(file, 60)], ids=["gone", "hit"])
def test_a_page_comes_back_from_the_copy(evening: Evening, tmp_path: Path, harm: Damage) -> None:
    receipt: Receipt = evening.submitted()
    copy = tmp_path / "copy"
    make_second_copy(evening.store, evening.pages, evening.folder, copy, evening.now)
    detail = evening.read(applications.detail, receipt.application_id)
    assert detail is not None
    digest = detail.pages[0].digest
    good = evening.pages.get(digest)
    harm(evening.pages.path_of(digest))
    with pytest.raises(MachineError):
        evening.pages.get(digest)
    assert prove(evening.store, evening.pages, evening.folder, copy, evening.now) == []
    assert evening.pages.get(digest) == good
    assert last_proved(evening.folder).database_at == evening.now
    harm(evening.pages.path_of(digest))
    shutil.rmtree(copy)
    (problem,) = prove(evening.store, evening.pages, evening.folder, None, evening.now)
    assert problem.code == "page_damaged"


def test_proving_goes_on_where_it_was(evening: Evening) -> None:
    for _ in range(3):
        evening.submitted()
    seen = []
    for _ in range(40):
        assert prove(evening.store, evening.pages, evening.folder, None, evening.now, most_bytes=900) == []
        seen.append(last_proved(evening.folder).pages_until)
    assert "" in seen and len(set(seen)) > 5, "it comes round, a part at a time"


def test_a_damaged_database_that_the_proof_finds_is_mended_at_the_next_opening(evening: Evening) -> None:
    evening.reopen()
    make_backup(evening.store, evening.folder / "backups", evening.now)
    flip(evening.path, evening.path.stat().st_size - 100)
    (problem,) = prove(evening.store, evening.pages, evening.folder, None, evening.now)
    assert problem.code == "database_torn"
    evening.store.close()
    assert needs_mending(evening.folder, None)
    assert mended(evening).source is Source.BACKUP
    evening.store.check()
    assert isinstance(evening.store, Store)


def test_a_database_whose_pages_cannot_be_listed_is_torn_and_nothing_else_is_said(evening: Evening) -> None:
    evening.submitted()
    evening.reopen()
    flip(evening.path, *range(4096 * 20 + 77, evening.path.stat().st_size, 4096))
    with pytest.raises(MachineError):
        evening.read(known_digests)
    problems = prove(evening.store, evening.pages, evening.folder, None, evening.now)
    assert [problem.code for problem in problems] == ["database_torn"]
    assert needs_mending(evening.folder, None)


def test_a_backup_that_a_person_wants_back_is_put_in_place_at_the_next_opening(evening: Evening) -> None:
    first = evening.submitted()
    backup = make_backup(evening.store, evening.folder / "backups", evening.now)
    assert backup is not None
    evening.submitted()
    repair.wish_back(evening.folder, backup.path)
    assert reopened_after_close(evening).source is Source.BACKUP
    assert numbers(evening) == {first.number} and evening.read(device.numbers_left) == 0
    evening.store.close()
    assert reopened(evening).mended is None, "once"


def test_a_damaged_backup_is_not_put_in_place(evening: Evening) -> None:
    backup = make_backup(evening.store, evening.folder / "backups", evening.now)
    assert backup is not None
    receipt = evening.submitted()
    flip(backup.path, 9000)
    repair.wish_back(evening.folder, backup.path)
    evening.store.close()
    with pytest.raises(MachineError) as refused:
        reopened(evening)
    assert refused.value.code == "backup_unsound"
    assert reopened(evening).mended is None
    assert numbers(evening) == {receipt.number}


def reopened_after_close(evening: Evening) -> Mended:
    evening.store.close()
    return mended(evening)
