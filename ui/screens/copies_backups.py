"""The right half of the copies: backups of the database, and having one put back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storage.backups import Backup
from ui import moments
from ui.widgets import Card, EmptyState, SecondaryButton, Text
from ui.widgets.plain_table import PlainTable


class BackupsCard(Card):
    """`show_backups` says everything, `say(words)` what was done; `back_wanted(Backup)` after two presses."""

    back_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("·", margins=0, parent=parent)
        self._backups: Sequence[Backup] = ()
        self._line = -1
        self._sure = False
        head = QVBoxLayout()
        head.setContentsMargins(20, 0, 20, 4)
        self._lead = Text("", "muted", wrap=True)
        head.addWidget(self._lead)
        self.body.addLayout(head)
        self.table = PlainTable((1.4, 2.0, 1.0))
        self.table.chosen.connect(self._choose)
        self._nothing = EmptyState("save")
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._nothing, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(20, 8, 20, 16)
        foot.setSpacing(12)
        self._state = Text("", "muted", wrap=True)
        foot.addWidget(self._state)
        self._said = Text("", "body", wrap=True)
        foot.addWidget(self._said)
        self.make = SecondaryButton("", "B", "save")
        self._put = SecondaryButton("", "", "rotate-ccw")
        self._put.clicked.connect(self._press)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.make)
        row.addWidget(self._put)
        row.addStretch(1)
        foot.addLayout(row)
        self.body.addLayout(foot)

    def retranslate(self) -> None:
        self.set_title(self.tr("Backups of the database on this disk"))
        self._lead.set_text(
            self.tr(
                "Made by the hour and before each update. A damaged database is mended by itself; one of"
                " these comes into use where there is no second copy."
            )
        )
        self._nothing.set_words(
            self.tr("No backup yet"), self.tr("The first one is made within the hour, or now by B.")
        )
        self.make.set_text(self.tr("Back up now"))
        self._show_put()

    def show_backups(self, found: Sequence[Backup], now: datetime, *, enabled: bool) -> None:
        """Show the list, the newest first; `now` is the window's clock."""
        if [b.path for b in found] != [b.path for b in self._backups]:
            self._line, self._sure = -1, False
        self._backups = found
        self.table.setVisible(bool(found))
        self._nothing.setVisible(not found)
        lines = [
            (
                moments.day_and_time(backup.at, now),
                self.tr("Before an update") if backup.before else self.tr("By the hour"),
                moments.size(backup.bytes),
            )
            for backup in found
        ]
        if lines != [self.table.line(number) for number in range(self.table.line_count())]:
            self.table.show_lines((self.tr("Made"), self.tr("Why"), self.tr("Size")), lines)
        self._put.setEnabled(enabled and 0 <= self._line < len(found))
        self._show_put()

    def show_state(self, proved_at: datetime | None, now: datetime, *, reserve: bool) -> None:
        """Show when the database was last read whole, and whether room is kept for a full disk."""
        proved = (
            self.tr("The database was last read whole at {at}.").format(
                at=moments.day_and_time(proved_at, now)
            )
            if proved_at is not None
            else self.tr("The database is read whole once a day, while the window is open.")
        )
        kept = (
            self.tr("Room to close an evening on a full disk is kept aside.")
            if reserve
            else self.tr("There is no room kept aside for a full disk.")
        )
        self._state.set_text(f"{proved} {kept}")

    def say(self, words: str) -> None:
        """Say what was done, "" for nothing."""
        self._said.set_text(words)
        self._said.setVisible(bool(words))

    def _choose(self, line: int) -> None:
        self._line, self._sure = line, False
        self._put.setEnabled(0 <= line < len(self._backups))
        self._show_put()

    def _press(self) -> None:
        if not self._sure:
            self._sure = True
            self.say(
                self.tr(
                    "What was taken in after that backup will be missing here, and the numbers that are left"
                    " are given up. Press again to have it at the next opening."
                )
            )
        else:
            self._sure = False
            self.back_wanted.emit(self._backups[self._line])
        self._show_put()

    def _show_put(self) -> None:
        self._put.set_text(self.tr("Yes, put it back") if self._sure else self.tr("Put this one back"))
