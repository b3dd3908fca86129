"""The audit log on its way to the centre: behind the facts, batch by batch, each oath of the centre kept."""

from __future__ import annotations

from functools import partial
from typing import Any

from registration.audit_chain import Link
from registration.errors import CentreError
from storage import audit
from sync.books import Books
from sync.contract import verify
from sync.contract.audit import MOST_ROWS, PURPOSE, AuditAnswer, AuditBatch, AuditRow
from sync.report import Run

BATCHES_AT_ONCE = 20  # a pass sends no more, so that news and facts are never far


class AuditUpload:
    """Sends what the centre has not sworn to hold. Belongs to the sync thread."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._unknown_there = False  # an older centre: not asked again by this program

    async def send(self, run: Run) -> None:
        """Send up to BATCHES_AT_ONCE batches. Raises CentreError like every call.

        Where the centre holds rows that this log has no longer, it is told how far this one goes, and keeps
        both stories: a laptop put back to an older state goes on all the same.
        """
        for _ in range(BATCHES_AT_ONCE):
            held, head, rows = await self._books.ask(_look)
            if self._unknown_there or (not rows and held.broken is None):
                return
            batch = AuditBatch(rows=[AuditRow.model_validate(row) for row in rows], head=head.seq)
            answer = await run.transport.audit(batch)
            if answer is None:
                self._unknown_there = True
                return
            key, said = run.device.server_key, answer.statement
            if (
                key is None
                or said.device_id != run.device.device_id
                or not verify(key, PURPOSE, said.model_dump(), answer.signature)
            ):
                raise CentreError("not_the_centre")
            if answer.forks:
                await self._books.ask(partial(audit.note_fork, now=self._books.clock()))
            if not await self._books.ask(partial(_keep, now=self._books.clock(), answer=answer)):
                return


def _look(db: Any) -> tuple[Link, Link, list[dict[str, Any]]]:
    held = audit.held_through(db)
    return held, audit.head(db), audit.rows_after(db, held.seq, MOST_ROWS)


def _keep(db: Any, *, now: Any, answer: AuditAnswer) -> bool:
    """Keep the oath where it is about this log; return whether it was, and was new."""
    said = answer.statement
    if said.seq <= audit.held_through(db).seq or audit.hash_at(db, said.seq) != said.hash:
        return False
    audit.keep_oath(db, now, said.model_dump(), answer.signature)
    return True
