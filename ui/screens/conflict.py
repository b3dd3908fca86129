"""Two revisions of one case side by side: what this window has, what the centre has, and which one counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from registration.application import CaseState
from registration.changes import Changes
from registration.checklist import Checklist
from registration.errors import JilaiError, Problem
from storage import applications, conflicts, reference
from storage.values import ApplicationDetail, Who
from ui.moments import day_and_time
from ui.run import read_aside, run
from ui.screens.conflict_facts import differing
from ui.services import Services
from ui.states import state_words
from ui.theme import Tone
from ui.widgets import Card, InlineProblem, PrimaryButton, QuietButton, Screen, SecondaryButton, Text
from ui.widgets.plain_table import PlainTable

Found = tuple[ApplicationDetail, Checklist, dict[str, str]]


class ConflictScreen(Screen):
    """`show_case(id)` in; `draft_wanted(id)`, `case_wanted(id)` and `left` out. Nothing is overwritten."""

    draft_wanted = Signal(str)
    case_wanted = Signal(str)
    left = Signal()
    _answered = Signal(str, object)  # from the courier's thread

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._id = ""
        self._found: Found | None = None
        self._centre: Mapping[str, Any] | None = None
        outer = QHBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        card = Card(margins=0)
        outer.addWidget(card)
        body = card.body
        body.setSpacing(10)
        self._title, self._what = Text("", "heading"), Text("", "muted", wrap=True)
        self.problem = InlineProblem()
        self.problem.retried.connect(self._ask)
        self.table = PlainTable((0.24, 0.38, 0.38), height=44, narrow_height=60)
        self.mine = PrimaryButton("", "Enter")
        self.theirs = SecondaryButton("", "Ctrl K")
        self.back_button = QuietButton("", "Esc")
        for button, act in ((self.mine, self.keep_mine), (self.theirs, self.keep_theirs)):
            button.clicked.connect(act)
        self.back_button.clicked.connect(self.left)
        for part in (self._title, self._what, self.problem):
            part.setContentsMargins(20, 4, 20, 0)
            body.addWidget(part)
        body.setContentsMargins(0, 14, 0, 14)
        body.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 4, 20, 0)
        foot.setSpacing(12)
        foot.addWidget(self.back_button)
        foot.addStretch(1)
        foot.addWidget(self.theirs)
        foot.addWidget(self.mine)
        body.addLayout(foot)
        for key, act in (("Return", self.keep_mine), ("Enter", self.keep_mine), ("Ctrl+K", self.keep_theirs)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self._answered.connect(self._arrived)
        self.retranslate()

    def show_case(self, application_id: str) -> None:
        """Read what is here, ask the centre for what is there, and set the two side by side."""
        self._id, self._found, self._centre = application_id, None, None
        self.problem.clear()
        self._fill()
        self._ask()

    def keep_mine(self) -> None:
        """Take the centre's revision as the base and open what is here as a draft on top of it."""
        self._decide(
            lambda db, who, now, centre: conflicts.keep_mine(db, who, now, self._id, centre),
            lambda: self.draft_wanted.emit(self._id),
        )

    def keep_theirs(self) -> None:
        """Let the centre's revision count; what is here stays readable and is not sent."""
        self._decide(
            lambda db, who, now, centre: conflicts.keep_theirs(db, who, now, self._id, centre),
            lambda: self.case_wanted.emit(self._id),
        )

    def shown(self) -> None:
        self.table.setFocus()

    def back(self) -> bool:
        self.left.emit()
        return True

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("Enter", self.tr("Put what is here on top of the centre's, as a draft")),
            ("Ctrl K", self.tr("Let the centre's revision count")),
            ("Esc", self.tr("Decide later")),
        ]

    def retranslate(self) -> None:
        self.mine.set_text(self.tr("Take the centre's as base, mine on top"))
        self.theirs.set_text(self.tr("Keep the centre's"))
        self.back_button.set_text(self.tr("Decide later"))
        self.table.setAccessibleName(self.tr("What differs"))
        self._fill()

    def _ask(self) -> None:
        wanted, services = self._id, self._services
        services.courier.ask_case(wanted, lambda answer: self._answered.emit(wanted, answer))

    def _arrived(self, wanted: str, answer: dict[str, Any] | Problem) -> None:
        if wanted != self._id:
            return
        if isinstance(answer, Problem):
            self.problem.show_problem(answer, tone=Tone.AMBER, can_retry=True)
            return
        theirs = str(answer["application"].get("household_id") or "")

        def read(db: Any) -> Found | None:
            detail = applications.detail(db, wanted)
            if detail is None:
                return None
            version = detail.application.pack_versions.get(reference.TYPES_PACK)
            checklist = reference.checklist(db, detail.application.type_code, version)
            there = reference.household(db, theirs) if theirs else None
            homes = [home for home in (detail.household, there) if home is not None]
            return detail, checklist, {home.id: home.label for home in homes}

        def here(found: Found | None) -> None:
            if wanted == self._id:
                self._found, self._centre = found, answer
                self.problem.clear()
                self._fill()

        read_aside(self, self._services, read, here)

    def _fill(self) -> None:
        ready = self._found is not None and self._centre is not None
        for button in (self.mine, self.theirs):
            button.setEnabled(ready)
        if self._found is None or self._centre is None:
            self._title.set_text(self.tr("Two revisions of one case"))
            self._what.set_text(self.tr("Asking the centre what it has…"))
            self.table.show_lines((), ())
            return
        detail, checklist, homes = self._found
        centre, now = self._centre, self._services.clock()
        self._title.set_text(self.tr("Two revisions of {number}").format(number=centre["receipt_number"]))
        state = state_words(CaseState(centre["status"]["state"])).lower()  # within a sentence
        self._what.set_text(
            self.tr(
                "The centre has revision {n}, sent by window {device} and {state} there. Both are kept, "
                "whatever is decided; what differs stands below."
            ).format(n=centre["revision"], device=centre["device_code"], state=state)
        )
        received = day_and_time(datetime.fromisoformat(centre["received_at"]).astimezone(now.tzinfo), now)
        mine = self.tr("This window, revision {n}").format(n=detail.application.revision)
        theirs = self.tr("The centre, revision {n}, {time}").format(n=centre["revision"], time=received)
        found = differing(detail, centre, checklist, homes)
        lines = [(one.name, one.mine or "—", one.theirs or "—") for one in found]
        none = [(self.tr("Nothing but the numbers of the revisions"), "", "")]
        self.table.show_lines((self.tr("What differs"), mine, theirs), lines or none)

    def _decide(
        self,
        act: Callable[[Any, Who, datetime, Mapping[str, Any]], Changes | tuple[Changes, Any]],
        then: Callable[[], None],
    ) -> None:
        centre = self._centre
        if centre is None or self._found is None:
            return
        services = self._services
        who, now = services.who, services.clock()

        def done(_: Changes | tuple[Changes, Any]) -> None:
            services.courier.wake()
            then()

        run(self, services, lambda db: act(db, who, now, centre), done, self._refused)

    def _refused(self, error: JilaiError) -> None:
        self.problem.show_problem(error)
