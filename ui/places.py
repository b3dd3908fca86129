"""The places of the window and what makes their screens; each is imported when it is first needed."""

from __future__ import annotations

from ui.services import Services
from ui.widgets import Screen

PLACES = (
    ("tonight", "house"),
    ("intake", "plus"),
    ("queue", "list"),
    ("table", "building-2"),
    ("visits", "map-pin"),
    ("ledger", "clipboard-list"),
    ("devices", "settings"),
)
"""The rail from the top: a place and its icon. Other places have no button there."""


def make_screen(place: str, services: Services) -> Screen:
    """Return a new screen for a place. KeyError for a place that is none."""
    match place:
        case "tonight":
            from ui.screens.tonight import TonightScreen

            return TonightScreen(services)
        case "intake":
            from ui.intake.screen import IntakeScreen

            return IntakeScreen(services)
        case "queue":
            from ui.screens.queue import QueueScreen

            return QueueScreen(services)
        case "table":
            from ui.screens.building_table import BuildingTableScreen

            return BuildingTableScreen(services)
        case "visits":
            from ui.screens.visits import VisitsScreen

            return VisitsScreen(services)
        case "devices":
            from ui.screens import machine_tabs
            from ui.screens.hub import HubScreen

            return HubScreen(services, machine_tabs.TABS, "MachineTabs")
        case "ledger":
            from ui.screens import ledger_tabs
            from ui.screens.hub import HubScreen

            return HubScreen(services, ledger_tabs.TABS, "LedgerTabs")
        case "ready":
            from ui.screens.ready_check import ReadyCheckScreen

            return ReadyCheckScreen(services)
        case "receipt":
            from ui.screens.receipt import ReceiptScreen

            return ReceiptScreen(services)
        case "papers":
            from ui.screens.papers import PapersScreen

            return PapersScreen(services)
        case "closing":
            from ui.screens.closing import ClosingScreen

            return ClosingScreen(services)
        case "plans":
            from ui.screens.plans import PlansScreen

            return PlansScreen(services)
        case "line":
            from ui.screens.line import LineScreen

            return LineScreen(services)
        case "about":
            from ui.screens.about import AboutScreen

            return AboutScreen(services)
        case "conflict":
            from ui.screens.conflict import ConflictScreen

            return ConflictScreen(services)
        case "corrections":
            from ui.screens.corrections import CorrectionsScreen

            return CorrectionsScreen(services)
        case "handover":
            from ui.screens.handover import HandoverScreen

            return HandoverScreen(services)
        case _:
            raise KeyError(place)
