"""A county in small: several real counters, one real centre, and everything that may go wrong between them.

Every step is one thing that happens in the field. `check` holds at any moment, `settle` heals everything and
then holds the whole promise: each submitted case exactly once, whole, unaltered, in order.
"""

from __future__ import annotations

import asyncio
import hashlib
import random
import secrets
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from registration.application import CaseState
from registration.errors import JilaiError
from server.config import system_clock
from server.store import lives
from server.store.database import transaction
from server.store.review import Decision
from storage import operations, outbox
from storage.ids import new_id
from storage.print_queue import Wish
from tests.centre import Centre, start_centre
from tests.fault_proxy import Fault, FaultProxy
from tests.sync.archive import Archive, archive_of
from tests.sync.counter import Counter

_NEVER = 36000.0  # seconds until the demonstration's reviewer would decide by itself
_PASSES = 12  # within which a healed world has to come to rest,
_PATIENCE = 60.0  # or, on a busy machine whose requests time out, within as many seconds


@dataclass
class Laptop:
    """One counter at the end of its own cable, and what it was told that it has submitted."""

    number: int
    counter: Counter
    cable: FaultProxy
    cases: dict[str, tuple[str, ...]] = field(default_factory=dict)  # id -> digests of its files
    withdrawn: set[str] = field(default_factory=set)
    lives: int = 1
    knows_life: int = 0  # of the centre's, that it has been in contact with


class World:
    """Made with a folder and a number of laptops; `close` when done. One thread uses it."""

    def __init__(self, folder: Path, laptops: int, *, seed: int = 0, arguments: tuple[str, ...] = ()) -> None:
        self.random = random.Random(seed)
        self.folder = folder
        self._arguments = arguments
        self.centre: Centre = start_centre(folder, accept_after=_NEVER, arguments=arguments)
        self.archive: Archive = archive_of(self.centre)
        self.counts: dict[str, int] = {}
        self._life = 0
        self._snapshot: Path | None = None
        self._snapshot_at = system_clock()
        self.laptops = [self._laptop(number) for number in range(laptops)]

    def close(self) -> None:
        for laptop in self.laptops:
            laptop.counter.close()
            laptop.cable.__exit__()
        self.archive.close()
        self.centre.stop()

    def _laptop(self, number: int) -> Laptop:
        parts = urlsplit(self.centre.url)
        cable = FaultProxy(parts.hostname or "", parts.port or 0).__enter__()
        folder = self.folder / f"laptop-{number}-1"
        folder.mkdir()
        laptop = Laptop(number, Counter(folder, cable.url, self.archive.code()), cable)
        deadline = time.monotonic() + _PATIENCE
        while self._one_pass(laptop) is not None or not laptop.counter.has_reference():
            assert time.monotonic() < deadline, "a laptop was not enrolled"
        return laptop

    def _count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1

    # -- what people do --------------------------------------------------------------------------------

    def submit(self, number: int, files: int, shared: bool) -> None:
        """Take in a case; with `shared`, one of its files is another case's, too (a family's contract)."""
        laptop = self.laptops[number]
        contents = [secrets.token_bytes(self.random.randint(200, 60_000)) for _ in range(files)]
        if shared:
            contents[0] = b"the same paper in two files" * 40
        case = laptop.counter.submit(contents=contents)
        laptop.cases[case] = tuple(sorted({hashlib.sha256(data).hexdigest() for data in contents}))
        self._count("submitted")

    def withdraw(self, number: int) -> None:
        """The applicant of some case changes their mind."""
        laptop = self.laptops[number]
        open_cases = [
            case
            for case in laptop.cases
            if case not in laptop.withdrawn and laptop.counter.detail(case).state is CaseState.RECEIVED
        ]
        if not open_cases:
            return
        case, counter = self.random.choice(open_cases), laptop.counter
        now = counter.now()
        wish = Wish(new_id(now), "withdrawal", application_id=case, facts={"made_at": now.isoformat()})
        counter.write(
            lambda db: operations.withdraw_application(
                db, counter.who(), now, case, reason="暂不办理", wish=wish, event_id=new_id(now)
            )
        )
        laptop.withdrawn.add(case)
        self._count("withdrawn")

    def decide(self) -> None:
        """A reviewer accepts some case that is whole."""
        waiting = [
            case
            for laptop in self.laptops
            for case in laptop.cases
            if case not in laptop.withdrawn and self.archive.is_whole(case)
        ]
        if waiting:
            with suppress(Exception):  # accepted before
                self.archive.decide(
                    self.random.choice(waiting), Decision(CaseState.ACCEPTED, "reviewer:test")
                )
            self._count("decided")

    # -- what happens on the road ------------------------------------------------------------------------

    def send(self, number: int, fault: str) -> None:
        """One pass with one exchange broken, somewhere in it."""
        laptop = self.laptops[number]
        at, cut = self.random.randint(0, 6), self.random.randint(0, 3000)
        first = len(laptop.cable.totals.requests)
        broken = {
            "none": Fault(),
            "lost": Fault(lose_answer=True),
            "cut_up": Fault(cut_up=cut),
            "cut_down": Fault(cut_down=cut % 400),
            "double": Fault(double=True),
            "truncate": Fault(truncate=cut % 60),
            "portal": Fault(portal=True),
            "late": Fault(hold_up=0.2),
        }[fault]
        laptop.cable.plan = lambda seen: (
            broken if len(laptop.cable.totals.requests) - first == at + 1 else None
        )
        self._one_pass(laptop)
        laptop.cable.plan = lambda seen: None
        self._count(f"pass, {fault}")

    def kill(self, number: int) -> None:
        """The program ends in the middle of a pass: what its disk holds by then is all that is left."""
        laptop = self.laptops[number]
        stop_at = len(laptop.cable.totals.requests) + self.random.randint(1, 6)

        async def cut_short() -> None:
            work = asyncio.create_task(laptop.counter.one_pass())
            while not work.done() and len(laptop.cable.totals.requests) < stop_at:
                await asyncio.sleep(0.002)
            work.cancel()
            with suppress(asyncio.CancelledError, JilaiError):
                await work

        asyncio.run(cut_short())
        old = laptop.counter
        laptop.lives += 1
        folder = self.folder / f"laptop-{number}-{laptop.lives}"
        old.write(lambda db: None)  # what the store was told it does, as far as the commit
        shutil.copytree(old.folder, folder, ignore=shutil.ignore_patterns("*-shm", "backups"))
        laptop.counter = Counter(folder, "", "", page_key=old.page_key)
        laptop.counter.ahead = old.ahead
        old.close()
        shutil.rmtree(old.folder)
        self._count("killed")

    def move_clock(self, number: int, seconds: float) -> None:
        """Somebody sets a laptop's clock."""
        self.laptops[number].counter.ahead = seconds
        self._count("clock moved")

    # -- what happens to the centre ----------------------------------------------------------------------

    def crash_centre(self) -> None:
        """The centre loses its power and comes back."""
        self.centre.kill()
        self._start()
        self._count("centre crashed")

    def back_up(self) -> None:
        """The night's backup: everything as it is now."""
        self.centre.stop()
        self._snapshot = self.folder / "snapshot"
        shutil.rmtree(self._snapshot, ignore_errors=True)
        shutil.copytree(self.centre.data_dir, self._snapshot, symlinks=True)
        self._snapshot_at = system_clock()
        self._start()
        self._count("backed up")

    def restore(self) -> None:
        """The centre is put back to the last backup, and says so as the procedure has it."""
        if self._snapshot is None:
            return
        self.centre.stop()
        shutil.rmtree(self.centre.data_dir)
        shutil.copytree(self._snapshot, self.centre.data_dir, symlinks=True)
        self._start()
        with transaction(self.archive._engine) as connection:
            lives.begin(connection, system_clock(), self._snapshot_at)
        self.centre.stop()
        self._start()
        self._life += 1
        self._count("restored")

    def _start(self) -> None:
        self.archive.close()
        port = urlsplit(self.centre.url).port or 0
        self.centre = start_centre(self.folder, port=port, accept_after=_NEVER, arguments=self._arguments)
        self.archive = archive_of(self.centre)
        for laptop in self.laptops:
            laptop.cable.cut()

    # -- what must hold ------------------------------------------------------------------------------------

    def check(self, number: int) -> None:
        """Nothing is shown as held by the centre that the centre cannot show.

        A laptop that has not been in contact since the centre was put back cannot know yet.
        """
        laptop = self.laptops[number]
        if laptop.knows_life != self._life:
            return
        for case in laptop.cases:
            if laptop.counter.held(case):
                assert self.archive.has_whole(case, laptop.cases[case]), f"{case} is shown as held and is not"

    def settle(self) -> None:
        """Everything is healed; then each case is at the centre once, whole, unaltered, and known as held."""
        for laptop in self.laptops:
            laptop.cable.plan = lambda seen: None
            laptop.counter.ahead = 0.0
            self._until_quiet(laptop)
        for laptop in self.laptops:
            for case, digests in laptop.cases.items():
                problems = laptop.counter.problems(case)
                assert not problems, f"{case}: {problems}"
                assert laptop.counter.held(case), f"{case} is not held: {laptop.counter.delivery(case)}"
                assert tuple(self.archive.digests(case)) == digests, "each page once, byte for byte"
                assert self.archive.submissions(case) == 1, "submitted once"
                if case in laptop.withdrawn:
                    state = self.archive.case(case)["state"]
                    assert state in ("withdrawn", "accepted"), f"withdrawn here, {state} there"
        numbers = self.archive.receipt_numbers()
        assert len(numbers) == len(set(numbers)), "no receipt number twice"

    def _until_quiet(self, laptop: Laptop) -> None:
        deadline, passes = time.monotonic() + _PATIENCE, 0
        while passes < _PASSES or time.monotonic() < deadline:
            passes += 1
            problem = self._one_pass(laptop)
            quiet = all(laptop.counter.held(case) for case in laptop.cases)
            if problem is None and quiet:
                return

    def _one_pass(self, laptop: Laptop) -> object:
        hurry = timedelta(minutes=20)
        counter = laptop.counter
        counter.write(lambda db: outbox.hurry(db, counter.now() - hurry))
        problem = asyncio.run(counter.one_pass()).problem
        if problem is None:
            laptop.knows_life = self._life
        return problem
