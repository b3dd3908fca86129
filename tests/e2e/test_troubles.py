"""`python main.py` in trouble: started twice, on a folder that cannot be written, and stopped for a while."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.driving import wait_until
from tests.e2e.test_main_job import Window, centre_and_cable
from tests.e2e.test_program import ENVIRONMENT, ROOT, program
from ui.second_start import Bell, ring

pytestmark = pytest.mark.e2e


@pytest.mark.qt_log_ignore("does not support raise", extend=True)  # no window manager here
@pytest.mark.timeout(120)
def test_a_second_start_says_so_and_leaves_and_the_first_is_rung(tmp_path: Path, qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QWidget

    window = QWidget()
    qtbot.addWidget(window)
    window.showMinimized()
    bell = Bell(tmp_path, window)
    caller = subprocess.Popen(
        [sys.executable, "-c", f"from pathlib import Path; from ui.second_start import ring;"
         f"raise SystemExit(not ring(Path({str(tmp_path)!r})))"],
        cwd=ROOT, env=ENVIRONMENT,
    )  # fmt: skip
    wait_until(lambda: caller.poll() is not None, "the second start to leave", 60)
    assert caller.returncode == 0
    wait_until(lambda: not window.isMinimized() and window.isActiveWindow(), "the first in front")
    bell.close()
    assert not ring(tmp_path), "nobody is there any more"


@pytest.mark.timeout(120)
def test_a_folder_that_cannot_be_written_is_said_before_a_window_opens(tmp_path: Path) -> None:
    place = tmp_path / "disc"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting is not permitted here")
    try:
        found = program("--data-dir", str(place / "data"), "--lang", "en", "--centre", "http://127.0.0.1:9")
    finally:
        subprocess.run(["umount", str(place)], check=True)
    assert found.returncode == 1
    assert "cannot be written" in found.stderr or "read-only" in found.stderr
    assert "Traceback" not in found.stderr


@pytest.mark.timeout(240)
def test_after_a_long_stop_it_sends_as_if_nothing_had_been(tmp_path: Path) -> None:
    with centre_and_cable(tmp_path) as (centre, cable, where):
        window = Window("submit", tmp_path / "window", *where)
        window.hear("complete")
        cable.rate = 60_000
        case = window.hear("submitted")
        until = time.monotonic() + 60
        while not any(seen.method == "PATCH" for seen in cable.totals.requests):
            assert time.monotonic() < until, "no page was on its way"
            time.sleep(0.01)
        os.kill(window.process.pid, signal.SIGSTOP)  # the lid is closed in the middle of a page
        cable.cut()
        cable.rate = 0
        time.sleep(8)  # beyond every time that a connection is kept for
        os.kill(window.process.pid, signal.SIGCONT)
        until = time.monotonic() + 60
        while True:
            shown = centre.admin("show", case["application_id"])
            assert isinstance(shown, dict)
            if shown.get("acceptance_number"):
                break
            assert time.monotonic() < until, "it did not go on"
            time.sleep(0.5)
        window.kill()
        log = tmp_path / "window" / "logs" / "jilai.log"
        assert not log.exists() or "clock_moved" not in log.read_text("utf-8")
