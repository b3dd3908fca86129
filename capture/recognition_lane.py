"""The door to recognition: a process started on first need, given pages one by one, ended when idle."""

from __future__ import annotations

import queue
import threading
from collections.abc import Sequence
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field
from datetime import date, datetime

from capture.errors import CaptureCode, CaptureError
from capture.imaging_child import ChildLostError, ImagingChild
from capture.imaging_wire import BrokenFrameError
from capture.recognition import PageKind, Recognition
from capture.recognition_wire import recognition_from

READ_SECONDS = 20.0
"""For one page, on a slow machine that does other things first; then the process is ended."""
IDLE_SECONDS = 90.0
"""After so long without a page the models leave memory; reading again costs their loading, about a second."""
TRIES = 2
MOST_KILLS = 12
MODULE = "capture.recognition_process"


@dataclass
class _Page:
    jpeg: bytes
    expected: tuple[PageKind, ...]
    name: str
    today: date
    future: Future[Recognition] = field(default_factory=Future)


class RecognitionLane:
    """Reads pages in the order in which they come, in one process of low priority beside the imaging ones.

    Safe to call from any thread; futures finish on the lane's own thread.
    """

    def __init__(self, idle_seconds: float = IDLE_SECONDS, read_seconds: float = READ_SECONDS) -> None:
        self._idle_seconds = idle_seconds
        self._read_seconds = read_seconds
        self._pages: queue.SimpleQueue[_Page | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._closed = False
        self._child: ImagingChild | None = None
        self._thread: threading.Thread | None = None

    def submit(self, jpeg: bytes, expected: Sequence[str], name: str) -> Future[Recognition]:
        """Queue one page. Raises ValueError for an unknown kind, RuntimeError once closed."""
        page = _Page(
            jpeg, tuple(PageKind(kind) for kind in expected), name, datetime.now().astimezone().date()
        )
        with self._lock:
            if self._closed:
                raise RuntimeError("the imaging pool is closed")
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="recognition", daemon=True)
                self._thread.start()
            self._pages.put(page)
        return page.future

    @property
    def pid(self) -> int | None:
        """The process id of the recognition process, None while there is none."""
        child = self._child
        return child.pid if child is not None and child.alive else None

    def close(self) -> None:
        """End the process; whatever has not been read fails with CancelledError."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._pages.put(None)
        child = self._child
        if child is not None:
            child.end()
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        while (page := self._next()) is not None:
            if self._closed:
                page.future.cancel()
            elif page.future.set_running_or_notify_cancel():
                try:
                    page.future.set_result(self._read(page))
                except Exception as error:
                    page.future.set_exception(error)
        self._drop_child()

    def _next(self) -> _Page | None:
        try:
            return self._pages.get(timeout=self._idle_seconds)
        except queue.Empty:
            self._drop_child()
            return self._pages.get()

    def _read(self, page: _Page) -> Recognition:
        head = {"expected": [kind.value for kind in page.expected], "today": page.today.isoformat()}
        deaths = kills = 0
        while deaths < TRIES and kills < MOST_KILLS:
            try:
                child = self._raise_child()
                child.send(head, [page.jpeg], self._read_seconds)
                answer, _ = child.receive(self._read_seconds)
                if answer.get("kind") == "error":
                    code = CaptureCode(answer["code"])
                    if code is CaptureCode.IMAGING_OUT_OF_MEMORY:
                        self._drop_child()
                    raise CaptureError(code, page.name)
                return recognition_from(answer)
            except ChildLostError as lost:
                self._drop_child()
                if self._closed:
                    raise CancelledError from None
                if lost.overdue:
                    raise CaptureError(CaptureCode.IMAGING_TIMEOUT, page.name) from None
                if lost.gave_up:
                    raise CaptureError(CaptureCode.IMAGING_OUT_OF_MEMORY, page.name) from None
                kills += lost.killed
                deaths += not lost.killed
            except (BrokenFrameError, ValueError, KeyError):
                self._drop_child()
                deaths += 1
        raise CaptureError(CaptureCode.IMAGING_CRASHED, page.name)

    def _raise_child(self) -> ImagingChild:
        child = self._child
        if child is not None and child.alive:
            return child
        self._drop_child()
        child = ImagingChild(MODULE)
        with self._lock:
            if self._closed:
                child.end()
                raise ChildLostError(overdue=False)
            self._child = child
        return child

    def _drop_child(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.end()
