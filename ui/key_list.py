"""The list of keys that F1 shows: those of the window, then those of the screen in view."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from ui.widgets import KeyHint, Line, SecondaryButton, Sheet, Text


def window_keys() -> list[tuple[str, str]]:
    """Return the keys that work on every screen, in the language in force."""
    return [
        ("F1", QCoreApplication.translate("Keys", "This list")),
        ("Ctrl F1", QCoreApplication.translate("Keys", "About this program: rules, sources, licences")),
        ("Ctrl 1 … 7", QCoreApplication.translate("Keys", "The places of the rail, from the top")),
        ("Ctrl N", QCoreApplication.translate("Keys", "New intake")),
        ("/", QCoreApplication.translate("Keys", "Search on this screen")),
        ("Esc", QCoreApplication.translate("Keys", "Back")),
        ("Ctrl F3", QCoreApplication.translate("Keys", "The waiting line: give and call numbers")),
        ("F5", QCoreApplication.translate("Keys", "The case of the receipt under the camera")),
        ("Ctrl F2", QCoreApplication.translate("Keys", "Turn the laptop to the resident, and back")),
        ("Ctrl F9", QCoreApplication.translate("Keys", "Save the battery, or no more")),
        ("Ctrl F10", QCoreApplication.translate("Keys", "Tablet layout: larger type, for touch")),
        ("F12", QCoreApplication.translate("Keys", "Lock; the work stays as it is")),
    ]


def show_keys(host: QWidget, of_screen: Sequence[tuple[str, str]]) -> Sheet:
    """Open the list over `host`."""
    sheet = Sheet(host, QCoreApplication.translate("Keys", "Keys"), width=560)
    seen = {key for key, _ in of_screen}
    blocks = [list(of_screen), [pair for pair in window_keys() if pair[0] not in seen]]
    for number, block in enumerate(block for block in blocks if block):
        if number:
            sheet.body.addWidget(Line())
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, 140)
        grid.setColumnStretch(1, 1)
        for line, (keys, words) in enumerate(block):
            caps = QHBoxLayout()
            caps.setSpacing(4)
            for key in keys.split(" "):
                caps.addWidget(KeyHint(key) if key != "…" else Text("…", "muted"))
            caps.addStretch(1)
            grid.addLayout(caps, line, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(Text(words, wrap=True), line, 1, Qt.AlignmentFlag.AlignVCenter)
        sheet.body.addLayout(grid)
    close = SecondaryButton(QCoreApplication.translate("Keys", "Close"), "Esc")
    close.clicked.connect(sheet.close_sheet)
    sheet.buttons.addWidget(close)
    sheet.open()
    return sheet
