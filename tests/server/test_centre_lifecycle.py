"""Starting and stopping: again on the same directory, after kills, with the parent, in other people's way."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from server.config import Settings
from server.embedded import running_url
from server.errors import UnusableError
from server.keys import load_keys
from server.running import locked
from tests.centre import Centre, start_centre
from tests.server.window import Window

ROOT = Path(__file__).parents[2]


def postmaster(centre: Centre) -> int:
    return int((centre.data_dir / "postgres/postmaster.pid").read_text("utf-8").split()[0])


def is_gone(pid: int, seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.02)
    return False


def run_server(*words: str, timeout: float = 60) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "server", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=timeout,
        stdin=subprocess.DEVNULL,
    )


def test_everything_survives_a_stop_and_a_kill(tmp_path: Path) -> None:
    centre = start_centre(tmp_path, accept_after=3600)
    window = Window(centre.url)
    window.enrol(centre.enrolment_code)
    items, cursor = window.all_changes()
    events = [window.event(window.pages(size=30)) for _ in range(2)]
    window.send(events[0])
    cluster = postmaster(centre)
    with long_poll(window, cursor):
        began = time.monotonic()
        assert centre.stop() == 0
        assert time.monotonic() - began < 15  # a waiting long poll does not hold the stop up
    assert is_gone(cluster, 0.1)

    again = start_centre(tmp_path, accept_after=3600)
    assert again.url == centre.url  # windows remember the address
    assert int(centre.url.rpartition(":")[2]) < 32768  # below the ports of outgoing connections
    assert again.enrolment_code != centre.enrolment_code
    assert window.send(*events).json["outcomes"][0]["result"] == "already_had"
    cluster = postmaster(again)
    again.kill()
    assert is_gone(cluster)  # the cluster does not outlive a killed centre

    with start_centre(tmp_path, accept_after=3600) as third:
        results = [o["result"] for o in window.send(*events).json["outcomes"]]
        assert results == ["already_had", "already_had"]
        assert window.all_changes()[0] == items
        other = Window(third.url)
        assert other.enrol(again.enrolment_code).status == 200  # an unused code stays good
        assert other.answer["server_key"] == window.answer["server_key"]
        assert other.device_code != window.device_code


@contextmanager
def long_poll(window: Window, cursor: int) -> Iterator[None]:
    """A long poll that waits in the background while the block runs, and has ended after it."""
    path = f"/v1/changes?cursor={cursor}&wait=25"
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(window.signed, "GET", path)
        time.sleep(0.5)
        assert not waiting.done()
        yield
        assert waiting.result(20).status == 200


def test_a_half_made_cluster_is_made_again_and_it_leaves_with_its_parent(tmp_path: Path) -> None:
    half = tmp_path / "centre/postgres.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")  # a first start that was killed
    centre = start_centre(tmp_path)
    assert Window(centre.url).plain("GET", "/v1/ready").status == 200
    cluster = postmaster(centre)
    centre.leave()
    assert centre.process.wait(30) == 0
    assert is_gone(cluster, 0.5)


def test_a_cluster_killed_under_the_centre_ends_it_with_words(tmp_path: Path) -> None:
    centre = start_centre(tmp_path)
    os.kill(postmaster(centre), signal.SIGKILL)
    assert centre.process.wait(40) == 1
    centre.leave()
    assert "postgres_ended" in centre.log.read_text("utf-8")
    with start_centre(tmp_path) as again:
        assert Window(again.url).plain("GET", "/v1/ready").status == 200


def test_two_centres_do_not_share_a_directory(centre: Centre) -> None:
    with pytest.raises(UnusableError, match="data_dir_busy"), locked(Settings(centre.data_dir), patience=0.2):
        pass
    assert Window(centre.url).plain("GET", "/v1/ready").status == 200


def test_a_port_in_use_is_said_in_words(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run_server("demo", "--data-dir", str(tmp_path / "c"), "--port", str(port))
    assert done.returncode == 1
    assert "port_busy" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unreachable_database_is_said_in_words(tmp_path: Path) -> None:
    url = "postgresql://jilai:secret-word@127.0.0.1:1/none"
    done = run_server("serve", "--data-dir", str(tmp_path / "c"), "--port", "0", "--database-url", url)
    assert done.returncode == 1
    assert "database_unreachable" in done.stderr
    assert "secret-word" not in done.stderr + done.stdout


def test_something_else_in_the_databases_place_is_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "c/postgres"
    place.mkdir(parents=True)
    (place / "holiday.txt").write_text("photographs")
    done = run_server("demo", "--data-dir", str(tmp_path / "c"), "--port", "0")
    assert (done.returncode, "postgres_foreign" in done.stderr) == (1, True)
    assert (place / "holiday.txt").read_text() == "photographs"


def test_a_real_centre_on_a_named_database_begins_empty(tmp_path: Path, centre: Centre) -> None:
    """`serve` on another PostgreSQL (here: a second database of the running cluster)."""
    url = running_url(centre.data_dir / "postgres")
    assert url is not None
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE other"))
    named = url.replace("/postgres?", "/other?").replace("+psycopg", "")
    try:
        with start_centre(tmp_path, kind="serve", arguments=("--database-url", named)) as real:
            assert real.enrolment_code == ""
            assert not (real.data_dir / "postgres").exists()
            assert Window(real.url).plain("GET", "/v1/health").json["demo"] is False
            done = run_server(
                "admin", "--data-dir", str(real.data_dir), "--database-url", named, "enrol-code"
            )
            code = json.loads(done.stdout)["enrolment_code"]
            assert Window(real.url).enrol(code).json["code"] == "unknown_operator"
    finally:
        with admin.connect() as connection:
            connection.execute(text("DROP DATABASE other WITH (FORCE)"))
        admin.dispose()


def test_the_command_line_works_while_no_centre_runs(tmp_path: Path) -> None:
    done = run_server(
        "admin", "--data-dir", str(tmp_path / "c"), "add-operator", "Zhao", "赵敏", "--until", "2099-12-31"
    )
    assert json.loads(done.stdout)["account"] == "zhao"
    for day, until in (("2099-12-31", "2099-12-31"), ("never", "")):
        done = run_server("admin", "--data-dir", str(tmp_path / "c"), "operator-until", "zhao", day)
        assert json.loads(done.stdout) == {"account": "zhao", "until": until}
    done = run_server("admin", "--data-dir", str(tmp_path / "c"), "list")
    assert json.loads(done.stdout) == []


def test_keys_are_private_and_a_damaged_one_is_never_replaced(tmp_path: Path) -> None:
    first = load_keys(tmp_path / "keys")
    assert load_keys(tmp_path / "keys").signing_public == first.signing_public
    for file in (tmp_path / "keys").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    (tmp_path / "keys/signing.key").write_bytes(b"short")
    with pytest.raises(UnusableError, match="key_damaged"):
        load_keys(tmp_path / "keys")
    assert (tmp_path / "keys/signing.key").read_bytes() == b"short"


def test_only_its_owner_may_look_into_the_data_directory(centre: Centre) -> None:
    for folder in ("keys", "pages", "postgres"):
        assert stat.S_IMODE((centre.data_dir / folder).stat().st_mode) == 0o700
    assert stat.S_IMODE(centre.data_dir.stat().st_mode) == 0o700
    assert (centre.data_dir / "postgres").stat().st_uid != 0  # PostgreSQL never runs as root


def test_fsync_is_on(centre: Centre) -> None:
    url = running_url(centre.data_dir / "postgres")
    assert url is not None
    engine = create_engine(url)
    with engine.connect() as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes", "data_checksums"):
            assert connection.execute(text(f"SHOW {name}")).scalar() == "on"
    engine.dispose()
