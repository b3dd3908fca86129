"""Puts page files that are gone or damaged back from the second copy, or from what was set aside."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from registration.errors import MachineError
from storage.durable import make_folder, write_file
from storage.failures import of_system
from storage.pages import PageFiles


@dataclass(frozen=True)
class PagesMended:
    """How many page files were put back, and the digests of those for which no good one was found."""

    mended: int
    lost: tuple[str, ...]


@dataclass(frozen=True)
class PagesProved:
    """Digests of page files that are gone or do not open, and the last name looked at, "" after the last."""

    bad: tuple[str, ...]
    until: str


def prove_pages(pages: PageFiles, known: Iterable[str], after: str, most_bytes: int) -> PagesProved:
    """Open page files one by one, those named after `after` first, until `most_bytes` were read. Slow."""
    names = sorted((pages.name_of(digest), digest) for digest in known)
    bad: list[str] = []
    size = 0
    for name, digest in names:
        if name <= after:
            continue
        if size > most_bytes:
            return PagesProved(tuple(bad), after)
        try:
            size += len(pages.get(digest))
        except MachineError:
            bad.append(digest)
        after = name
    return PagesProved(tuple(bad), "")


def mend_pages(pages: PageFiles, bad: Sequence[str], folders: Sequence[Path]) -> PagesMended:
    """Put each of these pages back from the first folder of page files that has it whole.

    Raises MachineError disk_full or disk_read_only.
    """
    mended, lost = 0, []
    for digest in bad:
        target = pages.path_of(digest)
        for sealed in _found(target.parent.name, target.name, folders):
            with contextlib.suppress(MachineError):
                pages.unseal(sealed, digest)
                break
        else:
            lost.append(digest)
            continue
        try:
            make_folder(target.parent)
            write_file(target, sealed)
        except OSError as error:
            raise of_system(error) from error
        mended += 1
    return PagesMended(mended, tuple(lost))


def page_folders(data_dir: Path, copy: Path | None) -> tuple[Path, ...]:
    """Return the folders where another file of a page may be: the second copy, then what was set aside."""
    aside = sorted((data_dir / "set-aside").glob("*/pages"), reverse=True)
    return (*((copy / "pages",) if copy else ()), *aside)


def _found(shelf: str, name: str, folders: Sequence[Path]) -> Iterator[bytes]:
    for folder in folders:
        with contextlib.suppress(OSError):
            yield (folder / shelf / name).read_bytes()
