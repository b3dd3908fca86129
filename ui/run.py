"""How a screen has work done: writes go to the store thread, slow things aside, answers come back here."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
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
_reading = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading")


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
    """Read on the reading thread's own connection: for searches and anything that might take over 8 ms."""
    future = _reading.submit(services.store.read, fn)
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
