"""A queue slip onto the roll, off the main thread; the queue goes on whether or not it comes out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from registration.errors import JilaiError
from ui.messages import language
from ui.run import aside

if TYPE_CHECKING:
    from printing.queue_slip import QueueSlip
    from ui.services import Services


def print_slip(
    owner: QObject, services: Services, slip: QueueSlip, failed: Callable[[JilaiError], None]
) -> None:
    """Bring a slip to the receipt printer, or to the roll printer that the machine knows."""
    preferences, tongue = services.settings.value, language()
    title = QCoreApplication.translate("Line", "Queue slip {number}").format(number=slip.number)

    def work() -> None:
        from printing import escpos
        from printing.queue_slip import render
        from ui.print_room import choose

        pdf = render(slip, width_mm=preferences.roll_width, language=tongue)
        if preferences.roll_address:
            commands = escpos.encode(pdf, preferences.roll_width)
            services.press.thermal(commands, preferences.roll_address, tongue)
            return
        services.press.send(pdf, choose(services.press.printers(), preferences.roll_printer), title)

    aside(owner, services.signals, work, None, failed)
