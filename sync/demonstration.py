"""Starts the demonstration centre, the real server on loopback, when no centre is configured."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from registration.errors import CentreError, JilaiError

_STOP_SECONDS = 8.0


@dataclass(frozen=True)
class DemonstrationCentre:
    """Where the demonstration centre listens, and a code that enrols one device with it."""

    url: str
    enrolment_code: str


class DemonstrationProcess:
    """Owns the centre's process. It leaves when this process does, even by kill -9: its input closes."""

    def __init__(self, data_dir: Path, *, accept_after: float = 3.0, database_url: str | None = None) -> None:
        self._data_dir = data_dir
        self._accept_after = accept_after
        self._database_url = database_url
        self._process: subprocess.Popen[str] | None = None

    def start(
        self,
        on_ready: Callable[[DemonstrationCentre], None],
        on_failed: Callable[[JilaiError], None] = lambda _error: None,
    ) -> None:
        """Start without waiting; one of the callbacks comes later on a thread of its own."""
        self._data_dir.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "server", "demo", "--data-dir", str(self._data_dir), "--port", "0"]
        command += ["--accept-after", str(self._accept_after), "--exit-with-parent"]
        if self._database_url:
            command += ["--database-url", self._database_url]
        root = Path(__file__).resolve().parent.parent
        with (self._data_dir / "centre.log").open("ab") as log:
            self._process = subprocess.Popen(
                command,
                cwd=root,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env={**os.environ, "PYTHONUTF8": "1"},
                start_new_session=True,
            )
        process = self._process
        threading.Thread(
            target=self._await_ready, args=(process, on_ready, on_failed), name="centre-ready", daemon=True
        ).start()

    @staticmethod
    def _await_ready(
        process: subprocess.Popen[str],
        on_ready: Callable[[DemonstrationCentre], None],
        on_failed: Callable[[JilaiError], None],
    ) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            try:
                value = json.loads(line)
                ready = DemonstrationCentre(value["url"], value["enrolment_code"])
            except (ValueError, KeyError, TypeError):
                continue  # the server may print other lines before it is ready
            on_ready(ready)
            break
        else:
            on_failed(CentreError("demonstration_failed"))
        for _line in process.stdout:
            pass  # keep the pipe empty so that the centre never blocks on it

    def stop(self) -> None:
        """Ask the centre to leave, then make it."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin:
            process.stdin.close()
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None
