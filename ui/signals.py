"""The one place where news from the workers reaches the window, as values, on the main thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot

from registration.errors import Problem


class LinkStatus(Protocol):
    """What the window shows of the link to the centre; sync's SyncStatus has this shape.

    `phase` is one of offline, connecting, connected, sending, refused, clock_wrong, unenrolled.
    """

    @property
    def phase(self) -> str: ...
    @property
    def waiting(self) -> int: ...
    @property
    def sending(self) -> int: ...
    @property
    def problem(self) -> Problem | None: ...
    @property
    def next_try_at(self) -> object: ...
    @property
    def last_contact(self) -> object: ...
    @property
    def clock_offset(self) -> float | None: ...


class Signals(QObject):
    """Made on the main thread before anything else; any thread may emit, slots run on the main thread.

    changed(Changes): a transaction was committed. sync_status(LinkStatus): the link's state is new.
    failed(Problem): something went wrong that no screen was waiting for.
    """

    changed = Signal(object)
    sync_status = Signal(object)
    failed = Signal(object)
    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._posted.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def post(self, call: Callable[[], None]) -> None:
        """Have `call` run on the main thread soon; for answers of work that ran elsewhere."""
        self._posted.emit(call)

    @Slot(object)
    def _call(self, call: Callable[[], None]) -> None:
        call()
