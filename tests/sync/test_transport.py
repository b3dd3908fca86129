"""What may be contacted, and what may be believed: a real socket that answers in every wrong way."""

from __future__ import annotations

import asyncio
import gzip
import ipaddress
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.oid import NameOID

from registration.errors import CentreError, InputError
from sync.contract import AckAnswer, EventBatch, canonical, key_id, read_token, sha256_hex, verify
from sync.link import Link
from sync.refusals import retry_after_seconds
from sync.transport import Patience, Transport, check_centre_url
from sync.uploads import upload_page

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
JSON = {"Content-Type": "application/json"}
GOOD = canonical({"acknowledgements": [], "missing": {}, "server_time": NOW.timestamp()})


def refusal(code: str, server_time: datetime = NOW) -> bytes:
    return canonical({"code": code, "zh": "不行", "en": "No", "server_time": server_time.timestamp()})


class Stub:
    """An HTTP server that gives one answer to everything and remembers what it was asked."""

    def __init__(self, status: int, headers: dict[str, str], body: bytes, *, says: int | None = None) -> None:
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []
        stub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _answer(self) -> None:
                sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                stub.asked.append((self.command, self.path, dict(self.headers), sent))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if status != 204:
                    self.send_header("Content-Length", str(len(body) if says is None else says))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)
                if says is not None:
                    self.close_connection = True

            do_GET = do_POST = do_HEAD = do_PATCH = _answer

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        ).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


Serve = Callable[..., Stub]


@pytest.fixture
def serve() -> Iterator[Serve]:
    stubs: list[Stub] = []

    def start(
        status: int = 200, headers: dict[str, str] | None = None, body: bytes = b"", **more: Any
    ) -> Stub:
        stubs.append(Stub(status, JSON if headers is None else headers, body, **more))
        return stubs[-1]

    yield start
    for stub in stubs:
        stub.close()


KEY = Ed25519PrivateKey.generate()


def transport(url: str, **more: Any) -> Transport:
    patience = Patience(connect=2.0, answer=2.0, send=2.0)
    return Transport(url, "device", "operator", KEY, clock=lambda: NOW, patience=patience, **more)


def ask(url: str, **more: Any) -> AckAnswer:
    async def run() -> AckAnswer:
        async with transport(url, **more) as wire:
            return await wire.acknowledgements(["a"])

    return asyncio.run(run())


def code_of(url: str, **more: Any) -> CentreError:
    with pytest.raises(CentreError) as caught:
        ask(url, **more)
    return caught.value


@pytest.mark.parametrize(
    "url", ["https://centre.example", "https://centre.example:8460/", "http://127.0.0.1:1"]
)
def test_https_and_loopback_are_taken(url: str) -> None:
    assert str(check_centre_url(url)).rstrip("/") == url.rstrip("/")


@pytest.mark.parametrize(
    "url", ["http://centre.example", "http://10.0.0.5:8460", "http://127.0.0.1.evil.example"]
)
def test_plain_http_elsewhere_is_refused(url: str) -> None:
    with pytest.raises(InputError) as caught:
        check_centre_url(url)
    assert caught.value.code == "centre_not_secure"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "centre.example",
        "ftp://centre.example",
        "https://",
        "https://a:b@c.example",
        "https://c.example?x=1",
        "https://[::1",
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(InputError) as caught:
        check_centre_url(url)
    assert caught.value.code == "centre_address"


def test_a_true_answer_is_taken_and_the_request_was_signed(serve: Serve) -> None:
    stub = serve(body=GOOD)
    assert ask(stub.url).missing == {}
    method, path, headers, body = stub.asked[0]
    claims, signature = read_token(headers["Authorization"])
    assert (method, path) == ("POST", "/v1/acknowledgements")
    assert (claims.device, claims.operator, claims.method, claims.path) == (
        "device",
        "operator",
        method,
        path,
    )
    assert claims.body == sha256_hex(body)
    assert claims.issued_at == NOW.timestamp()
    public = KEY.public_key().public_bytes_raw()
    assert verify(public, "request", claims.model_dump(), signature)
    assert len(key_id(public)) == 16


def test_a_large_body_is_compressed_and_signed_as_sent(serve: Serve) -> None:
    stub = serve(body=canonical({"outcomes": [], "missing": [], "acknowledgements": [], "server_time": 1.0}))
    event = {
        "id": "e",
        "kind": "application_submitted",
        "application_id": "a",
        "revision": 1,
        "base_revision": 0,
    }
    batch = EventBatch.model_validate(
        {"events": [{**event, "body": {"text": "申请" * 2000}, "body_digest": "0" * 64, "digests": []}]}
    )

    async def run() -> None:
        async with transport(stub.url) as wire:
            await wire.send_events(batch)

    asyncio.run(run())
    _, _, headers, body = stub.asked[0]
    assert headers["Content-Encoding"] == "gzip"
    assert EventBatch.model_validate_json(gzip.decompress(body)) == batch
    assert read_token(headers["Authorization"])[0].body == sha256_hex(body)
    assert len(body) < 2000


NOT_THE_CENTRE = {
    "a sign-in page": (200, {"Content-Type": "text/html"}, b"<html>Sign in</html>"),
    "a sign-in page that calls itself JSON": (200, JSON, b"<html>Sign in</html>"),
    "nothing": (200, JSON, b""),
    "an empty answer without a body": (204, {}, b""),
    "half of an answer": (200, JSON, GOOD[: len(GOOD) // 2]),
    "another program's JSON": (200, JSON, b'{"status":"ok"}'),
    "fields of another type": (200, JSON, b'{"acknowledgements":7,"missing":{},"server_time":1}'),
    "a redirect": (302, {"Location": "https://elsewhere.example/"}, b""),
    "a proxy that wants a password": (407, {"Content-Type": "text/html"}, b"<html>Proxy</html>"),
    "a 404 in another style": (404, {"Content-Type": "text/html"}, b"<html>Not found</html>"),
    "a broken compression": (200, {**JSON, "Content-Encoding": "gzip"}, b"not gzip"),
    "more than any answer": (200, {**JSON, "Content-Encoding": "gzip"}, gzip.compress(b" " * 40_000_000)),
}


@pytest.mark.parametrize(("status", "headers", "body"), NOT_THE_CENTRE.values(), ids=NOT_THE_CENTRE.keys())
def test_an_answer_that_is_not_the_centres_is_never_success(
    status: int, headers: dict[str, str], body: bytes, serve: Serve
) -> None:
    stub = serve(status, headers, body)
    assert code_of(stub.url).code == "not_the_centre"
    assert len(stub.asked) == 1


def test_a_redirect_is_not_followed(serve: Serve) -> None:
    elsewhere = serve(body=GOOD)
    assert (
        code_of(serve(307, {"Location": elsewhere.url + "/v1/acknowledgements"}).url).code == "not_the_centre"
    )
    assert elsewhere.asked == []


def test_a_body_that_breaks_off_is_no_answer(serve: Serve) -> None:
    assert code_of(serve(body=GOOD[:20], says=len(GOOD)).url).code == "offline"


def test_nobody_there_is_offline(serve: Serve) -> None:
    stub = serve(body=GOOD)
    stub.close()
    assert code_of(stub.url).code == "offline"


def test_the_environments_proxy_is_not_looked_at(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy = serve(200, {"Content-Type": "text/html"}, b"proxy")
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, proxy.url)
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    assert ask(serve(body=GOOD).url).missing == {}
    assert proxy.asked == []


def test_a_configured_proxy_is_used(serve: Serve) -> None:
    proxy = serve(body=GOOD)
    assert ask("http://127.0.0.1:9", proxy=proxy.url).missing == {}
    assert proxy.asked[0][1] == "http://127.0.0.1:9/v1/acknowledgements"


REFUSALS = {
    "revoked": (403, "device_revoked"),
    "unknown_device": (401, "device_unknown"),
    "bad_signature": (401, "device_unknown"),
    "unknown_operator": (403, "operator_refused"),
    "operator_revoked": (403, "operator_refused"),
    "body_mismatch": (400, "not_the_centre"),
    "wrong_target": (401, "not_the_centre"),
    "bad_request": (400, "centre_refused"),
    "too_large": (413, "centre_refused"),
    "centre_error": (500, "centre_error"),
    "disk_full": (507, "centre_error"),
    "too_busy": (503, "centre_busy"),
    "something_new": (409, "centre_refused"),
}


@pytest.mark.parametrize(("said", "status", "means"), [(said, *rest) for said, rest in REFUSALS.items()])
def test_a_refusal_becomes_a_problem_with_words(said: str, status: int, means: str, serve: Serve) -> None:
    error = code_of(serve(status, JSON, refusal(said)).url)
    assert error.code == means
    if means == "centre_refused":
        assert (error.problem.params["reason_zh"], error.problem.params["reason_en"]) == ("不行", "No")


@pytest.mark.parametrize(("minutes", "direction"), [(7, "ahead"), (-90, "behind")])
def test_a_wrong_clock_is_measured_by_the_centres(minutes: int, direction: str, serve: Serve) -> None:
    body = refusal("clock_skew", NOW - timedelta(minutes=minutes))
    params = code_of(serve(401, JSON, body).url).problem.params
    assert (params["minutes"], params["direction"]) == (str(abs(minutes)), direction)


def test_a_request_that_was_doubled_is_made_once_more_with_another_token(serve: Serve) -> None:
    stub = serve(401, JSON, refusal("replayed"))
    assert code_of(stub.url).code == "not_the_centre"
    tokens = [headers["Authorization"] for _, _, headers, _ in stub.asked]
    assert len(tokens) == len(set(tokens)) == 2


def test_a_busy_centre_says_how_long(serve: Serve) -> None:
    error = code_of(serve(429, {**JSON, "Retry-After": "17"}, refusal("too_many_attempts")).url)
    assert (error.code, error.problem.params["seconds"]) == ("centre_busy", "17")
    assert code_of(serve(503, {"Content-Type": "text/html"}, b"<html>").url).code == "centre_busy"


@pytest.mark.parametrize(("status", "code"), [(404, "not_found"), (405, "method_not_allowed")])
def test_a_centre_without_number_blocks_is_no_failure(status: int, code: str, serve: Serve) -> None:
    async def run() -> object:
        async with transport(serve(status, JSON, refusal(code)).url) as wire:
            return await wire.next_numbers(after=1, left=1)

    assert asyncio.run(run()) is None


def test_retry_after_is_read_in_both_forms() -> None:
    assert retry_after_seconds("12", NOW) == 12.0
    assert retry_after_seconds("Tue, 24 Nov 2026 12:00:30 GMT", NOW) == 30.0
    assert retry_after_seconds("Tue, 24 Nov 2026 11:00:00 GMT", NOW) == 0.0
    assert retry_after_seconds("soon", NOW) is None
    assert retry_after_seconds(None, NOW) is None


def upload(url: str, size: int = 100) -> int:
    data = bytes(size)

    async def run() -> int:
        async with transport(url) as wire:
            sent = await upload_page(
                wire, Link(), digest=sha256_hex(data), application_id="a", size=size, read=lambda: data
            )
        assert sent.whole
        return sent.bytes

    return asyncio.run(run())


TUS = {"Tus-Resumable": "1.0.0"}
UPLOADS = {
    "a portal's 200": (200, {"Content-Type": "text/html"}, "not_the_centre"),
    "a portal's 204": (204, {}, "not_the_centre"),
    "an offset beyond the end": (200, {**TUS, "Upload-Offset": "101"}, "not_the_centre"),
    "an offset that is no number": (200, {**TUS, "Upload-Offset": "all"}, "not_the_centre"),
    "an offset that never moves": (204, {**TUS, "Upload-Offset": "0"}, "page_refused"),
}


@pytest.mark.parametrize(("status", "headers", "means"), UPLOADS.values(), ids=UPLOADS.keys())
def test_an_upload_believes_only_tus(status: int, headers: dict[str, str], means: str, serve: Serve) -> None:
    with pytest.raises(CentreError) as caught:
        upload(serve(status, headers).url)
    assert caught.value.code == means


def test_a_page_held_already_is_not_even_read(serve: Serve) -> None:
    stub = serve(200, {**TUS, "Upload-Offset": "100"})
    assert upload(stub.url) == 0
    assert [asked[0] for asked in stub.asked] == ["POST"]


def certificate(folder: Path) -> tuple[Path, Path]:
    """Make a self-signed certificate for 127.0.0.1; return its file and its key's."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "centre")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return folder / "cert.pem", folder / "key.pem"


def test_a_certificate_that_nobody_vouches_for_is_not_the_centre(serve: Serve, tmp_path: Path) -> None:
    cert, key = certificate(tmp_path)
    stub = serve(body=GOOD)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    stub.server.socket = context.wrap_socket(stub.server.socket, server_side=True)
    url = stub.url.replace("http://", "https://")
    assert code_of(url).code == "not_the_centre"
    assert stub.asked == []
    assert ask(url, authorities=cert.read_text()).missing == {}
