"""`make kill`: the window and the centre killed at random moments, in turn, and every fact counted."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from registration.application import Delivery
from registration.errors import JilaiError
from storage import applications, audit
from storage.database import Store
from storage.page_check import check_pages
from storage.page_rows import known_digests
from storage.pages import PageFiles
from storage.rows import rows
from storage.vault import Vault
from sync.status import SyncStatus
from sync.worker import SyncWorker
from tests.centre import Centre, start_centre
from tests.endurance.window_evening import ACCOUNT, PASSWORD
from tests.sync.archive import archive_of

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Tally:
    """What was done and what came of it; everything under `wrong` is a fact lost, doubled or halved."""

    window_kills: int = 0
    centre_kills: int = 0
    pages_told: int = 0
    receipts_told: int = 0
    held_told: int = 0
    applications: int = 0
    at_centre: int = 0
    seconds: float = 0.0
    stumbles: list[str] = field(default_factory=list)  # lives that the scripted hand ended by itself
    wrong: list[str] = field(default_factory=list)


class Window:
    """The window's lives over one data directory, and the proof after each."""

    def __init__(self, folder: Path, centre: Centre, chance: random.Random, tally: Tally) -> None:
        self.data = folder / "window"
        self._log = folder / "window.log"
        self._where = ["--centre", centre.url, "--enrol", centre.enrolment_code]
        self._chance, self._tally = chance, tally
        self._vault: Vault | None = None
        self._number = 0
        self._opening = 1.0  # seconds from the start to the open window, as this machine's load has it
        self._seen = 0  # the last page row that was read back
        self._receipts: dict[str, str] = {}  # number -> application, as told
        self._held: set[str] = set()

    def live(self, longest: float) -> None:
        """Start the program, let it live for a random while, kill it, and prove what it had told."""
        with self._log.open("ab") as errors:
            process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "tests.endurance.window_evening"),
                    *("--number", str(self._number), "--data-dir", str(self.data)),
                    *self._where,
                ],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=errors,
                env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            )
        heard: list[bytes] = []
        listener = threading.Thread(target=self._listen, args=(process, heard))
        listener.start()
        with contextlib.suppress(subprocess.TimeoutExpired):
            status = process.wait(self._chance.uniform(0.2, longest + 1.5 * self._opening))
            last = self._log.read_text("utf-8", "replace").strip().rsplit("\n", 1)[-1]
            self._tally.stumbles.append(f"status {status}: {last[:200]}")
        process.kill()
        process.wait()
        listener.join()
        self._tally.window_kills += 1
        told = [json.loads(line) for line in heard if line.startswith(b"{") and line.endswith(b"\n")]
        self._number += 1 + sum(news["event"] == "begun" for news in told)
        self.prove(told)

    def _listen(self, process: subprocess.Popen[bytes], heard: list[bytes]) -> None:
        assert process.stdout is not None
        began = time.monotonic()
        with process.stdout:
            for line in process.stdout:
                heard.append(line)
                if b'"open"' in line:
                    self._opening = time.monotonic() - began

    def prove(self, told: list[dict[str, Any]]) -> None:
        """Open what is on the disk as the next start would, and look for everything that was told."""
        if self._vault is None:
            try:
                self._vault = Vault.unlock(self.data, ACCOUNT, PASSWORD)
            except JilaiError:
                if told:
                    self._tally.wrong.append("the vault is gone")
                return
        store = self.open_store()
        try:
            self._prove(store, told)
        except JilaiError as error:
            self._tally.wrong.append(f"{error.code} at {datetime.now():%H:%M:%S}")
        finally:
            store.close()

    def open_store(self) -> Store:
        assert self._vault is not None
        return Store.open(
            self.data / "jilai.db", self._vault.database_key, backups=self.data.parent / "backups"
        )

    def open_pages(self) -> PageFiles:
        assert self._vault is not None
        return PageFiles(self.data / "pages", self._vault.page_key, self._vault.page_name_key)

    def _prove(self, store: Store, told: list[dict[str, Any]]) -> None:
        tally, pages = self._tally, self.open_pages()
        stored = store.read(
            lambda db: list(rows(db, "SELECT * FROM pages WHERE seq > ? ORDER BY seq", (self._seen,)))
        )
        by_id = {row["id"]: [row["digest"], row["original_digest"]] for row in stored}
        for row in stored:
            self._seen = max(self._seen, row["seq"])
            for digest in (row["digest"], row["original_digest"]):
                pages.get(digest)  # raises page_missing or page_damaged: half-written
        for news in told:
            if news["event"] == "page":
                tally.pages_told += 1
                if by_id.get(news["id"]) != news["digests"]:
                    tally.wrong.append(f"page {news['id']} lost or altered")
            elif news["event"] == "receipt":
                tally.receipts_told += 1
                self._receipts[news["number"]] = news["application"]
            elif news["event"] == "held":
                tally.held_told += 1
                self._held.add(news["application"])
        sql = "SELECT number, application_id FROM receipts"
        issued = store.read(lambda db: {row["number"]: row["application_id"] for row in rows(db, sql)})
        for number, application in self._receipts.items():
            if issued.get(number) != application:
                tally.wrong.append(f"receipt of {application} lost or altered")
        if len(set(issued.values())) != len(issued):
            tally.wrong.append("a case has two receipts")
        if sorted(int(number[-4:]) for number in issued) != list(range(1, len(issued) + 1)):
            tally.wrong.append("a receipt number is missing or used twice")
        for application in self._held:
            detail = store.read(lambda db, name=application: applications.detail(db, name))  # type: ignore[misc]
            if detail is None or detail.delivery is not Delivery.HELD:
                tally.wrong.append(f"{application} was held and is no longer")


class Lives:
    """The centre's lives, on a thread beside the window's."""

    def __init__(self, folder: Path, chance: random.Random, tally: Tally) -> None:
        self._folder, self._chance, self._tally = folder, chance, tally
        self.centre = start_centre(folder, accept_after=0.2)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work)

    def begin(self) -> None:
        self._thread.start()

    def end(self) -> None:
        self._stop.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._stop.wait(self._chance.uniform(0.5, 9.0)):
            self.centre.kill()
            self._tally.centre_kills += 1
            self.centre = start_centre(self._folder, accept_after=0.2, timeout=600)


def evening(folder: Path, kills: int, seed: int, *, longest: float, seconds: float) -> Tally:
    """Kill `kills` times in all, or for so many seconds; let everything arrive, and compare both sides."""
    chance, tally, began = random.Random(seed), Tally(), time.monotonic()
    lives = Lives(folder, random.Random(seed + 1), tally)
    window = Window(folder, lives.centre, chance, tally)
    lives.begin()
    try:
        while tally.window_kills + tally.centre_kills < kills and time.monotonic() - began < seconds:
            window.live(longest)
            _keep(folder, tally, began)
    finally:
        lives.end()
    with lives.centre:
        _arrive_and_compare(window, lives.centre, tally)
    tally.seconds = round(time.monotonic() - began, 1)
    return tally


def _keep(folder: Path, tally: Tally, began: float) -> None:
    tally.seconds = round(time.monotonic() - began, 1)
    (folder / "tally.json").write_text(json.dumps(asdict(tally), indent=1), "utf-8")


def _arrive_and_compare(window: Window, centre: Centre, tally: Tally) -> None:
    store, pages = window.open_store(), window.open_pages()
    statuses: list[SyncStatus] = []
    worker = SyncWorker(store, pages, on_status=statuses.append, clock=lambda: datetime.now().astimezone())
    worker.start()
    ended = {"application_submitted": "acknowledged", "fact_noted": "told"}
    sql = "SELECT application_id, kind, state, error_code FROM outbox"
    deadline = time.monotonic() + 600
    while True:
        outbox = store.read(lambda db: list(rows(db, sql)))
        left = [row for row in outbox if row["kind"] in ended and row["state"] != ended[row["kind"]]]
        if not left or time.monotonic() > deadline:
            break
        time.sleep(0.2)
    worker.stop()
    tally.wrong += [f"{row['application_id']} {row['state']} {row['error_code']}" for row in left]
    store.check()
    if check_pages(store, pages).missing:
        tally.wrong.append("a page has no file")
    for digest in store.read(known_digests):
        pages.get(digest)
    if store.read(audit.verify) is not None:
        tally.wrong.append("the audit chain is broken")
    submitted = {row["application_id"] for row in outbox if row["kind"] == "application_submitted"}
    noted = sum(row["kind"] == "fact_noted" for row in outbox)
    archive = archive_of(centre)
    facts = archive.count("SELECT count(*) FROM facts WHERE device_id IS NOT NULL")
    if facts != noted:
        tally.wrong.append(f"{facts} facts at the centre, {noted} here")
    held = archive.count("SELECT count(*) FROM applications")
    tally.applications, tally.at_centre = len(submitted), held
    if held != len(submitted):
        tally.wrong.append(f"{held} applications at the centre, {len(submitted)} here")
    for application in submitted:
        if archive.times_applied(application) != 1:
            tally.wrong.append(f"{application} applied {archive.times_applied(application)} times")
        detail = store.read(lambda db, name=application: applications.detail(db, name))  # type: ignore[misc]
        assert detail is not None
        ours = sorted({digest for page in detail.pages for digest in (page.digest, page.original_digest)})
        if archive.digests(application) != ours:
            tally.wrong.append(f"{application}: other pages at the centre")
    archive.close()
    store.close()


def main() -> int:
    """Run the long form; 0 when nothing was lost, doubled or halved."""
    parser = argparse.ArgumentParser(prog="python -m tests.endurance.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--longest", type=float, default=12.0, help="seconds that a window lives at most")
    parser.add_argument(
        "--seconds", type=float, default=86400.0, help="stop after so many, at whatever count"
    )
    parser.add_argument("--folder", type=Path, help="keep everything here; otherwise nothing is kept")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.folder or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        tally = evening(folder, given.kills, given.seed, longest=given.longest, seconds=given.seconds)
    print(json.dumps(asdict(tally), indent=1, ensure_ascii=False))
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
