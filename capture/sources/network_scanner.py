"""Scanners on the network by eSCL: found by their own announcements or by a typed address."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import httpx2

from capture.sources.escl_wire import (
    Capabilities,
    ScannerState,
    WireError,
    capabilities_from,
    settings,
    state_from,
)
from capture.sources.source import (
    Description,
    Event,
    Finished,
    FoundPage,
    Sides,
    SourceCode,
    SourceError,
    SourceKind,
    Tell,
    Trouble,
)

DPI = 300
SEARCH_SECONDS = 2.5
PAGE_SECONDS = 120.0
BUSY_SECONDS = 20.0
"""How long a scanner that says "not now" is asked again: lamps warm up, the last job is put away."""
LARGEST_PAGE = 100 << 20
LARGEST_TEXT = 1 << 20
_SERVICE = "_uscan._tcp.local."
_FEEDER_CODES = {
    "Empty": SourceCode.FEEDER_EMPTY,
    "Jam": SourceCode.SCANNER_JAMMED,
    "Mispick": SourceCode.SCANNER_JAMMED,
    "MultipickDetected": SourceCode.SCANNER_JAMMED,
    "HatchOpen": SourceCode.SCANNER_COVER_OPEN,
}
_NOT_NOW = (409, 503)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a scanner listens: the root of its eSCL resources, and the name that it announces."""

    url: str
    name: str = ""


def place_of(address: str) -> Place:
    """Read what a person types: "192.168.1.20", "scanner.local:8080", or a whole URL.

    Raises SourceError scanner_unreachable for what can be no address.
    """
    text = address.strip()
    try:
        url = httpx2.URL(text if "://" in text else f"http://{text}")
    except (httpx2.InvalidURL, TypeError, ValueError):
        raise SourceError(SourceCode.SCANNER_UNREACHABLE, address) from None
    if url.scheme not in ("http", "https") or not url.host or " " in text:
        raise SourceError(SourceCode.SCANNER_UNREACHABLE, address)
    whole = str(url).rstrip("/")
    return Place(whole if url.path not in ("", "/") else f"{whole}/eSCL")


def announced(seconds: float = SEARCH_SECONDS, interfaces: Sequence[str] = ()) -> list[Place]:
    """The scanners that announce themselves on these interfaces' addresses (all without any) now.

    None where the extra `scanner` is not installed.
    """
    try:
        from zeroconf import InterfaceChoice, ServiceBrowser, Zeroconf
    except ImportError:
        return []
    names: list[str] = []

    class _Listener:
        def add_service(self, zeroconf: Zeroconf, kind: str, name: str) -> None:
            names.append(name)

        def update_service(self, zeroconf: Zeroconf, kind: str, name: str) -> None: ...

        def remove_service(self, zeroconf: Zeroconf, kind: str, name: str) -> None: ...

    try:
        network = Zeroconf(list(interfaces) or InterfaceChoice.All)
    except OSError:  # no network at all
        return []
    try:
        ServiceBrowser(network, _SERVICE, _Listener())  # type: ignore[arg-type]
        time.sleep(seconds)
        found = []
        for name in tuple(names):
            info = network.get_service_info(_SERVICE, name, timeout=1000)
            addresses = info.parsed_addresses() if info is not None else []
            if info is None or not addresses:
                continue
            facts = {key.lower(): value for key, value in info.decoded_properties.items()}
            root = (facts.get("rs") or "eSCL").strip("/")
            host = addresses[0] if ":" not in addresses[0] else f"[{addresses[0]}]"
            found.append(Place(f"http://{host}:{info.port}/{root}", facts.get("ty") or name.split(".")[0]))
        return found
    finally:
        network.close()


class NetworkScannerSource:
    """The scanners of the network; `typed` gives the addresses that a person entered."""

    def __init__(
        self, typed: Callable[[], Sequence[str]], search: Callable[[], list[Place]] = announced
    ) -> None:
        self._typed, self._search = typed, search
        self._known: dict[str, tuple[Place, Capabilities]] = {}

    def list(self) -> tuple[Description, ...]:
        """Ask the network and the typed addresses; takes seconds, off the main thread."""
        places = self._search()
        for address in self._typed():
            with contextlib.suppress(SourceError):
                places.append(place_of(address))
        found: dict[str, Description] = {}
        for place in places:
            try:
                with EsclLine(place) as line:
                    able = line.capabilities()
            except (WireError, httpx2.HTTPError):
                continue
            key = f"escl:{able.uuid or place.url}"
            self._known[key] = (place, able)
            name = able.name or place.name or place.url
            found[key] = Description(key, SourceKind.NETWORK_SCANNER, name, tuple(able.sizes))
        return tuple(found.values())

    def open(self, source_id: str, tell: Tell) -> OpenNetworkScanner:
        """Use a scanner that `list` has found. Raises SourceError scanner_gone."""
        if source_id not in self._known:
            raise SourceError(SourceCode.SCANNER_GONE, source_id)
        place, able = self._known[source_id]
        return OpenNetworkScanner(source_id, place, able, tell)


class EsclLine:
    """HTTP to one scanner. Calls raise httpx2.HTTPError, or WireError for an answer that is not eSCL."""

    def __init__(self, place: Place) -> None:
        self._root = place.url.rstrip("/")
        patience = httpx2.Timeout(PAGE_SECONDS, connect=5.0)
        # No proxy between this window and a scanner beside it, whatever the system has set up for the web.
        self._http = httpx2.Client(timeout=patience, trust_env=False, follow_redirects=False)

    def __enter__(self) -> EsclLine:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def capabilities(self) -> Capabilities:
        return capabilities_from(self._text("ScannerCapabilities"))

    def state(self) -> ScannerState:
        return state_from(self._text("ScannerStatus"))

    def begin(self, body: bytes) -> tuple[int, str]:
        """Ask for a job; its status, and the job's URL on the scanner's own host where it is 201."""
        answer = self._http.post(
            f"{self._root}/ScanJobs", content=body, headers={"Content-Type": "text/xml; charset=utf-8"}
        )
        if answer.status_code != 201:
            return answer.status_code, ""
        # Only the path is taken: many scanners name themselves as nobody else can reach them.
        path = httpx2.URL(answer.headers.get("location", "")).path.rstrip("/")
        if not path:
            raise WireError("no job")
        return 201, str(httpx2.URL(self._root).copy_with(path=path))

    def next_page(self, job: str) -> tuple[int, bytes]:
        """The next page's status and, where it is 200, its bytes."""
        with self._http.stream("GET", f"{job}/NextDocument") as answer:
            if answer.status_code != 200:
                return answer.status_code, b""
            return 200, _limited(answer.iter_bytes(), LARGEST_PAGE)

    def end(self, job: str) -> None:
        """Give the job up."""
        with contextlib.suppress(httpx2.HTTPError):
            self._http.delete(job, timeout=5.0)

    def _text(self, resource: str) -> bytes:
        with self._http.stream("GET", f"{self._root}/{resource}", timeout=5.0) as answer:
            if answer.status_code != 200:
                raise WireError(str(answer.status_code))
            return _limited(answer.iter_bytes(), LARGEST_TEXT)


class OpenNetworkScanner:
    """One scanner; each `take` is one batch on a thread of its own."""

    def __init__(self, source_id: str, place: Place, able: Capabilities, tell: Tell) -> None:
        self._id, self._place, self._able, self._told_to = source_id, place, able, tell
        self._name = able.name or place.name or place.url
        self.sides = next(iter(able.sizes))
        self._lock = threading.RLock()
        self._job = ""
        self._given_up = threading.Event()
        self._busy = self._closed = False

    def take(self) -> None:
        """Scan one page from the glass, or all that lies in the feeder. Nothing happens while it scans."""
        with self._lock:
            if self._busy or self._closed:
                return
            self._busy = True
            self._given_up.clear()
            threading.Thread(target=self._scan, args=(self.sides,), name="scanner", daemon=True).start()

    def stop(self) -> None:
        self._given_up.set()
        threading.Thread(target=self._end_job, name="scanner-stop", daemon=True).start()

    def settle(self, receipt: str, stored: bool) -> None:
        """The paper is in the person's hand; there is nothing to keep."""

    def close(self) -> None:
        with self._lock:
            self._closed = True
        self.stop()

    def _end_job(self) -> None:
        with self._lock:
            job = self._job
        if job:
            with EsclLine(self._place) as line:
                line.end(job)

    def _scan(self, sides: Sides) -> None:
        pages, code = 0, None
        try:
            with EsclLine(self._place) as line:
                for pages, data in enumerate(self._pages(line, sides), start=1):
                    self._tell(FoundPage(self._id, f"{self._name} {pages}", data))
        except SourceError as error:
            code = error.source_code
        except WireError:
            code = SourceCode.SCANNER_FAILED
        except httpx2.HTTPError:
            code = SourceCode.SCANNER_FAILED if pages else SourceCode.SCANNER_UNREACHABLE
        with self._lock:
            self._busy, self._job = False, ""
        if code is not None and not self._given_up.is_set():
            self._tell(Trouble(self._id, SourceError(code, self._name).problem))
        self._tell(Finished(self._id, pages))

    def _pages(self, line: EsclLine, sides: Sides) -> Iterator[bytes]:
        job = self._begun(line, sides)
        with self._lock:
            self._job = job
        pages, waiting_since = 0, time.monotonic()
        while not self._given_up.is_set():
            status, data = line.next_page(job)
            if status == 200:
                if not data.startswith(b"\xff\xd8"):
                    raise WireError("no JPEG")
                pages, waiting_since = pages + 1, time.monotonic()
                yield data
            elif status == 503 and time.monotonic() - waiting_since < PAGE_SECONDS:
                self._given_up.wait(0.5)
            elif status in (404, 410) and pages:
                self._check_feeder(line, sides, pages)
                return
            else:
                raise self._reason(line, sides, pages)

    def _begun(self, line: EsclLine, sides: Sides) -> str:
        """Begin a job, waiting a while for a scanner that is busy. Raises SourceError."""
        began = time.monotonic()
        while True:
            status, job = line.begin(settings(self._able, sides, DPI))
            if status == 201:
                return job
            known = self._reason(line, sides, 0)
            if known.source_code is not SourceCode.SCANNER_FAILED or status not in _NOT_NOW:
                raise known
            if time.monotonic() - began > BUSY_SECONDS or self._given_up.wait(1.0):
                raise SourceError(SourceCode.SCANNER_BUSY, self._name)

    def _check_feeder(self, line: EsclLine, sides: Sides, pages: int) -> None:
        """After the last page: a feeder that jammed ends a job as one that is empty does."""
        if sides is not Sides.FLATBED:
            reason = self._reason(line, sides, pages)
            if reason.source_code in (SourceCode.SCANNER_JAMMED, SourceCode.SCANNER_COVER_OPEN):
                raise reason

    def _reason(self, line: EsclLine, sides: Sides, pages: int) -> SourceError:
        """Why no page comes, as far as the scanner's own status tells."""
        state = line.state()
        code = _FEEDER_CODES.get(state.feeder) if sides is not Sides.FLATBED else None
        if code is None or (code is SourceCode.FEEDER_EMPTY and pages):
            code = SourceCode.SCANNER_FAILED
        return SourceError(code, self._name)

    def _tell(self, event: Event) -> None:
        with self._lock:
            if not self._closed:
                self._told_to(event)


def _limited(parts: Iterator[bytes], most: int) -> bytes:
    """All parts together. Raises WireError beyond `most` bytes."""
    data = bytearray()
    for part in parts:
        data += part
        if len(data) > most:
            raise WireError("too large")
    return bytes(data)
