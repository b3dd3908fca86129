"""The evening's papers over the home screen: all receipts in one go, the closing sheet, what is left."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from registration.changes import Changes
from registration.errors import JilaiError
from registration.session import Session
from storage import print_queue, session_papers
from storage.print_queue import BatchFigures, PaperState, QueuedPaper, Wish
from storage.session_papers import IssuedReceipt
from ui.document_titles import document_title
from ui.messages import language
from ui.papers import CLOSING_SHEET, session_facts
from ui.run import read_aside, run
from ui.theme import Tone
from ui.widgets import (
    InlineProblem,
    PrimaryButton,
    QuietButton,
    SecondaryButton,
    Segmented,
    Sheet,
    Text,
)
from ui.widgets.layouts import clear

if TYPE_CHECKING:
    from ui.print_room import PaperNews
    from ui.services import Services

_SHOWN = 5  # of the papers that were not printed; the rest is counted
Loaded = tuple[list[IssuedReceipt], list[QueuedPaper], BatchFigures, Wish, int]


class PrintDesk(QWidget):
    """PrintDesk(services, session): it follows the queue; `batch_ended()` once all papers of one have."""

    batch_ended = Signal()

    def __init__(self, services: Services, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._session = services, session
        self._batch = ""
        self._issued: list[IssuedReceipt] = []
        self._left: list[QueuedPaper] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.count = Text("", wrap=True)
        self.paper = Segmented([("a4", self.tr("A4")), ("roll", self.tr("Roll"))])
        self.paper.setAccessibleName(self.tr("Paper"))
        self.go = PrimaryButton("", "Enter", "printer")
        self.cancel = SecondaryButton(self.tr("Cancel the rest"))
        self.closing = SecondaryButton(self.tr("Closing sheet"), icon="printer")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.said = Text("", "muted", wrap=True)
        self.problem = InlineProblem()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.paper)
        row.addWidget(self.go, 1)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self.closing)
        below.addStretch(1)
        below.addWidget(self.cancel)
        self._unprinted = QVBoxLayout()
        self._unprinted.setSpacing(6)
        for widget in (self.count, self.progress, self.said, self.problem):
            column.addWidget(widget)
        column.addLayout(row)
        column.addLayout(below)
        column.addLayout(self._unprinted)
        self.go.setEnabled(False)  # until the evening has been read
        self.progress.hide()
        self.cancel.hide()
        self.go.clicked.connect(self.print_all)
        self.cancel.clicked.connect(self.cancel_rest)
        self.closing.clicked.connect(self.print_closing_sheet)
        services.signals.changed.connect(self._changed)
        services.signals.printing.connect(self._hear)
        self._reload()

    def print_all(self) -> None:
        """Put every receipt of the session that nobody has in hand into the queue, as one batch."""
        services = self._services
        numbers = [entry for entry in self._issued if not entry.printed and not entry.queued]
        if not numbers:
            return
        self._batch = services.new_id()
        self.problem.clear()
        who, now, tongue = services.who, services.clock(), language()
        second = services.settings.value.second_labels
        wishes = [
            Wish(
                id=services.new_id(),
                document=print_queue.RECEIPT,
                paper=self.paper.value(),
                application_id=entry.application_id,
                receipt_number=entry.number,
                batch_id=self._batch,
                language=tongue,
                second=second,
            )
            for entry in numbers
        ]
        run(
            self,
            services,
            lambda db: print_queue.queue_batch(db, who, now, wishes),
            lambda _: services.print_room.wake(),
            self._failed,
        )

    def cancel_rest(self) -> None:
        """Take what has not been handed over out of the queue, and the rest back from the printer."""
        services, batch = self._services, self._batch
        who, now = services.who, services.clock()

        def cancel(db: Any) -> tuple[Changes, list[str]]:
            changes = print_queue.cancel_batch(db, who, now, batch)
            under_way = print_queue.papers(db, PaperState.SENDING, PaperState.SENT, batch_id=batch)
            return changes, [paper.id for paper in under_way]

        run(self, services, cancel, lambda made: services.print_room.cancel(made[1]), self._failed)

    def print_closing_sheet(self) -> None:
        """Print the closing sheet as the figures stand now."""
        services, session = self._services, self._session
        now, who, tongue = services.clock(), services.who, language()

        def queue(db: Any) -> tuple[Changes, QueuedPaper]:
            wish = Wish(
                id=services.new_id(),
                document=CLOSING_SHEET,
                session_id=session.id,
                language=tongue,
                second=services.settings.value.second_labels,
                facts=session_facts(db, session.id, now=now),
                reason=self.tr("The figures have changed"),
            )
            return print_queue.queue_paper(db, who, now, wish)

        run(self, services, queue, lambda _: services.print_room.wake(), self._failed)

    def print_again(self, paper: QueuedPaper) -> None:
        """Try a paper again that did not come out, or may not have."""
        services = self._services
        who, now, fresh = services.who, services.clock(), services.new_id()
        run(
            self,
            services,
            lambda db: print_queue.retry(db, who, now, paper.id, fresh),
            lambda _: services.print_room.wake(),
            self._failed,
        )

    def give_up(self, paper: QueuedPaper) -> None:
        """Take a paper that did not come out off the list."""
        services = self._services
        who, now = services.who, services.clock()
        run(
            self,
            services,
            lambda db: print_queue.give_up(db, who, now, [paper.id]),
            on_failed=self._failed,
            last_resort=True,  # a session closes on a full disk, and not over a paper that is left
        )

    def _changed(self, changes: Changes) -> None:
        if changes.receipts:
            self._reload()

    def _reload(self) -> None:
        session, batch = self._session.id, self._batch

        def read(db: Any) -> tuple[list[IssuedReceipt], list[QueuedPaper], BatchFigures]:
            left = print_queue.papers(db, PaperState.FAILED, PaperState.UNKNOWN)
            return session_papers.issued(db, session), left, print_queue.batch_figures(db, batch)

        read_aside(self, self._services, read, partial(self._show, batch))

    def _show(self, batch: str, found: tuple[list[IssuedReceipt], list[QueuedPaper], BatchFigures]) -> None:
        if batch != self._batch:
            return
        self._issued, self._left, figures = found
        printed = sum(entry.printed for entry in self._issued)
        ready = sum(not entry.printed and not entry.queued for entry in self._issued)
        self.count.set_text(
            self.tr("{n} receipts tonight, {printed} of them printed").format(
                n=len(self._issued), printed=printed
            )
        )
        running = bool(figures.papers) and not figures.ended
        self.go.set_text(self.tr("Print %n receipt(s)", "", ready))
        self.go.setEnabled(bool(ready) and not running)
        self.paper.setEnabled(not running)
        self.cancel.setVisible(running)
        self.progress.setVisible(bool(figures.papers))
        if figures.papers:
            self.progress.setRange(0, figures.papers)
            self.progress.setValue(figures.papers - figures.waiting - figures.under_way)
            said = self.tr("{printed} of {papers} printed").format(
                printed=figures.printed, papers=figures.papers
            )
            if figures.cancelled:
                said += " · " + self.tr("%n cancelled", "", figures.cancelled)
            self.said.set_text(said)
            if figures.ended:
                self.batch_ended.emit()
        self._list_left()

    def _list_left(self) -> None:
        clear(self._unprinted)
        if not self._left:
            return
        self._unprinted.addWidget(Text(self.tr("Not printed · %n", "", len(self._left)), "strong"))
        for paper in self._left[:_SHOWN]:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            name = paper.wish.receipt_number or document_title(paper.wish.document)
            row.addWidget(Text(f"{name} · {self._why(paper)}", "small", elide=True), 1)
            again, drop = QuietButton(self.tr("Try again")), QuietButton(self.tr("Give up"))
            again.clicked.connect(partial(self.print_again, paper))
            drop.clicked.connect(partial(self.give_up, paper))
            row.addWidget(again)
            row.addWidget(drop)
            self._unprinted.addWidget(line)

    def _why(self, paper: QueuedPaper) -> str:
        if paper.state is PaperState.UNKNOWN:
            return self.tr("may have come out; look before printing again")
        if paper.result == "interrupted":
            return self.tr("the program ended before it was printed")
        return self.tr("did not come out")

    def _hear(self, news: PaperNews) -> None:
        if news.problem is not None:
            self.problem.show_problem(news.problem, tone=Tone.AMBER)
        elif news.words and news.batch_id == self._batch:
            self.said.set_text(f"{news.printer} · {news.words}")

    def _failed(self, error: JilaiError) -> None:
        self.problem.show_problem(error)


def open_print_desk(host: QWidget, services: Services, session: Session) -> Sheet:
    """Open the evening's papers over `host`; printing goes on when the sheet is closed."""
    sheet = Sheet(host, QCoreApplication.translate("PrintDesk", "Tonight's papers"), width=620)
    desk = PrintDesk(services, session)
    sheet.body.addWidget(desk)
    done = SecondaryButton(QCoreApplication.translate("PrintDesk", "Close"), "Esc")
    done.clicked.connect(sheet.close_sheet)
    sheet.buttons.addWidget(done)
    sheet.open()
    desk.go.setFocus()
    return sheet
