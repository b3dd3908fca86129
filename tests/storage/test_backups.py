"""Rolling backups: whole, of their moment, few enough for the disk, and beside a second copy that goes on."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from storage.backups import Backup, backups, make_backup, prune
from storage.database import Store
from storage.second_copy import SecondCopy
from tests.storage.evening import KEY, NOW, Evening
from tests.storage.test_second_copy_ages import whole


def test_a_backup_is_the_database_of_its_moment(evening: Evening) -> None:
    evening.submitted()
    truth = evening.read(whole)
    backup = make_backup(evening.store, evening.folder / "backups", evening.now)
    assert backup is not None
    evening.submitted()
    assert [path.name for path in (evening.folder / "backups").iterdir()] == ["rolling-20261124T113000Z.db"]
    store = Store.open(backup.path, KEY, backups=evening.folder / "none")
    store.check()
    assert store.read(whole) == truth != evening.read(whole)
    store.close()


def test_a_backup_does_not_disturb_the_second_copy(evening: Evening, tmp_path: Path) -> None:
    copy = SecondCopy(evening.store, evening.pages, evening.folder, tmp_path / "copy")
    copy.bring_up(evening.now)
    for seq in range(3):
        evening.sql("INSERT INTO feed_kept VALUES (?, 'x', json_quote(?), '', '')", seq, "x" * 5_000_000)
        make_backup(evening.store, evening.folder / "backups", evening.now + timedelta(hours=seq))
        report = copy.bring_up(evening.now)
        assert report is not None and report.bytes < 7_000_000, "the file never travels whole again"
    copy.release()


def laid(folder: Path, ages: list[timedelta], size: int = 1) -> None:
    folder.mkdir()
    for age in ages:
        name = f"rolling-{(NOW - age).astimezone(UTC):%Y%m%dT%H%M%SZ}.db"
        (folder / name).write_bytes(b"x" * size)


def test_many_of_today_and_few_of_last_month_are_kept(tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    laid(folder, [timedelta(hours=hours) for hours in range(24 * 40)])
    (folder / "before-0003_rules.db").write_bytes(b"x")
    (folder / "of somebody else.db").write_bytes(b"x")
    prune(folder, NOW)
    left = [NOW - backup.at for backup in backups(folder) if not backup.before]
    today = [age for age in left if age <= timedelta(days=1)]
    week = [age for age in left if timedelta(days=1) < age <= timedelta(days=7)]
    older = [age for age in left if age > timedelta(days=7)]
    assert len(today) == 25 and len(week) == 7 and 3 <= len(older) <= 4
    assert max(left) <= timedelta(weeks=4)
    assert (folder / "before-0003_rules.db").exists() and (folder / "of somebody else.db").exists()
    prune(folder, NOW)
    assert [NOW - backup.at for backup in backups(folder) if not backup.before] == left, "nothing more goes"


def test_the_newest_that_fit_are_kept_and_one_in_any_case(tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    laid(folder, [timedelta(hours=hours) for hours in range(10)], size=100)
    prune(folder, NOW, most_bytes=350)
    assert [NOW - backup.at for backup in backups(folder)] == [timedelta(hours=hours) for hours in range(3)]
    prune(folder, NOW, most_bytes=0)
    assert backups(folder) == (Backup(folder / "rolling-20261124T113000Z.db", NOW, 100),)


def test_a_disk_with_little_room_gets_no_backup(evening: Evening, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = evening.folder / "backups"
    assert make_backup(evening.store, folder, evening.now) is not None
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=100 << 20))
    assert make_backup(evening.store, folder, evening.now + timedelta(hours=1)) is None
    assert [backup.at for backup in backups(folder)] == [datetime(2026, 11, 24, 11, 30, tzinfo=UTC)]
