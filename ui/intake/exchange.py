"""Pages in the place of others: split, joined, a card's two sides on one sheet, and brought back."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from capture.pages import Corners, PreparedPage, whole_frame
from registration.changes import Changes
from registration.errors import JilaiError
from registration.page_reading import reading_from_json
from storage import operations
from storage.page_exchange import Exchange
from storage.values import NewPage, StoredPage
from ui.intake.adding import PageAdder, findings_text
from ui.page_faults import faults_of, kept_reasons
from ui.run import aside, run
from ui.theme import Tone
from ui.watermark import thumbnail_of
from ui.widgets.quad import halves

if TYPE_CHECKING:
    from ui.services import Services

FRONT, BACK = "id_card_front", "id_card_back"


class PageExchange(QObject):
    """`done(tuple[StoredPage])` with the pages that stand there now, `failed(JilaiError)`.

    Each works aside and commits at once; the pages that went are kept, and `bring_back` returns them.
    """

    done = Signal(object)
    failed = Signal(object)

    def __init__(self, services: Services, adder: PageAdder, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services, self._adder = services, adder

    def split(self, page: StoredPage) -> None:
        """Make two pages of one, across its longer side; both are cut from the same original."""
        quads = halves(_corners(page), across=page.width >= page.height)
        services = self._services

        def work() -> list[NewPage]:
            original = services.pages.get(page.original_digest)
            return [
                self._of_original(
                    page,
                    services.imaging.submit_recrop(original, page.page_index, quad, page.rotation).result(),
                )
                for quad in quads
            ]

        self._put([page], work, Exchange.SPLIT)

    def join(self, first: StoredPage, second: StoredPage) -> None:
        """Put two pages on one sheet."""
        self._together(first, second, Exchange.JOINED, self._services.imaging.submit_join, None)

    def card_sheet(self, front: StoredPage, back: StoredPage) -> None:
        """Put a card's two sides in true size on one A4 page."""
        self._together(front, back, Exchange.CARD_SHEET, self._services.imaging.submit_card_copy, front)

    def bring_back(self, page: StoredPage) -> None:
        """Return the pages whose place this one took. KeyError comes as `failed` where it took nobody's."""
        who, now = self._services.who, self._services.clock()
        run(
            self,
            self._services,
            lambda db: operations.bring_back(db, who, now, page.id),
            lambda answer: self.done.emit(answer[1]),
            self._not_done,
        )

    def _together(
        self,
        first: StoredPage,
        second: StoredPage,
        why: Exchange,
        compose: Callable[[bytes, bytes], Any],
        read: StoredPage | None,
    ) -> None:
        """`read`: the page whose reading, with what was decided on it, is the sheet's as well."""
        services = self._services

        def work() -> list[NewPage]:
            pictures = [services.pages.get(page.digest) for page in (first, second)]
            sheet: bytes = compose(pictures[0], pictures[1]).result()
            digest, page_id = services.pages.put(sheet), services.new_id()
            size, thumbnail = thumbnail_of(sheet)
            self._adder.learn_size(page_id, size)
            width, height = size
            # The sheet was never before a camera: what is wrong with it is what was wrong with its parts, and
            # evening out its light once more could only do harm. It is its own original.
            return [
                NewPage(
                    id=page_id,
                    application_id=first.application_id,
                    item_code=first.item_code,
                    digest=digest,
                    size=len(sheet),
                    original_digest=digest,
                    original_size=len(sheet),
                    original_type="image/jpeg",
                    page_index=0,
                    width=width,
                    height=height,
                    corners=whole_frame(width, height),
                    rotation=0,
                    page_found=True,
                    findings=_findings((first, second)),
                    thumbnail=thumbnail,
                    reading=read.reading if read is not None else "",
                    confirmed=read.confirmed if read is not None else "{}",
                )
            ]

        self._put([first, second], work, why)

    def _of_original(self, page: StoredPage, made: PreparedPage) -> NewPage:
        page_id = self._services.new_id()
        self._adder.learn_size(page_id, (made.original_width, made.original_height))
        return NewPage(
            id=page_id,
            application_id=page.application_id,
            item_code=page.item_code,
            digest=self._services.pages.put(made.improved_jpeg),
            size=len(made.improved_jpeg),
            original_digest=page.original_digest,
            original_size=page.original_size,
            original_type=page.original_type,
            page_index=page.page_index,
            width=made.width,
            height=made.height,
            corners=made.corners,
            rotation=made.rotation,
            page_found=True,
            findings=findings_text(made.findings),
            thumbnail=made.thumbnail_jpeg,
        )

    def _put(self, gone: Sequence[StoredPage], work: Callable[[], list[NewPage]], why: Exchange) -> None:
        who, now = self._services.who, self._services.clock()
        ids = [page.id for page in gone]

        def made(new: list[NewPage]) -> None:
            def operation(db: Any) -> tuple[Changes, tuple[StoredPage, ...]]:
                return operations.exchange_pages(db, who, now, ids, new, why)

            run(self, self._services, operation, lambda answer: self.done.emit(answer[1]), self._not_done)

        aside(self, self._services.signals, work, made, self._not_done)

    def _not_done(self, error: JilaiError) -> None:
        self.failed.emit(error)


def card_sides(page: StoredPage, row: Sequence[StoredPage]) -> tuple[StoredPage, StoredPage] | None:
    """Return front and back of the card that a page of a row shows; None where there are no two sides.

    The n-th front goes with the n-th back, by what was read; unread pages go in pairs as they lie.
    """
    kinds = {each.id: _kind(each) for each in row}
    fronts = [each for each in row if kinds[each.id] == FRONT]
    backs = [each for each in row if kinds[each.id] == BACK]
    for front, back in zip(fronts, backs, strict=False):
        if page in (front, back):
            return front, back
    at = row.index(page) if page in row else -1
    for first, second in ((at, at + 1), (at - 1, at)):
        if first >= 0 and second < len(row):
            one, other = row[first], row[second]
            known = {kinds[one.id], kinds[other.id]} - {""}
            if known <= {FRONT, BACK} and kinds[one.id] != (kinds[other.id] or None):
                return (other, one) if kinds[one.id] == BACK or kinds[other.id] == FRONT else (one, other)
    return None


def _kind(page: StoredPage) -> str:
    reading = reading_from_json(page.reading)
    return reading.kind if reading is not None else ""


def _findings(pages: Sequence[StoredPage]) -> str:
    found = {
        kind: "stop" if tone is Tone.SEAL else "warn"
        for page in pages
        for kind, tone in faults_of(page).items()
        if kind not in kept_reasons(page)
    }
    return json.dumps([{"kind": kind, "severity": severity} for kind, severity in found.items()])


def _corners(page: StoredPage) -> Corners:
    first, second, third, fourth = page.corners
    return first, second, third, fourth
