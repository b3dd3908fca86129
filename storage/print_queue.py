"""Papers to print, in the order in which they were asked for; what is not printed yet outlives the program.

A copy's number is taken when it is handed over and given back only where the queue says that nothing came
out. A copy whose fate nobody knows keeps its number: the next one is marked as a reprint.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlite_utils import Database

from registration.changes import Changes
from registration.errors import InputError
from registration.rights import Act
from storage import audit, receipts
from storage.device import read_device
from storage.json_text import compact_json
from storage.rights import needs
from storage.rows import as_moment, as_text, one, rows, scalar
from storage.values import Who

RECEIPT = "receipt"
_OPEN = ("waiting", "sending", "sent", "failed", "unknown")
_NUMBERED = "('sending', 'sent', 'printed', 'unknown', 'lost')"  # states in which a paper may be out there


class PaperState(StrEnum):
    """Where a paper is."""

    WAITING = "waiting"
    SENDING = "sending"  # on its way to the print system: a crash now leaves it unknown
    SENT = "sent"  # the print system has it, under its job number
    PRINTED = "printed"
    FAILED = "failed"  # nothing came out; it can be tried again
    UNKNOWN = "unknown"  # it may have come out; a person decides
    LOST = "lost"  # unknown, and a person has decided
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Wish:
    """A paper to print. `document` is "receipt", "archive" or a form's code, `paper` "a4" or "roll".

    It belongs to an application, or to a session. `facts` fill a form as a person saw them; `reason` says why
    it is printed again.
    """

    id: str
    document: str
    paper: str = "a4"
    application_id: str = ""
    session_id: str = ""
    receipt_number: str = ""
    batch_id: str = ""
    language: str = "zh"
    second: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True)
class QueuedPaper:
    """A paper in the queue; `copy_number` 0 until it is handed over, `job` 0 where the system gave none."""

    wish: Wish
    state: PaperState
    copy_number: int
    printer: str
    job: int
    result: str
    operator_name: str
    queued_at: datetime
    changed_at: datetime

    @property
    def id(self) -> str:
        return self.wish.id


@dataclass(frozen=True)
class BatchFigures:
    """How far a batch is. `failed` counts what needs a person, also where the fate is unknown."""

    papers: int
    printed: int
    waiting: int
    under_way: int
    failed: int
    cancelled: int

    @property
    def ended(self) -> bool:
        return not self.waiting and not self.under_way


@needs(Act.PRINT)
def queue_paper(db: Database, who: Who, now: datetime, wish: Wish) -> tuple[Changes, QueuedPaper]:
    """Put a paper at the end of the queue.

    InputError reprint_reason_missing where this document was printed before and no reason is given, unless
    it is the first of a later issue of a receipt; KeyError for a receipt that is not there.
    """
    if wish.receipt_number and receipts.receipt(db, wish.receipt_number) is None:
        raise KeyError(wish.receipt_number)
    if next_copy(db, wish) > 1 and not wish.reason.strip() and not _first_of_issue(db, wish):
        raise InputError("reprint_reason_missing", field="reason")
    stamp = as_text(now)
    db.execute(
        "INSERT INTO print_queue (id, document, paper, application_id, session_id, receipt_number, batch_id,"
        " language, second, facts, reason, state, operator_id, operator_name, queued_at, changed_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?, ?, ?, ?)",
        (
            wish.id,
            wish.document,
            wish.paper,
            wish.application_id or None,
            wish.session_id or None,
            wish.receipt_number or None,
            wish.batch_id,
            wish.language,
            wish.second,
            compact_json(wish.facts),
            wish.reason.strip(),
            who.operator_id,
            who.operator_name,
            stamp,
            stamp,
        ),
    )
    return Changes(receipts=True), _kept(db, wish.id)


@needs(Act.PRINT)
def queue_batch(
    db: Database, who: Who, now: datetime, wishes: Sequence[Wish]
) -> tuple[Changes, list[QueuedPaper]]:
    """Put many papers into the queue at once: all of them or, where one is refused, none."""
    return Changes(receipts=True), [queue_paper(db, who, now, wish)[1] for wish in wishes]


def next_copy(db: Database, wish: Wish) -> int:
    """Return which copy the next print of this document will be, from 1."""
    queued = scalar(
        db,
        f"SELECT coalesce(max(copy_number), 0) FROM print_queue WHERE document = :document"  # noqa: S608
        f" AND application_id IS :application AND session_id IS :session"
        f" AND receipt_number IS :receipt AND state IN {_NUMBERED}",
        {
            "document": wish.document,
            "application": wish.application_id or None,
            "session": wish.session_id or None,
            "receipt": wish.receipt_number or None,
        },
    )
    sql = "SELECT coalesce(max(copy_number), 0) FROM prints WHERE receipt_number = ?"
    return 1 + max(int(queued), int(scalar(db, sql, (wish.receipt_number,))))


def _first_of_issue(db: Database, wish: Wish) -> bool:
    """Say whether nobody has asked yet for a copy of the issue of a receipt that is the last now."""
    since = receipts.issued_last(db, wish.receipt_number) if wish.receipt_number else ""
    sql = "SELECT 1 FROM print_queue WHERE receipt_number = ? AND queued_at >= ? LIMIT 1"
    return bool(since) and scalar(db, sql, (wish.receipt_number, since)) is None


def claim(db: Database, now: datetime) -> tuple[Changes, QueuedPaper | None]:
    """Take the paper that has waited longest, give it its copy's number and mark it as being handed over."""
    row = one(db, "SELECT id FROM print_queue WHERE state = 'waiting' ORDER BY seq LIMIT 1")
    if row is None:
        return Changes(), None
    copy = next_copy(db, _kept(db, row["id"]).wish)
    db.execute(
        "UPDATE print_queue SET state = 'sending', copy_number = ?, result = '', changed_at = ? WHERE id = ?",
        (copy, as_text(now), row["id"]),
    )
    return Changes(receipts=True), _kept(db, row["id"])


def mark_sent(db: Database, now: datetime, paper_id: str, printer: str, job: int) -> Changes:
    """Record that the print system has taken a paper. KeyError: it was not being handed over."""
    _require(db, paper_id, PaperState.SENDING)
    db.execute(
        "UPDATE print_queue SET state = 'sent', printer = ?, job = ?, changed_at = ? WHERE id = ?",
        (printer, job, as_text(now), paper_id),
    )
    return Changes(receipts=True)


def settle(db: Database, now: datetime, paper_id: str, state: PaperState, result: str) -> Changes:
    """Record how a paper that was handed over ended, as the print system says; audited.

    `state` is PRINTED, FAILED, UNKNOWN or CANCELLED. Only PRINTED makes a row in the receipt's prints.
    KeyError: it was not handed over.
    """
    paper = _require(db, paper_id, PaperState.SENDING, PaperState.SENT)
    wish = paper.wish
    keeps = state in (PaperState.PRINTED, PaperState.UNKNOWN)
    if state is PaperState.PRINTED and wish.receipt_number:
        db.execute(
            "INSERT INTO prints (receipt_number, copy_number, paper, job, result, operator_name, printed_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                wish.receipt_number,
                paper.copy_number,
                wish.paper,
                f"{paper.printer}-{paper.job}",
                result,
                paper.operator_name,
                as_text(now),
            ),
        )
    db.execute(
        "UPDATE print_queue SET state = ?, result = ?, copy_number = ?, changed_at = ? WHERE id = ?",
        (state.value, result, paper.copy_number if keeps else None, as_text(now), paper_id),
    )
    details = {"document": wish.document, "paper": wish.paper, "copy": paper.copy_number, "result": result}
    if wish.receipt_number:
        details["receipt"] = wish.receipt_number
    if wish.reason:
        details["reason"] = wish.reason
    audit.append(db, _who(db, paper_id), now, _action(paper, state), _subject(wish), details)
    return _changes(wish)


@needs(Act.PRINT)
def retry(db: Database, who: Who, now: datetime, paper_id: str, new_id: str) -> tuple[Changes, QueuedPaper]:
    """Print again what failed, or what may have come out or not; the latter goes in anew, as a reprint.

    KeyError: it is in no such state.
    """
    paper = _require(db, paper_id, PaperState.FAILED, PaperState.UNKNOWN)
    if paper.state is PaperState.FAILED:
        sql = "UPDATE print_queue SET state = 'waiting', changed_at = ? WHERE id = ?"
        db.execute(sql, (as_text(now), paper_id))
        return Changes(receipts=True), _kept(db, paper_id)
    give_up(db, who, now, [paper_id])
    wish = Wish(**{**vars(paper.wish), "id": new_id, "reason": paper.wish.reason or "unknown"})
    return queue_paper(db, who, now, wish)


@needs(Act.PRINT)
def give_up(db: Database, who: Who, now: datetime, paper_ids: Sequence[str]) -> Changes:
    """Take papers out of the queue that have not been handed over, or whose fate is known or past knowing.

    A paper that the print system holds is not touched: its job is cancelled there, and `settle` follows.
    """
    for paper_id in paper_ids:
        paper = _kept(db, paper_id)
        if paper.state not in (PaperState.WAITING, PaperState.FAILED, PaperState.UNKNOWN):
            continue
        state = PaperState.LOST if paper.state is PaperState.UNKNOWN else PaperState.CANCELLED
        sql = "UPDATE print_queue SET state = ?, changed_at = ? WHERE id = ?"
        db.execute(sql, (state.value, as_text(now), paper_id))
        details = {"document": paper.wish.document, "paper": paper.wish.paper, "state": state.value}
        audit.append(db, who, now, "print_given_up", _subject(paper.wish), details)
    return Changes(receipts=True)


@needs(Act.PRINT)
def cancel_batch(db: Database, who: Who, now: datetime, batch_id: str) -> Changes:
    """Take what still waits of a batch out of the queue."""
    sql = "SELECT id FROM print_queue WHERE batch_id = ? AND state = 'waiting' ORDER BY seq"
    return give_up(db, who, now, [row["id"] for row in rows(db, sql, (batch_id,))])


def recover(db: Database, now: datetime) -> Changes:
    """After a start: what was being handed over when the program ended may have come out or not.

    What waited then is not printed unasked now, with other people at the printer: it counts as failed, and a
    person prints it again or gives it up.
    """
    touched = 0
    for before, after in (("sending", "unknown"), ("waiting", "failed")):
        cursor = db.execute(
            "UPDATE print_queue SET state = ?, result = 'interrupted', changed_at = ? WHERE state = ?",
            (after, as_text(now), before),
        )
        touched += cursor.rowcount
    return Changes(receipts=touched > 0)


def papers(
    db: Database, *states: PaperState, application_id: str = "", batch_id: str = ""
) -> list[QueuedPaper]:
    """Return papers in these states, or all that are not ended where none is named, in their order."""
    wanted = [state.value for state in states] or list(_OPEN)
    marks = ", ".join("?" for _ in wanted)
    sql = f"SELECT * FROM print_queue WHERE state IN ({marks})"  # noqa: S608
    parameters: list[Any] = [*wanted]
    for column, value in (("application_id", application_id), ("batch_id", batch_id)):
        if value:
            sql += f" AND {column} = ?"
            parameters.append(value)
    return [_paper(row) for row in rows(db, sql + " ORDER BY seq", parameters)]


def batch_figures(db: Database, batch_id: str) -> BatchFigures:
    """Return how far a batch is; all zero for an unknown one."""
    sql = "SELECT state, count(*) AS n FROM print_queue WHERE batch_id = ? GROUP BY state"
    counts = {row["state"]: int(row["n"]) for row in rows(db, sql, (batch_id,))} if batch_id else {}
    return BatchFigures(
        papers=sum(counts.values()),
        printed=counts.get("printed", 0),
        waiting=counts.get("waiting", 0),
        under_way=counts.get("sending", 0) + counts.get("sent", 0),
        failed=counts.get("failed", 0) + counts.get("unknown", 0),
        cancelled=counts.get("cancelled", 0) + counts.get("lost", 0),
    )


def _paper(row: Mapping[str, Any]) -> QueuedPaper:
    return QueuedPaper(
        wish=Wish(
            id=row["id"],
            document=row["document"],
            paper=row["paper"],
            application_id=row["application_id"] or "",
            session_id=row["session_id"] or "",
            receipt_number=row["receipt_number"] or "",
            batch_id=row["batch_id"],
            language=row["language"],
            second=row["second"],
            facts=json.loads(row["facts"]),
            reason=row["reason"],
        ),
        state=PaperState(row["state"]),
        copy_number=row["copy_number"] or 0,
        printer=row["printer"],
        job=row["job"],
        result=row["result"],
        operator_name=row["operator_name"],
        queued_at=as_moment(row["queued_at"]),
        changed_at=as_moment(row["changed_at"]),
    )


def _kept(db: Database, paper_id: str) -> QueuedPaper:
    row = one(db, "SELECT * FROM print_queue WHERE id = ?", (paper_id,))
    if row is None:
        raise KeyError(paper_id)
    return _paper(row)


def _require(db: Database, paper_id: str, *states: PaperState) -> QueuedPaper:
    paper = _kept(db, paper_id)
    if paper.state not in states:
        raise KeyError(f"{paper_id} is {paper.state}")
    return paper


def _who(db: Database, paper_id: str) -> Who:
    """Return on whose behalf a paper is printed: who asked for it, whoever is at the window by now."""
    row = one(db, "SELECT operator_id, operator_name FROM print_queue WHERE id = ?", (paper_id,))
    device = read_device(db)
    assert row is not None
    return Who(row["operator_id"], row["operator_name"], (device.device_code if device else "") or "")


def _subject(wish: Wish) -> str:
    return wish.application_id or wish.session_id


def _changes(wish: Wish) -> Changes:
    touched = frozenset({wish.application_id}) if wish.application_id else frozenset()
    return Changes(applications=touched, receipts=True)


def _action(paper: QueuedPaper, state: PaperState) -> str:
    if state is not PaperState.PRINTED:
        return "print_cancelled" if state is PaperState.CANCELLED else "print_failed"
    what = "receipt" if paper.wish.document == RECEIPT else "paper"
    return f"{what}_{'reprinted' if paper.copy_number > 1 else 'printed'}"
