"""The one place where news from the workers reaches the window, as values, on the main thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot


class Signals(QObject):
    """Made on the main thread before anything else; any thread may emit, slots run on the main thread.

    changed(Changes): a transaction was committed. sync_status(SyncStatus): the link's state is new.
    printing(PaperNews): a paper went on its way, or came to its end.
    failed(Problem): something went wrong that no screen was waiting for. code_seen(str): a code lies
    under the camera. copying(CopyStatus): how the second copy stands is new.
    shut(Problem): whoever is at the window may not go on; it locks and says why.
    saving_changed(bool): the battery is to be saved from now on, or no more; `saving` says which, to any
    thread.
    """

    changed = Signal(object)
    sync_status = Signal(object)
    printing = Signal(object)
    failed = Signal(object)
    code_seen = Signal(str)
    copying = Signal(object)
    shut = Signal(object)
    saving_changed = Signal(bool)
    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.saving = False
        self._posted.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def post(self, call: Callable[[], None]) -> None:
        """Have `call` run on the main thread soon; for answers of work that ran elsewhere."""
        self._posted.emit(call)

    def set_saving(self, on: bool) -> None:
        """Have everything that can wait go slower, or at its own pace again."""
        if on != self.saving:
            self.saving = on
            self.saving_changed.emit(on)

    @Slot(object)
    def _call(self, call: Callable[[], None]) -> None:
        call()
