"""docs/keys.md, a section for each view: read by the tests, written anew by `make keys`."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from tests.ui import gallery
from ui.intake.screen import IntakeScreen
from ui.intake.steps import Step
from ui.main_window import MainWindow

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "keys.md"
EVERYWHERE, UNLOCK = "everywhere", "unlock"
_HEAD = """# Keys 键盘一览

Every key of the window, view by view, as F1 shows them there. 每个画面上按 F1 可看到同样的内容。

Made from the views themselves by `make keys`; tests/ui/test_keys.py holds it against them.
"""
_TITLES = {
    EVERYWHERE: ("任何画面", "Everywhere"), UNLOCK: ("解锁", "Unlock"), "receipt": ("收件凭证", "Receipt"),
    "papers": ("本案文书", "Papers of a case"), "handover": ("批量交接", "Hand-over of a batch"),
    "conflict": ("与中心不同", "Where the centre differs"), "closing": ("收班", "Closing"),
    "corrections": ("补正电话", "Calls about corrections"), "line": ("排队", "Waiting line"),
    "about": ("关于", "About"), "ready": ("出门检查", "Ready-to-go check"),
    "plans": ("场次计划", "Planned sessions"),
}  # fmt: skip
"""What the rail has no word for."""
_SECTION = re.compile(r"<!-- (\S+) -->\n(.*?)(?=\n<!-- |\Z)", re.DOTALL)

Keys = Sequence[tuple[str, str]]


def title(window: MainWindow, name: str) -> str:
    """Return what a view is called in the language in force."""
    window._retranslate()  # the news of another language may be on its way
    place, _, part = name.partition(":")
    if place in gallery.HUBS:
        context = {"devices": "MachineTabs", "ledger": "LedgerTabs"}[place]
        words = next(tab.words for tab in gallery.HUBS[place] if tab.key == part)
        return f"{_on_rail(window, place)}: {QCoreApplication.translate(context, words)}"
    if place == "intake":
        intake = window.screen_of(place)
        assert isinstance(intake, IntakeScreen)
        intake.rail.retranslate()
        return f"{_on_rail(window, place)}: {intake.rail._buttons[Step(part)].text()}"
    return _on_rail(window, place)


def section(name: str, titles: tuple[str, str], chinese: Keys, english: Keys) -> str:
    """Return the section of a view: its titles in both languages, then a line for each key."""
    zh, en = _TITLES.get(name, titles)
    lines = [f"## {zh} · {en}", "", "| key | 中文 | English |", "|---|---|---|"]
    lines += [
        f"| {_cell(key)} | {_cell(said)} | {_cell(other)} |"
        for (key, said), (_, other) in zip(chinese, english, strict=True)
    ]
    return "\n".join(lines) + "\n"


def written(name: str, found: str) -> str:
    """Return the section that the document has, "" for none; under `make keys` it is `found` from now on."""
    if os.environ.get("JILAI_KEYS") == "write":
        sections = {**_sections(), name: found}
        order = [EVERYWHERE, UNLOCK, *gallery.names()]
        parts = [f"<!-- {one} -->\n{sections[one]}" for one in order if one in sections]
        DOCUMENT.write_text("\n".join([_HEAD, *parts]), "utf-8")
    return _sections().get(name, "")


def listed() -> list[str]:
    """Return the names of the sections of the document, in its order."""
    return list(_sections())


def _sections() -> dict[str, str]:
    text = DOCUMENT.read_text("utf-8") if DOCUMENT.exists() else ""
    return {found[1]: found[2] for found in _SECTION.finditer(text)}


def _on_rail(window: MainWindow, place: str) -> str:
    button = window._rail.get(place)
    return button.text() if button is not None else place


def _cell(words: str) -> str:
    return words.replace("|", "\\|")
