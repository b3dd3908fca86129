"""Cameras that show what a test puts under them, through Qt's own capture session; and pictures for them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from PIL import Image
from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QMediaCaptureSession, QVideoFrame, QVideoFrameFormat, QVideoFrameInput

from capture.sources.camera import Failed, Lens
from capture.sources.source import SourceCode

RATE_MS = 40


class FedLens:
    """A camera under which a picture lies; frames are packed as document cameras pack them, or plain."""

    def __init__(self, lens_id: str, name: str, picture: bytes, *, packed: bool = True) -> None:
        self.id, self.name = lens_id, name
        self.packed = packed
        self._new_frame = _frames_of(picture, packed)
        self._failed: Failed | None = None
        self._timer = QTimer()
        self._timer.setInterval(RATE_MS)
        self._input: QVideoFrameInput | None = None
        self._timer.timeout.connect(self._send)

    def lay(self, picture: bytes) -> None:
        """Put another picture (JPEG) under the camera."""
        self._new_frame = _frames_of(picture, self.packed)

    def lay_broken(self, data: bytes) -> None:
        """Have the camera send bytes as they come over a bad cable."""
        self._new_frame = lambda: _packed_frame(data, QSize(640, 480))

    def fall_silent(self) -> None:
        self._timer.stop()

    def running(self) -> bool:
        return self._input is not None

    def fail(self, code: SourceCode = SourceCode.CAMERA_IN_USE) -> None:
        """Report an error as a camera does that another program has taken."""
        assert self._failed is not None
        self._failed(code)

    def start(self, session: QMediaCaptureSession, failed: Failed) -> Callable[[], None]:
        self._failed = failed
        self._input = QVideoFrameInput()
        session.setVideoFrameInput(self._input)
        self._timer.start()

        def stop() -> None:
            self._timer.stop()
            session.setVideoFrameInput(None)  # type: ignore[arg-type]
            self._input, self._failed = None, None

        return stop

    def _send(self) -> None:
        if self._input is not None:
            self._input.sendVideoFrame(self._new_frame())  # a sink passes the same frame over


class FedLenses:
    """The cameras that a test has plugged in."""

    def __init__(self, *lenses: FedLens) -> None:
        self._lenses = list(lenses)
        self._watchers: list[Callable[[], None]] = []

    def all(self) -> Sequence[Lens]:
        return tuple(self._lenses)

    def watch(self, changed: Callable[[], None]) -> Callable[[], None]:
        self._watchers.append(changed)
        return lambda: self._watchers.remove(changed)

    def unplug(self, lens: FedLens) -> None:
        lens.fall_silent()
        self._lenses.remove(lens)
        self._tell()

    def plug(self, lens: FedLens) -> None:
        self._lenses.append(lens)
        self._tell()

    def _tell(self) -> None:
        for watcher in list(self._watchers):
            watcher()


def packed(image: Image.Image, *, exif: bytes = b"", quality: int = 90) -> bytes:
    """A picture as a JPEG."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, **({"exif": exif} if exif else {}))
    return out.getvalue()


def _frames_of(picture: bytes, pack: bool) -> Callable[[], QVideoFrame]:
    if not pack:
        image = QImage.fromData(picture)
        return lambda: QVideoFrame(image)
    size = QSize(*Image.open(io.BytesIO(picture)).size)
    return lambda: _packed_frame(picture, size)


def _packed_frame(data: bytes, size: QSize) -> QVideoFrame:
    frame = QVideoFrame(QVideoFrameFormat(size, QVideoFrameFormat.PixelFormat.Format_Jpeg))
    assert frame.map(QVideoFrame.MapMode.WriteOnly)
    memory = memoryview(frame.bits(0))
    memory[: len(data)] = data
    if not data.endswith(b"\xff\xd9"):  # no end may be found in what the memory held before
        memory[len(data) :] = bytes(len(memory) - len(data))
    frame.unmap()
    return frame
