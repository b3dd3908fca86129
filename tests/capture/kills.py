"""`python -m tests.capture.kills`: the imaging process is killed again and again while shutters go, and the
recognition process while pages are read; every page is in the reopened store."""

from __future__ import annotations

import argparse
import hashlib
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from capture.imaging import ImagingPool
from capture.pages import PreparedFile
from storage import operations
from storage.page_rows import known_digests
from storage.rows import rows
from tests.capture.conftest import SAMPLES
from tests.storage.evening import Evening

PATIENCE = 600.0


@dataclass(frozen=True)
class Survived:
    """What a burst left: pages whose both files open after a restart, and how often a process was killed."""

    pages: int
    kills: int


def shutters(folder: Path, count: int, kills: int, seed: int = 0) -> Survived:
    """Press the shutter `count` times without a pause, killing the imaging process `kills` times."""
    shots = [path.read_bytes() for path in sorted(SAMPLES.glob("*.jpg"))]
    rng = np.random.default_rng(seed)
    evening = Evening(folder)
    evening.open_session()
    application = evening.start()
    pool = ImagingPool()
    storing = ThreadPoolExecutor(1)

    def store(prepared: Future[PreparedFile]) -> None:
        file = prepared.result()
        new = evening.new_page(application.id, "identity", file.pages[0].improved_jpeg)
        digest = evening.pages.put(file.original)
        assert digest == file.original_sha256
        evening.write(lambda db: operations.add_page(db, evening.who, evening.now, new))

    try:
        # Some bytes behind the picture's end make a new file of each shot, as in life.
        jobs = [pool.submit_file(shots[i % len(shots)] + i.to_bytes(4, "big"), "") for i in range(count)]
        stored = [storing.submit(store, job) for job in jobs]
        killed = _kill(pool.child_pids, kills, rng, 0.45, lambda: all(job.done() for job in stored))
        for job in stored:
            job.result(PATIENCE)
    finally:
        storing.shutdown()
        pool.close()
    originals = {
        hashlib.sha256(shots[i % len(shots)] + i.to_bytes(4, "big")).hexdigest() for i in range(count)
    }
    evening.reopen()
    kept = evening.read(lambda db: list(rows(db, "SELECT digest FROM pages")))
    whole = [row for row in kept if evening.pages.get(row["digest"])]
    assert all(evening.pages.get(digest) for digest in originals)
    assert evening.read(known_digests)
    evening.close()
    return Survived(len(whole), killed)


def readings(count: int, kills: int, seed: int = 0) -> Survived:
    """Read `count` pages, killing the recognition process `kills` times meanwhile."""
    rng = np.random.default_rng(seed)
    pool = ImagingPool()
    try:
        photo = (SAMPLES / "id_card_front-007-00.jpg").read_bytes()
        page = pool.submit_file(photo, "").result(60).pages[0]
        jobs = [pool.submit_recognise(page.improved_jpeg) for _ in range(count)]

        def pids() -> tuple[int, ...]:
            pid = pool.recognition_pid
            return () if pid is None else (pid,)

        killed = _kill(pids, kills, rng, 0.9, lambda: all(job.done() for job in jobs))
        read = [job.result(PATIENCE) for job in jobs]
    finally:
        pool.close()
    return Survived(sum("id_number" in reading.fields for reading in read), killed)


def _kill(
    pids: Callable[[], tuple[int, ...]],
    kills: int,
    rng: np.random.Generator,
    most_wait: float,
    done: Callable[[], bool],
) -> int:
    """Kill whatever process is alive, at a random moment of its life, `kills` times or until all is done."""
    killed: set[int] = set()
    while len(killed) < kills and not done():
        alive = [pid for pid in pids() if pid not in killed]
        if not alive:
            threading.Event().wait(0.002)
            continue
        time.sleep(float(rng.uniform(0, most_wait)))
        os.kill(alive[0], signal.SIGKILL)
        killed.add(alive[0])
    return len(killed)


def main() -> int:
    """Run the long form; 0 when nothing was lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.capture.kills", description=__doc__)
    parser.add_argument("--shutters", type=int, default=200)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        pages = shutters(Path(folder), options.shutters, options.kills, options.seed)
    print(f"{pages.kills} imaging processes killed, {options.shutters} shutters: {pages.pages} pages durable")
    read = readings(options.shutters // 4, options.kills // 4, options.seed)
    print(f"{read.kills} kills of the recognition process, {options.shutters // 4} pages: {read.pages} read")
    return 0 if (pages.pages, read.pages) == (options.shutters, options.shutters // 4) else 1


if __name__ == "__main__":
    sys.exit(main())
