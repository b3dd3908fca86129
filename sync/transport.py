"""How facts travel: signed HTTPS requests to the one configured host, and answers proved before use."""

from __future__ import annotations

import contextlib
import gzip
import ipaddress
import secrets
import ssl
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import quote

import httpx2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import BaseModel, ValidationError

from registration.errors import CentreError, InputError
from sync.contract import (
    AckAnswer,
    AckQuery,
    Claims,
    EnrolAnswer,
    EnrolRequest,
    EventAnswer,
    EventBatch,
    FeedPage,
    NumberBlockFact,
    NumberBlockRequest,
    Refusal,
    b64,
    canonical,
    request_token,
    sha256_hex,
    sign,
)
from sync.contract.arrival import ArrivalAnswer, ArrivalClaim
from sync.contract.audit import AuditAnswer, AuditBatch
from sync.contract.cases import CaseFact
from sync.contract.health import Health
from sync.contract.sessions import SessionFact
from sync.link import MOST_UPLOADS
from sync.refusals import refusal_error, retry_after_seconds
from sync.throttle import Throttle
from sync.trust import trust_context

T = TypeVar("T", bound=BaseModel)

# A feed page with a compound of thousands of households is the largest answer; more is not the centre's.
LARGEST_ANSWER = 32 * 1024 * 1024
_NO_SUCH_CALL = frozenset({"not_found", "method_not_allowed"})  # codes of an older centre
COMPRESS_FROM = 1024  # bytes; below it the header costs more than it saves
SLOWEST_LINK = 16 * 1024  # bytes a second that a request may be as slow as
# The centre drops an idle connection after 5 s; leaving first avoids sending into a closed one.
KEEP_ALIVE_SECONDS = 4.0


@dataclass(frozen=True)
class Patience:
    """Time limits in seconds. `answer` is the silence allowed, not the length of a transfer."""

    connect: float = 10.0
    answer: float = 30.0
    send: float = 30.0


PATIENCE = Patience()


@dataclass(frozen=True)
class Answer:
    """A whole answer of 2xx, or of a status that the caller said it understands."""

    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes


def check_centre_url(url: str) -> httpx2.URL:
    """Read a centre's address. Raises InputError code centre_address or centre_not_secure.

    Plain http is allowed on loopback alone: an intake carries identity numbers.
    """
    try:
        parsed = httpx2.URL(url.strip().rstrip("/"))
    except (httpx2.InvalidURL, TypeError, ValueError):
        raise InputError("centre_address", field="centre_url") from None
    if parsed.scheme not in {"http", "https"} or not parsed.host or parsed.query or parsed.userinfo:
        raise InputError("centre_address", field="centre_url")
    if parsed.scheme == "http" and not _is_loopback(parsed.host):
        raise InputError("centre_not_secure", field="centre_url", host=parsed.host)
    return parsed


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Transport:
    """The calls of the wire, for one device and operator. Belongs to one event loop.

    Every call raises CentreError with a code of its own: offline, proxy_refused, not_the_centre, clock_wrong,
    device_revoked, device_unknown, operator_refused, centre_busy, centre_error, centre_refused.
    A timeout is `offline`: nobody knows whether the centre has acted, so nothing counts as delivered.
    """

    def __init__(
        self,
        base_url: str,
        device_id: str | None,
        operator_id: str,
        signing_key: Ed25519PrivateKey,
        *,
        clock: Callable[[], datetime],
        heard: Callable[[float], float] | None = None,
        authorities: str = "",
        pin: str = "",
        proxy: str = "",
        throttle: Throttle | None = None,
        patience: Patience = PATIENCE,
    ) -> None:
        """`heard` is told the centre's time, epoch seconds, and says how far ahead this machine's clock is.

        `authorities` (PEM) and `pin` as sync.trust has them, `proxy` an HTTP proxy's URL; "" for none.

        `throttle` limits the bodies of requests that are made `throttled`.
        """
        self._base = check_centre_url(base_url)
        self._device_id = device_id
        self._operator_id = operator_id
        self._key = signing_key
        self._clock = clock
        self._heard = heard or (lambda server_time: clock().timestamp() - server_time)
        self._patience = patience
        self._throttle = throttle or Throttle(time.monotonic)
        self.clock_offset: float | None = None  # seconds this machine is ahead, at the last answer
        self.last_answer_at: datetime | None = None
        self._client = httpx2.AsyncClient(
            verify=(trust_context(authorities, pin) or True) if self._base.scheme == "https" else False,
            trust_env=False,
            proxy=proxy or None,
            follow_redirects=False,
            limits=httpx2.Limits(max_connections=MOST_UPLOADS + 4, keepalive_expiry=KEEP_ALIVE_SECONDS),
            headers={"User-Agent": "Jilai/1", "Accept": "application/json"},
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close every connection."""
        await self._client.aclose()

    # -- the calls -------------------------------------------------------------------------------------

    async def enrol(self, code: str, *, device_name: str, account: str, operator_name: str) -> EnrolAnswer:
        """Ask for a place at the centre. Raises CentreError enrolment_refused beside the usual ones."""
        public_key = b64(self._key.public_key().public_bytes_raw())
        request = EnrolRequest(
            code=code,
            public_key=public_key,
            device_name=device_name,
            operator_account=account,
            operator_name=operator_name,
            proof=sign(self._key, "enrol", {"code": code, "public_key": public_key}),
        )
        return await self._call(EnrolAnswer, "POST", "/v1/enrol", request, signed=False)

    async def send_events(self, batch: EventBatch) -> EventAnswer:
        return await self._call(EventAnswer, "POST", "/v1/events", batch)

    async def acknowledgements(self, application_ids: list[str]) -> AckAnswer:
        query = AckQuery(application_ids=application_ids)
        return await self._call(AckAnswer, "POST", "/v1/acknowledgements", query)

    async def changes(self, cursor: int, wait: int = 0) -> FeedPage:
        """Return the feed after `cursor`; the centre may hold the answer back for `wait` seconds."""
        path = f"/v1/changes?cursor={cursor}&wait={wait}"
        return await self._call(FeedPage, "GET", path, silence=self._patience.answer + wait)

    async def next_numbers(self, *, after: int, left: int) -> NumberBlockFact | None:
        """Return another block of receipt numbers; None from a centre that has no such call."""
        request = NumberBlockRequest(after=after, left=left)
        try:
            return await self._call(NumberBlockFact, "POST", "/v1/number-blocks", request)
        except CentreError as error:
            if error.problem.params.get("server_code") in _NO_SUCH_CALL:
                return None
            raise

    async def health(self) -> Health:
        """Ask who answers, and in which life the centre is."""
        return await self._call(Health, "GET", "/v1/health", signed=False)

    async def case(self, application_id: str) -> CaseFact:
        """Return one case as the centre has it; centre_refused where this device may not see it."""
        return await self._call(CaseFact, "GET", f"/v1/applications/{quote(application_id, safe='')}")

    async def session(self, session_id: str) -> SessionFact:
        """Return what the centre holds of a session; centre_refused where it has no such call."""
        return await self._call(SessionFact, "GET", f"/v1/sessions/{quote(session_id, safe='')}")

    def path_of(self, location: str, below: str) -> str:
        """Return the path, below the centre's address, that a Location names; "" where it leads elsewhere.

        It is only ever a path of the configured host: a Location on another one leads nowhere.
        """
        try:
            target = self._base.join(location) if location else self._base
        except httpx2.InvalidURL:
            return ""
        if target.netloc != self._base.netloc or target.scheme != self._base.scheme:
            return ""
        path = target.path.removeprefix(self._base.path.rstrip("/"))
        return path if path.startswith(below) and len(path) > len(below) else ""

    async def arrival(self, claim: ArrivalClaim) -> ArrivalAnswer:
        return await self._call(ArrivalAnswer, "POST", "/v1/arrival", claim)

    async def audit(self, batch: AuditBatch) -> AuditAnswer | None:
        """Hand in rows of the audit log; None from a centre that has no such call."""
        try:
            return await self._call(AuditAnswer, "POST", "/v1/audit", batch)
        except CentreError as error:
            if error.problem.params.get("server_code") in _NO_SUCH_CALL:
                return None
            raise

    async def _call(
        self,
        answer: type[T],
        method: str,
        path: str,
        body: BaseModel | None = None,
        *,
        signed: bool = True,
        silence: float | None = None,
    ) -> T:
        content = canonical(body.model_dump(mode="json")) if body is not None else b""
        headers = {"Content-Type": "application/json"} if body is not None else {}
        if len(content) >= COMPRESS_FROM:
            content = gzip.compress(content, 6, mtime=0)
            headers["Content-Encoding"] = "gzip"
        got = await self.request(method, path, content, headers, signed=signed, silence=silence)
        if not got.headers.get("content-type", "").startswith("application/json"):
            raise CentreError("not_the_centre")
        try:
            value = answer.model_validate_json(got.body)
        except ValidationError:
            raise CentreError("not_the_centre") from None
        server_time = getattr(value, "server_time", None)
        if server_time is not None:
            self.clock_offset = self._heard(server_time)
        self.last_answer_at = self._clock()
        return value

    # -- one request -----------------------------------------------------------------------------------

    async def request(
        self,
        method: str,
        path: str,
        content: bytes,
        headers: Mapping[str, str],
        *,
        signed: bool = True,
        silence: float | None = None,
        understood: frozenset[int] = frozenset(),
        throttled: bool = False,
    ) -> Answer:
        """Send one signed request and return its whole answer.

        Statuses of 2xx and those in `understood` are returned, all others raise. `path` starts with a
        slash and is the path below the centre's address, with its query. A request that the network has
        doubled is made once more with a token of its own: the centre answered the copy.
        """
        try:
            return await self._once(method, path, content, headers, signed, silence, understood, throttled)
        except CentreError as error:
            if error.problem.params.get("server_code") != "replayed":
                raise
        return await self._once(method, path, content, headers, signed, silence, understood, throttled)

    async def _once(
        self,
        method: str,
        path: str,
        content: bytes,
        headers: Mapping[str, str],
        signed: bool,
        silence: float | None,
        understood: frozenset[int],
        throttled: bool,
    ) -> Answer:
        target = self._base.path.rstrip("/") + path
        sent = dict(headers)
        if signed:
            sent["Authorization"] = self._token(method, target, content)
        url = f"{self._base.scheme}://{self._base.netloc.decode('ascii')}{target}"
        # Bytes that the system has taken may still be on their way out when the silence begins.
        slow = len(content) / SLOWEST_LINK
        timeout = httpx2.Timeout(
            (silence or self._patience.answer) + slow,
            connect=self._patience.connect,
            write=self._patience.send + slow,
        )
        body_up: bytes | AsyncIterator[bytes] | None = content or None
        if throttled and content and self._throttle.rate > 0:
            sent["Content-Length"] = str(len(content))
            body_up = self._throttle.pieces(content)
        try:
            async with self._client.stream(
                method, url, content=body_up, headers=sent, timeout=timeout
            ) as response:
                body = await _whole(response)
        except httpx2.DecodingError:
            raise CentreError("not_the_centre") from None
        except httpx2.ProxyError:
            raise CentreError("proxy_refused") from None
        except httpx2.HTTPError as error:
            if _is_untrusted(error):
                raise CentreError("not_the_centre") from None
            raise CentreError("offline") from None
        answered = {name.lower(): value for name, value in response.headers.items()}
        if 200 <= response.status_code < 300 or response.status_code in understood:
            return Answer(response.status_code, answered, body)
        raise self._refused(response.status_code, answered, body)

    def _token(self, method: str, target: str, content: bytes) -> str:
        claims = Claims(
            device=self._device_id or "",
            operator=self._operator_id,
            issued_at=self._clock().timestamp(),
            nonce=secrets.token_urlsafe(16),
            method=method,
            path=target,
            body=sha256_hex(content),
        )
        return request_token(self._key, claims)

    def _refused(self, status: int, headers: Mapping[str, str], body: bytes) -> CentreError:
        refusal: Refusal | None = None
        with contextlib.suppress(ValidationError):
            refusal = Refusal.model_validate_json(body)
        if refusal is not None:
            self.clock_offset = self._heard(refusal.server_time)
        return refusal_error(
            status, refusal, self.clock_offset, retry_after_seconds(headers.get("retry-after"), self._clock())
        )


def _is_untrusted(error: BaseException | None) -> bool:
    """Say whether a certificate was refused: whoever answered, it was not the centre."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False


async def _whole(response: httpx2.Response) -> bytes:
    """Read an answer's body to its end; one beyond all bounds is not the centre's."""
    parts: list[bytes] = []
    size = 0
    async for part in response.aiter_bytes():
        size += len(part)
        if size > LARGEST_ANSWER:
            raise CentreError("not_the_centre")
        parts.append(part)
    return b"".join(parts)
