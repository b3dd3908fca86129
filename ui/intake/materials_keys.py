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
        ("K", translate("MaterialsPage", "Keep the page in spite of what is wrong with it; recorded")),
        ("T", translate("MaterialsPage", "Take the page again; the former one is kept")),
        ("G", translate("MaterialsPage", "Move the page to the row that it seems to belong to")),
        ("S J", translate("MaterialsPage", "Split the page in two; join it with the next one")),
        ("A", translate("MaterialsPage", "Both sides of the identity card on one A4 page")),
        ("Y", translate("MaterialsPage", "Watermark on the copy, or off; the original has none")),
        ("V", translate("MaterialsPage", "Choose which pages of a file are wanted")),
        ("B", translate("MaterialsPage", "Bring back what this page took the place of")),
        ("C 1 2 3 4", translate("MaterialsPage", "Go to the corners; choose one, move it with the arrows")),
        ("M", translate("MaterialsPage", "Show all papers of the checklist, or only those that are wanted")),
    ]
