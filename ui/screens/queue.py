"""All applications: search as you type, filter by state, and the case beside the list."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from registration.application import CaseState
from storage.applications import COUNTED_AT_MOST
from storage.values import ApplicationRow
from ui.models.application_list import ApplicationList, Query
from ui.screens.case_detail import CaseDetail
from ui.services import Services
from ui.states import state_words
from ui.theme import look
from ui.widgets import Card, EmptyState, QuietButton, Screen, SearchBox, Segmented, Text
from ui.widgets.application_table import ApplicationTable

_FILTERS = (None, CaseState.DRAFT, CaseState.RECEIVED, CaseState.RETURNED, CaseState.ACCEPTED)


_ANY_WIDTH = (1 << 24) - 1  # QWIDGETSIZE_MAX
_NARROW = 1080  # px at 100 %: below this there is no room for list and case side by side


class QueueScreen(Screen):
    """`show_case(id)` in; `draft_wanted`, `receipt_wanted`, `papers_wanted`, `conflict_wanted` … out."""

    draft_wanted = Signal(str)
    receipt_wanted = Signal(object)
    papers_wanted = Signal(str)
    conflict_wanted = Signal(str)
    intake_wanted = Signal()
    corrections_wanted = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._narrow = False
        self._fresh = False  # just turned to
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 20, 24, 20)
        row.setSpacing(16)
        self._model = ApplicationList(services, self)
        self._list = self._build_list()
        row.addWidget(self._list, 1)
        self._detail = CaseDetail(services)
        row.addWidget(self._detail)
        self._detail.draft_wanted.connect(self.draft_wanted)
        self._detail.receipt_wanted.connect(self.receipt_wanted)
        self._detail.papers_wanted.connect(self.papers_wanted)
        self._detail.conflict_wanted.connect(self.conflict_wanted)
        self._model.loaded.connect(self._loaded)
        self._settle = QTimer(self)  # walking quickly through the list opens only where it rests
        self._settle.setSingleShot(True)
        self._settle.setInterval(60)
        self._settle.timeout.connect(self._open_chosen)
        reveal = QShortcut(QKeySequence("F8"), self)
        reveal.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        reveal.setAutoRepeat(False)
        reveal.activated.connect(self._reveal)
        for key, act in (
            ("Ctrl+P", self._detail.ask_papers),
            ("Ctrl+R", self._detail.show_receipt),
            ("F6", self.corrections_wanted.emit),
            ("F4", self._detail.mend),
            ("F7", self._detail.renew),
            ("F9", self._detail.end_case),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.retranslate()

    def shown(self) -> None:
        self._fresh = True
        self._model.reload()
        self._table.setFocus()

    def search(self) -> None:
        """Put the cursor into the search field (/)."""
        self._search.take_focus()

    def back(self) -> bool:
        if self._search.hasFocus():
            self._table.setFocus()
            return True
        if self._detail.application_id():
            self._table.forget()
            self._open("")
            self._table.setFocus()
            return True
        return False

    def show_case(self, application_id: str) -> None:
        """Open one case, whatever the list shows."""
        self._table.choose(application_id)
        self._open(application_id)

    def retranslate(self) -> None:
        self._heading.set_text(self.tr("Queue"))
        self._calls.set_text(self.tr("Calls about corrections"))
        self._search.set_placeholder(self.tr("Name, initials, digits, house, receipt"))
        self._filter.set_options(
            [
                (state.value if state else "", state_words(state) if state else self.tr("All"))
                for state in _FILTERS
            ]
        )
        self._say_empty()

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("/", self.tr("Search")),
            ("↑ ↓", self.tr("Walk through the list")),
            ("Enter", self.tr("Go on with the case: draft, correction, comparison, or its receipt")),
            ("Ctrl R", self.tr("Its receipt")),
            ("F4", self.tr("Mend or supplement this case")),
            ("F6", self.tr("Calls about corrections")),
            ("F8", self.tr("Hold: show name and numbers of this case")),
            ("Ctrl P", self.tr("All papers of this case")),
            ("F9", self.tr("Not accepted, or withdrawn: end this case")),
            ("F7", self.tr("Let this draft go on in the newest rules")),
            ("Esc", self.tr("Close the case")),
        ]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While F8 is held: let go of the key, or of the window, and everything is masked again."""
        let_go = event.type() == QEvent.Type.WindowDeactivate
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyRelease:
            let_go = event.key() == Qt.Key.Key_F8 and not event.isAutoRepeat()
        if let_go:
            self._detail.set_revealed(False)
            watched_by = QApplication.instance()
            if watched_by is not None:
                watched_by.removeEventFilter(self)
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._share_width()

    def _build_list(self) -> Card:
        card = Card(margins=0)
        head = QVBoxLayout()
        head.setContentsMargins(20, 16, 20, 10)
        head.setSpacing(12)
        line = QHBoxLayout()
        line.setSpacing(10)
        self._heading = Text("", "heading")
        self._count = Text("", "muted")
        line.addWidget(self._heading)
        line.addWidget(self._count)
        line.addStretch(1)
        self._calls = QuietButton("", "F6", "list")
        self._calls.clicked.connect(self.corrections_wanted)
        line.addWidget(self._calls)
        head.addLayout(line)
        tools = QHBoxLayout()
        tools.setSpacing(12)
        self._search = SearchBox()
        self._search.searched.connect(self._searched)
        self._search.returnPressed.connect(self._into_list)
        tools.addWidget(self._search, 1)
        self._filter = Segmented()
        self._filter.chosen.connect(self._filtered)
        tools.addWidget(self._filter)
        head.addLayout(tools)
        card.body.addLayout(head)
        self._stack = QStackedWidget()
        self._table = ApplicationTable(self._model)
        self._table.chosen.connect(self._rest_on)
        self._table.opened.connect(self._opened)
        self._empty = EmptyState("inbox")
        self._empty.acted.connect(self.intake_wanted)
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._empty)
        card.body.addWidget(self._stack, 1)
        card.body.setSpacing(0)
        card.body.setContentsMargins(0, 0, 0, 8)
        return card

    def _reveal(self) -> None:
        app = QApplication.instance()
        if app is not None and self._detail.application_id():
            app.installEventFilter(self)
            self._detail.set_revealed(True)

    def _share_width(self) -> None:
        """Beside each other where there is room, otherwise the case in the place of the list."""
        self._narrow = self.width() < look().px(_NARROW)
        if self._narrow:
            self._detail.setMinimumWidth(0)
            self._detail.setMaximumWidth(_ANY_WIDTH)
        else:
            self._detail.setFixedWidth(min(max(look().px(420), self.width() // 3), look().px(560)))
        chosen = bool(self._detail.application_id())
        self._list.setVisible(not (self._narrow and chosen))
        self._detail.setVisible(chosen or not self._narrow)

    def _open(self, application_id: str) -> None:
        self._detail.show_case(application_id)
        self._share_width()
        if self._narrow and application_id:
            self._detail.take_focus()

    def _rest_on(self) -> None:
        if not self._narrow:
            self._settle.start()

    def _searched(self, text: str) -> None:
        self._model.show_query(replace(self._model.query(), search=text))

    def _filtered(self, value: str) -> None:
        state = CaseState(value) if value else None
        self._model.show_query(replace(self._model.query(), state=state))

    def _into_list(self) -> None:
        if self._model.rowCount():
            self._table.selectRow(0)
            self._table.setFocus()

    def _open_chosen(self) -> None:
        row = self._table.chosen_row()
        if row is not None and row.id != self._detail.application_id():
            self._open(row.id)

    def _opened(self, row: ApplicationRow) -> None:
        if self._detail.application_id() == row.id:
            self._detail.go()
        else:
            self._open(row.id)

    def _loaded(self, count: int) -> None:
        more = "+" if count >= COUNTED_AT_MOST and self._model.query().search else ""
        self._count.set_text(f"{count:,}{more}" if count else "")
        self._stack.setCurrentIndex(0 if count else 1)
        fresh, self._fresh = self._fresh, False
        if fresh and count and not self._narrow and not self._detail.application_id():
            self._table.selectRow(0)  # the newest case is what one most often comes for
        self._say_empty()

    def _say_empty(self) -> None:
        if self._model.query() == Query():
            self._empty.set_icon("inbox")
            self._empty.set_words(
                self.tr("No application yet"),
                self.tr("Every case taken at this window is listed here, with where it is."),
                self.tr("Start an intake"),
            )
        else:
            self._empty.set_icon("search")
            self._empty.set_words(
                self.tr("Nothing found"),
                self.tr("Try fewer letters, the last four digits, or the house number such as 3-2-1201."),
            )
