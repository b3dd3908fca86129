"""Our uploads are plain tus: they pass with a public server, cut and gone on with, as with the centre."""

from __future__ import annotations

import asyncio
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from registration.errors import CentreError
from sync.contract import sha256_hex
from sync.link import Link
from sync.transport import Patience, Transport
from sync.uploads import Sent, upload_page
from tests.fault_proxy import Fault, FaultProxy, Seen

_SERVER = """
import sys, uvicorn
from fastapi import FastAPI
from tuspyserver import create_tus_router

app = FastAPI()
app.include_router(create_tus_router(prefix="v1/pages", files_dir=sys.argv[1]))
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="error")
"""
KEY = Ed25519PrivateKey.generate()


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    """A public tus server as a process: its port and its folder."""
    folder = tmp_path_factory.mktemp("tus")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-c", _SERVER, str(folder), str(port)])
    deadline = time.monotonic() + 60
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        assert process.poll() is None and time.monotonic() < deadline
        time.sleep(0.05)
    yield port, folder
    process.terminate()
    process.wait(30)


def upload(url: str, data: bytes, link: Link) -> Sent:
    async def run() -> Sent:
        patience = Patience(connect=5.0, answer=10.0, send=10.0)
        async with Transport(
            url, "device", "operator", KEY, clock=lambda: datetime.now(UTC), patience=patience
        ) as wire:
            return await upload_page(
                wire, link, digest=sha256_hex(data), application_id="a", size=len(data), read=lambda: data
            )

    return asyncio.run(run())


def arrived(folder: Path) -> list[str]:
    return [sha256_hex(path.read_bytes()) for path in folder.iterdir() if path.is_file()]


def test_a_page_arrives_at_a_public_server_whole(public: tuple[int, Path]) -> None:
    port, folder = public
    data = secrets.token_bytes(300_000)
    assert upload(f"http://127.0.0.1:{port}", data, Link(chunk=64 * 1024)) == Sent(300_000, True)
    assert sha256_hex(data) in arrived(folder)


def test_one_that_is_cut_goes_on_where_the_public_server_stands(public: tuple[int, Path]) -> None:
    port, folder = public
    data, link = secrets.token_bytes(400_000), Link(chunk=64 * 1024)
    cut = iter([False, True, False, True])

    def plan(seen: Seen) -> Fault | None:
        if seen.method == "PATCH" and next(cut, False):
            return Fault(lose_answer=True)
        return None

    with FaultProxy("127.0.0.1", port, plan) as cable:
        sent, tries = None, 0
        while sent is None:
            tries += 1
            try:
                sent = upload(cable.url, data, link)
            except CentreError as error:
                assert error.code == "offline" and tries < 10
        assert sent.whole and tries > 1
        assert cable.totals.up < 1.2 * len(data)
        creations = [seen for seen in cable.totals.requests if seen.method == "POST"]
        assert len(creations) == 1
    assert sha256_hex(data) in arrived(folder)
    assert link.places == {}


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("/v1/pages/abc", "/v1/pages/abc"),
        ("http://127.0.0.1:8460/v1/pages/abc", "/v1/pages/abc"),
        ("http://127.0.0.1:8460/jilai/v1/pages/abc", ""),
        ("http://elsewhere.example/v1/pages/abc", ""),
        ("https://127.0.0.1:8460/v1/pages/abc", ""),
        ("/v1/changes", ""),
        ("/v1/pages/", ""),
        ("", ""),
    ],
)
def test_a_location_never_leads_away_from_the_centre(location: str, path: str) -> None:
    wire = Transport("http://127.0.0.1:8460", None, "", KEY, clock=lambda: datetime.now(UTC))
    assert wire.path_of(location, "/v1/pages/") == path


def test_a_centre_below_a_path_is_followed_there() -> None:
    wire = Transport("http://127.0.0.1:8460/jilai", None, "", KEY, clock=lambda: datetime.now(UTC))
    assert wire.path_of("/jilai/v1/pages/abc", "/v1/pages/") == "/v1/pages/abc"
    assert wire.path_of("/v1/pages/abc", "/v1/pages/") == "/v1/pages/abc"
