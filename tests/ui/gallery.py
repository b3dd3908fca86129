"""Every view of the window by its name: places, tabs, steps, sheets; new ones come by themselves."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from tests.driving import tend, wait_until
from tests.storage.evening import COMPOUND, Evening
from ui import places
from ui.intake.screen import IntakeScreen
from ui.intake.steps import Step
from ui.main_window import MainWindow
from ui.screens import ledger_tabs, machine_tabs
from ui.screens.hub import HubScreen, Tab
from ui.screens.receipt import ReceiptScreen
from ui.widgets import Screen

HUBS: dict[str, tuple[Tab, ...]] = {"devices": machine_tabs.TABS, "ledger": ledger_tabs.TABS}


def places_made() -> tuple[str, ...]:
    """Return the places that `ui.places.make_screen` can make, in its own order."""
    tree = ast.parse(inspect.getsource(places.make_screen))
    return tuple(
        node.pattern.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.match_case)
        and isinstance(node.pattern, ast.MatchValue)
        and isinstance(node.pattern.value, ast.Constant)
        and isinstance(node.pattern.value.value, str)
    )


def names() -> tuple[str, ...]:
    """Return the names of all views: "tonight", "devices:copies", "intake:fees", "keys"."""
    found: list[str] = []
    for place in places_made():
        if place in HUBS:
            found += [f"{place}:{tab.key}" for tab in HUBS[place]]
        elif place == "intake":
            found += [f"{place}:{step}" for step in Step]
        else:
            found.append(place)
    return (*found, "keys")


def open_view(window: MainWindow, evening: Evening, name: str) -> QWidget:
    """Turn to a view as a person would see it, with something in it; return the widget that holds it."""
    place, _, part = name.partition(":")
    if place == "keys":
        window.go("queue")
        window._show_keys()
        tend(0.1)
        sheets = [w for w in window.window().findChildren(QWidget) if type(w).__name__ == "Sheet"]
        return sheets[-1]
    screen = _SPECIAL[place](window, evening) if place in _SPECIAL else window.go(place)
    if isinstance(screen, IntakeScreen):
        wait_until(lambda: screen.case() is not None, "the intake's case")
        screen.go(Step(part))
    elif isinstance(screen, HubScreen):
        screen.open_tab(part)
    tend(0.35)
    return screen


def _intake(window: MainWindow, _: Evening) -> Screen:
    wait_until(lambda: window.screen_of("tonight").session() is not None, "the open session")  # type: ignore[attr-defined]
    window.new_intake(COMPOUND["households"][6]["id"])
    return window.screen_of("intake")


def _receipt(window: MainWindow, evening: Evening) -> Screen:
    from storage import receipts

    row = evening.store.read(lambda db: db.conn.execute("SELECT application_id FROM receipts").fetchone())
    found = evening.store.read(lambda db: receipts.receipt_for_application(db, row[0]))
    assert found is not None
    window.show_receipt(found, fresh=True)
    screen = window.screen_of("receipt")
    assert isinstance(screen, ReceiptScreen)
    wait_until(screen.pdf, "the receipt on paper")
    return screen


def _queue(window: MainWindow, evening: Evening) -> Screen:
    row = evening.store.read(lambda db: db.conn.execute("SELECT application_id FROM receipts").fetchone())
    window.open_case(row[0])
    return window.screen_of("queue")


_SPECIAL: dict[str, Callable[[MainWindow, Evening], Screen]] = {
    "intake": _intake,
    "receipt": _receipt,
    "queue": _queue,
}
