"""What the window has for work away from its desk: the battery is watched and saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    from ui.widgets.top_bar import TopBar


def prepare_for_the_field(window: MainWindow, services: Services, bar: TopBar) -> BatterySaving:
    """Watch the battery and whether a visit is under way, and have the key Ctrl+F9 on this window."""
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
    key = QShortcut(QKeySequence("Ctrl+F9"), window)
    key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    key.activated.connect(lambda: window.notify(saving.turn()))
    return saving
