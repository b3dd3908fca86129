"""A real cupsd of our own: private folders, socket and queues, with printers that obey or misbehave."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# A device that does what its address says, in the language that CUPS backends speak.
BACKEND = """#!/bin/sh
[ $# -eq 0 ] && {{ echo 'direct {name} "Test" "Test"'; exit 0; }}
printf '%s\\n' "$DEVICE_URI" "$3" >> "{folder}/calls"
case "$DEVICE_URI" in
  {name}:/ok) cat "${{6:--}}" > "{folder}/printed.$1" ; exit 0 ;;
  {name}:/distil)
    gs -q -dSAFER -dBATCH -dNOPAUSE -sDEVICE=pdfwrite -sOutputFile="{folder}/printed.$1" "${{6:--}}"
    exit $? ;;
  {name}:/empty)
    echo 'STATE: +media-empty-error' >&2
    while [ ! -e "{folder}/paper-loaded" ]; do sleep 0.1; done
    echo 'STATE: -media-empty-error' >&2
    cat "${{6:--}}" > "{folder}/printed.$1" ; exit 0 ;;
  {name}:/broken) exit 1 ;;
esac
exit 1
"""

# The driver of printer-driver-cups-pdf: a PostScript printer that takes any size of paper.
DRIVER = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd")

CUPSD = """
LogLevel warn
MaxLogSize 0
DirtyCleanInterval 0
Listen {socket}
Browsing No
BrowseLocalProtocols none
DefaultAuthType Basic
WebInterface No
PreserveJobHistory Yes
PreserveJobFiles Yes
ErrorPolicy abort-job
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
    Allow all
  </Limit>
</Policy>
"""

FILES = """
ServerRoot {root}
ServerBin {bin}
CacheDir {root}/cache
StateDir {root}/state
RequestRoot {root}/spool
TempDir {root}/spool/tmp
DocumentRoot {root}/doc
AccessLog {root}/access_log
ErrorLog {root}/error_log
PageLog {root}/page_log
FileDevice Yes
User {user}
Group {group}
SystemGroup root
ConfigFilePerm 0644
LogFilePerm 0644
"""


def missing() -> str:
    """Return why no print server can be started here, or an empty string."""
    if sys.platform == "win32" or not (shutil.which("cupsd") or Path("/usr/sbin/cupsd").exists()):
        return "CUPS is not installed"
    if os.geteuid() != 0:
        return "cupsd needs root to run its backends"
    return ""


class PrintSystem:
    """cupsd in the foreground with its own folder; `environment` points clients at it."""

    def __init__(self) -> None:
        # Outside the suite's private folder, which cupsd's filters, run as another user, could not enter.
        outside = os.environ.get("PYTEST_DEBUG_TEMPROOT")
        self.folder = Path(tempfile.mkdtemp(prefix="jilai-cups-", dir=outside))
        self.folder.chmod(0o755)
        self.socket = self.folder / "s"
        self.environment = {"CUPS_SERVER": str(self.socket)}
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        root = self.folder
        for name in ("cache", "state", "spool", "spool/tmp", "doc", "ssl", "ppd"):
            (root / name).mkdir()
        binaries = root / "bin"
        shutil.copytree("/usr/lib/cups", binaries, symlinks=True, ignore=shutil.ignore_patterns("backend"))
        (binaries / "backend").mkdir()
        backend = binaries / "backend" / "jilaitest"
        backend.write_text(BACKEND.format(name="jilaitest", folder=root))
        backend.chmod(0o700)  # CUPS runs such a backend as root, which lets it write into our folder
        (root / "cupsd.conf").write_text(CUPSD.format(socket=self.socket))
        (root / "cups-files.conf").write_text(FILES.format(root=root, bin=binaries, user="lp", group="lp"))
        self._server = subprocess.Popen(
            [
                shutil.which("cupsd") or "/usr/sbin/cupsd",
                "-f",
                "-c",
                str(root / "cupsd.conf"),
                "-s",
                str(root / "cups-files.conf"),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 15
        while not self.socket.is_socket():
            if self._server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"cupsd did not start: {self.log()}")
            time.sleep(0.05)

    def add_backend(self, backend: Path) -> None:
        """Let queues use one of the system's own backends, as root, which its device needs."""
        copy = self.folder / "bin/backend" / backend.name
        shutil.copyfile(backend, copy)
        copy.chmod(0o700)

    def add_queue(self, name: str, device: str) -> None:
        """Make a raw queue: what is handed over reaches the device byte for byte."""
        self._admin("lpadmin", "-p", name, "-E", "-v", device, "-D", f"{name} 打印机")

    def add_driver_queue(self, name: str, device: str) -> None:
        """Make a queue with the driver of a PostScript printer: papers pass through CUPS's own filters."""
        self._admin("lpadmin", "-p", name, "-E", "-v", device, "-P", str(DRIVER))

    def pause(self, name: str) -> None:
        self._admin("cupsdisable", name)

    def reject(self, name: str) -> None:
        self._admin("cupsreject", name)

    def make_default(self, name: str) -> None:
        self._admin("lpadmin", "-d", name)

    def documents(self) -> list[Path]:
        """Return the copies of papers that the spooler keeps on disk."""
        return sorted((self.folder / "spool").glob("d*"))

    def log(self) -> str:
        log = self.folder / "error_log"
        return log.read_text("utf-8", errors="replace")[-2000:] if log.exists() else ""

    def stop(self) -> None:
        if self._server is not None:
            self._server.terminate()
            self._server.wait(10)
            self._server = None
        shutil.rmtree(self.folder, ignore_errors=True)

    def _admin(self, *command: str) -> None:
        subprocess.run(
            command, check=True, capture_output=True, timeout=30, env={**os.environ, **self.environment}
        )
