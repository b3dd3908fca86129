"""An evening on a disk that gets full at its n-th write, for one n after another (full_disk.c)."""

from __future__ import annotations

import argparse
import ctypes
import json
import logging
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from registration.errors import MachineError
from storage import applications, operations, print_queue, sessions, vault
from storage.journal import keep_journal
from storage.pages import PageFiles
from storage.rows import rows
from storage.second_copy import make_second_copy
from storage.trust import trusted_keys, write_trust
from storage.vault import Vault
from tests.endurance.dark_evening import ACCOUNT, PASSWORD, WEAK
from tests.endurance.told import by_kind, faults_of_store
from tests.storage.evening import Evening, end_session
from ui.settings import Settings

Step = tuple[str, Callable[[], None] | Callable[[], object]]


class Disk:
    """The preloaded shim: `fill(n)` lets the n-th thing that needs room be the first that gets none."""

    def __init__(self, place: Path) -> None:
        self._shim = ctypes.CDLL(None)
        self._shim.full_from.argtypes = [ctypes.c_long]
        self._shim.full_wants.restype = ctypes.c_long
        self._shim.full_below(str(place).encode())

    def fill(self, number: int) -> None:
        self._shim.full_from(number)

    def free(self) -> None:
        self._shim.full_from(-1)

    def wants(self) -> int:
        return int(self._shim.full_wants())


class Night:
    """A copy of a prepared data directory, what is done in it, and what was told as done."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.vault = Vault.unlock(place / "data", ACCOUNT, PASSWORD)
        self.evening = Evening(place / "data", vault=self.vault)
        self.settings = Settings(place / "data" / "settings.json")
        self.log = keep_journal(place / "data" / "logs", on_surprise=lambda: None)
        self.told: list[tuple[str, ...]] = []

    def steps(self) -> Iterator[Step]:
        """Yield what an operator does, one thing after another."""
        evening = self.evening
        half, whole = self._cases("draft")
        facts = evening.read(applications.application, half)
        assert facts is not None
        yield "draft", lambda: evening.save(replace(facts, remarks="on a full disk" * 400))
        yield "page", lambda: self._page(half)
        yield "submit", lambda: self._submit(whole)
        yield "print", self._print
        yield (
            "copy",
            lambda: make_second_copy(
                evening.store, evening.pages, self.place / "data", self.place / "copy", evening.now
            ),
        )
        yield "settings", lambda: self.settings.change(roll_printer="Counter 2")
        yield "vault", self._operator
        yield "trust", lambda: write_trust(self.place / "data", evening.read(trusted_keys))
        yield "log", lambda: logging.getLogger("jilai").warning("the disk is full")

    def _page(self, application_id: str) -> None:
        new = self.evening.new_page(application_id, "identity", b"page" * 5000)
        self.evening.write(operations.add_page, self.evening.who, self.evening.now, new)
        self.told.append(("page", new.id, new.digest, new.original_digest))

    def _submit(self, application_id: str) -> None:
        receipt = self.evening.submit(application_id)
        self.told.append(("receipt", receipt.number, application_id))

    def _print(self) -> None:
        wish = self.evening.paper(self._cases("received")[0])
        self.evening.write(print_queue.queue_paper, self.evening.who, self.evening.now, wish)

    def _cases(self, state: str) -> list[str]:
        sql = "SELECT id FROM applications WHERE state = ? ORDER BY seq"
        return self.evening.read(lambda db: [str(row["id"]) for row in rows(db, sql, (state,))])

    def _operator(self) -> None:
        self.vault.add_operator("li", PASSWORD)
        self.told.append(("vault", "li"))

    def close_session(self) -> None:
        """Give up what is open and close the evening, as a person does who has seen that the disk is full."""
        evening = self.evening
        for case in self._cases("draft"):
            discard = partial(operations.discard_draft, who=evening.who, now=evening.now, reason="full")
            job = partial(discard, application_id=case, wish=evening.paper(case))
            evening.store.write(job, last_resort=True).result(20)
        end_session(evening, last_resort=True)

    def close(self) -> None:
        self.evening.close()
        if self.log is not None:
            logging.getLogger().removeHandler(self.log)
            self.log.close()

    def faults(self) -> list[str]:
        """Start again on what is there, and say what is wrong with it."""
        self.evening.reopen()
        keys = self.vault.page_key, self.vault.page_name_key
        pages = PageFiles(self.place / "data" / "pages", *keys, started=2e10)
        wrong = faults_of_store(self.evening.store, pages, by_kind(self.told))
        for kind, account in (w[:2] for w in self.told):
            if kind == "vault":
                Vault.unlock(self.place / "data", account, PASSWORD)
        if self.evening.read(sessions.current) is not None:
            wrong.append("the evening is not closed")
        self.evening.open_session("s-2")
        case = self.evening.start("h-2-102", "s-2")
        self.evening.add(case.id, "identity")
        return wrong


def prepare(place: Path) -> None:
    """Make the data directory that every night begins with: a case, a draft, and a draft that is complete."""
    opened, _ = Vault.create(place / "data", ACCOUNT, PASSWORD)
    evening = Evening(place / "data", vault=opened)
    evening.open_session()
    evening.submitted()
    evening.save(replace(evening.start("h-3-101"), remarks="half"))
    evening.complete(household_id="h-3-102")
    evening.close()


def night(disk: Disk, prepared: Path, place: Path, number: int) -> dict[str, object]:
    """Let the disk get full at the `number`-th want of room (-1: never); return what happened."""
    shutil.copytree(prepared, place)
    found = Night(place)
    assert found.evening.store.keep_reserve()
    failed: list[str] = []
    wrong: list[str] = []
    disk.fill(number)
    for name, act in found.steps():
        try:
            act()
        except MachineError as error:
            failed.append(name)
            if error.code not in {"disk_full", "copy_full"}:
                wrong.append(f"{name}: {error.code} instead of clear words")
        except Exception as error:
            wrong.append(f"{name}: {type(error).__name__} instead of clear words")
    wants = disk.wants()
    try:
        found.close_session()
    except Exception as error:
        wrong.append(f"the evening cannot be closed: {error!r}")
    disk.free()
    try:
        wrong += found.faults()
    except Exception as error:
        wrong.append(f"after room was made: {error!r}")
    found.close()
    shutil.rmtree(place)
    return {"number": number, "wants": wants, "failed": failed, "wrong": wrong}


def main() -> int:
    """Do a night for each `--first`, `--first` + `--step`, …; print one JSON line for each."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--step", type=int, default=1)
    given = parser.parse_args()
    vault._KDF = WEAK
    prepared = given.folder / "prepared"
    prepare(prepared)
    disk = Disk(given.folder / "night")
    logging.raiseExceptions = False  # the library would say on stderr what could not be logged
    whole = night(disk, prepared, given.folder / "night", -1)
    print(json.dumps(whole), flush=True)
    for number in range(given.first, int(str(whole["wants"])), given.step):
        print(json.dumps(night(disk, prepared, given.folder / "night", number)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
