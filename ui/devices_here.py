"""What is plugged into this machine, as the screens reach it; made when it is first needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from capture.sources.camera import Lenses
    from capture.sources.network_scanner import Place
    from capture.sources.scanner_sane import SaneSource


def _lenses() -> Lenses:
    from capture.sources.camera import SystemLenses

    return SystemLenses()


def _ports() -> Sequence[str]:
    from capture.id_card_reader import serial_ports

    return serial_ports()


def _scanners() -> SaneSource:
    from capture.sources.scanner_sane import SaneSource

    return SaneSource()


def _announced() -> list[Place]:
    from capture.sources.network_scanner import announced

    return announced()


@dataclass(frozen=True)
class DevicesHere:
    """Cameras (main thread only), serial lines, the system's scanners, scanners that announce
    themselves, voices."""

    lenses: Callable[[], Lenses] = _lenses
    ports: Callable[[], Sequence[str]] = _ports
    scanners: Callable[[], SaneSource] = _scanners
    announced: Callable[[], list[Place]] = _announced
    speech: Sequence[str] = ()  # Qt's speech plug-ins to use, () for the system's
