"""One obstacle beside the ledger: its task, what it stops, and everything that happened to it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from registration.checklist import offered_types
from registration.facts import Fact
from registration.obstacles import LedgerEntry, ObstacleState, stopped_types
from registration.packs import TYPES, PackSet
from registration.standing import Obstacle
from storage import obstacles
from ui.history_words import action_words
from ui.messages import language
from ui.moments import day_and_time
from ui.obstacle_words import department_words, obstacle_words
from ui.run import read_aside
from ui.screens.obstacle_tracks import track_line
from ui.screens.photo_view import PhotoView
from ui.services import Services
from ui.widgets import Card, InlineProblem, PrimaryButton, ScrollArea, SecondaryButton, Text
from ui.widgets.layouts import clear


class ObstacleSide(Card):
    """`show_obstacle(id, packs, place)`, "" for none; its buttons are the screen's to connect."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(margins=0, parent=parent)
        self._services = services
        self._entry: LedgerEntry | None = None
        self._known: list[Fact] = []
        self._packs: PackSet | None = None
        self._id, self._at = "", ""
        area = ScrollArea(spacing=10)
        column = area.column
        column.setContentsMargins(20, 18, 20, 12)
        self._place = Text("", "heading", wrap=True)
        self._what, self._task = Text("", "strong", wrap=True), Text("", "muted", wrap=True)
        self._stops, self._note = Text("", "small", wrap=True), Text("", "body", wrap=True)
        self._said = Text("", "muted", wrap=True)
        self.problem = InlineProblem()
        self._history, self._tracks = QVBoxLayout(), QVBoxLayout()
        self._history.setSpacing(8)
        self._tracks.setSpacing(4)
        for widget in (self._place, self._what, self._task, self._stops, self._note):
            column.addWidget(widget)
        column.addLayout(self._tracks)
        column.addWidget(self.problem)
        column.addWidget(self._said)
        column.addLayout(self._history)
        column.addStretch(1)
        self.body.addWidget(area, 1)
        self.clear_button = PrimaryButton("", "C")
        self.files = SecondaryButton("", "V")
        self.files.clicked.connect(self.view_files)
        self.task, self.note, self.reopen, self.tracks = (
            SecondaryButton("", "Enter"),
            SecondaryButton("", "M"),
            SecondaryButton("", "R"),
            SecondaryButton("", "T"),
        )
        foot, pair = QVBoxLayout(), QHBoxLayout()
        foot.setContentsMargins(20, 0, 20, 18)
        foot.setSpacing(10)
        pair.setSpacing(10)
        pair.addWidget(self.task, 1)
        pair.addWidget(self.note, 1)
        foot.addLayout(pair)
        shared = QHBoxLayout()
        shared.setSpacing(10)
        shared.addWidget(self.files, 1)
        shared.addWidget(self.tracks, 1)
        foot.addLayout(shared)
        foot.addWidget(self.clear_button)
        foot.addWidget(self.reopen)
        self.body.addLayout(foot)
        self.say("")
        self.retranslate()

    def entry(self) -> LedgerEntry | None:
        """Return the obstacle in view, None while it is read."""
        return self._entry

    def say(self, words: str) -> None:
        self.problem.clear()
        self._said.set_text(words)
        self._said.setVisible(bool(words))

    def say_written(self, lines: int) -> None:
        """Say how many lines went into a table."""
        self.say(self.tr("%n line(s) written", "", lines))

    def show_obstacle(self, obstacle_id: str, packs: PackSet | None, place: str = "") -> None:
        """Read an obstacle and show it with its history."""
        if obstacle_id != self._id:
            self._entry, self._known = None, []
            self.say("")
        self._id, self._packs, self._at = obstacle_id, packs, place
        if not obstacle_id:
            self._fill()
            return

        def arrived(found: tuple[LedgerEntry | None, list[Fact]]) -> None:
            if self._id == obstacle_id:
                self._entry, self._known = found
                self._fill()

        read_aside(self, self._services, lambda db: obstacles.entry(db, obstacle_id), arrived)

    def view_files(self) -> None:
        """Look at the files of the evidence, the newest first."""
        shown = [
            (file.digest, action_words(f"ledger_{fact.verb}", {}))
            for fact in reversed(self._known)
            for file in fact.attachments
        ]
        if shown:
            PhotoView(self.window(), self._services, shown)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.task.set_text(self.tr("Assign"))
        self.note.set_text(self.tr("Note"))
        self.files.set_text(self.tr("Evidence"))
        self.tracks.set_text(self.tr("Departments"))
        self.clear_button.set_text(self.tr("Clear on evidence"))
        self.reopen.set_text(self.tr("Reopen"))
        self._fill()

    def _fill(self) -> None:
        found = self._entry
        self.setVisible(found is not None)
        clear(self._history)
        clear(self._tracks)
        if found is None:
            return
        is_open = found.state is ObstacleState.OPEN
        for button, here in ((self.task, is_open), (self.clear_button, is_open), (self.reopen, not is_open)):
            button.setVisible(here)
        self.files.setVisible(any(fact.attachments for fact in self._known))
        what = found.what
        self._place.set_text(self._at)
        self._what.set_text(obstacle_words(Obstacle(what.category)))
        due = self.tr("until {day}").format(day=what.due) if what.due else self.tr("no day set")
        parts = (department_words(what.department), due, what.court_number)
        self._task.set_text(" · ".join(filter(None, parts)))
        self._note.set_text(what.note)
        self._note.setVisible(bool(what.note))
        self._stops.set_text(self._stopped(what.category))
        if found.tracks:
            done, today = len(found.tracks) - len(found.open_tracks), self._services.clock().date()
            words = self.tr("{done} of {all} departments are done").format(done=done, all=len(found.tracks))
            self._tracks.addWidget(Text(words, "strong", wrap=True))
            for track in found.tracks:
                whose, task, until, state = track_line(track, today.isoformat())
                said = (whose, task, state if track.done or until == "—" else f"{until} {state}")
                self._tracks.addWidget(Text(" · ".join(said), "small", wrap=True))
        for fact in reversed(self._known):
            self._history.addWidget(Text(self._line(fact), "small", wrap=True))

    def _stopped(self, category: str) -> str:
        if self._packs is None:
            return ""
        english = language() == "en"
        names = {code: en if english else zh for code, zh, en in offered_types(self._packs[TYPES])}
        stopped = [names[code] for code in stopped_types(category, self._packs) if code in names]
        joined = (", " if english else "、").join(stopped)
        return self.tr("Can stop: {types}").format(types=joined) if joined else ""

    def _line(self, fact: Fact) -> str:
        now = self._services.clock()
        when = day_and_time(fact.at, now)
        evidence = fact.body.get("evidence")
        said = [str(fact.body.get("words", ""))]
        if isinstance(evidence, Mapping):
            said += [str(evidence.get("title", "")), str(evidence.get("number", ""))]
        if fact.verb in ("assigned", "due_set"):
            said += [department_words(str(fact.body.get("department", ""))), str(fact.body.get("due", ""))]
        if isinstance(track := fact.body.get("track"), Mapping):
            known = self._entry.tracks if self._entry is not None else ()
            named = next((one for one in known if one.id == track.get("id")), None)
            code = str(track.get("department") or (named.department if named is not None else ""))
            said += [department_words(code) if code else "", str(track.get("task") or "")]
        if fact.attachments:
            said.append(self.tr("%n file(s)", "", len(fact.attachments)))
        parts = (when, fact.operator_name, action_words(f"ledger_{fact.verb}", {}), *said)
        return " · ".join(filter(None, parts))
