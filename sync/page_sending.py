"""Pages up, several at a time: as many as the link carries, while facts that come in overtake them."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from registration.errors import CentreError, JilaiError, MachineError
from storage import outbox
from storage.awaiting import Awaiting, awaiting, awaiting_files, offer_again, tell_again
from storage.pages import PageFiles
from storage.values import PageNeed
from sync.books import Books
from sync.link import Link
from sync.refusals import ROAD
from sync.report import Run
from sync.uploads import upload_page

FAILURES_IN_A_ROW = 3  # of the centre, on different facts, before the pass gives up on it


class PageSending:
    """Step 3 of a pass. `beside` is what goes on beside the uploads: new facts, and what has become whole."""

    def __init__(
        self,
        books: Books,
        pages: PageFiles,
        link: Link,
        *,
        beside: Callable[[Run, list[str]], Awaitable[None]],
        tell: Callable[[], Awaitable[None]],
    ) -> None:
        self._books, self._pages, self._link = books, pages, link
        self._beside, self._tell = beside, tell
        self.fresh = asyncio.Event()  # set it when new facts may wait: they overtake pages
        self.held_back = False  # a person said "only facts", or the link is metered

    async def send(self, run: Run) -> None:
        """Bring every page that is known to be lacking. Raises what closes the road."""
        while not self.held_back:
            held_back = run.skipped
            rows = await self._books.ask(_awaited)
            run.awaited = {row.application_id: row for row in rows if row.application_id not in held_back}
            ids = list(run.awaited)
            needs = await self._books.ask(partial(outbox.needed_pages, application_ids=ids))
            if not needs:
                return
            run.left = Counter(need.application_id for need in needs)
            queue = deque(needs)
            self._link.begin()
            run.uploaders = 0
            async with asyncio.TaskGroup() as group:
                self._engage(group, run, queue)
                group.create_task(self._serve_desk(run))
            if run.broken is not None:
                raise run.broken

    def _engage(self, group: asyncio.TaskGroup, run: Run, queue: deque[PageNeed]) -> None:
        """Let as many upload as the link has been found to carry."""
        while queue and run.uploaders < self._link.uploads:
            run.uploaders += 1
            group.create_task(self._upload(group, run, queue))

    async def _serve_desk(self, run: Run) -> None:
        try:
            while run.uploaders:
                await self.fresh.wait()
                self.fresh.clear()
                whole, run.whole = run.whole, []
                await self._beside(run, whole)
        except JilaiError as error:
            run.broken = error

    async def _upload(self, group: asyncio.TaskGroup, run: Run, queue: deque[PageNeed]) -> None:
        # One that breaks does not break off the others: what they have on the wire would be sent again.
        try:
            while queue and run.broken is None and not self.held_back:
                if run.uploaders > self._link.uploads:
                    return  # the others carry on: more at once have not been faster
                need = queue.popleft()
                if need.application_id not in run.skipped:
                    await self._upload_one(run, need)
                if run.broken is None and not self.held_back:
                    self._engage(group, run, queue)
        except JilaiError as error:
            run.broken = error
        finally:
            run.uploaders -= 1
            self.fresh.set()

    async def _upload_one(self, run: Run, need: PageNeed) -> None:
        try:
            sent = await upload_page(
                run.transport,
                self._link,
                digest=need.digest,
                application_id=need.application_id,
                size=need.size,
                read=lambda: self._pages.get(need.digest),
                may_go_on=lambda: not self.held_back,
            )
        except (CentreError, MachineError) as error:
            if error.code in ROAD:
                raise
            await self._page_failed(run, need, error)
            return
        run.report.bytes_sent += sent.bytes
        if not sent.whole:
            return
        run.failures = 0
        run.report.pages += 1
        await self._books.ask(partial(outbox.mark_digest_held, digest=need.digest))
        run.left[need.application_id] -= 1
        if run.left[need.application_id] == 0 and run.awaited[need.application_id].receipt_number:
            run.whole.append(need.application_id)
            self.fresh.set()
        await self._tell()

    async def _page_failed(self, run: Run, need: PageNeed, error: JilaiError) -> None:
        """Only this page's application waits; the others go on."""
        run.skipped.add(need.application_id)
        row = run.awaited[need.application_id]
        now = self._books.clock()
        if error.problem.params.get("server_code") == "not_announced":
            again = offer_again if row.receipt_number else tell_again
            await self._books.ask(lambda db: again(db, now, row.outbox_id))
        elif error.code == "centre_error":
            run.report.problem = error.problem
            run.failures += 1
            if run.failures >= FAILURES_IN_A_ROW:
                raise error
        else:
            run.report.parked += 1
            await self._books.park(row.outbox_id, error)


def _awaited(db: Any) -> list[Awaiting]:
    """Return whose files may travel: applications first, then what facts refer to."""
    return [*awaiting(db), *awaiting_files(db)]
