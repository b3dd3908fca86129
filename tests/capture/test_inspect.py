"""`python -m capture inspect` shows what capture makes of files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from capture.__main__ import main
from tests.capture.conftest import SAMPLES


def test_json_holds_one_object_per_page(capsys: pytest.CaptureFixture[str], tmp_path: Path, truth):
    photo = "purchase_contract-008-01.jpg"
    bad = tmp_path / "note.jpg"
    bad.write_text("no picture")
    files = [SAMPLES / photo, bad, SAMPLES / "contract-3-pages.pdf"]
    assert main(["inspect", *map(str, files), "--json"]) == 1
    reports = json.loads(capsys.readouterr().out)
    assert [report["file"] for report in reports] == [str(files[0]), str(bad), *[str(files[2])] * 3]
    first = reports[0]
    assert first["page"] == 0
    for (x, y), (true_x, true_y) in zip(first["corners"], truth[photo]["corners"], strict=True):
        assert abs(x - true_x) < 12
        assert abs(y - true_y) < 12
    assert first["rotation"] in (0, 90, 180, 270)
    assert first["kind"] == truth[photo]["kind"]
    assert first["items"][0] == "purchase_contract"  # the likeliest of the rows that take a contract
    fields = {name: field["value"] for name, field in first["fields"].items()}
    assert fields.items() <= truth[photo]["fields"].items()
    assert fields["id_number"] == truth[photo]["fields"]["id_number"]
    assert all(0.5 <= field["confidence"] <= 1 for field in first["fields"].values())
    assert {"find", "square", "encode", "recognise_read"} <= set(first["seconds"])
    assert {"findings", "left_out", "confidence"} <= set(first)
    assert reports[1]["error"] == "not_an_image"


def test_text_is_for_reading(capsys: pytest.CaptureFixture[str]):
    assert main(["inspect", str(SAMPLES / "id_card_back-007-02.jpg")]) == 0
    assert "page 1: found, id_card_back, 3 fields" in capsys.readouterr().out
