"""The second copy and the backups: where they are, how old, what they cover, what can be done with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QWidget

from registration.changes import Changes
from registration.errors import JilaiError, Problem
from storage.backups import Backup, backups
from storage.copying import copy_folder
from storage.proving import last_proved
from storage.repair import wish_back
from storage.second_copy import last_copy, room_left, same_disk, uncovered
from storage.second_copy_proof import CopyProof
from ui import moments
from ui.copy_room import CopyState, CopyStatus
from ui.run import aside
from ui.screens.copies_backups import BackupsCard
from ui.screens.package_progress import Progress, ProgressRow
from ui.services import Services
from ui.theme import Tone
from ui.widgets import (
    Card,
    Chip,
    InlineProblem,
    PrimaryButton,
    QuietButton,
    Screen,
    SecondaryButton,
    Text,
)


@dataclass(frozen=True)
class _Found:
    """What is read aside for one look: the copy's place and age, what it lacks, free bytes, the backups;
    when the database was last read whole, and whether room is kept aside for a full disk.
    """

    folder: Path | None
    at: datetime | None
    uncovered: int
    free: int | None
    same_disk: bool
    backups: tuple[Backup, ...]
    proved_at: datetime | None
    reserve: bool


class CopiesScreen(Screen):
    """The primary action is the next sensible one: choose a folder, or copy now. Slow work runs aside."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._found: _Found | None = None
        self._proving: Progress | None = None
        self._copying = Progress()
        self._busy = self._lost_focus = False
        self._looks = 0
        self._told: Problem | None = None  # of the copy's state, as against that of what a person did
        outer = QHBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(16)
        outer.addWidget(self._build_copy(), 5)
        self._backups = BackupsCard()
        self._backups.make.clicked.connect(self.back_up)
        self._backups.back_wanted.connect(self.put_back)
        outer.addWidget(self._backups, 6)
        services.signals.copying.connect(self._copy_news)
        services.signals.changed.connect(self._changed)
        for key, act in (
            ("Return", self.go),
            ("Enter", self.go),
            ("O", self.ask_folder),
            ("V", self.verify),
            ("B", self.back_up),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.retranslate()

    # -- asked by a person -----------------------------------------------------------------------------

    def go(self) -> None:
        """Choose a folder where there is none, copy now where there is one."""
        if self._found is None or not self._go.isEnabled():
            return
        if self._found.folder is None:
            self.ask_folder()
        else:
            self._begin(lambda: self._services.copy_room.keep_up(asked=True), lambda _: None)

    def ask_folder(self) -> None:
        """Ask for the folder of the copy."""
        if self._busy:
            return
        dialog = QFileDialog(self, self.tr("Where the second copy lies"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.choose)
        dialog.open()

    def choose(self, folder: str) -> None:
        """Have the copy in `folder`; an empty name for none any more."""
        room, who = self._services.copy_room, self._services.who
        self._begin(lambda: room.choose(who, Path(folder) if folder else None), lambda _: None)

    def verify(self) -> None:
        """Read all of the copy and write anew what is bad."""
        if self._busy or self._found is None or self._found.folder is None:
            return
        self._proving = progress = Progress()
        self._progress.begin(self.tr("Reading the whole copy…"), progress, files=True)
        self._begin(lambda: self._services.copy_room.verify(progress), self._verified)

    def back_up(self) -> None:
        """Make a backup now."""
        self._begin(self._services.copy_room.back_up, self._backed_up)

    def put_back(self, backup: Backup) -> None:
        """Have a backup put in place when the window opens the next time."""
        folder = self._services.data_dir

        def wished(_: object) -> None:
            at = moments.full_time(backup.at)
            self._backups.say(
                self.tr(
                    "When this window is closed and opened again, the database of {at} is in place. The"
                    " present one is kept aside."
                ).format(at=at)
            )

        self._begin(lambda: wish_back(folder, backup.path), wished)

    # -- the screen ------------------------------------------------------------------------------------

    def shown(self) -> None:
        self._lost_focus = True
        self._reload()

    def back(self) -> bool:
        if self._proving is not None:
            self._proving.stop()
            return True
        if self._services.copy_room.status.state is CopyState.COPYING:
            self._services.copy_room.stop()
            return True
        return False

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("Enter", self.tr("Copy now")),
            ("O", self.tr("Choose the folder of the copy")),
            ("V", self.tr("Verify the copy")),
            ("B", self.tr("Back up now")),
            ("Esc", self.tr("Stop what is under way")),
        ]

    def retranslate(self) -> None:
        self._card.set_title(self.tr("Second copy"))
        self._lead.set_text(
            self.tr(
                "Everything on this machine once more, encrypted, on another drive. Another laptop opens it"
                " with your password and goes on. The second lamp of a case turns on when the copy has it."
            )
        )
        for label, words in zip(
            self._names,
            (
                self.tr("Folder"),
                self.tr("Last made"),
                self.tr("Cases not on it yet"),
                self.tr("Room left there"),
            ),
            strict=True,
        ):
            label.set_text(words)
        self._verify.set_text(self.tr("Verify"))
        self._other.set_text(self.tr("Another folder…"))
        self._none.set_text(self.tr("No copy any more"))
        self._progress.retranslate()
        self._backups.retranslate()
        self._show()

    def _build_copy(self) -> Card:
        self._card = Card("·")
        self._chip = Chip("", Tone.PLAIN)
        self._card.header.addStretch(1)
        self._card.header.addWidget(self._chip)
        self._lead = Text("", "muted", wrap=True)
        self._facts = QWidget()
        grid = QGridLayout(self._facts)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        self._names = [Text("", "muted") for _ in range(4)]
        self._values = [Text("", "strong", wrap=True, selectable=True) for _ in range(4)]
        for line, (name, value) in enumerate(zip(self._names, self._values, strict=True)):
            grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, line, 1)
        self._warning = Text("", "body", wrap=True)
        self._warning.set_tone(Tone.AMBER)
        self._problem = InlineProblem()
        self._progress = ProgressRow()
        self._progress.stopped.connect(self.back)
        self._done = Text("", "body", wrap=True)
        for widget in (self._lead, self._facts, self._warning, self._problem, self._progress, self._done):
            self._card.body.addWidget(widget)
        end = QHBoxLayout()
        self._none = QuietButton("")
        end.addWidget(self._none)
        end.addStretch(1)
        self._card.body.addLayout(end)
        self._card.body.addStretch(1)
        self._go = PrimaryButton("", "Enter")
        self._verify = SecondaryButton("", "V", "shield-check")
        self._other = SecondaryButton("", "O", "search")
        for button, act in (
            (self._go, self.go),
            (self._verify, self.verify),
            (self._other, self.ask_folder),
            (self._none, lambda: self.choose("")),
        ):
            button.clicked.connect(act)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self._verify)
        foot.addWidget(self._other)
        foot.addStretch(1)
        foot.addWidget(self._go)
        self._card.body.addLayout(foot)
        return self._card

    # -- work ------------------------------------------------------------------------------------------

    def _begin(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        if self._busy:
            return
        self._busy = True
        self._lost_focus = True  # a disabled button lets go of the keys
        self._problem.clear()
        self._done.set_text("")
        self._backups.say("")
        self._show()

        def ended(result: object) -> None:
            self._end()
            done(result)

        def failed(error: JilaiError) -> None:
            self._end()
            self._problem.show_problem(error)

        aside(self, self._services.signals, work, ended, failed)

    def _end(self) -> None:
        self._busy = False
        self._proving = None
        self._progress.end()
        self._reload()

    def _verified(self, proof: CopyProof | None) -> None:
        if proof is None:
            self._done.set_text(self.tr("Stopped."))
        elif proof.bad:
            self._problem.show_problem(Problem("copy_unsound", params={"count": str(proof.bad)}))
        else:
            words = self.tr("Everything opens: the database and %n page file(s).", "", proof.pages)
            self._done.set_text(words)

    def _backed_up(self, backup: Backup | None) -> None:
        if backup is None:
            self._backups.say(self.tr("There is not enough room on the disk for a backup."))

    def _copy_news(self, status: CopyStatus) -> None:
        if status.state is CopyState.COPYING:
            if not self._progress.isVisible():
                self._progress.begin(self.tr("Copying everything for the first time…"), self._copying)
            self._copying(status.done, status.whole)
            return
        if self._proving is None:
            self._progress.end()
        if self.isVisible():
            self._reload()

    def _changed(self, changes: Changes) -> None:
        if self.isVisible() and (changes.applications or changes.account):
            self._reload()

    def _reload(self) -> None:
        store, data_dir = self._services.store, self._services.data_dir

        def look() -> _Found:
            def read(db: Any) -> tuple[Path | None, datetime | None, int]:
                last = last_copy(db)
                folder = copy_folder(db)
                at = last.at if last is not None and last.folder == str(folder) else None
                return folder, at, uncovered(db)

            folder, at, lacking = store.read(read)
            free = room_left(folder) if folder else None
            same = folder is not None and free is not None and same_disk(data_dir, folder)
            made = backups(data_dir / "backups")
            proved, reserve = last_proved(data_dir).database_at, (data_dir / "reserve").exists()
            return _Found(folder, at, lacking, free, same, made, proved, reserve)

        self._looks += 1
        turn = self._looks
        aside(self, self._services.signals, look, lambda found: self._loaded(found, turn))

    def _loaded(self, found: _Found, turn: int) -> None:
        if turn != self._looks:
            return  # a later look is under way
        self._found = found
        self._show()
        if self._lost_focus and not self._busy:
            self._lost_focus = False
            self._go.setFocus()

    # -- words -----------------------------------------------------------------------------------------

    def _show(self) -> None:
        found, status = self._found, self._services.copy_room.status
        there = found is not None and found.folder is not None
        free = not self._busy
        self._go.setEnabled(found is not None and free)
        self._go.set_text(self.tr("Copy now") if there else self.tr("Choose a folder…"))
        for button in (self._verify, self._other, self._none):
            button.setVisible(there)
            button.setEnabled(free)
        self._facts.setVisible(there)
        self._backups.make.setEnabled(free)
        if found is None:
            return
        self._say_state(found, status)
        if status.problem is not None:
            self._problem.show_problem(status.problem)
        elif self._told is not None and self._problem.problem() == self._told:
            self._problem.clear()
        self._told = status.problem
        now = self._services.clock()
        last = status.good_at or found.at
        for value, words in zip(
            self._values,
            (
                str(found.folder or ""),
                moments.day_and_time(last, now) if last else self.tr("Not yet"),
                f"{found.uncovered:,}",
                moments.size(found.free) if found.free is not None else self.tr("It is not there"),
            ),
            strict=True,
        ):
            value.set_text(words)
        self._warning.setVisible(found.same_disk)
        self._warning.set_text(
            self.tr(
                "This folder is on the same disk as the original: when the disk fails or the laptop is lost,"
                " both are gone. Take a folder on a USB drive or another disk."
            )
        )
        self._backups.show_backups(found.backups, now, enabled=free)
        self._backups.show_state(found.proved_at, now, reserve=found.reserve)

    def _say_state(self, found: _Found, status: CopyStatus) -> None:
        if found.folder is None:
            self._chip.set_chip(self.tr("No second copy"), Tone.AMBER, "triangle-alert")
            return
        words, tone, icon = {
            CopyState.NONE: (self.tr("Not looked at yet"), Tone.PLAIN, ""),
            CopyState.WAITING: (self.tr("Not looked at yet"), Tone.PLAIN, ""),
            CopyState.COPYING: (self.tr("Copying"), Tone.PLAIN, ""),
            CopyState.GOOD: (self.tr("Up to date"), Tone.PRIMARY, "check"),
            CopyState.STOPPED: (self.tr("Stopped"), Tone.AMBER, "triangle-alert"),
            CopyState.TROUBLE: (self.tr("Stands still"), Tone.AMBER, "triangle-alert"),
        }[status.state]
        self._chip.set_chip(words, tone, icon)
