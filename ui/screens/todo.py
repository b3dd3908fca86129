"""The to-do list: what is due over everything, the most urgent first; Enter opens the thing."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from registration.changes import Changes
from registration.identifiers import mask_name, mask_tail
from storage import audit, reference, todo
from storage.reminders import About
from storage.todo import Kind, ToDo
from ui.messages import language
from ui.run import aside, read_aside, run
from ui.services import Services
from ui.widgets import Card, Choice, EmptyState, InlineProblem, Screen, SecondaryButton, Text
from ui.widgets.plain_table import PlainTable

_PAGES = {Kind.OBSTACLE: "obstacles", Kind.REVISIT: "survey", Kind.CERTIFICATE: "collection"}


class ToDoScreen(Screen):
    """`case_wanted(id)`, `visit_wanted(id)`, `queue_wanted`, `thing_wanted`, `left` out; masked."""

    case_wanted = Signal(str)
    visit_wanted = Signal(str)
    queue_wanted = Signal()
    thing_wanted = Signal(str, str, str)  # another page of the ledger, what on it, its compound
    left = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._found: list[ToDo] = []
        self._rows: list[ToDo] = []  # of the chosen compound
        self._names: dict[str, str] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        card = Card(margins=0)
        head = QHBoxLayout()
        head.setContentsMargins(20, 14, 16, 8)
        head.setSpacing(10)
        self._heading, self._count = Text("", "heading"), Text("", "muted")
        head.addWidget(self._heading)
        head.addWidget(self._count)
        head.addStretch(1)
        self._masked = SecondaryButton("", "Ctrl Shift P", "eye-off")
        self._masked.clicked.connect(lambda: self.print_list(masked=True))
        self._print = SecondaryButton("", "Ctrl P", "printer")
        self._print.clicked.connect(lambda: self.print_list(masked=False))
        self.compound = Choice()
        self.compound.setMinimumWidth(220)
        for part in (self.compound, self._masked, self._print):
            head.addWidget(part)
        card.body.addLayout(head)
        self.table = PlainTable((0.34, 0.16, 0.34, 0.16))
        self._empty = EmptyState("circle-check")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        card.body.addWidget(self._stack, 1)
        self.problem = InlineProblem()
        outer.addWidget(self.problem)
        outer.addWidget(card, 1)
        for key, act in (
            ("Return", self.open_line),
            ("Enter", self.open_line),
            ("Ctrl+P", lambda: self.print_list(masked=False)),
            ("Ctrl+Shift+P", lambda: self.print_list(masked=True)),
        ):
            shortcut = QShortcut(QKeySequence(key), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)
        self.table.doubleClicked.connect(lambda _: self.open_line())
        self.compound.currentIndexChanged.connect(lambda _: self._fill())
        services.signals.changed.connect(self._changed)
        self.retranslate()

    def shown(self) -> None:
        self._reload()
        self.table.setFocus()

    def back(self) -> bool:
        self.left.emit()
        return True

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("↑ ↓", self.tr("Walk through the list")),
            ("Enter", self.tr("Open what is to be done")),
            ("Ctrl P", self.tr("Print the list with phones")),
            ("Ctrl Shift P", self.tr("Print the list, masked")),
        ]

    def retranslate(self) -> None:
        self._heading.set_text(self.tr("To do"))
        self._masked.set_text(self.tr("Print masked"))
        self._print.set_text(self.tr("Print"))
        self.compound.setAccessibleName(self.tr("Compound"))
        self._fill_compounds()
        self._empty.set_words(self.tr("Nothing to do"), self.tr("What falls due stands here by itself."))
        self._fill()

    def open_line(self) -> None:
        """Open the case or the visit of the chosen line, else the page where it is done."""
        at = self.table.currentIndex().row()
        if not 0 <= at < len(self._rows):
            return
        row = self._rows[at]
        if row.kind in _PAGES:
            self.thing_wanted.emit(_PAGES[row.kind], row.thing_id, row.compound_id)
        elif row.case_id:
            self.case_wanted.emit(row.case_id)
        elif row.visit_id:
            self.visit_wanted.emit(row.visit_id)
        elif row.kind is Kind.APPOINTMENT:
            self.queue_wanted.emit()

    def print_list(self, *, masked: bool) -> None:
        """Print what is in view with phones; whole ones are audited, and the sheet says what it holds."""
        services, lines, tongue = self._services, list(self._rows), language()
        who, now, words = services.who, services.clock(), [self._words(one) for one in lines]
        printer, title = services.settings.value.a4_printer, self.tr("To do")

        def numbers(db: Any) -> tuple[Changes, list[str]]:
            found = todo.phones(db, lines)
            for one, phone in zip(lines, found, strict=True):
                if not masked and (phone or one.name):
                    about = one.case_id or one.visit_id or one.thing_id
                    audit.append(db, who, now, "personal_data_shown", about, {"on": "to_do_list"})
            return Changes(), found

        def send(found: list[str]) -> None:
            from printing.phone_list import Line, render

            sheet = [
                Line(
                    (mask_name(one.name) if masked and one.name else one.name) or "—",
                    mask_tail(phone) if masked else phone,
                    one.place,
                    "",
                    said,
                    one.day.isoformat() if one.day else "",
                    "",
                )
                for one, said, phone in zip(lines, words, found, strict=True)
            ]
            pdf = render(sheet, language=tongue, printed_at=now, private=not masked, title=title)
            services.press.send(pdf, printer, title)

        def printed(found: tuple[Changes, list[str]]) -> None:
            done, failed = self.problem.clear, self.problem.show_problem
            aside(self, services.signals, lambda: send(found[1]), lambda _: done(), failed)

        if lines:
            run(self, services, numbers, printed, self.problem.show_problem)

    def _changed(self, changes: Changes) -> None:
        if self.isVisible() and (changes.applications or changes.topics or changes.outbox):
            self._reload()

    def _reload(self) -> None:
        today = self._services.clock().date()

        def read(db: Any) -> tuple[list[ToDo], dict[str, str]]:
            return todo.listed(db, today), {one.id: one.name for one in reference.compounds(db)}

        read_aside(self, self._services, read, self._arrived)

    def _arrived(self, found: tuple[list[ToDo], dict[str, str]]) -> None:
        self._found, self._names = found
        self._fill_compounds()
        self._fill()

    def _fill_compounds(self) -> None:
        """Offer the compounds that have something to do; what was chosen stays chosen, done or not."""
        chosen = self.compound.currentData() or ""
        there = {row.compound_id for row in self._found} | {chosen}
        self.compound.blockSignals(True)
        self.compound.clear()
        self.compound.addItem(self.tr("All compounds"), "")
        for compound_id, name in self._names.items():
            if compound_id in there:
                self.compound.addItem(name, compound_id)
        self.compound.setCurrentIndex(max(self.compound.findData(chosen), 0))
        self.compound.blockSignals(False)

    def _fill(self) -> None:
        chosen, at = self.compound.currentData() or "", max(self.table.currentIndex().row(), 0)
        rows = self._rows = [row for row in self._found if chosen in ("", row.compound_id)]
        self._count.set_text(str(len(rows)) if rows else "")
        for button in (self._print, self._masked):
            button.setEnabled(bool(rows))
        self._stack.setCurrentIndex(0 if rows else 1)
        headings = (self.tr("Home"), self.tr("Name"), self.tr("To do"), self.tr("Day"))
        self.table.show_lines(
            headings,
            [
                (row.place, mask_name(row.name) if row.name else "—", self._words(row),
                 row.day.isoformat() if row.day else "—")
                for row in rows
            ],
        )  # fmt: skip
        if rows:
            self.table.selectRow(min(at, len(rows) - 1))

    def _words(self, row: ToDo) -> str:
        promised = row.about in (About.PROMISE_OVERDUE, About.PROMISE_SOON)
        return {
            Kind.OVERDUE: self.tr("Promised paper overdue") if promised else self.tr("Correction overdue"),
            Kind.SOON: self.tr("Promised paper due") if promised else self.tr("Correction due"),
            Kind.PARKED: self.tr("Not taken by the centre"),
            Kind.APPOINTMENT: self.tr("Appointment at {time}").format(time=row.about),
            Kind.OBSTACLE: self.tr("Obstacle past its day"),
            Kind.REVISIT: self.tr("Door to knock at again"),
            Kind.VISIT: self.tr("Promised at a home visit"),
            Kind.CERTIFICATE: self.tr("Certificate to hand over"),
            Kind.WAITING: self.tr("Returned, nobody has come"),
            Kind.UNSENT: self.tr("Not sent for days"),
            Kind.DRAFT: self.tr("Draft untouched for days"),
        }[row.kind]
