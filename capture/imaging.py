"""The door to image work: jobs go to a process with limits, and each ends as a page or an error."""

from __future__ import annotations

import hashlib
import itertools
import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from capture.errors import CaptureCode, CaptureError
from capture.imaging_child import ChildLostError, ImagingChild
from capture.imaging_wire import BrokenFrameError, page_from
from capture.live_look import Look, look_from
from capture.pages import Corners, FileKind, Inspected, PreparedFile, PreparedPage
from capture.recognition import Recognition
from capture.recognition_lane import RecognitionLane

PAGE_SECONDS = 5.0
FILE_SECONDS = 30.0
SECONDS_PER_PAGE_OF_A_LONG_FILE = 0.5
PAGES_AT_ONCE = 6
"""A long file steps aside after so many pages, so that what the operator waits for can overtake it."""
TRIES = 3
"""A job whose process dies is given to a fresh one; a file that kills three in a row is refused."""
MOST_KILLS = 12
"""Processes that somebody else ended while they had the job: no fault of the file, but not for ever."""

Progress = Callable[[int, int], None]


@dataclass
class _Answer:
    """What a job has brought so far; it outlives the process, so a retry goes on where the last one fell."""

    kind: FileKind | None = None
    total: int = 0
    pages: list[PreparedPage] = field(default_factory=list)
    picture: bytes = b""
    look: Look | None = None
    done: bool = False
    deaths: int = 0
    kills: int = 0
    spent: float = 0.0
    spent_on_page: float = 0.0

    def seconds_left(self) -> float:
        allowed = max(FILE_SECONDS, SECONDS_PER_PAGE_OF_A_LONG_FILE * self.total)
        return max(0.01, allowed - self.spent)


@dataclass(order=True)
class _Job:
    urgency: int
    number: int
    head: dict[str, Any] | None = field(compare=False)
    data: bytes = field(compare=False, default=b"")
    name: str = field(compare=False, default="")
    future: Future[Any] = field(compare=False, default_factory=Future)
    progress: Progress | None = field(compare=False, default=None)
    answer: _Answer = field(compare=False, default_factory=_Answer)
    more: tuple[bytes, ...] = field(compare=False, default=())


class ImagingPool:
    """Prepares pages in processes that hold no keys and live under limits of time and memory.

    Safe to call from any thread; futures finish on the pool's own threads. What the operator waits for
    (recrop, preview) overtakes files that queue.
    """

    def __init__(self, workers: int = 1, page_seconds: float = PAGE_SECONDS) -> None:
        self._page_seconds = page_seconds
        self._jobs: queue.PriorityQueue[_Job] = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._lock = threading.Lock()
        self._closed = False
        self._children: list[ImagingChild | None] = [None] * workers
        self._threads: list[threading.Thread] = []
        self._recognition = RecognitionLane()

    def warm(self) -> None:
        """Start the processes in the background, so that the first page does not wait for them."""
        with self._lock:
            if self._closed or self._threads:
                return
            for index in range(len(self._children)):
                thread = threading.Thread(
                    target=self._work, args=(index,), name=f"imaging-{index}", daemon=True
                )
                self._threads.append(thread)
                thread.start()

    def submit_file(self, data: bytes, name: str, progress: Progress | None = None) -> Future[PreparedFile]:
        """Prepare every page of a file. name is shown in errors; progress(pages done, pages in all) is called
        on a pool thread. The future raises CaptureError."""
        return self._submit(_Job(1, next(self._numbers), {"job": "file"}, data, name, progress=progress))

    def submit_recrop(
        self, original: bytes, page_index: int, corners: Corners, rotation: int, name: str = ""
    ) -> Future[PreparedPage]:
        """Square one page anew by the operator's corners (any order) and rotation, as PreparedPage has them:
        passing a page's own corners and rotation gives the same crop again; rotation + 90 turns it right."""
        head = {
            "job": "recrop",
            "page_index": page_index,
            "corners": [list(p) for p in corners],
            "rotation": rotation,
        }
        return self._submit(_Job(0, next(self._numbers), head, original, name))

    def submit_preview(
        self, original: bytes, page_index: int, max_side: int, name: str = ""
    ) -> Future[bytes]:
        """A JPEG of the untouched original page as a viewer shows it, longer side at most max_side pixels."""
        head = {"job": "preview", "page_index": page_index, "max_side": max_side}
        return self._submit(_Job(0, next(self._numbers), head, original, name))

    def submit_inspect(self, original: bytes, name: str = "") -> Future[Inspected]:
        """Open a file without making pages of it: what it is and how many pages it says it has. The future
        raises CaptureError as submit_file does."""
        return self._submit(_Job(0, next(self._numbers), {"job": "inspect"}, original, name))

    def submit_look(self, picture: bytes) -> Future[Look]:
        """A glance at a live picture, of any format that a file may have: the page's outline and its codes.
        It waits behind everything that a person waits for."""
        return self._submit(_Job(2, next(self._numbers), {"job": "look"}, picture))

    def submit_card_copy(
        self, front_jpeg: bytes, back_jpeg: bytes, words: str = "", font: Path | None = None
    ) -> Future[bytes]:
        """A JPEG of an A4 page with a card's two sides in true size, ready for submit_file. words, if there
        are any, stand across it as a watermark, set in the TrueType file `font`."""
        head = {"job": "card_copy", "words": words, "font": str(font) if font else ""}
        return self._submit(_Job(0, next(self._numbers), head, front_jpeg, more=(back_jpeg,)))

    def submit_join(self, first_jpeg: bytes, second_jpeg: bytes) -> Future[bytes]:
        """A JPEG of two pages as one, side by side where both stand, else one below the other."""
        head = {"job": "join", "words": "", "font": ""}
        return self._submit(_Job(0, next(self._numbers), head, first_jpeg, more=(second_jpeg,)))

    def submit_watermark(self, jpeg: bytes, words: str, font: Path) -> Future[bytes]:
        """A JPEG of the same page with words across it, set in the TrueType file `font`."""
        head = {"job": "watermark", "words": words, "font": str(font)}
        return self._submit(_Job(0, next(self._numbers), head, jpeg))

    def submit_recognise(
        self, improved_jpeg: bytes, expected: Sequence[str] = (), name: str = ""
    ) -> Future[Recognition]:
        """Read the words of a page's stored copy, in a process of its own that captures never wait for.
        expected: kinds (PageKind) that the page's row asks for. The future raises CaptureError."""
        return self._recognition.submit(improved_jpeg, expected, name)

    def child_pids(self) -> tuple[int, ...]:
        """The process ids of the children alive now."""
        return tuple(child.pid for child in list(self._children) if child is not None and child.alive)

    @property
    def recognition_pid(self) -> int | None:
        """The process id of the recognition process, None while no models are loaded."""
        return self._recognition.pid

    def close(self) -> None:
        """End the processes and cancel what has not finished; a job in hand fails with CancelledError."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
        self._recognition.close()
        for _ in self._threads:
            self._jobs.put(_Job(-1, next(self._numbers), None))
        for child in list(self._children):
            if child is not None:
                child.end()
        for thread in self._threads:
            thread.join()
        while True:
            try:
                left = self._jobs.get_nowait()
            except queue.Empty:
                return
            if not left.future.cancel() and left.future.running():
                left.future.set_exception(CancelledError())

    def _submit(self, job: _Job) -> Future[Any]:
        self.warm()
        with self._lock:
            if self._closed:
                raise RuntimeError("the imaging pool is closed")
            self._jobs.put(job)
        return job.future

    def _work(self, index: int) -> None:
        self._raise_child(index)
        while (job := self._jobs.get()).head is not None:
            if not job.future.running() and not job.future.set_running_or_notify_cancel():
                continue
            try:
                self._go_on(index, job)
                if job.answer.done:
                    job.future.set_result(self._result(job))
                else:
                    self._jobs.put(job)
            except Exception as error:
                job.future.set_exception(error)
        child = self._children[index]
        if child is not None:
            child.end()

    def _go_on(self, index: int, job: _Job) -> None:
        """Bring a job further: to its end, to its next rest, or to its next try in a fresh process."""
        pages_before = len(job.answer.pages)
        began = time.monotonic()
        try:
            self._converse(index, job)
        except ChildLostError as lost:
            self._drop_child(index)
            if self._closed:
                raise CancelledError from None
            if lost.overdue:
                raise CaptureError(CaptureCode.IMAGING_TIMEOUT, job.name) from None
            if lost.gave_up:
                raise CaptureError(CaptureCode.IMAGING_OUT_OF_MEMORY, job.name) from None
            if len(job.answer.pages) > pages_before:
                job.answer.deaths = job.answer.kills = 0
            job.answer.deaths += not lost.killed
            job.answer.kills += lost.killed
            if job.answer.deaths >= TRIES or job.answer.kills >= MOST_KILLS:
                raise CaptureError(CaptureCode.IMAGING_CRASHED, job.name) from None
        finally:
            job.answer.spent += time.monotonic() - began

    def _converse(self, index: int, job: _Job) -> None:
        child = self._raise_child(index)
        if child is None:
            raise ChildLostError(overdue=False)
        answer = job.answer
        head = {**(job.head or {}), "first_page": len(answer.pages), "pages_at_once": PAGES_AT_ONCE}
        child.send(head, [job.data, *job.more], FILE_SECONDS)
        began = page_began = time.monotonic()
        try:
            while not answer.done:
                now = time.monotonic()
                of_page = self._page_seconds - answer.spent_on_page - (now - page_began)
                of_file = answer.seconds_left() - (now - began)
                head, blobs = child.receive(max(0.01, min(of_page, of_file)))
                try:
                    code = _taken(answer, head, blobs)
                except (BrokenFrameError, ValueError, KeyError, TypeError) as error:
                    raise ChildLostError(overdue=False) from error
                if code is CaptureCode.IMAGING_OUT_OF_MEMORY:
                    self._drop_child(index)  # its heap is spent; the next job deserves a fresh one
                if code is not None:
                    raise CaptureError(code, job.name)
                if head["kind"] == "rest":
                    return
                if head["kind"] == "page":
                    answer.spent_on_page, page_began = 0.0, time.monotonic()
                    if job.progress is not None:
                        job.progress(len(answer.pages), answer.total)
        finally:
            # Tries of one page share its time: a page that kills its process is not worth thrice as much.
            answer.spent_on_page += time.monotonic() - page_began

    def _result(self, job: _Job) -> Inspected | PreparedFile | PreparedPage | Look | bytes | None:
        assert job.head is not None
        if job.head["job"] == "look":
            return job.answer.look
        if job.head["job"] in ("preview", "card_copy", "join", "watermark"):
            return job.answer.picture
        if job.head["job"] == "recrop":
            return job.answer.pages[0]
        assert job.answer.kind is not None
        if job.head["job"] == "inspect":
            return Inspected(job.answer.kind, job.answer.total)
        digest = hashlib.sha256(job.data).hexdigest()
        return PreparedFile(job.answer.kind, tuple(job.answer.pages), job.data, digest)

    def _raise_child(self, index: int) -> ImagingChild | None:
        child = self._children[index]
        if child is not None and child.alive:
            return child
        self._drop_child(index)
        try:
            child = ImagingChild()
        except ChildLostError:
            return None
        with self._lock:
            if self._closed:
                child.end()
                return None
            self._children[index] = child
        return child

    def _drop_child(self, index: int) -> None:
        child, self._children[index] = self._children[index], None
        if child is not None:
            child.end()


def _taken(answer: _Answer, head: dict[str, Any], blobs: list[bytes]) -> CaptureCode | None:
    """Add a frame to the answer; returns the code of the error that it reports, if it does."""
    match head["kind"]:
        case "opened":
            answer.kind, answer.total = FileKind(head["file_kind"]), int(head["pages"])
        case "page":
            answer.pages.append(page_from(head, blobs))
        case "picture":
            (answer.picture,) = blobs
        case "look":
            answer.look = look_from(head)
        case "done":
            answer.done = True
        case "error":
            return CaptureCode(head["code"])
        case "rest":
            pass
        case _:
            raise BrokenFrameError
    return None
