"""The set-up behind `make`: it names what is missing in one line, and brings a display if there is none."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BARE = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"}  # POSIX locale, no display

needs_xvfb = pytest.mark.skipif(
    not (shutil.which("Xvfb") and shutil.which("xauth")), reason="no Xvfb on this machine"
)
needs_shell = pytest.mark.skipif(sys.platform == "win32", reason="set-up is for Debian")


def checkout(tmp_path: Path, packages: str) -> Path:
    """A checkout whose environment is ready, and whose list of Debian packages is `packages`."""
    root = tmp_path / "a checkout"
    shutil.copytree(ROOT / ".ci", root / ".ci")
    (root / ".ci/debian-packages.txt").write_text(packages, "utf-8")
    (root / "requirements").mkdir()
    (root / "requirements/lock.txt").write_text("nothing==1\n", "utf-8")
    (root / ".venv").mkdir()
    (root / ".venv/installed.txt").write_text("nothing==1\n", "utf-8")
    return root


def prepare(root: Path, tmp_path: Path, *, apt: str = "") -> subprocess.CompletedProcess[str]:
    """Run the preparation with only a few programs in reach: no apt-get unless given, no sudo."""
    tools = tmp_path / "bin"
    tools.mkdir(exist_ok=True)
    used = "sh python3.11 python3 mkdir flock find head tail cksum cut uname cmp rm id env dirname ldconfig"
    for name in used.split():
        found = shutil.which(name, path="/usr/bin:/bin:/usr/sbin:/sbin")
        if found and not (tools / name).exists():
            (tools / name).symlink_to(found)
    if apt:
        (tools / "apt-get").write_text(f"#!/bin/sh\n{apt}\n", "utf-8")
        (tools / "apt-get").chmod(0o755)
    return subprocess.run(
        [root / ".ci/prepare.sh"],
        env={"PATH": str(tools), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )


@needs_shell
def test_a_missing_library_is_named_by_its_package_in_one_line_and_stops(tmp_path: Path):
    root = checkout(tmp_path, "needed lib:libnowhere.so.9 libnowhere9\nneeded lib:libc.so.6 libc6\n")
    done = prepare(root, tmp_path)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.rstrip().endswith("apt-get install libnowhere9")


@needs_shell
def test_what_is_only_wanted_is_named_and_does_not_stop(tmp_path: Path):
    root = checkout(tmp_path, "wanted cmd:no-such-program no-such-package\n")
    for _ in range(2):  # it is not forgotten either
        done = prepare(root, tmp_path)
        assert done.returncode == 0
        assert "no-such-package" in done.stderr


@needs_shell
def test_a_ready_machine_is_left_alone_in_silence(tmp_path: Path):
    root = checkout(tmp_path, "needed lib:libc.so.6 libc6\nneeded cmd:sh dash\nneeded py:json python3\n")
    done = prepare(root, tmp_path, apt=f"touch '{tmp_path}/was-called'")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not (tmp_path / "was-called").exists()


@needs_shell
@pytest.mark.skipif(
    hasattr(os, "getuid") and os.getuid() != 0, reason="only root installs without being asked"
)
def test_root_installs_what_is_missing_and_is_told_when_that_fails(tmp_path: Path):
    root = checkout(tmp_path, "needed cmd:brought-by-apt some-package\n")
    failing = prepare(root, tmp_path, apt="echo no network >&2; exit 100")
    assert failing.returncode == 1
    assert "no network" in failing.stderr
    assert failing.stderr.rstrip().endswith("apt-get install some-package")

    program = tmp_path / "bin/brought-by-apt"
    working = prepare(
        root, tmp_path, apt=f"[ \"$2\" = update ] || {{ echo > '{program}'; /bin/chmod +x '{program}'; }}"
    )
    assert working.returncode == 0
    assert prepare(root, tmp_path, apt="exit 100").stderr == ""


@needs_shell
@needs_xvfb
def test_without_a_display_the_program_gets_a_virtual_one_and_its_exit_status_comes_back():
    program = (
        "import locale, os, sys; from PySide6.QtGui import QGuiApplication as A; a = A([]);"
        "print(a.platformName(), a.primaryScreen().size().toTuple(), locale.getpreferredencoding(False));"
        "sys.exit(7)"
    )
    done = subprocess.run(
        [ROOT / ".ci/open-window.sh", sys.executable, "-c", program],
        env=BARE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 7
    assert done.stdout.strip().lower() == "xcb (1366, 768) utf-8"
    (line,) = done.stderr.splitlines()
    assert "no display" in line


@needs_shell
@needs_xvfb
def test_ending_it_takes_program_and_display_along(tmp_path: Path):
    note = tmp_path / "note"
    program = (
        "import os, sys, time; note = f\"{os.getpid()} {os.environ['XAUTHORITY']}\";"
        "open(sys.argv[1], 'w').write(note); time.sleep(60)"
    )
    window = subprocess.Popen(
        [ROOT / ".ci/open-window.sh", sys.executable, "-c", program, note],
        env=BARE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while not note.exists() or " " not in note.read_text("utf-8"):
        assert window.poll() is None
        time.sleep(0.02)
    pid, authority = note.read_text("utf-8").split()
    assert Path(authority).exists()
    for _ in range(2):
        os.killpg(window.pid, signal.SIGTERM)  # as `timeout` and a closing terminal do
    assert window.wait(20) == 143
    assert not Path(authority).parent.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid), 0)
    assert not any(authority in command or str(note) in command for command in running())


def running() -> list[str]:
    commands = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):  # it may end while we look
            commands.append(file.read_text("utf-8", errors="replace"))
    return commands
