"""What the hand does to stored pages: move, remove, take back; each one operation, then the pages anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from registration.changes import Changes
from registration.errors import JilaiError
from storage import applications, operations
from storage.values import NewPage, StoredPage
from ui.run import run

if TYPE_CHECKING:
    from ui.services import Services


class PageActions(QObject):
    """`done` after each committed change; `removed(tuple[StoredPage])` when they can be taken back by
    `put_back`."""

    done = Signal()
    removed = Signal(object)
    failed = Signal(object)

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._last: tuple[tuple[StoredPage, bytes], ...] = ()

    def move(self, page_id: str, item_code: str, place: int) -> None:
        """Put a page at a place (from 1) of a row."""
        who, now = self._services.who, self._services.clock()
        self._run(lambda db: operations.move_page(db, who, now, page_id, item_code, place))

    def keep(self, page: StoredPage, reasons: tuple[str, ...]) -> None:
        """Record that a page is kept in spite of these faults."""
        who, now = self._services.who, self._services.clock()
        self._run(lambda db: operations.keep_page(db, who, now, page.id, reasons))

    def move_all(self, moves: Sequence[tuple[str, str, int]]) -> None:
        """Put several pages each at a place of a row, in one transaction."""
        who, now = self._services.who, self._services.clock()

        def operation(db: Any) -> Changes:
            changes = Changes()
            for page_id, item_code, place in moves:
                changes |= operations.move_page(db, who, now, page_id, item_code, place)
            return changes

        self._run(operation)

    def remove(self, pages: Sequence[StoredPage]) -> None:
        """Take pages out; their files stay on the disk until the next start, so they can come back."""
        who, now = self._services.who, self._services.clock()
        gone = tuple(pages)

        def operation(db: Any) -> tuple[Changes, list[bytes]]:
            changes, thumbnails = Changes(), []
            for page in gone:
                thumbnails.append(applications.thumbnail(db, page.id))
                changes |= operations.remove_page(db, who, now, page.id)
            return changes, thumbnails

        def done(answer: tuple[Changes, list[bytes]]) -> None:
            self._last = tuple(zip(gone, answer[1], strict=True))
            self.done.emit()
            self.removed.emit(gone)

        run(self, self._services, operation, done, self.failed.emit)

    def put_back(self) -> StoredPage | None:
        """Bring the pages removed last back to their places; return the first, None where there is none."""
        last, self._last = self._last, ()
        if not last:
            return None
        who, now = self._services.who, self._services.clock()

        def operation(db: Any) -> Changes:
            changes = Changes()
            for page, thumbnail in last:
                changes |= operations.add_page(db, who, now, _as_new(page, thumbnail))[0]
                changes |= operations.move_page(db, who, now, page.id, page.item_code, page.ordinal)
            return changes

        self._run(operation)
        return last[0][0]

    def forget(self) -> None:
        """Another case is shown: what was removed from the last one stays removed."""
        self._last = ()

    def _run(self, operation: Callable[[Any], Changes]) -> None:
        def failed(error: JilaiError) -> None:
            self.failed.emit(error)

        run(self, self._services, operation, lambda _: self.done.emit(), failed)


def _as_new(page: StoredPage, thumbnail: bytes) -> NewPage:
    return NewPage(
        id=page.id,
        application_id=page.application_id,
        item_code=page.item_code,
        digest=page.digest,
        size=page.size,
        original_digest=page.original_digest,
        original_size=page.original_size,
        original_type=page.original_type,
        page_index=page.page_index,
        width=page.width,
        height=page.height,
        corners=page.corners,
        rotation=page.rotation,
        page_found=page.page_found,
        findings=page.findings,
        thumbnail=thumbnail,
        marked=page.marked,
        kept=page.kept,
        reading=page.reading,
        confirmed=page.confirmed,
    )
