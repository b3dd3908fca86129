"""An open window's services over an invented evening: a real store, real pages, a link that is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QImageWriter

from capture.imaging import ImagingPool
from capture.sources.camera import Lens
from capture.sources.scanner_sane import SaneSource
from capture.sources.source import Description
from printing.spool import Job, JobState, Phase, Printer
from registration.clock import ClockGuard, Ticks
from registration.errors import MachineError, Problem
from registration.parties import Party
from registration.receipt import Receipt
from storage import feed, outbox
from storage.arrivals import Arrival
from storage.database import Store
from storage.ids import new_id
from storage.pages import PageFiles
from storage.values import NewPage, Who
from storage.vault import Vault
from sync.package.desk import PackageDesk
from sync.status import Holding, SyncStatus
from tests.storage.evening import COMPOUND, KEY, NOW, Evening
from ui.copy_room import CopyRoom
from ui.devices_here import DevicesHere
from ui.door import Door
from ui.papers import PaperMaker
from ui.print_room import PrintRoom
from ui.services import Press, Services
from ui.settings import Settings
from ui.signals import Signals


class _NoLenses:
    """A machine without a camera."""

    def all(self) -> tuple[Lens, ...]:
        return ()

    def watch(self, _changed: Callable[[], None]) -> Callable[[], None]:
        return lambda: None


class _NoScanners(SaneSource):
    """A machine without a scanner."""

    def list(self) -> tuple[Description, ...]:
        return ()


NOTHING_PLUGGED_IN = DevicesHere(
    lenses=_NoLenses, ports=lambda: (), scanners=_NoScanners, announced=lambda: []
)


class ToldCourier:
    """Counts the wishes; its status and its answers are whatever the test says."""

    def __init__(self, status: SyncStatus) -> None:
        self.status = status
        self.woken = 0
        self.metered: list[bool] = []
        self.allowed = 0
        self.holding: Holding | Problem = Problem("offline")
        self.arrival: Arrival | Problem = Problem("offline")
        self.case: dict[str, Any] | Problem = Problem("offline")
        self.session: dict[str, Any] | Problem = Problem("offline")

    def wake(self) -> None:
        self.woken += 1

    def set_metered(self, metered: bool) -> None:
        self.metered.append(metered)

    def allow_metered(self) -> None:
        self.allowed += 1

    def ask_about(self, application_id: str, answer: Callable[[Holding | Problem], None]) -> None:
        answer(self.holding)

    def ask_case(self, application_id: str, answer: Callable[[dict[str, Any] | Problem], None]) -> None:
        answer(self.case)

    def ask_session(self, session_id: str, answer: Callable[[dict[str, Any] | Problem], None]) -> None:
        answer(self.session)

    def ask_arrival(self, answer: Callable[[Arrival | Problem], None]) -> None:
        answer(self.arrival)


class Nobody:
    """Answers every question with the cable being out."""

    def put(self, question: Any, answer: Callable[[Any], None]) -> None:
        answer(Problem("offline"))


class PaperTray:
    """Takes what is printed; `refuse` makes it a printer that takes nothing."""

    def __init__(self) -> None:
        self.jobs: list[tuple[str, bytes]] = []
        self.refuse = False
        self.forgotten: list[Job] = []
        self.found = [Printer("HP-M404", "HP LaserJet", "", True, True, ())]

    def printers(self) -> list[Printer]:
        return self.found

    def send(self, pdf: bytes, printer: str, title: str) -> Job:
        if self.refuse:
            raise MachineError("printer_refused", printer=printer)
        self.jobs.append((printer, pdf))
        return Job(printer, len(self.jobs))

    def state(self, job: Job) -> JobState:
        return JobState(Phase.PRINTED)

    def forget(self, job: Job) -> bool:
        self.forgotten.append(job)
        return True

    def thermal(self, commands: bytes, address: str, language: str) -> None:
        if self.refuse:
            raise MachineError("printer_refused", printer=address)
        self.jobs.append((address, commands))

    def _state_now(self, job: Job) -> JobState:
        return self.state(job)  # a test may put another in its place

    def press(self) -> Press:
        return Press(
            printers=self.printers,
            send=self.send,
            state=self._state_now,
            forget=self.forget,
            thermal=self.thermal,
        )


def with_tray(services: Services, tray: PaperTray, evening: Evening) -> Services:
    """Return these services with another tray, and a print room of its own; both stop with the evening."""
    services.print_room.stop()
    room = PrintRoom(
        services.store,
        services.papers,
        tray.press(),
        lambda: services.settings.value,
        services.clock,
        services.signals.printing.emit,
    )
    room.start()
    evening.closing = (*evening.closing, room.stop)
    return replace(services, press=tray.press(), print_room=room)


def weak_vault(folder: Path) -> Vault:
    """Return a vault beside an evening whose keys are given: its printed key is put away."""
    with mock.patch("storage.vault._KDF", {"memory_kib": 64, "time": 1, "lanes": 1}):
        vault = Vault.unlock(folder, "wang", "a password") if Vault.exists(folder) else None
        if vault is None:
            vault, _ = Vault.create(folder, "wang", "a password")
    vault.confirm_recovery()
    return vault


def services_over(evening: Evening, settings: Settings, signals: Signals, imaging: ImagingPool) -> Services:
    """Return Services over an evening; commits reach `signals.changed` as in the program."""
    evening.store.add_listener(signals.changed.emit)
    tray = PaperTray()

    def clock() -> datetime:
        return evening.now

    def sign_copy(receipt: Receipt, print_count: int, certificate: bool) -> str:
        return evening.sign_copy(receipt, print_count, certificate)  # a test may put its own in place

    maker = PaperMaker(
        evening.store,
        evening.pages,
        lambda: "",
        sign_copy,
        lambda: settings.value,
    )
    room = PrintRoom(evening.store, maker, tray.press(), lambda: settings.value, clock, signals.printing.emit)
    room.start()
    evening.closing = (*evening.closing, room.stop)
    return Services(
        store=evening.store,
        pages=evening.pages,
        imaging=imaging,
        courier=ToldCourier(SyncStatus()),
        data_dir=Path(evening.folder),
        signals=signals,
        settings=settings,
        clock=clock,
        new_id=lambda: new_id(evening.now),
        who_now=lambda: evening.who,
        sign_receipt=evening.sign,
        press=tray.press(),
        papers=maker,
        print_room=room,
        guard=ClockGuard(clock, lambda: Ticks("test", 0.0)),
        packages=PackageDesk(
            evening.store,
            evening.pages,
            Path(evening.folder) / "carried",
            clock,
            lambda: evening.who,
            Nobody(),
        ),
        copy_room=CopyRoom(evening.store, evening.pages, Path(evening.folder), clock, signals.copying.emit),
        door=Door(
            evening.vault or weak_vault(Path(evening.folder) / "door"),
            Path(evening.folder) / ("" if evening.vault else "door"),
            evening.store,
            clock,
            lambda: evening.who,
            signals.shut.emit,
        ),
        devices=NOTHING_PLUGGED_IN,
    )


WEI = Party(name="魏秀英", document_number="620102196203041226", phone="13893104567")
CHEN = Party(name="陈卫东", document_number="620102197811052310", phone="13919876543")
DING = Party(name="丁博", document_number="620102199001017715", phone="0931-8765432")
ZHAO = Party(name="赵玉兰", document_number="620102195512304427", phone="13609310000")
REASON_ZH, REASON_EN = "中心没有这一户，请核对楼盘表。", "The centre does not know this household."


def picture(number: int) -> bytes:
    """A small JPEG, a different one for each number."""
    image = QImage(60, 80, QImage.Format.Format_RGB32)
    image.fill(QColor.fromHsv(number * 37 % 360, 90, 240))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"jpeg")).write(image)
    return bytes(data.data())


class PicturedEvening(Evening):
    """An evening whose pages are pictures."""

    taken = 0

    def new_page(self, application_id: str, item_code: str, data: bytes | None = None) -> NewPage:
        self.taken += 1
        page = super().new_page(application_id, item_code, data or picture(self.taken))
        return replace(page, thumbnail=picture(self.taken))


def fill_evening(evening: Evening) -> None:
    """Three submitted cases (魏 accepted, 陈 parked, 丁 waiting) and 赵's draft, two minutes each."""
    evening.open_session()
    homes = [unit["id"] for unit in COMPOUND["households"]]
    receipts = []
    for party, home in zip((WEI, CHEN, DING), homes, strict=False):
        application = evening.complete(party, home)
        evening.now += timedelta(minutes=2)
        receipts.append(evening.submit(application.id))
    draft = replace(evening.start(homes[3]), parties=(ZHAO,))
    evening.save(draft, "")
    rows = {row.application_id: row for row in evening.write(outbox.claim, evening.now, 2)}
    held, parked = rows[receipts[0].application_id], rows[receipts[1].application_id]
    statement = {
        "event_id": held.id,
        "application_id": held.application_id,
        "revision": 1,
        "receipt_number": receipts[0].number,
        "body_digest": held.body_digest,
        "digests": list(held.digests),
        "server_time": evening.now.timestamp(),
    }
    evening.write(outbox.apply_acknowledgement, evening.now, {"statement": statement, "signature": "s"})
    evening.write(outbox.park, evening.now, parked.id, "unknown_household", REASON_ZH, REASON_EN)
    accepted = {
        "application_id": held.application_id,
        "revision": 1,
        "state": "accepted",
        "acceptance_number": "202611240001",
        "accepted_at": evening.now.isoformat(),
    }
    evening.write(feed.apply_feed, evening.now, [{"seq": 9, "kind": "status", "body": accepted}], 9)


def reopened(folder: Path) -> Evening:
    """Return the evening that `fill_evening` left in a folder."""
    found = PicturedEvening.__new__(PicturedEvening)
    found.folder, found.key, found.signed = folder, KEY, []
    found.now, found.who = NOW + timedelta(minutes=6), Who("o-1", "王海燕", "A03")
    found.store = Store.open(folder / "jilai.db", KEY, backups=folder / "backups")
    found.pages = PageFiles(folder / "pages", b"p" * 32, b"n" * 32)
    found._households = iter(COMPOUND["households"][4:])
    return found
