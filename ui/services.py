"""What a screen may use once the vault is open: one frozen value, handed down from main."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ui.devices_here import DevicesHere

if TYPE_CHECKING:
    from capture.imaging import ImagingPool
    from printing.spool import Job, JobState, Printer
    from registration.clock import ClockGuard
    from registration.errors import Problem
    from registration.receipt import Receipt
    from storage.arrivals import Arrival
    from storage.database import Store
    from storage.operations import Who
    from storage.packages import (
        PackageCarried,
        PackageMade,
        PackagePlan,
        PackagesReceived,
        PackageWritten,
    )
    from storage.pages import PageFiles
    from sync.status import Holding, SyncStatus
    from ui.copy_room import CopyRoom
    from ui.door import Door
    from ui.papers import PaperMaker
    from ui.print_room import PrintRoom
    from ui.settings import Settings
    from ui.signals import Signals


class Courier(Protocol):
    """The part of the sync worker that a screen may touch; the sync worker has this shape."""

    def wake(self) -> None:
        """Try the centre now instead of at the next turn."""

    def set_metered(self, metered: bool) -> None:
        """Say whether the system's link is paid by volume."""

    def allow_metered(self) -> None:
        """Let pages travel over this metered link, until the system is on another."""

    def ask_about(self, application_id: str, answer: Callable[[Holding | Problem], None]) -> None:
        """Ask the centre what it holds of an application; `answer` is called on the courier's thread."""

    def ask_case(self, application_id: str, answer: Callable[[dict[str, Any] | Problem], None]) -> None:
        """Ask for a case as the centre has it, as JSON; `answer` is called on the courier's thread."""

    def ask_session(self, session_id: str, answer: Callable[[dict[str, Any] | Problem], None]) -> None:
        """Ask what the centre holds of a session, as JSON; `answer` is called on the courier's thread."""

    def ask_arrival(self, answer: Callable[[Arrival | Problem], None]) -> None:
        """Have the centre swear that everything has arrived; `answer` is called on the courier's thread."""

    @property
    def status(self) -> SyncStatus:
        """The link's last known state, for screens that open later than the news."""


class Packages(Protocol):
    """Sealed packages for places without network (sync/package/desk.py has this shape).

    Every call blocks: for `ui.run.aside`. `progress(bytes done, bytes in all)` comes from that thread and
    returns False to stop; what it stopped returns None. Failures are InputError and MachineError.
    """

    def plan(self) -> PackagePlan: ...

    def made(self) -> tuple[PackageMade, ...]: ...

    def carried(self) -> tuple[PackageCarried, ...]: ...

    def export(
        self, folder: Path, part_bytes: int, progress: Callable[[int, int], bool]
    ) -> PackageWritten | None: ...

    def receive(
        self, files: Sequence[Path], progress: Callable[[int, int], bool]
    ) -> PackagesReceived | None: ...

    def hand_in(
        self, package: PackageCarried, progress: Callable[[int, int], bool]
    ) -> PackagesReceived | None: ...

    def hand_on(
        self, package: PackageCarried, folder: Path, progress: Callable[[int, int], bool]
    ) -> tuple[Path, ...] | None: ...


@dataclass(frozen=True)
class Press:
    """The printers, as the system and their cables have them; every call is for `ui.run.aside`.

    `printers()`, `send(pdf, printer_name, title)`, `state(job)` and `forget(job)` talk to the system's queue;
    `thermal(commands, address, language)` to a receipt printer without one, and returns when it has printed.
    They raise MachineError (printer_none, printer_refused, print_failed, print_unfinished).
    """

    printers: Callable[[], list[Printer]]
    send: Callable[[bytes, str, str], Job]
    state: Callable[[Job], JobState]
    forget: Callable[[Job], bool]
    thermal: Callable[[bytes, str, str], None]


@dataclass(frozen=True)
class Services:
    """Everything behind the screens. Reads: `store.read(fn)`; writes: `ui.run.run(self, services, fn, …)`.

    `who` is on whose behalf an operation runs; enrolment changes it, so ask each time, keep none.
    `clock()` is the time by the centre, aware and local, that `guard` carries on, whatever the machine's
    clock says; `new_id()` a new time-ordered identifier; `sign_receipt(receipt)` the signed token of a
    receipt (what submit_application calls); `papers` makes the bytes of any paper, `print_room` brings those
    in the store's queue to the printer.
    """

    store: Store
    pages: PageFiles
    imaging: ImagingPool
    courier: Courier
    data_dir: Path
    signals: Signals
    settings: Settings
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    who_now: Callable[[], Who]
    sign_receipt: Callable[[Receipt], str]
    press: Press
    papers: PaperMaker
    print_room: PrintRoom
    packages: Packages
    copy_room: CopyRoom
    door: Door
    guard: ClockGuard
    devices: DevicesHere = field(default_factory=DevicesHere)

    @property
    def who(self) -> Who:
        return self.who_now()
