"""A real centre as a process, for every room's tests: `start_centre(tmp_path)`."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Centre:
    """A running centre; `url` and `enrolment_code` as its ready line said."""

    url: str
    enrolment_code: str
    data_dir: Path
    process: subprocess.Popen[bytes]
    log: Path
    desk_url: str = ""

    def stop(self, timeout: float = 30.0) -> int:
        """End it in order (SIGTERM) and return its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(timeout)
        self._let_go()
        return status

    def kill(self) -> None:
        """End it at once (SIGKILL), as a power cut would."""
        self.process.kill()
        self.process.wait(30)
        self._let_go()

    def leave(self) -> None:
        """Close its standard input, as the end of the process that started it would."""
        self._let_go()

    def _let_go(self) -> None:
        if self.process.stdin is not None:
            self.process.stdin.close()

    def admin(self, *words: str) -> object:
        """Run `python -m server admin ...` on its data directory and return the JSON it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "server", "admin", "--data-dir", str(self.data_dir), *words],
            cwd=_ROOT,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        return json.loads(done.stdout)

    def __enter__(self) -> Centre:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def start_centre(
    tmp_path: Path,
    *,
    port: int = 0,
    accept_after: float = 0.0,
    kind: str = "demo",
    arguments: tuple[str, ...] = (),
    timeout: float = 60.0,
) -> Centre:
    """Start a centre on tmp_path/"centre" and wait until it answers; the same directory keeps everything.

    Raises RuntimeError with the end of its log when it does not.
    """
    data_dir = tmp_path / "centre"
    ready = tmp_path / "centre-ready.json"
    ready.unlink(missing_ok=True)
    log = tmp_path / "centre.log"
    command = [sys.executable, "-m", "server", kind, "--data-dir", str(data_dir), "--port", str(port)]
    command += ["--ready-file", str(ready), "--exit-with-parent", *arguments]
    if kind == "demo":
        command += ["--accept-after", str(accept_after)]
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            cwd=_ROOT,
            stdin=subprocess.PIPE,  # closes with this process: nothing is left running after a killed test
            stdout=output,
            stderr=output,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
    deadline = time.monotonic() + timeout
    while not ready.exists():
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            process.communicate()
            raise RuntimeError("the centre did not start: " + log.read_text("utf-8", "replace")[-2000:])
        time.sleep(0.02)
    line = json.loads(ready.read_text("utf-8"))
    return Centre(
        line["url"], line.get("enrolment_code", ""), data_dir, process, log, line.get("desk_url", "")
    )
