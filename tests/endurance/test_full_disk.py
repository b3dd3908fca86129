"""The disk gets full at any write of an evening: clear words, nothing torn, and the evening closes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.endurance.full_nights import can_fill, nights


@pytest.mark.slow
@pytest.mark.skipif(not can_fill(), reason="a C compiler builds the full disk")
def test_a_disk_that_gets_full_at_any_write(tmp_path: Path) -> None:
    whole, *full = nights(tmp_path, first=3, step=9)
    assert (whole["failed"], whole["wrong"]) == ([], [])
    assert len(full) > 15
    assert [night for night in full if night["wrong"]] == []
    refused = {name for night in full for name in night["failed"]}
    assert refused >= {"draft", "page", "submit", "print", "copy", "vault", "trust"}, "each was refused once"
