"""The question before a draft is discarded: why, because that is what stays."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.widgets import DangerButton, Field, SecondaryButton, Sheet, Text


def ask_discard(host: QWidget, discard: Callable[[str], None]) -> Sheet:
    """Ask over `host`; call `discard(reason)` when the person means it and says why."""
    sheet = Sheet(host, QCoreApplication.translate("Discard", "Discard this draft?"))
    what = QCoreApplication.translate(
        "Discard",
        "It leaves the list of drafts. Its entries and pages stay on this disk, frozen and readable.",
    )
    sheet.body.addWidget(Text(what, "muted", wrap=True))
    reason = QLineEdit()
    reason.setMaxLength(120)
    sheet.body.addWidget(Field(QCoreApplication.translate("Discard", "Reason"), reason, line=False))
    keep = SecondaryButton(QCoreApplication.translate("Discard", "Keep it"), "Esc")
    go = DangerButton(QCoreApplication.translate("Discard", "Discard"), "Enter", "trash-2")
    go.setEnabled(False)
    reason.textChanged.connect(lambda text: go.setEnabled(bool(text.strip())))

    def confirmed() -> None:
        if reason.text().strip():
            sheet.close_sheet()
            discard(reason.text().strip())

    keep.clicked.connect(sheet.close_sheet)
    go.clicked.connect(confirmed)
    reason.returnPressed.connect(confirmed)
    sheet.buttons.addWidget(keep)
    sheet.buttons.addWidget(go)
    sheet.open()
    reason.setFocus()
    return sheet
