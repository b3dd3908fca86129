"""Carrying others' packages: proved by the maker's signature, kept as they are, never opened."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from registration.errors import MachineError
from storage import packages
from storage.database import Store
from storage.device import DeviceIdentity
from storage.durable import make_folder, sync_folder
from storage.failures import of_system
from storage.packages import PackageCarried
from storage.trust import trusted_keys
from storage.values import Who
from sync.contract import key_id, unb64
from sync.contract import package_format as form
from sync.contract.package_format import Part

_COPY = 1 << 20
Progress = Callable[[int, int], bool]


def prove(store: Store, device: DeviceIdentity, parts: Sequence[Part]) -> None:
    """Prove the maker's signature on parts of one package.

    Raises PackageError package_unknown_maker or package_damaged.
    """
    key = _maker_key(store, device, parts[0])
    for part in parts:
        form.verify_part(part, key)


def keep(
    store: Store, folder: Path, who: Who, now: datetime, parts: Sequence[Part], progress: Progress
) -> PackageCarried | None:
    """Keep copies of parts of one package, proved before, in `folder`; None where `progress` said stop.

    Raises MachineError disk_full, disk_read_only.
    """
    total = sum(part.header.length for part in parts)
    done = 0
    try:
        make_folder(folder)
        for part in parts:
            if not _copy(part.path, folder / part.header.file_name, progress, done, total):
                return None
            done += part.header.length
    except OSError as error:
        raise of_system(error) from error
    header = parts[0].header
    package = PackageCarried(
        header.package,
        header.kind,
        header.answers,
        header.device_code,
        header.made_at,
        header.parts,
        header.size,
        (),
        now,
        None,
    )
    store.write(lambda db: packages.carry(db, who, now, package, [p.header.part for p in parts])).result()
    return next(
        each for each in store.read(packages.carried) if (each.id, each.kind) == (package.id, package.kind)
    )


def hand_on(
    store: Store, folder: Path, target: Path, device: DeviceIdentity, who: Who, now: datetime,
    package: PackageCarried, progress: Progress,
) -> tuple[Path, ...] | None:  # fmt: skip
    """Copy the kept parts of a carried package to a drive and prove the copies; None where told to stop.

    Raises PackageError as kept_parts, package_damaged where a kept part has spoiled; MachineError disk_full,
    disk_read_only, package_unverified.
    """
    own = kept_parts(folder, package)
    total = sum(part.path.stat().st_size for part in own)
    copied, done = [], 0
    try:
        for part in own:
            copy = target / part.path.name
            if not _copy(part.path, copy, progress, done, total):
                return None
            done += part.path.stat().st_size
            copied.append(copy)
            try:
                prove(store, device, [form.read_part(copy)])
            except form.PackageError as error:
                prove(store, device, [part])
                raise MachineError("package_unverified") from error
    except OSError as error:
        raise of_system(error) from error
    store.write(lambda db: packages.handed_on(db, who, now, package.id, package.kind)).result()
    return tuple(copied)


def kept_parts(folder: Path, package: PackageCarried) -> list[Part]:
    """Return the parts of a carried package that have come to this machine, in their order.

    PackageError package_part_missing with the numbers that are gone, package_damaged for one that is cut.
    """
    ack = "-ack" if package.kind == "acknowledgement" else ""
    paths = sorted(folder.glob(f"{package.device_code}-{package.id[:12]}{ack}.*{form.SUFFIX}"))
    parts = [form.read_part(path) for path in paths]
    gone = sorted({*package.have} - {part.header.part for part in parts})
    if gone or not parts:
        raise form.PackageError("package_part_missing", ", ".join(map(str, gone)))
    return parts


def _maker_key(store: Store, device: DeviceIdentity, part: Part) -> bytes:
    """Return the public key that has to have signed: a device's that the centre told us, or the centre's."""
    wanted = part.header.maker_key
    if part.header.kind == "acknowledgement":
        if device.server_key is not None and key_id(device.server_key) == wanted:
            return device.server_key
    else:
        entry = store.read(trusted_keys).get(wanted)
        if entry is not None:
            return unb64(entry["public_key"])
    raise form.PackageError("package_unknown_maker", part.path.name)


def _copy(source: Path, target: Path, progress: Progress, done: int, total: int) -> bool:
    """Copy beside, synchronise, rename; False and nothing left where `progress` said stop."""
    beside = target.with_name(f".{target.name}.tmp")
    try:
        with source.open("rb") as read, beside.open("wb") as write:
            for piece in _pieces(read):
                write.write(piece)
                done += len(piece)
                if not progress(min(done, total), total):
                    raise InterruptedError
            write.flush()
            os.fsync(write.fileno())
        beside.replace(target)
        sync_folder(target.parent)
    except BaseException as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        if isinstance(error, InterruptedError):
            return False
        raise
    return True


def _pieces(file: object) -> Iterable[bytes]:
    read = file.read  # type: ignore[attr-defined]
    while piece := read(_COPY):
        yield piece
