"""Killed at any moment, many times over: nothing told is gone, nothing is half there.

Of the fifty kills that every run of the tests makes, these are 45, of the store and the page files in a
process of their own; the others are real windows (tests/e2e) and the real centre
(tests/server/test_centre_kills.py). `make kill` is the long form, with windows and centres alone.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Store
from storage.pages import PageFiles
from tests.endurance.lives import Nursery
from tests.endurance.told import by_kind, faults_of_store
from tests.storage.evening import KEY

LIVES = 15


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    made = Nursery()
    yield made
    made.close()


def look(folder: Path, told: list[tuple[str, ...]]) -> list[str]:
    """Open what a life left, as the next start does, and return what is wrong with it."""
    store = Store.open(folder / "jilai.db", KEY, backups=folder / "backups")
    pages = PageFiles(folder / "pages", b"p" * 32, b"n" * 32, started=2e10)
    try:
        return faults_of_store(store, pages, by_kind(told))
    finally:
        store.close()


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_was_told_survives_kill_9(tmp_path: Path, nursery: Nursery, seed: int) -> None:
    chance, folder = random.Random(seed), tmp_path / "data"
    told: list[tuple[str, ...]] = []
    for life in range(LIVES):
        told += nursery.live(folder, chance.uniform(0.0, 0.05), after=chance.randrange(0, 14))
        if (folder / "jilai.db").exists():
            assert look(folder, told) == [], f"after life {life}"
        assert not list((folder / "pages").glob("??/.*.tmp")), "half-written files are swept"
    kinds = by_kind(told)
    assert len(kinds["page"]) > LIVES and len(kinds["receipt"]) > 1, "it was killed before it did anything"


def test_a_killed_program_is_known_by_what_it_left(tmp_path: Path, nursery: Nursery) -> None:
    folder = tmp_path / "data"
    nursery.live(folder, 0.0, after=1)
    store = Store.open(folder / "jilai.db", KEY, backups=folder / "backups")
    assert store.after_crash
    store.close()
    store = Store.open(folder / "jilai.db", KEY, backups=folder / "backups")
    assert not store.after_crash
    store.close()


def test_a_program_that_tells_too_early_is_found(tmp_path: Path) -> None:
    nursery, chance = Nursery(careless=True), random.Random(1)
    told: list[tuple[str, ...]] = []
    try:
        for _ in range(200):
            told += nursery.live(tmp_path / "data", chance.uniform(0.0, 0.05), after=1)
            if look(tmp_path / "data", told):
                return
    finally:
        nursery.close()
    raise AssertionError("nothing was found wrong with a program that tells before it writes")
