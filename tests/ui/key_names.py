"""Reads what a list of keys names: "Ctrl PgUp PgDn" are two chords, "Alt 1 … 8" are eight."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

_HELD = ("Ctrl", "Shift", "Alt")
_WORDS = {
    "Enter": "Return", "PgDn": "PgDown", "Delete": "Del", "←": "Left", "→": "Right", "↑": "Up", "↓": "Down",
}  # fmt: skip


def chords(said: str) -> set[str]:
    """Return the chords of one entry, as QKeySequence writes them."""
    found: set[str] = set()
    held: list[str] = []
    tokens = said.replace("–", " … ").split()
    fresh = True
    for place, token in enumerate(tokens):
        parts = token.split("+") if len(token) > 1 else [token]
        if all(part in _HELD for part in parts):
            held = [*held, *parts] if fresh else parts
            fresh = True
            continue
        if token == "…":
            first, last = tokens[place - 1], tokens[place + 1]
            found |= {"+".join([*held, chr(n)]) for n in range(ord(first[-1]), ord(last[-1]) + 1)}
            continue
        key = _WORDS.get(parts[-1], parts[-1])
        found.add("+".join([*held, *parts[:-1], key]))
        fresh = False
    return {_portable(chord) for chord in found}


def _portable(chord: str) -> str:
    return QKeySequence(chord).toString(QKeySequence.SequenceFormat.PortableText) or chord


def shortcuts(root: QWidget) -> list[tuple[str, QShortcut]]:
    """Return the shortcuts of a view that work now, with their chords; Enter beside Return is one key."""
    found = []
    for shortcut in root.findChildren(QShortcut):
        owner = shortcut.parent()
        if not shortcut.isEnabled() or not isinstance(owner, QWidget) or not owner.isVisible():
            continue
        for keys in shortcut.keys():  # noqa: SIM118
            chord = keys.toString(QKeySequence.SequenceFormat.PortableText)
            found.append(("Return" if chord == "Enter" else chord, shortcut))
    return found


def unlisted(root: QWidget, listed: list[tuple[str, str]], everywhere: list[tuple[str, str]]) -> list[str]:
    """Return the keys that work in a view and are in neither list."""
    known = set().union(*(chords(said) for said, _ in (*listed, *everywhere)))
    return sorted({chord for chord, _ in shortcuts(root)} - known)


def doubled(window: QWidget) -> list[str]:
    """Return the keys that two things of a window want at once, of which Qt would then do neither."""
    seen: dict[str, list[tuple[QShortcut, QWidget]]] = {}
    for shortcut in window.findChildren(QShortcut):
        owner = shortcut.parent()
        if shortcut.isEnabled() and isinstance(owner, QWidget) and owner.isVisible():
            for keys in shortcut.keys():  # noqa: SIM118
                seen.setdefault(keys.toString(), []).append((shortcut, owner))
    found = []
    for chord, wanting in seen.items():
        for number, (one, here) in enumerate(wanting):
            for other, there in wanting[number + 1 :]:
                near = here is there or here.isAncestorOf(there) or there.isAncestorOf(here)
                if near and Qt.ShortcutContext.WidgetShortcut not in (one.context(), other.context()):
                    found.append(f"{chord} in {type(here).__name__} and in {type(there).__name__}")
    return found
