"""One evening of many applicants through the real window: opened, taken, refused, put aside, closed."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from capture.imaging import ImagingPool
from storage import feed
from tests import driving
from tests.capture.devices.fed_camera import FedLens, FedLenses
from tests.capture.devices.simulated_reader import SimulatedReader
from tests.driving import button, click, tend, wait_until
from tests.evening.watchdog import Watchdog
from tests.storage.evening import COMPOUND, NOW
from tests.ui.operator_hand import PAPER, Operator
from tests.ui.window import NOTHING_PLUGGED_IN, PicturedEvening, services_over
from ui.app import dress
from ui.intake.screen import IntakeScreen
from ui.main_window import MainWindow
from ui.screens.refusal_sheet import RefusalSheet
from ui.screens.tonight import TonightScreen
from ui.settings import Settings
from ui.signals import Signals
from ui.theme.fonts import load_fonts

TYPES = ("new_housing_transfer", "certificate_replacement", "correction", "change", "cancellation")
REFUSED, ASIDE = 10, 14
"""Every so manieth applicant is refused at the review, or put aside with a mortgage that wants more facts."""

BIG: dict[str, Any] = {
    **COMPOUND,
    "households": [
        {
            "id": f"e-{building}-{floor}{room:02d}",
            "building": f"{building}号楼",
            "entrance": "1单元",
            "floor": floor,
            "room": f"{floor}{room:02d}",
            "unit_code": f"620102001001GB{building:05d}F{floor:04d}{room:04d}",
            "area": "89.70",
            "address": f"滨河路1号{building}号楼1单元{floor}{room:02d}",
        }
        for building in range(1, 8)
        for floor in range(10, 30)
        for room in (1, 2)
    ],
}
"""A compound of 280 households with rooms of four figures."""


@dataclass
class Tonight(Operator):
    """The operator of this evening: another person's card for each applicant."""

    applicant: int = 0

    def card_body(self, number: int) -> str:
        n = self.applicant * 2 + number
        return f"620102{1950 + n % 50}{n % 12 + 1:02d}{n % 28 + 1:02d}{100 + n % 899:03d}"


class ScriptedEvening:
    """ScriptedEvening(folder).run(applicants) leaves pictures there and returns the figures."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        app = QApplication.instance() or QApplication([])
        assert isinstance(app, QApplication)
        load_fonts()
        self._evening = PicturedEvening(folder / "data")
        self._evening.write(feed.apply_feed, NOW, [{"seq": 2, "kind": "compound", "body": BIG}], 2)
        self._settings = Settings(folder / "settings.json")
        dress(app, self._settings.value)
        self._settings.changed.connect(lambda preferences: dress(app, preferences))
        self._settings.change(camera_on=True)
        self._reader, self._imaging = SimulatedReader(), ImagingPool()
        lens = FedLens("usb-1-2:1.0-0ac8:3450", "Document camera", PAPER)
        lenses = FedLenses(lens)
        devices = replace(NOTHING_PLUGGED_IN, ports=lambda: (self._reader.port,), lenses=lambda: lenses)
        over = services_over(self._evening, self._settings, Signals(), self._imaging)
        self._window = MainWindow(replace(over, devices=devices))
        self._window.resize(1366, 768)
        self._window.show()
        self._window.activateWindow()
        self._window.take_focus()
        self._operator = Tonight(self._window, self._reader, lens)
        self._dog = Watchdog()
        self._sizes: list[float] = []
        self._took: list[float] = []
        self._counts = {"submitted": 0, "refused": 0, "put aside": 0}

    def run(self, applicants: int) -> dict[str, Any]:
        """Serve so many; return the figures of the evening."""
        self._dog.start()
        began = time.monotonic()
        self._open()
        for number in range(applicants):
            self._dog.doing = f"applicant {number + 1}"
            started = time.monotonic()
            self._serve(number)
            bury()
            self._took.append(time.monotonic() - started)
            self._sizes.append(resident())
            self._evening.now += timedelta(minutes=2)
        self._dog.doing = "closing"
        self._window.go("tonight")
        tend(0.8)
        self._look("tonight-late")
        driving.press("Ctrl+E", self._window)
        tend(0.6)
        self._look("closing")
        self._dog.stop()
        return self._figures(applicants, time.monotonic() - began)

    def close(self) -> None:
        """Leave in order."""
        self._window.close()
        self._imaging.close()
        self._evening.close()
        self._reader.close()

    def _open(self) -> None:
        self._dog.doing = "opening"
        self._look("session")
        click(button(self._window, "开场", 30))
        tonight = self._window.screen_of("tonight")
        assert isinstance(tonight, TonightScreen)
        wait_until(lambda: tonight.session() is not None, "the open session")
        self._look("tonight-early")

    def _serve(self, number: int) -> None:
        operator = self._operator
        operator.applicant = number
        aside = number % ASIDE == ASIDE - 1
        homes = BIG["households"]
        home = homes[number % len(homes)]
        room = f"{home['building'].removesuffix('号楼')}-{home['room']}"
        code = "mortgage" if aside else TYPES[number % len(TYPES)]
        case = operator.to_review(code, room)
        if number == 0:
            self._look("review")
        if operator.open_points:
            operator.press("Ctrl+Shift+N")
            self._counts["put aside"] += 1
        elif number % REFUSED == REFUSED - 1:
            self._refuse()
        else:
            operator.press("Ctrl+Return")
            wait_until(lambda: self._window.place() == "receipt", "the receipt")
            self._counts["submitted"] += 1
        if number == 0:
            tend(0.5)
            self._look("receipt")
        assert case.id

    def _refuse(self) -> None:
        operator, window = self._operator, self._window
        operator.press("F9")
        wait_until(lambda: any(s.isVisible() for s in window.findChildren(RefusalSheet)), "the ground")
        operator.write("no")
        operator.press("Return")
        screen = window.screen_of("intake")
        assert isinstance(screen, IntakeScreen)
        wait_until(lambda: window.place() == "tonight" and screen.case() is None, "the refusal")
        self._counts["refused"] += 1

    def _look(self, name: str) -> None:
        """Take a picture in both languages; the time that it costs is no stall of the window."""
        self._dog.stop()
        for language in ("en", "zh"):
            self._settings.change(language=language)
            tend(0.3)
            driving.picture(self._window, self._folder / "screenshots" / language / f"{name}.png")
        self._dog.start()

    def _figures(self, applicants: int, seconds: float) -> dict[str, Any]:
        worst, doing = self._dog.worst()
        operator = self._operator
        database = sum(path.stat().st_size for path in (self._folder / "data").glob("jilai.db*"))
        took = sorted(self._took)
        return {
            "applicants": applicants,
            **self._counts,
            "machine_minutes": round(seconds / 60, 2),
            "person_minutes": round(operator.seconds / 60, 1),
            "median_intake_seconds": round(took[len(took) // 2], 2),
            "keystrokes": operator.keys,
            "keystrokes_each": round(operator.keys / applicants, 1),
            "papers": operator.papers,
            "signatures": operator.signatures,
            "stall_p99_ms": round(self._dog.share(0.99) * 1000, 1),
            "stall_max_ms": round(worst * 1000, 1),
            "stall_max_at": doing,
            "stalls_over_50_ms": sum(delay > 0.05 for delay, _ in self._dog.stalls),
            "beats": self._dog.beats,
            "memory_mb_after_first": round(self._sizes[0], 1),
            "memory_mb_at_end": round(self._sizes[-1], 1),
            "memory_mb_most": round(max(self._sizes), 1),
            "database_mb": round(database / 1e6, 2),
            "load": round(os.getloadavg()[0], 1),
            "cores": os.cpu_count(),
        }


def bury() -> None:
    """Delete what the window has given up, which the program's own loop does by itself.

    Keys and clicks of a test are sent outside any loop; Qt keeps what `deleteLater` named meanwhile until one
    is begun, and an evening of a hundred would hold the widgets of all of them.
    """
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def resident() -> float:
    """Return this process's resident memory in MB."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
