"""The desk's words: every one that the pages ask for is there in both languages, and none is left over."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from registration.application import CaseState
from server.desk import office_wording, wording
from server.resident import wording as resident

ROOT = Path(__file__).parents[2]
SOURCES = [*(ROOT / "server/desk").glob("*.py"), ROOT / "server/reports_sheet.py"]
PATTERNS = ("role_", "track_", "owed_", "fault_", "land_", "denominator_", "status_", "place_")
CENTRE_STATES = {"draft", "on_hold", "superseded", "parked"}  # of the window alone


def asked_for() -> tuple[set[str], set[str]]:
    """Return the words that `say` is called with, and every text in the pages' sources."""
    said: set[str] = set()
    texts: set[str] = set()
    for path in SOURCES:
        if path.name.endswith("wording.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say" and node.args:
                name = node.args[0]
                if isinstance(name, ast.Constant) and isinstance(name.value, str):
                    said.add(name.value)
    return said, texts


def test_every_word_that_is_asked_for_is_there_and_none_is_left_over() -> None:
    said, texts = asked_for()
    known = {**wording._WORDS, **office_wording.OFFICE_WORDS}
    assert said <= set(known)
    outcomes = {"waiting", "passed", "stops"}  # by the values of CheckResult
    unused = {name for name in known if name not in texts and not name.startswith(PATTERNS)} - outcomes
    assert unused == set()
    assert not set(wording._WORDS) & set(office_wording.OFFICE_WORDS)


def test_every_fault_of_a_ledger_has_words() -> None:
    source = (ROOT / "server/ledger_rows.py").read_text("utf-8")
    codes = set(
        re.findall(r'fail\("\w+", "(\w+)"\)|"(\w+_(?:missing|unknown))"|fail\(name, "(\w+)"\)', source)
    )
    named = {code for found in codes for code in found if code}
    assert len(named) > 8
    ledgers = (ROOT / "server/store/ledgers.py").read_text("utf-8")
    named |= set(re.findall(r'Fault\([^)]*, "(\w+)"\)', ledgers))
    assert "id_taken" in named
    assert {f"fault_{code}" for code in named} <= set(office_wording.OFFICE_WORDS)
    assert {f"fault_{code}" for code in named} == {
        name for name in office_wording.OFFICE_WORDS if name.startswith("fault_")
    }


@pytest.mark.parametrize("words", [wording._WORDS, office_wording.OFFICE_WORDS, resident.WORDS])
def test_both_languages_say_something_with_the_same_places(words: dict[str, tuple[str, str]]) -> None:
    for name, (zh, en) in words.items():
        assert zh.strip() and en.strip(), name
        assert set(re.findall(r"\{\w+\}", zh)) == set(re.findall(r"\{\w+\}", en)), name


def test_a_resident_is_told_of_every_state_that_the_centre_knows() -> None:
    states = {state.value for state in CaseState} - CENTRE_STATES
    for state in states:
        assert {state, f"{state}_next"} <= set(resident.WORDS), state
        assert state in wording.states(), state


def test_no_words_for_a_resident_are_left_over() -> None:
    states = {state.value for state in CaseState} | {"on_its_way", "received_pages", "unknown"}
    pages = (ROOT / "server/resident/pages.py").read_text("utf-8")
    for name in resident.WORDS:
        assert name.removesuffix("_next") in states or re.search(rf"[\"']{name}[\"']", pages), name
