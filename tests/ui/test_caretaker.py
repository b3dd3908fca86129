"""The chores behind the window: when they run, what they tell, and that one failing stops no other."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from registration.changes import Changes
from registration.errors import MachineError, Problem
from storage import audit
from tests.storage.evening import NOW, Evening
from ui.caretaker import Caretaker, Chore, Rooms
from ui.chores import CHORES
from ui.services import Services


@pytest.fixture
def engage(services: Services, evening: Evening, tmp_path: Path) -> Iterator[Callable[..., Caretaker]]:
    """Start a caretaker with the given chores; it is stopped before the store closes."""
    made: list[Caretaker] = []

    def start(*chores: Chore) -> Caretaker:
        rooms = Rooms(
            services.store,
            services.pages,
            tmp_path,
            services.settings,
            services.signals,
            services.guard,
            services.who_now,
            services.copy_room,
        )
        caretaker = Caretaker(rooms, chores)
        caretaker.start()
        made.append(caretaker)
        return caretaker

    yield start
    for caretaker in made:
        assert caretaker.stop()


def counting() -> tuple[threading.Semaphore, Callable[[Rooms], list[Problem]]]:
    ran = threading.Semaphore(0)

    def run(rooms: Rooms) -> list[Problem]:
        ran.release()
        return []

    return ran, run


def test_a_chore_runs_at_the_opening_and_by_the_clock(engage: Callable[..., Caretaker]) -> None:
    once, run_once = counting()
    often, run_often = counting()
    engage(Chore("once", run_once, at_opening=True), Chore("often", run_often, every=0.02))
    assert once.acquire(timeout=20)
    assert all(often.acquire(timeout=20) for _ in range(3))
    assert not once.acquire(blocking=False)


def test_a_commit_wakes_the_chore_that_wants_it_and_no_other(
    engage: Callable[..., Caretaker], services: Services
) -> None:
    wanted, run_wanted = counting()
    other, run_other = counting()
    engage(
        Chore("wanted", run_wanted, wants=lambda changes: changes.reference),
        Chore("other", run_other, wants=lambda changes: changes.account),
    )

    def commit(changes: Changes) -> None:
        def write(db: object) -> Changes:
            audit.append(db, services.who, NOW, "test", "test")  # type: ignore[arg-type]
            return changes

        services.store.write(write).result()

    commit(Changes(reference=True))
    assert wanted.acquire(timeout=20)
    commit(Changes(account=True))
    assert other.acquire(timeout=20)
    assert not wanted.acquire(blocking=False)


def test_commits_in_a_row_run_a_chore_once_per_gap(
    engage: Callable[..., Caretaker], services: Services
) -> None:
    ran, run = counting()
    engage(Chore("copy", run, wants=lambda changes: changes.reference, gap=3600))
    for _ in range(5):
        services.store.write(lambda db: Changes(reference=True)).result()
    assert ran.acquire(timeout=20)
    assert not ran.acquire(timeout=0.2)


def test_a_failing_chore_is_told_and_stops_no_other(
    engage: Callable[..., Caretaker], services: Services, qtbot: QtBot
) -> None:
    after, run_after = counting()

    def fails(rooms: Rooms) -> list[Problem]:
        raise MachineError("disk_full")

    def falls_over(rooms: Rooms) -> list[Problem]:
        raise ZeroDivisionError

    heard: list[str] = []
    services.signals.failed.connect(lambda problem: heard.append(problem.code))
    engage(
        Chore("fails", fails, at_opening=True),
        Chore("falls", falls_over, at_opening=True),
        Chore("after", run_after, at_opening=True),
    )
    assert after.acquire(timeout=20)
    qtbot.waitUntil(lambda: heard == ["disk_full", "bug"])


def test_a_chore_that_is_asked_for_runs_at_once(engage: Callable[..., Caretaker]) -> None:
    ran, run = counting()
    caretaker = engage(Chore("verify", run))
    caretaker.ask("verify")
    assert ran.acquire(timeout=20)
    with pytest.raises(KeyError):
        caretaker.ask("nothing")


def test_while_the_battery_is_saved_what_can_wait_runs_seldom_and_the_copies_as_ever(
    engage: Callable[..., Caretaker], services: Services
) -> None:
    services.signals.set_saving(True)
    slow, run_slow = counting()
    often, run_often = counting()
    engage(Chore("slow", run_slow, every=0.5, can_wait=True), Chore("often", run_often, every=0.1))
    assert all(often.acquire(timeout=20) for _ in range(5))
    assert not slow.acquire(timeout=0.8)  # due after two seconds now
    services.signals.set_saving(False)
    assert slow.acquire(timeout=20)


def test_the_copies_and_the_backup_never_wait_for_the_battery() -> None:
    waiting = {chore.name for chore in CHORES if chore.can_wait}
    assert waiting and not waiting & {"copy", "copy sweep", "backup", "retention", "opening"}
