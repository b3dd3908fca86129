"""What screens wish, as signals, and where the window goes for each; a screen has those that it needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import SignalInstance

from ui.line_intake import call_by_space, take_in_slip

if TYPE_CHECKING:
    from registration.visits import Visit
    from ui.main_window import MainWindow
    from ui.services import Services
    from ui.widgets import Screen


def connect_wishes(window: MainWindow, services: Services, screen: Screen) -> None:
    """Connect every wish that a screen has to the window's way of granting it. The resident follows."""
    if hasattr(screen, "case_taken"):
        from ui.resident.room import room_of  # not before there is an intake

        room_of(window, services).follow(screen)  # type: ignore[arg-type]
    if hasattr(screen, "next_requested"):  # the receipt: the next number is called from there
        call_by_space(window, screen)
    for signal, act in _ways(window, services).items():
        wish = getattr(screen, signal, None)
        if isinstance(wish, SignalInstance):  # what only has its name is the screen's own
            wish.connect(act)


def turn_round(window: MainWindow, services: Services) -> None:
    """Turn the laptop to the resident, or back."""
    from ui.resident.room import room_of

    room_of(window, services).turn()


def _open_visit(window: MainWindow, services: Services, visit_id: str) -> None:
    """Open the visits, and on them this one's day."""
    from storage import visits
    from ui.run import read_aside

    screen: Any = window.go("visits")

    def found(visit: Visit | None) -> None:
        if visit is not None and visit.booking.day:
            screen.show_visit(visit.id, date.fromisoformat(visit.booking.day))

    if visit_id:
        read_aside(window, services, lambda db: visits.visit(db, visit_id), found)


def _ways(window: MainWindow, services: Services) -> dict[str, Callable[..., Any]]:
    """Return signal -> act. Screens are asked for by name, so they are typed no closer than that."""

    def of(place: str) -> Any:
        return window.go(place)

    def take_in(booking: Any) -> None:
        from ui.visit_intake import take_in  # not before there is an intake

        take_in(window, booking)

    return {
        "intake_wanted": window.new_intake,
        "intake_requested": window.new_intake,
        "next_requested": window.new_intake,
        "draft_wanted": window.open_draft,
        "case_wanted": window.open_case,
        "case_requested": window.open_case,
        "receipt_wanted": lambda receipt: window.show_receipt(receipt, fresh=False),
        "submitted": lambda receipt: window.show_receipt(receipt, fresh=True),
        "ready_wanted": lambda: of("ready"),
        "papers_wanted": lambda case: of("papers").show_papers(case),
        "handover_wanted": lambda compound: of("handover").show_compound(compound),
        "conflict_wanted": lambda case: of("conflict").show_case(case),
        "file_wanted": lambda compound: of("ledger").open_tab("file").show_compound(compound),
        "said": window.notify,
        "corrections_wanted": lambda: of("corrections"),
        "visit_wanted": lambda visit: _open_visit(window, services, visit),
        "queue_wanted": lambda: of("queue"),
        "about_wanted": lambda: of("about"),
        "sending_wanted": lambda: of("devices").open_tab("sending"),
        "session_changed": window.show_session,
        "reminded": window.show_due,
        "calendar_wanted": lambda: of("plans"),
        "plan_wanted": lambda planned: of("tonight").open_planned(planned),
        "closing_wanted": lambda: of("closing"),
        "closed": lambda: of("tonight"),
        "visit_intake_wanted": take_in,
        "slip_wanted": lambda slip: take_in_slip(window, services, slip),
        "left": window.go_back,
    }
