"""A whole intake by the accessibility tree: accessible names and actions, as a screen reader has them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLES = ROOT / "tests" / "samples"
PYTHON = "/usr/bin/python3"
"""Debian's own, to which gir1.2-atspi-2.0 and python3-gi belong."""


def _there() -> bool:
    if not all(shutil.which(name) for name in ("Xvfb", "xauth", "dbus-run-session")):
        return False
    asked = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    if not Path(PYTHON).exists() or not Path("/usr/libexec/at-spi2-registryd").exists():
        return False
    return subprocess.run([PYTHON, "-c", asked], check=False, capture_output=True).returncode == 0


@pytest.mark.e2e
@pytest.mark.timeout(300)
def test_an_intake_is_taken_by_accessible_names_and_actions_alone(tmp_path: Path) -> None:
    if not _there():
        assert "CI" not in os.environ, "install at-spi2-core, gir1.2-atspi-2.0, python3-gi, dbus, xvfb, xauth"
        pytest.skip("the accessibility bus of Debian is not installed")
    environment = {
        **{name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")},
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "QT_QPA_PLATFORM": "xcb",
        "NO_AT_BRIDGE": "0",
    }
    together = (
        '"$1" main.py --data-dir "$2" & window=$!; "$3" tests/e2e/screen_reader.py "$4"; status=$?;'
        " kill $window; wait $window; exit $status"
    )
    words = ["sh", "-c", together, "sh", sys.executable, str(tmp_path / "data"), PYTHON, str(SAMPLES)]
    running = subprocess.Popen(
        [".ci/open-window.sh", "dbus-run-session", "--", *words],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        said, wrong = running.communicate(timeout=280)
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()
    news = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    assert [each["event"] for each in news] == ["open", "complete", "submitted"], wrong[-4000:]
    assert news[-1]["receipt_number"].count("-") == 3
