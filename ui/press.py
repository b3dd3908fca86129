"""Printing as the screens use it: the receipt's renderers and the system's queue."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ui.services import Press

if TYPE_CHECKING:
    from printing.spool import Job, JobState, Printer
    from registration.receipt import Receipt


def bind_press(verify_url: Callable[[], str]) -> Press:
    """Return the press of this window; `verify_url` gives the page that a scanned code opens, or ""."""

    def a4(receipt: Receipt, language: str, copy_number: int) -> bytes:
        from printing import receipt_a4

        return receipt_a4.render(receipt, language=language, verify_url=verify_url(), copy_number=copy_number)

    def roll(receipt: Receipt, language: str, copy_number: int) -> bytes:
        from printing import receipt_roll

        return receipt_roll.render(
            receipt, language=language, verify_url=verify_url(), copy_number=copy_number
        )

    def printers() -> list[Printer]:
        from printing import spool

        return spool.printers()

    def send(pdf: bytes, printer: str, title: str) -> Job:
        from printing import spool

        return spool.print_pdf(pdf, printer, title)

    def state(job: Job) -> JobState:
        from printing import spool

        return spool.job_state(job)

    return Press(a4=a4, roll=roll, printers=printers, send=send, state=state)
