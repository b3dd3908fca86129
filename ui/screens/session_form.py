"""Opening a session: where, when and with whom; everything has a sensible default for this evening."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QRegularExpression, QTime, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from registration.errors import JilaiError
from registration.property_unit import Compound, ProjectRegistration
from registration.session import SiteSession
from ui.theme import Tone, look
from ui.widgets import (
    Card,
    Chip,
    Choice,
    EmptyState,
    Field,
    InlineProblem,
    PrimaryButton,
    Screen,
    SecondaryButton,
    Text,
)
from ui.widgets.screen import ScrollArea

_EVENING = 17
_USUAL_SECONDS = 9000
_CODE_LENGTH = 12  # seven letters, and blanks between them
_TIME = "([01]?[0-9]|2[0-3]):[0-5][0-9]"


class SessionForm(Screen):
    """`show_compounds`, `show_running` and `show_failure` in. Out: `open_wanted(compound id, title, starts,
    ends, helper)`; `join_wanted(session id, helper)` for one that runs on another laptop; `code_wanted` as
    `open_wanted` with that session's code at the end, where this laptop has not heard of it.
    """

    open_wanted = Signal(str, str, str, str, str)
    join_wanted = Signal(str, str)
    code_wanted = Signal(str, str, str, str, str, str)

    def __init__(self, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._compounds: tuple[Compound, ...] = ()
        self._running: tuple[SiteSession, ...] = ()
        self._joins: list[SecondaryButton] = []
        self._now = now
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._card = Card(margins=20)
        outer.addWidget(self._card)
        self._empty = EmptyState("building-2")
        self._card.body.addWidget(self._empty, 1)
        self._form = QWidget()
        self._card.body.addWidget(self._form, 1)
        row = QHBoxLayout(self._form)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        self._area = area = ScrollArea(
            spacing=8
        )  # sessions to join and a problem do not push the window off the screen
        area.setMaximumWidth(look().px(660))
        row.addWidget(area, 8)
        row.addStretch(1)
        self._build(area.column)
        self.retranslate()
        self.show_compounds(())

    def show_compounds(self, compounds: Sequence[Compound], last: str = "") -> None:
        """Offer these compounds, the last session's first; without any the form says what it waits for."""
        chosen = self._where.currentData() or last
        self._compounds = tuple(compounds)
        self._where.blockSignals(True)
        self._where.clear()
        for compound in compounds:
            self._where.addItem(compound.name, compound.id)
        self._where.setCurrentIndex(max(self._where.findData(chosen), 0) if compounds else -1)
        self._where.blockSignals(False)
        self._empty.setVisible(not compounds)
        self._form.setVisible(bool(compounds))
        self._describe()

    def show_running(self, running: Sequence[SiteSession]) -> None:
        """Offer the sessions that run on other laptops, before everything else."""
        if tuple(running) != self._running:
            self._running = tuple(running)
            self._list_running()

    def show_busy(self, busy: bool) -> None:
        self._open.set_busy(self.tr("Opening…") if busy else "")

    def show_failure(self, error: JilaiError) -> None:
        self.show_busy(False)
        self._problem.show_problem(error)
        self._area.verticalScrollBar().setValue(0)  # where it stands

    def shown(self) -> None:
        (self._joins[0] if self._joins else self._where).setFocus()

    def retranslate(self) -> None:
        self._empty.set_words(
            self.tr("No compound yet"),
            self.tr(
                "The centre sends compounds and building tables by itself once this machine is enrolled and"
                " in contact. The link at the top right says how it stands."
            ),
        )
        self._title.set_text(self.tr("Open a session"))
        self._below.set_text(self.tr("The place belongs to the session: choose where you are."))
        self._where_field.set_label(self.tr("Compound"))
        self._name_field.set_label(self.tr("Name of the session"))
        self._from_field.set_label(self.tr("From"))
        self._to_field.set_label(self.tr("To"))
        self._helper_field.set_label(self.tr("Helper on duty"))
        self._helper.setPlaceholderText(self.tr("May be left empty"))
        self._code_field.set_label(self.tr("Code of a session that runs already"))
        self._code.setPlaceholderText(self.tr("On Tonight of the other laptop"))
        self._running_title.set_text(self.tr("A session runs already: join it"))
        self._list_running()
        self._say_open()
        if not self._name.isModified():
            evening = self._now.astimezone().hour >= _EVENING
            self._name.setText(self.tr("Evening session") if evening else self.tr("Day session"))
        self._describe()

    def _build(self, column: QVBoxLayout) -> None:
        column.addStretch(1)
        self._title, self._below = Text("", "title"), Text("", "muted", wrap=True)
        column.addWidget(self._title)
        column.addWidget(self._below)
        column.addSpacing(4)
        self._problem = InlineProblem()
        column.addWidget(self._problem)
        self._running_title = Text("", "strong")
        column.addWidget(self._running_title)
        self._running_box = QVBoxLayout()
        self._running_box.setSpacing(6)
        column.addLayout(self._running_box)
        self._where = Choice()
        self._where.currentIndexChanged.connect(lambda _: self._describe())
        self._where_field = Field("", self._where, line=False)
        column.addWidget(self._where_field)
        about = QHBoxLayout()
        self._about = Text("", "small", elide=True)
        self._chip = Chip()
        about.addWidget(self._about, 1)
        about.addWidget(self._chip)
        column.addLayout(about)
        column.addSpacing(6)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(14)
        self._name, self._helper, self._code = QLineEdit(), QLineEdit(), QLineEdit()
        self._code.setMaxLength(_CODE_LENGTH)
        self._code.textChanged.connect(lambda _: self._say_open())
        local = self._now.astimezone()
        start = QTime(18, 30) if local.hour >= _EVENING else QTime(9, 0)
        self._from = QLineEdit(start.toString("HH:mm"))
        self._to = QLineEdit(start.addSecs(_USUAL_SECONDS).toString("HH:mm"))
        for time in (self._from, self._to):
            time.setValidator(QRegularExpressionValidator(QRegularExpression(_TIME), time))
        self._name_field = Field("", self._name, line=False)
        self._from_field = Field("", self._from, line=False)
        self._to_field = Field("", self._to, line=False)
        self._helper_field = Field("", self._helper, line=False)
        grid.addWidget(self._name_field, 0, 0, 1, 2)
        grid.addWidget(self._from_field, 0, 2)
        grid.addWidget(self._to_field, 0, 3)
        self._code_field = Field("", self._code, line=False)
        grid.addWidget(self._helper_field, 1, 0, 1, 2)
        grid.addWidget(self._code_field, 1, 2, 1, 2)
        for place in range(4):
            grid.setColumnStretch(place, 1)
        column.addLayout(grid)
        column.addSpacing(8)
        self._open = PrimaryButton("", "Enter", "door-open")
        self._open.clicked.connect(self._send)
        column.addWidget(self._open)
        column.addStretch(2)
        for edit in (self._name, self._from, self._to, self._helper, self._code):
            edit.returnPressed.connect(self._send)

    def _list_running(self) -> None:
        for button in self._joins:
            self._running_box.removeWidget(button)
            button.deleteLater()
        self._joins = []
        names = {compound.id: compound.name for compound in self._compounds}
        for session in self._running:
            words = self.tr("{place} · {title} · {name}, since {time}").format(
                place=names.get(session.compound_id, ""),
                title=session.title,
                name="、".join(dict.fromkeys(part.operator_name for part in session.parts)),
                time=session.opened_at.astimezone().strftime("%H:%M"),
            )
            button = SecondaryButton(words, "" if self._joins else "Enter", "users")
            button.clicked.connect(partial(self._join, session.id))
            self._running_box.addWidget(button)
            self._joins.append(button)
        self._running_title.setVisible(bool(self._running))

    def _join(self, session_id: str) -> None:
        if self._open.isEnabled():
            self._problem.clear()
            self.show_busy(True)
            self.join_wanted.emit(session_id, self._helper.text().strip())

    def _say_open(self) -> None:
        joins = bool(self._code.text().strip())
        self._open.set_text(self.tr("Join the session") if joins else self.tr("Open the session"))

    def _describe(self) -> None:
        place = self._where.currentIndex()
        self._chip.setVisible(place >= 0)
        if place < 0:
            return
        compound = self._compounds[place]
        self._about.set_text(f"{compound.address}   {compound.developer}")
        words = {
            ProjectRegistration.REGISTERED: (self.tr("Project registered"), Tone.PRIMARY),
            ProjectRegistration.TOGETHER: (self.tr("Filed together"), Tone.BLUE),
            ProjectRegistration.MISSING: (self.tr("Project not registered"), Tone.SEAL),
        }
        self._chip.set_chip(*words[compound.project_registration])

    def _send(self) -> None:
        if not self._open.isEnabled() or self._where.currentIndex() < 0:
            return
        self._problem.clear()
        for time in (self._from, self._to):
            if time.text() and not time.hasAcceptableInput():
                time.setFocus()
                time.selectAll()
                return
        self.show_busy(True)
        given = (
            self._where.currentData(),
            self._name.text().strip(),
            self._from.text(),
            self._to.text(),
            self._helper.text().strip(),
        )
        code = self._code.text().strip()
        if code:
            self.code_wanted.emit(*given, code)
        else:
            self.open_wanted.emit(*given)
