"""One window over a county, as a process: prints the timings of every view and act as JSON."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from capture.imaging import ImagingPool
from tests.driving import wait_until
from tests.scale.measuring import Probe, Timing, acts, change, open_views, session_runs
from tests.scale.site import Size, build
from tests.ui.window import services_over
from ui.app import dress
from ui.main_window import MainWindow
from ui.settings import Settings
from ui.signals import Signals
from ui.theme.fonts import load_fonts
from ui.warming import Warming


def measure(folder: Path) -> list[Timing]:
    """Open the window over the store in a folder, filled when there is none; return what was measured."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    load_fonts()
    evening, imaging, signals, found = build(folder, Size()), ImagingPool(), Signals(), list[Timing]()
    with tempfile.TemporaryDirectory() as place, Probe().watching() as probe:
        settings = Settings(Path(place) / "settings.json")
        dress(app, settings.value)
        services = services_over(evening, settings, signals, imaging)
        window = MainWindow(services)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        warming, warm = Warming(window), list[bool]()
        warming.warm.connect(lambda: warm.append(True))
        warming.start()  # as after an unlock, while the first slip is called
        wait_until(lambda: warm, "the other screens' modules", 60)
        wait_until(lambda: session_runs(window), "tonight's session")
        for view, timing, page in open_views(window, probe):
            found.append(timing)
            if not view.startswith(("intake", "devices:machine")):
                found += acts(view, page, probe)
            found.append(change(window, view, probe, signals.changed))
            print(view, file=sys.stderr)
        window.close()
        signals.blockSignals(True)
    imaging.close()
    evening.close()
    return found


if __name__ == "__main__":
    print(json.dumps([vars(timing) for timing in measure(Path(sys.argv[1]))]))
    sys.stdout.flush()
    os._exit(0)  # what is left of the window has nothing to save
