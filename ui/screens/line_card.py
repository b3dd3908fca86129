"""Tonight's first card: the number being served, how many wait, and for how long."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from registration.changes import Changes
from registration.facts import Topic
from registration.queue import Slip, SlipState, rules_from, wait_minutes
from storage import line, packs, sessions
from ui.run import read_aside, run
from ui.services import Services
from ui.widgets.figure import Figure

State = tuple[str, int, int] | None  # number, waiting, minutes; None where no number was given tonight


def calling_next(services: Services) -> Callable[[Any], tuple[Changes, Slip | None]]:
    """Return what calls the next number to this table and ends the one that was there."""
    who, now, ids = services.who, services.clock(), (services.new_id(), services.new_id())

    def call(db: Any) -> tuple[Changes, Slip | None]:
        return line.call_next(db, who, now, fact_ids=ids, rules=rules_from(packs.pack_set(db)))

    return call


class LineCard(Figure):
    """LineCard(services): hidden until a number was given; `waits(whether)` and `called(number)` out."""

    waits = Signal(bool)
    called = Signal(str)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._state: State = None
        self.waiting = False
        self.hide()
        services.signals.changed.connect(self._changed)
        self.reload()

    def reload(self) -> None:
        device_code = self._services.who.device_code
        read_aside(self, self._services, lambda db: _look(db, device_code), self._show)

    def call_next(self) -> None:
        """Call the next number to this table, where somebody waits."""
        if self.waiting:
            run(self, self._services, calling_next(self._services), self._called)

    def retranslate(self) -> None:
        if self._state is not None:
            number, waiting, minutes = self._state
            below = self.tr("{n} waiting · about {minutes} min").format(n=waiting, minutes=minutes)
            self.set_figure(self.tr("Being served"), number or "—", below)

    def _changed(self, changes: Changes) -> None:
        if changes.sessions or Topic.QUEUE in changes.topics:
            self.reload()

    def _called(self, answer: tuple[Changes, Slip | None]) -> None:
        if answer[1] is not None:
            self.called.emit(answer[1].number)

    def _show(self, state: State) -> None:
        self._state = state
        self.waiting = state is not None and state[1] > 0
        self.setVisible(state is not None)
        self.retranslate()
        self.waits.emit(self.waiting)


def _look(db: Any, device_code: str) -> State:
    session = sessions.current(db)
    slips = line.slips(db, session.id) if session is not None else []
    if session is None or not slips:
        return None
    rules = rules_from(packs.pack_set(db))
    here = line.at_table(db, session.id, device_code)
    waiting = sum(slip.state is SlipState.WAITING for slip in slips)
    return here.number if here is not None else "", waiting, wait_minutes(waiting, slips, rules)
