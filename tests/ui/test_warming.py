"""The modules of all screens come in while nobody waits for them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PLACES = ("ui/places.py", "ui/screens/ledger_tabs.py", "ui/screens/machine_tabs.py")
PROGRAM = """
import sys
from PySide6.QtCore import QCoreApplication
from ui import warming
app = QCoreApplication([])
warming._FIRST = warming._NEXT = 0
made = warming.Warming()
made.warm.connect(app.quit)
made.start()
app.exec()
print(" ".join(sys.modules))
"""


def test_every_screen_is_there_before_it_is_gone_to() -> None:
    wanted = {
        module
        for path in PLACES
        for module in re.findall(r"^ +from (ui\.[a-z_.]+) import \w+Screen$", (ROOT / path).read_text(), re.M)
    }
    assert len(wanted) > 20
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stdout.split())
    assert wanted <= loaded
    assert "openpyxl" not in loaded  # an export or a file that is dropped brings it in, no screen does
