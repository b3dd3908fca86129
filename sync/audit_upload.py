"""The audit log on its way to the centre: behind the facts, batch by batch, each oath of the centre kept."""

from __future__ import annotations

from functools import partial
from typing import Any

from registration.audit_chain import Link
from registration.errors import CentreError
from storage import audit, lives
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
        self._life: str | None = None  # the centre's, that was asked how far it holds this log

    async def send(self, run: Run) -> None:
        """Send up to BATCHES_AT_ONCE batches. Raises CentreError like every call.

        Where the centre holds rows that this log has no longer, it is told how far this one goes, and keeps
        both stories: a laptop put back to an older state goes on all the same. A centre in a life that was
        not asked yet may hold less than it once swore to: it is asked first, and gets the rest again.
        """
        for _ in range(BATCHES_AT_ONCE):
            held, head, rows, life = await self._books.ask(_look)
            if self._unknown_there or (not rows and held.broken is None):
                return
            asking = life != self._life
            sent = [] if asking else [AuditRow.model_validate(row) for row in rows]
            batch = AuditBatch(rows=sent, head=head.seq)
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
            kept = await self._books.ask(partial(_keep, now=self._books.clock(), answer=answer))
            self._life = life
            if not kept and not asking:
                return


def _look(db: Any) -> tuple[Link, Link, list[dict[str, Any]], str]:
    held = audit.held_through(db)
    return held, audit.head(db), audit.rows_after(db, held.seq, MOST_ROWS), lives.life(db)


def _keep(db: Any, *, now: Any, answer: AuditAnswer) -> bool:
    """Keep the oath where it is about this log; return whether it was, and was new.

    A centre that was put back to a backup swears to less than before: that is what it holds now.
    """
    said = answer.statement
    if said.seq == audit.held_through(db).seq or audit.hash_at(db, said.seq) != said.hash:
        return False
    audit.keep_oath(db, now, said.model_dump(), answer.signature)
    return True
