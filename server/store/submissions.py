"""Events up: each applied once, in the transaction that keeps its idempotency key, or refused with words."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, insert, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.exc import DBAPIError

from registration.application import CaseState
from server.config import CHINA
from server.store import audit, facts, feed, numbers, review, schema, schema_facts
from server.store.acknowledgements import lock_applications
from server.store.database import is_unavailable
from server.store.devices import Caller
from server.store.facts import NOTED, FactNote, read_fact
from server.store.intake_rules import Refusal, Submission, read_submission
from server.store.known import Verdict, read_known
from server.store.notices import SUBMITTED, Notice, read_notice
from server.words import words_for
from sync.contract import Event, Outcome

log = logging.getLogger("jilai.centre.events")
_Row = dict[str, object]
_FAILED = Verdict("refused", Refusal("event_failed"))


@dataclass(frozen=True)
class Posted:
    """What one caller has sent at once."""

    caller: Caller
    events: Sequence[Event]


@dataclass(frozen=True)
class _Read:
    """An event with what it says, if it says anything."""

    caller: Caller
    event: Event
    submission: Submission | Notice | FactNote | Refusal


def apply_batch(
    connection: Connection, now: datetime, caller: Caller, events: Sequence[Event]
) -> list[Outcome]:
    """Apply one caller's events: `apply_batches` for a single batch."""
    return apply_batches(connection, now, [Posted(caller, events)])[0]


def apply_batches(connection: Connection, now: datetime, posted: Sequence[Posted]) -> list[list[Outcome]]:
    """Apply each event and return, for each batch, one outcome per event, in their order.

    Applications are locked first, in one order for everybody, so that two transactions never wait for
    each other; events of one application keep the order they came in. All is written as one; should the
    database refuse that, each batch is tried by itself, and then each event, so that one spoils no other.
    """
    lock_applications(connection, [event.application_id for each in posted for event in each.events])
    batches = [[_Read(each.caller, event, _read(event)) for event in each.events] for each in posted]
    everything = [read for batch in batches for read in batch]
    verdicts = _tried(connection, now, everything)
    if verdicts is None:
        verdicts = [
            verdict
            for batch in batches
            for verdict in _tried(connection, now, batch)
            or [_apply_alone(connection, now, read) for read in batch]
        ]
    judged = list(zip(everything, verdicts, strict=True))
    for read, verdict in judged:
        if verdict.refusal is not None:
            _quarantine(connection, now, read.caller, read.event, verdict.refusal.code)
    # Last come those that may take the feed's lock, which nobody holds while waiting for another.
    _renew_numbers(connection, now, judged)
    applied = [read.submission for read, verdict in judged if verdict.result == "applied"]
    facts.pass_on(connection, now, [each for each in applied if isinstance(each, FactNote)])
    for read, verdict in judged:
        if verdict.result == "applied" and isinstance(read.submission, Notice) and read.submission.withdraws:
            review.announce(connection, now, read.event.application_id, read.submission.body.reason)
    outcomes = iter([_outcome(read.event, verdict) for read, verdict in judged])
    return [[next(outcomes) for _ in batch] for batch in batches]


def _read(event: Event) -> Submission | Notice | FactNote | Refusal:
    if not event.id or any(_storable(name) != name for name in (event.id, event.application_id)):
        return Refusal("body_malformed")
    if event.kind == NOTED:
        return read_fact(event)
    return read_submission(event) if event.kind == SUBMITTED else read_notice(event)


def _tried(connection: Connection, now: datetime, batch: Sequence[_Read]) -> list[Verdict] | None:
    """Apply events as one; None where the database refuses that, and nothing of it has happened."""
    try:
        with connection.begin_nested():
            return _apply(connection, now, batch)
    except DBAPIError as error:
        if is_unavailable(error):
            raise
        return None


def _apply(connection: Connection, now: datetime, batch: Sequence[_Read]) -> list[Verdict]:
    today = now.astimezone(CHINA).date()
    known = read_known(
        connection,
        [read.caller.device.id for read in batch],
        [read.event for read in batch if _storable(read.event.id) == read.event.id],
        [read.submission for read in batch if not isinstance(read.submission, Refusal)],
        today,
    )
    verdicts: list[Verdict] = []
    writing = _Writing(now)
    for read in batch:
        device = read.caller.device
        try:
            verdict = known.judge(read.event, read.submission, device, today=today)
        except Exception as error:  # a bug in one rule must not keep the other applications out
            _log_failure(read.caller, type(error).__name__)
            verdict = _FAILED
        if verdict.result == "applied" and isinstance(read.submission, Submission):
            writing.add(
                read.caller,
                read.event,
                read.submission,
                is_new=read.event.application_id not in known.standings,
                new_number=read.submission.body.receipt_number not in known.owners,
            )
            known.note(read.event, read.submission, device)
        elif verdict.result == "applied" and isinstance(read.submission, Notice):
            was = known.standings[read.event.application_id].state
            writing.add_notice(read.caller, read.event, read.submission, was)
            known.note_notice(read.event, read.submission)
        elif verdict.result == "applied" and isinstance(read.submission, FactNote):
            writing.add_fact(read.caller, read.event, read.submission)
            known.note_fact(read.event, read.submission)
        elif verdict.result == "already_had" and not isinstance(read.submission, FactNote):
            # a replaced laptop sends the old one's events
            writing.add_sender(read.caller, read.event.application_id)
        verdicts.append(verdict)
    writing.write(connection)
    return verdicts


def _apply_alone(connection: Connection, now: datetime, read: _Read) -> Verdict:
    try:
        with connection.begin_nested():
            return _apply(connection, now, [read])[0]
    except DBAPIError as error:
        if is_unavailable(error):
            raise
        _log_failure(read.caller, type(error.orig).__name__)
        return _FAILED


def _log_failure(caller: Caller, error: str) -> None:
    log.error("event failed", extra={"fields": {"error": error, "device": caller.device.code}})


class _Writing:
    """The rows that a batch adds, table by table."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._events: list[_Row] = []
        self._new: list[_Row] = []
        self._again: list[tuple[str, _Row]] = []
        self._senders: dict[tuple[str, str], None] = {}
        self._numbers: list[_Row] = []
        self._revisions: list[_Row] = []
        self._pages: list[_Row] = []
        self._needs: list[_Row] = []
        self._history: list[_Row] = []
        self._audit: list[audit.Entry] = []
        self._notices: list[Notice] = []
        self._facts: list[_Row] = []

    def add_sender(self, caller: Caller, application_id: str) -> None:
        """Note that this device knows an application's content."""
        self._senders[(caller.device.id, application_id)] = None

    def add(
        self, caller: Caller, event: Event, submission: Submission, *, is_new: bool, new_number: bool
    ) -> None:
        """Plan everything that one applied event leaves behind."""
        body, application = submission.body, submission.application
        of_revision = {"application_id": application.id, "revision": event.revision}
        standing: _Row = {
            "device_id": caller.device.id,
            "compound_id": body.compound_id,
            "household_id": body.household_id,
            "type_code": application.type_code,
            "receipt_number": body.receipt_number,
            "revision": event.revision,
            "state": CaseState.RECEIVED.value,
            "received_at": self._now,
            "whole_at": None,
            "after_revocation": caller.device.revoked or not caller.operator_active,
        }
        if is_new:
            self._new.append({"id": application.id, **standing})
        else:
            self._again.append((application.id, standing))
        self.add_sender(caller, application.id)
        if new_number:
            self._numbers.append({"number": body.receipt_number, "application_id": application.id})
        self._events.append(self._key(caller, event))
        self._revisions.append(
            {
                **of_revision,
                "event_id": event.id,
                "device_id": caller.device.id,
                "operator_id": body.operator_id,
                "sender_id": caller.operator_id,
                "receipt_number": body.receipt_number,
                "facts": body.application,
                "receipt": body.receipt,
                "session": body.session,
                "submitted_at": body.submitted_at,
                "clock_offset": body.clock_offset,
                "received_at": self._now,
            }
        )
        self._pages += [{**page.model_dump(), **of_revision} for page in body.pages]
        self._needs += [
            {**of_revision, "digest": digest, "size": size} for digest, size in submission.sizes.items()
        ]
        self._history.append(
            {
                **of_revision,
                "state": CaseState.RECEIVED.value,
                "actor": f"device:{caller.device.id}",
                "details": {},
                "at": self._now,
            }
        )
        details = {
            "revision": event.revision,
            "device": caller.device.code,
            "receipt_number": body.receipt_number,
        }
        actor = f"operator:{caller.operator_id}"
        self._audit.append(audit.Entry(actor, "application_received", application.id, details))

    def add_fact(self, caller: Caller, event: Event, note: FactNote) -> None:
        """Plan what a fact leaves: its key, its row, and the files that it waits for."""
        row, needs = facts.rows_of(note, caller.device.id, self._now)
        self._events.append(self._key(caller, event))
        self._facts.append(row)
        self._needs += needs

    def _key(self, caller: Caller, event: Event) -> _Row:
        return {
            "application_id": event.application_id,
            "revision": event.revision,
            "id": event.id,
            "device_id": caller.device.id,
            "body_digest": event.body_digest,
            "received_at": self._now,
        }

    def add_notice(self, caller: Caller, event: Event, notice: Notice, was: CaseState) -> None:
        """Plan what a withdrawal or a void receipt leaves; a case that is withdrawn already stays so."""
        of_revision = {"application_id": event.application_id, "revision": event.revision}
        self._events.append(self._key(caller, event))
        self._notices.append(notice)
        details = {"revision": event.revision, "receipt_number": notice.body.receipt_number}
        actor = f"operator:{caller.operator_id}"
        self._audit.append(audit.Entry(actor, notice.kind, event.application_id, details))
        if notice.withdraws and was is not CaseState.WITHDRAWN:
            reason = {"reason_zh": notice.body.reason, "reason_en": notice.body.reason}
            self._history.append(
                {
                    **of_revision,
                    "state": CaseState.WITHDRAWN.value,
                    "actor": f"device:{caller.device.id}",
                    "details": reason,
                    "at": self._now,
                }
            )

    def write(self, connection: Connection) -> None:
        """Write all rows. IntegrityError where another transaction was faster."""
        _insert(connection, schema.events, self._events)
        _insert(connection, schema.applications, self._new)
        for application_id, standing in self._again:
            table = schema.applications
            connection.execute(update(table).where(table.c.id == application_id).values(**standing))
        _insert(connection, schema.receipt_numbers, self._numbers)
        for notice in self._notices:
            _follow(connection, self._now, notice)
        _insert(connection, schema.revisions, self._revisions)
        _insert(connection, schema.pages, self._pages)
        _insert(connection, schema_facts.facts, self._facts)
        _insert(connection, schema.page_needs, self._needs)
        _insert(connection, schema.history, self._history)
        if self._senders:
            connection.execute(
                upsert(schema.senders).on_conflict_do_nothing(),
                [
                    {"device_id": device_id, "application_id": application_id}
                    for device_id, application_id in sorted(self._senders)
                ],
            )
        audit.append_all(connection, self._now, self._audit)


def _follow(connection: Connection, now: datetime, notice: Notice) -> None:
    """Make the case withdrawn, or its receipt void; what is so already stays as it is."""
    if notice.withdraws:
        table = schema.applications
        wanted = table.c.id == notice.body.application_id
        connection.execute(update(table).where(wanted).values(state=CaseState.WITHDRAWN.value))
        return
    numbers_of = schema.receipt_numbers
    wanted = (numbers_of.c.number == notice.body.receipt_number) & numbers_of.c.void_reason.is_(None)
    values = {"void_reason": notice.body.reason, "voided_at": now}
    connection.execute(update(numbers_of).where(wanted).values(values))


def _insert(connection: Connection, table: Table, rows: list[_Row]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _renew_numbers(connection: Connection, now: datetime, judged: Sequence[tuple[_Read, Verdict]]) -> None:
    """Reserve further numbers for devices that come near the end of theirs; the feed's lock comes last."""
    highest: dict[str, int] = {}
    for read, verdict in judged:
        if verdict.result == "applied" and isinstance(read.submission, Submission):
            sequence = int(read.submission.body.receipt_number.split("-")[3])
            device_id = read.caller.device.id
            highest[device_id] = max(highest.get(device_id, 0), sequence)
    blocks = numbers.renew_blocks(connection, now, highest)
    for device_id, block in blocks.items():
        feed.append(connection, now, "number_block", block.model_dump(), feed.device(device_id))


def _quarantine(connection: Connection, now: datetime, caller: Caller, event: Event, code: str) -> None:
    table = schema.quarantine
    body = json.dumps(event.body, sort_keys=True)  # ASCII: whatever was sent can be stored
    connection.execute(
        upsert(table)
        .values(
            event_id=_storable(event.id),
            body_digest=_storable(event.body_digest),
            code=code,
            device_id=caller.device.id,
            application_id=_storable(event.application_id),
            body=body,
            first_at=now,
            last_at=now,
            times=1,
        )
        .on_conflict_do_update(
            index_elements=["event_id", "body_digest", "code"],
            set_={"last_at": now, "times": table.c.times + 1},
        )
    )
    level = logging.ERROR if code in {"id_reused", "receipt_number_used"} else logging.WARNING
    log.log(level, "event refused", extra={"fields": {"code": code, "device": caller.device.code}})


def _storable(name: str) -> str:
    return name[:200].encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\\0")


def _outcome(event: Event, verdict: Verdict) -> Outcome:
    name = event.id.encode("utf-8", "replace").decode("utf-8")  # as sent, wherever it can be answered
    refusal = verdict.refusal
    if refusal is None:
        return Outcome(id=name, result=verdict.result, server_revision=verdict.revision)
    zh, en = (refusal.zh, refusal.en) if refusal.zh else words_for(refusal.code)
    return Outcome(
        id=name, result=verdict.result, code=refusal.code, zh=zh, en=en, server_revision=verdict.revision
    )
