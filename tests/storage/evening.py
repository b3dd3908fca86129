"""An invented evening at one compound: a real encrypted store, real page files, an enrolled device."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlite_utils import Database

from registration.application import Application
from registration.closing_sheet import EXPLAINED, Count, Said
from registration.parties import Party
from registration.receipt import Receipt
from registration.session import Session
from storage import device, feed, operations, outbox, print_queue, session_closing
from storage.database import Store
from storage.ids import new_id
from storage.pages import PageFiles
from storage.print_queue import Wish
from storage.values import NewPage, StoredPage, Who
from storage.vault import Vault
from tests.complete import completed_in
from tests.storage.blank import lay_blank

T = TypeVar("T")
P = ParamSpec("P")

KEY = bytes(range(32))
BEIJING = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 24, 19, 30, tzinfo=BEIJING)
TYPE = "new_housing_transfer"
REQUIRED = ("application_form", "identity", "purchase_contract", "invoice", "maintenance_fund")
COMPOUND: dict[str, Any] = {
    "id": "c1",
    "name": "金河湾",
    "division": "620102",
    "address": "滨河路 1 号",
    "developer": "金河置业",
    "project_registration": "registered",
    "categories": ["D02"],
    "archetype": "commercial",
    "households": [
        {
            "id": f"h-{building}-{floor}{room:02d}",
            "building": f"{building}号楼",
            "entrance": "2单元",
            "floor": floor,
            "room": f"{floor}{room:02d}",
            "unit_code": f"620102001001GB{building:05d}F{floor:04d}{room:04d}",
            "area": "89.70",
            "address": f"滨河路1号{building}号楼2单元{floor}{room:02d}",
        }
        for building in (2, 3, 10)
        for floor in (1, 12)
        for room in (1, 2)
    ],
}
PERSON = Party(name="张立群", document_number="620102198503071231", phone="13893104567")


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def enrol_answer(first: int = 1, last: int = 1000, **changes: Any) -> dict[str, Any]:
    return {
        "device_id": "d-1",
        "device_code": "A03",
        "operator": {"id": "o-1", "account": "wang", "name": "王海燕", "role": "operator", "active": True},
        "server_key": b64(b"s" * 32),
        "recovery_key": b64(b"r" * 32),
        "number_block": {"first": first, "last": last},
        "server_time": NOW.timestamp(),
        **changes,
    }


class Evening:
    """One device. Times pass only where a test says so."""

    vault: Vault | None = None  # that the keys came from, if they came from one
    closing: tuple[Callable[[], None], ...] = ()  # what works on the store and stops before it closes

    def __init__(
        self, folder: Path, *, enrolled: bool = True, last: int = 1000, vault: Vault | None = None
    ) -> None:
        self.folder = folder
        self.now = NOW
        self.vault = vault
        self.key = vault.database_key if vault else KEY
        if vault is None:
            lay_blank(self.path, KEY)
        self.store = self.open_store()
        page_keys = (vault.page_key, vault.page_name_key) if vault else (b"p" * 32, b"n" * 32)
        self.pages = PageFiles(folder / "pages", *page_keys)
        self.who = Who("o-1", "王海燕", "A03")
        self.signed: list[Receipt] = []
        self._households = iter(COMPOUND["households"])
        if self.read(device.read_device) is not None:
            return  # an evening that goes on
        self.write(device.create_device, NOW, "窗口一", "http://centre", "code", "wang", "王海燕")
        self.write(feed.apply_feed, NOW, [{"seq": 1, "kind": "compound", "body": COMPOUND}], 1)
        if enrolled:
            self.write(device.apply_enrolment, NOW, enrol_answer(last=last))

    @property
    def path(self) -> Path:
        return self.folder / "jilai.db"

    def open_store(self) -> Store:
        return Store.open(self.folder / "jilai.db", self.key, backups=self.folder / "backups")

    def reopen(self) -> None:
        self.store.close()
        self.store = self.open_store()

    def write(self, fn: Callable[Concatenate[Database, P], T], *args: P.args, **named: P.kwargs) -> T:
        return self.store.write(lambda db: fn(db, *args, **named)).result(20)

    def queue(self, fn: Callable[Concatenate[Database, P], T], *args: P.args, **named: P.kwargs) -> Future[T]:
        return self.store.write(lambda db: fn(db, *args, **named))

    def read(self, fn: Callable[Concatenate[Database, P], T], *args: P.args, **named: P.kwargs) -> T:
        return self.store.read(lambda db: fn(db, *args, **named))

    def sql(self, sql: str, *params: Any) -> list[tuple[Any, ...]]:
        """Write or read by bare SQL, as a mistaken program would."""
        return self.write(lambda db: db.execute(sql, params).fetchall())

    def open_session(self, session_id: str = "s-1") -> Session:
        """Open a session, and have the centre know of it: the outbox is empty, as most evenings find it."""
        fact = new_id(self.now)
        opened = self.write(
            lambda db: operations.open_session(
                db, self.who, self.now, session_id=session_id, fact_id=fact, compound_id="c1",
                title="晚间场", starts="18:30", ends="21:00", helper_name="李小兰",
            )
        )[1]  # fmt: skip
        self.write(outbox.settle, self.now, fact, "applied", 1)
        return opened

    def start(self, household_id: str | None = None, session_id: str = "s-1") -> Application:
        """Start an application for the next household of the compound, or for none with ""."""
        if household_id is None:
            household_id = next(self._households)["id"]
        return self.write(
            lambda db: operations.start_application(
                db, self.who, self.now, application_id=new_id(self.now), type_code=TYPE,
                session_id=session_id, household_id=household_id,
            )
        )[1]  # fmt: skip

    def save(self, application: Application, screen: str = "{}") -> None:
        self.write(lambda db: operations.save_draft(db, self.who, self.now, application, screen))

    def new_page(self, application_id: str, item_code: str, data: bytes | None = None) -> NewPage:
        """Put the two files of a page and return what `add_page` takes."""
        improved, original = data or secrets.token_bytes(300), secrets.token_bytes(500)
        return NewPage(
            id=new_id(self.now), application_id=application_id, item_code=item_code,
            digest=self.pages.put(improved), size=len(improved),
            original_digest=self.pages.put(original), original_size=len(original),
            original_type="image/jpeg", page_index=0, width=1200, height=1700,
            corners=((1.0, 2.0), (3.0, 4.0), (5.0, 6.0), (7.0, 8.0)), rotation=0, page_found=True,
            findings="[]", thumbnail=b"\xff\xd8thumbnail",
        )  # fmt: skip

    def add(self, application_id: str, item_code: str) -> StoredPage:
        page = self.new_page(application_id, item_code)
        return self.write(lambda db: operations.add_page(db, self.who, self.now, page))[1]

    def complete(self, person: Party = PERSON, household_id: str | None = None) -> Application:
        """Return a draft that lacks nothing: papers here, questions answered, documents signed."""
        application = signed(self, replace(self.start(household_id), parties=(person,)))
        self.save(application)
        for item_code in REQUIRED:
            self.add(application.id, item_code)
        return application

    def submit(self, application_id: str, event_id: str = "") -> Receipt:
        event = event_id or new_id(self.now)
        return self.write(
            lambda db: operations.submit_application(
                db, self.who, self.now, application_id, sign=self.sign, event_id=event
            )
        )[1]

    def sign(self, receipt: Receipt) -> str:
        self.signed.append(receipt)
        return f"JL1.{receipt.number}"

    def sign_copy(self, receipt: Receipt, print_count: int, certificate: bool) -> str:
        return f"{self.sign(receipt)}-{print_count}{'C' if certificate else ''}"

    def submitted(self, person: Party = PERSON, household_id: str | None = None) -> Receipt:
        return self.submit(self.complete(person, household_id).id)

    def paper(self, application_id: str, document: str = "withdrawal") -> Wish:
        """Return the paper that an applicant takes home when a case ends."""
        facts = {"made_at": self.now.isoformat()}
        return Wish(new_id(self.now), document, application_id=application_id, facts=facts)

    def discard(self, application_id: str, reason: str = "来错了") -> None:
        """Give a draft up, with its paper."""
        wish = self.paper(application_id)
        self.write(lambda db: operations.discard_draft(db, self.who, self.now, application_id, reason, wish))

    def close(self) -> None:
        for stop in self.closing:
            stop()
        self.store.close()


def signed(evening: Evening, application: Application) -> Application:
    """Return an application as it stands once its people have answered and signed what it says now."""
    return evening.read(completed_in, application, evening.now.date())


def end_session(evening: Evening, session_id: str = "s-1", *, last_resort: bool = False) -> None:
    """Close a session as somebody does who has looked at every line: what may stand has its reason."""

    def end(db: Database) -> None:
        print_queue.give_up(db, evening.who, evening.now, [paper.id for paper in print_queue.papers(db)])
        counted = session_closing.sheet(db, session_id, Said()).line(Count.ORIGINALS).expected
        said = Said(counted, dict.fromkeys(EXPLAINED, "打印机坏了"))
        session_closing.close_session(
            db, evening.who, evening.now, session_id=session_id, fact_id=new_id(evening.now), said=said
        )

    evening.store.write(end, last_resort=last_resort).result(20)
