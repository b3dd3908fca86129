"""From a dropped file to committed pages: one file after the other, off the main thread."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from capture.errors import CaptureCode, CaptureError
from capture.pages import FileKind, Finding, PreparedFile, PreparedPage
from capture.sources.files import kind_of, read_file
from registration.changes import Changes
from registration.errors import JilaiError
from storage import operations, page_rows
from storage.page_exchange import Exchange
from storage.values import NewPage, StoredPage
from ui.messages import as_problem
from ui.watermark import watermarked

if TYPE_CHECKING:
    from ui.services import Services

MEDIA_TYPES = {
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.TIFF: "image/tiff",
    FileKind.HEIC: "image/heic",
    FileKind.BMP: "image/bmp",
    FileKind.WEBP: "image/webp",
    FileKind.GIF: "image/gif",
    FileKind.PDF: "application/pdf",
}


@dataclass(frozen=True)
class Source:
    """Something that gives bytes: a file, a pasted picture. `load` runs aside and may raise CaptureError."""

    name: str
    load: Callable[[], bytes]


@dataclass(frozen=True)
class FileWork:
    """One file on its way into a checklist row. `total` 0 means: its pages are not counted yet.

    `replaces`: the page whose place it takes, "" for none. `watermark`: the copies carry it. `batch` is one
    for all that was dropped or chosen together.
    """

    key: str
    application_id: str
    item_code: str
    name: str
    done: int = 0
    total: int = 0
    replaces: str = ""
    watermark: bool = False
    batch: str = ""


def file_source(path: Path) -> Source:
    """Return a file as a source; it is read when its turn comes."""
    return Source(path.name or str(path), lambda: read_file(path).data)


def bytes_source(name: str, make: Callable[[], bytes]) -> Source:
    """Return bytes that are made when their turn comes (a pasted picture is packed then)."""

    def load() -> bytes:
        data = make()
        kind_of(data, name)
        return data

    return Source(name, load)


def nothing_source(name: str) -> Source:
    """Return a thing that cannot be read from here, such as an address of the web, to be refused by name."""

    def load() -> bytes:
        raise CaptureError(CaptureCode.FILE_UNREADABLE, name)

    return Source(name, load)


class PageAdder(QObject):
    """Adds files to checklist rows one after the other, so that pages keep the order of the drop.

    A file's pages are committed together: there are all of them or none. A file that fails says why and
    the next one goes on. All signals arrive on the main thread: `started`, `moved_on` (a page more is
    prepared) with a FileWork; `added(FileWork, tuple[StoredPage])` once the pages are durable and committed;
    `failed(FileWork, JilaiError)`.
    """

    started = Signal(object)
    moved_on = Signal(object)
    added = Signal(object, object)
    failed = Signal(object, object)

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._line = ThreadPoolExecutor(max_workers=1, thread_name_prefix="adding")
        self._sizes: dict[str, tuple[int, int]] = {}

    def add(
        self,
        application_id: str,
        item_code: str,
        sources: Sequence[Source],
        *,
        replaces: str = "",
        watermark: bool = False,
    ) -> list[FileWork]:
        """Queue files for a row of a stored application; return them as they wait.

        `replaces` is the id of a page whose place the first of them takes.
        """
        works: list[FileWork] = []
        batch = self._services.new_id()
        for source in sources:
            work = FileWork(
                self._services.new_id(),
                application_id,
                item_code,
                source.name,
                replaces=replaces if not works else "",
                watermark=watermark,
                batch=batch,
            )
            works.append(work)
            self._line.submit(self._handle, work, source)
        return works

    def original_size(self, page_id: str) -> tuple[int, int] | None:
        """Return width and height of a page's original in pixels, where this program has seen it."""
        return self._sizes.get(page_id)

    def learn_size(self, page_id: str, size: tuple[int, int]) -> None:
        self._sizes[page_id] = size

    def stop(self) -> None:
        """Finish the file in hand, forget those that wait; nothing of them is stored yet."""
        self._line.shutdown(wait=True, cancel_futures=True)

    def _handle(self, work: FileWork, source: Source) -> None:
        self._tell(lambda: self.started.emit(work))
        try:
            pages = self._carry(work, source)
        except CancelledError:
            return  # the program is closing
        except Exception as error:
            problem: JilaiError = as_problem(error)
            self._tell(lambda: self.failed.emit(work, problem))
        else:
            self._tell(lambda: self.added.emit(work, pages))

    def _carry(self, work: FileWork, source: Source) -> tuple[StoredPage, ...]:
        def progress(done: int, total: int) -> None:
            moved = replace(work, done=done, total=total)
            self._tell(lambda: self.moved_on.emit(moved))

        prepared = self._services.imaging.submit_file(source.load(), work.name, progress).result()
        new = self._make_durable(work, prepared)
        who, now = self._services.who, self._services.clock()

        def operation(db: Any) -> tuple[Changes, tuple[StoredPage, ...]]:
            if work.replaces and page_rows.page(db, work.replaces) is not None:
                return operations.exchange_pages(db, who, now, [work.replaces], new, Exchange.RETAKEN)
            changes, pages = Changes(), []
            for page in new:
                changed, stored = operations.add_page(db, who, now, page)
                changes |= changed
                pages.append(stored)
            return changes, tuple(pages)

        return self._services.store.write(operation).result()[1]

    def _make_durable(self, work: FileWork, prepared: PreparedFile) -> list[NewPage]:
        original = self._services.pages.put(prepared.original)
        new = []
        for clean in prepared.pages:
            page = watermarked(self._services.imaging, clean) if work.watermark else clean
            digest = self._services.pages.put(page.improved_jpeg)
            page_id = self._services.new_id()
            self._sizes[page_id] = (page.original_width, page.original_height)
            made = new_page(page_id, work.application_id, work.item_code, prepared, page, digest, original)
            new.append(replace(made, marked=work.watermark))
        return new

    def _tell(self, news: Callable[[], None]) -> None:
        signals = self._services.signals
        if isValid(signals):
            signals.post(lambda: news() if isValid(self) else None)


def new_page(
    page_id: str,
    application_id: str,
    item_code: str,
    prepared: PreparedFile,
    page: PreparedPage,
    digest: str,
    original: str,
) -> NewPage:
    """Return a prepared page, whose two files are durable, as storage takes it."""
    return NewPage(
        id=page_id,
        application_id=application_id,
        item_code=item_code,
        digest=digest,
        size=len(page.improved_jpeg),
        original_digest=original,
        original_size=len(prepared.original),
        original_type=MEDIA_TYPES[prepared.kind],
        page_index=page.page_index,
        width=page.width,
        height=page.height,
        corners=page.corners,
        rotation=page.rotation,
        page_found=page.page_found,
        findings=findings_text(page.findings),
        thumbnail=page.thumbnail_jpeg,
    )


def findings_text(findings: Sequence[Finding]) -> str:
    """Return what the quality gate said as the JSON array that storage keeps."""
    return json.dumps([{"kind": f.kind.value, "severity": f.severity.value} for f in findings])
