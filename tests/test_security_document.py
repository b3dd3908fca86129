"""docs/security.md names tests that exist, and says something about every line of ASVS 5.0.0 at level 2."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENT = (ROOT / "docs/security.md").read_text("utf-8")
# How many lines of each section are of level 1 or 2; they come first in their section.
LINES = {
    "V1": [2, 9, 11, 3, 2],
    "V2": [3, 3, 4, 1],
    "V3": [0, 2, 4, 6, 5, 0, 2],
    "V4": [3, 1, 2, 4],
    "V5": [1, 3, 2, 3],
    "V6": [3, 12, 4, 4, 5, 3, 0, 4],
    "V7": [3, 4, 2, 5, 2, 2],
    "V8": [2, 3, 1, 1],
    "V9": [3, 4],
    "V10": [2, 2, 4, 11, 5, 2, 3],
    "V11": [2, 3, 3, 4, 1, 1],
    "V12": [3, 2, 4],
    "V13": [1, 5, 2, 5],
    "V14": [2, 4, 3],
    "V15": [3, 3, 7],
    "V16": [1, 5, 4, 3, 3],
    "V17": [1, 4, 2],
}
ALL = {
    f"{chapter}.{section}.{line}"
    for chapter, sections in LINES.items()
    for section, count in enumerate(sections, start=1)
    for line in range(1, count + 1)
}


def expand(entry: str) -> set[str]:
    """Return the ids that "V1.2.1", "V1.2.5-9", "V1.3.*" or "V10.*" stands for."""
    if entry.endswith(".*"):
        return {name for name in ALL if name.startswith(entry[:-1])}
    section, _, lines = entry.rpartition(".")
    first, _, last = lines.partition("-")
    return {f"{section}.{line}" for line in range(int(first), int(last or first) + 1)}


def table() -> list[tuple[str, str]]:
    rows = re.findall(r"^\| (V[0-9][^|]*) \| (.+) \|$", DOCUMENT, re.MULTILINE)
    assert rows
    return rows


def test_every_line_of_level_2_has_a_test_or_a_reason_once() -> None:
    said = Counter(name for lines, _ in table() for entry in lines.split(", ") for name in expand(entry))
    assert set(said) == ALL
    assert [name for name, times in said.items() if times > 1] == []
    assert all(len(words) >= 8 for _, words in table())


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`(test_\w+\.py::test_\w+)`", DOCUMENT))))
def test_each_test_that_is_named_exists(name: str) -> None:
    file, test = name.split("::")
    found = list((ROOT / "tests").rglob(file))
    assert len(found) >= 1, file
    assert any(re.search(rf"def {test}\(", path.read_text("utf-8")) for path in found)


def test_documents_that_are_named_exist() -> None:
    for name in set(re.findall(r"\b((?:docs|server|capture|registration|storage)/[\w/.-]+\.\w+)", DOCUMENT)):
        assert (ROOT / name).exists(), name
