"""A counter without its screens: a real store, real page files, a real worker, at a real centre."""

from __future__ import annotations

import secrets
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from registration.application import Delivery
from registration.errors import JilaiError
from registration.parties import Party
from storage import applications, device, operations, outbox, reference, sessions
from storage.database import Store
from storage.ids import new_id
from storage.pages import PageFiles
from storage.values import ApplicationDetail, NewPage, Who
from sync.engine import Engine
from sync.report import Report
from sync.status import Phase, SyncStatus
from sync.transport import Patience, Transport
from sync.worker import Pace, SyncWorker
from tests.complete import completed_in
from tests.storage.blank import lay_blank

REQUIRED = ("application_form", "identity", "purchase_contract", "invoice", "maintenance_fund")
KEY = bytes(range(32))
"""Of a counter's database, unless a test has another; its page key is its own."""
COMPOUND, HOUSEHOLD = "demo-jinhewan", "demo-jinhewan-3-2-1201"
QUICK = Pace(
    first_retry=0.1,
    longest_retry=0.4,
    least_gap=0.05,
    refused_retry=0.5,
    heartbeat=5.0,
    long_poll=5,
    status_gap=0.0,
)
QUICK_PATIENCE = Patience(connect=2.0, answer=1.5, send=2.0)
APPLICANT = Party(name="张立群", document_number="620102198503071231", phone="13893100000")


class Counter:
    """One device. `ahead` seconds are added to its clock."""

    def __init__(self, folder: Path, url: str, code: str, *, key: bytes = KEY, page_key: bytes = b"") -> None:
        self.ahead = 0.0
        self.folder = folder
        self.page_key = page_key or secrets.token_bytes(32)
        if key == KEY:
            lay_blank(folder / "jilai.db", KEY)
        self.store = Store.open(folder / "jilai.db", key, backups=folder / "backups")
        self.pages = PageFiles(folder / "pages", self.page_key, self.page_key)
        self.statuses: list[SyncStatus] = []
        self._heard = threading.Condition()
        self.workers: list[SyncWorker] = []
        if self.store.read(device.read_device) is None:
            self.write(lambda db: device.create_device(db, self.now(), "窗口一", url, code, "wang", "王海燕"))

    def image(self, folder: Path) -> Counter:
        """Return the counter of a laptop set up from an image of this one, as it is now."""
        folder.mkdir()
        self.store.copy_to(folder / "jilai.db")
        return Counter(folder, "", "", page_key=self.page_key)

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.ahead)

    def write(self, fn: Callable[[Any], Any]) -> Any:
        return self.store.write(fn).result(10)

    def close(self) -> None:
        for worker in self.workers:
            worker.stop()
        self.store.close()

    # -- the worker ------------------------------------------------------------------------------------

    def worker(self, pace: Pace = QUICK) -> SyncWorker:
        """Start a worker; every status it gives out is kept in `statuses`."""
        worker = SyncWorker(
            self.store, self.pages, on_status=self._hear, clock=self.now, pace=pace, patience=QUICK_PATIENCE
        )
        self.workers.append(worker)
        worker.start()
        return worker

    def _hear(self, status: SyncStatus) -> None:
        with self._heard:
            self.statuses.append(status)
            self._heard.notify_all()

    def wait_for(self, holds: Callable[[], bool], timeout: float = 15.0) -> None:
        """Return once `holds()`; looked at with every status and every 50 ms."""
        deadline = time.monotonic() + timeout
        with self._heard:
            while not holds():
                if time.monotonic() > deadline:
                    raise AssertionError(f"did not happen; last status: {self.statuses[-1:]}")
                self._heard.wait(0.05)

    def wait_phase(self, phase: Phase, timeout: float = 15.0) -> SyncStatus:
        self.wait_for(lambda: bool(self.statuses) and self.statuses[-1].phase is phase, timeout)
        return self.statuses[-1]

    # -- the engine alone ------------------------------------------------------------------------------

    async def one_pass(self) -> Report:
        """One pass by a fresh engine and transport, enrolling first where needed, as after a restart."""
        identity = self.identity()
        engine = Engine(self.store, self.pages, self.now)
        if identity.device_id is None:
            async with self._transport(identity) as transport:
                try:
                    await engine.enrol(transport, identity)
                except JilaiError as error:
                    return Report(problem=error.problem)
            identity = self.identity()
        async with self._transport(identity) as transport:
            return await engine.one_pass(transport, identity)

    def _transport(self, identity: device.DeviceIdentity) -> Transport:
        who = self.store.read(lambda db: device.who_for(db, "wang"))
        assert who is not None
        return Transport(
            identity.centre_url,
            identity.device_id,
            who.operator_id,
            identity.signing_key,
            clock=self.now,
            patience=QUICK_PATIENCE,
        )

    # -- an intake -------------------------------------------------------------------------------------

    def has_reference(self) -> bool:
        return self.store.read(lambda db: reference.household(db, HOUSEHOLD)) is not None

    def who(self) -> Who:
        who = self.store.read(lambda db: device.who_for(db, "wang"))
        assert who is not None
        return who

    def submit(
        self,
        *,
        contents: Sequence[bytes] = (),
        size: int = 4000,
        seed: str = "",
        household: str = HOUSEHOLD,
    ) -> str:
        """Take in a whole case and submit it; return its id.

        Its pages take the given contents in turn; without any, one content of random bytes, so that a case
        has as many files to send as there are contents.
        """
        given = list(contents) or [secrets.token_bytes(size)]
        who, application_id = self.who(), str(uuid.uuid4())
        session = self.store.read(sessions.current)
        if session is None:
            opened = new_id(self.now())
            _, session = self.write(
                lambda db: operations.open_session(
                    db,
                    who,
                    self.now(),
                    session_id=new_id(self.now()),
                    fact_id=opened,
                    compound_id=COMPOUND,
                    title="晚间场",
                    starts="18:30",
                    ends="21:00",
                    helper_name="李青",
                )
            )
            # told already: what these tests count is the case
            self.write(lambda db: outbox.settle(db, self.now(), opened, "applied", 1))
        _, application = self.write(
            lambda db: operations.start_application(
                db,
                who,
                self.now(),
                application_id=application_id,
                type_code="new_housing_transfer",
                session_id=session.id,
                household_id=household,
            )
        )
        facts = replace(application, parties=(APPLICANT,))
        filled = self.store.read(lambda db: completed_in(db, facts, self.now().date()))
        self.write(lambda db: operations.save_draft(db, who, self.now(), filled, "{}"))
        for index, item in enumerate(REQUIRED):
            data = given[index % len(given)]
            digest = self.pages.put(data)
            page = NewPage(
                id=new_id(self.now()),
                application_id=application_id,
                item_code=item,
                digest=digest,
                size=len(data),
                original_digest=digest,
                original_size=len(data),
                original_type="image/jpeg",
                page_index=0,
                width=100,
                height=140,
                corners=(),
                rotation=0,
                page_found=True,
                findings="[]",
                thumbnail=b"\xff\xd8",
            )
            self.write(partial(operations.add_page, who=who, now=self.now(), page=page))
        self.write(
            lambda db: operations.submit_application(
                db, who, self.now(), application_id, sign=lambda receipt: "T", event_id=new_id(self.now())
            )
        )
        return application_id

    # -- what came of it -------------------------------------------------------------------------------

    def detail(self, application_id: str) -> ApplicationDetail:
        detail = self.store.read(lambda db: applications.detail(db, application_id))
        assert detail is not None
        return detail

    def identity(self) -> device.DeviceIdentity:
        identity = self.store.read(device.read_device)
        assert identity is not None
        return identity

    @property
    def last(self) -> SyncStatus:
        """The newest status; the worker's first one has to be there."""
        return self.statuses[-1]

    def problem(self) -> str:
        """Return the code of the newest status's problem, "" for none."""
        return self.last.problem.code if self.statuses and self.last.problem else ""

    def delivery(self, application_id: str) -> Delivery:
        return self.detail(application_id).delivery

    def held(self, *application_ids: str) -> bool:
        return all(self.delivery(name) is Delivery.HELD for name in application_ids)

    def digests(self, application_id: str) -> list[str]:
        pages = self.detail(application_id).pages
        return sorted({page.digest for page in pages} | {page.original_digest for page in pages})

    def problems(self, application_id: str) -> list[str]:
        return [problem.code for problem in self.store.read(lambda db: outbox.problems(db, application_id))]


Open = Callable[..., Counter]
