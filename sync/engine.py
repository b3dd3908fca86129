"""What travels between the window and the centre, step by step.

One pass, in order (docs/sync.md tells it in prose):

1. Enrolment, if the device has no place at the centre yet: code and proof up, and everything that the answer
   gives (device id, code, centre's key, operator, numbers) stored in one write.
2. Facts. Due outbox rows go up in batches. A batch that fails is halved; a row that fails alone is parked
   with the centre's words, or put off where the centre was at fault; the rows after it go on.
3. Pages that the centre still lacks, one to six at a time, oldest application first. Facts written meanwhile
   overtake them, and every application that becomes whole is asked for (step 4) without waiting for others.
4. Acknowledgements. Signature by the centre's key, device, receipt number, revision and digests must all be
   as ours before the store applies one. Only this counts as delivered.
5. The feed, page by page, each stored in one transaction with its cursor.
6. Receipt numbers, if the reserved blocks are nearly used up.
7. The audit log (audit_upload.py): never ahead of facts, and nothing waits for it.

A failing road (see refusals.ROAD) ends the pass and nothing is counted as delivered; a lost sign-in is the
only answer that stops the queue until a person acts. Everything that waits is in the store: an engine that is
killed at any line and made anew goes on from there, and the worst it does is say something twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from random import uniform
from typing import Any

from registration.changes import Changes
from registration.errors import CentreError, JilaiError
from storage import device as devices
from storage import feed, outbox, people
from storage.awaiting import awaiting
from storage.database import Store
from storage.device import DeviceIdentity
from storage.pages import PageFiles
from storage.values import OutboxRow, Pending
from sync.audit_upload import AuditUpload
from sync.books import Books
from sync.contract import Acknowledgement, EventBatch, Outcome
from sync.judgement import event_of, holds, join, lacks_and_unknown, store_outcome
from sync.link import Link
from sync.lives import meet_life
from sync.page_sending import FAILURES_IN_A_ROW, PageSending
from sync.refusals import ROAD
from sync.report import Report, Run
from sync.transport import Transport

ACKNOWLEDGEMENTS_AT_ONCE = 200
FIRST_PUT_OFF, LONGEST_PUT_OFF = 5.0, 600.0  # seconds until a row that failed alone is tried again
NUMBERS_LOW = 100  # fewer left than this, and another block is asked for
CONTACT_MATTERS = timedelta(hours=1)  # rights end by days
OFFSET_MATTERS = 2.0  # seconds by which the clock's offset has to change to be stored anew


class Engine:
    """The pass, as functions of store, pages, clock and the transport that each call is given.

    Remembers only what it has learned about the road (`Link`), so that the next pass does not learn it again.
    """

    def __init__(
        self,
        store: Store,
        pages: PageFiles,
        clock: Callable[[], datetime],
        *,
        on_progress: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """`on_progress` is awaited, within a pass, whenever something has arrived at the centre."""
        self.books = Books(store, clock)
        self.link = Link()
        self.pages = PageSending(self.books, pages, self.link, beside=self._beside_pages, tell=self._tell)
        self._audit = AuditUpload(self.books)
        self._on_progress = on_progress
        self._feed_lock = asyncio.Lock()
        self._contact: datetime | None = None  # as last taken down

    # -- asking the store ------------------------------------------------------------------------------

    async def device(self) -> DeviceIdentity | None:
        """Return the device's row, None before there is one."""
        return await self.books.ask(devices.read_device)

    async def pending(self) -> Pending:
        """Return what has not reached the centre yet."""
        return await self.books.ask(outbox.pending_counts)

    async def operator_for(self, wanted: str) -> str:
        """Return `wanted` where the centre can know that operator, else one of the team whom it does.

        This device makes up its first operator's id until it is enrolled, and that of somebody who came with
        the centre's key; its queue goes on while nobody is signed in, or has rights.
        """
        named = [who for who in await self.books.ask(devices.operators) if who.id not in devices.OWN_IDS]
        team = [who.id for who in named if who.active] or [who.id for who in named]
        return wanted if wanted in team or not team else team[0]

    # -- 1. enrolment ----------------------------------------------------------------------------------

    async def enrol(self, transport: Transport, device: DeviceIdentity) -> None:
        """Exchange the device's code for a place at the centre.

        All of the answer is stored in one write. The centre gives the same answer to the same key again, so
        a reply lost costs nothing.
        """
        team = await self.books.ask(devices.operators)
        answer = await transport.enrol(
            device.enrolment_code,
            device_name=device.name,
            account=team[0].account,
            operator_name=team[0].name,
        )
        now = self.books.clock()
        await self.books.ask(lambda db: devices.apply_enrolment(db, now, answer.model_dump(mode="json")))

    # -- the pass --------------------------------------------------------------------------------------

    async def one_pass(self, transport: Transport, device: DeviceIdentity) -> Report:
        """Do steps 2 to 7 once; what a person may meet is not raised but in `Report.problem`.

        Step 5 is left out where `take_feed` is under way.
        """
        run = Run(transport, device)
        try:
            await self._send_facts(run)
            await self.pages.send(run)
            await self._settle(run, await self.books.ask(outbox.unacknowledged))
            if not self._feed_lock.locked():
                while await self._take_feed_page(run.transport, 0, run.report):
                    pass
            await self._reserve_numbers(run)
            await self._audit.send(run)
        except JilaiError as error:
            run.report.problem = error.problem
        moved = await self._note_clock(run)
        due = await self.books.ask(outbox.next_try_at)
        if due is not None and (moved or due > self.books.clock()):
            run.report.next_due = max((due - self.books.clock()).total_seconds(), 0.0)
        return run.report

    async def _note_clock(self, run: Run) -> bool:
        """Keep the clock's offset; where the clock was moved, let nothing wait for a time of the old one."""
        await self._note_contact(run)
        offset, known = run.transport.clock_offset, run.device.clock_offset
        if offset is None or (known is not None and abs(offset - known) <= OFFSET_MATTERS):
            return False
        await self.books.ask(lambda db: devices.set_clock_offset(db, offset))
        await self.hurry()
        return True

    async def _note_contact(self, run: Run) -> None:
        """Take down, not oftener than needed, that the centre was heard and took this device's word."""
        now, before = self.books.clock(), self._contact
        if run.report.problem is None and (before is None or abs(now - before) >= CONTACT_MATTERS):
            await self.books.ask(lambda db: people.note_contact(db, now))
            self._contact = now

    async def hurry(self) -> None:
        """Make every row that was put off due now: a person asked."""
        now = self.books.clock()
        await self.books.ask(lambda db: outbox.hurry(db, now))

    # -- 2. facts --------------------------------------------------------------------------------------

    async def _send_facts(self, run: Run) -> None:
        failures = 0
        while True:
            limit, now = self.link.batch, self.books.clock()
            rows = await self.books.ask(partial(outbox.claim, now=now, limit=limit))
            if not rows:
                return
            try:
                answer = await run.transport.send_events(EventBatch(events=[event_of(row) for row in rows]))
            except CentreError as error:
                self.link.batch_failed(len(rows))
                if error.code in ROAD:
                    await self._put_back(rows, error)
                    raise
                if len(rows) > 1:
                    await self._put_back(rows, error)
                    continue
                failures += 1
                await self._one_failed(run, rows[0], error)
                if failures >= FAILURES_IN_A_ROW:
                    raise
                continue
            failures = 0
            self.link.batch_arrived()
            await self._take_outcomes(run, rows, answer.outcomes, frozenset(answer.missing))
            await self._take_acknowledgements(run, answer.acknowledgements, [r.application_id for r in rows])
            await self._tell()

    async def _put_back(self, rows: list[OutboxRow], error: CentreError) -> None:
        """Keep attempt and reason; due at once, for the pace is the worker's and not the row's."""
        now = self.books.clock()

        def write(db: Any) -> Changes:
            return join(outbox.reschedule(db, now, row.id, error.code, now) for row in rows)

        await self.books.ask(write)

    async def _one_failed(self, run: Run, row: OutboxRow, error: CentreError) -> None:
        """Nothing but this row is to blame: parked where the centre said why, else put off."""
        now = self.books.clock()
        if error.code == "centre_refused":
            run.report.parked += 1
            await self.books.park(row.id, error)
            return
        wait = min(FIRST_PUT_OFF * 2 ** min(row.attempts, 16), LONGEST_PUT_OFF) * uniform(0.75, 1.0)
        later = now + timedelta(seconds=wait)
        await self.books.ask(lambda db: outbox.reschedule(db, now, row.id, error.code, later))

    async def _take_outcomes(
        self, run: Run, rows: list[OutboxRow], outcomes: list[Outcome], missing: frozenset[str]
    ) -> None:
        """Store one outcome per row, all in one transaction."""
        now = self.books.clock()
        by_id = {outcome.id: outcome for outcome in outcomes}

        def write(db: Any) -> Changes:
            return join(store_outcome(db, now, row, by_id.get(row.id), missing) for row in rows)

        await self.books.ask(write)
        for row in rows:
            result = by_id[row.id].result if row.id in by_id else ""
            run.report.facts += result in {"applied", "already_had"}
            run.report.parked += result in {"refused", "conflict"}

    # -- 3. pages, beside which facts go on --------------------------------------------------------------

    async def _beside_pages(self, run: Run, whole: list[str]) -> None:
        await self._send_facts(run)
        await self._settle(run, whole)

    # -- 4. acknowledgements ---------------------------------------------------------------------------

    async def _settle(self, run: Run, application_ids: list[str]) -> None:
        """Ask which of these the centre holds whole, and learn what it lacks of the others."""
        for start in range(0, len(application_ids), ACKNOWLEDGEMENTS_AT_ONCE):
            asked = application_ids[start : start + ACKNOWLEDGEMENTS_AT_ONCE]
            answer = await run.transport.acknowledgements(asked)
            await self._take_acknowledgements(run, answer.acknowledgements, asked)
            sworn = {ack.statement.application_id for ack in answer.acknowledgements}
            unknown = [name for name in asked if name not in sworn and name not in answer.missing]
            write = partial(lacks_and_unknown, now=self.books.clock(), lacks=answer.missing, unknown=unknown)
            await self.books.ask(write)
            await self._tell()

    async def _take_acknowledgements(
        self, run: Run, acknowledgements: list[Acknowledgement], asked: list[str]
    ) -> None:
        """Apply those that hold; one that does not is an alarm on its application and delivers nothing."""
        if not acknowledgements:
            return
        rows = {row.application_id: row for row in await self.books.ask(lambda db: awaiting(db, 500, asked))}
        for ack in acknowledgements:
            row = rows.get(ack.statement.application_id)
            if row is None or ack.statement.revision < row.revision:
                continue  # known already, or of a revision before the one that waits
            if holds(ack, row, run.device):
                now, value = self.books.clock(), ack.model_dump(mode="json")
                await self.books.ask(partial(outbox.apply_acknowledgement, now=now, ack=value))
                run.report.acknowledged += 1
            else:
                run.report.parked += 1
                await self.books.park(row.outbox_id, CentreError("acknowledgement_wrong"))

    # -- 5. the feed -----------------------------------------------------------------------------------

    async def take_feed(self, transport: Transport, wait: int) -> int:
        """Take one page of news, waiting up to `wait` seconds for it; return how many items came."""
        report = Report()
        await self._take_feed_page(transport, wait, report)
        return report.news

    async def _take_feed_page(self, transport: Transport, wait: int, report: Report) -> bool:
        """Return whether more waits at the centre."""
        async with self._feed_lock:
            cursor = await self.books.ask(feed.cursor)
            page = await transport.changes(cursor, wait)
            if page.cursor < cursor:
                raise CentreError("not_the_centre")
            await meet_life(self.books, transport, page.epoch)
            if page.items or page.cursor > cursor:
                now, items = self.books.clock(), [item.model_dump(mode="json") for item in page.items]
                await self.books.ask(lambda db: feed.apply_feed(db, now, items, page.cursor))
            report.news += len(page.items)
            return page.more

    # -- 6. receipt numbers ----------------------------------------------------------------------------

    async def _reserve_numbers(self, run: Run) -> None:
        """Ask for a block where few numbers are left and the feed has not brought one."""
        blocks = await self.books.ask(devices.number_blocks)
        left = sum(block.left for block in blocks)
        if not blocks or left >= NUMBERS_LOW:
            return
        fact = await run.transport.next_numbers(after=max(block.last for block in blocks), left=left)
        if fact is not None:
            now, value = self.books.clock(), fact.model_dump(mode="json")
            await self.books.ask(lambda db: devices.add_number_block(db, now, value))

    async def _tell(self) -> None:
        if self._on_progress is not None:
            await self._on_progress()
