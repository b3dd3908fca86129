"""What is installed is all that the program needs: every package, and every file it reads at run time."""

from __future__ import annotations

import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("registration", "storage", "capture", "printing", "sync", "server", "ui")
SETUPTOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
SOURCES_ONLY = (".ts",)  # what is made into something else that ships


def kept_files() -> list[str]:
    """Return the files of the rooms that the repository keeps, or those on disk where there is no git."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "--", *ROOMS], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.split("\n")
    except (OSError, subprocess.CalledProcessError):
        listed = [p.relative_to(ROOT).as_posix() for room in ROOMS for p in (ROOT / room).rglob("*")]
    return [name for name in listed if name and "__pycache__" not in name and (ROOT / name).is_file()]


def shipped(name: str) -> bool:
    path = Path(name)
    package = ".".join(path.parent.parts)
    if path.suffix == ".py":
        return package in SETUPTOOLS["packages"]
    return any(
        path.match("/".join((*owner.split("."), pattern)))
        for owner, patterns in SETUPTOOLS["package-data"].items()
        for pattern in patterns
        if owner in SETUPTOOLS["packages"]
    )


def test_every_file_of_the_rooms_is_installed():
    left = [name for name in kept_files() if not shipped(name) and not name.endswith(SOURCES_ONLY)]
    assert left == []


@pytest.mark.parametrize(
    "name",
    ["printing/fonts_data/OFL.txt", "registration/reference/forms.json", "ui/translations/jilai_zh_CN.qm"],
)
def test_data_is_known_by_its_place(name):
    assert shipped(name)
    assert not shipped(f"elsewhere/{Path(name).name}")
