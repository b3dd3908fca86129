"""When facts travel: one thread that wakes on change, on a schedule with backoff, and on the button."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from registration.changes import Changes
from registration.errors import CentreError, JilaiError, Problem
from storage.arrivals import Arrival
from storage.database import Store
from storage.device import DeviceIdentity
from storage.link import link_settings
from storage.pages import PageFiles
from sync.arrival import ask_arrival
from sync.engine import Engine
from sync.listening import Listener
from sync.loop import DaemonLoop
from sync.policy import LinkPolicy
from sync.questions import Questions, case_of, holding_of, session_of
from sync.refusals import LOST_SIGN_IN, UNENROLLABLE, phase_of
from sync.report import Report, place_of
from sync.status import Holding, PagesHeld, Phase, SyncStatus
from sync.throttle import Throttle
from sync.transport import PATIENCE, Patience, Transport

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pace:
    """How patient the worker is; all in seconds."""

    first_retry: float = 1.0
    longest_retry: float = 15.0  # one connection tried: cheap, and nobody waits a minute for a cable put back
    least_gap: float = 1.0  # between two tries while the road is closed, whatever wakes it
    refused_retry: float = 600.0  # after a lost sign-in, in case the centre restores it
    heartbeat: float = 45.0  # a pass at least this often while in contact and idle
    long_poll: int = 25  # 0 switches the standing request off
    status_gap: float = 0.15  # least time between two status values within a pass


class SyncWorker:
    """Owns the HTTP client and the retry clock; asks the store thread for everything in the database.

    `on_status` is called on the sync thread with every new SyncStatus and must return at once.
    `clock` gives aware time. How the link may be used, by what the centre is known again and through which
    proxy are in the store (`storage.link`); the environment's proxy settings are not looked at.
    """

    def __init__(
        self,
        store: Store,
        pages: PageFiles,
        *,
        operator_id: str = "",
        on_status: Callable[[SyncStatus], None],
        clock: Callable[[], datetime],
        heard: Callable[[float], float] | None = None,
        pace: Pace = Pace(),
        patience: Patience = PATIENCE,
    ) -> None:
        self._store = store
        self._engine = Engine(store, pages, clock, on_progress=self._progressed)
        self._operator_id = operator_id
        self._on_status = on_status
        self._clock, self._heard = clock, heard
        self._pace, self._patience = pace, patience
        self._status = SyncStatus()
        self._status_at = 0.0
        self._failures = 0
        self._transport: Transport | None = None
        self._transport_for: tuple[object, ...] = ()
        self._loop = DaemonLoop()
        self._nudge = asyncio.Event()  # something changed, or the button was pressed
        self._minder: asyncio.Task[None] | None = None
        self._main: asyncio.Task[None] | None = None
        self._pass: asyncio.Task[Report] | None = None
        self.questions = Questions(self._loop, self._in_contact)  # for what is asked beside the passes
        self._policy = LinkPolicy()
        self._throttle = Throttle(time.monotonic)
        self._stale = asyncio.Event()  # the link's settings may have changed
        self._listener = Listener(self._engine, pace.long_poll, self._say, self._nudge.set)
        self._hurried = False
        self._stopped = False
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)

    # -- called from any thread ------------------------------------------------------------------------

    def start(self) -> None:
        """Begin; the first try is immediate. A worker is started once."""
        self._store.add_listener(self._changed)
        self._thread.start()

    def wake(self) -> None:
        """Try now, whatever the schedule says: the button."""

        def press() -> None:
            self._hurried = True
            self._hear()

        self._post(press)

    def set_operator(self, operator_id: str) -> None:
        """Name the operator in whose name requests are made from now on; "" for nobody signed in."""

        def change() -> None:
            self._operator_id = operator_id
            self._nudge.set()

        self._post(change)

    def set_metered(self, metered: bool) -> None:
        """Say whether the system's link is paid by volume; where it is, pages wait for a person's word."""
        self._post(lambda: self._decide(lambda: self._policy.set_metered(metered)))

    def allow_metered(self) -> None:
        """Let pages travel over this metered link, until the system is on another."""
        self._post(lambda: self._decide(self._policy.allow))

    def ask_about(self, application_id: str, answer: Callable[[Holding | Problem], None]) -> None:
        """Ask the centre what it holds of one application; `answer` is called on the sync thread."""
        self.questions.put(partial(holding_of, application_id=application_id), answer)

    def ask_case(self, application_id: str, answer: Callable[[dict[str, Any] | Problem], None]) -> None:
        """Ask for a case as the centre has it (a CaseFact as JSON); `answer` is called on the sync thread."""
        self.questions.put(partial(case_of, application_id=application_id), answer)

    def ask_session(self, session_id: str, answer: Callable[[dict[str, Any] | Problem], None]) -> None:
        """Ask what the centre holds of a session (a SessionFact as JSON), as `ask_case` does."""
        self.questions.put(partial(session_of, session_id=session_id), answer)

    def ask_arrival(self, answer: Callable[[Arrival | Problem], None]) -> None:
        """Have the centre swear that all has arrived, for the store; what is lacking is offered again."""

        async def ask(transport: Transport, device: DeviceIdentity) -> Arrival:
            arrival = await ask_arrival(transport, device, self._engine.books)
            self._hear()  # what is lacking goes at once
            return arrival

        self.questions.put(ask, answer)

    def stop(self, timeout: float = 2.0) -> bool:
        """End the thread, even in the middle of a request; say whether it ended in `timeout` seconds.

        What was under way counts as undelivered and goes on at the next start.
        """
        if self._thread.ident is None:
            self._loop.close()
            return True
        self._post(self._end)
        self._thread.join(timeout)
        return not self._thread.is_alive()

    @property
    def status(self) -> SyncStatus:
        """The last status given out."""
        return self._status

    def _post(self, action: Callable[[], None]) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has closed: nothing left to tell
            self._loop.call_soon_threadsafe(action)

    def _changed(self, changes: Changes) -> None:
        # On the store thread. The engine's own writes are part of the pass that made them.
        if (changes.outbox or changes.account) and changes is not self._engine.books.own_changes:
            self._post(self._hear)

    def _hear(self) -> None:
        self._stale.set()
        self._engine.pages.fresh.set()
        self._nudge.set()

    # -- the sync thread -------------------------------------------------------------------------------

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._minder = self._loop.create_task(self._mind_link())
            self._main = self._loop.create_task(self._keep_going())
            with contextlib.suppress(asyncio.CancelledError):
                self._loop.run_until_complete(self._main)
        finally:
            self._loop.run_until_complete(self._close())
            self._loop.close()

    def _end(self) -> None:
        self._stopped = True
        self._nudge.set()
        if self._main is not None:
            self._main.cancel()

    async def _close(self) -> None:
        if self._minder is not None:
            self._minder.cancel()
        await self.questions.close()
        await self._listener.drop()
        if self._transport is not None:
            await self._transport.aclose()
        await self._loop.wind_up()

    async def _keep_going(self) -> None:
        while not self._stopped:
            self._nudge.clear()
            began = time.monotonic()
            try:
                rest = await self._one_try()
                if rest is not None and self._failures:
                    await self._say(next_try_at=self._clock() + timedelta(seconds=rest))
            except Exception as error:
                rest = await self._unexpected(error)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._nudge.wait(), rest)
            if self._failures and not self._stopped:
                # A change or the button cuts the backoff short, but a burst of them must not hammer.
                await asyncio.sleep(max(began + self._pace.least_gap - time.monotonic(), 0.0))

    async def _one_try(self) -> float | None:
        """Make one pass; return after how many seconds the next is due, None for "when something changes"."""
        await self._read_link()
        if self._policy.paused:
            await self._listener.drop()
            self._failures = 0
            await self._say(phase=Phase.PAUSED, problem=None, sending=0, next_try_at=None)
            return None
        device = await self._engine.device()
        if device is None or (device.device_id is None and not (device.centre_url and device.enrolment_code)):
            await self._say(phase=Phase.UNENROLLED, problem=None)
            return None
        if self._hurried or not (self._failures or self._status.in_contact):
            await self._say(phase=Phase.CONNECTING, next_try_at=None)
        try:
            if self._hurried or not self._status.in_contact:
                # A row may be put off to a time that a wrong clock made, or that means nothing by now.
                self._hurried = False
                await self._engine.hurry()
            transport = await self._reach(device)
            if device.device_id is None:
                await self._engine.enrol(transport, device)
                device = await self._engine.device() or device
                transport = await self._reach(device)
            ended = await self._make_pass(transport, device)
            if ended is None:
                return 0.0
            report = ended
        except JilaiError as error:
            report = Report(problem=error.problem)
        return await self._finished(report, enrolled=device.device_id is not None)

    async def _reach(self, device: DeviceIdentity) -> Transport:
        """Return the transport for this device, operator and address, made anew when one of them changed."""
        operator_id = await self._engine.operator_for(self._operator_id)
        link = self._policy.settings
        wanted = (device.centre_url, device.device_id, operator_id, link.authorities, link.pin, link.proxy)
        if self._transport is None or self._transport_for != wanted:
            await self._listener.drop()
            if self._transport is not None:
                await self._transport.aclose()
                self._transport = None
            self._transport = Transport(
                device.centre_url,
                device.device_id,
                operator_id,
                device.signing_key,
                clock=self._clock,
                heard=self._heard,
                authorities=link.authorities,
                pin=link.pin,
                proxy=link.proxy,
                throttle=self._throttle,
                patience=self._patience,
            )
            self._transport_for = wanted
        return self._transport

    async def _make_pass(self, transport: Transport, device: DeviceIdentity) -> Report | None:
        """Make one pass; None where it was broken off because a person paused the link."""
        self._pass = self._loop.create_task(self._engine.one_pass(transport, device))
        try:
            return await self._pass
        except asyncio.CancelledError:
            if self._stopped:
                raise
            return None
        finally:
            self._pass = None

    async def _finished(self, report: Report, *, enrolled: bool) -> float | None:
        problem = report.problem
        if problem is None:
            self._failures = 0
            await self._say(phase=Phase.CONNECTED, problem=None, next_try_at=None, sending=0)
            self._stand_by()
            rest = self._pace.heartbeat * random.uniform(0.8, 1.2)
            return rest if report.next_due is None else min(rest, max(report.next_due, 0.05))
        await self._listener.drop()
        # Progress before the break means the road is there: begin the backoff again.
        self._failures = 1 if report.progressed else self._failures + 1
        phase = phase_of(problem, enrolled=enrolled, progressed=report.progressed)
        await self._say(phase=phase, problem=problem, sending=0, next_try_at=None)
        if problem.code in UNENROLLABLE:
            return None  # only a person's change can help
        if problem.code in LOST_SIGN_IN:
            return self._pace.refused_retry * random.uniform(0.8, 1.2)
        return self._backoff(float(problem.params.get("seconds", "0")))

    def _backoff(self, at_least: float = 0.0) -> float:
        """Return the seconds until the next try: doubled per failure, jittered so that windows spread out."""
        wait = min(self._pace.first_retry * 2.0 ** min(self._failures - 1, 16), self._pace.longest_retry)
        if at_least > 0:
            return max(wait, at_least) * random.uniform(1.0, 1.25)
        return wait * random.uniform(0.5, 1.0)

    async def _unexpected(self, error: Exception) -> float:
        log.error("a sync pass failed unexpectedly: %s at %s", type(error).__name__, place_of(error))
        await self._listener.drop()
        self._failures += 1
        with contextlib.suppress(Exception):  # the store itself may be what fails
            await self._say(problem=Problem("bug"), sending=0)
        return self._backoff()

    # -- what may travel -------------------------------------------------------------------------------

    async def _mind_link(self) -> None:
        """Follow the link's settings while a pass is under way, too."""
        while True:
            await self._stale.wait()
            self._stale.clear()
            with contextlib.suppress(JilaiError):  # the store is failing, and the pass says so
                await self._read_link()

    async def _read_link(self) -> None:
        self._policy.settings = await self._engine.books.ask(link_settings)
        self._follow_policy()

    def _decide(self, change: Callable[[], None]) -> None:
        change()
        self._follow_policy()
        self._nudge.set()

    def _follow_policy(self) -> None:
        self._throttle.rate = self._policy.bytes_a_second
        self._engine.pages.held_back = self._policy.pages_held is not PagesHeld.NO
        if self._policy.paused and self._pass is not None:
            self._pass.cancel()

    async def _in_contact(self) -> tuple[Transport, DeviceIdentity]:
        """Return whom to ask. Raises CentreError offline where there is no road that may be used."""
        device = await self._engine.device()
        if self._transport is None or device is None or device.device_id is None or self._policy.paused:
            raise CentreError("offline")
        return self._transport, device

    # -- news for the window ---------------------------------------------------------------------------

    def _stand_by(self) -> None:
        if self._transport is not None:
            self._listener.begin(self._transport)

    async def _progressed(self) -> None:
        """Within a pass: facts or pages have arrived at the centre."""
        self._stand_by()
        if time.monotonic() - self._status_at >= self._pace.status_gap:
            await self._say(phase=Phase.SENDING, problem=None, next_try_at=None)

    async def _say(self, **news: Any) -> None:
        pending = await self._engine.pending()
        transport = self._transport
        phase = news.get("phase", self._status.phase)
        facts: dict[str, Any] = {
            "waiting": pending.applications,
            "parked": pending.parked,
            "pages_waiting": pending.pages,
            "bytes_waiting": pending.bytes,
            "sending": pending.applications if phase is Phase.SENDING else 0,
            "pages_held": self._policy.pages_held,
            "metered": self._policy.metered,
            "rate": self._engine.link.rate() if phase is Phase.SENDING else 0.0,
        }
        if transport is not None and transport.last_answer_at is not None:
            facts["last_contact"] = transport.last_answer_at
        if transport is not None and transport.clock_offset is not None:
            facts["clock_offset"] = transport.clock_offset
        status = replace(self._status, **(facts | news))
        if status != self._status:
            self._status = status
            self._status_at = time.monotonic()
            self._on_status(status)
