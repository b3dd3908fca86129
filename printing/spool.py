"""A paper on its way to the system's printers: CUPS, or Qt's print support where there is no CUPS."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from printing import cups_queue, raster
from printing.jobs import Job, JobState, Phase, Printer
from registration.errors import MachineError

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

__all__ = [
    "Job",
    "JobState",
    "Phase",
    "Printer",
    "follow",
    "forget",
    "job_state",
    "print_pdf",
    "printers",
    "require_printed",
]

_HANDED_OVER = 0  # the number of a job that the system does not let us ask about
_DPI = 300
_QT_ASKS_CUPS = sys.platform.startswith("linux")  # which did not answer us, and could hold Qt up for ever
_WIDEST_ROLL_MM = 100  # what is wider than tall and no taller than this is a short roll, not a page turned


def printers() -> list[Printer]:
    """Return the system's printers, the default one first; none is an empty list.

    Raises MachineError code printer_none where no print system runs.
    """
    try:
        return cups_queue.printers()
    except MachineError:
        found = _qt_printers()
        if not found:
            raise
        return found


def print_pdf(pdf: bytes, printer: str | Printer, title: str, *, copies: int = 1) -> Job:
    """Hand a PDF to a queue and return its job. The bytes go from memory to the queue, never to our disk.

    `title` is kept in the queue's history, so it must carry no personal data: a receipt number will do.
    Pages are printed at true size. Raises MachineError code printer_none without a print system,
    printer_refused where the queue says no.
    """
    name = printer.name if isinstance(printer, Printer) else printer
    try:
        return cups_queue.print_pdf(pdf, name, title, copies=copies)
    except MachineError as error:
        device = _qt_device(name) if error.code == "printer_none" else None
        if device is None:
            raise
    device.setDocName(title)
    device.setCopyCount(copies)
    if not _paint(pdf, device):
        raise MachineError("printer_refused", printer=name)
    return Job(name, _HANDED_OVER)


def job_state(job: Job) -> JobState:
    """Ask the queue where a job is. Raises MachineError code printer_none where no print system answers."""
    if job.number == _HANDED_OVER:
        return JobState(Phase.HANDED_OVER)
    return cups_queue.job_state(job)


def forget(job: Job) -> bool:
    """Cancel a job if it has not ended, and have the queue delete its copy of the paper; say if it did.

    A queue keeps documents for a day by default: readable papers on a disk that may be lost.
    """
    return job.number != _HANDED_OVER and cups_queue.forget(job)


def follow(
    job: Job,
    *,
    timeout: float = 120.0,
    poll: float = 0.25,
    on_change: Callable[[JobState], None] | None = None,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> JobState:
    """Ask until the job has ended or `timeout` seconds have passed; return its last state.

    `on_change` hears every new state, so that a window can say "out of paper" while it lasts. Blocks:
    not for the thread that draws. Raises MachineError code printer_none.
    """
    until = clock() + timeout
    last: JobState | None = None
    while True:
        state = job_state(job)
        if state != last and on_change is not None:
            on_change(state)
        last = state
        if state.ended or clock() >= until:
            return state
        sleep(poll)


def require_printed(job: Job, state: JobState, language: str = "zh") -> None:
    """Raise MachineError code print_failed, with the state in words, unless the queue says it was printed."""
    if not state.printed:
        raise MachineError("print_failed", printer=job.printer, state=state.say(language))


def _qt_printers() -> list[Printer]:
    """Return what Qt knows of printers by itself, where it does not ask CUPS for them."""
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    if QGuiApplication.instance() is None or _QT_ASKS_CUPS:
        return []
    default = QPrinterInfo.defaultPrinterName()
    found = [
        Printer(
            name=info.printerName(),
            description=info.description() or info.printerName(),
            location=info.location(),
            default=info.printerName() == default,
            ready=info.state() is not QPrinter.PrinterState.Error,
            reasons=(),
        )
        for info in QPrinterInfo.availablePrinters()
    ]
    return sorted(found, key=lambda printer: (not printer.default, printer.name))


def _qt_device(name: str) -> QPrinter | None:
    """Return Qt's device of a printer, or None where there is no such printer."""
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    if QGuiApplication.instance() is None or _QT_ASKS_CUPS:
        return None
    info = QPrinterInfo.printerInfo(name)
    return None if info.isNull() else QPrinter(info, QPrinter.PrinterMode.HighResolution)


def _paint(pdf: bytes, device: QPrinter) -> bool:
    """Paint the pages of a PDF at true size; say whether the device took them. Any thread may call it."""
    from PySide6.QtCore import QMarginsF, QRectF, QSizeF
    from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter

    painter = QPainter()
    for index, picture in enumerate(raster.each_picture(pdf, _DPI)):
        size = QSizeF(picture.width, picture.height) * (25.4 / _DPI)
        turned = size.width() > size.height() and size.height() > _WIDEST_ROLL_MM
        paper = QPageSize(
            size.transposed() if turned else size,
            QPageSize.Unit.Millimeter,
            "",
            QPageSize.SizeMatchPolicy.FuzzyMatch,
        )
        way = QPageLayout.Orientation.Landscape if turned else QPageLayout.Orientation.Portrait
        device.setPageLayout(QPageLayout(paper, way, QMarginsF()))
        device.setFullPage(True)
        if not (device.newPage() if index else painter.begin(device)):
            return False
        image = QImage(
            picture.pixels, picture.width, picture.height, 3 * picture.width, QImage.Format.Format_RGB888
        )
        dots = device.resolution() / _DPI
        painter.drawImage(QRectF(0, 0, picture.width * dots, picture.height * dots), image)
    return painter.end()
