"""The thread that brings papers to the printer, one after the other, and follows each to its end.

Nothing waits for it: a submission is done before its paper is asked for, and what is not printed when the
program ends is in the store's queue at the next start.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from printing.jobs import Job, JobState, Phase, Printer
from registration.errors import JilaiError, MachineError, Problem
from storage import print_queue
from storage.print_queue import PaperState, QueuedPaper
from ui.papers import PaperMaker, title_of
from ui.press import bind_press
from ui.settings import Preferences

if TYPE_CHECKING:
    from registration.receipt import Receipt
    from storage.database import Store
    from storage.pages import PageFiles
    from ui.services import Press
    from ui.settings import Settings
    from ui.signals import Signals

_log = logging.getLogger(__name__)
_LOOK_EVERY_SECONDS = 0.4
_AT_ONCE = 4  # papers in the print system's hands: enough to keep a printer busy, few enough to cancel
_ENDS = {
    Phase.PRINTED: PaperState.PRINTED,
    Phase.CANCELLED: PaperState.CANCELLED,
    Phase.FAILED: PaperState.FAILED,
    Phase.UNKNOWN: PaperState.UNKNOWN,
    Phase.HANDED_OVER: PaperState.UNKNOWN,
}
_STANDS_STILL = ("printer_none", "printer_refused", "print_failed", "print_unfinished")


@dataclass(frozen=True)
class PaperNews:
    """How a paper fares. `words` are the print system's meanwhile, `problem` is why it did not come out."""

    paper_id: str
    batch_id: str
    state: PaperState
    printer: str = ""
    words: str = ""
    problem: Problem | None = None


class PrintRoom:
    """`wake()` when papers were put into the queue; `tell(PaperNews)` is called on this thread."""

    def __init__(
        self,
        store: Store,
        maker: PaperMaker,
        press: Press,
        preferences: Callable[[], Preferences],
        clock: Callable[[], datetime],
        tell: Callable[[PaperNews], None],
    ) -> None:
        self.maker = maker
        self._store, self._press = store, press
        self._preferences, self._clock, self._tell = preferences, clock, tell
        self._event = threading.Event()
        self._stopping = False
        self._stands_still = (
            False  # the printer takes nothing: what waits goes on waiting until a person acts
        )
        self._under_way: list[QueuedPaper] = []
        self._told: dict[str, JobState] = {}
        self._cancelled: set[str] = set()
        self._thread = threading.Thread(target=self._work, name="printing", daemon=True)

    def start(self) -> None:
        """Begin: what an earlier program handed over is followed on, what it did not is left to a person."""
        self._store.write(lambda db: print_queue.recover(db, self._clock())).result()
        self._under_way = self._store.read(lambda db: print_queue.papers(db, PaperState.SENT))
        self._thread.start()
        self.wake()

    def wake(self) -> None:
        """Look at the queue now; a printer that took nothing is tried again."""
        self._stands_still = False
        self._event.set()

    def cancel(self, paper_ids: Sequence[str]) -> None:
        """Take papers back from the print system, as far as they have not come out."""
        self._cancelled.update(paper_ids)
        self._event.set()

    def stop(self, timeout: float = 10.0) -> None:
        """End after the paper in hand; what the print system has is followed on at the next start."""
        self._stopping = True
        self._event.set()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def _work(self) -> None:
        while not self._stopping:
            self._event.wait(_LOOK_EVERY_SECONDS if self._under_way else None)
            self._event.clear()
            try:
                self._round()
            except JilaiError as error:  # the store has said no: a person hears of it where they work
                _log.error("printing: %s", error.code)
                self._stands_still = True

    def _round(self) -> None:
        for paper in list(self._under_way):
            if self._stopping:
                return
            self._follow(paper)
        while not self._stopping and not self._stands_still and len(self._under_way) < _AT_ONCE:
            claimed = self._store.write(lambda db: print_queue.claim(db, self._clock())).result()[1]
            if claimed is None:
                return
            self._hand_over(claimed)

    def _hand_over(self, paper: QueuedPaper) -> None:
        wish, preferences = paper.wish, self._preferences()
        thermal = preferences.roll_address if wish.paper == "roll" else ""
        self._say(paper, PaperState.SENDING)
        try:
            if thermal:
                commands = self.maker.roll_commands(wish, paper.copy_number, paper.operator_name)
                self._press.thermal(commands, thermal, preferences.language)
                self._settle(paper, PaperState.PRINTED, Phase.PRINTED.value, thermal)
                return
            pdf = self.maker.make(wish, paper.copy_number, paper.operator_name)
            wanted = preferences.a4_printer if wish.paper == "a4" else preferences.roll_printer
            job = self._press.send(pdf, choose(self._press.printers(), wanted), title_of(wish))
        except JilaiError as error:
            lost = error.code == "print_unfinished"
            self._stands_still = error.code in _STANDS_STILL
            state = PaperState.UNKNOWN if lost else PaperState.FAILED
            self._settle(paper, state, error.code, problem=error.problem)
        except Exception as error:
            _log.exception("a paper could not be made: %s", type(error).__name__)
            self._settle(paper, PaperState.FAILED, "bug", problem=Problem("bug"))
        else:
            self._store.write(
                lambda db: print_queue.mark_sent(db, self._clock(), paper.id, job.printer, job.number)
            ).result()
            sent = self._store.read(lambda db: print_queue.papers(db, PaperState.SENT))
            self._under_way += [entry for entry in sent if entry.id == paper.id]

    def _follow(self, paper: QueuedPaper) -> None:
        job = Job(paper.printer, paper.job)
        try:
            state = self._press.state(job)
        except MachineError:
            return  # the print system is away: its word comes when it is back
        if state.ended:
            self._end(paper, job, state)
        elif paper.id in self._cancelled:
            self._press.forget(job)
            # What stands in a queue has not come out; of what is being printed nobody knows.
            ended = PaperState.UNKNOWN if state.phase is Phase.PRINTING else PaperState.CANCELLED
            self._done(paper)
            self._settle(paper, ended, "cancelled", paper.printer)
        elif state != self._told.get(paper.id):
            self._told[paper.id] = state
            self._say(paper, PaperState.SENT, paper.printer, state.say(self._preferences().language))

    def _end(self, paper: QueuedPaper, job: Job, state: JobState) -> None:
        language = self._preferences().language
        problem = None
        if not state.printed:
            params = {"printer": job.printer, "state": state.say(language)}
            problem = Problem("print_failed", "", params)
        self._done(paper)
        self._settle(paper, _ENDS[state.phase], state.phase.value, job.printer, problem)
        self._press.forget(job)  # the print system's own copy of the paper is readable

    def _done(self, paper: QueuedPaper) -> None:
        self._under_way = [entry for entry in self._under_way if entry.id != paper.id]
        self._told.pop(paper.id, None)
        self._cancelled.discard(paper.id)

    def _settle(
        self,
        paper: QueuedPaper,
        state: PaperState,
        result: str,
        printer: str = "",
        problem: Problem | None = None,
    ) -> None:
        self._store.write(lambda db: print_queue.settle(db, self._clock(), paper.id, state, result)).result()
        self._say(paper, state, printer, problem=problem)

    def _say(
        self,
        paper: QueuedPaper,
        state: PaperState,
        printer: str = "",
        words: str = "",
        problem: Problem | None = None,
    ) -> None:
        self._tell(PaperNews(paper.id, paper.wish.batch_id, state, printer, words, problem))


def open_print_room(
    store: Store,
    pages: PageFiles,
    settings: Settings,
    signals: Signals,
    clock: Callable[[], datetime],
    *,
    verify_url: Callable[[], str],
    sign_copy: Callable[[Receipt, int, bool], str],
) -> PrintRoom:
    """Return a room that works on this store's queue, started; its news are `signals.printing`."""

    def preferences() -> Preferences:
        return settings.value

    maker = PaperMaker(store, pages, verify_url, sign_copy, preferences)
    room = PrintRoom(store, maker, bind_press(), preferences, clock, signals.printing.emit)
    room.start()
    return room


def choose(found: Sequence[Printer], wanted: str) -> str:
    """Return the wanted printer where the system has it, else the default, else the first.

    MachineError printer_none where there is none.
    """
    names = [printer.name for printer in found]
    if not names:
        raise MachineError("printer_none")
    default = next((printer.name for printer in found if printer.default), names[0])
    return wanted if wanted in names else default
