"""A line for a day: however it is typed, it is written as an ISO date once the hand leaves it."""

from __future__ import annotations

import re

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget

_PARTS = re.compile(r"([0-9]{4})[年./\-\s]*([0-9]{1,2})[月./\-\s]*([0-9]{1,2})日?")
_LONGEST = 16


def iso_day(text: str) -> str:
    """Write a day as an ISO date: 20261207, 2026.12.7 and 2026年12月7日 are 2026-12-07.

    What is no day in this shape comes back as it is; whether the day exists is for the rules to say.
    """
    found = _PARTS.fullmatch(text.strip())
    return f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}" if found else text.strip()


class DayEdit(QLineEdit):
    """DayEdit(): `text()` as typed; on leaving the field it is tidied, and `textEdited` says so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(_LONGEST)
        self.setPlaceholderText("2026-12-31")

    def day(self) -> str:
        """Return the day as an ISO date, or what was typed where it is none."""
        return iso_day(self.text())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        tidy = self.day()
        if tidy != self.text():
            self.setText(tidy)
            self.textEdited.emit(tidy)
