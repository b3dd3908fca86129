"""What the window has for work away from its desk: the battery saved, and the tablet layout."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from registration.changes import Changes
from registration.facts import Topic
from registration.visits import Visit
from storage import visits
from ui.battery_saving import BatterySaving
from ui.battery_watch import watch_battery
from ui.run import read_aside
from ui.services import Services

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.screens.visits import VisitsScreen
    from ui.widgets.top_bar import TopBar


def prepare_for_the_field(window: MainWindow, services: Services, bar: TopBar) -> BatterySaving:
    """Watch the battery and whether a visit is under way, and have Ctrl+F9 and Ctrl+F10 on this window."""
    saving = BatterySaving(services.signals, window)
    watch_battery(window, services.signals, bar, saving)

    def arrived(visit: Visit | None) -> None:
        saving.set_visit(visit is not None)

    def look() -> None:
        read_aside(window, services, visits.underway, arrived)

    def changed(changes: Changes) -> None:
        if Topic.VISIT.value in changes.topics:
            look()

    look()
    services.signals.changed.connect(changed)

    def turn_tablet() -> None:
        screen = cast("VisitsScreen", window.screen_of("visits"))
        screen.set_tablet(not screen.tablet.on)

    for chord, act in (("Ctrl+F9", lambda: window.notify(saving.turn())), ("Ctrl+F10", turn_tablet)):
        key = QShortcut(QKeySequence(chord), window)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(act)
    return saving
