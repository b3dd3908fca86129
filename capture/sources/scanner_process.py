"""The scanner process: drivers block and sometimes crash, so they do it here; speaks only to its parent.

In: {"do": "list"}, {"do": "scan", "device", "sides", "dpi"}, {"do": "cancel"}. Out: {"kind": "devices"};
for a scan {"kind": "page"} with a JPEG each, then {"kind": "done", "pages", "status"}.
"""

from __future__ import annotations

import io
import os
import queue
import re
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO, Any

from PIL import Image

from capture.imaging_wire import BrokenFrameError, read_frame, write_frame
from capture.sources.sane_library import NO_LIBRARY, Frame, Listed, SaneDevice, SaneError, SaneLibrary, Status
from capture.sources.source import Sides

JPEG_QUALITY = 92
FEEDER_WIDTH_MM, FEEDER_LENGTH_MM = 216.0, 300.0
MOST_PAGES = 500
_DUPLEX = re.compile(r"duplex|both sides|双面", re.IGNORECASE)
_FEEDER = re.compile(r"adf|feeder|进纸", re.IGNORECASE)


class ScannerProcess:
    """Serves one parent; jobs on the main thread, cancelling from the one that reads the pipe."""

    def __init__(self, jobs: IO[bytes], answers: IO[bytes]) -> None:
        self._jobs, self._answers = jobs, answers
        self._waiting: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._cancelled = False
        self._device: SaneDevice | None = None
        self._library: SaneLibrary | None = None

    def serve(self) -> None:
        """Work until the parent closes the pipe."""
        threading.Thread(target=self._listen, daemon=True).start()
        while (job := self._waiting.get()) is not None:
            # The answer goes out before the device is let go: drivers are known to hang in that.
            with ExitStack() as device:
                answer = self._answer_to(job, device)
                write_frame(self._answers, answer)

    def _answer_to(self, job: dict[str, Any], device: ExitStack) -> dict[str, Any]:
        status, pages = Status.GOOD.value, 0
        try:
            if self._library is None:
                self._library = SaneLibrary()
            if job["do"] == "list":
                return {"kind": "devices", "devices": self._list(self._library)}
            for page in self._pages(self._library, job, device):
                write_frame(self._answers, {"kind": "page"}, [page])
                pages += 1
        except OSError:
            status = NO_LIBRARY
        except SaneError as error:
            status = error.status
        if self._cancelled:
            status = Status.CANCELLED.value
        return {"kind": "done", "pages": pages, "status": status}

    def _listen(self) -> None:
        while True:
            try:
                head, _ = read_frame(self._jobs)
            except (BrokenFrameError, OSError):
                self._waiting.put(None)
                return
            if head["do"] == "cancel":
                self._cancelled = True
                device = self._device
                if device is not None:
                    device.cancel()
            else:
                self._waiting.put(head)

    def _list(self, library: SaneLibrary) -> list[dict[str, Any]]:
        found = []
        for key, listed in keyed(library.devices()).items():
            try:
                with library.opened(listed.name) as device:
                    sides = [side.value for side in sides_of(device)]
            except SaneError:  # in use, or not ours to open: it is there all the same
                sides = []
            found.append({"key": key, "name": f"{listed.vendor} {listed.model}".strip(), "sides": sides})
        return found

    def _pages(self, library: SaneLibrary, job: dict[str, Any], stack: ExitStack) -> Iterator[bytes]:
        listed = keyed(library.devices()).get(job["device"])
        if listed is None:
            raise SaneError(Status.INVALID)
        sides, dpi = Sides(job["sides"]), int(job["dpi"])
        device = stack.enter_context(library.opened(listed.name))
        stack.callback(device.cancel)
        self._device = device
        set_up(device, sides, dpi)
        for number in range(1 if sides is Sides.FLATBED else MOST_PAGES):
            if self._cancelled:
                return
            try:
                frames = frames_of(device)
            except SaneError as error:
                if error.status == Status.NO_DOCUMENTS and number:
                    return
                raise
            yield packed(frames, dpi)


def keyed(listed: list[Listed]) -> dict[str, Listed]:
    """Devices by a name that outlives unplugging: driver, maker and model, numbered where there are more."""
    found: dict[str, Listed] = {}
    for device in listed:
        driver = device.name.split(":")[0]
        stem = "-".join(
            part.strip().replace(" ", "_") for part in (driver, device.vendor, device.model) if part
        )
        number = 1
        while (key := stem if number == 1 else f"{stem}#{number}") in found:
            number += 1
        found[key] = device
    return found


def sides_of(device: SaneDevice) -> tuple[Sides, ...]:
    """The ways in which a device takes paper; one without a choice has a flatbed."""
    names = device.choices("source")
    ways = {_way(name) for name in names}
    feeder = next((name for name in names if _way(name) is Sides.FEEDER), None)
    if feeder is not None and Sides.DUPLEX not in ways:
        device.set("source", feeder)  # some drivers show what the feeder can do only while it is chosen
        if device.has("duplex") or any(map(_DUPLEX.search, device.choices("adf-mode"))):
            ways.add(Sides.DUPLEX)
    return tuple(side for side in Sides if side in ways) or (Sides.FLATBED,)


def _way(name: str) -> Sides:
    if _DUPLEX.search(name):
        return Sides.DUPLEX
    return Sides.FEEDER if _FEEDER.search(name) else Sides.FLATBED


def set_up(device: SaneDevice, sides: Sides, dpi: int) -> None:
    """Choose source, colour, resolution and the whole area."""
    by_way = {_way(name): name for name in reversed(device.choices("source"))}
    name = by_way.get(sides) or (by_way.get(Sides.FEEDER) if sides is Sides.DUPLEX else None)
    if name is not None:
        device.set("source", name)
    two = sides is Sides.DUPLEX
    if device.has("duplex"):
        device.set("duplex", two)
    modes = device.choices("adf-mode")
    wanted = next((mode for mode in modes if bool(_DUPLEX.search(mode)) == two), None)
    if wanted is not None:
        device.set("adf-mode", wanted)
    colour = [mode for mode in device.choices("mode") if re.search(r"colou?r|彩", mode, re.IGNORECASE)]
    if colour:
        device.set("mode", colour[0])
    device.set("depth", 8)
    device.set("resolution", dpi)
    for option, limit in (("br-x", FEEDER_WIDTH_MM), ("br-y", FEEDER_LENGTH_MM)):
        largest = device.largest(option)
        if largest is not None:
            device.set(option, largest if sides is Sides.FLATBED else min(largest, limit))


def frames_of(device: SaneDevice) -> list[Frame]:
    """Scan one page: one frame, or three from a scanner that passes once for each colour."""
    frames = []
    while True:
        device.start()
        frames.append(device.frame())
        if frames[-1].last or frames[-1].format <= 1 or len(frames) == 3:
            return frames


def packed(frames: list[Frame], dpi: int) -> bytes:
    """The page as a JPEG that knows its resolution. Raises SaneError IO_ERROR where no line came."""
    images = [_image(frame) for frame in frames]
    if len(images) == 3:
        order = sorted(range(3), key=lambda i: frames[i].format)
        image = Image.merge("RGB", [images[i] for i in order])
    else:
        image = images[0]
    out = io.BytesIO()
    image.save(out, "JPEG", quality=JPEG_QUALITY, dpi=(dpi, dpi))
    return out.getvalue()


def _image(frame: Frame) -> Image.Image:
    """The frame's lines; how many there are is only known when they have come, as a feeder pulls the page."""
    lines = len(frame.data) // frame.bytes_per_line if frame.bytes_per_line else 0
    if not lines or not frame.width:
        raise SaneError(Status.IO_ERROR)
    size, data = (frame.width, lines), frame.data[: lines * frame.bytes_per_line]
    stride = frame.bytes_per_line
    if frame.depth == 1:
        return Image.frombytes("1", size, data, "raw", "1;I", stride).convert("L")
    if frame.depth == 16:
        data, stride = data[1::2], stride // 2  # the high byte of each sample, as this machine orders them
    mode = "RGB" if frame.format == 1 else "L"
    return Image.frombytes(mode, size, data, "raw", mode, stride)


def main() -> None:
    """Serve on the pipes of the parent; what a driver prints must not land in the middle of a frame."""
    jobs, answers = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for handle in (0, 1, 2):
        os.dup2(nothing, handle)
    ScannerProcess(os.fdopen(jobs, "rb"), os.fdopen(answers, "wb")).serve()
    os._exit(0)  # a driver's threads are not waited for


if __name__ == "__main__":
    main()
