"""What happens to a camera's frames, on a thread of its own: preview, still, page lying still, a look."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol

from capture.live_look import Look
from capture.sources.source import Back, Event, Finished, FoundPage, Outline, PreviewFrame, Tell
from capture.sources.still import StillPage

FRAME_SECONDS = 1 / 15
LOOK_SECONDS = 0.35

LookAt = Callable[[bytes], "Future[Look]"]


@dataclass(frozen=True, slots=True)
class LivePicture:
    """A frame made small: rgb is 3 bytes a pixel without gaps, grey the small one that StillPage compares."""

    width: int
    height: int
    rgb: bytes
    grey: bytes
    packed: Callable[[], bytes]
    """The same picture as a JPEG, made when it is asked for."""


class Frame(Protocol):
    """A frame as the camera sent it."""

    def live(self) -> LivePicture | None:
        """The frame for the screen; None where it is broken."""

    def still(self) -> bytes:
        """The frame in full as a JPEG without notes; empty where it is broken."""


class FrameWork:
    """Turns frames into previews, stills and looks on a thread of its own; always on the newest frame."""

    def __init__(self, source_id: str, name: str, tell: Tell, look: LookAt) -> None:
        self.automatic = False
        self.looking = True
        self.ended = False
        self._id, self._name = source_id, name
        self._told_to, self._look = tell, look
        self._telling = threading.RLock()
        self._change = threading.Condition()
        self._frame: Frame | None = None
        self._wanted = False
        self._first = True
        self._page = StillPage()
        self._page_in_sight = False
        self._looked_at = 0.0
        self._look_under_way = False
        self._thread = threading.Thread(target=self._run, name="camera", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def end(self) -> None:
        with self._telling:
            self.ended = True
        with self._change:
            self._change.notify()
        self._thread.join()
        self._frame = None  # a whole frame has megabytes

    def tell(self, event: Event) -> None:
        with self._telling:
            if not self.ended:
                self._told_to(event)

    def give(self, frame: Frame) -> None:
        with self._change:
            self._frame = frame
            self._change.notify()

    def want_still(self) -> None:
        with self._change:
            self._wanted = True
            self._frame = None  # what came before the press may show the hand that pressed
            self._change.notify()

    def want_no_still(self) -> None:
        self._wanted = False

    def expect_first(self) -> None:
        with self._change:
            self._first, self._frame = True, None

    def _run(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: self.ended or self._frame is not None)
                if self.ended:
                    return
                frame, self._frame = self._frame, None
                wanted = self._wanted
            assert frame is not None
            began = time.monotonic()
            self._handle(frame, wanted, began)
            spent = time.monotonic() - began
            with (
                self._change
            ):  # half of the time at most, so that a slow machine stays free for what it shows
                self._change.wait_for(
                    lambda: self.ended or self._wanted, max(FRAME_SECONDS - spent, min(spent, 0.5))
                )

    def _handle(self, frame: Frame, wanted: bool, now: float) -> None:
        if wanted and self._take(frame):
            self._wanted = False
            self._page.taken()
        picture = frame.live()
        if picture is None:
            return
        if self._first:
            self._first = False
            self.tell(Back(self._id))
        self.tell(PreviewFrame(self._id, picture.width, picture.height, picture.rgb))
        lies_still = self._page.feed(picture.grey, now, self._page_in_sight)
        if lies_still and self.automatic:
            self._take(frame)
        if self.looking and not self._look_under_way and now - self._looked_at >= LOOK_SECONDS:
            self._begin_look(picture, now)

    def _take(self, frame: Frame) -> bool:
        """Tell a still; False where this frame is broken and the next one has to do."""
        data = frame.still()
        if not data:
            return False
        self.tell(FoundPage(self._id, self._name, data))
        self.tell(Finished(self._id, 1))
        return True

    def _begin_look(self, picture: LivePicture, now: float) -> None:
        self._looked_at, self._look_under_way = now, True
        try:
            self._look(picture.packed()).add_done_callback(self._looked)
        except RuntimeError:  # the imaging pool is closed: the program is leaving
            self._look_under_way = False

    def _looked(self, future: Future[Look]) -> None:
        self._look_under_way = False
        if future.cancelled() or future.exception() is not None:
            return  # the next look will tell
        seen = future.result()
        self._page_in_sight = seen.corners is not None
        self.tell(Outline(self._id, seen.corners, seen.codes))
