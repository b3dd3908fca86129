"""A few dozen changed bits of a data folder: each is found or harmless; `make flips` does a thousand."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from storage import vault
from tests.endurance.dark_evening import WEAK
from tests.endurance.flips import flips, outcome, prepare


def test_no_changed_bit_passes_for_right(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "_KDF", WEAK)
    found = Counter(flips(tmp_path, 36, seed=20261124))
    assert found.total() == 36
    assert not [what for _kind, what in found if what.startswith("refused")], "there is a backup or a copy"


def test_a_changed_fact_that_nobody_is_told_of_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The judge itself: a database that lost a receipt without a word does not pass."""
    monkeypatch.setattr(vault, "_KDF", WEAK)
    sound = prepare(tmp_path)
    (sound.data / "jilai.db-wal").unlink()
    with pytest.raises(AssertionError, match="nobody was told"):
        outcome(sound.data, sound, with_copy=False)
