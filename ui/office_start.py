"""What the office begins with: the machine's time, a new device's first facts, and what is loaded ahead."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from registration.changes import Changes
from registration.clock import Ticks

if TYPE_CHECKING:
    from storage.database import Store


def local_now() -> datetime:
    """Return this machine's time, aware, as its clock shows it."""
    return datetime.now().astimezone()


def machine_ticks() -> Ticks:
    """Read the counter of Linux that goes on while the machine sleeps and that nobody can set."""
    boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    return Ticks(boot, time.clock_gettime(time.CLOCK_BOOTTIME))


def first_facts(
    now: datetime, account: str, name: str, centre_url: str, enrolment_code: str
) -> Callable[[object], Changes]:
    """Return the operation that makes this machine a device, with its first operator."""
    from storage.device import create_device

    machine = socket.gethostname() or "jilai"
    return lambda db: create_device(
        db,  # type: ignore[arg-type]  # sqlite_utils stays inside storage
        now,
        machine,
        centre_url,
        enrolment_code,
        account.strip(),
        name.strip(),
    )


def try_feed_again(store: Store, now: datetime) -> None:
    """Have what a former program could not take of the feed tried again, before the messenger goes on."""
    from storage.feed import try_again
    from ui.screens.about_facts import program_version

    program = program_version()
    store.write(lambda db: try_again(db, now, program))


def load_first_minutes() -> None:
    """Import what the first receipt and the first submission need, so that neither waits for it."""
    import printing.receipt_a4
    import printing.receipt_roll  # noqa: F401
    from ui.rare_glyphs import lend_glyphs

    lend_glyphs()
