"""An eSCL scanner on the loopback, written to the published protocol, with the faults that real ones have."""

from __future__ import annotations

import io
import re
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from PIL import Image, ImageDraw

UUID = "4509a320-00a0-008f-00b6-002507510eca"
_SPACES = (
    'xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm" '
    'xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03"'
)


def _input(name: str, height: int) -> str:
    return f"""<scan:{name}><scan:MinWidth>16</scan:MinWidth><scan:MaxWidth>2550</scan:MaxWidth>
<scan:MinHeight>16</scan:MinHeight><scan:MaxHeight>{height}</scan:MaxHeight>
<scan:MaxScanRegions>1</scan:MaxScanRegions><scan:SettingProfiles><scan:SettingProfile>
<scan:ColorModes><scan:ColorMode>Grayscale8</scan:ColorMode><scan:ColorMode>RGB24</scan:ColorMode></scan:ColorModes>
<scan:DocumentFormats><pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat>
<scan:DocumentFormatExt>image/jpeg</scan:DocumentFormatExt></scan:DocumentFormats>
<scan:SupportedResolutions><scan:DiscreteResolutions>
{"".join(f"<scan:DiscreteResolution><scan:XResolution>{d}</scan:XResolution><scan:YResolution>{d}</scan:YResolution></scan:DiscreteResolution>" for d in (75, 300, 600))}
</scan:DiscreteResolutions></scan:SupportedResolutions></scan:SettingProfile></scan:SettingProfiles>
<scan:SupportedIntents><scan:Intent>Document</scan:Intent></scan:SupportedIntents></scan:{name}>"""  # noqa: E501


CAPABILITIES = f"""<?xml version="1.0" encoding="UTF-8"?>
<scan:ScannerCapabilities {_SPACES}><pwg:Version>2.63</pwg:Version>
<pwg:MakeAndModel>Invented MFP 77</pwg:MakeAndModel><pwg:SerialNumber>X1</pwg:SerialNumber>
<scan:UUID>{UUID}</scan:UUID>
<scan:Platen>{_input("PlatenInputCaps", 3508)}</scan:Platen>
<scan:Adf>{_input("AdfSimplexInputCaps", 4200)}{_input("AdfDuplexInputCaps", 4200)}
<scan:FeederCapacity>50</scan:FeederCapacity>
<scan:AdfOptions><scan:AdfOption>DetectPaperLoaded</scan:AdfOption><scan:AdfOption>Duplex</scan:AdfOption></scan:AdfOptions>
</scan:Adf></scan:ScannerCapabilities>"""


@dataclass
class _Job:
    sides: str
    resolution: int
    left: int
    given: int = 0
    ended: bool = False


@dataclass
class EsclScanner:
    """Serves at `url` while used as a context. Change its attributes to change what it does."""

    sheets: int = 0  # in the feeder
    jam_after: int = -1  # pages
    hatch_open: bool = False
    busy: int = 0  # so many requests for a job are answered with 503
    not_ready: int = 0  # so many requests for a page are answered with 503
    empty_accepts_jobs: bool = False  # as some makers do: the job begins, and has no page
    foreign_location: bool = False  # the job's address names a host that nobody else knows
    capabilities: bytes = CAPABILITIES.encode()
    page: bytes = b""  # sent in the place of a page
    slow: float = 0.0
    asked: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    jobs: dict[str, _Job] = field(default_factory=dict)
    url: str = ""
    gate: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> EsclScanner:
        scanner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                scanner.get(self)

            def do_POST(self) -> None:
                scanner.post(self)

            def do_DELETE(self) -> None:
                scanner.deleted.append(self.path)
                if self.path in scanner.jobs:
                    scanner.jobs[self.path].ended = True
                send(self, 200)

            def log_message(self, *_: Any) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/eSCL"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.gate.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def port(self) -> int:
        return self._server.server_port

    def get(self, request: BaseHTTPRequestHandler) -> None:
        self.asked.append(request.path)
        if request.path == "/eSCL/ScannerCapabilities":
            send(request, 200, self.capabilities, "text/xml")
        elif request.path == "/eSCL/ScannerStatus":
            send(request, 200, self._status().encode(), "text/xml")
        elif request.path.endswith("/NextDocument"):
            self._next(request, self.jobs.get(request.path.removesuffix("/NextDocument")))
        else:
            send(request, 404)

    def post(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers["Content-Length"])).decode()
        self.asked.append(request.path)
        if self.busy:
            self.busy -= 1
            send(request, 503)
            return
        feeder = "<pwg:InputSource>Feeder<" in body
        if feeder and (self.hatch_open or (not self.sheets and not self.empty_accepts_jobs)):
            send(request, 409)
            return
        two = "<scan:Duplex>true<" in body
        found = re.search(r"<scan:XResolution>(\d+)<", body)
        assert found is not None
        assert "<scan:ColorMode>RGB24<" in body
        pages = self.sheets * (2 if two else 1) if feeder else 1
        path = f"/eSCL/ScanJobs/{len(self.jobs) + 1}"
        self.jobs[path] = _Job("duplex" if two else "feeder" if feeder else "platen", int(found[1]), pages)
        host = "http://mfp77.invalid:8080" if self.foreign_location else self.url.removesuffix("/eSCL")
        send(request, 201, location=host + path)

    def _next(self, request: BaseHTTPRequestHandler, job: _Job | None) -> None:
        if self.slow:
            self.gate.wait(self.slow)
        if self.not_ready:
            self.not_ready -= 1
            send(request, 503)
        elif job is None or job.ended or job.given >= job.left or job.given == self.jam_after:
            send(request, 404)
        else:
            job.given += 1
            if job.sides != "platen" and (job.sides == "feeder" or job.given % 2 == 0):
                self.sheets -= 1
            data = self.page or picture(f"{job.sides} {job.given}", job.resolution)
            send(request, 200, data, "image/jpeg")

    def _status(self) -> str:
        jammed = any(job.given == self.jam_after for job in self.jobs.values())
        feeder = "Jam" if jammed else "HatchOpen" if self.hatch_open else "Loaded" if self.sheets else "Empty"
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><scan:ScannerStatus {_SPACES}>'
            f"<pwg:Version>2.63</pwg:Version><pwg:State>Idle</pwg:State>"
            f"<scan:AdfState>ScannerAdf{feeder}</scan:AdfState></scan:ScannerStatus>"
        )


def picture(words: str, resolution: int) -> bytes:
    """A small page that says which it is."""
    image = Image.new("RGB", (resolution * 2, resolution * 3), "white")
    ImageDraw.Draw(image).text((20, 20), words, fill="black")
    out = io.BytesIO()
    image.save(out, "JPEG", dpi=(resolution, resolution), comment=words)
    return out.getvalue()


def send(
    request: BaseHTTPRequestHandler, status: int, body: bytes = b"", kind: str = "", location: str = ""
) -> None:
    request.send_response(status)
    request.send_header("Content-Length", str(len(body)))
    if kind:
        request.send_header("Content-Type", kind)
    if location:
        request.send_header("Location", location)
    request.end_headers()
    request.wfile.write(body)
