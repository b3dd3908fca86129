"""Certificates to hand over (领证): the list, the hand-over beside it, the record, a mistake taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QWidget

from registration.changes import Changes
from registration.collection import Collection, CollectionState, HandOver, masked, signed_text
from registration.errors import Problem
from registration.facts import Attachment, Topic
from registration.identifiers import mask_name
from registration.rights import PairedAct
from storage import collecting
from storage.collecting import ToHandOver
from ui.messages import language
from ui.moments import day_and_time
from ui.run import aside, read_aside, run
from ui.screens.collection_form import CollectionForm
from ui.screens.second_person import SecondPersonCard
from ui.screens.visit_photo import PhotoSheet
from ui.services import Services
from ui.theme import look
from ui.widgets import (
    Card,
    EmptyState,
    Field,
    InlineProblem,
    Screen,
    ScrollArea,
    SecondaryButton,
    Segmented,
    Text,
)
from ui.widgets.plain_table import PlainTable

_SIDE = 400  # px at 100 %
_WAITING, _IN_HAND = "waiting", "in_hand"


class CollectionScreen(Screen):
    """`case_wanted(id)` and `left` out. Names are masked; cases of other windows have none."""

    case_wanted = Signal(str)
    left = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._rows: list[ToHandOver] = []
        self._at = 0
        self._sought: ToHandOver | None = None  # a line that was asked for, until the list has come
        self._known: Collection | None = None
        self._photos: tuple[Attachment, ...] = ()  # of the hand-over in the form
        self._which = Segmented()
        self._which.chosen.connect(lambda _: self._reload())
        self._heading, self._count = Text("", "heading"), Text("", "muted")
        self.table = PlainTable((0.34, 0.16, 0.34, 0.16), height=52, narrow_height=76)
        self.table.chosen.connect(self._chosen)
        self._empty = EmptyState("circle-check")
        self._stack = QStackedWidget()
        self.form, self.second = CollectionForm(), SecondPersonCard(services)
        self.form.given.connect(self._give)
        self.second.confirmed.connect(self._take_back)
        self.problem = InlineProblem()
        self.why = QLineEdit()
        self.why.setMaxLength(120)
        self._build()
        for key, act in (
            ("Return", self._into_form),
            ("N", self.notify),
            ("T", self.ask_take_back),
            ("Ctrl+P", self.print_record),
            ("O", self._open),
        ):
            shortcut = QShortcut(QKeySequence(key), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)
        give = QShortcut(QKeySequence("Ctrl+Return"), self)
        give.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        give.activated.connect(self._go)
        picture = QShortcut(QKeySequence("F7"), self)
        picture.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        picture.activated.connect(self.photograph)
        services.signals.changed.connect(self._changed)
        self.retranslate()

    def shown(self) -> None:
        self._side.setFixedWidth(look().px(_SIDE))
        self._reload()
        self.table.setFocus()

    def back(self) -> bool:
        if self.table.hasFocus():
            self.left.emit()
        else:
            self.second.put_away()
            self.table.setFocus()
        return True

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("↑ ↓", self.tr("Walk through the list")),
            ("Enter", self.tr("To the hand-over of this certificate")),
            ("N", self.tr("The owner was told")),
            ("F7", self.tr("Photograph the hand-over")),
            ("Ctrl Enter", self.tr("Hand over")),
            ("Ctrl P", self.tr("Print the record")),
            ("T", self.tr("Take a hand-over back, with a second person")),
            ("O", self.tr("Open the case")),
        ]

    def retranslate(self) -> None:
        self._heading.set_text(self.tr("Certificates"))
        self._which.set_options(
            [(_WAITING, self.tr("To hand over")), (_IN_HAND, self.tr("In the owner's hand"))]
        )
        self._which.set_name(self.tr("Certificates"))
        self._which.set_value(self._which.value() or _WAITING)
        self._empty.set_words(
            self.tr("Nothing here"), self.tr("Certificates that the centre has made stand here.")
        )
        self._told.set_text(self.tr("Owner told"))
        self._say_photos()
        self._print.set_text(self.tr("Print the record"))
        self._back.set_text(self.tr("Take back…"))
        self._why_field.set_label(self.tr("Why it is taken back"))
        self._fill()

    def show_thing(self, application_id: str, _compound_id: str) -> None:
        """Show the line of one certificate, waiting or in hand."""
        self._seek(lambda db: collecting.of_application(db, application_id))

    def take_receipt(self, number: str) -> bool:
        """Take a scanned receipt: it finds its certificate; scanned again, it is the one that comes back."""
        row = self._row()
        if row is not None and row.receipt_number == number and self.form.isVisible():
            self.form.receipt.setText(number)
        else:
            self._seek(lambda db: collecting.of_receipt(db, number))
        return True

    def photograph(self) -> None:
        """Take a photo that goes with the hand-over in the form; it counts for no other case."""
        row = self._row()
        if row is None or not self.form.isVisible():
            return

        def keep(photo: Attachment) -> None:
            now = self._row()
            if now is not None and now.application_id == row.application_id:
                self._photos = (*self._photos, photo)
                self._say_photos()

        PhotoSheet(self, self._services, keep).open()

    def _say_photos(self) -> None:
        count = len(self._photos)
        self._photo.set_text(self.tr("Photo, %n kept", "", count) if count else self.tr("Photo"))

    def notify(self) -> None:
        """Note that the owner of the chosen certificate was told."""
        row = self._row()
        if row is not None and row.state is not CollectionState.IN_HAND:
            self._do(collecting.notify, row)

    def ask_take_back(self) -> None:
        """Ask another person to confirm that a hand-over was none."""
        row = self._row()
        if row is None or row.state is not CollectionState.IN_HAND:
            return
        if not self.why.text().strip():
            self.why.setFocus()
            return
        self.second.ask(PairedAct.TAKE_BACK_HAND_OVER)

    def print_record(self) -> None:
        """Print the record of the chosen hand-over."""
        row, known = self._row(), self._known
        if row is None or known is None or known.given is None or known.at is None:
            return
        given, tongue, services = known.given, language(), self._services
        at, by, printer = known.at.astimezone(services.clock().tzinfo), known.by, ""
        printer, title = services.settings.value.a4_printer, self.tr("Certificates")

        def send() -> None:
            from printing.collection_record import RecordFacts, render

            text = signed_text(given)
            facts = RecordFacts(
                given.certificates, given.place, given.receipt_number, at, by, text, given.text_digest,
                given.strokes,
            )  # fmt: skip
            services.press.send(render(facts, language=tongue), printer, title)

        aside(self, services.signals, send, lambda _: self.problem.clear(), self.problem.show_problem)

    def _build(self) -> None:
        outer = QHBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(16)
        card = Card(margins=0)
        head = QHBoxLayout()
        head.setContentsMargins(20, 14, 16, 8)
        head.setSpacing(10)
        for part in (self._heading, self._count):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(self._which)
        card.body.addLayout(head)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        card.body.addWidget(self._stack, 1)
        outer.addWidget(card, 1)
        self._side = Card(margins=0)
        area = ScrollArea(spacing=10)
        area.column.setContentsMargins(20, 18, 20, 18)
        self._place, self._state = Text("", "heading", wrap=True), Text("", "muted", wrap=True)
        self._told = SecondaryButton("", "N")
        self._told.clicked.connect(self.notify)
        self._photo = SecondaryButton("", "F7", "camera")
        self._photo.clicked.connect(self.photograph)
        self._print = SecondaryButton("", "Ctrl P", "printer")
        self._print.clicked.connect(self.print_record)
        self._why_field = Field("", self.why, line=False)
        self._back = SecondaryButton("", "T", "rotate-ccw")
        self._back.clicked.connect(self.ask_take_back)
        self.why.returnPressed.connect(self.ask_take_back)
        for widget in (
            self._place, self._state, self._told, self._photo, self.form, self._print, self._why_field,
            self._back, self.second, self.problem,
        ):  # fmt: skip
            area.column.addWidget(widget)
        area.column.addStretch(1)
        self._side.body.addWidget(area, 1)
        outer.addWidget(self._side)

    def _row(self) -> ToHandOver | None:
        return self._rows[self._at] if 0 <= self._at < len(self._rows) else None

    def _changed(self, changes: Changes) -> None:
        if self.isVisible() and (changes.applications or Topic.COLLECTION in changes.topics):
            self._reload()

    def _seek(self, find: Callable[[Any], ToHandOver | None]) -> None:
        def found(line: ToHandOver | None) -> None:
            if line is None:
                self._services.signals.failed.emit(Problem("certificate_not_made"))
                return
            self._sought = line
            self._which.set_value(_IN_HAND if line.state is CollectionState.IN_HAND else _WAITING)
            self._reload()
            self.table.setFocus()

        read_aside(self, self._services, find, found)

    def _reload(self) -> None:
        wanted = collecting.handed_out if self._which.value() == _IN_HAND else collecting.waiting
        read_aside(self, self._services, wanted, self._arrived)

    def _arrived(self, rows: list[ToHandOver]) -> None:
        sought, self._sought = self._sought, None
        was, before = self._row(), sought or self._row()
        ids = [row.application_id for row in rows]
        if sought is not None and sought.application_id not in ids:  # it lies beyond the part that is listed
            rows, ids = [sought, *rows], [sought.application_id, *ids]
        self._rows, here = rows, before is not None and before.application_id in ids
        self._at = ids.index(before.application_id) if before is not None and here else 0
        same = was is not None and before is not None and was.application_id == before.application_id
        self._fill(anew=not (here and same))

    def _chosen(self, at: int) -> None:
        if 0 <= at < len(self._rows) and at != self._at:
            self._at = at
            self._fill_side(anew=True)

    def _fill(self, *, anew: bool = False) -> None:
        rows, at = self._rows, self._at
        self._count.set_text(str(len(rows)) if rows else "")
        self._stack.setCurrentIndex(0 if rows else 1)
        self._side.setVisible(bool(rows))
        headings = (self.tr("Home"), self.tr("Applicant"), self.tr("Certificate"), self.tr("State"))
        self.table.show_lines(
            headings,
            [
                (
                    f"{row.place} · {row.compound}",
                    mask_name(row.applicant_name) if row.applicant_name else self.tr("another window"),
                    row.certificate_number or "—",
                    self._state_words(row.state),
                )
                for row in rows
            ],
        )
        if rows:
            self.table.selectRow(at)
        self._fill_side(anew=anew)

    def _fill_side(self, *, anew: bool = False) -> None:
        row = self._row()
        if row is None:
            return
        now, in_hand = self._services.clock(), row.state is CollectionState.IN_HAND
        self._place.set_text(row.place)
        since = row.moved_at or row.since
        said = day_and_time(since.astimezone(now.tzinfo), now) if since else ""
        self._state.set_text(
            " · ".join(filter(None, (row.receipt_number, self._state_words(row.state), said)))
        )
        self._told.setVisible(not in_hand)
        self._photo.setVisible(not in_hand)
        self.form.setVisible(not in_hand)
        for widget in (self._print, self._why_field, self._back):
            widget.setVisible(in_hand)
        self._known = None
        if anew:
            self.why.clear()
            self._photos = ()
            self._say_photos()
            self.second.put_away()
            self.problem.clear()
            self.form.show_case(row)
        if in_hand:
            wanted = row.application_id
            read_aside(self, self._services, lambda db: collecting.of_case(db, wanted),
                       lambda known: self._say_known(wanted, known))  # fmt: skip

    def _say_known(self, wanted: str, known: Collection) -> None:
        row = self._row()
        if row is None or row.application_id != wanted:
            return
        self._known = known
        self._print.setEnabled(known.given is not None)
        lines = [self._state.text_whole()]
        if known.given is None:
            lines += [known.by, self.tr("A newer program wrote this hand-over. It is read after an update.")]
        else:
            lines += [f"{masked(known.given)} · {known.by}", "、".join(known.given.certificates)]
        if known.twice:
            lines.append(self.tr("Another window noted a hand-over too. Look which one is right."))
        self._state.set_text("\n".join(lines))

    def _state_words(self, state: CollectionState) -> str:
        return {
            CollectionState.WAITING: self.tr("waiting"),
            CollectionState.NOTIFIED: self.tr("owner told"),
            CollectionState.IN_HAND: self.tr("in hand"),
            CollectionState.TAKEN_BACK: self.tr("taken back, waiting"),
        }[state]

    def _into_form(self) -> None:
        if self.form.isVisible():
            self.form.name.setFocus()

    def _go(self) -> None:
        if self.form.isVisible():
            self.form.hand_out()

    def _open(self) -> None:
        row = self._row()
        if row is not None and row.applicant_name:
            self.case_wanted.emit(row.application_id)

    def _give(self, given: HandOver) -> None:
        row = self._row()
        if row is not None:
            self._do(collecting.hand_out, row, given=given, photos=self._photos)

    def _take_back(self, second: Any) -> None:
        row, why = self._row(), self.why.text()
        if row is not None:
            self._do(collecting.take_back, row, why=why, second=second)

    def _do(self, operation: Any, row: ToHandOver, **given: Any) -> None:
        services = self._services
        who, now, fact_id = services.who, services.clock(), services.new_id()
        shows = self.form.problem if self.form.isVisible() else self.problem

        def done(_: Changes) -> None:
            shows.clear()
            self.table.setFocus()

        run(
            self,
            services,
            lambda db: operation(db, who, now, fact_id=fact_id, application_id=row.application_id, **given),
            done,
            shows.show_problem,
        )
