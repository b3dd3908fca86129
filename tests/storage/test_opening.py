"""After the vault opens: lost pages and damage are told, strays go, receipts can be verified without it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from storage.opening import look_after_opening
from storage.pages import PageFiles
from storage.trust import read_trust, trusted_keys
from tests.storage.evening import Evening


def codes(evening: Evening) -> list[str]:
    pages = PageFiles(evening.folder / "pages", b"p" * 32, b"n" * 32)
    return [problem.code for problem in look_after_opening(evening.store, pages, evening.folder)]


def test_a_sound_folder_has_nothing_to_say(evening: Evening) -> None:
    evening.submitted()
    assert codes(evening) == []
    assert read_trust(evening.folder) == evening.read(trusted_keys) != {}
    assert (evening.folder / "reserve").stat().st_size > 1 << 20


def test_a_lost_page_is_an_alarm(evening: Evening) -> None:
    page = evening.add(evening.start().id, "identity")
    evening.pages.delete(page.original_digest)
    assert codes(evening) == ["page_missing"]


def test_damage_is_looked_for_after_a_crash_and_told(evening: Evening) -> None:
    evening.submitted()
    evening.store.close()
    content = bytearray(evening.path.read_bytes())
    content[-100] ^= 1
    evening.path.write_bytes(content)
    evening.store = evening.open_store()
    assert codes(evening) == [], "after a clean end the long check is spared"
    evening.store.after_crash = True
    assert codes(evening) == ["database_torn"]


def test_a_disk_without_room_for_the_reserve_is_told(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(os, "posix_fallocate", full)
    assert codes(evening) == ["disk_full"]
    assert not Path(evening.folder / "reserve").exists()
