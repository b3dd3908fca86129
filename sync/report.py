"""What one pass did, and what it has under way."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from registration.errors import JilaiError, Problem
from storage.awaiting import Awaiting
from storage.device import DeviceIdentity
from sync.transport import Transport


@dataclass
class Report:
    """Counts of one pass. `problem` is why it ended early; `next_due` seconds until a row put off is due."""

    facts: int = 0
    pages: int = 0
    bytes_sent: int = 0  # of pages
    acknowledged: int = 0
    parked: int = 0
    news: int = 0  # feed items
    problem: Problem | None = None
    next_due: float | None = None

    @property
    def progressed(self) -> bool:
        """Say whether anything arrived, so that a pass which broke later is no sign of a dead road."""
        return bool(self.facts or self.pages or self.bytes_sent or self.acknowledged or self.news)


@dataclass
class Run:
    """One pass under way: whose it is, and what its uploads and its desk tell each other."""

    transport: Transport
    device: DeviceIdentity
    report: Report = field(default_factory=Report)
    awaited: dict[str, Awaiting] = field(default_factory=dict)  # by application id
    skipped: set[str] = field(default_factory=set)  # applications that wait for the next pass
    left: Counter[str] = field(default_factory=Counter)  # pages to go, by application id
    whole: list[str] = field(default_factory=list)  # applications whose last page has arrived
    uploaders: int = 0
    failures: int = 0  # of the centre, in a row
    broken: JilaiError | None = None  # why the uploads stop; those under way end their page if they can


def place_of(error: Exception) -> str:
    """Return where in our code it happened; the message may quote a person's data and is not logged."""
    place, trace = "?", error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_globals.get("__name__", "").startswith(("sync.", "storage.", "registration.")):
            place = f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
