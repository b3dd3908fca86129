"""Making a sealed package: what has not reached the centre, cut into parts, read back after writing."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from registration.errors import InputError, MachineError
from storage import outbox, packages
from storage.database import Store
from storage.device import DeviceIdentity, read_device
from storage.durable import sync_folder
from storage.failures import of_system
from storage.packages import PackageMade, PackageWritten
from storage.pages import PageFiles
from storage.values import OutboxRow, Who
from sync.contract import b64, key_id
from sync.contract import package_format as form
from sync.contract import package_records as records
from sync.contract.package_format import Header, PackageError
from sync.judgement import event_of

_AT_ONCE = 50  # events that are in memory together
Progress = Callable[[int, int], bool]  # (bytes done, bytes in all) -> go on?


def begin(store: Store, who: Who, now: datetime, part_bytes: int) -> PackageMade:
    """Decide what a new package takes along, and note it.

    Raises InputError package_nothing where all has reached the centre, MachineError not_enrolled.
    """
    device = _enrolled(store)
    wanted = store.read(packages.plan)
    if not (wanted.events or wanted.pages):
        raise InputError("package_nothing")
    ephemeral = X25519PrivateKey.generate()
    opening = _opening(wanted.cursor, who.operator_id, len(wanted.events), len(wanted.pages))
    content = len(opening) + len(records.END)
    content += sum(records.page_room(size) for _, size in wanted.pages)
    for start in range(0, len(wanted.events), _AT_ONCE):
        ids = wanted.events[start : start + _AT_ONCE]
        content += sum(len(_event(row)) for row in store.read(partial(outbox.events, outbox_ids=ids)))
    size = form.sealed_size(content)
    parts = len(form.layout(size, part_bytes))
    assert device.recovery_key is not None
    receiver, secret = device.recovery_key, ephemeral.private_bytes_raw()
    return store.write(
        lambda db: packages.begin(
            db,
            who,
            now,
            wanted,
            receiver=receiver,
            ephemeral=secret,
            size=size,
            part_bytes=part_bytes,
            parts=parts,
        )
    ).result()


def write(
    store: Store, pages: PageFiles, package: PackageMade, folder: Path, progress: Progress
) -> PackageWritten | None:
    """Write the parts of a noted package into `folder`; None where `progress` said stop.

    The same package gives the same bytes: parts that are there and verify are kept, so a run that broke off
    goes on. Every part is written beside, synchronised, renamed and read back.
    Raises MachineError disk_full, disk_read_only, page_missing, page_damaged, package_unverified.
    """
    device = _enrolled(store)
    cuts = form.layout(package.size, package.part_bytes)
    ephemeral = X25519PrivateKey.from_private_bytes(package.ephemeral)
    public = ephemeral.public_key().public_bytes_raw()
    key = form.stream_key(ephemeral, package.receiver, public, package.receiver)
    own_key = device.signing_key.public_key().public_bytes_raw()
    headers = [
        Header(
            kind="facts",
            package=package.id,
            device_id=device.device_id or "",
            device_code=device.device_code or "",
            maker_key=key_id(own_key),
            made_at=package.made_at.astimezone(UTC).isoformat(timespec="seconds"),
            ephemeral=b64(public),
            reply_key=form.public_of(form.reply_secret(device.signing_key)),
            nonce=b64(package.nonce),
            size=package.size,
            parts=len(cuts),
            part=number,
            offset=offset,
            length=length,
        )
        for number, (offset, length) in enumerate(cuts, start=1)
    ]
    there = {header.part for header in headers if _is_there(folder / header.file_name, header, own_key)}
    sealed = _Stream(form.seal(key, headers[0], _content(store, pages, package)))
    files, done = [], 0
    try:
        for header in headers:
            path = folder / header.file_name
            files.append(path)
            if header.part in there and len(there) == len(headers):
                continue  # a whole package: nothing to make
            beside = path.with_name(f".{path.name}.tmp")
            if not _write_part(beside, header, sealed, device, progress, done, keep=header.part not in there):
                return None
            if header.part not in there:
                beside.replace(path)
                sync_folder(folder)
                if not _is_there(path, header, own_key):
                    raise MachineError("package_unverified")
            done += header.length
    except OSError as error:
        raise of_system(error) from error
    return PackageWritten(package, tuple(files), len(there))


def _write_part(
    beside: Path, header: Header, sealed: _Stream, device: DeviceIdentity, progress: Progress, done: int,
    *, keep: bool,
) -> bool:  # fmt: skip
    """Write one part; where it is not to be kept its bytes are only passed over. False: told to stop."""
    hashed = hashlib.sha256()
    try:
        with (beside if keep else Path(os.devnull)).open("wb") as file:
            head = form.prologue(header)
            file.write(head)
            hashed.update(head)
            left = header.length
            while left:
                piece = sealed.take(left)
                hashed.update(piece)
                file.write(piece)
                left -= len(piece)
                if not progress(done + header.length - left, header.size):
                    raise InterruptedError
            file.write(form.sign_part(device.signing_key, hashed.digest()))
            file.flush()
            if keep:
                os.fsync(file.fileno())
    except BaseException as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        if isinstance(error, InterruptedError):
            return False
        raise
    return True


def _is_there(path: Path, header: Header, public_key: bytes) -> bool:
    try:
        part = form.read_part(path)
        form.verify_part(part, public_key)
    except PackageError:
        return False
    return part.header == header


def _content(store: Store, pages: PageFiles, package: PackageMade) -> Iterator[bytes]:
    """Yield the open stream: what is said before it is sealed. Pages are read from their sealed files."""
    yield _opening(package.cursor, package.operator_id, len(package.events), len(package.pages))
    for start in range(0, len(package.events), _AT_ONCE):
        ids = package.events[start : start + _AT_ONCE]
        for row in store.read(partial(outbox.events, outbox_ids=ids)):
            yield _event(row)
    for digest, size in package.pages:
        yield records.page_head(digest, size)
        yield pages.get(digest)
    yield records.END


def _event(row: OutboxRow) -> bytes:
    return records.text_record(b"E", event_of(row))


def _opening(cursor: int, operator_id: str, events: int, pages: int) -> bytes:
    return records.text_record(
        b"O", records.Opening(operator_id=operator_id, cursor=cursor, events=events, pages=pages)
    )


def _enrolled(store: Store) -> DeviceIdentity:
    device = store.read(read_device)
    if device is None or device.device_id is None or device.recovery_key is None:
        raise MachineError("not_enrolled")
    return device


class _Stream:
    """Chunks taken by any number of bytes."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._waiting = memoryview(b"")

    def take(self, most: int) -> bytes:
        """Return at least one byte and at most `most`; MachineError package_unverified at an early end."""
        if not self._waiting:
            self._waiting = memoryview(next(self._chunks, b""))
            if not self._waiting:
                raise MachineError("package_unverified")
        piece = bytes(self._waiting[:most])
        self._waiting = self._waiting[most:]
        return piece
