"""Scanning at one key: finds the scanner by itself, takes the feeder's pages or the one on the glass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from capture.sources.network_scanner import NetworkScannerSource, OpenNetworkScanner
from capture.sources.scanner_sane import OpenScanner
from capture.sources.source import (
    Description,
    Event,
    Finished,
    FoundPage,
    Sides,
    SourceCode,
    SourceError,
    SourceKind,
    Trouble,
)
from ui.run import aside

if TYPE_CHECKING:
    from registration.errors import JilaiError, Problem
    from ui.services import Services


class Scanning(QObject):
    """`taken(FoundPage)`, `finished(pages)`, `failed(Problem)`, `busy_changed()`, all on the main thread."""

    taken = Signal(object)
    finished = Signal(int)
    failed = Signal(object)
    busy_changed = Signal()

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._local = services.devices.scanners()
        self._network = NetworkScannerSource(self._typed, services.devices.announced)
        self._device: OpenScanner | OpenNetworkScanner | None = None
        self.scanner: Description | None = None
        self.busy = False
        self.looking = False
        self._both_sides = False
        self._fall_back = False
        self._held_back: Problem | None = None

    def find(self) -> tuple[Description, ...]:
        """The scanners that there are, those on this machine first. Takes seconds: not on the main thread."""
        return (*self._local.list(), *self._network.list())

    def scan(self, both_sides: bool = False) -> None:
        """Scan what lies in the feeder, or else on the glass; looks for a scanner where none is known yet."""
        if self.busy:
            return
        self._both_sides = both_sides
        self._set_busy(True)
        if self._device is not None:
            self._begin()
            return
        self.looking = True
        self.busy_changed.emit()
        aside(self, self._services.signals, self.find, self._found, self._not_found)

    def stop(self) -> None:
        """Give the batch up; the pages that came are kept."""
        if self._device is not None:
            self._device.stop()

    def close(self) -> None:
        """Let go of the scanner; it is looked for anew the next time."""
        device, self._device, self.scanner = self._device, None, None
        if device is not None:
            device.close()

    def _typed(self) -> list[str]:
        address = self._services.settings.value.scanner_address
        return [address] if address else []

    def _found(self, found: tuple[Description, ...]) -> None:
        self.looking = False
        if not found:
            self._set_busy(False)
            self.failed.emit(SourceError(SourceCode.SCANNER_GONE, self.tr("Scanner")).problem)
            return
        last = self._services.settings.value.scanner
        chosen = next((one for one in found if one.id == last), found[0])
        self._services.settings.change(scanner=chosen.id)
        self.scanner = chosen
        if chosen.kind is SourceKind.SCANNER:
            self._device = self._local.open(chosen.id, self._hear, chosen.name)
        else:
            self._device = self._network.open(chosen.id, self._hear)
        self._begin()

    def _not_found(self, error: JilaiError) -> None:
        self.looking = False
        self._set_busy(False)
        self.failed.emit(error.problem)

    def _begin(self) -> None:
        assert self._device is not None
        assert self.scanner is not None
        sides = self.scanner.sides
        feeder = Sides.DUPLEX if self._both_sides and Sides.DUPLEX in sides else Sides.FEEDER
        self._fall_back = feeder in sides and Sides.FLATBED in sides
        self._device.sides = feeder if feeder in sides else Sides.FLATBED
        self._held_back = None
        self.busy_changed.emit()
        self._device.take()

    def _hear(self, event: Event) -> None:
        """On the scanner's thread."""
        signals = self._services.signals
        if isValid(signals):
            signals.post(lambda: self._pass_on(event) if isValid(self) else None)

    def _pass_on(self, event: Event) -> None:
        match event:
            case FoundPage():
                self._fall_back = False
                self.taken.emit(event)
            case Trouble() if event.problem.code == SourceCode.FEEDER_EMPTY and self._fall_back:
                self._held_back = event.problem
            case Trouble():
                self.failed.emit(event.problem)
                if event.problem.code in (SourceCode.SCANNER_GONE, SourceCode.SCANNER_UNREACHABLE):
                    self.close()
            case Finished():
                self._ended(event.pages)
            case _:
                pass

    def _ended(self, pages: int) -> None:
        if self._held_back is not None and self._device is not None:
            self._held_back, self._fall_back = None, False
            self._device.sides = Sides.FLATBED  # nothing in the feeder: what is meant lies on the glass
            self._device.take()
            return
        self._set_busy(False)
        self.finished.emit(pages)

    def _set_busy(self, busy: bool) -> None:
        if busy is not self.busy:
            self.busy = busy
            self.busy_changed.emit()
