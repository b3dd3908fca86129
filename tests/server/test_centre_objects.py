"""Pages in an S3-compatible store: a real one, rclone's, with keys that it checks and files of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sync.contract import sha256_hex
from tests.centre import start_centre
from tests.server.window import Window

_KEY, _SECRET = "centre", "a-secret-of-the-test"


@contextmanager
def object_store(folder: Path, port: int) -> Iterator[None]:
    """Serve `folder`, whose folders are buckets, as S3 on loopback."""
    program = shutil.which("rclone", path=str(Path(sys.executable).parent))
    assert program is not None
    server = subprocess.Popen(
        [
            program,
            "serve",
            "s3",
            str(folder),
            "--addr",
            f"127.0.0.1:{port}",
            "--auth-key",
            f"{_KEY},{_SECRET}",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 20
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert time.monotonic() < deadline
            time.sleep(0.05)
        yield
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free: int = probe.getsockname()[1]
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{free}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", _KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", _SECRET)
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    return free


def test_pages_live_in_the_object_store_through_an_outage_and_a_loss(tmp_path: Path, port: int) -> None:
    objects = tmp_path / "objects"
    (objects / "bucket").mkdir(parents=True)
    arguments = ("--pages-url", "s3://bucket/jilai")
    with start_centre(tmp_path, accept_after=3600, arguments=arguments) as centre:
        window = Window(centre.url)
        window.enrol(centre.enrolment_code)
        pages = window.pages()
        event = window.event(pages)
        assert window.outcome(event)["result"] == "applied"
        with object_store(objects, port):
            window.upload_all(pages)
            held = window.acknowledgements(event["application_id"])
            assert held["missing"] == {}
            assert len(held["acknowledgements"]) == 1
        of_page = objects / "bucket/jilai" / sha256_hex(pages[0].data)[:2] / sha256_hex(pages[0].data)
        assert of_page.read_bytes() == pages[0].data
        incoming = centre.data_dir / "pages/incoming"
        assert list(incoming.iterdir()) == []
        assert [path.name for path in (centre.data_dir / "pages").iterdir()] == ["incoming"]

        late = window.pages()
        second = window.event(late)
        assert window.outcome(second)["result"] == "applied"
        window.create(late[0].data)  # the store is away: bytes are kept here, nothing is sworn
        answer = window.patch(sha256_hex(late[0].data), 0, late[0].data)
        assert (answer.status, answer.json["code"]) == (503, "too_busy")
        assert int(answer.headers["retry-after"]) > 0
        assert window.head(sha256_hex(late[0].data)).status == 503
        assert window.acknowledgements(second["application_id"])["acknowledgements"] == []
        with object_store(objects, port):
            again = window.create(late[0].data)  # what had arrived is finished without a byte
            assert (again.status, again.headers["upload-offset"]) == (200, str(len(late[0].data)))
            window.upload_all(late)
            assert len(window.acknowledgements(second["application_id"])["acknowledgements"]) == 1

    of_page.unlink()  # somebody tidied the bucket
    with object_store(objects, port), start_centre(tmp_path, accept_after=3600, arguments=arguments):
        missing = window.acknowledgements(event["application_id"])["missing"]
        assert missing == {event["application_id"]: [sha256_hex(pages[0].data)]}
    log = centre.log.read_text("utf-8")
    assert "pages lost" in log
    assert _SECRET not in log


@pytest.mark.parametrize(("kind", "words"), [("serve", ()), ("admin", ("import-package", "any"))])
def test_wrong_keys_and_addresses_are_said_in_words(
    tmp_path: Path, port: int, kind: str, words: tuple[str, ...]
) -> None:
    """Commands that bring pages take the address as the centre does: pages go where it looks for them."""
    of_pages = ["--data-dir", str(tmp_path), "--pages-url", "ftp://x/y"]
    done = subprocess.run(
        [sys.executable, "-m", "server", kind, *of_pages, *words],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert done.returncode == 1
    assert "pages_unusable" in done.stderr
