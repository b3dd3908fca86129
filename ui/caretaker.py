"""One background thread for what has to be looked after while the vault is open: the chores."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from registration.changes import Changes
from registration.clock import ClockGuard
from registration.errors import JilaiError, Problem

if TYPE_CHECKING:
    from storage.database import Store
    from storage.pages import PageFiles
    from storage.values import Who
    from ui.copy_room import CopyRoom
    from ui.settings import Settings
    from ui.signals import Signals

SLOWER = 4  # how many times its interval a chore waits that can, while the battery is saved

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Rooms:
    """What a chore may use; it runs on the caretaker's thread and may block there."""

    store: Store
    pages: PageFiles
    data_dir: Path
    settings: Settings
    signals: Signals
    guard: ClockGuard
    who: Callable[[], Who]
    copy_room: CopyRoom

    @property
    def clock(self) -> Callable[[], datetime]:
        """The time for everything that is recorded, aware."""
        return self.guard.now


@dataclass(frozen=True)
class Chore:
    """One thing to look after. `run` returns what a person has to hear; a JilaiError is heard too.

    `at_opening`: once, soon after the vault opens. `every`: seconds between runs, 0 for never by the clock.
    `wants(changes)`: run soon after a commit for which it is true, but not within `gap` seconds of the last.
    `can_wait`: while the battery is saved, the clock runs it SLOWER times as seldom; a commit as ever.
    """

    name: str
    run: Callable[[Rooms], Sequence[Problem]]
    at_opening: bool = False
    every: float = 0.0
    wants: Callable[[Changes], bool] | None = None
    gap: float = 1.0
    can_wait: bool = False


class Caretaker:
    """Runs chores one after another, the longest due first; stops between two of them."""

    def __init__(
        self, rooms: Rooms, chores: Sequence[Chore], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._rooms = rooms
        self._clock = clock
        self._chores = tuple(chores)
        now = clock()
        self._due: dict[str, float] = {}
        self._ran: dict[str, float] = {}
        self._by_clock: set[str] = set()  # due for no other reason than the time that passed
        for chore in chores:
            if chore.at_opening:
                self._due[chore.name] = now
            elif chore.every:
                self._due[chore.name] = now + chore.every
                self._by_clock.add(chore.name)
        self._bell = threading.Condition()
        self._stopped = False
        self._thread = threading.Thread(target=self._work, name="caretaker", daemon=True)

    def start(self) -> None:
        """Begin; the store's commits are listened to from now on."""
        self._rooms.store.add_listener(self._changed)
        self._thread.start()

    def ask(self, name: str) -> None:
        """Have a chore run as soon as may be, whatever its pace. KeyError for one that is none."""
        if all(chore.name != name for chore in self._chores):
            raise KeyError(name)
        with self._bell:
            self._due[name] = self._clock()
            self._by_clock.discard(name)
            self._bell.notify()

    def stop(self, timeout: float = 30.0) -> bool:
        """Let the chore under way end, start no other; say whether the thread ended in time."""
        with self._bell:
            self._stopped = True
            self._bell.notify()
        if self._thread.ident is not None:
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _changed(self, changes: Changes) -> None:
        # On the store thread: it only notes what is due.
        with self._bell:
            for chore in self._chores:
                if chore.wants is None or not chore.wants(changes):
                    continue
                earliest = self._ran.get(chore.name, -chore.gap) + chore.gap
                soon = max(self._clock(), earliest)
                self._due[chore.name] = min(self._due.get(chore.name, soon), soon)
                self._by_clock.discard(chore.name)
            self._bell.notify()

    def _work(self) -> None:
        while (chore := self._next()) is not None:
            try:
                problems = chore.run(self._rooms)
            except JilaiError as error:
                _log.warning("chore %s: %s", chore.name, error.code)
                problems = [error.problem]
            except Exception as error:
                _log.error("chore %s failed: %s", chore.name, type(error).__name__, exc_info=error)
                problems = [Problem("bug")]
            with self._bell:
                now = self._ran[chore.name] = self._clock()
                if chore.every and chore.name not in self._due:
                    self._due[chore.name] = now + chore.every
                    self._by_clock.add(chore.name)
                stopped = self._stopped
            for problem in () if stopped else problems:
                self._rooms.signals.failed.emit(problem)

    def _next(self) -> Chore | None:
        """Wait for the next chore that is due and take it; None when stopped."""
        with self._bell:
            while not self._stopped:
                now = self._clock()
                due = {c.name: self._when(c) for c in self._chores if c.name in self._due}
                ready = [c for c in self._chores if due.get(c.name, now + 1) <= now]
                if ready:
                    chore = min(ready, key=lambda c: due[c.name])
                    del self._due[chore.name]
                    self._by_clock.discard(chore.name)
                    return chore
                wait = min(due.values(), default=now + 3600) - now
                self._bell.wait(max(wait, 0.01))
            return None

    def _when(self, chore: Chore) -> float:
        """Return when a chore is due; asked anew at each turn, so what waited comes soon after the saving."""
        due = self._due[chore.name]
        if chore.can_wait and chore.name in self._by_clock and self._rooms.signals.saving:
            due += (SLOWER - 1) * chore.every
        return due
