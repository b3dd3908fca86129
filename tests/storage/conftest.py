"""Fixtures of the storage tests: evenings on a real disk, closed when the test ends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.storage.evening import Evening


@pytest.fixture
def evening(tmp_path: Path) -> Iterator[Evening]:
    """An enrolled device with an open session."""
    found = Evening(tmp_path / "data")
    found.open_session()
    yield found
    found.close()
