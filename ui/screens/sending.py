"""Sending: every item on its way with its cause and next try, the road it takes, and the proof of arrival."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from registration.link import LinkMode
from storage import sending
from storage.sending import SendingCounts, SendingRow
from sync.status import SyncStatus
from ui.models.sending_list import SendingList
from ui.run import run
from ui.screens.sending_link import LinkPanel
from ui.screens.sending_side import ArrivalPanel, ItemPanel
from ui.services import Services
from ui.theme import look
from ui.widgets import Card, EmptyState, Screen, ScrollArea, SecondaryButton, Text
from ui.widgets.sending_table import SendingTable

_SIDE = 360  # px at 100 %


class SendingScreen(Screen):
    """`case_wanted(application id)` out; everything else goes through the store and the courier."""

    case_wanted = Signal(str)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._model = SendingList(services, self)
        self._road, self._item = LinkPanel(services), ItemPanel(services)
        self._arrival = ArrivalPanel(services)
        self._item.case_wanted.connect(self.case_wanted)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(24, 16, 12, 20)
        outer.setSpacing(16)
        column = QVBoxLayout()
        column.setSpacing(16)
        column.addWidget(self._road)
        column.addWidget(self._build_list(), 1)
        outer.addLayout(column, 1)
        self._side = ScrollArea()
        self._side.column.setContentsMargins(0, 0, 12, 0)
        self._side.column.addWidget(self._item)
        self._side.column.addWidget(self._arrival)
        self._side.column.addStretch(1)
        outer.addWidget(self._side)
        self._model.loaded.connect(self._counted)
        services.signals.sync_status.connect(self._heard)
        self._make_keys()
        self.retranslate()

    def shown(self) -> None:
        self._side.setFixedWidth(look().px(_SIDE))
        self._model.set_live(True)
        self._heard(self._services.courier.status)
        self._model.reload()
        self._road.reload()
        self._arrival.reload()
        self._table.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        self._model.set_live(False)
        super().hideEvent(event)

    def retry_all(self) -> None:
        """Let everything that is parked or put off go at once."""
        services = self._services
        who, now = services.who, services.clock()
        run(
            self,
            services,
            lambda db: sending.retry_all(db, who, now),
            lambda _: services.courier.wake(),
        )

    def back(self) -> bool:
        if self._road.limit_in_hand():
            self._table.setFocus()
            return True
        return False

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("↑ ↓", self.tr("Walk through what is on its way")),
            ("Enter", self.tr("Open the case")),
            ("R", self.tr("Retry this item")),
            ("Ctrl R", self.tr("Retry everything that failed")),
            ("K", self.tr("Ask what the centre holds of it")),
            ("P", self.tr("Pause the link, or let it run")),
            ("O", self.tr("Only facts, or everything")),
            ("L", self.tr("Limit for pages")),
            ("Y", self.tr("Send pages over a link that is paid by volume")),
            ("T", self.tr("Try now")),
            ("A", self.tr("Has everything arrived?")),
            ("Ctrl P", self.tr("Print the certificate of arrival")),
        ]

    def retranslate(self) -> None:
        self._heading.set_text(self.tr("On its way"))
        self._all_again.set_text(self.tr("Retry all"))
        self._empty.set_words(
            self.tr("Nothing on its way"),
            self.tr("What is submitted on this machine stands here, with how far it is on its way."),
        )
        for panel in (self._road, self._item, self._arrival):
            panel.retranslate()
        self._say_counts(self._model.counts())

    def _build_list(self) -> Card:
        card = Card(margins=0)
        head = QHBoxLayout()
        head.setContentsMargins(20, 12, 16, 8)
        head.setSpacing(10)
        self._heading, self._count = Text("", "heading"), Text("", "muted", elide=True)
        self._all_again = SecondaryButton("", "Ctrl R", "refresh-cw")
        self._all_again.clicked.connect(self.retry_all)
        head.addWidget(self._heading)
        head.addWidget(self._count, 1)
        head.addWidget(self._all_again)
        card.body.addLayout(head)
        self._table = SendingTable(self._model)
        self._table.chosen.connect(self._item.set_row)
        self._table.opened.connect(self._opened)
        self._empty = EmptyState("cloud-upload")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._empty)
        card.body.addWidget(self._stack, 1)
        return card

    def _make_keys(self) -> None:
        acts: tuple[tuple[str, Callable[[], None]], ...] = (
            ("R", self._item.retry),
            ("Ctrl+R", self.retry_all),
            ("K", self._item.ask_centre),
            ("P", lambda: self._road.turn_mode(LinkMode.PAUSED)),
            ("O", lambda: self._road.turn_mode(LinkMode.FACTS_ONLY)),
            ("L", self._road.focus_limit),
            ("Y", self._road.allow_pages),
            ("T", self._services.courier.wake),
            ("A", self._arrival.ask),
            ("Ctrl+P", self._arrival.print_it),
        )
        for key, act in acts:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _opened(self, row: SendingRow) -> None:
        if not row.topic:  # a record around the cases has no case of its own
            self.case_wanted.emit(row.application_id)

    def _heard(self, status: SyncStatus) -> None:
        if not self.isVisible():
            return
        self._model.set_status(status)
        self._road.set_status(status)
        self._item.set_status(status)

    def _counted(self, counts: SendingCounts) -> None:
        self._road.set_counts(counts)
        self._say_counts(counts)

    def _say_counts(self, counts: SendingCounts) -> None:
        self._stack.setCurrentWidget(self._table if counts.whole else self._empty)
        self._all_again.setVisible(bool(counts.parked + counts.failed))
        parts = (
            (counts.parked, self.tr("%n need(s) you", "", counts.parked)),
            (counts.failed, self.tr("%n failed, going again", "", counts.failed)),
            (counts.waiting + counts.pages, self.tr("%n under way", "", counts.waiting + counts.pages)),
            (counts.held, self.tr("%n held by the centre", "", counts.held)),
        )
        self._count.set_text(" · ".join(words for number, words in parts if number))
