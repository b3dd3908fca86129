"""Handing a carried package in over the wire, and bringing its answer along for the one who made it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from pydantic import ValidationError

from registration.errors import CentreError, Problem
from storage.device import DeviceIdentity
from storage.durable import make_folder, write_file
from sync.contract import Wire
from sync.contract import package_format as form
from sync.contract.package_road import SLICE, HandInAnswer, SliceAnswer
from sync.transport import Answer, Transport

T = TypeVar("T")
M = TypeVar("M", bound=Wire)
Progress = Callable[[int, int], bool]
_LEAST_SILENCE = 60.0  # seconds that the centre may take over a package, and beyond that
_SLOWEST_IMPORT = 2e6  # the bytes a second that a slow disk takes in


class Asks(Protocol):
    """Who asks the centre beside the passes (sync/questions.py has this shape)."""

    def put(
        self,
        question: Callable[[Transport, DeviceIdentity], Awaitable[T]],
        answer: Callable[[T | Problem], None],
    ) -> None: ...


async def hand_in(
    transport: Transport, _device: DeviceIdentity, files: Sequence[Path], folder: Path, progress: Progress
) -> list[Path] | None:
    """Send a package's files and return those of its answer, in `folder`; None where `progress` said stop.

    Goes on where an earlier try broke off. Raises CentreError: the road's, or centre_refused with its words.
    """
    parts = [form.read_part(path) for path in files]
    whole = sum(path.stat().st_size for path in files)
    done = 0
    for part in parts:
        if not await _send(transport, part, progress, done, whole):
            return None
        done += part.path.stat().st_size
    road = f"/v1/packages/{parts[0].header.package}"
    told = await _taken_in(transport, road, whole, progress)
    if told is None:
        return None
    answer = _read_answer(HandInAnswer, told)
    kept = []
    await asyncio.to_thread(make_folder, folder)
    for number, file in enumerate(answer.answer, start=1):
        arriving = folder / f"arriving-{parts[0].header.package[:12]}-{number}{form.SUFFIX}"
        kept.append(await _fetch(transport, f"{road}/answer/{number}", file.size, arriving))
    return kept


async def _send(transport: Transport, part: form.Part, progress: Progress, done: int, whole: int) -> bool:
    road = f"/v1/packages/{part.header.package}/{part.header.part}"
    size = part.path.stat().st_size
    offset = _read_answer(SliceAnswer, await transport.request("GET", road, b"", {})).offset
    if not 0 <= offset <= size:
        raise CentreError("not_the_centre")
    while offset < size:
        if not progress(done + offset, whole):
            return False
        data = await asyncio.to_thread(_read, part.path, offset)
        got = await transport.request(
            "PUT",
            f"{road}?offset={offset}",
            data,
            {"Content-Type": "application/octet-stream"},
            throttled=True,
        )
        held = _read_answer(SliceAnswer, got).offset
        if not offset < held <= size:
            raise CentreError("not_the_centre")
        offset = held
    return progress(done + size, whole)


async def _taken_in(transport: Transport, road: str, whole: int, progress: Progress) -> Answer | None:
    """Have the centre prove and take in `whole` bytes, which lasts; None where `progress` said stop."""
    silence = _LEAST_SILENCE + whole / _SLOWEST_IMPORT
    asked = asyncio.ensure_future(transport.request("POST", road, b"", {}, silence=silence))
    try:
        while not asked.done():
            await asyncio.wait({asked}, timeout=1.0)
            if not asked.done() and not progress(whole, whole):
                return None
        return asked.result()
    finally:
        asked.cancel()


async def _fetch(transport: Transport, road: str, size: int, target: Path) -> Path:
    data = bytearray()
    while len(data) < size:
        piece = (await transport.request("GET", f"{road}?offset={len(data)}", b"", {})).body
        if not piece:
            raise CentreError("not_the_centre")
        data += piece
    await asyncio.to_thread(write_file, target, bytes(data))
    return target


def _read_answer(kind: type[M], answer: Answer) -> M:
    """Return what an answer says. CentreError not_the_centre for anything else."""
    try:
        return kind.model_validate_json(answer.body)
    except ValidationError:
        raise CentreError("not_the_centre") from None


def _read(path: Path, offset: int) -> bytes:
    with path.open("rb") as file:
        file.seek(offset)
        return file.read(SLICE)
