"""Capture against its targets: pages found, fields read, and the time from the shutter to a durable page."""

from __future__ import annotations

import difflib
import json
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from capture import encode
from capture.arrays import Bytes
from capture.decode import open_document
from capture.imaging import ImagingPool
from capture.page_finder import overlap
from capture.pages import PreparedPage
from capture.reading import ReadUp, read_page
from capture.text_reader import TextReader
from storage import operations
from tests.bench.row import Row, Times, timed
from tests.storage.evening import Evening

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLES = Path(os.environ.get("JILAI_SAMPLES", ROOT.parent / "shared" / "samples"))
KEPT = ROOT / "tests" / "samples"
SHOTS = 40
SAME_PLACE = 0.9  # a crop that overlaps the true page by less, and that nothing warns of, is a wrong one


@dataclass
class Tally:
    """What reading one folder of photographs brought."""

    overlaps: list[float] = field(default_factory=list)
    wrong_crops: int = 0
    cards: int = 0
    whole_cards: int = 0
    pages: int = 0
    whole_pages: int = 0
    wrong_numbers: int = 0
    wrong_values: int = 0
    upside: int = 0
    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)


def rows() -> list[Row]:
    """Measure and return the figures."""
    pool = ImagingPool()
    try:
        groups = [name for name in ("plain", "hard") if (SAMPLES / name / "truth.json").exists()]
        folders = [SAMPLES / name for name in groups] or [KEPT]
        tallies = {folder.name: _read(pool, folder) for folder in folders}
        found = [row for name, tally in tallies.items() for row in _found(name, tally)]
        return found + _reading(list(tallies.values())) + _shutter(pool) + _copies()
    finally:
        pool.close()


def photographs(folder: Path) -> Iterator[tuple[bytes, dict[str, Any]]]:
    """Yield each photograph of a folder with its truth."""
    for name, truth in json.loads((folder / "truth.json").read_text("utf-8")).items():
        yield (folder / name).read_bytes(), truth


def _read(pool: ImagingPool, folder: Path) -> Tally:
    tally = Tally()
    data = next(photographs(folder))[0]
    for _ in range(2):  # models and memory warm
        read_page(pool, data, pool.submit_file(data, "").result().pages[0])
    for data, truth in photographs(folder):
        page = pool.submit_file(data, "").result().pages[0]
        before, began = _processor(pool), time.perf_counter()
        read_up = read_page(pool, data, page)
        if truth["kind"] == "id_card_front":
            tally.seconds.append(time.perf_counter() - began)
            tally.processor.append(_processor(pool) - before)
        _count(tally, page, read_up, truth)
    return tally


def _count(tally: Tally, page: PreparedPage, read_up: ReadUp, truth: dict[str, Any]) -> None:
    corners = np.array(read_up.page.corners, np.float32)
    true = np.array(truth["corners"], np.float32)
    share = overlap(corners, true)
    tally.overlaps.append(share)
    tally.wrong_crops += page.page_found and share < SAME_PLACE
    nearest = min(range(4), key=lambda turn: float(np.abs(np.roll(corners, -turn, axis=0) - true).sum()))
    tally.upside += page.page_found and nearest != 0
    read = {
        n: list(f.value) if isinstance(f.value, tuple) else f.value for n, f in read_up.reading.fields.items()
    }
    whole = read == truth["fields"]
    tally.pages += 1
    tally.whole_pages += whole
    tally.cards += truth["kind"] == "id_card_front"
    tally.whole_cards += whole and truth["kind"] == "id_card_front"
    wrong = {name for name, value in read.items() if truth["fields"].get(name) != value}
    tally.wrong_values += len(wrong)
    tally.wrong_numbers += "id_number" in wrong


def _found(name: str, tally: Tally) -> list[Row]:
    how = f"{len(tally.overlaps)} photographs of the {name} samples"
    target = {"plain": 0.97, "hard": 0.93}.get(name)
    return [
        Row(f"page finding, {name}: mean IoU", statistics.mean(tally.overlaps), "", target, how, lower=False),
        Row(f"page finding, {name}: wrong crops accepted", tally.wrong_crops, "pages", 0, how),
        Row(f"page finding, {name}: corners not from its own top-left", tally.upside, "pages", 0, how),
    ]


def _reading(tallies: list[Tally]) -> list[Row]:
    cards, pages = sum(t.cards for t in tallies), sum(t.pages for t in tallies)
    seconds = Times(tuple(sorted(s for t in tallies for s in t.seconds)), 0.0)
    processor = statistics.mean(s for t in tallies for s in t.processor)
    how = f"{cards} cards, warm, {processor:.2f} s of processor each"
    whole_cards = 100 * sum(t.whole_cards for t in tallies) / cards
    whole_pages = 100 * sum(t.whole_pages for t in tallies) / pages
    wrong_numbers = sum(t.wrong_numbers for t in tallies)
    wrong_values = sum(t.wrong_values for t in tallies)
    return [
        Row("ID card: stored page to filled fields, p50", seconds.p50, "s", 1.2, how),
        Row("ID card: stored page to filled fields, p95", seconds.p95, "s", None, how),
        Row("ID card: all six fields right", whole_cards, "%", 95, f"{cards} cards", lower=False),
        Row("every kind: all fields right", whole_pages, "%", None, f"{pages} pages", lower=False),
        Row("wrong identification numbers accepted", wrong_numbers, "pages", 0, f"{pages} pages"),
        Row("wrong values of any field accepted", wrong_values, "fields", None, f"{pages} pages"),
    ]


def _processor(pool: ImagingPool) -> float:
    """The processor's seconds that the recognition process has had so far."""
    pid = pool.recognition_pid
    if pid is None:
        return 0.0
    parts = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


def _shutter(pool: ImagingPool) -> list[Row]:
    """From a 12 MP JPEG in memory to its page committed: both files sealed and synced, then its row."""
    large = SAMPLES / "large"
    shots = [data for data, _ in photographs(large if (large / "truth.json").exists() else KEPT)]
    steps: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        evening = Evening(Path(folder))
        evening.open_session()
        application = evening.start()
        taken = iter(shots * (SHOTS + 3))

        def shoot() -> None:
            data = next(taken) + os.urandom(8)  # behind the picture's end: a new file each time, as in life
            page = pool.submit_file(data, "").result().pages[0]
            new = evening.new_page(application.id, "identity", page.improved_jpeg)
            evening.pages.put(data)
            evening.write(lambda db: operations.add_page(db, evening.who, evening.now, new))
            steps.append(dict(page.seconds))

        times = timed(shoot, SHOTS, warm=3)
        evening.close()
    mean = {name: 1000 * statistics.mean(s.get(name, 0.0) for s in steps[3:]) for name in steps[-1]}
    how = f"{SHOTS} shutters; " + ", ".join(f"{name} {value:.0f}" for name, value in mean.items()) + " ms"
    return [Row("shutter to durable page, 12 MP, p95", times.p95, "ms", 300, how)]


def _text(reader: TextReader, page: Bytes) -> str:
    return "\n".join(line.text for line in reader.read(page, card=False).lines)


def _copies() -> list[Row]:
    """What the stored JPEG costs: its bytes, and the text read off it beside the uncompressed page's."""
    reader = TextReader(threads=os.cpu_count() or 1)
    names = ("plain", "hard", "large")
    folders = [SAMPLES / name for name in names if (SAMPLES / name / "truth.json").exists()] or [KEPT]
    alike, sizes = [], []
    for folder in folders:
        for data, truth in photographs(folder):
            if truth["kind"].startswith("id_card"):
                continue
            picture = open_document(data).page(0).picture
            corners = np.array(truth["corners"], np.float32)
            squared = encode.square(picture, corners, 1.0)
            page = encode.improve(squared.picture, squared.format)
            copy = encode.page_jpeg(page)
            stored = open_document(copy).page(0).picture
            one, other = (_text(reader, pixels) for pixels in (page, stored))
            alike.append(difflib.SequenceMatcher(None, one, other, autojunk=False).ratio())
            sizes.append(len(copy) / 1000)
    how = f"{len(alike)} A4 photographs, stored copy against the same page uncompressed"
    return [
        Row(
            "A4 copy: text read off it that is the original's, mean",
            100 * statistics.mean(alike),
            "%",
            None,
            how,
            lower=False,
        ),
        Row("A4 copy: the same, worst page", 100 * min(alike), "%", None, how, lower=False),
        Row("A4 copy: largest", max(sizes), "kB", 350, how),
    ]
