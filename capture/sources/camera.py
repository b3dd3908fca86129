"""Document and portrait cameras by Qt: the largest JPEG mode, a live preview, stills by hand or by itself."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLoggingCategory, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtMultimedia import (
    QCamera,
    QCameraDevice,
    QMediaCaptureSession,
    QMediaDevices,
    QVideoFrame,
    QVideoFrameFormat,
    QVideoSink,
)

from capture.sources import still
from capture.sources.frames import FrameWork, LivePicture, LookAt
from capture.sources.jpeg_bytes import standing_alone
from capture.sources.source import (
    Description,
    Gone,
    SourceCode,
    SourceError,
    SourceKind,
    Tell,
    Trouble,
)

PREVIEW_SIDE = 960
SILENT_SECONDS = 4.0
LEAST_RATE = 1.0
"""Frames a second: a mode slower than this is none for a live preview, however large."""
STILL_QUALITY = 95
LIVE_QUALITY = 85
_JPEG = QVideoFrameFormat.PixelFormat.Format_Jpeg

Failed = Callable[[SourceCode], None]


@dataclass(frozen=True, slots=True)
class Mode:
    """One way a camera can send pictures; `jpeg` where it packs them itself."""

    width: int
    height: int
    jpeg: bool
    rate: float


def best_mode(modes: Sequence[Mode]) -> int | None:
    """The place of the mode to open: the largest JPEG one, at its highest rate; the largest of any without.

    Document cameras open at 640 x 480 unless told, and their unpacked modes end far below their sensor.
    None where there is no mode.
    """
    live = [i for i, mode in enumerate(modes) if mode.rate >= LEAST_RATE] or list(range(len(modes)))
    packed = [i for i in live if modes[i].jpeg]
    choice = packed or live
    return max(choice, key=lambda i: (modes[i].width * modes[i].height, modes[i].rate), default=None)


class Lens(Protocol):
    """A camera that can be put into a capture session."""

    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str: ...

    def start(self, session: QMediaCaptureSession, failed: Failed) -> Callable[[], None]:
        """Send frames into the session until the function that is returned is called."""


class Lenses(Protocol):
    """The cameras that there are, and word when one comes or goes. Main thread only."""

    def all(self) -> Sequence[Lens]: ...

    def watch(self, changed: Callable[[], None]) -> Callable[[], None]:
        """Have `changed` called until the function that is returned is called."""


class SystemLens:
    """A camera that the system lists."""

    def __init__(self, device: QCameraDevice) -> None:
        self._device = device
        self.id = stable_id(bytes(device.id().data()).decode("utf-8", "replace"))
        self.name = device.description()

    def start(self, session: QMediaCaptureSession, failed: Failed) -> Callable[[], None]:
        camera = QCamera(self._device)
        formats = self._device.videoFormats()
        choice = best_mode(
            [
                Mode(
                    f.resolution().width(),
                    f.resolution().height(),
                    f.pixelFormat() == _JPEG,
                    f.maxFrameRate(),
                )
                for f in formats
            ]
        )
        if choice is not None:
            camera.setCameraFormat(formats[choice])
        camera.errorOccurred.connect(lambda *_: failed(SourceCode.CAMERA_IN_USE))
        session.setCamera(camera)
        camera.start()

        def stop() -> None:
            camera.stop()
            session.setCamera(None)  # type: ignore[arg-type]
            camera.deleteLater()

        return stop


class SystemLenses:
    """The cameras of this machine."""

    def __init__(self) -> None:
        _hush()
        self._devices = QMediaDevices()

    def all(self) -> Sequence[Lens]:
        return [SystemLens(device) for device in QMediaDevices.videoInputs()]

    def watch(self, changed: Callable[[], None]) -> Callable[[], None]:
        connection = self._devices.videoInputsChanged.connect(changed)

        def stop() -> None:
            self._devices.videoInputsChanged.disconnect(connection)

        return stop


def _hush() -> None:
    """Qt looks for the graphics card's video decoder, which nothing here needs, and warns at length."""
    QLoggingCategory.setFilterRules("qt.multimedia.symbolsresolver.warning=false")


def stable_id(system_id: str, devices: Path = Path("/sys/class/video4linux")) -> str:
    """A camera's id that stays when the system numbers its cameras anew.

    Linux gives "/dev/video0" to whichever camera started first, so there the place on the USB is taken, with
    maker and model; two cameras of one model differ by it. Elsewhere the system's own id is stable.
    """
    node = devices / Path(system_id).name / "device"
    if not system_id.startswith("/dev/") or not node.exists():
        return system_id
    interface = node.resolve()
    marks = []
    for mark in ("idVendor", "idProduct"):
        try:
            marks.append((interface.parent / mark).read_text("ascii").strip())
        except (OSError, UnicodeDecodeError):
            return f"{interface.parent.name}/{interface.name}"
    return f"usb-{interface.name}-{':'.join(marks)}"


class CameraSource:
    """All cameras. Made and called on the main thread; `look` finds outline and codes, elsewhere."""

    def __init__(self, lenses: Lenses, look: LookAt) -> None:
        self._lenses = lenses
        self._look = look

    def list(self) -> tuple[Description, ...]:
        """The cameras that are plugged in."""
        return tuple(Description(lens.id, SourceKind.CAMERA, lens.name) for lens in self._lenses.all())

    def watch(self, changed: Callable[[], None]) -> None:
        """Have `changed` called when a camera comes or goes."""
        self._lenses.watch(changed)

    def open(self, source_id: str, tell: Tell) -> OpenCamera:
        """Use a camera. Raises SourceError camera_gone."""
        name = next((lens.name for lens in self._lenses.all() if lens.id == source_id), None)
        if name is None:
            raise SourceError(SourceCode.CAMERA_GONE, source_id)
        return OpenCamera(self._lenses, source_id, name, tell, self._look)


class OpenCamera(QObject):
    """One camera in use: it is told about until `close`, through any number of unpluggings."""

    def __init__(self, lenses: Lenses, source_id: str, name: str, tell: Tell, look: LookAt) -> None:
        super().__init__()
        _hush()
        self._lenses = lenses
        self._id, self._name = source_id, name
        self._stop_lens: Callable[[], None] | None = None
        self._lost = False
        self._seen_at = time.monotonic()
        self._work = FrameWork(source_id, name, tell, look)
        self._session = QMediaCaptureSession(self)
        self._sink = QVideoSink(self)
        self._sink.videoFrameChanged.connect(self._frame_came)
        self._session.setVideoSink(self._sink)
        self._pulse = QTimer(self)
        self._pulse.setInterval(1000)
        self._pulse.timeout.connect(self._check)
        self._silent = False
        self._unwatch = self._lenses.watch(self._lenses_changed)
        self._work.start()
        self._attach()
        self._pulse.start()

    def take(self) -> None:
        """Press the shutter: the next whole frame becomes a page."""
        if self._lost:
            self._work.tell(Trouble(self._id, SourceError(SourceCode.CAMERA_GONE, self._name).problem))
        else:
            self._work.want_still()

    def stop(self) -> None:
        self._work.want_no_still()

    def settle(self, receipt: str, stored: bool) -> None:
        """A frame is gone once it was told; there is nothing to keep."""

    def set_automatic(self, on: bool) -> None:
        """Have the shutter go by itself whenever a page that was just laid down lies still."""
        self._work.automatic = on

    def set_looking(self, on: bool) -> None:
        """Look for outline and codes (so at first), or leave the imaging process to what is waited for."""
        self._work.looking = on

    def close(self) -> None:
        self._pulse.stop()
        self._unwatch()  # whoever watches is kept, and each camera that was closed keeps a whole frame
        self._detach()
        self._work.end()
        self.deleteLater()

    def _attach(self) -> None:
        lens = next((lens for lens in self._lenses.all() if lens.id == self._id), None)
        if lens is None:
            self._lose()
            return
        self._work.expect_first()
        self._seen_at, self._silent, self._lost = time.monotonic(), False, False
        self._stop_lens = lens.start(self._session, self._failed)

    def _detach(self) -> None:
        stop, self._stop_lens = self._stop_lens, None
        if stop is not None:
            stop()

    def _lose(self) -> None:
        self._detach()
        if not self._lost:
            self._lost = True
            self._work.tell(Gone(self._id))

    def _failed(self, code: SourceCode) -> None:
        if self._stop_lens is None:
            return
        there = any(lens.id == self._id for lens in self._lenses.all())
        if there:
            self._work.tell(Trouble(self._id, SourceError(code, self._name).problem))
        QTimer.singleShot(0, self, self._lose)  # not inside the camera's own signal

    def _lenses_changed(self) -> None:
        if self._work.ended:
            return
        there = any(lens.id == self._id for lens in self._lenses.all())
        if not there:
            self._lose()
        elif self._stop_lens is None:
            self._attach()

    def _check(self) -> None:
        """Once a second: take up a camera that another program let go; name one that is silent."""
        if self._stop_lens is None:
            self._lenses_changed()
        elif time.monotonic() - self._seen_at > SILENT_SECONDS and not self._silent:
            self._silent = True
            self._work.tell(Trouble(self._id, SourceError(SourceCode.CAMERA_SILENT, self._name).problem))

    def _frame_came(self, frame: QVideoFrame) -> None:
        if self._stop_lens is not None and frame.isValid():
            self._seen_at, self._silent = time.monotonic(), False
            self._work.give(QtFrame(frame))


class QtFrame:
    """A frame of QtMultimedia; used by one thread."""

    def __init__(self, frame: QVideoFrame) -> None:
        self._frame = frame

    def live(self) -> LivePicture | None:
        picture = self._small()
        if picture.isNull():
            return None
        rgb = picture.convertToFormat(QImage.Format.Format_RGB888)
        grey = picture.scaled(
            still.WIDTH,
            still.HEIGHT,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        ).convertToFormat(QImage.Format.Format_Grayscale8)
        return LivePicture(
            rgb.width(), rgb.height(), _tight(rgb, 3), _tight(grey, 1), lambda: _packed(rgb, LIVE_QUALITY)
        )

    def still(self) -> bytes:
        frame = self._frame
        if frame.pixelFormat() != _JPEG:
            image = frame.toImage()
            return b"" if image.isNull() else _packed(image, STILL_QUALITY)
        return self._packed_frame()

    def _packed_frame(self) -> bytes:
        """The JPEG that the camera made; empty where a part of it was lost on the cable."""
        if not self._frame.map(QVideoFrame.MapMode.ReadOnly):
            return b""
        try:
            return standing_alone(memoryview(self._frame.bits(0)))
        except ValueError:
            return b""
        finally:
            self._frame.unmap()

    def _small(self) -> QImage:
        """The picture, longer side at most PREVIEW_SIDE; a JPEG is unpacked at that size, which is quick."""
        size = self._frame.size().scaled(PREVIEW_SIDE, PREVIEW_SIDE, Qt.AspectRatioMode.KeepAspectRatio)
        if self._frame.pixelFormat() == _JPEG:
            return _unpacked(self._packed_frame(), size)
        image = self._frame.toImage()
        # Smooth scaling of a large picture holds the interpreter's lock: halve it roughly first.
        rough = image.scaled(size * 2) if image.width() > 2 * size.width() else image
        return rough.scaled(
            size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )


def _unpacked(jpeg: bytes, size: QSize) -> QImage:
    """Unpack a JPEG at about the size that is wanted; a null image where it cannot be.

    Not by Qt's reader: over a device made in Python it asks for the interpreter's lock while it holds one of
    its own, and another thread that decodes a picture may wait for that with the interpreter's lock in hand.
    """
    wanted = (size.width(), size.height())
    try:
        with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as picture:
            picture.draft("RGB", wanted)
            small = picture.convert("RGB").resize(wanted, Image.Resampling.BILINEAR)
    except (OSError, ValueError):  # lost on the cable
        return QImage()
    pixels, row = small.tobytes(), 3 * size.width()
    return QImage(pixels, size.width(), size.height(), row, QImage.Format.Format_RGB888).copy()


def _tight(image: QImage, width_of_pixel: int) -> bytes:
    """The pixels row after row; Qt pads each row to four bytes."""
    row = image.width() * width_of_pixel
    data = bytes(image.constBits())
    if image.bytesPerLine() == row:
        return data
    step = image.bytesPerLine()
    return b"".join(data[y * step : y * step + row] for y in range(image.height()))


def _packed(image: QImage, quality: int) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpg"))
    writer.setQuality(quality)
    writer.write(image)
    return bytes(buffer.data().data())
