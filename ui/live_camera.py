"""The camera in use, as the screens see it: all news on the main thread, frames never in a queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from capture.sources.camera import CameraSource, OpenCamera
from capture.sources.source import (
    Back,
    Description,
    Event,
    FoundPage,
    Gone,
    Outline,
    PreviewFrame,
    SourceError,
    Trouble,
)

if TYPE_CHECKING:
    from ui.services import Services

IDLE_MS = 60_000


class LiveCamera(QObject):
    """`framed(PreviewFrame)`, `outlined(Outline)`, `taken(FoundPage)`, `failed(Problem)`, `changed()`, and
    `rested()`.

    `changed`: another camera is in use, the one in use came or went, or one was plugged in.
    `rested`: with `rests`, it was shut because nothing was photographed for a minute of battery saving.
    """

    framed = Signal(object)
    outlined = Signal(object)
    taken = Signal(object)
    failed = Signal(object)
    changed = Signal()
    rested = Signal()

    def __init__(self, services: Services, parent: QObject | None = None, *, rests: bool = False) -> None:
        super().__init__(parent)
        self._services = services
        self._source = CameraSource(services.devices.lenses(), services.imaging.submit_look)
        self._source.watch(self._plugged)
        self._camera: OpenCamera | None = None
        self._frame: PreviewFrame | None = None
        self._automatic = False
        self.source_id = ""
        self.there = False
        self._idle = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._idle.timeout.connect(self._rest)
        if rests:
            services.signals.saving_changed.connect(self._in_use)
        self._rests = rests

    def cameras(self) -> tuple[Description, ...]:
        """The cameras that are plugged in."""
        return self._source.list()

    def is_on(self) -> bool:
        return self._camera is not None

    def turn_on(self, source_id: str = "") -> None:
        """Use a camera: this one, or the one of last time, or the first. Failure comes by `failed`."""
        self.turn_off()
        found = [camera.id for camera in self.cameras()]
        wished = source_id or self._services.settings.value.camera
        chosen = wished if wished in found or not found else found[0]
        try:
            self._camera = self._source.open(chosen, self._hear)
        except SourceError as error:
            self.failed.emit(error.problem)
            return
        self.source_id = chosen
        self._camera.set_automatic(self._automatic)
        if source_id:
            self._services.settings.change(camera=source_id)
        self._in_use()
        self.changed.emit()

    def turn_off(self) -> None:
        self._idle.stop()
        camera, self._camera = self._camera, None
        self._frame, self.there = None, False
        if camera is not None:
            camera.close()
            self.changed.emit()

    def next_camera(self) -> None:
        """Turn to the next of several cameras: document, portrait."""
        found = [camera.id for camera in self.cameras()]
        if self._camera is not None and len(found) > 1:
            at = found.index(self.source_id) if self.source_id in found else -1
            self.turn_on(found[(at + 1) % len(found)])

    def take(self) -> None:
        """Press the shutter; the page comes by `taken`."""
        if self._camera is not None:
            self._in_use()
            self._camera.take()

    def set_automatic(self, on: bool) -> None:
        """Have the shutter go by itself when a page lies still."""
        self._automatic = on
        if self._camera is not None:
            self._camera.set_automatic(on)

    def set_looking(self, on: bool) -> None:
        """Look for the outline, or leave the imaging process to the pages that are on their way."""
        if self._camera is not None:
            self._camera.set_looking(on)

    def _in_use(self) -> None:
        """Count the idle minute from now, where the battery is saved."""
        if self._rests and self._camera is not None and self._services.signals.saving:
            self._idle.start()
        else:
            self._idle.stop()

    def _rest(self) -> None:
        self.turn_off()
        self.rested.emit()

    def _plugged(self) -> None:
        if isValid(self):
            self.changed.emit()

    def _hear(self, event: Event) -> None:
        """On the camera's thread. Of frames only the newest waits: a busy window skips, it never lags."""
        if isinstance(event, PreviewFrame):
            waiting, self._frame = self._frame, event
            if waiting is not None:
                return
        signals = self._services.signals
        if isValid(signals):
            signals.post(lambda: self._pass_on(event) if isValid(self) else None)

    def _pass_on(self, event: Event) -> None:
        if self._camera is None or event.source_id != self.source_id:
            return
        match event:
            case PreviewFrame():
                frame, self._frame = self._frame, None
                if frame is not None and self.there:  # the last one may come after the cable was pulled
                    self.framed.emit(frame)
            case Outline():
                self.outlined.emit(event)
            case FoundPage():
                self._in_use()
                self.taken.emit(event)
            case Trouble():
                self.failed.emit(event.problem)
            case Gone() | Back():
                self.there = isinstance(event, Back)
                self.changed.emit()
            case _:
                pass
