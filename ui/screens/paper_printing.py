"""One paper on its way: put into the store's queue, and its news told until it has come out or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from registration.changes import Changes
from registration.errors import JilaiError, MachineError
from storage import print_queue
from storage.print_queue import PaperState, QueuedPaper, Wish
from ui.run import run

if TYPE_CHECKING:
    from ui.print_room import PaperNews
    from ui.services import Services

_ENDED = (PaperState.PRINTED, PaperState.FAILED, PaperState.UNKNOWN, PaperState.CANCELLED)


class PaperPrinting(QObject):
    """`send(wish)`; news: `moved(words)`, `printed(printer)`, `failed(JilaiError)`.

    A failure is only ever the paper's: the case stays what it is. What failed is tried again by the next
    `send` of the same document, and given up by that of another.
    """

    moved = Signal(str)
    printed = Signal(str)
    failed = Signal(object)

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._busy = False
        self._paper = ""  # the id in the queue of what is on its way
        self._left: QueuedPaper | None = None  # what did not come out
        services.signals.printing.connect(self._hear)

    def busy(self) -> bool:
        return self._busy

    def forget(self) -> None:
        """Another paper is in view: what did not come out of the last one stays in the queue."""
        self._left = None

    def send(self, wish: Wish) -> None:
        """Put a paper into the queue and have it printed."""
        if self._busy:
            return
        self._busy = True
        services, left = self._services, self._left
        who, now = services.who, services.clock()

        def queue(db: Any) -> tuple[Changes, QueuedPaper]:
            if left is not None and _same(left.wish, wish):
                return print_queue.retry(db, who, now, left.id, wish.id)
            if left is not None:
                print_queue.give_up(db, who, now, [left.id])
            return print_queue.queue_paper(db, who, now, wish)

        run(self, services, queue, self._queued, self._refused)

    def _queued(self, made: tuple[Changes, QueuedPaper]) -> None:
        self._left, self._paper = made[1], made[1].id
        self._services.print_room.wake()

    def _refused(self, error: JilaiError) -> None:
        self._busy = False
        self.failed.emit(error)

    def _hear(self, news: PaperNews) -> None:
        if news.paper_id != self._paper or not self._busy:
            return
        if news.state not in _ENDED:
            if news.words:
                self.moved.emit(f"{news.printer} · {news.words}")
            return
        self._busy, self._paper = False, ""
        if news.state is PaperState.PRINTED:
            self._left = None
            self.printed.emit(news.printer)
            return
        problem = news.problem
        if problem is None:
            problem = MachineError("print_failed", printer=news.printer, state=news.words).problem
        self.failed.emit(MachineError(problem.code, **problem.params))


def _same(left: Wish, wish: Wish) -> bool:
    return (left.document, left.paper, left.receipt_number, left.application_id, left.session_id) == (
        wish.document,
        wish.paper,
        wish.receipt_number,
        wish.application_id,
        wish.session_id,
    )
