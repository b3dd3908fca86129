"""Times the screens of a real window: until the content is whole, and how long it stood still."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QWidget,
)

from registration.changes import Changes
from registration.facts import Topic
from tests.evening.watchdog import Watchdog
from tests.scale.cases import TONIGHT
from tests.ui.gallery import HUBS, names
from ui import run
from ui.intake.screen import IntakeScreen
from ui.intake.steps import Step
from ui.main_window import MainWindow
from ui.screens.hub import HubScreen
from ui.widgets import SearchBox, Segmented

QUIET = 0.12
"""Seconds without work after which a screen is complete: longer than a search box waits for the next key."""
_WORK = 0.002  # a turn of the loop that took longer did something that is seen
_LONGEST = 20.0
TYPED = ("魏秀", "wjg", "1201", "2号楼 1201", "1231")


@dataclass(frozen=True)
class Timing:
    """One act at one view: milliseconds until complete, and the longest that the window did not answer.

    `work` is the most of the processor's time that the main thread took between two beats: what of the stall
    is the window's own, where the machine has other things to do as well.
    """

    view: str
    act: str
    complete: float
    stall: float
    work: float


class _Beats(Watchdog):
    """Keeps, beside the delays, how much the main thread worked from one beat to the next."""

    def __init__(self) -> None:
        super().__init__(0.0)
        self.work = 0.0
        self._before = time.thread_time()

    def clear(self) -> None:
        self.stalls.clear()
        self.work, self._before = 0.0, time.thread_time()

    def _beat(self) -> None:
        super()._beat()
        now = time.thread_time()
        self.work, self._before = max(self.work, now - self._before), now


class Probe:
    """Counts what a window has asked for and not had yet; `act` times one deed until all of it is there."""

    def __init__(self) -> None:
        self._open = 0
        self._dog = _Beats()
        self.doing = ""

    @contextmanager
    def watching(self) -> Iterator[Probe]:
        """Hear of every answer that screens wait for, while the block runs."""
        deliver = run.deliver

        def counted(
            owner: Any,
            signals: Any,
            future: Future[Any],
            on_done: Callable[[Any], None] | None = None,
            on_failed: Callable[[Any], None] | None = None,
        ) -> None:
            self._open += 1
            deliver(owner, signals, future, on_done, on_failed)
            # Posted behind the answer itself: when this runs, the screen has shown it
            future.add_done_callback(lambda _: signals.post(self._answered))

        with mock.patch.object(run, "deliver", counted):
            self._dog.start()
            yield self
            self._dog.stop()

    def act(self, view: str, what: str, deed: Callable[[], object]) -> Timing:
        """Do something and let the window live until it has all of its content."""
        self.settle()
        self.doing = f"{view}: {what}"
        self._dog.clear()
        began = time.perf_counter()
        deed()
        complete = self.settle()
        worst = self._dog.worst()[0]
        self.doing = ""
        return Timing(view, what, (complete - began) * 1000, worst * 1000, self._dog.work * 1000)

    def settle(self) -> float:
        """Let the window live until nothing is under way; return when the last of it was done."""
        last = began = time.perf_counter()
        while True:
            before = time.perf_counter()
            QApplication.processEvents()
            now = time.perf_counter()
            if self._open or now - before > _WORK:
                last = now
            if now - last > QUIET or now - began > _LONGEST:
                return last
            time.sleep(0.0005)

    def _answered(self) -> None:
        self._open -= 1


def open_views(window: MainWindow, probe: Probe) -> Iterator[tuple[str, Timing, QWidget]]:
    """Turn to every view of the window in turn; yield its name, its timing and its page."""
    for name in names():
        place, _, part = name.partition(":")
        if place in ("keys", "receipt", "conflict"):
            continue  # of one case; they have nothing that grows
        window.go("about" if place != "about" else "tonight")
        if place in HUBS:
            hub = window.screen_of(place)
            assert isinstance(hub, HubScreen)
            hub.open_tab(HUBS[place][1 if part == HUBS[place][0].key else 0].key)
            window.go(place)  # what is there first has come before the page is turned
            timing = probe.act(name, "open", lambda: hub.open_tab(part))  # noqa: B023
            yield name, timing, hub.page()
        elif place == "intake":
            screen = window.screen_of(place)
            assert isinstance(screen, IntakeScreen)
            if screen.case() is None:
                timing = probe.act(name, "open", lambda: window.new_intake("k001-0007"))
            else:
                timing = probe.act(name, "open", lambda: _step(window, screen, part))  # noqa: B023
            yield name, timing, screen
        else:
            timing = probe.act(name, "open", lambda: window.go(place))  # noqa: B023
            yield name, timing, window.screen_of(place)


def acts(view: str, page: QWidget, probe: Probe) -> Iterator[Timing]:
    """Type into each search box of a page, choose in each of its lists, scroll what is long."""
    for box in page.findChildren(SearchBox):
        if not box.isVisible() or not box.isEnabled():
            continue
        for text in TYPED:
            box.clear()
            yield probe.act(view, f"type {text}", lambda: _type(box, text))  # noqa: B023
        yield probe.act(view, "empty the search", box.clear)
    for area in _areas(page):
        bar = area.verticalScrollBar()
        for tenth in (1, 5, 9, 10):
            where = bar.maximum() * tenth // 10
            yield probe.act(view, f"scroll to {tenth * 10} %", lambda: bar.setValue(where))  # noqa: B023
        bar.setValue(0)
    for choice in page.findChildren(QComboBox):
        if choice.isVisible() and choice.isEnabled():
            for row in (min(1, choice.count() - 1), choice.count() - 1, 0):
                yield probe.act(view, f"choose {row}", lambda: _choose(choice, row))  # noqa: B023
    for strip in page.findChildren(Segmented):
        for number in range(strip.accessibleDescription().count(" · ") + 1):
            if strip.isVisible() and strip.isEnabled():  # the last press comes back to where it was
                yield probe.act(view, f"turn {number + 1}", lambda: QTest.keyClick(strip, Qt.Key.Key_Right))  # noqa: B023


def change(window: MainWindow, view: str, probe: Probe, signal: Any) -> Timing:
    """Have news of everything come in while a view is open."""
    news = Changes(
        frozenset({"c-0000001"}), True, False, True, True, False, frozenset(topic.value for topic in Topic)
    )
    return probe.act(view, "news of everything", lambda: signal.emit(news))


def session_runs(window: MainWindow) -> bool:
    """Say whether the window has noticed tonight's session."""
    session = window.screen_of("tonight").session()  # type: ignore[attr-defined]
    return session is not None and session.id == TONIGHT


def _areas(page: QWidget) -> list[QAbstractScrollArea]:
    return [
        area
        for area in page.findChildren(QAbstractScrollArea)
        if area.isVisible() and area.verticalScrollBar().maximum() > area.height()
    ]


def _step(window: MainWindow, screen: IntakeScreen, part: str) -> None:
    window.go("intake")
    screen.go(Step(part))


def _type(box: SearchBox, text: str) -> None:
    if text.isascii():
        QTest.keyClicks(box, text)
    else:
        box.insert(text)


def _choose(choice: QComboBox, row: int) -> None:
    choice.setCurrentIndex(row)
    choice.activated.emit(row)
