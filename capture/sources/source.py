"""What every source of pages has in common: what it is called, how it is opened, and what it tells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from capture.barcodes import Code
from capture.pages import Corners
from registration.errors import MachineError, Problem


class SourceKind(StrEnum):
    """What a source is to the person in front of it."""

    CAMERA = "camera"
    SCANNER = "scanner"
    NETWORK_SCANNER = "network_scanner"
    FOLDER = "folder"


class Sides(StrEnum):
    """How a scanner takes paper in."""

    FLATBED = "flatbed"
    FEEDER = "feeder"
    DUPLEX = "duplex"


class SourceCode(StrEnum):
    """Why a device gave no page; each has its words in the wording catalogue, with {device}."""

    CAMERA_GONE = "camera_gone"
    CAMERA_IN_USE = "camera_in_use"
    CAMERA_SILENT = "camera_silent"
    SCANNER_GONE = "scanner_gone"
    SCANNER_NOT_INSTALLED = "scanner_not_installed"
    SCANNER_BUSY = "scanner_busy"
    SCANNER_DENIED = "scanner_denied"
    SCANNER_COVER_OPEN = "scanner_cover_open"
    SCANNER_JAMMED = "scanner_jammed"
    SCANNER_FAILED = "scanner_failed"
    SCANNER_UNREACHABLE = "scanner_unreachable"
    FEEDER_EMPTY = "feeder_empty"
    FOLDER_GONE = "folder_gone"


class SourceError(MachineError):
    """A device that cannot give a page now; params["device"] is its name as the person knows it."""

    def __init__(self, code: SourceCode, device: str) -> None:
        super().__init__(code.value, device=device)
        self.source_code = code


@dataclass(frozen=True, slots=True)
class Description:
    """One device. `id` outlives unplugging, restarts and another order of starting; `name` is for people.

    `sides` are a scanner's ways to take paper, the first of them the one to offer.
    """

    id: str
    kind: SourceKind
    name: str
    sides: tuple[Sides, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundPage:
    """Bytes of one file (JPEG, or whatever lay in the folder) that becomes one page or more.

    `name` is for messages. `receipt` names it to `OpenSource.settle` where the source keeps it until then.
    """

    source_id: str
    name: str
    data: bytes
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class PreviewFrame:
    """A live picture, downscaled: rgb is 3 bytes a pixel, row after row without gaps."""

    source_id: str
    width: int
    height: int
    rgb: bytes


@dataclass(frozen=True, slots=True)
class Outline:
    """What lies on the table: the page's corners as shares of width and height (None: no page), and codes."""

    source_id: str
    corners: Corners | None
    codes: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that a person has to hear of; the source goes on where it can."""

    source_id: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Gone:
    """The device was unplugged, or the folder is not there; the source waits for it."""

    source_id: str


@dataclass(frozen=True, slots=True)
class Back:
    """The device is there and working: after `open`, and after each time that it was gone."""

    source_id: str


@dataclass(frozen=True, slots=True)
class Finished:
    """What `take` began has come to its end, after so many pages; with the reason where it stopped short."""

    source_id: str
    pages: int


Event = FoundPage | PreviewFrame | Outline | Trouble | Gone | Back | Finished
Tell = Callable[[Event], None]
"""Called on a thread of the source, never on the caller's; it must not block."""


class OpenSource(Protocol):
    """A device in use. All calls return at once; what comes of them is told."""

    def take(self) -> None:
        """Press the shutter, start the scan, look into the folder now."""

    def stop(self) -> None:
        """Give up what `take` began; harmless when nothing is under way."""

    def settle(self, receipt: str, stored: bool) -> None:
        """Say what became of a page that was found: its bytes are durable, or they gave no page."""

    def close(self) -> None:
        """Let go of the device; nothing is told any more once this returns."""


class Source(Protocol):
    """A kind of device."""

    def list(self) -> tuple[Description, ...]:
        """The devices that are there now. May take seconds: not on the main thread, but for cameras."""

    def open(self, source_id: str, tell: Tell) -> OpenSource:
        """Use one device. Raises SourceError where it is not there; trouble later on is told."""
