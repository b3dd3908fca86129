"""What is wrong with a page, in words: the gate's findings and the reader's, those that still hold."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from registration.errors import Problem
from registration.page_reading import reading_from_json
from registration.wording import Words
from storage.values import StoredPage
from ui.messages import language, words
from ui.theme import Tone


def faults_of(page: StoredPage) -> dict[str, Tone]:
    """Return the codes of what gate and reader found on a page, the gravest first.

    Corners set by hand settle an edge that was not found.
    """
    found: dict[str, Tone] = {}
    reading = reading_from_json(page.reading)
    told = [(str(e.get("kind", "")), str(e.get("severity", ""))) for e in json.loads(page.findings or "[]")]
    for kind, severity in (*told, *(reading.findings if reading is not None else ())):
        if kind == "page_not_found" and page.page_found:
            continue
        grave = severity == "stop" or found.get(kind) is Tone.SEAL
        found[kind] = Tone.SEAL if grave else Tone.AMBER
    return dict(sorted(found.items(), key=lambda item: item[1] is not Tone.SEAL))


def kept_reasons(page: StoredPage) -> tuple[str, ...]:
    """Return the codes of the faults in spite of which a page was kept."""
    return tuple(json.loads(page.kept)["reasons"]) if page.kept else ()


def kept_words(page: StoredPage) -> str:
    """Say who kept a page, when and in spite of what; "" where nobody had to."""
    if not page.kept:
        return ""
    told = json.loads(page.kept)
    at = datetime.fromisoformat(told["at"]).astimezone()
    said = QCoreApplication.translate("PageFaults", "{name} kept it at {time} in spite of: {faults}")
    return said.format(name=told["name"], time=at.strftime("%H:%M"), faults=names_of(told["reasons"]))


def open_faults(page: StoredPage) -> dict[str, Tone]:
    """Return the faults that nobody has decided on yet."""
    kept = kept_reasons(page)
    return {kind: tone for kind, tone in faults_of(page).items() if kind not in kept}


def fault_words(kind: str) -> Words:
    """Word a fault: its name in short, the reason, the remedy."""
    return words(Problem(f"gate_{kind}"))


def names_of(kinds: Iterable[str]) -> str:
    """Return the short names of some faults as one text."""
    return (", " if language() == "en" else "、").join(fault_words(kind).title for kind in kinds)
