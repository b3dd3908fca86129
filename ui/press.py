"""The printers as the window uses them: the system's queue, and receipt printers on a cable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.services import Press

if TYPE_CHECKING:
    from printing.spool import Job, JobState, Printer


def bind_press() -> Press:
    """Return the press of this window. What it needs of the printing room is loaded with its first use."""

    def printers() -> list[Printer]:
        from printing import spool

        return spool.printers()

    def send(pdf: bytes, printer: str, title: str) -> Job:
        from printing import spool

        return spool.print_pdf(pdf, printer, title)

    def state(job: Job) -> JobState:
        from printing import spool

        return spool.job_state(job)

    def forget(job: Job) -> bool:
        from printing import spool

        return spool.forget(job)

    def thermal(commands: bytes, address: str, language: str) -> None:
        from printing import receipt_printer

        receipt_printer.print_receipt(commands, address, language=language)

    return Press(printers=printers, send=send, state=state, forget=forget, thermal=thermal)
