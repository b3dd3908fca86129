"""Preferences: kept on the disk, harmless when damaged, without personal data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ui.settings import Preferences, Settings
from ui.theme.tokens import ThemeName


def test_a_change_is_kept_and_told(tmp_path: Path):
    settings = Settings(tmp_path / "deep" / "settings.json")
    told: list[Preferences] = []
    settings.changed.connect(told.append)
    settings.change(language="en", theme=ThemeName.DARK, text_percent=150, a4_printer="HP")
    settings.change(language="en")
    assert told == [Preferences("en", ThemeName.DARK, 150, "HP")]
    assert Settings(tmp_path / "deep" / "settings.json").value == told[0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"language": 3, "theme": ["x"], "text_percent": "big"}',
        '{"theme": "pink"}',
        "\x00\xff",
    ],
)
def test_a_damaged_file_gives_the_defaults(tmp_path: Path, text: str):
    (tmp_path / "s.json").write_bytes(text.encode("latin-1"))
    assert Settings(tmp_path / "s.json").value == Preferences()


def test_what_a_newer_program_wrote_does_not_disturb(tmp_path: Path):
    (tmp_path / "s.json").write_text(json.dumps({"language": "en", "colour_of_the_moon": 1}))
    assert Settings(tmp_path / "s.json").value.language == "en"


def test_a_folder_that_cannot_be_written_costs_the_memory_not_the_change(tmp_path: Path):
    (tmp_path / "file").write_text("")
    settings = Settings(tmp_path / "file" / "settings.json")
    settings.change(language="en")
    assert settings.value.language == "en"
