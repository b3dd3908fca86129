"""What capture's tests share: one warm pool per worker, and the sample documents with their truth."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from capture.imaging import ImagingPool

SAMPLES = Path(__file__).resolve().parent.parent / "samples"


@pytest.fixture(scope="session")
def pool() -> Iterator[ImagingPool]:
    pool = ImagingPool()
    yield pool
    pool.close()


@pytest.fixture
def truth() -> dict[str, Any]:
    answers: dict[str, Any] = json.loads((SAMPLES / "truth.json").read_text("utf-8"))
    return answers
