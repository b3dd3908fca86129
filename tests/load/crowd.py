"""What a crowd of windows does: facts at a steady pace, as fast as they go, all at once after an outage."""

from __future__ import annotations

import asyncio
import base64
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.load.line import Reply
from tests.load.windows import JSON, Case, Device, batch

_TUS = "Tus-Resumable: 1.0.0\r\n"
_OCTETS = "Content-Type: application/offset+octet-stream\r\n"
_COME_BACK = {429, 503}


@dataclass
class Seen:
    """Every answer of a run: how long it took and what it was."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    broken: int = 0  # connections that were refused or cut
    took: float = 0.0

    def note(self, reply: Reply) -> None:
        self.seconds.append(reply.seconds)
        self.statuses[reply.status] += 1

    def percentile(self, share: float) -> float:
        """Return the time in milliseconds that a share of all answers stayed under."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000


async def steady(work: Sequence[tuple[Device, Case]], rate: float) -> Seen:
    """Send one application each at `rate` a second, whether or not earlier ones were answered."""
    seen = Seen()
    locks: dict[str, asyncio.Lock] = {}

    async def one(device: Device, case: Case, due: float) -> None:
        async with locks.setdefault(device.code, asyncio.Lock()):
            reply = await device.line.send("POST", "/v1/events", case.batch, JSON)
        seen.statuses[reply.status] += 1
        seen.seconds.append(time.perf_counter() - due)  # from when it should have gone, so waiting counts

    began = time.perf_counter()
    tasks = []
    for number, (device, case) in enumerate(work):
        due = began + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        tasks.append(asyncio.create_task(one(device, case, due)))
    await asyncio.gather(*tasks)
    seen.took = time.perf_counter() - began
    return seen


async def flood(work: Sequence[tuple[Device, Case]], in_flight: int) -> Seen:
    """Send one application after another on so many lines at once."""
    seen = Seen()
    lanes: list[list[tuple[Device, Case]]] = [[] for _ in range(in_flight)]
    for device, case in work:  # one device sends one thing at a time
        lanes[hash(device.code) % in_flight].append((device, case))

    async def lane(mine: list[tuple[Device, Case]]) -> None:
        for device, case in mine:
            seen.note(await device.line.send("POST", "/v1/events", case.batch, JSON))

    began = time.perf_counter()
    await asyncio.gather(*[lane(mine) for mine in lanes])
    seen.took = time.perf_counter() - began
    return seen


async def storm(work: Sequence[tuple[Device, list[Case]]]) -> tuple[Seen, list[float]]:
    """Let every window reconnect in the same moment with what it has queued, facts and pages.

    Returns what was answered and, for each window, the seconds until the centre had sworn to all it brought.
    """
    seen = Seen()

    async def window(device: Device, cases: list[Case]) -> float:
        await _persist(device, seen, "GET", "/v1/changes?cursor=0", b"", "")
        await _persist(device, seen, "POST", "/v1/events", batch(cases), JSON)
        for case in cases:
            for digest, data in case.pages.items():
                await _upload(device, seen, digest, data)
        names = ",".join(f'"{case.id}"' for case in cases)
        query = f'{{"application_ids": [{names}]}}'.encode("ascii")
        while True:
            reply = await _persist(device, seen, "POST", "/v1/acknowledgements", query, JSON)
            if len(reply.json["acknowledgements"]) == len(cases):
                return time.perf_counter() - began

    began = time.perf_counter()
    done = await asyncio.gather(*[window(device, cases) for device, cases in work])
    seen.took = time.perf_counter() - began
    return seen, done


async def _upload(device: Device, seen: Seen, digest: str, data: bytes) -> None:
    named = base64.b64encode(digest.encode("ascii")).decode("ascii")
    headers = f"{_TUS}Upload-Length: {len(data)}\r\nUpload-Metadata: digest {named}\r\n"
    created = await _persist(device, seen, "POST", "/v1/pages/", b"", headers)
    if created.headers.get("upload-offset") != str(len(data)):
        headers = f"{_TUS}{_OCTETS}Upload-Offset: {created.headers['upload-offset']}\r\n"
        await _persist(device, seen, "PATCH", f"/v1/pages/{digest}", data, headers)


async def _persist(device: Device, seen: Seen, method: str, path: str, body: bytes, headers: str) -> Reply:
    """Send until it is answered with something else than *come back later*, as a window does, with jitter."""
    wait = 0.5
    while True:
        try:
            reply = await device.line.send(method, path, body, headers)
        except OSError:
            seen.broken += 1
        else:
            seen.note(reply)
            if reply.status not in _COME_BACK:
                return reply
            wait = max(wait, float(reply.headers["retry-after"]))
        await asyncio.sleep(wait * random.uniform(0.5, 1.0))
        wait = min(wait * 2, 15.0)
