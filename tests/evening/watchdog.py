"""Watches the event loop: how long the window did not answer, as a person at the keys would feel it."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Qt, QTimer

BEAT = 0.005
"""Seconds between two beats; what a beat is late by, the window stood still."""


class Watchdog(QObject):
    """Beats every 5 ms; `stalls` are the delays in seconds, each with what was being done (`doing`)."""

    def __init__(self, least: float = 0.008) -> None:
        super().__init__()
        self._least = least
        self.doing = ""
        self.beats = 0
        self.stalls: list[tuple[float, str]] = []
        self._last = time.monotonic()
        self._timer = QTimer(self, interval=round(BEAT * 1000), timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        self._last = time.monotonic()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def worst(self) -> tuple[float, str]:
        """Return the longest stall in seconds and what was being done; (0, "") without one."""
        return max(self.stalls, default=(0.0, ""))

    def share(self, part: float) -> float:
        """Return the delay in seconds that `part` of the beats kept below: 0.99 for p99."""
        late = sorted(seconds for seconds, _ in self.stalls)
        beyond = round((1 - part) * self.beats)
        return late[-beyond - 1] if beyond < len(late) else 0.0

    def _beat(self) -> None:
        now = time.monotonic()
        delay = now - self._last - BEAT
        self._last = now
        self.beats += 1
        if delay >= self._least:
            self.stalls.append((delay, self.doing))
