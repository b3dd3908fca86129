"""The phone list: returned cases with whom to call, what to bring, until when, and what was said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from registration.changes import Changes
from registration.errors import JilaiError
from registration.identifiers import mask_name, mask_tail
from storage import audit, corrections, operations
from storage.corrections import Call, CallOutcome, ToCall
from ui.messages import language
from ui.moments import day_and_time
from ui.run import aside, read_aside, run
from ui.services import Services
from ui.theme import look
from ui.widgets import (
    Card,
    EmptyState,
    Field,
    InlineProblem,
    PrimaryButton,
    RevealButton,
    Screen,
    ScrollArea,
    SecondaryButton,
    Text,
)
from ui.widgets.layouts import clear
from ui.widgets.plain_table import PlainTable

_SIDE = 372  # px at 100 %; in English the list beside it needs the rest of 1180


class CorrectionsScreen(Screen):
    """`draft_wanted(id)` and `left` out. Names and numbers are masked, but for a case that is held open."""

    draft_wanted = Signal(str)
    left = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._rows: list[ToCall] = []
        self._at = 0
        self._revealed = False
        outer = QHBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(16)
        outer.addWidget(self._build_list(), 1)
        self._side = self._build_side()
        outer.addWidget(self._side)
        for key, act in (
            ("Return", self.mend),
            ("Enter", self.mend),
            ("C", lambda: self.note(CallOutcome.REACHED)),
            ("N", lambda: self.note(CallOutcome.NOT_REACHED)),
            ("Ctrl+P", lambda: self.print_list(masked=False)),
            ("Ctrl+Shift+P", lambda: self.print_list(masked=True)),
        ):
            shortcut = QShortcut(QKeySequence(key), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)
        reveal = QShortcut(QKeySequence("F8"), self)
        reveal.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        reveal.setAutoRepeat(False)
        reveal.activated.connect(self._hold)
        services.signals.changed.connect(self._changed)
        self.retranslate()

    # -- what the window asks ------------------------------------------------------------------------------

    def shown(self) -> None:
        self._side.setFixedWidth(look().px(_SIDE))
        self._reload()
        self.table.setFocus()

    def back(self) -> bool:
        if self.words.hasFocus():
            self.table.setFocus()
            return True
        self.left.emit()
        return True

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("↑ ↓", self.tr("Walk through the list")),
            ("Enter", self.tr("Mend this case")),
            ("F8", self.tr("Hold: show name and phone of this case")),
            ("C", self.tr("Reached on the phone; what is written goes with it")),
            ("N", self.tr("Nobody answered")),
            ("Ctrl P", self.tr("Print the list")),
            ("Ctrl Shift P", self.tr("Print the list, masked")),
        ]

    def retranslate(self) -> None:
        self._heading.set_text(self.tr("Calls about corrections"))
        self._print.set_text(self.tr("Print"))
        self._masked.set_text(self.tr("Print masked"))
        self._empty.set_words(
            self.tr("Nothing to mend"),
            self.tr("What the centre returns stands here, with whom to call and what to bring."),
        )
        self._reveal.set_text(self.tr("Hold to show"))
        self._note_field.set_label(self.tr("What was said"))
        self.reached.set_text(self.tr("Reached"))
        self.missed.set_text(self.tr("No answer"))
        self.mend_button.set_text(self.tr("Mend this case"))
        self._fill()

    # -- what a person does --------------------------------------------------------------------------------

    def mend(self) -> None:
        """Open the case in hand for its correction."""
        row = self._row()
        if row is None:
            return
        services, wanted = self._services, row.application_id
        who, now = services.who, services.clock()
        run(
            self,
            services,
            lambda db: operations.begin_revision(db, who, now, wanted),
            lambda _: self.draft_wanted.emit(wanted),
            self.problem.show_problem,
        )

    def note(self, outcome: CallOutcome) -> None:
        """Keep how the call ended, with what is written beside it."""
        row = self._row()
        if row is None:
            return
        services, wanted, said = self._services, row.application_id, self.words.text()
        who, now = services.who, services.clock()

        def kept(_: Changes) -> None:
            self.words.clear()
            self.table.setFocus()

        run(
            self,
            services,
            lambda db: corrections.note_call(db, who, now, wanted, outcome, said),
            kept,
            self.problem.show_problem,
        )

    def print_list(self, *, masked: bool) -> None:
        """Print the list; unmasked, that is audited, and the sheet says what it holds."""
        services, rows, tongue = self._services, list(self._rows), language()
        who, now = services.who, services.clock()
        lines = [self._line(_unnoted(row) if masked else row, masked=masked) for row in rows]
        printer, title = services.settings.value.a4_printer, self.tr("Calls about corrections")

        def send() -> None:
            from printing.phone_list import Line, render

            pdf = render([Line(*line) for line in lines], language=tongue, printed_at=now, private=not masked)
            services.press.send(pdf, printer, title)

        def seen(db: Any) -> Changes:
            for row in rows:
                audit.append(db, who, now, "personal_data_shown", row.application_id, {"on": "phone_list"})
            return Changes()

        if not rows:
            return
        if masked:
            self._send(send)
        else:
            run(self, services, seen, lambda _: self._send(send), self.problem.show_problem)

    def _send(self, send: Callable[[], None]) -> None:
        aside(self, self._services.signals, send, lambda _: self.problem.clear(), self._not_printed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While F8 is held: let go of the key, or of the window, and everything is masked again."""
        let_go = event.type() == QEvent.Type.WindowDeactivate
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyRelease:
            let_go = event.key() == Qt.Key.Key_F8 and not event.isAutoRepeat()
        if let_go:
            self._reveal.set_revealed(False)
            app = QApplication.instance()
            if app is not None:
                app.removeEventFilter(self)
        return False

    # -- building and filling ------------------------------------------------------------------------------

    def _build_list(self) -> Card:
        card = Card(margins=0)
        head = QHBoxLayout()
        head.setContentsMargins(20, 14, 16, 8)
        head.setSpacing(10)
        self._heading, self._count = Text("", "heading"), Text("", "muted")
        self._print = SecondaryButton("", "Ctrl P", "printer")
        self._print.clicked.connect(lambda: self.print_list(masked=False))
        self._masked = SecondaryButton("", "Ctrl Shift P", "eye-off")
        self._masked.clicked.connect(lambda: self.print_list(masked=True))
        head.addWidget(self._heading)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self._masked)
        head.addWidget(self._print)
        card.body.addLayout(head)
        self.table = PlainTable((0.2, 0.16, 0.38, 0.26), height=60, narrow_height=76)
        self.table.chosen.connect(self._chosen)
        self._empty = EmptyState("circle-check")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        card.body.addWidget(self._stack, 1)
        return card

    def _build_side(self) -> Card:
        card = Card(margins=0)
        area = ScrollArea(spacing=12)
        column = area.column
        column.setContentsMargins(20, 18, 20, 12)
        self._who = Text("", "heading", wrap=True, selectable=True)
        self._phone = Text("", "strong", selectable=True)
        self._reveal = RevealButton("", "F8")
        self._reveal.revealed.connect(self._show_person)
        line = QHBoxLayout()
        line.addWidget(self._phone, 1)
        line.addWidget(self._reveal)
        self._where = Text("", "muted", wrap=True)
        self._items = QVBoxLayout()
        self._items.setSpacing(6)
        self.problem = InlineProblem()
        self.words = QLineEdit()
        self.words.setMaxLength(200)
        self._note_field = Field("", self.words, line=False)
        self.reached, self.missed = SecondaryButton("", "C"), SecondaryButton("", "N")
        self.reached.clicked.connect(lambda: self.note(CallOutcome.REACHED))
        self.missed.clicked.connect(lambda: self.note(CallOutcome.NOT_REACHED))
        self.words.returnPressed.connect(lambda: self.note(CallOutcome.REACHED))
        calls = QHBoxLayout()
        calls.setSpacing(12)
        calls.addWidget(self.reached, 1)
        calls.addWidget(self.missed, 1)
        self._calls = QVBoxLayout()
        self._calls.setSpacing(6)
        column.addWidget(self._who)
        column.addLayout(line)
        column.addWidget(self._where)
        column.addLayout(self._items)
        column.addWidget(self.problem)
        column.addWidget(self._note_field)
        column.addLayout(calls)
        column.addLayout(self._calls)
        column.addStretch(1)
        card.body.addWidget(area, 1)
        self.mend_button = PrimaryButton("", "Enter")
        self.mend_button.clicked.connect(self.mend)
        self.mend_button.setContentsMargins(20, 0, 20, 0)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 0, 20, 18)
        foot.addWidget(self.mend_button, 1)
        card.body.addLayout(foot)
        return card

    def _changed(self, changes: Changes) -> None:
        if changes.applications and self.isVisible():
            self._reload()

    def _reload(self) -> None:
        read_aside(self, self._services, corrections.phone_list, self._arrived)

    def _arrived(self, rows: list[ToCall]) -> None:
        in_hand = self._row()
        self._rows = rows
        ids = [row.application_id for row in rows]
        self._at = ids.index(in_hand.application_id) if in_hand and in_hand.application_id in ids else 0
        self._fill()

    def _row(self) -> ToCall | None:
        return self._rows[self._at] if 0 <= self._at < len(self._rows) else None

    def _chosen(self, at: int) -> None:
        if 0 <= at < len(self._rows) and at != self._at:
            self._reveal.set_revealed(False)
            self._at = at
            self._fill_side()

    def _fill(self) -> None:
        at, rows = self._at, self._rows
        self._count.set_text(str(len(rows)) if rows else "")
        self._stack.setCurrentIndex(0 if rows else 1)
        self._side.setVisible(bool(rows))
        for button in (self._print, self._masked):
            button.setEnabled(bool(rows))
        headings = (self.tr("Applicant"), self.tr("Until"), self.tr("What to bring"), self.tr("Last call"))
        lines = []
        for row in rows:
            name, _, place, _, items, due, noted = self._line(row, masked=True)
            state = self.tr("being mended") if row.mending else due or self.tr("no day set")
            lines.append((f"{name} · {place}", state, items, noted or "—"))
        self.table.show_lines(headings, lines)
        if rows:
            self.table.selectRow(at)
        self._fill_side()

    def _fill_side(self) -> None:
        row = self._row()
        clear(self._items)
        clear(self._calls)
        if row is None:
            return
        self._say_person()
        number = self.tr("Receipt {number}").format(number=row.receipt_number)
        self._where.set_text(f"{row.property_label}\n{number}")
        english, wanted = language() == "en", row.correction
        said = [wanted.reason_en if english else wanted.reason_zh]
        said += [item.en if english else item.zh for item in wanted.items]
        for text in filter(None, said):
            self._items.addWidget(Text(f"• {text}", wrap=True))
        self.mend_button.set_text(self.tr("Go on mending") if row.mending else self.tr("Mend this case"))
        wanted_id = row.application_id

        def arrived(calls: tuple[Call, ...]) -> None:
            if (here := self._row()) is not None and here.application_id == wanted_id:
                clear(self._calls)
                for call in calls:
                    self._calls.addWidget(Text(self._call_words(call), "small", wrap=True))

        read_aside(self, self._services, lambda db: corrections.calls(db, wanted_id), arrived)

    def _call_words(self, call: Call) -> str:
        now = self._services.clock()
        how = {
            CallOutcome.REACHED: self.tr("reached"),
            CallOutcome.NOT_REACHED: self.tr("no answer"),
            CallOutcome.NOTE: self.tr("note"),
        }[call.outcome]
        time = day_and_time(call.called_at.astimezone(now.tzinfo), now)
        return " · ".join(part for part in (time, call.operator_name, how, call.note) if part)

    def _line(self, row: ToCall, *, masked: bool) -> tuple[str, str, str, str, str, str, str]:
        english, wanted = language() == "en", row.correction
        items = [item.en if english else item.zh for item in wanted.items]
        reason = wanted.reason_en if english else wanted.reason_zh
        last = row.last_call
        return (
            mask_name(row.applicant_name) if masked else row.applicant_name,
            mask_tail(row.phone[-8:]) if masked else row.phone,
            row.property_label,
            row.receipt_number,
            ("; " if english else "；").join(filter(None, items or [reason])),
            wanted.due,
            self._call_words(last if not masked else replace(last, operator_name="")) if last else "",
        )

    def _say_person(self) -> None:
        row = self._row()
        if row is not None:
            name, phone, *_ = self._line(row, masked=not self._revealed)
            self._who.set_text(name)
            self._phone.set_text(phone or "—")

    def _hold(self) -> None:
        app = QApplication.instance()
        if app is not None and self._row() is not None:
            app.installEventFilter(self)
            self._reveal.set_revealed(True)

    def _show_person(self, on: bool) -> None:
        self._revealed, row = on, self._row()
        if on and row is not None:
            services, wanted = self._services, row.application_id
            who, now = services.who, services.clock()
            run(self, services, lambda db: audit.append(db, who, now, "personal_data_shown", wanted))
        self._say_person()

    def _not_printed(self, error: JilaiError) -> None:
        self.problem.show_problem(error)


def _unnoted(row: ToCall) -> ToCall:
    """Return a line without the words of its last call: they may name people."""
    return row if row.last_call is None else replace(row, last_call=replace(row.last_call, note=""))
