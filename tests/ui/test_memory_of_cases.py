"""Cases that were looked at leave nothing in the window: it is as large after many as after two."""

from __future__ import annotations

import gc
from collections import Counter

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication

from tests.driving import tend, wait_until
from tests.storage.evening import Evening
from ui.intake.screen import IntakeScreen
from ui.intake.steps import Step
from ui.main_window import MainWindow

WARM, ROUNDS = 2, 12


def living(window: MainWindow) -> Counter[str]:
    """Count what is alive, by class; what was given up is deleted first, as the program's loop does."""
    tend(0.05)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    below = Counter(type(found).__name__ for found in window.findChildren(QObject))
    return below + Counter(f"{type(found).__name__} (any)" for found in QApplication.allWidgets())


def in_hand(screen: IntakeScreen) -> str:
    """Return the id of the case in hand, "" without one."""
    case = screen.case()
    return case.id if case is not None else ""


def look_through(window: MainWindow, draft: str, submitted: str) -> None:
    """Open a draft, turn to each of its steps, put it aside for a new case; look a submitted one up."""
    window.open_draft(draft)
    screen = window.screen_of("intake")
    assert isinstance(screen, IntakeScreen)
    wait_until(lambda: in_hand(screen) == draft, "the draft")
    for step in Step:
        screen.go(step)
        tend(0.01)
    screen.put_aside()
    wait_until(lambda: in_hand(screen) not in ("", draft), "the next case")
    window.open_case(submitted)
    tend(0.05)
    window.go("tonight")
    tend(0.02)


def test_many_cases_leave_no_more_in_the_window_than_two(window: MainWindow, evening: Evening):
    (draft,) = evening.sql("SELECT id FROM applications WHERE state = 'draft'")
    submitted = evening.sql("SELECT id FROM applications WHERE state <> 'draft' ORDER BY seq LIMIT 1")[0]
    after_a_few: Counter[str] = Counter()
    for number in range(ROUNDS):
        look_through(window, draft[0], submitted[0])
        if number + 1 == WARM:
            after_a_few = living(window)
    more = living(window)
    more.subtract(after_a_few)
    assert {kind: count for kind, count in more.items() if count > 2} == {}
