"""One intake of a type by the scripted operator, as a process: prints its figures as JSON."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from capture.imaging import ImagingPool
from tests.capture.devices.fed_camera import FedLens, FedLenses
from tests.capture.devices.simulated_reader import SimulatedReader
from tests.driving import tend, wait_until
from tests.ui.operator_hand import PAPER, Operator
from tests.ui.window import NOTHING_PLUGGED_IN, PicturedEvening, fill_evening, reopened, services_over
from ui.app import dress
from ui.main_window import MainWindow
from ui.screens.tonight import TonightScreen
from ui.settings import Settings
from ui.signals import Signals
from ui.theme.fonts import load_fonts


def measure(type_code: str, folder: Path) -> dict[str, object]:
    """Take one case at a table with reader and camera; return keys, seconds, and what was still open."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    load_fonts()
    filled = PicturedEvening(folder / "data")
    fill_evening(filled)
    filled.close()
    evening, settings = reopened(folder / "data"), Settings(folder / "settings.json")
    dress(app, settings.value)
    settings.change(camera_on=True)
    reader, imaging = SimulatedReader(), ImagingPool()
    lens = FedLens("usb-1-2:1.0-0ac8:3450", "Document camera", PAPER)
    lenses = FedLenses(lens)
    devices = replace(NOTHING_PLUGGED_IN, ports=lambda: (reader.port,), lenses=lambda: lenses)
    window = MainWindow(replace(services_over(evening, settings, Signals(), imaging), devices=devices))
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    window.take_focus()
    tonight = window.screen_of("tonight")
    assert isinstance(tonight, TonightScreen)
    wait_until(lambda: tonight.session() is not None and window.isActiveWindow(), "the open session")
    operator, started = Operator(window, reader, lens), time.monotonic()
    operator.intake(type_code)
    taken = time.monotonic() - started
    window.go("tonight")
    tend(0.8)
    window.close()
    imaging.close()
    evening.close()
    reader.close()
    return {
        "keys": operator.keys,
        "papers": operator.papers,
        "seconds": operator.seconds,
        "machine": taken,
        "open": list(operator.open_points),
    }


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        print(json.dumps(measure(sys.argv[1], Path(scratch))))
