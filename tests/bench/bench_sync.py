"""The road: pages and facts over a line of a given rate, cut and slow, beside curl, rclone and PouchDB.

PouchDB runs where JILAI_BENCH_POUCHDB names a folder of node_modules; peers/pouchdb.js says which.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from registration.link import LinkMode
from storage import link, outbox
from sync.transport import PATIENCE
from sync.worker import Pace, SyncWorker
from tests.bench.row import Row
from tests.bench.shaped_link import shaped_link
from tests.centre import Centre, start_centre
from tests.sync.counter import REQUIRED, Counter

MANY = int(os.environ.get("JILAI_BENCH_SYNC_APPLICATIONS", "500"))
RATE = float(os.environ.get("JILAI_BENCH_SYNC_MBIT", "40")) * 1e6 / 8
PAGE = 300_000  # bytes; the five papers of a case are 1.5 MB
CASE = PAGE * len(REQUIRED)
SLOW_RATE, SLOW_TRIP = 256e3 / 8, 0.6
CUT_EVERY = 2.0
_LONGEST = 3600.0
_POUCHDB = Path(__file__).parent / "peers" / "pouchdb.js"
_POUCHDB_CASES = 60  # it keeps everything in memory, twice

_SINK = """
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

class Sink(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_PUT(self):
        left = int(self.headers["Content-Length"])
        while left:
            left -= len(self.rfile.read(min(left, 65536)))
        self.send_response(201)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass

server = ThreadingHTTPServer(("127.0.0.1", 0), Sink)
print(server.server_address[1], flush=True)
server.serve_forever()
"""


def rows() -> list[Row]:
    """Measure and return the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "centre").mkdir()
        with start_centre(folder / "centre", accept_after=86_400) as centre:
            return [*_clean(folder, centre), *_cut(folder, centre), *_slow(folder, centre)]


def _clean(folder: Path, centre: Centre) -> list[Row]:
    with shaped_link(_port(centre), rate=RATE) as line, _counter(folder, centre, line.url) as counter:
        _submit(counter, MANY)
        before = line.up
        seconds, content = _send_all(counter), MANY * CASE
        up = line.up - before
    how = f"{MANY} applications of 1.5 MB, {RATE * 8 / 1e6:.0f} Mbit/s"
    found = [
        Row("bytes on the wire to bytes of content", up / content, "×", 1.02, how),
        Row("pages and facts, clean line", content / seconds / 1e6, "MB/s", None, how, lower=False),
    ]
    if shutil.which("curl"):
        curl = _curl(folder, content)
        share = curl / seconds * 100
        said = f"{how}; curl -T of one file of as many bytes: {content / curl / 1e6:.2f} MB/s"
        found.append(Row("of what curl gets on the same line", share, "%", 85, said, lower=False))
    if (rclone := _rclone(folder, content)) is not None:
        said = f"{how}; rclone copy to WebDAV: {content / rclone / 1e6:.2f} MB/s, no proof of arrival"
        found.append(
            Row("of what rclone gets on the same line", rclone / seconds * 100, "%", None, said, lower=False)
        )
    if (pouchdb := _pouchdb(min(MANY, _POUCHDB_CASES))) is not None:
        speed, wire = pouchdb
        said = (
            f"in memory, {min(MANY, _POUCHDB_CASES)} cases: {speed / 1e6:.2f} MB/s, {wire:.2f} × the content"
        )
        share = content / seconds / speed * 100
        found.append(Row("of PouchDB's replication with attachments", share, "%", None, said, lower=False))
    return found


def _cut(folder: Path, centre: Centre) -> list[Row]:
    many = max(MANY // 4, 10)
    with (
        shaped_link(_port(centre), rate=RATE, cut_every=CUT_EVERY) as line,
        _counter(folder, centre, line.url) as counter,
    ):
        _submit(counter, many)
        before = line.up
        seconds = _send_all(counter)
        up = line.up - before
    how = f"{many} applications, every connection cut each {CUT_EVERY:.0f} s, finished in {seconds:.0f} s"
    return [Row("bytes sent beyond the content, cut", (up / (many * CASE) - 1) * 100, "%", 3, how)]


def _slow(folder: Path, centre: Centre) -> list[Row]:
    """One case of 1.5 MB; while its pages travel, a second one is submitted: its facts overtake them."""
    with (
        shaped_link(_port(centre), rate=SLOW_RATE, round_trip=SLOW_TRIP) as line,
        _counter(folder, centre, line.url) as counter,
    ):
        _submit(counter, 1)
        began = time.monotonic()
        _run_link(counter)
        counter.wait_for(lambda: counter.store.read(outbox.pending_counts).pages < len(REQUIRED), _LONGEST)
        light = counter.submit(contents=[secrets.token_bytes(2_000)])
        submitted = time.monotonic()
        counter.wait_for(
            lambda: bool(counter.store.read(outbox.unacknowledged)) and _facts_there(counter, light), _LONGEST
        )
        overtook = time.monotonic() - submitted
        counter.wait_for(lambda: counter.store.read(outbox.pending_counts).applications == 0, _LONGEST)
        seconds = time.monotonic() - began
    ideal = CASE / SLOW_RATE
    how = f"256 kbit/s, 600 ms; the line alone needs {ideal:.1f} s"
    return [
        Row("a case of 1.5 MB on a slow line", seconds / ideal, "× the line", 1.35, how),
        Row("facts behind its pages, submitted to taken", overtook, "s", None, how),
    ]


def _facts_there(counter: Counter, application_id: str) -> bool:
    return application_id in counter.store.read(outbox.unacknowledged) or counter.held(application_id)


# -- one device ---------------------------------------------------------------------------------------------


@contextmanager
def _counter(folder: Path, centre: Centre, url: str) -> Iterator[Counter]:
    """Yield an enrolled device that has its reference data and whose link is paused."""
    answer = centre.admin("enrol-code", "--new-operators")
    assert isinstance(answer, dict)
    place = folder / f"device-{secrets.token_hex(4)}"
    place.mkdir()
    counter = Counter(place, url, str(answer["enrolment_code"]))
    worker = SyncWorker(
        counter.store,
        counter.pages,
        on_status=counter._hear,
        clock=counter.now,
        pace=Pace(),
        patience=PATIENCE,
    )
    counter.workers.append(worker)
    worker.start()
    try:
        counter.wait_for(counter.has_reference, 300)
        counter.write(lambda db: link.set_link(db, counter.now(), counter.who(), mode=LinkMode.PAUSED))
        yield counter
    finally:
        counter.close()
        shutil.rmtree(place, ignore_errors=True)


def _submit(counter: Counter, many: int) -> None:
    for _ in range(many):
        counter.submit(contents=[secrets.token_bytes(PAGE) for _ in REQUIRED])


def _run_link(counter: Counter) -> None:
    counter.write(lambda db: link.set_link(db, counter.now(), counter.who(), mode=LinkMode.RUNNING))


def _send_all(counter: Counter) -> float:
    began = time.monotonic()
    _run_link(counter)
    counter.wait_for(lambda: counter.store.read(outbox.pending_counts).applications == 0, _LONGEST)
    return time.monotonic() - began


def _port(centre: Centre) -> int:
    port = urlsplit(centre.url).port
    assert port is not None
    return port


# -- the others on the same line ----------------------------------------------------------------------------


def _curl(folder: Path, content: int) -> float:
    """Return the seconds that curl needs for one file of so many bytes."""
    file = folder / "content"
    with file.open("wb") as out:
        for _ in range(0, content, 1_000_000):
            out.write(secrets.token_bytes(1_000_000))
        out.truncate(content)
    sink = subprocess.Popen([sys.executable, "-c", _SINK], stdout=subprocess.PIPE)
    assert sink.stdout is not None
    try:
        with shaped_link(int(sink.stdout.readline()), rate=RATE) as line:
            began = time.monotonic()
            subprocess.run(["curl", "-sf", "-T", str(file), f"{line.url}/content"], check=True)
            return time.monotonic() - began
    finally:
        sink.terminate()
        sink.wait(10)
        file.unlink()


def _rclone(folder: Path, content: int) -> float | None:
    """Return the seconds that rclone needs for the same page files, None where there is no rclone."""
    beside = Path(sys.executable).with_name("rclone")
    program = str(beside) if beside.exists() else shutil.which("rclone")
    if program is None:
        return None
    source, target = folder / "source", folder / "target"
    source.mkdir()
    target.mkdir()
    for number in range(content // PAGE):
        (source / f"{number}").write_bytes(secrets.token_bytes(PAGE))
    port = _free_port()
    server = subprocess.Popen(
        [program, "serve", "webdav", str(target), "--addr", f"127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for_port(port)
        with shaped_link(port, rate=RATE) as line:
            began = time.monotonic()
            copy = [program, "copy", str(source), ":webdav:", "--webdav-url", line.url]
            subprocess.run(copy, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            seconds = time.monotonic() - began
        assert len(list(target.iterdir())) == content // PAGE
        return seconds
    finally:
        server.terminate()
        server.wait(10)
        shutil.rmtree(source)
        shutil.rmtree(target)


def _pouchdb(cases: int) -> tuple[float, float] | None:
    """Return bytes of content a second and bytes on the wire to content; None where there is no PouchDB."""
    modules, node = os.environ.get("JILAI_BENCH_POUCHDB"), shutil.which("node")
    if not modules or node is None:
        return None
    environment = {**os.environ, "NODE_PATH": modules}
    port, content = _free_port(), cases * CASE
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(
            [node, str(_POUCHDB), "serve", str(port)],
            env=environment,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait_for_port(port)
            with shaped_link(port, rate=RATE) as line:
                words = [line.url, str(cases), str(len(REQUIRED)), str(PAGE)]
                done = subprocess.run(
                    [node, str(_POUCHDB), "replicate", *words],
                    env=environment,
                    cwd=folder,
                    check=True,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    text=True,
                )
                return content / float(done.stdout), line.up / content
        finally:
            server.terminate()
            server.wait(10)


def _free_port() -> int:
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for_port(port: int) -> None:
    import socket

    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("the other server did not start")
