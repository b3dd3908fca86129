"""When the centre turns out to be in another life than before: what it lost is offered to it again."""

from __future__ import annotations

from functools import partial

from storage import lives
from sync.books import Books
from sync.transport import Transport


async def meet_life(books: Books, transport: Transport, epoch: str) -> None:
    """Ask a centre that names another epoch from when on to send again, and let that go; "" is no epoch.

    The moment and the epoch come in one answer: a centre restored between two answers is met as it is now.
    """
    if not epoch or epoch == await books.ask(lives.life):
        return
    health = await transport.health()
    if health.epoch:
        meet = partial(lives.meet, now=books.clock(), epoch=health.epoch, resend_after=health.resend_after)
        await books.ask(meet, aloud=True)
