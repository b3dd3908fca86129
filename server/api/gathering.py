"""Requests that come in the same moment share one transaction: a crowd costs little more than one of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from fastapi.concurrency import run_in_threadpool

_AT_ONCE = 2  # while one group waits for the disk, the next is on its way
_MOST = 48  # jobs of one group: what the last of them waits stays short

Job = TypeVar("Job")
Result = TypeVar("Result")


class Gathering(Generic[Job, Result]):
    """Collects jobs of one event loop and has them done in groups on threads.

    `do` returns one result or exception for each job. Where it raises, nothing of the group has happened: a
    group of several is then done job by job, so that one fails for itself alone.
    """

    def __init__(self, do: Callable[[Sequence[Job]], Sequence[Result | Exception]]) -> None:
        self._do = do
        self._waiting: list[tuple[Job, asyncio.Future[Result]]] = []
        self._groups: set[asyncio.Task[None]] = set()

    async def ask(self, job: Job) -> Result:
        """Have one job done and return its result, or raise its exception."""
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((job, future))
        if len(self._groups) < _AT_ONCE:
            group = asyncio.create_task(self._work())
            self._groups.add(group)
            group.add_done_callback(self._groups.discard)
        return await future

    async def _work(self) -> None:
        while self._waiting:
            group, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
            jobs = [job for job, _ in group]
            results = await self._done(jobs)
            if isinstance(results, Exception):
                alone = [await self._done([job]) for job in jobs] if len(jobs) > 1 else [results]
                results = [each if isinstance(each, Exception) else each[0] for each in alone]
            for (_, future), result in zip(group, results, strict=True):
                if future.cancelled():
                    continue  # who asked has gone
                if isinstance(result, Exception):
                    future.set_exception(result)
                else:
                    future.set_result(result)

    async def _done(self, jobs: Sequence[Job]) -> Sequence[Result | Exception] | Exception:
        try:
            return await run_in_threadpool(self._do, jobs)
        except Exception as error:
            return error
