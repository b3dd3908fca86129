"""`python -m tests.bench [NAME…]`: runs bench_*.py, writes bench/results.json and docs/benchmarks.md."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import sys
import time
from datetime import datetime
from pathlib import Path

from tests.bench.row import Row

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
RESULTS = ROOT / "bench" / "results.json"
BEGIN, END = "<!-- measured -->", "<!-- /measured -->"


def modules(names: list[str]) -> list[str]:
    """Return the modules to run: those named ("capture" for bench_capture.py), or all."""
    found = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    return [name for name in found if not names or name.removeprefix("bench_") in names]


def figure(value: float) -> str:
    """Return a number with three significant digits."""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def table(groups: dict[str, list[Row]]) -> str:
    """Return the measured rows as Markdown."""
    lines = ["| what | measured | target | how it was taken |", "|---|---|---|---|"]
    for name, rows in groups.items():
        lines.append(f"| **{name}** | | | |")
        for row in rows:
            sign = "≤" if row.lower else "≥"
            target = "" if row.target is None else f"{sign} {figure(row.target)} {row.unit}"
            mark = {True: "✓ ", False: "✗ ", None: ""}[row.met]
            lines.append(f"| {row.what} | {mark}{figure(row.value)} {row.unit} | {target} | {row.how} |")
    return "\n".join(lines)


def machine() -> str:
    """Return what the figures were taken on, without its name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}, "
        f"load {load:.1f} at the start"
    )


def write(groups: dict[str, list[Row]], started: datetime, where: str, seconds: float) -> None:
    """Put the figures into results.json and into docs/benchmarks.md; groups not measured now stay."""
    RESULTS.parent.mkdir(exist_ok=True)
    old = json.loads(RESULTS.read_text("utf-8"))["groups"] if RESULTS.exists() else {}
    kept = {name: [Row(**row) for row in rows] for name, rows in old.items()} | groups
    results = {
        "taken": started.isoformat(timespec="seconds"),
        "machine": where,
        "groups": {name: [vars(row) for row in rows] for name, rows in kept.items()},
    }
    RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", "utf-8")
    text = PAGE.read_text("utf-8") if PAGE.exists() else f"# Benchmarks\n\n{BEGIN}\n{END}\n"
    head, _, rest = text.partition(BEGIN)
    tail = rest.partition(END)[2]
    taken = f"Taken {started:%Y-%m-%d %H:%M} by `make bench` on {where}, in {seconds:.0f} s."
    measured = f"{taken}\n\n{table(kept)}"
    PAGE.write_text(f"{head}{BEGIN}\n{measured}\n{END}{tail}", "utf-8")


def run(names: list[str]) -> int:
    """Measure and write; 0 unless a measurement itself failed."""
    started, clock, where = datetime.now().astimezone(), time.monotonic(), machine()
    groups: dict[str, list[Row]] = {}
    for name in modules(names):
        print(f"{name} …", flush=True)
        groups[name.removeprefix("bench_")] = importlib.import_module(f"tests.bench.{name}").rows()
    write(groups, started, where, time.monotonic() - clock)
    print(table(groups))
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*", help="which benches; all without a name")
    sys.exit(run(parser.parse_args().names))
