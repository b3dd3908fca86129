"""The parallel tracks of one obstacle over the ledger: set, done on evidence, taken up again, dropped."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from registration.changes import Changes
from registration.facts import Fact, Topic
from registration.obstacles import LedgerEntry, ObstacleState
from registration.packs import DEPARTMENTS, PackSet
from registration.parallel_tracks import ParallelTrack
from storage import obstacle_tracks, obstacles
from ui.obstacle_words import department_words
from ui.run import read_aside
from ui.screens.obstacle_sheets import ask_evidence, ask_words, entries, finish, keep_once
from ui.theme import look
from ui.widgets import Choice, Field, InlineProblem, PrimaryButton, SecondaryButton, Sheet, Text
from ui.widgets.day_edit import DayEdit
from ui.widgets.plain_table import PlainTable

if TYPE_CHECKING:
    from ui.services import Services

translate = QCoreApplication.translate


class TracksSheet(Sheet):
    """Opens by itself over `host`; the one that is current is what the keys act on."""

    def __init__(self, host: QWidget, services: Services, packs: PackSet, known: LedgerEntry) -> None:
        super().__init__(host, translate("Ledger", "Departments at work on it"), width=820)
        self._services, self._packs, self._known = services, packs, known
        self._over = host
        self.table = PlainTable((1.5, 2.6, 1.2, 1.3), strong=(1,), height=50)
        self.table.setMinimumHeight(look().px(230))
        self._none = Text(
            translate("Ledger", "Each department has its own task and day. It is cleared when all are done."),
            "muted",
            wrap=True,
        )
        self.body.addWidget(self._none)
        self.body.addWidget(self.table)
        self.leave = SecondaryButton(translate("Ledger", "Back"), "Esc")
        self.again = SecondaryButton(translate("Ledger", "Take up again"), "R")
        self.drop = SecondaryButton(translate("Ledger", "Drop"), "Del")
        self.change = SecondaryButton(translate("Ledger", "Change"), "Enter")
        self.done = SecondaryButton(translate("Ledger", "Done on evidence"), "C")
        self.add = PrimaryButton(translate("Ledger", "Add"), "N", "plus")
        for button, act in (
            (self.leave, self.close_sheet),
            (self.again, self.reopen),
            (self.drop, self.drop_it),
            (self.change, self.change_it),
            (self.done, self.finish_it),
            (self.add, self.add_one),
        ):
            button.clicked.connect(act)
            self.buttons.addWidget(button)
        self.table.chosen.connect(lambda _: self._show_buttons())
        services.signals.changed.connect(self._changed)
        self._show()
        self.open()
        (self.table if known.tracks else self.add).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts = {
            Qt.Key.Key_N: (self.add, self.add_one),
            Qt.Key.Key_Return: (self.change, self.change_it),
            Qt.Key.Key_Enter: (self.change, self.change_it),
            Qt.Key.Key_C: (self.done, self.finish_it),
            Qt.Key.Key_R: (self.again, self.reopen),
            Qt.Key.Key_Delete: (self.drop, self.drop_it),
        }
        button, act = acts.get(Qt.Key(event.key()), (None, None))
        if button is not None and act is not None and button.isVisible():
            act()
        super().keyPressEvent(event)

    def track(self) -> ParallelTrack | None:
        """Return the track that the keys act on."""
        at = self.table.currentIndex().row()
        return self._known.tracks[at] if 0 <= at < len(self._known.tracks) else None

    def add_one(self) -> None:
        _ask_track(self._over, self._services, self._packs, self._known.id, None)

    def change_it(self) -> None:
        track = self.track()
        if track is not None and not track.done:
            _ask_track(self._over, self._services, self._packs, self._known.id, track)

    def finish_it(self) -> None:
        track = self.track()
        if track is not None and not track.done:
            do = partial(obstacle_tracks.finish_track, obstacle_id=self._known.id, track_id=track.id)
            ask_evidence(self._over, self._services, department_words(track.department), do)

    def reopen(self) -> None:
        track = self.track()
        if track is not None and track.done:
            do = partial(obstacle_tracks.reopen_track, obstacle_id=self._known.id, track_id=track.id)
            self._ask_words(translate("Ledger", "Why is it open again?"), do)

    def drop_it(self) -> None:
        track = self.track()
        if track is not None and not track.done:
            do = partial(obstacle_tracks.drop_track, obstacle_id=self._known.id, track_id=track.id)
            self._ask_words(translate("Ledger", "Why is it no task any more?"), do)

    def _ask_words(self, title: str, do: Callable[..., Changes]) -> None:
        ask_words(self._over, self._services, title, translate("Ledger", "Keep"), do)

    def _changed(self, changes: Changes) -> None:
        if Topic.LEDGER.value not in changes.topics or self.isHidden():
            return

        def arrived(found: tuple[LedgerEntry | None, list[Fact]]) -> None:
            if found[0] is None:
                self.close_sheet()
            else:
                self._known = found[0]
                self._show()

        obstacle_id = self._known.id
        read_aside(self, self._services, lambda db: obstacles.entry(db, obstacle_id), arrived)

    def _show(self) -> None:
        at = max(self.table.currentIndex().row(), 0)
        headings = (
            translate("Ledger", "Department"),
            translate("Ledger", "What is to be done"),
            translate("Ledger", "To be done by"),
            translate("Ledger", "State"),
        )
        today = self._services.clock().date().isoformat()
        lines = [track_line(track, today) for track in self._known.tracks]
        self.table.show_lines(headings, lines)
        self.table.setVisible(bool(lines))
        if lines:
            self.table.selectRow(min(at, len(lines) - 1))
        self._show_buttons()

    def _show_buttons(self) -> None:
        track, is_open = self.track(), self._known.state is ObstacleState.OPEN
        for button in (self.change, self.done, self.drop):
            button.setVisible(is_open and track is not None and not track.done)
        self.again.setVisible(is_open and track is not None and track.done)
        self.add.setVisible(is_open)


def track_line(track: ParallelTrack, today: str) -> tuple[str, str, str, str]:
    """Return (department, task, until, state) of a track in words; `today` is an ISO date."""
    state = translate("Ledger", "open")
    if track.done:
        proof = track.evidence
        state = (proof.number or proof.title if proof is not None else "") or translate("Ledger", "photo")
        state = translate("Ledger", "done: {evidence}").format(evidence=state)
    elif track.due and track.due < today:
        state = translate("Ledger", "overdue")
    return (department_words(track.department), track.task, track.due or "—", state)


def _ask_track(
    host: QWidget, services: Services, packs: PackSet, obstacle_id: str, known: ParallelTrack | None
) -> Sheet:
    """Ask which department has what to do, and until when; `known` is one that is changed."""
    title = translate("Ledger", "A department's part") if known is None else translate("Ledger", "Change")
    sheet = Sheet(host, title, width=600)
    department, task, due, problem = Choice(), QLineEdit(), DayEdit(), InlineProblem()
    for code, words in entries(packs, DEPARTMENTS):
        department.addItem(words, code)
    task.setMaxLength(200)
    if known is not None:
        department.setCurrentIndex(max(department.findData(known.department), 0))
        task.setText(known.task)
        due.setText(known.due)
    row = QHBoxLayout()
    row.setSpacing(16)
    row.addWidget(Field(translate("Ledger", "Department"), department, line=False), 1)
    row.addWidget(Field(translate("Ledger", "To be done by"), due, line=False), 1)
    sheet.body.addLayout(row)
    sheet.body.addWidget(Field(translate("Ledger", "What is to be done"), task, line=False))
    sheet.body.addWidget(problem)
    track_id = known.id if known is not None else services.new_id()

    def keep() -> None:
        who, now, fact = services.who, services.clock(), services.new_id()
        given = ParallelTrack(track_id, str(department.currentData()), task.text(), due.day())
        keep_once(
            sheet,
            services,
            go,
            problem,
            lambda db: obstacle_tracks.set_track(
                db, who, now, fact_id=fact, obstacle_id=obstacle_id, track=given
            ),
        )

    go = finish(sheet, translate("Ledger", "Keep"), keep)
    task.returnPressed.connect(keep)
    due.returnPressed.connect(task.setFocus)
    sheet.open()
    (department if known is None else task).setFocus()
    return sheet
