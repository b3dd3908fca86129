"""What is looked after behind the window, one line each; ui/caretaker.py says when a chore runs."""

from __future__ import annotations

from collections.abc import Sequence

from registration.errors import Problem
from ui.caretaker import Chore, Rooms


def _opening(rooms: Rooms) -> Sequence[Problem]:
    from storage.opening import look_after_opening

    return look_after_opening(rooms.store, rooms.pages, rooms.data_dir)


CHORES: tuple[Chore, ...] = (Chore("opening", _opening, at_opening=True),)
