"""The queues of CUPS: which there are, a paper handed over, where its job is, its copy deleted."""

from __future__ import annotations

import re
from urllib.parse import quote

from printing import ipp
from printing.ipp import Attributes, IppError, Operation, Tag
from printing.jobs import Job, JobState, Phase, Printer
from registration.errors import MachineError

_A4 = "iso_a4_210x297mm"
_MEDIA_BOX = re.compile(rb"/MediaBox\s*\[\s*0\s+0\s+([0-9.]+)\s+([0-9.]+)\s*\]")
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


def print_pdf(pdf: bytes, name: str, title: str, *, copies: int = 1) -> Job:
    """Hand a PDF to a queue and return its job.

    The paper asked for is the size of the first page, and pages are printed at true size.
    Raises MachineError code printer_none without a print system, printer_refused where the queue says no.
    """
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
    if JobState(phase).ended:
        return JobState(phase)
    reasons = _reasons(group, "job-printer-state-reasons")
    if phase is Phase.WAITING and _is_stopped(job.printer):
        return JobState(Phase.STOPPED, reasons)  # the job itself does not say that its queue stands still
    return JobState(phase, reasons)


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
