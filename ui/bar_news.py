"""What the top bar is told while the window is open: who is on duty, how the link is, where pills lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from registration.changes import Changes
from ui.services import Services

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.widgets.top_bar import TopBar


class BarNews(QObject):
    """BarNews(window, services, bar): keeps the bar at what is so, for as long as the bar lives."""

    def __init__(self, window: MainWindow, services: Services, bar: TopBar) -> None:
        super().__init__(bar)
        self._services, self._bar = services, bar
        bar.lock_pressed.connect(window.lock_wanted)
        bar.link_pressed.connect(lambda: window.go("devices").open_tab("sending"))  # type: ignore[attr-defined]
        bar.battery_pressed.connect(lambda: window.go("ready"))
        bar.set_operator(services.who.operator_name)
        bar.set_status(services.courier.status)
        services.signals.sync_status.connect(bar.set_status)
        services.signals.changed.connect(self._changed)

    def _changed(self, changes: Changes) -> None:
        if changes.account:
            self._bar.set_operator(self._services.who.operator_name)
