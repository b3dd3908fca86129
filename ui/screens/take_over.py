"""Another operator is at the laptop: the running session is taken over, with what is open and a note."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from registration.session import Session
from storage.values import SessionFigures
from ui.widgets import Field, PrimaryButton, SecondaryButton, Sheet, Text


def ask_take_over(
    host: QWidget, session: Session, figures: SessionFigures, name: str, take: Callable[[str], None]
) -> Sheet:
    """Ask over `host` whether `name` takes the session over; call `take(note)` once that is said."""
    translate = QCoreApplication.translate
    sheet = Sheet(host, translate("TakeOver", "Take this session over?"))
    for line in (
        translate("TakeOver", "From {before} to {after}.").format(before=session.operator_name, after=name),
        translate("TakeOver", "Handed over: {received} received, {drafts} drafts open.").format(
            received=figures.received, drafts=figures.drafts
        ),
    ):
        sheet.body.addWidget(Text(line, wrap=True))
    note = QLineEdit()
    note.setMaxLength(120)
    sheet.body.addWidget(Field(translate("TakeOver", "Note, may be left empty"), note, line=False))
    stay = SecondaryButton(translate("TakeOver", "Not now"), "Esc")
    stay.clicked.connect(sheet.close_sheet)
    go = PrimaryButton(translate("TakeOver", "Take over"), "Enter")

    def confirmed() -> None:
        sheet.close_sheet()
        take(note.text().strip())

    go.clicked.connect(confirmed)
    note.returnPressed.connect(confirmed)
    sheet.buttons.addWidget(stay)
    sheet.buttons.addWidget(go)
    sheet.open()
    note.setFocus()
    return sheet
