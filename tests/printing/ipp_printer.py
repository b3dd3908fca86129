"""ippeveprinter of CUPS on a private port: a printer that runs out of paper when it is told to."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

# It announces itself by DNS-SD or does not start: it gets a message bus and an Avahi of its own, on lo alone.
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path={bus}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow user="*"/><allow send_destination="*" eavesdrop="true"/>
<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
"""
AVAHI = """[server]
allow-interfaces=lo
use-ipv6=no
disallow-other-stacks=no
[wide-area]
enable-wide-area=no
[publish]
publish-workstation=no
publish-hinfo=no
"""
COMMAND = """#!/bin/sh
if [ -e "{folder}/no-paper" ]; then
    echo 'STATE: +media-empty-error' >&2
    while [ -e "{folder}/no-paper" ]; do sleep 0.05; done
    echo 'STATE: -media-empty-error' >&2
fi
cp "$1" "{folder}/ipp-printed"
"""


def missing() -> str:
    """Return why no IPP printer can be started here, or an empty string."""
    for program in ("ippeveprinter", "avahi-daemon", "dbus-daemon"):
        if not _found(program):
            return f"{program} is not installed"
    return ""


def _found(program: str) -> str:
    return shutil.which(program, path=os.environ.get("PATH", "") + ":/usr/sbin") or ""


class IppPrinter:
    """The printer between `with` and its end; `uri` is where a queue finds it."""

    def __init__(self) -> None:
        self._folder = Path(
            tempfile.mkdtemp(prefix="jilai-ipp-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT"))
        )
        self._processes: list[subprocess.Popen[bytes]] = []
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self.uri = f"ipp://localhost:{self._port}/ipp/print"

    def __enter__(self) -> IppPrinter:
        folder, bus = self._folder, self._folder / "bus"
        folder.chmod(0o755)
        # There is one Avahi on a machine: tests in other processes wait for their turn.
        self._turn = os.open(folder.parent, os.O_RDONLY)
        fcntl.flock(self._turn, fcntl.LOCK_EX)
        (folder / "bus.conf").write_text(BUS.format(bus=bus))
        (folder / "avahi.conf").write_text(AVAHI)
        (folder / "command").write_text(COMMAND.format(folder=folder))
        (folder / "command").chmod(0o755)
        (folder / "ipp").mkdir()
        try:
            if Path("/run/avahi-daemon/pid").exists():
                pytest.skip("an Avahi of this machine is running")
            self._start("dbus-daemon", "--nofork", "--nopidfile", "--config-file", str(folder / "bus.conf"))
            self._wait(bus.is_socket)
            quiet = ("--no-drop-root", "--no-chroot", "--no-rlimits", "--no-proc-title")
            self._start("avahi-daemon", *quiet, "-f", str(folder / "avahi.conf"))
            self._wait(Path("/run/avahi-daemon/socket").exists)
            self._start(
                "ippeveprinter", "-p", str(self._port), "-n", "localhost", "-r", "off",
                "-d", str(folder / "ipp"), "-K", str(folder / "ssl"), "-c", str(folder / "command"),
                "-f", "application/pdf", "Jilai",
            )  # fmt: skip
            self._wait(self._listens)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self._processes):
            process.terminate()
        for process in reversed(self._processes):
            process.wait(10)
        os.close(self._turn)
        shutil.rmtree(self._folder, ignore_errors=True)

    def take_paper_out(self) -> None:
        (self._folder / "no-paper").touch()

    def put_paper_in(self) -> None:
        (self._folder / "no-paper").unlink(missing_ok=True)

    def printed(self) -> bytes:
        """Return the document that was printed last."""
        return (self._folder / "ipp-printed").read_bytes()

    def _start(self, program: str, *arguments: str) -> None:
        self._processes.append(
            subprocess.Popen(
                [_found(program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={self._folder / 'bus'}"},
            )
        )

    def _wait(self, ready) -> None:
        until = time.monotonic() + 20
        while not ready():
            if time.monotonic() > until or self._processes[-1].poll() is not None:
                raise RuntimeError(f"{self._processes[-1].args!r} did not start")
            time.sleep(0.05)

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self._port), 1).close()
        except OSError:
            return False
        return True
