"""`python -m tests.load`: a centre under a province's windows, into docs/benchmarks.md."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import text

from server.embedded import running_url
from server.store.database import open_engine
from tests.bench.__main__ import PAGE, ROOT, machine
from tests.centre import Centre, start_centre
from tests.load import crowd
from tests.load.held import fill
from tests.load.windows import Case, Cases, Device, enrol

_BEGIN, _END = "<!-- load -->", "<!-- /load -->"


def main(words: list[str] | None = None) -> int:
    """Take the figures that were asked for; 0 when every answer was one that a window understands."""
    given = _parser().parse_args(words)
    rows: list[tuple[str, str]] = []
    started, where = datetime.now().astimezone(), machine()
    with tempfile.TemporaryDirectory(prefix="jilai-load-") as folder:
        arguments = ("--workers", str(given.workers))
        with start_centre(Path(folder), accept_after=1e9, arguments=arguments) as centre:
            for label, figure in Load(centre, given).run():
                print(f"{label:60} {figure}", flush=True)
                rows.append((label, figure))
    if not given.dry:
        _write(rows, f"Taken {started:%Y-%m-%d %H:%M} by `make load` on {where}, {given.workers} workers.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.load")
    parser.add_argument("--windows", type=int, default=1148)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rate", type=float, default=300.0, help="applications a second of the steady run")
    parser.add_argument("--seconds", type=float, default=15.0, help="of the steady run")
    parser.add_argument("--page-bytes", type=int, default=20_000, help="of each page in the storm")
    parser.add_argument("--held", default="1000,10000,100000", help="applications held, for the growth")
    parser.add_argument("--sample", type=int, default=1500, help="applications sent at each size")
    parser.add_argument("--only", choices=["steady", "flood", "storm", "growth"])
    parser.add_argument("--dry", action="store_true", help="print alone")
    return parser


class Load:
    """One centre and its crowd."""

    def __init__(self, centre: Centre, given: argparse.Namespace) -> None:
        self._centre = centre
        self._given = given
        url = running_url(centre.data_dir / "postgres")
        assert url is not None
        self._engine = open_engine(url, connections=4)
        self._cases = Cases()
        self._devices = enrol(self._engine, centre.url, given.windows)

    def run(self) -> Iterator[tuple[str, str]]:
        """Yield labels and figures as they are taken."""
        try:
            for name in ("steady", "flood", "storm", "growth"):
                if self._given.only in (None, name):
                    yield from getattr(self, f"_{name}")()
        finally:
            self._engine.dispose()

    def _steady(self) -> Iterator[tuple[str, str]]:
        rate = self._given.rate
        work = list(self._work(int(rate * self._given.seconds)))
        with self._costs(len(work)) as costs:
            seen = asyncio.run(self._closing(crowd.steady(work, rate)))
        _understood(seen.statuses, {200})
        yield (
            f"facts at {rate:.0f} a second from {len(self._devices)} windows",
            (f"{_pace(len(work), seen)}; {costs}"),
        )

    def _flood(self) -> Iterator[tuple[str, str]]:
        for in_flight in (16, 64, 256):
            work = list(self._work(self._given.sample))
            with self._costs(len(work)) as costs:
                seen = asyncio.run(self._closing(crowd.flood(work, in_flight)))
            _understood(seen.statuses, {200})
            yield (
                f"facts as fast as they go, {in_flight} at once",
                (f"{_pace(len(work), seen)}; {costs}"),
            )

    def _storm(self) -> Iterator[tuple[str, str]]:
        size = self._given.page_bytes
        work = [(device, [self._cases.make(device, page_bytes=size)]) for device in self._devices]
        with self._costs(len(work)) as costs:
            seen, done = asyncio.run(self._closing(crowd.storm(work)))
        _understood(seen.statuses, {200, 201, 204, 429, 503})
        later = seen.statuses[429] + seen.statuses[503]
        yield (
            f"{len(work)} windows reconnect at once, an application with 10 files of {size // 1000} kB each",
            (
                f"all acknowledged in {max(done):.1f} s, half in {sorted(done)[len(done) // 2]:.1f} s; "
                f"{sum(seen.statuses.values())} answers, {later} of them *come back later*, none an error; "
                f"{seen.broken} connections refused; {costs}"
            ),
        )

    def _growth(self) -> Iterator[tuple[str, str]]:
        held = 0
        for until in [int(word) for word in self._given.held.split(",") if word]:
            began = time.perf_counter()
            for _ in fill(self._engine, self._devices[0], self._cases, until, since=held):
                pass
            filled, held = time.perf_counter() - began, until
            with self._engine.connect() as connection:
                size = connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one()
            work = list(self._work(self._given.sample))
            with self._costs(len(work)) as costs:
                seen = asyncio.run(self._closing(crowd.flood(work, 64)))
            _understood(seen.statuses, {200})
            yield (
                f"{until:,} applications held ({size / 1e6:,.0f} MB, filled in {filled:.0f} s)",
                (f"{_pace(len(work), seen)}; {costs}"),
            )

    def _work(self, count: int) -> Iterator[tuple[Device, Case]]:
        for number in range(count):
            device = self._devices[number % len(self._devices)]
            yield device, self._cases.make(device)

    async def _closing(self, run: Any) -> Any:
        """Run to the end and close every line: the next run has a loop of its own."""
        try:
            return await run
        finally:
            for device in self._devices:
                device.line.close()

    @contextmanager
    def _costs(self, count: int) -> Iterator[_Costs]:
        costs = _Costs(self._centre, count)
        yield costs
        costs.stop()


class _Costs:
    """Processor time of the centre for one application, in Python and in PostgreSQL."""

    def __init__(self, centre: Centre, count: int) -> None:
        self._root = psutil.Process(centre.process.pid)
        self._count = count
        self._before = self._spent()
        self._after = self._before
        self._load = os.getloadavg()[0]

    def stop(self) -> None:
        self._after = self._spent()

    def _spent(self) -> tuple[float, float]:
        python = postgres = 0.0
        for process in [self._root, *self._root.children(recursive=True)]:
            try:
                times, name = process.cpu_times(), process.name()
            except psutil.Error:
                continue
            if name == "postgres":
                postgres += times.user + times.system
            else:
                python += times.user + times.system
        return python, postgres

    def __str__(self) -> str:
        python, postgres = (
            (after - before) * 1000 / self._count
            for before, after in zip(self._before, self._after, strict=True)
        )
        return f"{python:.1f} + {postgres:.1f} ms of processor each (load {self._load:.1f} before)"


def _pace(count: int, seen: crowd.Seen) -> str:
    middle, late = seen.percentile(0.5), seen.percentile(0.99)
    return f"{count / seen.took:.0f}/s; p50 {middle:.0f}, p99 {late:.0f} ms"


def _understood(statuses: Iterable[int], allowed: set[int]) -> None:
    wrong = set(statuses) - allowed
    if wrong:
        raise SystemExit(f"answered with {sorted(wrong)}")


def _write(rows: list[tuple[str, str]], taken: str) -> None:
    """Put the figures between their marks in docs/benchmarks.md; what was not measured now is dropped."""
    page = PAGE.read_text("utf-8")
    if _BEGIN not in page:
        page = f"{page.rstrip()}\n\n## The centre under load\n\n{_BEGIN}\n{_END}\n"
    head, _, rest = page.partition(_BEGIN)
    table = "\n".join(
        ["| what | measured |", "|---|---|", *(f"| {label} | {figure} |" for label, figure in rows)]
    )
    PAGE.write_text(f"{head}{_BEGIN}\n{taken}\n\n{table}\n{_END}{rest.partition(_END)[2]}", "utf-8")
    results = ROOT / "build" / "load.json"
    results.parent.mkdir(exist_ok=True)
    results.write_text(
        json.dumps({"taken": taken, "rows": rows}, ensure_ascii=False, indent=1) + "\n", "utf-8"
    )


if __name__ == "__main__":
    sys.exit(main())
