"""At the door: consent in large type, the intake, and at the end what came of it and what was promised."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from registration.errors import JilaiError
from registration.identifiers import mask_name
from registration.visits import Promise, PromiseKind, Visit
from ui.visit_words import consent_text, promise_words
from ui.widgets import (
    Card,
    Choice,
    Field,
    InlineProblem,
    PrimaryButton,
    QuietButton,
    Screen,
    ScrollArea,
    SecondaryButton,
    Text,
)
from ui.widgets.day_edit import DayEdit
from ui.widgets.layouts import clear


class VisitDoor(Screen):
    """`show_visit(visit)` in; `ended(met, note, promises)`, `agreed(digest)` and the wishes out.

    `new_id` names a promise.
    """

    agreed = Signal(str)
    intake_pressed = Signal()
    photo_pressed = Signal()
    ended = Signal(bool, str, object)
    left = Signal()

    def __init__(self, new_id: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._new_id = new_id
        self._visit: Visit | None = None
        self._promises: list[Promise] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        card = Card(margins=0)
        outer.addWidget(card)
        area = ScrollArea(spacing=14)
        area.column.setContentsMargins(24, 18, 24, 12)
        card.body.addWidget(area, 1)
        self._heading, self._team = Text("", "title", wrap=True), Text("", "muted", wrap=True)
        self.problem = InlineProblem()
        self._text = Text("", "large", wrap=True)
        self._agreed = Text("", "strong", wrap=True)
        self.agree = SecondaryButton("", "F9")
        self.agree.clicked.connect(self._agree)
        self.intake = PrimaryButton("", "Enter")
        self.intake.clicked.connect(self.intake_pressed)
        self.photo = SecondaryButton("", "F7", "camera")
        self.photo.clicked.connect(self._photo)
        for widget in (
            self._heading,
            self._team,
            self.problem,
            self._text,
            self._agreed,
            self.agree,
            self.intake,
            self.photo,
        ):
            area.column.addWidget(widget)
        self._build_end(area.column)
        area.column.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 0, 24, 18)
        foot.setSpacing(12)
        self._back = QuietButton("", "Esc")
        self._back.clicked.connect(self.left)
        self.not_met, self.done = SecondaryButton("", "Ctrl M"), SecondaryButton("", "Ctrl Enter")
        self.not_met.clicked.connect(lambda: self._end(False))
        self.done.clicked.connect(lambda: self._end(True))
        foot.addWidget(self._back)
        foot.addStretch(1)
        foot.addWidget(self.not_met)
        foot.addWidget(self.done)
        card.body.addLayout(foot)
        for key, act in (
            ("F9", self._agree),
            ("F7", self._photo),
            ("Ctrl+M", lambda: self._end(False)),
            ("Ctrl+Return", lambda: self._end(True)),
            ("Ctrl+Enter", lambda: self._end(True)),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.retranslate()

    def show_visit(self, visit: Visit) -> None:
        """Show a visit that is under way."""
        if self._visit is None or self._visit.id != visit.id:
            self._promises = []
            self.note.clear()
            self.problem.clear()
        self._visit = visit
        self.retranslate()
        (self.intake if visit.consent_digest else self.agree).setFocus()

    def visit(self) -> Visit | None:
        """Return the visit in view."""
        return self._visit

    def show_failure(self, error: JilaiError) -> None:
        self.problem.show_problem(error)
        if error.problem.field == "note":
            self.note.setFocus()

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("F9", self.tr("The person agrees to what was read")),
            ("F7", self.tr("Witness photo")),
            ("Enter", self.tr("Take the application in")),
            ("Ctrl M", self.tr("End: nobody was met")),
            ("Ctrl Enter", self.tr("End the visit")),
        ]

    def retranslate(self) -> None:
        self._text.set_text(consent_text())
        self.agree.set_text(self.tr("The person agrees"))
        self.intake.set_text(self.tr("Take the application in"))
        self._agreed.set_text(self.tr("The person has agreed to these words."))
        self._note_field.set_label(self.tr("What came of it"))
        self._promised.set_text(self.tr("Promised for later"))
        chosen = self.kind.currentData()
        self.kind.clear()
        for each in PromiseKind:
            self.kind.addItem(promise_words(each), each.value)
        self.kind.setCurrentIndex(max(self.kind.findData(chosen), 0))
        self._kind_field.set_label(self.tr("What"))
        self._due_field.set_label(self.tr("By which day"))
        self._word_field.set_label(self.tr("Words"))
        self.add.set_text(self.tr("Add"))
        self._back.set_text(self.tr("To the list"))
        self.not_met.set_text(self.tr("Nobody met"))
        self.done.set_text(self.tr("End the visit"))
        visit = self._visit
        if visit is None:
            return
        self._heading.set_text(f"{mask_name(visit.booking.name)} · {visit.booking.address}")
        self._team.set_text(
            self.tr("{first} and {second}, since {time}").format(
                first=visit.operator_name,
                second=visit.second_name,
                time=f"{datetime.fromisoformat(visit.begun_at).astimezone():%H:%M}",
            )
        )
        self.agree.setVisible(not visit.consent_digest)
        self._agreed.setVisible(bool(visit.consent_digest))
        self.photo.setVisible(bool(visit.consent_digest))
        count = len(visit.photos)
        self.photo.set_text(
            self.tr("Witness photo, %n kept", "", count) if count else self.tr("Witness photo")
        )
        self.intake.setVisible(bool(visit.consent_digest))
        self._fill_promises()

    def _build_end(self, column: QVBoxLayout) -> None:
        self.note, self.word = QLineEdit(), QLineEdit()
        self.note.setMaxLength(200)
        self.word.setMaxLength(120)
        self._note_field = Field("", self.note, line=False)
        self._promised = Text("", "strong")
        self._listed = QVBoxLayout()
        self.kind, self.due, self.add = Choice(), DayEdit(), SecondaryButton("", "")
        self._kind_field = Field("", self.kind, line=False)
        self._due_field, self._word_field = Field("", self.due, line=False), Field("", self.word, line=False)
        self.add.clicked.connect(self._promise)
        self.due.returnPressed.connect(self._promise)
        self.word.returnPressed.connect(self._promise)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._kind_field, 2)
        row.addWidget(self._due_field, 2)
        row.addWidget(self._word_field, 3)
        row.addWidget(self.add, 0, Qt.AlignmentFlag.AlignBottom)
        column.addWidget(self._note_field)
        column.addWidget(self._promised)
        column.addLayout(self._listed)
        column.addLayout(row)

    def _promise(self) -> None:
        if not self.due.day():
            self.due.setFocus()
            return
        kind = PromiseKind(self.kind.currentData())
        self._promises.append(Promise(self._new_id(), kind, self.due.day(), self.word.text().strip()))
        self.due.clear()
        self.word.clear()
        self._fill_promises()
        self.kind.setFocus()

    def _fill_promises(self) -> None:
        clear(self._listed)
        for promise in self._promises:
            said = " · ".join(filter(None, (promise.due, promise_words(promise.kind), promise.note)))
            away = QuietButton(said, icon="x")
            away.setToolTip(self.tr("Take this promise away"))
            away.clicked.connect(lambda _=False, this=promise: self._without(this))
            self._listed.addWidget(away, 0, Qt.AlignmentFlag.AlignLeft)

    def _without(self, promise: Promise) -> None:
        self._promises.remove(promise)
        self._fill_promises()
        self.due.setFocus()

    def _agree(self) -> None:
        if self._visit is not None and not self._visit.consent_digest:
            self.agreed.emit(hashlib.sha256(consent_text().encode()).hexdigest())

    def _photo(self) -> None:
        if self._visit is not None and self._visit.consent_digest:
            self.photo_pressed.emit()

    def _end(self, met: bool) -> None:
        self.ended.emit(met, self.note.text(), tuple(self._promises))
