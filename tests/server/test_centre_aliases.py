"""Other names of homes: sent to the windows that serve the compound, from a file of the administrator's."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from server.errors import RefusedError
from server.store.aliases import tell_aliases
from server.store.database import transaction
from tests.centre import Centre
from tests.server.window import Window

NOW = datetime(2026, 12, 30, 9, 0, tzinfo=UTC)
COMPOUND = "demo-longfang"


def compounds_sent(window: Window, cursor: int) -> list[dict[str, Any]]:
    return [item["body"] for item in window.all_changes(cursor)[0] if item["kind"] == "compound"]


def test_names_go_with_the_whole_building_table(
    new_window: Callable[..., Window], centre: Centre, tmp_path: Path
):
    window = new_window()
    items, cursor = window.all_changes()
    before = next(i["body"] for i in items if i["kind"] == "compound" and i["body"]["id"] == COMPOUND)
    home = before["households"][0]["id"]
    names = tmp_path / "names.json"
    names.write_text(
        json.dumps({"compound": ["陇纺厂家属楼"], "households": {home: ["老一栋 101"]}}), "utf-8"
    )
    assert centre.admin("aliases", COMPOUND, str(names)) == {"compound": COMPOUND, "names": 2}
    (sent,) = compounds_sent(window, cursor)
    assert sent["aliases"] == ["陇纺厂家属楼"]
    by_id = {unit["id"]: unit for unit in sent["households"]}
    assert by_id.pop(home)["aliases"] == ["老一栋 101"]
    assert len(by_id) == len(before["households"]) - 1
    assert not [unit for unit in by_id.values() if "aliases" in unit]
    assert {key: sent[key] for key in ("name", "division", "categories")} == {
        key: before[key] for key in ("name", "division", "categories")
    }


@pytest.mark.parametrize(
    ("compound", "own", "homes", "code"),
    [
        ("nowhere", [], {}, "unknown_site"),
        (COMPOUND, "陇纺", {}, "body_malformed"),
        (COMPOUND, [1], {}, "body_malformed"),
        (COMPOUND, [], {"no-such-home": ["x"]}, "body_malformed"),
    ],
)
def test_what_is_no_list_of_names_is_refused(engine: Engine, compound: str, own: Any, homes: Any, code: str):
    with pytest.raises(RefusedError, match=code), transaction(engine) as connection:
        tell_aliases(connection, NOW, compound, own, homes)


def test_a_file_that_is_no_json_is_refused_in_words(centre: Centre, tmp_path: Path):
    names = tmp_path / "names.json"
    names.write_text("[", "utf-8")
    with pytest.raises(subprocess.CalledProcessError):
        centre.admin("aliases", COMPOUND, str(names))
