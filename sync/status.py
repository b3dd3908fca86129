"""What the window may show about the link to the centre: one frozen value of plain facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from registration.errors import Problem


class Phase(StrEnum):
    """Where the link stands."""

    UNENROLLED = "unenrolled"  # no place at the centre yet; `problem` says why, where it was refused
    CONNECTING = "connecting"  # the first try, or one by the button, is under way
    CONNECTED = "connected"  # the last exchange was good and nothing is on its way
    SENDING = "sending"  # the last exchange was good and cases are on their way
    OFFLINE = "offline"  # no answer, or an answer that is not the centre's; tried again by itself
    CLOCK_WRONG = "clock_wrong"  # the centre refuses because this machine's clock is off
    REFUSED = "refused"  # the centre no longer knows this device or operator; a person has to act
    PAUSED = "paused"  # a person has stopped all traffic


class PagesHeld(StrEnum):
    """Why pages do not travel though facts do."""

    NO = ""
    CHOICE = "facts_only"  # a person said so
    METERED = "metered"  # the link is paid by volume, and nobody has allowed it


@dataclass(frozen=True)
class SyncStatus:
    """Plain facts for the top bar and the upload console; every change arrives as a new value.

    `waiting` and `parked` count applications: submitted and not yet held by the centre, and stopped
    with a reason that needs a person (a parked one is not counted as waiting). `pages_waiting` and
    `bytes_waiting` count page files and bytes that the centre still lacks, as far as this window knows.
    `clock_offset` is how many seconds this machine's clock was ahead of the centre's at the last contact.
    `metered` says that the link counts as paid by volume; `rate` is the bytes a second of pages lately.
    Times are aware, by this machine's clock. No field holds personal data.
    """

    phase: Phase = Phase.OFFLINE
    waiting: int = 0
    sending: int = 0  # applications on their way now
    parked: int = 0
    pages_waiting: int = 0
    bytes_waiting: int = 0
    problem: Problem | None = None
    next_try_at: datetime | None = None
    last_contact: datetime | None = None
    clock_offset: float | None = None
    pages_held: PagesHeld = PagesHeld.NO
    metered: bool = False
    rate: float = 0.0

    @property
    def in_contact(self) -> bool:
        """Say whether the last exchange with the centre was good."""
        return self.phase in {Phase.CONNECTED, Phase.SENDING}


@dataclass(frozen=True)
class Holding:
    """What the centre says that it holds of one application, when it was asked."""

    application_id: str
    known: bool  # it has the facts
    whole: bool  # ... and every page
    lacking: int = 0  # pages not there whole
    bytes_there: int = 0  # of those, what has arrived
