"""The system's print queue (CUPS): which printers there are, a paper handed over, its job followed."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from printing import ipp
from printing.ipp import Attributes, IppError, Operation, Tag
from printing.receipt_words import section
from registration.errors import MachineError

_A4 = "iso_a4_210x297mm"
_MEDIA_BOX = re.compile(rb"/MediaBox\s*\[\s*0\s+0\s+([0-9.]+)\s+([0-9.]+)\s*\]")


@dataclass(frozen=True)
class Printer:
    """One queue of the print system."""

    name: str
    description: str
    location: str
    default: bool
    ready: bool  # takes jobs and is not stopped
    reasons: tuple[str, ...]  # IPP keywords such as "media-empty", without severity; empty when all is well


@dataclass(frozen=True)
class Job:
    """A paper that the queue has taken."""

    printer: str
    number: int


class Phase(StrEnum):
    """Where a job is."""

    WAITING = "waiting"
    HELD = "held"
    PRINTING = "printing"
    STOPPED = "stopped"
    PRINTED = "printed"
    CANCELLED = "cancelled"
    FAILED = "failed"
    UNKNOWN = "unknown"  # the queue has forgotten it: nobody can say that it was printed


_PHASES = {
    3: Phase.WAITING,
    4: Phase.HELD,
    5: Phase.PRINTING,
    6: Phase.STOPPED,
    7: Phase.CANCELLED,
    8: Phase.FAILED,
    9: Phase.PRINTED,
}
_PRINTER_STOPPED = 5  # RFC 8011 section 5.4.11
_ENDS = frozenset({Phase.PRINTED, Phase.CANCELLED, Phase.FAILED, Phase.UNKNOWN})


@dataclass(frozen=True)
class JobState:
    """What the queue says of a job; `reasons` are the printer's IPP keywords without their severity."""

    phase: Phase
    reasons: tuple[str, ...] = ()

    @property
    def ended(self) -> bool:
        return self.phase in _ENDS

    @property
    def printed(self) -> bool:
        return self.phase is Phase.PRINTED

    def say(self, language: str = "zh") -> str:
        """Return the state in words: what hinders the printer where something does, else the phase."""
        words = section("printer_states", language)
        known = dict.fromkeys(words[reason] for reason in self.reasons if reason in words)
        if known and not self.ended:
            return "、".join(known) if language.startswith("zh") else ", ".join(known)
        return str(words[self.phase.value])


def printers() -> list[Printer]:
    """Return the system's printers, the default one first; none is an empty list.

    Raises MachineError code printer_none where no print system runs.
    """
    wanted = ("requested-attributes", Tag.KEYWORD, _PRINTER_ATTRIBUTES)
    try:
        default = _default_name()
        groups = ipp.call(Operation.CUPS_GET_PRINTERS, "/", (wanted,))
    except IppError as error:
        if error.status == ipp.NOT_FOUND:
            return []
        raise MachineError("printer_none") from error
    except OSError as error:
        raise MachineError("printer_none") from error
    found = [_printer(group, default) for group in groups if "printer-name" in group]
    return sorted(found, key=lambda printer: (not printer.default, printer.name))


_PRINTER_ATTRIBUTES = (
    "printer-name",
    "printer-info",
    "printer-location",
    "printer-state",
    "printer-state-reasons",
    "printer-is-accepting-jobs",
)


def print_pdf(
    pdf: bytes,
    printer: str | Printer,
    title: str,
    *,
    copies: int = 1,
) -> Job:
    """Hand a PDF to a queue and return its job. The bytes go from memory to the queue, never to our disk.

    `title` is kept in the queue's history, so it must carry no personal data: a receipt number will do.
    The paper asked for is the size of the first page, and pages are printed at true size.
    Raises MachineError code printer_none without a print system, printer_refused where the queue says no.
    """
    name = printer.name if isinstance(printer, Printer) else printer
    try:
        groups = ipp.call(
            Operation.PRINT_JOB,
            f"/printers/{quote(name)}",
            (
                ("printer-uri", Tag.URI, _uri(name)),
                ("job-name", Tag.NAME, title),
                ("document-format", Tag.MEDIA_TYPE, "application/pdf"),
            ),
            job_attributes=(
                ("copies", Tag.INTEGER, copies),
                ("media", Tag.KEYWORD, _media(pdf)),
                ("print-scaling", Tag.KEYWORD, "none"),
            ),
            document=pdf,
        )
    except IppError as error:
        raise MachineError("printer_refused", printer=name) from error
    except OSError as error:
        raise MachineError("printer_none") from error
    number = next((group["job-id"][0] for group in groups if "job-id" in group), None)
    if not isinstance(number, int):
        raise MachineError("printer_refused", printer=name)
    return Job(name, number)


def job_state(job: Job) -> JobState:
    """Ask the queue where a job is. Raises MachineError code printer_none where no print system answers."""
    wanted = ("job-state", "job-printer-state-reasons")
    try:
        groups = ipp.call(
            Operation.GET_JOB_ATTRIBUTES,
            f"/jobs/{job.number}",
            (*_job_target(job), ("requested-attributes", Tag.KEYWORD, wanted)),
        )
    except IppError:
        return JobState(Phase.UNKNOWN)
    except OSError as error:
        raise MachineError("printer_none") from error
    group: Attributes = next((group for group in groups if "job-state" in group), {})
    code = group.get("job-state", [0])[0]
    phase = _PHASES.get(code, Phase.UNKNOWN) if isinstance(code, int) else Phase.UNKNOWN
    if phase in _ENDS:
        return JobState(phase)
    reasons = _reasons(group, "job-printer-state-reasons")
    if phase is Phase.WAITING and _is_stopped(job.printer):
        return JobState(Phase.STOPPED, reasons)  # the job itself does not say that its queue stands still
    return JobState(phase, reasons)


def follow(
    job: Job,
    *,
    timeout: float = 120.0,
    poll: float = 0.25,
    on_change: Callable[[JobState], None] | None = None,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> JobState:
    """Ask until the job has ended or `timeout` seconds have passed; return its last state.

    `on_change` hears every new state, so that a window can say "out of paper" while it lasts. Blocks:
    not for the thread that draws. Raises MachineError code printer_none.
    """
    until = clock() + timeout
    last: JobState | None = None
    while True:
        state = job_state(job)
        if state != last and on_change is not None:
            on_change(state)
        last = state
        if state.ended or clock() >= until:
            return state
        sleep(poll)


def require_printed(job: Job, state: JobState, language: str = "zh") -> None:
    """Raise MachineError code print_failed, with the state in words, unless the queue says it was printed."""
    if not state.printed:
        raise MachineError("print_failed", printer=job.printer, state=state.say(language))


def forget(job: Job) -> bool:
    """Cancel a job if it has not ended, and have the queue delete its copy of the paper; say if it did.

    A queue keeps documents for a day by default: readable papers on a disk that may be lost.
    """
    try:
        ipp.call(
            Operation.CANCEL_JOB, f"/jobs/{job.number}", (*_job_target(job), ("purge-job", Tag.BOOLEAN, True))
        )
    except (IppError, OSError):
        return False
    return True


def _is_stopped(printer: str) -> bool:
    try:
        groups = ipp.call(
            Operation.GET_PRINTER_ATTRIBUTES,
            f"/printers/{quote(printer)}",
            (
                ("printer-uri", Tag.URI, _uri(printer)),
                ("requested-attributes", Tag.KEYWORD, ("printer-state",)),
            ),
        )
    except (IppError, OSError):
        return False
    return any(group.get("printer-state", [3])[0] == _PRINTER_STOPPED for group in groups)


def _default_name() -> str:
    try:
        groups = ipp.call(
            Operation.CUPS_GET_DEFAULT, "/", (("requested-attributes", Tag.KEYWORD, ("printer-name",)),)
        )
    except IppError:
        return ""  # no default chosen
    return next((_text(group, "printer-name") for group in groups if "printer-name" in group), "")


def _printer(group: Attributes, default: str) -> Printer:
    name = _text(group, "printer-name")
    stopped = group.get("printer-state", [3])[0] == _PRINTER_STOPPED
    accepting = bool(group.get("printer-is-accepting-jobs", [True])[0])
    return Printer(
        name=name,
        description=_text(group, "printer-info") or name,
        location=_text(group, "printer-location"),
        default=name == default,
        ready=accepting and not stopped,
        reasons=_reasons(group, "printer-state-reasons"),
    )


def _text(group: Attributes, name: str) -> str:
    value = group.get(name, [""])[0]
    return value if isinstance(value, str) else ""


def _reasons(group: Attributes, name: str) -> tuple[str, ...]:
    """Return keywords without the endings that tell severity; "none" says nothing."""
    found = []
    for value in group.get(name, []):
        if isinstance(value, str) and value != "none":
            stem, _, severity = value.rpartition("-")
            found.append(stem if severity in ("error", "warning", "report") and stem else value)
    return tuple(found)


def _uri(printer: str) -> str:
    return f"ipp://localhost/printers/{quote(printer)}"


def _job_target(job: Job) -> tuple[tuple[str, Tag, str | int], ...]:
    return ("printer-uri", Tag.URI, _uri(job.printer)), ("job-id", Tag.INTEGER, job.number)


def _media(pdf: bytes) -> str:
    """Return the self-describing name (PWG 5101.1) of the size of a PDF's first page."""
    box = _MEDIA_BOX.search(pdf)
    if box is None:
        return _A4
    wide, tall = (round(float(side) * 25.4 / 72, 2) for side in box.group(1, 2))
    return _A4 if (round(wide), round(tall)) == (210, 297) else f"custom_roll_{wide:g}x{tall:g}mm"
