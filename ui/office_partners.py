"""What the office works with and main makes: the messenger, packages, a demonstration centre."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from registration.errors import JilaiError
from ui.services import Courier, Packages

if TYPE_CHECKING:
    from storage.database import Store
    from storage.pages import PageFiles
    from storage.values import Who
    from sync.status import SyncStatus


class Messenger(Courier, Protocol):
    """The sync worker, as the office starts, tells and stops it (sync/worker.py has this shape)."""

    def start(self) -> None: ...

    def set_operator(self, operator_id: str) -> None: ...

    def stop(self) -> bool: ...


MakeMessenger = Callable[["Store", "PageFiles", Callable[["SyncStatus"], None]], Messenger]
MakePackages = Callable[["Store", "PageFiles", Callable[[], "Who"]], Packages]


class DemonstrationPlace(Protocol):
    """Where a demonstration centre listens, and a code that enrols one device with it."""

    @property
    def url(self) -> str: ...

    @property
    def enrolment_code(self) -> str: ...


class Demonstration(Protocol):
    """A demonstration centre that is started beside the window (sync/demonstration.py has this shape)."""

    def start(
        self, on_ready: Callable[[DemonstrationPlace], None], on_failed: Callable[[JilaiError], None]
    ) -> None: ...

    def stop(self) -> None: ...


def meet_demonstration(store: Store, centre: DemonstrationPlace, now: datetime, who: Who | None) -> None:
    """Tell the device where the demonstration centre listens this time."""
    from storage.device import read_device, set_centre
    from storage.values import Who

    device = store.read(read_device)
    if device is None or device.centre_url == centre.url:
        return
    acting = who or Who("local", "", "")
    code = None if device.enrolled_at else centre.enrolment_code
    store.write(lambda db: set_centre(db, now, acting, centre.url, code))
