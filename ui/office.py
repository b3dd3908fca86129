"""Everything behind the window: opens the vault, wires the rooms together, and stops them in order."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from registration.changes import Changes
from registration.clock import ClockGuard
from registration.errors import InputError, JilaiError
from ui.office_partners import (
    Demonstration,
    DemonstrationPlace,
    MakeMessenger,
    MakePackages,
    Messenger,
    meet_demonstration,
)
from ui.office_start import first_facts, load_first_minutes, local_now, machine_ticks, try_feed_again

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from capture.imaging import ImagingPool
    from registration.receipt import Receipt
    from storage.database import Store
    from storage.instance import InstanceLock
    from storage.pages import PageFiles
    from storage.restore import Progress, Restored
    from storage.values import Who
    from storage.vault import Vault
    from sync.status import SyncStatus
    from ui.backend import Created, NewVault
    from ui.caretaker import Caretaker
    from ui.copy_room import CopyRoom
    from ui.door import Door
    from ui.print_room import PrintRoom
    from ui.services import Press, Services
    from ui.settings import Settings
    from ui.signals import Signals

_log = logging.getLogger("jilai")


class Office:
    """Everything behind the window: opens the vault, owns store, pages, imaging and sync, and closes them.

    It is the window's `ui.backend.Backend`. Heavy modules are imported when first needed: the unlock screen
    has to be usable before them.
    """

    def __init__(
        self,
        data_dir: Path,
        settings: Settings,
        signals: Signals,
        make_messenger: MakeMessenger,
        make_packages: MakePackages,
        *,
        load_messenger: Callable[[], None] = lambda: None,
        centre_url: str = "",
        enrolment_code: str = "",
        demonstration: Demonstration | None = None,
        guard: ClockGuard | None = None,
        suite: int = 1,
    ) -> None:
        self.data_dir = data_dir
        self._settings, self._signals = settings, signals
        self._guard = guard or ClockGuard(local_now, machine_ticks)
        self._clock = self._guard.now
        self._make_messenger, self._make_packages = make_messenger, make_packages
        self._load_messenger = load_messenger
        self._centre_url, self._enrolment_code = centre_url, enrolment_code
        self._demonstration, self._suite = demonstration, suite
        self._demonstration_at: DemonstrationPlace | None = None
        self._gate = threading.RLock()
        self._lock: InstanceLock | None = None
        self._store: Store | None = None
        self._pages: PageFiles | None = None
        self._imaging: ImagingPool | None = None
        self._sync: Messenger | None = None
        self._caretaker: Caretaker | None = None
        self._copy_room: CopyRoom | None = None
        self._print_room: PrintRoom | None = None
        self._door: Door | None = None
        self._account = ""
        self._who: Who | None = None
        self._signing_key: Ed25519PrivateKey | None = None
        self._chores = ThreadPoolExecutor(max_workers=1, thread_name_prefix="chores")

    @property
    def centre_given(self) -> bool:
        return self._demonstration is not None or bool(self._centre_url and self._enrolment_code)

    @property
    def press(self) -> Press:
        from ui.press import bind_press

        return bind_press()

    def has_vault(self) -> bool:
        from storage.vault import Vault

        return Vault.exists(self.data_dir)

    def create_vault(self, wish: NewVault) -> Created:
        from storage.vault import Vault
        from ui.backend import Created

        if not wish.account.strip() or not wish.name.strip():
            raise InputError("account_missing", field="account")
        vault, recovery_key = Vault.create(self.data_dir, wish.account, wish.password, suite=self._suite)
        url = wish.centre_url or self._centre_url
        code = wish.enrolment_code or self._enrolment_code
        if wish.centre_url:
            self._centre_url = wish.centre_url

        begin = first_facts(self._clock(), wish.account, wish.name, url, code)
        services = self._open(vault, wish.account, begin)
        if wish.centre_pin:
            self._pin_centre(wish.centre_pin)
        if wish.centre_url and not self._demonstration:
            self._settings.change(centre_url=wish.centre_url)
        return Created(recovery_key, services)

    def _pin_centre(self, pin: str) -> None:
        from storage.link import set_link

        assert self._store is not None
        who = self._who_now()
        self._store.write(lambda db: set_link(db, self._clock(), who, pin=pin)).result()

    def unlock(self, account: str, password: str) -> Services:
        from storage.vault import Vault

        return self._open(Vault.unlock(self.data_dir, account, password), account)

    def recover(self, recovery_key: str, account: str, password: str) -> Services:
        from storage.vault import Vault

        vault = Vault.unlock_with_recovery(self.data_dir, recovery_key)
        rescue, known = vault.opened_by_centre, vault.has_operator(account)
        vault.add_operator(account, password)
        try:
            return self._open(vault, account, rescue=rescue)
        except InputError:
            if not known:
                vault.remove_operator(account)
            raise

    def restore(self, folder: Path, account: str, password: str, progress: Progress) -> Restored | None:
        from storage.restore import restore

        return restore(folder, self.data_dir, account, password, self._clock(), progress)

    def lock(self) -> None:
        """The window shows nothing now; sending goes on, and what is typed is already a draft."""

    def start(self) -> None:
        """Take the data directory for this program and let what needs no vault get ready.

        Raises MachineError already_running, disk_full or disk_read_only.
        """
        from storage.instance import InstanceLock
        from storage.restore import finish_restore

        self._lock = InstanceLock(self.data_dir)
        finish_restore(self.data_dir)
        if self._demonstration is not None:
            self._demonstration.start(self._demonstration_ready, self._demonstration_failed)

    def warm(self) -> None:
        """Load what the first minutes will need, after the window is up and on a thread of its own."""
        self._chores.submit(self._load_messenger)
        self._chores.submit(load_first_minutes)

    def _open(
        self,
        vault: Vault,
        account: str,
        begin: Callable[[object], Changes] | None = None,
        *,
        rescue: bool = False,
    ) -> Services:
        with self._gate:
            if self._store is None:
                self._open_rooms(vault, account, begin)
            self._take_place(account, rescue)
            if self._sync is not None:
                self._sync.set_operator(self._who_now().operator_id)
            return self.services()

    def _take_place(self, account: str, rescue: bool) -> None:
        """Be this account's person from here on. InputError person_unknown where the team has none."""
        from storage.device import who_for
        from storage.people import admit_rescuer

        assert self._store is not None
        if self._store.read(lambda db: who_for(db, account)) is None:
            if not rescue:
                raise InputError("person_unknown", field="account")
            self._store.write(lambda db: admit_rescuer(db, self._clock(), account)).result()
        self._account = account
        self._refresh_identity()

    def _open_rooms(self, vault: Vault, account: str, begin: Callable[[object], Changes] | None) -> None:
        from capture.imaging import ImagingPool
        from storage.copying import noted_copy_folder
        from storage.device import read_device
        from storage.opening import open_store
        from ui.copy_room import CopyRoom
        from ui.door import Door
        from ui.print_room import open_print_room

        opened = open_store(
            self.data_dir,
            vault.database_key,
            lambda: vault.open_pages(self.data_dir / "pages"),
            noted_copy_folder(self.data_dir),
            self._clock(),
        )
        store = opened.store
        try:
            unfinished = store.read(read_device) is None and not (self.data_dir / "pages").exists()
            if begin is None and unfinished:
                # The first start ended between vault and database. The centre will tell the operator's name.
                begin = first_facts(self._clock(), account, account, self._centre_url, self._enrolment_code)
            if begin is not None:
                store.write(begin).result()
            pages = vault.open_pages(self.data_dir / "pages")
        except BaseException:
            store.close()
            raise
        self._store, self._pages = store, pages
        self._door = Door(vault, self.data_dir, store, self._clock, self._who_now, self._signals.shut.emit)
        self._begin_time(store)
        try_feed_again(store, self._clock())
        rooms = store, pages, self._settings, self._signals, self._clock
        self._print_room = open_print_room(*rooms, verify_url=self._verify_url, sign_copy=self._sign_receipt)
        self._imaging = ImagingPool()
        self._imaging.warm()
        store.add_listener(self._committed)
        self._meet_demonstration()
        self._sync = self._make_messenger(store, pages, self._link_said)
        self._sync.start()
        self._chores.submit(self._account_changed)  # the centre's key may be missing in an older vault
        self._copy_room = CopyRoom(
            store, pages, self.data_dir, self._clock, self._signals.copying.emit, opened.news
        )
        self._caretaker = self._engage_caretaker(store, pages)

    def services(self) -> Services:
        """Return what the screens use. AssertionError before the vault is open."""
        from storage.ids import new_id
        from ui.services import Services

        assert self._store and self._pages and self._imaging and self._sync and self._print_room
        assert self._copy_room and self._door
        return Services(
            store=self._store,
            pages=self._pages,
            imaging=self._imaging,
            courier=self._sync,
            data_dir=self.data_dir,
            signals=self._signals,
            settings=self._settings,
            clock=self._clock,
            guard=self._guard,
            new_id=lambda: new_id(self._clock()),
            who_now=self._who_now,
            sign_receipt=self._sign_receipt,
            press=self.press,
            papers=self._print_room.maker,
            print_room=self._print_room,
            packages=self._make_packages(self._store, self._pages, self._who_now),
            copy_room=self._copy_room,
            door=self._door,
        )

    def _who_now(self) -> Who:
        assert self._who is not None
        return self._who

    def _refresh_identity(self) -> None:
        from storage.device import read_device, who_for

        assert self._store is not None
        self._who = self._store.read(lambda db: who_for(db, self._account)) or self._who
        device = self._store.read(read_device)
        if device is not None:
            self._signing_key = device.signing_key
            if device.centre_url:
                self._centre_url = device.centre_url

    def _sign_receipt(self, receipt: Receipt, print_count: int = 1, certificate: bool = False) -> str:
        from printing.signed_token import Kind, sign_receipt

        assert self._signing_key is not None
        kind = Kind.ACCEPTANCE_CERTIFICATE if certificate else Kind.INTAKE_RECEIPT
        return sign_receipt(receipt, self._signing_key, print_count=print_count, kind=kind)

    def _verify_url(self) -> str:
        return f"{self._centre_url}/r" if self._centre_url else ""

    def _committed(self, changes: Changes) -> None:
        """On the store thread, after each commit: tell the window, and keep what follows from it."""
        self._signals.changed.emit(changes)
        if changes.account:
            self._chores.submit(self._account_changed)

    def _link_said(self, status: SyncStatus) -> None:
        """On the sync thread: tell the window; where the centre takes rights away, the door follows."""
        self._signals.sync_status.emit(status)
        if status.problem is not None and self._door is not None:
            self._chores.submit(self._door.hear, status)

    def _account_changed(self) -> None:
        from storage.opening import keep_trust

        with self._gate:
            if self._store is None:
                return
            before = self._who
            self._refresh_identity()
            keep_trust(self._store, self.data_dir)
            if self._door is not None:
                self._door.look()
            if self._sync is not None and self._who is not None and self._who != before:
                self._sync.set_operator(self._who.operator_id)

    def _begin_time(self, store: Store) -> None:
        """Go on from the time that the last life knew, before anything is recorded."""
        from storage.clock_guard import known_offset, last_mark

        problem = self._guard.begin(store.read(last_mark), store.read(known_offset))
        if problem is not None:
            _log.warning("clock: %s", problem.code)
            self._signals.failed.emit(problem)

    def _engage_caretaker(self, store: Store, pages: PageFiles) -> Caretaker:
        from ui.caretaker import Caretaker, Rooms
        from ui.chores import CHORES

        assert self._copy_room
        rooms = Rooms(
            store,
            pages,
            self.data_dir,
            self._settings,
            self._signals,
            self._guard,
            self._who_now,
            self._copy_room,
        )
        caretaker = Caretaker(rooms, CHORES)
        caretaker.start()
        return caretaker

    def _demonstration_ready(self, centre: DemonstrationPlace) -> None:
        with self._gate:
            self._demonstration_at = centre
            self._centre_url, self._enrolment_code = centre.url, centre.enrolment_code
            self._meet_demonstration()

    def _demonstration_failed(self, error: JilaiError) -> None:
        _log.error("demonstration centre: %s", error.code)
        self._signals.failed.emit(error.problem)

    def _meet_demonstration(self) -> None:
        if self._store is not None and self._demonstration_at is not None:
            meet_demonstration(self._store, self._demonstration_at, self._clock(), self._who)

    def close(self) -> None:
        """Stop in order: no new facts, then no sending, then the store, then the folder's lock."""
        if self._copy_room is not None:
            self._copy_room.close()
        for part in (self._caretaker, self._print_room, self._sync):
            if part is not None:
                part.stop()
        if self._imaging is not None:
            self._imaging.close()
        self._chores.shutdown(wait=True, cancel_futures=True)
        if self._copy_room is not None:
            self._copy_room.finish()
        if self._store is not None:
            self._store.close()
        if self._demonstration is not None:
            self._demonstration.stop()
        if self._lock is not None:
            self._lock.release()
