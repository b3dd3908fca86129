"""What is to be done, over the evening: its count, and the most urgent papers and corrections."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from registration.changes import Changes
from registration.errors import JilaiError
from registration.identifiers import mask_name
from registration.packs import TYPES
from storage import packs, reminders, todo
from storage.reminders import About, Reminder
from ui.messages import language
from ui.run import read_aside
from ui.services import Services
from ui.theme import Tone
from ui.widgets import QuietButton, SecondaryButton, Text
from ui.widgets.layouts import clear

_SHOWN = 2
Read = tuple[list[Reminder], dict[str, tuple[str, str]], int]


class ReminderCard(QFrame):
    """`case_wanted(id)` from a line, `calls_wanted()` for the phone list, `reminded(count)` when read.

    It counts the whole to-do list and names what is most urgent of the calls.
    """

    case_wanted = Signal(str)
    calls_wanted = Signal()
    reminded = Signal(int)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._found: Read = ([], {}, 0)
        self._reading = self._again = False
        self.setObjectName("Problem")
        self.setProperty("tone", Tone.AMBER.value)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._title = Text("", "strong")
        words.addWidget(self._title)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(0)
        words.addLayout(self.lines)
        row.addLayout(words, 1)
        self.calls = SecondaryButton("", "F6", "list")
        self.calls.clicked.connect(self.calls_wanted)
        row.addWidget(self.calls)
        services.signals.changed.connect(self._changed)
        self.hide()

    def reload(self) -> None:
        """Read what is to be done today; asked while it reads, it reads once more, however often."""
        if self._reading:
            self._again = True
            return
        self._reading, self._again = True, False
        today = self._services.clock().date()
        read_aside(self, self._services, lambda db: _read(db, today), self._arrived, self._failed)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._fill()
        super().changeEvent(event)

    def _changed(self, changes: Changes) -> None:
        if changes.applications or changes.topics or changes.outbox:
            self.reload()

    def _arrived(self, found: Read) -> None:
        self._found = found
        self._fill()
        self.setVisible(bool(found[2]))
        self.reminded.emit(found[2])
        self._go_on()

    def _failed(self, error: JilaiError) -> None:
        self._services.signals.failed.emit(error.problem)
        self._go_on()

    def _go_on(self) -> None:
        self._reading = False
        if self._again:
            self.reload()

    def _fill(self) -> None:
        found, names, count = self._found
        clear(self.lines)
        self._title.set_text(self.tr("%n thing(s) to do", "", count))
        self.calls.set_text(self.tr("Calls"))
        for one in found[:_SHOWN]:
            line = QuietButton(self._words(one, names))
            line.clicked.connect(lambda _=False, case=one.application_id: self.case_wanted.emit(case))
            beside = QHBoxLayout()
            beside.addWidget(line)
            beside.addStretch(1)
            self.lines.addLayout(beside)

    def _words(self, one: Reminder, names: dict[str, tuple[str, str]]) -> str:
        zh, en = names.get(one.item_code, (one.item_code, one.item_code))
        said = {
            About.PROMISE_OVERDUE: self.tr("Promised paper overdue since {day}: {paper}"),
            About.PROMISE_SOON: self.tr("Promised paper due on {day}: {paper}"),
            About.CORRECTION_OVERDUE: self.tr("Correction overdue since {day}"),
            About.CORRECTION_SOON: self.tr("Correction due on {day}"),
            About.CORRECTION_WAITING: self.tr("Returned on {day}, nobody has come"),
        }[one.about].format(day=_day(one.day), paper=en if language() == "en" else zh)
        return f"{one.property_label} · {mask_name(one.applicant_name)} — {said}"


def _day(day: date) -> str:
    return day.isoformat()


def _read(db: Any, today: date) -> Read:
    found = reminders.reminders(db, today)
    names: dict[str, tuple[str, str]] = {}
    if any(one.item_code for one in found):
        rows = packs.pack_set(db)[TYPES]["rows"]
        names = {code: (str(row["zh"]), str(row["en"])) for code, row in rows.items()}
    return found, names, len(todo.listed(db, today))
