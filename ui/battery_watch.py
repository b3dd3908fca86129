"""How the battery stands, looked at once a minute: said in the top bar, and aloud when it runs low."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from ui.readiness import Battery, battery
from ui.run import aside
from ui.signals import Signals
from ui.theme import Tone

if TYPE_CHECKING:
    from ui.battery_saving import BatterySaving
    from ui.main_window import MainWindow
    from ui.widgets.top_bar import TopBar

EVERY_MS = 60_000
LOW, VERY_LOW = 20, 10  # percent


class BatteryWatch(QObject):
    """`changed(Battery or None)` after each look; `low(percent)` once at 20 % and once at 10 %.

    On the mains the warnings are armed anew. `read` may block: it runs aside.
    """

    changed = Signal(object)
    low = Signal(int)

    def __init__(
        self,
        signals: Signals,
        read: Callable[[], Battery | None] = battery,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._signals, self._read = signals, read
        self._warned = 100
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        QTimer.singleShot(0, self, self.look)

    def look(self) -> None:
        """Look now; the answer comes by the signals."""
        aside(self, self._signals, self._read, self._arrived, lambda _: None)

    def _arrived(self, found: Battery | None) -> None:
        self.changed.emit(found)
        if found is None or found.charging:
            self._warned = 100
            return
        for mark in (VERY_LOW, LOW):
            if found.percent <= mark:
                if self._warned > mark:
                    self._warned = mark
                    self.low.emit(found.percent)
                return


def watch_battery(
    window: MainWindow,
    signals: Signals,
    bar: TopBar,
    saving: BatterySaving,
    read: Callable[[], Battery | None] = battery,
) -> BatteryWatch:
    """Keep the top bar at what the battery says, and warn over the window; it lives as long as the window."""
    watch = BatteryWatch(signals, read, window)

    def show_saving() -> None:
        found = saving.battery
        percent = None if found is None or found.charging else found.percent
        bar.set_battery(percent, saving=signals.saving)

    def show(found: Battery | None) -> None:
        saving.hear(found)
        show_saving()

    def warn(percent: int) -> None:
        said = QCoreApplication.translate(
            "Battery", "Battery at {percent} %: plug it in, or finish this case and close."
        )
        window.notify(said.format(percent=percent), Tone.AMBER)

    watch.changed.connect(show)
    signals.saving_changed.connect(show_saving)
    watch.low.connect(warn)
    return watch
