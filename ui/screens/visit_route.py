"""Printing the route of one day or of several: phones stand whole on it, so it is audited by visit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from registration.errors import JilaiError
from registration.visits import Visit, VisitState
from storage import audit, visits
from ui.messages import language
from ui.run import aside, run
from ui.screens.visit_list import Known, stop
from ui.services import Services


def print_route(
    owner: QWidget,
    services: Services,
    known: Known,
    first: date,
    days: int,
    failed: Callable[[JilaiError], None],
) -> None:
    """Print what is to be gone on `days` days from `first`, in the order of the list."""
    last, tongue = first + timedelta(days=days - 1), language()
    who, now, printer = services.who, services.clock(), services.settings.value.a4_printer
    title = QCoreApplication.translate("Visits", "Route of home visits")

    def read(db: Any) -> list[Visit]:
        going = (VisitState.PLANNED, VisitState.UNDERWAY)
        found = [one for one in visits.of_days(db, first, last) if one.state in going]
        for one in found:
            audit.append(db, who, now, "personal_data_shown", one.id, {"on": "route_sheet"})
        return found

    def send(found: list[Visit]) -> None:
        from printing.route_sheet import Stop, render

        stops = [Stop(*stop(known, one)) for one in found]
        services.press.send(render(stops, language=tongue, printed_at=now), printer, title)

    def printed(found: list[Visit]) -> None:
        aside(owner, services.signals, lambda: send(found), None, failed)

    run(owner, services, read, printed, failed)
