"""The closing sheet (场次日结单): the evening reconciled in four blocks; it closes once all of them agree."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from registration.changes import Changes
from registration.closing_sheet import BLOCK_OF, EXPLAINED, ClosingSheet, Count, Line, Said, Verdict
from registration.errors import JilaiError
from registration.facts import Topic
from registration.session import Part, Session, SiteSession
from storage import print_queue, session_closing, sessions, site_sessions
from storage.print_queue import Wish
from ui.closing_words import block_name, count_name, remedy, standing
from ui.messages import language
from ui.papers import CLOSING_SHEET, session_facts
from ui.run import read_aside, run
from ui.screens.print_desk import open_print_desk
from ui.screens.session_parts import PartsSheet
from ui.services import Services
from ui.theme import Tone, look
from ui.widgets import (
    Card,
    Chip,
    Field,
    InlineProblem,
    PrimaryButton,
    QuietButton,
    Screen,
    ScrollArea,
    SecondaryButton,
    Text,
)
from ui.widgets.plain_table import PlainTable

_SIDE = 372  # px at 100 %
_Found = tuple[Session | None, ClosingSheet | None, SiteSession | None]


class ClosingScreen(Screen):
    """`case_wanted(id)`, `draft_wanted(id)`, `sending_wanted()`, `closed()` and `left()` out."""

    case_wanted = Signal(str)
    draft_wanted = Signal(str)
    sending_wanted = Signal()
    closed = Signal()
    left = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._session: Session | None = None
        self._sheet: ClosingSheet | None = None
        self._site: SiteSession | None = None
        self._at = 0
        self._reasons: dict[Count, str] = {}
        outer = QHBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(16)
        outer.addWidget(self._build_sheet(), 1)
        self._side = self._build_side()
        outer.addWidget(self._side)
        for widget, key, act in (
            (self.table, "Return", self.open_line),
            (self.table, "Enter", self.open_line),
            (self.items, "Return", self.open_item),
            (self.items, "Enter", self.open_item),
        ):
            shortcut = QShortcut(QKeySequence(key), widget)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)
        for key, act in (
            ("Ctrl+E", self.close_session),
            ("Ctrl+P", self.open_papers),
            ("Ctrl+O", self.open_parts),
            ("Alt+1", self.leave_to_others),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        services.signals.changed.connect(self._changed)
        self.retranslate()

    # -- what the window asks ------------------------------------------------------------------------------

    def shown(self) -> None:
        self._side.setFixedWidth(look().px(_SIDE))
        self.problem.clear()
        self._reload()
        self.table.setFocus()

    def back(self) -> bool:
        if not self.table.hasFocus():
            self.table.setFocus()
        else:
            self.left.emit()
        return True

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("↑ ↓", self.tr("Walk through the lines")),
            ("Enter", self.tr("Go to what is open in this line")),
            ("Ctrl P", self.tr("Tonight's papers: print what is missing")),
            ("Ctrl O", self.tr("The laptops of this session, and what the centre holds of them")),
            ("Alt 1", self.tr("Leave those who wait to a colleague who goes on")),
            ("Ctrl E", self.tr("Close the session")),
        ]

    def retranslate(self) -> None:
        self._card.set_title(self.tr("Closing sheet"))
        self.table.setAccessibleName(self.tr("Closing sheet"))
        self.items.setAccessibleName(self.tr("What is open in this line"))
        self._papers.set_text(self.tr("Papers"))
        self._say_others()
        self._arrived.set_text(self.tr("Has everything arrived?"))
        self.close_button.set_text(self.tr("Close session"))
        self._originals_field.set_label(self.tr("Originals given back"))
        self._reason_field.set_label(self.tr("Reason, printed on the sheet"))
        self._show()

    # -- what a person does --------------------------------------------------------------------------------

    def open_line(self) -> None:
        """Go to what is open in the line: its only case, the list of them, or what is to be entered."""
        line = self._line()
        if line is None:
            return
        if line.count is Count.ORIGINALS and line.verdict is Verdict.MISMATCH:
            (self.originals if line.counted is None else self.reason).setFocus()
        elif line.count is Count.QUEUE and line.items:
            self.open_papers()
        elif line.count in (Count.NUMBERS, Count.SLIPS) and line.verdict is Verdict.MISMATCH:
            self.reason.setFocus()
        elif len(line.items) == 1:
            self._go(0)
        elif line.items:
            self.items.setFocus()
            self.items.selectRow(0)

    def open_item(self) -> None:
        """Open the case under the cursor in the list beside the sheet."""
        self._go(self.items.currentIndex().row())

    def open_papers(self) -> None:
        """Open the evening's papers, to print or give up what is missing."""
        if self._session is not None:
            open_print_desk(self.window(), self._services, self._session)

    def open_parts(self) -> None:
        """Show the laptops of this session; the centre can be asked what it holds of each."""
        if self._site is not None:
            sheet = PartsSheet(self.window(), self._services, self._site)
            sheet.explained.connect(self._explain_numbers)

    def leave_to_others(self) -> None:
        """Fill in the reason of those who wait: they are left to the colleagues who go on."""
        line, others = self._line(), self._others()
        if line is not None and line.count is Count.SLIPS and line.items and others:
            names = "、".join(f"{part.operator_name} ({part.device_code})" for part in others)
            self.reason.setText(self.tr("Left to {names}, who know").format(names=names))
            self._explain()

    def close_session(self) -> None:
        """Close the session and print its sheet; where a line does not agree, go there and say so."""
        self._keep_reason()  # the key finds the cursor in the field still
        session, services, said = self._session, self._services, self._said()
        if session is None or not self.close_button.isEnabled():
            return
        self.problem.clear()
        who, now, tongue = services.who, services.clock(), language()
        fact_id, paper_id = services.new_id(), services.new_id()
        second, reason = services.settings.value.second_labels, self.tr("The session was closed")

        def close(db: Any) -> Changes:
            changes, found = session_closing.close_session(
                db, who, now, session_id=session.id, fact_id=fact_id, said=said
            )
            wish = Wish(
                id=paper_id,
                document=CLOSING_SHEET,
                session_id=session.id,
                language=tongue,
                second=second,
                facts=session_facts(db, session.id, now=now, sheet=found),
                reason=reason,
            )
            return changes | print_queue.queue_paper(db, who, now, wish)[0]

        self.close_button.set_busy(self.tr("Closing…"))
        # The evening can be closed on a full disk.
        run(self, services, close, lambda _: self._closed(), self._not_closed, last_resort=True)

    # -- building and showing ------------------------------------------------------------------------------

    def _build_sheet(self) -> QWidget:
        self._card = Card(" ", margins=0)
        self._numbers = Text("", "muted", elide=True)
        self._chip = Chip("", Tone.PLAIN)
        self._card.header.addWidget(self._numbers, 1)
        self._card.header.addWidget(self._chip)
        self.table = PlainTable((1.4, 2.7, 0.95, 0.9, 1.4), strong=(1, 3), height=44)
        self.table.chosen.connect(self._choose)
        self._card.body.addWidget(self.table, 1)
        return self._card

    def _build_side(self) -> QWidget:
        side = Card("", margins=20)
        area = ScrollArea(spacing=10)
        column = area.column
        side.body.addWidget(area, 1)
        self.problem = InlineProblem()
        self._name, self._remedy = Text("", "heading", wrap=True), Text("", "body", wrap=True)
        self.originals, self.reason = QLineEdit(), QLineEdit()
        self.originals.setValidator(QIntValidator(0, 99_999, self))
        self.originals.editingFinished.connect(self._reload)
        self.reason.setMaxLength(120)
        self.reason.editingFinished.connect(self._explain)
        for edit in (self.originals, self.reason):
            edit.returnPressed.connect(self.table.setFocus)
        self._originals_field = Field("", self.originals, line=False)
        self._reason_field = Field("", self.reason, line=False)
        self.items = PlainTable((1.0,), height=44)
        self.items.setMinimumHeight(look().px(90))
        self.items.clicked.connect(lambda index: self._go(index.row()))
        self._papers = SecondaryButton("", "Ctrl P", "printer")
        self._papers.clicked.connect(self.open_papers)
        self._parts = SecondaryButton("", "Ctrl O", "users")
        self._parts.clicked.connect(self.open_parts)
        self._leave = QuietButton("", "Alt 1")
        self._leave.clicked.connect(self.leave_to_others)
        self._arrived = SecondaryButton("")
        self._arrived.clicked.connect(self.sending_wanted)
        self.close_button = PrimaryButton("", "Ctrl E", "door-closed")
        self.close_button.clicked.connect(self.close_session)
        for widget in (self.problem, self._name, self._remedy, self._originals_field, self._reason_field):
            column.addWidget(widget)
        column.addWidget(self._leave, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.items, 1)
        column.addStretch(0)
        for button in (self._parts, self._papers, self._arrived, self.close_button):
            side.body.addWidget(button)
        return side

    def _others(self) -> tuple[Part, ...]:
        return self._site.others(self._services.who.device_code) if self._site is not None else ()

    def _say_others(self) -> None:
        """Say how many laptops have closed; where there is only this one, the centre can be asked."""
        parts = self._site.parts if self._site is not None else ()
        self._parts.setVisible(bool(parts))
        closed = sum(part.closed for part in parts)
        self._parts.set_text(
            self.tr("Laptops: {closed} of {n} closed").format(closed=closed, n=len(parts))
            if len(parts) > 1
            else self.tr("What the centre holds")
        )

    def _explain_numbers(self, words: str) -> None:
        """Take what the centre holds as the reason of the numbers without a receipt here."""
        self._reasons[Count.NUMBERS] = words
        self._at = list(Count).index(Count.NUMBERS)
        self._reload()

    def _changed(self, changes: Changes) -> None:
        told = changes.sessions or changes.applications or changes.receipts or changes.outbox
        if self.isVisible() and (told or changes.topics & {Topic.QUEUE.value, Topic.SESSION.value}):
            self._reload()

    def _reload(self) -> None:
        said = self._said()

        def look_up(db: Any) -> _Found:
            session = sessions.current(db)
            if session is None:
                return None, None, None
            sheet = session_closing.sheet(db, session.id, said)
            return session, sheet, site_sessions.site(db, session.id)

        read_aside(self, self._services, look_up, self._arrive)

    def _arrive(self, found: _Found) -> None:
        before = self._session
        self._session, self._sheet, self._site = found
        self._say_others()
        if before is not None and (self._session is None or self._session.id != before.id):
            self._reasons.clear()
            self.originals.clear()
        self._show()

    def _show(self) -> None:
        sheet = self._sheet
        self.close_button.setEnabled(sheet is not None)
        if sheet is None:
            return
        headings = (
            self.tr("Block"), self.tr("What"), self.tr("Expected"), self.tr("Counted"), self.tr("Standing"),
        )  # fmt: skip
        lines = []
        before = None
        for line in sheet.lines:
            block = BLOCK_OF[line.count]
            counted = "—" if line.counted is None else str(line.counted)
            name = block_name(block) if block is not before else ""
            lines.append((name, count_name(line.count), str(line.expected), counted, standing(line)))
            before = block
        at = self._at
        self.table.show_lines(headings, lines)
        self.table.selectRow(min(at, len(lines) - 1))
        numbers = sheet.first if sheet.first == sheet.last else f"{sheet.first} — {sheet.last}"
        self._numbers.set_text(numbers)
        open_lines = len(sheet.mismatches)
        if open_lines:
            self._chip.set_chip(self.tr("%n line(s) do not agree", "", open_lines), Tone.AMBER)
        else:
            self._chip.set_chip(self.tr("Everything agrees"), Tone.PRIMARY, "check")
        self._show_line()

    def _choose(self, row: int) -> None:
        if row >= 0:
            self._at = row
            self._show_line()

    def _show_line(self) -> None:
        line = self._line()
        if line is None:
            return
        self._name.set_text(count_name(line.count))
        self._remedy.set_text(remedy(line))
        differs = line.counted != line.expected
        self._originals_field.setVisible(line.count is Count.ORIGINALS and line.expected > 0)
        self._reason_field.setVisible(line.count in EXPLAINED and differs)
        others = self._others() if line.count is Count.SLIPS and line.items else ()
        self._leave.setVisible(bool(others))
        self._leave.set_text(
            self.tr("Left to {name}").format(name="、".join(p.operator_name for p in others))
        )
        if not self.reason.hasFocus():
            self.reason.setText(self._reasons.get(line.count, ""))
        self.items.setVisible(bool(line.items))
        self.items.show_lines((self.tr("Open here"),), [(item.label,) for item in line.items])

    def _line(self) -> Line | None:
        return None if self._sheet is None else self._sheet.lines[min(self._at, len(self._sheet.lines) - 1)]

    def _said(self) -> Said:
        text = self.originals.text()
        return Said(int(text) if text.isdecimal() else None, dict(self._reasons))

    def _keep_reason(self) -> None:
        line = self._line()
        if line is not None and line.count in EXPLAINED:
            self._reasons[line.count] = self.reason.text().strip()

    def _explain(self) -> None:
        self._keep_reason()
        self._reload()

    def _go(self, row: int) -> None:
        line = self._line()
        if line is None or not 0 <= row < len(line.items) or not line.items[row].application_id:
            return
        item = line.items[row]
        (self.draft_wanted if item.draft else self.case_wanted).emit(item.application_id)

    def _closed(self) -> None:
        self.close_button.set_busy("")
        self._services.print_room.wake()
        self._reasons.clear()
        self.originals.clear()
        self.closed.emit()

    def _not_closed(self, error: JilaiError) -> None:
        self.close_button.set_busy("")
        self.problem.show_problem(error, tone=Tone.AMBER)
        sheet = self._sheet
        if sheet is not None and sheet.mismatches:
            self._at = sheet.lines.index(sheet.mismatches[0])
            self._show()
            self.table.setFocus()
        self._reload()  # what was refused may stand otherwise than it was shown
