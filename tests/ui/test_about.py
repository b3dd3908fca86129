"""The about page tells the truth: packs in force, what is not confirmed, what the centre sent, licences."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from registration.packs import FEES, TYPES, shipped, unverified
from storage import feed, schema
from tests.driving import button, click, press, wait_until, words_on
from tests.storage.evening import Evening
from ui.licences import THIRD_PARTY
from ui.main_window import MainWindow
from ui.screens.about import AboutScreen
from ui.screens.about_facts import pack_title, place_words, program_version
from ui.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def about(window: MainWindow) -> AboutScreen:
    wait_until(window.isActiveWindow, "the window")
    press("Ctrl+F1", window)
    screen = window.screen_of("about")
    assert isinstance(screen, AboutScreen)
    wait_until(screen.packs.line_count, "the packs")
    return screen


def row_of(about: AboutScreen, name: str) -> int:
    lines = [about.packs.line(n) for n in range(about.packs.line_count())]
    return next(n for n, line in enumerate(lines) if line[0] == pack_title(name))


def send(evening: Evening, seq: int, name: str, body: dict[str, Any]) -> None:
    fact = {"name": name, "version": body["version"], "source": body["source"],
            "effective_from": body["effective_from"], "body": body}  # fmt: skip
    evening.write(feed.apply_feed, evening.now, [{"seq": seq, "kind": "pack", "body": fact}], seq)


def newer(name: str, version: str, effective_from: str) -> dict[str, Any]:
    body = json.loads(json.dumps({**shipped()[name]}))
    return {**body, "version": version, "effective_from": effective_from, "source": "the centre"}


def test_every_pack_stands_there_with_its_version_and_what_is_not_confirmed(about: AboutScreen):
    for name, body in shipped().bodies.items():
        line = about.packs.line(row_of(about, name))
        assert line[1] == body["version"]
        places = list(unverified(body))
        said = "—" if not places else "整体" if "" in places else f"{len(places)} 处"
        assert line[4] == said, name


def test_the_chosen_pack_says_its_source_and_where_it_is_not_confirmed(about: AboutScreen):
    about.packs.selectRow(row_of(about, FEES))
    wait_until(lambda: str(shipped()[FEES]["source"]) in words_on(about), "where the pack comes from")
    assert "车库、车位登记费" in "\n".join(words_on(about))


def test_what_the_centre_sent_is_told_apart_from_what_came_with_the_program(
    about: AboutScreen, evening: Evening
):
    send(evening, 801, FEES, newer(FEES, "2027.1.1", "2026-01-01"))
    send(evening, 802, TYPES, newer(TYPES, "2030.1.1", "2030-01-01"))
    send(evening, 803, FEES, {**newer(FEES, "2027.2.1", "2026-01-01"), "fees": "nonsense"})
    wait_until(lambda: about.packs.line(row_of(about, FEES))[1] == "2027.1.1", "the newer fees")
    assert about.packs.line(row_of(about, FEES))[3] == "中心"
    assert about.packs.line(row_of(about, TYPES))[1] == shipped()[TYPES]["version"]
    about.packs.selectRow(row_of(about, TYPES))
    wait_until(lambda: any("2030.1.1" in text for text in words_on(about)), "the version to come")
    wait_until(lambda: any("1 个数据包无法使用" in text for text in words_on(about)), "the one set aside")


def test_program_and_database_are_named(about: AboutScreen, evening: Evening):
    said = "\n".join(words_on(about))
    assert program_version() and program_version() in said
    assert "SQLCipher" in said
    assert schema.known()[-1] in said


def test_the_licences_are_those_of_the_document(about: AboutScreen):
    press("L")
    assert about.licences.isVisible()
    shown = {about.licences.line(n)[0] for n in range(about.licences.line_count())}
    text = (ROOT / "THIRD_PARTY.md").read_text("utf-8")
    parts = [part for part in text.split("## ") if part.startswith(("Shipped", "Used by the window"))]
    written = {}
    for line in "\n".join(parts).splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and cells[0] not in ("what", "package", "---"):
            written[cells[0].replace("`", "")] = cells[-1]
    assert dict(THIRD_PARTY) == written
    assert shown == set(written)
    press("L")
    assert about.packs.isVisible()


def test_it_speaks_english_and_escape_leads_back(
    about: AboutScreen, window: MainWindow, settings: Settings, qtbot: QtBot
):
    settings.change(language="en")
    wait_until(lambda: about.packs.line(0)[0] == "Registration types and checklists", "English")
    assert place_words(shipped()[FEES], "fees/parking", "en") == "Garage or parking space"
    press("Escape", window)
    assert window.place() == "tonight"


def test_it_is_reached_from_the_devices(window: MainWindow):
    window.go("devices")
    click(button(window, "规则、来源、许可"))
    wait_until(lambda: window.place() == "about", "the about page")
    press("Escape", window)
    assert window.place() == "devices"
