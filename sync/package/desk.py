"""What the window may do with sealed packages, in one place; every call blocks and runs aside."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from registration.errors import CentreError, InputError, MachineError, Problem
from storage import packages
from storage.database import Store
from storage.device import DeviceIdentity, read_device
from storage.packages import (
    PackageCarried,
    PackageMade,
    PackagePlan,
    PackagesReceived,
    PackageTaken,
    PackageWritten,
)
from storage.pages import PageFiles
from storage.values import Who
from sync.contract import package_format as form
from sync.contract.package_format import PackageError, Part
from sync.package import answer, carry, export, online
from sync.transport import Transport

if TYPE_CHECKING:
    from collections.abc import Iterator

Progress = Callable[[int, int], bool]
_SILENCE = 120.0  # seconds; a slice of 4 MiB takes less on any link that is of use


class PackageDesk:
    """Thread-safe. `folder` is where carried packages are kept; `progress(done, all)` returns False to stop.

    Failures are InputError (the person's move) and MachineError, with the codes of package_format.
    """

    def __init__(
        self,
        store: Store,
        pages: PageFiles,
        folder: Path,
        clock: Callable[[], datetime],
        who: Callable[[], Who],
        asks: online.Asks,
    ) -> None:
        self._store, self._pages, self._folder = store, pages, folder
        self._clock, self._who, self._asks = clock, who, asks

    def plan(self) -> PackagePlan:
        """Return what a package would take along now."""
        return self._store.read(packages.plan)

    def made(self) -> tuple[PackageMade, ...]:
        """Return this device's packages, newest first."""
        return self._store.read(packages.made)

    def carried(self) -> tuple[PackageCarried, ...]:
        """Return the packages of others that are here, newest first."""
        return self._store.read(packages.carried)

    def export(self, folder: Path, part_bytes: int, progress: Progress) -> PackageWritten | None:
        """Write a package of everything unsent into `folder`, going on with one that broke off there.

        None where `progress` said stop. Raises InputError package_nothing; MachineError as export.write.
        """
        package = self._broken_off(folder, part_bytes)
        if package is None:
            package = export.begin(self._store, self._who(), self._clock(), part_bytes)
        written = export.write(self._store, self._pages, package, folder, progress)
        if written is not None:
            who, now = self._who(), self._clock()
            self._store.write(lambda db: packages.written(db, who, now, package.id)).result()
        return written

    def receive(self, files: Sequence[Path], progress: Progress) -> PackagesReceived | None:
        """Take in what a drive brought: the centre's answer to this device, or others' packages to carry.

        Every file is proved before any is kept. None where `progress` said stop.
        Raises InputError (package_foreign, package_damaged, package_part_missing, package_unknown_maker, …).
        """
        device = self._device()
        with _words():
            groups: dict[tuple[str, str], list[Part]] = {}
            for path in files:
                part = form.read_part(path)
                groups.setdefault((part.header.package, part.header.kind), []).append(part)
            if not groups:
                raise PackageError("package_part_missing", "1")
            own, others = list[list[Part]](), list[list[Part]]()
            for parts in groups.values():
                header = parts[0].header
                if header.device_id != device.device_id:
                    carry.prove(self._store, device, parts)
                    others.append(parts)
                elif header.kind == "acknowledgement":
                    own.append(parts)
                else:
                    raise InputError("package_own", file=parts[0].path.name)
            taken: PackageTaken | None = None
            for parts in own:
                paths = [part.path for part in parts]
                taken = answer.take(self._store, self._who(), self._clock(), paths)
            kept = []
            for parts in others:
                one = carry.keep(self._store, self._folder, self._who(), self._clock(), parts, progress)
                if one is None:
                    return None
                kept.append(one)
        return PackagesReceived(taken, tuple(kept))

    def hand_in(self, package: PackageCarried, progress: Progress) -> PackagesReceived | None:
        """Send a carried package to the centre over the wire and keep its answer to carry back.

        None where `progress` said stop; the next try goes on from there. Raises CentreError, and InputError
        where a part has gone from this machine or was cut.
        """
        with _words():
            files = [part.path for part in carry.kept_parts(self._folder, package)]
        answers: Future[list[Path] | None] = Future()
        heard = _Heard(progress)

        async def question(transport: Transport, device: DeviceIdentity) -> None:
            try:
                arrived = await online.hand_in(transport, device, files, self._folder / "arriving", heard)
            except asyncio.CancelledError:
                answers.set_exception(CentreError("offline"))
                raise
            answers.set_result(arrived)

        def ended(result: Problem | None) -> None:
            if isinstance(result, Problem) and not answers.done():
                answers.set_exception(CentreError(result.code, **dict(result.params)))

        self._asks.put(question, ended)
        arrived = heard.wait(answers)
        if arrived is None:
            return None
        received = self.receive(arrived, progress)
        if received is None:
            return None  # stopped before the answer was kept: not handed on yet
        for path in arrived:
            path.unlink(missing_ok=True)
        who, now = self._who(), self._clock()
        self._store.write(lambda db: packages.handed_on(db, who, now, package.id, package.kind)).result()
        return received

    def hand_on(self, package: PackageCarried, folder: Path, progress: Progress) -> tuple[Path, ...] | None:
        """Copy a carried package to a drive and prove the copy. None where `progress` said stop.

        Raises InputError where a part is gone from this machine or spoiled, MachineError as carry.hand_on.
        """
        device, who, now = self._device(), self._who(), self._clock()
        with _words():
            return carry.hand_on(self._store, self._folder, folder, device, who, now, package, progress)

    def _broken_off(self, folder: Path, part_bytes: int) -> PackageMade | None:
        """Return a package that was begun, of this size of disc, with a part of it in `folder`."""
        for package in self.made():
            if package.written_at is None and package.part_bytes == part_bytes:
                name = f"*-{package.id[:12]}.*{form.SUFFIX}"
                return package if any(folder.glob(name)) else None
        return None

    def _device(self) -> DeviceIdentity:
        device = self._store.read(read_device)
        if device is None or device.device_id is None:
            raise MachineError("not_enrolled")
        return device


class _Heard:
    """Passes progress on, and notices when there has been none for too long."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._last = time.monotonic()

    def __call__(self, done: int, whole: int) -> bool:
        self._last = time.monotonic()
        return self._progress(done, whole)

    def wait(self, answers: Future[list[Path] | None]) -> list[Path] | None:
        """Return the answer. CentreError offline after a long silence: nobody is left to answer."""
        while True:
            try:
                return answers.result(timeout=0.2)
            except TimeoutError:
                if time.monotonic() - self._last > _SILENCE:
                    raise CentreError("offline") from None


@contextmanager
def _words() -> Iterator[None]:
    """Give a package's failure its words in the window."""
    try:
        yield
    except PackageError as error:
        raise InputError(error.code, detail=error.detail) from error
