"""Composition root of Jilai: settings, vault, database, workers, window; stops them in order."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from registration.clock import ClockGuard
from registration.errors import JilaiError, Problem
from registration.wording import say
from ui.command_line import arguments
from ui.office import Office
from ui.office_start import local_now, machine_ticks

if TYPE_CHECKING:
    from storage.database import Store
    from storage.pages import PageFiles
    from storage.values import Who
    from sync.package.desk import PackageDesk
    from sync.status import SyncStatus
    from sync.worker import SyncWorker
    from ui.desk import Desk
    from ui.second_start import Bell
    from ui.settings import Settings
    from ui.signals import Signals

_log = logging.getLogger("jilai")


def verify_receipt(found: argparse.Namespace) -> int:
    """Print what a token proves; exit status 0 when it verifies, 1 when it does not."""
    from printing.verification import verification_report
    from storage.trust import read_trust

    good, text = verification_report(found.token, read_trust(found.data_dir), found.lang or "zh")
    print(text)
    return 0 if good else 1


def audit_log(found: argparse.Namespace) -> int:
    """Verify or write out the audit log; exit status 0 when it stands, 1 when not."""
    from getpass import getpass

    from storage.audit_command import audit_report

    def ask_password() -> str:
        return getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")

    good, text = audit_report(
        found.data_dir,
        found.account,
        ask_password,
        local_now(),
        found.lang or "zh",
        export_to=found.out if found.deed == "export" else None,
    )
    print(text)
    return 0 if good else 1


def roll_back(found: argparse.Namespace) -> int:
    """Have the next opening put back the data of before the last update; exit status 1 where it cannot."""
    from storage import updates

    language = found.lang or "zh"
    try:
        backup = updates.roll_back(found.data_dir)
    except JilaiError as error:
        words = say(error.problem, language)
        print(f"{words.title}: {words.what} {words.remedy}", file=sys.stderr)
        return 1
    at = f"{backup.at.astimezone():%Y-%m-%d %H:%M}"
    words = say(Problem("rollback_ready", params={"at": at}), language)
    print(f"{words.title}: {words.what} {words.remedy}")
    return 0


def open_window(found: argparse.Namespace, argv: Sequence[str]) -> int:
    """Open the window and stay until it is closed; everything behind it is stopped before this returns."""
    from storage.journal import keep_journal, leave_no_memory_behind
    from ui.app import build_application
    from ui.desk import Desk
    from ui.leaving import leave_on_signals
    from ui.memory import give_back_what_is_freed
    from ui.network_watch import NetworkWatch
    from ui.settings import Settings
    from ui.signals import Signals

    give_back_what_is_freed()
    leave_no_memory_behind()
    settings = Settings(found.data_dir / "settings.json")
    if found.lang:
        settings.change(language=found.lang)
    app = build_application(argv, settings)
    signals = Signals()
    keep_journal(found.data_dir / "logs", on_surprise=lambda: signals.failed.emit(Problem("bug")))
    office = make_office(found, settings, signals)
    try:
        office.start()
        desk = Desk(office, settings, signals)
        watch = NetworkWatch(saving=lambda: signals.saving)
        desk.opened.connect(lambda services: watch.follow(services.courier))
        desk.show()
        office.warm()
        leave_on_signals(app)
        bell = listen_for_second(found, desk)
        status = app.exec()
        bell.close()
        return status
    except JilaiError as error:
        if error.code == "already_running":
            from ui.second_start import ring

            ring(found.data_dir)
        words = say(error.problem, settings.value.language)
        print(f"{words.title}: {words.what} {words.remedy}", file=sys.stderr)
        return 1
    finally:
        office.close()


def listen_for_second(found: argparse.Namespace, desk: Desk) -> Bell:
    """Come to the front when the program is started once more on the same data folder."""
    from ui.second_start import Bell

    return Bell(found.data_dir, desk)


def load_messenger() -> None:
    """Import what sends, which takes longest of all that an unlock needs."""
    import sync.worker  # noqa: F401


def make_office(found: argparse.Namespace, settings: Settings, signals: Signals) -> Office:
    """Choose the centre: the command line's, the settings', or the demonstration on this machine."""
    centre = found.centre or settings.value.centre_url
    demonstration = None
    if not centre:
        from sync.demonstration import DemonstrationProcess

        # Beside the window's folder, not in it: a centre's database is no part of the sealed vault.
        beside = found.data_dir.with_name(f"{found.data_dir.name}-demo-centre")
        demonstration = DemonstrationProcess(beside)

    guard = ClockGuard(local_now, machine_ticks)
    workers: list[SyncWorker] = []  # the office makes the messenger before what asks through it

    def make_messenger(store: Store, pages: PageFiles, on_status: Callable[[SyncStatus], None]) -> SyncWorker:
        from sync.worker import SyncWorker

        workers.append(SyncWorker(store, pages, on_status=on_status, clock=guard.now, heard=guard.heard))
        return workers[-1]

    def make_packages(store: Store, pages: PageFiles, who: Callable[[], Who]) -> PackageDesk:
        from sync.package.desk import PackageDesk

        return PackageDesk(store, pages, found.data_dir / "carried", guard.now, who, workers[-1].questions)

    return Office(
        found.data_dir,
        settings,
        signals,
        make_messenger,
        make_packages,
        load_messenger=load_messenger,
        centre_url=centre,
        enrolment_code=found.enrol,
        demonstration=demonstration,
        guard=guard,
        suite=found.suite,
    )


COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "verify-receipt": verify_receipt,
    "audit": audit_log,
    "roll-back": roll_back,
}
"""What the program does without a window; ui/command_line.py names the arguments."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; return its exit status."""
    given = list(sys.argv[1:] if argv is None else argv)
    found = arguments(given)
    if found.command:
        return COMMANDS[found.command](found)
    return open_window(found, [sys.argv[0]])


if __name__ == "__main__":
    sys.exit(main())
