"""The keys of the materials step, as F1 lists them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def key_list() -> list[tuple[str, str]]:
    """Return (keys, what they do) in the language of the window."""
    translate = QCoreApplication.translate
    return [
        (
            "Enter",
            translate("MaterialsPage", "Add to the next row that lacks its paper; go on when none does"),
        ),
        ("Ctrl O", translate("MaterialsPage", "Add files to this row")),
        ("Ctrl V", translate("MaterialsPage", "Paste a picture or files")),
        ("↑ ↓", translate("MaterialsPage", "Choose a row")),
        ("← →", translate("MaterialsPage", "Choose a page")),
        ("Ctrl ← →", translate("MaterialsPage", "Move the page within its row")),
        ("Ctrl ↑ ↓", translate("MaterialsPage", "Move the page to another row")),
        ("Delete", translate("MaterialsPage", "Remove the page")),
        ("Ctrl Z", translate("MaterialsPage", "Take a removal back")),
        ("O", translate("MaterialsPage", "Original or copy")),
        ("L R W", translate("MaterialsPage", "Turn left, turn right, take the whole picture")),
        ("Z", translate("MaterialsPage", "Enlarge the page, or show the list again")),
        ("C 1 2 3 4", translate("MaterialsPage", "Go to the corners; choose one, move it with the arrows")),
        ("M", translate("MaterialsPage", "Show all papers of the checklist, or only those that are wanted")),
    ]
