"""/v1/packages: a laptop hands in packages that it carries for others, and takes their answers along."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi import Path as InPath
from fastapi.concurrency import run_in_threadpool
from starlette.responses import Response

from server.api.access import CentreHere, InGoodStanding
from server.centre import Centre
from server.errors import RefusedError
from server.packages import take_in, write_answer
from server.store.database import transaction
from server.store.page_files import sync_folder
from sync.contract.package_road import SLICE, AnswerFile, HandInAnswer, SliceAnswer

router = APIRouter(prefix="/v1/packages")
_ROOM_LEFT = 1 << 30  # bytes of the disk that packages never take
_LARGEST_PART = 5 << 30

PackageId = Annotated[str, InPath(pattern=r"^[0-9a-f]{32}$")]
PartNumber = Annotated[int, InPath(ge=1, le=9999)]
Offset = Annotated[int, Query(ge=0, le=_LARGEST_PART)]


@router.get("/{package}/{part}", response_model=SliceAnswer)
def get_part(package: PackageId, part: PartNumber, caller: InGoodStanding, centre: CentreHere) -> SliceAnswer:
    """Say how much of a part's file is here, on the disk."""
    file = _folder(centre, caller.device.id, package) / _name(part)
    return SliceAnswer(
        offset=file.stat().st_size if file.exists() else 0, server_time=centre.now().timestamp()
    )


@router.put("/{package}/{part}", response_model=SliceAnswer)
async def put_slice(
    package: PackageId,
    part: PartNumber,
    request: Request,
    caller: InGoodStanding,
    centre: CentreHere,
    offset: Offset = 0,
) -> SliceAnswer:
    """Write the next bytes of a part's file; they are on the disk before this is answered."""
    body = await request.body()
    if len(body) > 2 * SLICE or offset + len(body) > _LARGEST_PART:
        raise RefusedError(413, "too_large")
    folder = _folder(centre, caller.device.id, package)
    held = await run_in_threadpool(_append, folder, part, offset, body)
    return SliceAnswer(offset=held, server_time=centre.now().timestamp())


@router.post("/{package}", response_model=HandInAnswer)
def hand_in(package: PackageId, caller: InGoodStanding, centre: CentreHere) -> HandInAnswer:
    """Import a package whose parts are all here; asked again, say the same again.

    Raises RefusedError as server.packages.take_in; what is damaged is dropped, so that it can be sent anew.
    """
    folder = _folder(centre, caller.device.id, package)
    with _alone(folder):
        parts = sorted(folder.glob("part-*"))
        if not parts:
            raise RefusedError(404, "not_found")
        now = centre.now()
        try:
            with transaction(centre.engine) as connection:
                actor = f"device:{caller.device.id}"
                imported = take_in(connection, now, centre.keys, centre.files, parts, actor)
                if imported.package != package:
                    raise RefusedError(400, "package_mixed")
        except RefusedError as refused:
            if refused.code in {"package_damaged", "package_foreign", "package_mixed"}:
                for path in parts:
                    path.unlink(missing_ok=True)
            raise
        for old in folder.glob("*.jilai"):
            old.unlink()
        try:
            answer = write_answer(centre.keys, now, imported, folder, part_bytes=_LARGEST_PART)
        except OSError:
            raise RefusedError(507, "disk_full") from None
    return HandInAnswer(
        package=package,
        new=imported.new,
        events=imported.events,
        pages=imported.pages,
        answer=[AnswerFile(name=path.name, size=path.stat().st_size) for path in answer],
        server_time=centre.now().timestamp(),
    )


@router.get("/{package}/answer/{number}")
def get_answer(
    package: PackageId, number: PartNumber, caller: InGoodStanding, centre: CentreHere, offset: Offset = 0
) -> Response:
    """Return bytes of the answer to a package that this device handed in."""
    files = sorted(_folder(centre, caller.device.id, package).glob("*.jilai"))
    if number > len(files):
        raise RefusedError(404, "not_found")
    with files[number - 1].open("rb") as file:
        file.seek(offset)
        return Response(
            file.read(SLICE), media_type="application/octet-stream", headers={"Cache-Control": "no-store"}
        )


def _folder(centre: Centre, device_id: str, package: str) -> Path:
    # Each carrier has a shelf of its own: none can spoil what another is sending.
    return centre.settings.data_dir / "packages" / device_id / package


def _name(part: int) -> str:
    return f"part-{part:04d}"


def _append(folder: Path, part: int, offset: int, body: bytes) -> int:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if shutil.disk_usage(folder).free < _ROOM_LEFT + len(body):
        raise RefusedError(507, "disk_full", headers={"Retry-After": "60"})
    with _alone(folder), (folder / _name(part)).open("ab") as file:
        size = file.tell()
        if size != offset:
            raise RefusedError(409, "offset_mismatch", headers={"Upload-Offset": str(size)})
        try:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            file.truncate(size)
            raise RefusedError(507, "disk_full", headers={"Retry-After": "60"}) from None
    sync_folder(folder)
    return size + len(body)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one request at a time touch a package. Raises RefusedError locked, not_found."""
    if not folder.is_dir():
        raise RefusedError(404, "not_found")
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise RefusedError(423, "locked", headers={"Retry-After": "1"}) from None
    finally:
        os.close(handle)
