"""A second copy of any age is the database of its moment, whatever happened to log, folder and program."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from registration.errors import MachineError
from storage import audit, second_copy_database
from storage.connections import connect
from storage.database import Store
from storage.page_rows import known_digests
from storage.pages import PageFiles
from storage.rows import rows
from storage.second_copy import SecondCopy, last_copy, read_label, uncovered
from tests.storage.evening import KEY, Evening


def whole(db: Any) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every ordinary table but the record of copies itself."""
    names = [
        row["name"]
        for row in rows(
            db, "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' ORDER BY name"
        )
    ]
    return {n: list(db.execute(f"SELECT * FROM {n}")) for n in names if n != "second_copies"}


def opened(folder: Path, place: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Open a copy of the copy as another laptop would, prove it, and return what it holds."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(folder, place)
    store = Store.open(place / "jilai.db", KEY, backups=place / "backups")
    pages = PageFiles(place / "pages", b"p" * 32, b"n" * 32)
    try:
        store.check()
        assert store.read(audit.verify) is None
        assert all(pages.get(digest) for digest in store.read(known_digests))
        return store.read(whole)
    finally:
        store.close()


@pytest.fixture
def copy(evening: Evening, tmp_path: Path) -> Iterator[SecondCopy]:
    found = SecondCopy(evening.store, evening.pages, evening.folder, tmp_path / "copy")
    yield found
    found.release()


def some_work(evening: Evening, chance: random.Random) -> None:
    kind = chance.randrange(5)
    if kind == 0:
        evening.submitted(household_id=chance.choice(["h-2-101", "h-3-101", "h-10-101"]))
    elif kind == 1:
        evening.add(evening.start("h-3-102").id, "identity")
    elif kind == 2:
        evening.discard(evening.start("h-3-102").id)
    elif kind == 3:  # a log that grows past its length: it is folded and begins anew
        bulk = "x" * chance.randrange(1, 6_000_000)
        evening.sql("INSERT INTO feed_kept SELECT coalesce(max(seq), 0) + 1, 'x', json_quote(?), '', ''"
                    " FROM feed_kept", bulk)  # fmt: skip
    evening.now += timedelta(minutes=1)


@pytest.mark.parametrize("seed", range(2))
def test_a_copy_of_each_age_is_the_truth_of_its_moment(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    evening = Evening(tmp_path / "data")
    evening.open_session()
    copy = SecondCopy(evening.store, evening.pages, evening.folder, tmp_path / "copy")
    ages = {}
    for age in range(14):
        for _ in range(chance.randrange(3)):
            some_work(evening, chance)
        if age % 6 == 4:  # the program ends and begins again, in good order
            copy.release()
            evening.reopen()
            copy = SecondCopy(evening.store, evening.pages, evening.folder, tmp_path / "copy")
            some_work(evening, chance)
        truth = evening.read(whole)
        assert copy.bring_up(evening.now) is not None
        shutil.copytree(tmp_path / "copy", tmp_path / "ages" / str(age))
        ages[age] = truth
    copy.release()
    evening.close()
    for age, truth in ages.items():
        assert opened(tmp_path / "ages" / str(age), tmp_path / "opened") == truth, f"the copy of age {age}"


def test_after_the_first_time_only_what_is_new_travels(evening: Evening, copy: SecondCopy) -> None:
    evening.sql("INSERT INTO feed_kept VALUES (1, 'x', json_quote(?), '', '')", "x" * 3_000_000)
    first = copy.bring_up(evening.now)
    evening.submitted()
    later = copy.bring_up(evening.now)
    assert first is not None and later is not None
    assert first.bytes > 3_000_000 > 700_000 > later.bytes > 0
    evening.sql("INSERT INTO feed_kept VALUES (2, 'x', json_quote(?), '', '')", "x" * 5_000_000)
    copy.bring_up(evening.now)  # folds the log
    evening.submitted()
    after_folding = copy.bring_up(evening.now)
    assert after_folding is not None and after_folding.bytes < 700_000, "the file is folded there as here"


def test_the_log_is_folded_again_by_itself_once_nobody_follows(evening: Evening, copy: SecondCopy) -> None:
    copy.bring_up(evening.now)
    copy.release()
    for seq in range(4):
        evening.sql("INSERT INTO feed_kept VALUES (?, 'x', json_quote(?), '', '')", seq, "x" * 5_000_000)
    assert evening.store.log.path.stat().st_size < 40_000_000
    assert copy.bring_up(evening.now) is not None


def test_a_run_that_is_stopped_goes_on_where_it_was(
    evening: Evening, copy: SecondCopy, tmp_path: Path
) -> None:
    evening.submitted()
    seen: list[tuple[int, int]] = []

    def first_five(done: int, total: int) -> bool:
        seen.append((done, total))
        return len(seen) < 5

    assert copy.bring_up(evening.now, first_five) is None
    there = len(list((tmp_path / "copy" / "pages").glob("??/*.page")))
    assert there == 5 and not (tmp_path / "copy" / "jilai.db").exists()
    assert read_label(tmp_path / "copy") is None and evening.read(last_copy) is None
    report = copy.bring_up(evening.now)
    assert report is not None and report.pages == 5
    assert all(0 < done <= total for done, total in seen)
    assert (read_label(tmp_path / "copy"), evening.read(uncovered)) == (evening.now, 0)


@pytest.mark.parametrize("stops_at", ["arriving", "dropped", "placed", "folded"])
def test_a_run_cut_short_leaves_a_copy_that_opens(
    evening: Evening, copy: SecondCopy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stops_at: str
) -> None:
    """The program dies at each step of a new generation: the copy is that of the run before, or later."""
    folder = tmp_path / "copy"
    evening.submitted()
    copy.bring_up(evening.now)
    before = evening.read(whole)
    copy.release()
    evening.submitted()
    evening.reopen()  # the copy has not seen the end of that log: its file differs now
    after = evening.read(whole)

    def cut(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    real_drop = second_copy_database.drop_log
    if stops_at == "arriving":
        monkeypatch.setattr(os, "fsync", cut)
    elif stops_at == "dropped":
        monkeypatch.setattr(Path, "replace", cut)
    elif stops_at == "folded":
        monkeypatch.setattr(second_copy_database, "drop_log", cut)
    else:
        monkeypatch.setattr(
            second_copy_database, "sync_folder", lambda _: cut() if (folder / "placed").exists() else None
        )

        def drop(file: Path) -> None:
            real_drop(file)
            (folder / "placed").touch()

        monkeypatch.setattr(second_copy_database, "drop_log", drop)
    again = SecondCopy(evening.store, evening.pages, evening.folder, folder)
    with pytest.raises(KeyboardInterrupt):
        again.bring_up(evening.now)
    monkeypatch.undo()
    assert opened(folder, tmp_path / "opened") in (before, after)
    again.release()
    assert again.bring_up(evening.now) is not None
    assert opened(folder, tmp_path / "opened") == after


def test_a_copy_that_was_damaged_meanwhile_is_written_anew(
    evening: Evening, copy: SecondCopy, tmp_path: Path
) -> None:
    evening.submitted()
    copy.bring_up(evening.now)
    copy.release()
    for name in ("jilai.db", "jilai.db-wal"):
        file = tmp_path / "copy" / name
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 4
        file.write_bytes(content)
    evening.reopen()
    evening.submitted()
    SecondCopy(evening.store, evening.pages, evening.folder, tmp_path / "copy").bring_up(evening.now)
    assert opened(tmp_path / "copy", tmp_path / "opened") == evening.read(whole)


def test_a_damaged_original_never_takes_the_place_of_a_good_copy(
    evening: Evening, copy: SecondCopy, tmp_path: Path
) -> None:
    evening.reopen()
    evening.submitted()
    SecondCopy(evening.store, evening.pages, evening.folder, tmp_path / "copy").bring_up(evening.now)
    good = opened(tmp_path / "copy", tmp_path / "opened")
    evening.reopen()
    content = bytearray(evening.path.read_bytes())
    content[-100] ^= 1
    evening.path.write_bytes(content)
    again = SecondCopy(evening.store, evening.pages, evening.folder, tmp_path / "copy")
    with pytest.raises(MachineError) as refused:
        again.bring_up(evening.now)
    assert refused.value.code == "database_torn"
    assert opened(tmp_path / "copy", tmp_path / "opened") == good


def test_a_drive_that_is_pulled_out_is_told_and_no_copy_begins_where_it_was(
    evening: Evening, copy: SecondCopy, tmp_path: Path
) -> None:
    copy.bring_up(evening.now)
    (tmp_path / "copy").rename(tmp_path / "in the bag")
    evening.submitted()
    for _ in range(2):
        with pytest.raises(MachineError) as refused:
            copy.bring_up(evening.now)
        assert refused.value.code == "copy_gone"
    assert evening.read(uncovered) == 1
    assert not (tmp_path / "copy").exists()
    (tmp_path / "in the bag").rename(tmp_path / "copy")
    assert copy.bring_up(evening.now) is not None
    assert evening.read(uncovered) == 0
    shutil.rmtree(tmp_path / "copy")
    copy.begin()
    assert copy.bring_up(evening.now) is not None, "a person may begin anew"


def test_another_machines_copy_is_not_touched(evening: Evening, copy: SecondCopy, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "vault.json").write_text('{"vault_id": "another"}')
    with pytest.raises(MachineError) as refused:
        copy.bring_up(evening.now)
    assert refused.value.code == "copy_foreign"
    assert [path.name for path in (tmp_path / "copy").iterdir()] == ["vault.json"]


def test_what_was_destroyed_here_is_swept_there(evening: Evening, copy: SecondCopy, tmp_path: Path) -> None:
    evening.submitted()
    draft = evening.start()
    evening.add(draft.id, "identity")
    copy.bring_up(evening.now)
    evening.sql("DELETE FROM thumbnails")
    evening.sql("DELETE FROM pages WHERE application_id = ?", draft.id)
    copy.bring_up(evening.now)
    assert copy.sweep() == 2
    assert len(list((tmp_path / "copy" / "pages").glob("??/*.page"))) == 10
    assert copy.sweep() == 0


def test_a_newer_log_is_never_read_as_the_old_one(evening: Evening, copy: SecondCopy, tmp_path: Path) -> None:
    """Between the mark and the reading the log begins anew: the run notices and marks again."""
    copy.bring_up(evening.now)
    evening.sql("INSERT INTO feed_kept VALUES (1, 'x', json_quote(?), '', '')", "x" * 5_000_000)
    stale = evening.store.log.mark(lambda db: 0)
    evening.store.log.fold_all()
    evening.submitted()  # over the beginning of what the mark speaks of
    with pytest.raises(second_copy_database.LogMovedError):
        copy._database.bring_up(stale, lambda _: True)
    copy.bring_up(evening.now)
    assert opened(tmp_path / "copy", tmp_path / "opened") == evening.read(whole)


def test_a_wrong_key_opens_nothing_of_it(evening: Evening, copy: SecondCopy, tmp_path: Path) -> None:
    copy.bring_up(evening.now)
    with pytest.raises(Exception, match="not a database"):
        connect(tmp_path / "copy" / "jilai.db", b"x" * 32, read_only=True)
