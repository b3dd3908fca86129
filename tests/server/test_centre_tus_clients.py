"""Public tus clients, unchanged, bring pages to the centre: tuspy from Python, tus-js-client under Node."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import playwright
import pytest
import requests
from cryptography.hazmat.primitives import serialization
from requests.auth import AuthBase
from tusclient.client import TusClient
from tusclient.exceptions import TusUploadFailed

from sync.contract import request_token, sha256_hex
from tests.centre import Centre
from tests.server.test_centre_pages import announce
from tests.server.window import Window

DRIVER = Path(__file__).parent / "tus/upload.mjs"


class Signed(AuthBase):
    """Signs a request with a window's key."""

    def __init__(self, window: Window) -> None:
        self._window = window

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        body = request.body or b""
        assert isinstance(body, bytes)
        claims = self._window.claims(str(request.method), request.path_url, body)
        request.headers["Authorization"] = request_token(self._window.key, claims)
        return request


@pytest.fixture
def signing(window: Window, monkeypatch: pytest.MonkeyPatch) -> Window:
    """Have every request of the `requests` library signed by a window, whoever makes it."""
    send = requests.Session.request

    def signed(self: requests.Session, method: str, url: str, **more: Any) -> requests.Response:
        return send(self, method, url, **{**more, "auth": Signed(window)})

    monkeypatch.setattr(requests.Session, "request", signed)
    return window


def test_tuspy_brings_a_page_in_chunks_and_goes_on_after_a_cut(signing: Window, centre: Centre) -> None:
    data = announce(signing, os.urandom(300_000))
    digest = sha256_hex(data)
    client = TusClient(signing.url + "/v1/pages/")
    first = client.uploader(file_stream=io.BytesIO(data), chunk_size=70_000, metadata={"digest": digest})
    first.upload(stop_at=140_000)
    assert first.url == f"{signing.url}/v1/pages/{digest}"
    again = client.uploader(file_stream=io.BytesIO(data), chunk_size=70_000, url=first.url)
    assert again.offset == 140_000  # asked of the centre
    again.upload()
    assert (centre.data_dir / "pages" / digest[:2] / digest).read_bytes() == data


def test_tuspy_is_told_what_is_wrong(signing: Window) -> None:
    data = announce(signing, os.urandom(50_000))
    digest = sha256_hex(data)
    client = TusClient(signing.url + "/v1/pages/")
    other = client.uploader(
        file_stream=io.BytesIO(bytes(50_000)), chunk_size=50_000, metadata={"digest": digest}
    )
    with pytest.raises(TusUploadFailed) as failed:  # other bytes than were announced
        other.upload()
    assert failed.value.status_code == 460
    right = client.uploader(file_stream=io.BytesIO(data), chunk_size=20_000, metadata={"digest": digest})
    right.upload()
    assert right.offset == 50_000


def node() -> str:
    """Return the program: the system's, or the one that comes with the browser driver."""
    found = shutil.which("node") or str(Path(playwright.__file__).parent / "driver/node")
    assert Path(found).exists(), "Node is needed: Debian's package nodejs"
    return found


def by_tus_js(window: Window, file: Path, digest: str, **more: Any) -> Any:
    """Run tus-js-client on a file; return what it saw."""
    pem = window.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    given = {
        "key": pem.decode("ascii"),
        "device": window.device,
        "operator": window.operator,
        "endpoint": window.url + "/v1/pages/",
        "file": str(file),
        "digest": digest,
        "chunk": 60_000,
        **more,
    }
    done = subprocess.run(
        [node(), str(DRIVER)],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_tus_js_client_brings_a_page_and_goes_on_after_a_cut(
    window: Window, centre: Centre, tmp_path: Path
) -> None:
    data = announce(window, os.urandom(250_000))
    digest = sha256_hex(data)
    file = tmp_path / "page"
    file.write_bytes(data)
    begun = by_tus_js(window, file, digest, stop=120_000)
    assert begun["seen"] == ["POST", "PATCH 0", "PATCH 60000"]
    ended = by_tus_js(window, file, digest, upload=begun["url"])
    assert ended["seen"] == ["HEAD", "PATCH 120000", "PATCH 180000", "PATCH 240000"]
    assert (centre.data_dir / "pages" / digest[:2] / digest).read_bytes() == data
    again = by_tus_js(window, file, digest, upload=begun["url"])
    assert again["seen"] == ["HEAD"]  # what is held costs no bytes
