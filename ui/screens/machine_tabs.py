"""The pages of the machine's place, in the order of their tabs; each is imported when it is first needed."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from ui.screens.hub import Tab
from ui.services import Services
from ui.widgets import Screen


def _machine(services: Services) -> Screen:
    from ui.screens.devices import DevicesScreen

    return DevicesScreen(services)


def _sending(services: Services) -> Screen:
    from ui.screens.sending import SendingScreen

    return SendingScreen(services)


def _packages(services: Services) -> Screen:
    from ui.screens.packages import PackagesScreen

    return PackagesScreen(services)


def _copies(services: Services) -> Screen:
    from ui.screens.copies import CopiesScreen

    return CopiesScreen(services)


def _records(services: Services) -> Screen:
    from ui.screens.records import RecordsScreen

    return RecordsScreen(services)


def _people(services: Services) -> Screen:
    from ui.screens.people import PeopleScreen

    return PeopleScreen(services)


TABS: tuple[Tab, ...] = (
    Tab("machine", str(QT_TRANSLATE_NOOP("MachineTabs", "This machine")), _machine),
    Tab("sending", str(QT_TRANSLATE_NOOP("MachineTabs", "Sending")), _sending),
    Tab("packages", str(QT_TRANSLATE_NOOP("MachineTabs", "Sealed packages")), _packages),
    Tab("copies", str(QT_TRANSLATE_NOOP("MachineTabs", "Copies")), _copies),
    Tab("records", str(QT_TRANSLATE_NOOP("MachineTabs", "Records")), _records),
    Tab("people", str(QT_TRANSLATE_NOOP("MachineTabs", "People")), _people),
)
