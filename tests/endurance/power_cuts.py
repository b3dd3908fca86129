"""`make cuts`: the power cut at every synchronisation of an evening, in five ways."""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from registration.errors import JilaiError
from storage.database import Store
from storage.page_rows import known_digests
from storage.pages import PageFiles
from storage.rows import rows
from storage.trust import read_trust
from storage.vault import Vault
from tests.endurance.dark_evening import ACCOUNT, PASSWORD
from tests.endurance.disk_model import Disk, Loss, lay
from tests.endurance.disk_trace import Event, SyncBegun, Told, events, traced
from tests.endurance.told import by_kind, faults_of_store

ROOT = Path(__file__).resolve().parents[2]


def record(place: Path, forget: str = "") -> tuple[Path, list[Event]]:
    """Let the short evening pass under strace; return the root of its disk and what it asked of it."""
    root, log = place / "disk", place / "strace.log"
    root.mkdir()
    child = [sys.executable, "-m", "tests.endurance.dark_evening", str(root / "data"), str(root / "copy")]
    command = [*child, *(["--forget", forget] if forget else [])]
    subprocess.run(traced(log, command), cwd=ROOT, stdout=subprocess.PIPE, check=True)
    found = list(events(log, root))
    log.unlink()
    return root, found


@dataclass(frozen=True)
class Cut:
    """The state of the disk after one cut, and what had been told before it."""

    number: int
    loss: Loss
    tree: dict[str, bytes | None]
    told: tuple[tuple[str, ...], ...]


def cuts(found: Sequence[Event], wanted: Callable[[int, str], Sequence[Loss]]) -> Iterator[Cut]:
    """Cut the power within each synchronisation, in the ways that `wanted(its number, path)` names."""
    disk, number = Disk(), 0
    for event in found:
        disk.follow(event)
        if not isinstance(event, SyncBegun):
            continue
        for loss in wanted(number, event.path):
            told = tuple(tuple(words.decode().split()) for words in disk.told)
            yield Cut(number, loss, disk.after_cut(loss, random.Random(number)), told)
        number += 1
    for loss in Loss:  # and at the very end
        told = tuple(tuple(words.decode().split()) for words in disk.told)
        yield Cut(number, loss, disk.after_cut(loss, random.Random(number)), told)


def faults(cut: Cut, root: Path, place: Path) -> list[str]:
    """Start again on what the cut left, as the program does, and return what is wrong with it."""
    lay(cut.tree, root, place)
    wrong: list[str] = []
    try:
        _look(place, cut.told, wrong)
    except JilaiError as error:
        wrong.append(f"does not open: {error.code}")
    finally:
        shutil.rmtree(place)
    return wrong


def _look(place: Path, told: Sequence[tuple[str, ...]], wrong: list[str]) -> None:
    data = place / "data"
    said = by_kind(told)
    for (account,) in said["vault"]:
        Vault.unlock(data, account, PASSWORD)
    for (count,) in said["trust"]:
        if len(read_trust(data)) != int(count):
            wrong.append("trusted keys are gone")
    if not said["vault"]:
        return  # nothing was promised yet; the program begins with its first screen
    opened = Vault.unlock(data, ACCOUNT, PASSWORD)
    store = Store.open(data / "jilai.db", opened.database_key, backups=data / "backups")
    pages = PageFiles(data / "pages", opened.page_key, opened.page_name_key, started=2e10)
    try:
        wrong += faults_of_store(store, pages, said)
    finally:
        store.close()
    if said["copied"]:
        copy = place / "copy"
        store = Store.open(copy / "jilai.db", opened.database_key, backups=copy / "backups")
        try:
            there = store.read(lambda db: {row["number"] for row in rows(db, "SELECT number FROM receipts")})
            if not set(said["copied"][-1]) <= there:
                wrong.append("the second copy lacks what it was said to have")
            copied = PageFiles(copy / "pages", opened.page_key, opened.page_name_key)
            for digest in store.read(known_digests):
                copied.get(digest)
        finally:
            store.close()


def main() -> int:
    """Cut at every synchronisation, in every way; 0 when each start was clean and nothing told was gone."""
    argparse.ArgumentParser(prog="python -m tests.endurance.power_cuts", description=__doc__).parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        root, found = record(place)
        done = broken = told = 0
        for cut in cuts(found, lambda _number, _path: tuple(Loss)):
            done += 1
            if wrong := faults(cut, root, place / "after"):
                broken += 1
                print(f"sync {cut.number}, {cut.loss} lost: {'; '.join(sorted(set(wrong)))}")
        told = sum(isinstance(event, Told) for event in found)
    print(f"{done} cuts of power, {told} facts told: {broken} starts that were not clean")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
