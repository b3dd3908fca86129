"""How a screen has work done: writes go to the store thread, slow things aside, answers come back here."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject
from shiboken6 import isValid

from registration.errors import JilaiError
from ui.messages import as_problem
from ui.signals import Signals

if TYPE_CHECKING:
    from ui.services import Services

T = TypeVar("T")
Done = Callable[[T], None]
Failed = Callable[[JilaiError], None]

_log = logging.getLogger(__name__)
_aside = ThreadPoolExecutor(max_workers=2, thread_name_prefix="aside")


class _Readers:
    """Two threads that read: a long report keeps no list waiting; what one owner asks for comes in order."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="reading")
        self._gate = Lock()
        self._waiting: dict[
            int, deque[Callable[[], None]]
        ] = {}  # by owner, while one of its reads is under way

    def submit(self, owner: QObject, fn: Callable[[], T]) -> Future[T]:
        future: Future[T] = Future()
        key = id(owner)

        def work() -> None:
            try:
                result = fn()
            except BaseException as error:  # handed to whoever asked, whatever it is
                future.set_exception(error)
            else:
                future.set_result(result)
            self._go_on(key)

        with self._gate:
            line = self._waiting.get(key)
            if line is not None:
                line.append(work)
                return future
            self._waiting[key] = deque()
        self._threads.submit(work)
        return future

    def _go_on(self, key: int) -> None:
        with self._gate:
            line = self._waiting[key]
            if not line:
                del self._waiting[key]
                return
            work = line.popleft()
        self._threads.submit(work)


_reading = _Readers()


def run(
    owner: QObject,
    services: Services,
    fn: Callable[[Any], T],
    on_done: Done[T] | None = None,
    on_failed: Failed | None = None,
    *,
    last_resort: bool = False,
) -> None:
    """Run an operation in one transaction on the store thread; come back on the main thread.

    `fn` is what Store.write takes. Neither callback is called once `owner` (a screen or widget) is gone.
    A failure without `on_failed` goes to `signals.failed`. A `last_resort` operation may use the room that is
    kept aside for a full disk. Main thread only.
    """
    deliver(owner, services.signals, services.store.write(fn, last_resort=last_resort), on_done, on_failed)


def read_aside(
    owner: QObject,
    services: Services,
    fn: Callable[[Any], T],
    on_done: Done[T],
    on_failed: Failed | None = None,
) -> None:
    """Read on a reading thread's own connection: for searches and anything that might take over 8 ms.

    Answers for one owner come in the order in which it asked; a report of another one holds up none of them.
    """
    future = _reading.submit(owner, lambda: services.store.read(fn))
    deliver(owner, services.signals, future, on_done, on_failed)


def aside(
    owner: QObject,
    signals: Signals,
    fn: Callable[[], T],
    on_done: Done[T] | None = None,
    on_failed: Failed | None = None,
) -> None:
    """Run slow work that is no transaction (a key derivation, a PDF, a print) off the main thread."""
    deliver(owner, signals, _aside.submit(fn), on_done, on_failed)


def deliver(
    owner: QObject,
    signals: Signals,
    future: Future[T],
    on_done: Done[T] | None = None,
    on_failed: Failed | None = None,
) -> None:
    """Bring a future's answer (of the store, or of the imaging pool) to `owner` on the main thread."""

    def arrived(done: Future[T]) -> None:
        if isValid(signals) and not done.cancelled():
            signals.post(lambda: _answer(owner, signals, done, on_done, on_failed))

    future.add_done_callback(arrived)


def _answer(
    owner: QObject,
    signals: Signals,
    future: Future[T],
    on_done: Done[T] | None,
    on_failed: Failed | None,
) -> None:
    if not isValid(owner):
        return
    error = future.exception()
    if error is None:
        if on_done is not None:
            on_done(future.result())
        return
    failure = as_problem(error)
    if failure is not error:
        _log.error("unexpected failure: %s", type(error).__name__, exc_info=error)
    if on_failed is not None:
        on_failed(failure)
    else:
        signals.failed.emit(failure.problem)
