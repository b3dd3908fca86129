"""Scanners on this machine, by SANE in a process of its own: the window never waits for a driver."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from capture.imaging_wire import BrokenFrameError, read_frame, write_frame
from capture.sources.sane_library import NO_LIBRARY, Status
from capture.sources.source import (
    Description,
    Event,
    Finished,
    FoundPage,
    Sides,
    SourceCode,
    SourceError,
    SourceKind,
    Tell,
    Trouble,
)

DPI = 300
LIST_SECONDS = 30.0
PAGE_SECONDS = 120.0
"""An old flatbed takes a minute for a page at 300 dpi; one that is silent for longer hangs."""
CANCEL_SECONDS = 5.0
_PREFIX = "sane:"

_CODES = {
    NO_LIBRARY: SourceCode.SCANNER_NOT_INSTALLED,
    Status.INVALID: SourceCode.SCANNER_GONE,
    Status.DEVICE_BUSY: SourceCode.SCANNER_BUSY,
    Status.JAMMED: SourceCode.SCANNER_JAMMED,
    Status.NO_DOCUMENTS: SourceCode.FEEDER_EMPTY,
    Status.COVER_OPEN: SourceCode.SCANNER_COVER_OPEN,
    Status.ACCESS_DENIED: SourceCode.SCANNER_DENIED,
}


class ScannerChildLostError(Exception):
    """The scanner process ended, or was ended, before it answered."""


class ScannerChild:
    """A scanner process; `receive` on one thread, `send` and `end` on any."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "capture.sources.scanner_process"],
            cwd=Path(__file__).resolve().parents[2],
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def send(self, **head: Any) -> None:
        """Hand over a job. Raises ScannerChildLostError."""
        assert self._process.stdin is not None
        try:
            write_frame(self._process.stdin, head)
        except (OSError, ValueError):
            raise ScannerChildLostError from None

    def receive(self, seconds: float) -> tuple[dict[str, Any], list[bytes]]:
        """Wait for one answer; the process is ended when none comes in time. Raises ScannerChildLostError."""
        assert self._process.stdout is not None
        watchdog = threading.Timer(seconds, self._process.kill)
        watchdog.daemon = True
        watchdog.start()
        try:
            return read_frame(self._process.stdout)
        except (OSError, ValueError, BrokenFrameError):
            raise ScannerChildLostError from None
        finally:
            watchdog.cancel()

    def leave(self, seconds: float) -> None:
        """Let the process put its device to rest and end by itself; it is ended where it does not in time."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        self.end()

    def end(self) -> None:
        """End the process at once; harmless when it has ended."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


class SaneSource:
    """All scanners that SANE knows on this machine."""

    def list(self) -> tuple[Description, ...]:
        """The scanners that are plugged in. Takes seconds; off the main thread. Empty without SANE."""
        child = ScannerChild()
        try:
            child.send(do="list")
            head, _ = child.receive(LIST_SECONDS)
        except ScannerChildLostError:
            return ()
        finally:
            child.end()
        return tuple(
            Description(
                _PREFIX + str(found["key"]),
                SourceKind.SCANNER,
                str(found["name"]),
                tuple(Sides(side) for side in found["sides"]),
            )
            for found in head.get("devices", ())
        )

    def open(self, source_id: str, tell: Tell, name: str = "") -> OpenScanner:
        """Use a scanner; that it is not there is told by the first `take`. `name` is for messages."""
        return OpenScanner(source_id, name or source_id.removeprefix(_PREFIX), tell)


class OpenScanner:
    """One scanner; each `take` is one batch, on a thread of its own, with a process of its own."""

    def __init__(self, source_id: str, name: str, tell: Tell) -> None:
        self._id, self._name, self._told_to = source_id, name, tell
        self.sides = Sides.FLATBED
        self._lock = threading.RLock()
        self._child: ScannerChild | None = None
        self._thread: threading.Thread | None = None
        self._busy = self._given_up = self._closed = False

    def take(self) -> None:
        """Scan one page from the glass, or all that lies in the feeder. Nothing happens while it scans."""
        with self._lock:
            if self._closed or self._busy:
                return
            self._busy, self._given_up = True, False
            self._thread = threading.Thread(
                target=self._scan, args=(self.sides, self._thread), name="scanner", daemon=True
            )
            self._thread.start()

    def stop(self) -> None:
        """Stop after what is on the way; a driver that does not listen is ended."""
        with self._lock:
            child, self._given_up = self._child, True
        if child is not None:
            with contextlib.suppress(ScannerChildLostError):
                child.send(do="cancel")
            last_resort = threading.Timer(CANCEL_SECONDS, self._end_if_still, (child,))
            last_resort.daemon = True
            last_resort.start()

    def settle(self, receipt: str, stored: bool) -> None:
        """The paper is in the person's hand; there is nothing to keep."""

    def close(self) -> None:
        with self._lock:
            self._closed = True
            child = self._child
        if child is not None:
            child.end()

    def _end_if_still(self, child: ScannerChild) -> None:
        with self._lock:
            if self._child is child:
                child.end()

    def _scan(self, sides: Sides, former: threading.Thread | None) -> None:
        if former is not None:
            former.join()  # until then the device is being put to rest
        child = ScannerChild()
        with self._lock:
            self._child = child
            if self._closed:
                child.end()
        pages, status = 0, Status.IO_ERROR.value
        try:
            child.send(do="scan", device=self._id.removeprefix(_PREFIX), sides=sides.value, dpi=DPI)
            while True:
                head, blobs = child.receive(PAGE_SECONDS)
                if head["kind"] != "page":
                    status = int(head["status"])
                    break
                pages += 1
                self._tell(FoundPage(self._id, f"{self._name} {pages}", blobs[0]))
        except ScannerChildLostError:
            pass
        with self._lock:
            self._child, self._busy, given_up = None, False, self._given_up
        if status not in (Status.GOOD, Status.CANCELLED) and not given_up:
            code = _CODES.get(status, SourceCode.SCANNER_FAILED)
            self._tell(Trouble(self._id, SourceError(code, self._name).problem))
        self._tell(Finished(self._id, pages))
        child.leave(0.0 if self._closed else CANCEL_SECONDS)

    def _tell(self, event: Event) -> None:
        with self._lock:
            if not self._closed:
                self._told_to(event)
