"""What a person asks the centre beside the passes, and its answer."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from registration.errors import JilaiError, Problem
from storage.device import DeviceIdentity
from sync.report import place_of
from sync.status import Holding
from sync.transport import Transport
from sync.uploads import page_offset

T = TypeVar("T")

log = logging.getLogger(__name__)


class Questions:
    """Asks on the sync thread's loop. `reach` gives transport and device, or raises why there is no road."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        reach: Callable[[], Awaitable[tuple[Transport, DeviceIdentity]]],
    ) -> None:
        self._loop, self._reach = loop, reach
        self._tasks: set[asyncio.Task[None]] = set()

    def put(
        self,
        question: Callable[[Transport, DeviceIdentity], Awaitable[T]],
        answer: Callable[[T | Problem], None],
    ) -> None:
        """From any thread: `answer` is called once, on the sync thread, and must return at once."""

        def begin() -> None:
            task = self._loop.create_task(self._ask(question, answer))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

        with contextlib.suppress(RuntimeError):  # the loop has closed: nobody is left to hear it
            self._loop.call_soon_threadsafe(begin)

    async def close(self) -> None:
        """Break off what is under way; it stays unanswered."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _ask(
        self,
        question: Callable[[Transport, DeviceIdentity], Awaitable[T]],
        answer: Callable[[T | Problem], None],
    ) -> None:
        try:
            answer(await question(*await self._reach()))
        except JilaiError as error:
            answer(error.problem)
        except Exception as error:
            log.error("a question failed unexpectedly: %s at %s", type(error).__name__, place_of(error))
            answer(Problem("bug"))


async def case_of(transport: Transport, _device: DeviceIdentity, application_id: str) -> dict[str, Any]:
    """Ask for a case as the centre has it: a CaseFact of the wire, as JSON."""
    fact = await transport.case(application_id)
    return fact.model_dump(mode="json")


async def session_of(transport: Transport, _device: DeviceIdentity, session_id: str) -> dict[str, Any]:
    """Ask what the centre holds of a session: a SessionFact of the wire, as JSON."""
    return (await transport.session(session_id)).model_dump(mode="json")


async def holding_of(transport: Transport, _device: DeviceIdentity, application_id: str) -> Holding:
    """Ask what the centre holds of one application: its acknowledgement, or how far each page is."""
    answer = await transport.acknowledgements([application_id])
    if any(ack.statement.application_id == application_id for ack in answer.acknowledgements):
        return Holding(application_id, known=True, whole=True)
    if application_id not in answer.missing:
        return Holding(application_id, known=False, whole=False)
    lacking = answer.missing[application_id]
    there = 0
    for digest in lacking:
        there += await page_offset(transport, digest)
    return Holding(application_id, known=True, whole=False, lacking=len(lacking), bytes_there=there)
