"""What is looked after behind the window, one line each; ui/caretaker.py says when a chore runs."""

from __future__ import annotations

from collections.abc import Sequence

from registration.errors import Problem
from registration.facts import Topic
from ui.caretaker import Chore, Rooms


def _opening(rooms: Rooms) -> Sequence[Problem]:
    from storage.opening import look_after_opening

    return look_after_opening(rooms.store, rooms.pages, rooms.data_dir, rooms.copy_room.status.folder)


def _copy(rooms: Rooms) -> Sequence[Problem]:
    return rooms.copy_room.keep_up()


def _sweep_copy(rooms: Rooms) -> Sequence[Problem]:
    return rooms.copy_room.sweep()


def _back_up(rooms: Rooms) -> Sequence[Problem]:
    rooms.copy_room.back_up()
    return []


def _prove(rooms: Rooms) -> Sequence[Problem]:
    from storage.proving import prove

    return prove(rooms.store, rooms.pages, rooms.data_dir, rooms.copy_room.status.folder, rooms.clock())


def _look_at_clock(rooms: Rooms) -> Sequence[Problem]:
    from storage.clock_guard import keep_mark

    mark, problem = rooms.guard.look()
    if mark is not None:
        rooms.store.write(lambda db: keep_mark(db, mark)).result()
    return [] if problem is None else [problem]


def _verify_audit(rooms: Rooms) -> Sequence[Problem]:
    from storage.audit_check import check_log, problem_of

    found = problem_of(check_log(rooms.store))
    return [] if found is None else [found]


def _look_for_double(rooms: Rooms) -> Sequence[Problem]:
    from storage.audit import is_forked

    return [Problem("device_doubled")] if rooms.store.read(is_forked) else []


def _retain(rooms: Rooms) -> Sequence[Problem]:
    """Destroy the originals whose time has come, by a clock that the centre has confirmed."""
    from registration.clock import Standing
    from registration.retention import retention_rule
    from storage.clock_guard import last_mark
    from storage.retention import delete_files, destroy_ripe

    mark = rooms.store.read(last_mark)
    if mark is None or mark.standing not in (Standing.CENTRE, Standing.OFFSET):
        return []
    who, now, rule = rooms.who(), rooms.clock(), retention_rule()
    while gone := rooms.store.write(lambda db: destroy_ripe(db, who, now, rule)).result()[1]:
        delete_files(rooms.pages, gone)
    return []


def _hand_on_batches(rooms: Rooms) -> Sequence[Problem]:
    from storage.ledger_batches import look_after

    look_after(rooms.store, rooms.clock)
    return []


CHORES: tuple[Chore, ...] = (
    Chore("copy", _copy, at_opening=True, every=60.0, wants=bool, gap=2.0),
    Chore("opening", _opening, at_opening=True),
    Chore(
        "ledger batches",
        _hand_on_batches,
        at_opening=True,
        wants=lambda changes: Topic.LEDGER.value in changes.topics,
    ),
    Chore(
        "clock",
        _look_at_clock,
        at_opening=True,
        every=30.0,
        wants=lambda changes: changes.account,
        can_wait=True,
    ),
    Chore("backup", _back_up, every=3600.0, wants=lambda changes: changes.sessions, gap=600.0),
    Chore("proof", _prove, every=3600.0, can_wait=True),
    Chore("copy sweep", _sweep_copy, every=3700.0),
    Chore("audit", _verify_audit, at_opening=True, every=6 * 3600.0, can_wait=True),
    Chore("double", _look_for_double, at_opening=True, wants=lambda changes: changes.account, gap=3600.0),
    Chore("retention", _retain, at_opening=True, every=24 * 3600.0),
)
