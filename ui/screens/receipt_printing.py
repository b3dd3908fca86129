"""One copy on its way to paper: the printer chosen, the job followed to its end, the end recorded."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from registration.errors import JilaiError, MachineError
from registration.receipt import Receipt
from storage import operations
from ui.messages import language
from ui.run import aside, run

if TYPE_CHECKING:
    from printing.spool import Job, JobState, Printer
    from ui.services import Services

_LOOK_EVERY_MS = 700
_LOOKS = 170  # two minutes; then the queue's last word is what is recorded


class ReceiptPrinting(QObject):
    """`send(receipt, pdf, paper)`; news: `moved(words)`, `printed(printer)`, `failed(JilaiError)`.

    A failure is only ever the paper's: the case is submitted, and its receipt can be printed again.
    """

    moved = Signal(str)
    printed = Signal(str)
    failed = Signal(object)

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._busy = False

    def busy(self) -> bool:
        return self._busy

    def send(self, receipt: Receipt, pdf: bytes, paper: str) -> None:
        """Hand a PDF to the printer kept for this paper ("a4" or "roll"), or to the system's own."""
        if self._busy:
            return
        self._busy = True
        press, chosen = self._services.press, self._services.settings.value
        wanted = chosen.a4_printer if paper == "a4" else chosen.roll_printer

        def work() -> Job:
            return press.send(pdf, _choose(press.printers(), wanted), receipt.number)

        aside(
            self,
            self._services.signals,
            work,
            lambda job: self._look(receipt, paper, job, 0),
            lambda error: self._end(receipt, paper, "", error.code, error),
        )

    def _look(self, receipt: Receipt, paper: str, job: Job, looks: int) -> None:
        press = self._services.press
        aside(
            self,
            self._services.signals,
            lambda: press.state(job),
            lambda state: self._judge(receipt, paper, job, state, looks),
            lambda error: self._end(receipt, paper, _name(job), error.code, error),
        )

    def _judge(self, receipt: Receipt, paper: str, job: Job, state: JobState, looks: int) -> None:
        if state.printed:
            self._end(receipt, paper, _name(job), state.phase.value, None)
            self.printed.emit(job.printer)
        elif state.ended or looks >= _LOOKS:
            words = state.say(language())
            error = MachineError("print_failed", printer=job.printer, state=words)
            self._end(receipt, paper, _name(job), state.phase.value, error)
        else:
            self.moved.emit(f"{job.printer} · {state.say(language())}")
            QTimer.singleShot(_LOOK_EVERY_MS, self, partial(self._look, receipt, paper, job, looks + 1))

    def _end(self, receipt: Receipt, paper: str, job: str, result: str, error: JilaiError | None) -> None:
        self._busy = False
        who, now = self._services.who, self._services.clock()
        run(
            self,
            self._services,
            lambda db: operations.record_print(
                db, who, now, receipt_number=receipt.number, paper=paper, job=job, result=result
            ),
        )
        if error is not None:
            self.failed.emit(error)


def _choose(found: list[Printer], wanted: str) -> str:
    """Return the wanted printer where the system has it, else the default, else the first."""
    names = [printer.name for printer in found]
    if not names:
        raise MachineError("printer_none")
    default = next((printer.name for printer in found if printer.default), names[0])
    return wanted if wanted in names else default


def _name(job: Job) -> str:
    return f"{job.printer}-{job.number}"
