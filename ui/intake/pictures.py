"""The pictures of one page, original and improved: fetched, decoded and cut anew off the main thread."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from capture.pages import Corners, PreparedPage
from registration.changes import Changes
from registration.errors import JilaiError
from storage import operations
from storage.values import StoredPage
from ui.intake.adding import PageAdder, findings_text
from ui.run import aside, deliver, run
from ui.watermark import marked_copy, thumbnail_of, watermarked
from ui.widgets.quad import Quad

if TYPE_CHECKING:
    from ui.services import Services

_PREVIEW_SIDE = 1600
_KEPT = 12


@dataclass(frozen=True)
class Pictures:
    """What the panel shows of a page: the original, its full size in pixels, and the stored copy."""

    page: StoredPage
    original: QImage
    size: tuple[int, int]
    improved: QImage


@dataclass(frozen=True)
class Copy:
    """Another copy of a page: bytes, pixels, where it lies in the original, and its thumbnail."""

    size: int
    width: int
    height: int
    corners: Corners
    rotation: int
    thumbnail: bytes


class PagePictures(QObject):
    """`show(page)` ends in `ready(Pictures)` or `failed(JilaiError)`, for the page asked for last.

    `recut(page, corners, rotation)` squares a page anew and commits it: `recut_done(page id)`.
    """

    ready = Signal(object)
    failed = Signal(object)
    recut_done = Signal(str)
    recut_failed = Signal(str, object)

    def __init__(self, services: Services, adder: PageAdder, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._adder = adder
        self._wanted = ""
        self._images: OrderedDict[str, QImage] = OrderedDict()

    def show(self, page: StoredPage | None) -> None:
        """Fetch a page's pictures; None forgets the page asked for before."""
        self._wanted = f"{page.id} {page.digest}" if page is not None else ""
        if page is not None:
            self._go_on(page, self._wanted)

    def _go_on(self, page: StoredPage, wanted: str) -> None:
        """Get what is still lacking, one thing after the other, as long as this page is the one wanted."""
        if wanted != self._wanted:
            return
        original = self._image(f"{page.original_digest} {page.page_index}")
        size = self._adder.original_size(page.id)
        improved = self._image(page.digest)
        if original is None:
            self._with_original(page, lambda data: self._fetch_original(page, wanted, data))
        elif size is None:
            self._with_original(page, lambda data: self._learn_size(page, wanted, data))
        elif improved is None:
            files = self._services.pages
            self._decode(page, wanted, page.digest, lambda: files.get(page.digest))
        else:
            self.ready.emit(Pictures(page, original, size, improved))

    def _with_original(self, page: StoredPage, then: Callable[[bytes], None]) -> None:
        files, digest = self._services.pages, page.original_digest
        aside(self, self._services.signals, lambda: files.get(digest), then, self.failed.emit)

    def _fetch_original(self, page: StoredPage, wanted: str, data: bytes) -> None:
        if wanted != self._wanted:
            return
        preview = self._services.imaging.submit_preview(data, page.page_index, _PREVIEW_SIDE)
        key = f"{page.original_digest} {page.page_index}"
        deliver(
            self,
            self._services.signals,
            preview,
            lambda jpeg: self._decode(page, wanted, key, lambda: jpeg),
            self.failed.emit,
        )

    def _learn_size(self, page: StoredPage, wanted: str, data: bytes) -> None:
        """A page of an earlier run: its own cut, done again, tells how large the original is."""
        if wanted != self._wanted:
            return
        cut = self._services.imaging.submit_recrop(data, page.page_index, _corners(page), page.rotation)

        def known(prepared: PreparedPage) -> None:
            self._adder.learn_size(page.id, (prepared.original_width, prepared.original_height))
            self._go_on(page, wanted)

        deliver(self, self._services.signals, cut, known, self.failed.emit)

    def _decode(self, page: StoredPage, wanted: str, key: str, make: Callable[[], bytes]) -> None:
        def decoded(image: QImage) -> None:
            self._images[key] = image
            self._images.move_to_end(key)
            while len(self._images) > _KEPT:
                self._images.popitem(last=False)
            self._go_on(page, wanted)

        aside(self, self._services.signals, lambda: QImage.fromData(make()), decoded, self.failed.emit)

    def _image(self, key: str) -> QImage | None:
        image = self._images.get(key)
        if image is not None:
            self._images.move_to_end(key)
        return image

    # -- cutting anew --------------------------------------------------------------------------------------

    def recut(self, page: StoredPage, corners: Quad, rotation: int, *, marked: bool | None = None) -> None:
        """Square a page by these corners (original pixels, any order) and turn, and commit it.

        `marked` puts the watermark on the copy or takes it off; None leaves that as it is.
        """
        mark = page.marked if marked is None else marked

        def refused(error: JilaiError) -> None:
            self.recut_failed.emit(page.id, error)

        def with_data(data: bytes) -> None:
            cut = self._services.imaging.submit_recrop(data, page.page_index, corners, rotation % 360)
            deliver(self, self._services.signals, cut, keep, refused)

        def keep(prepared: PreparedPage) -> None:
            files, imaging = self._services.pages, self._services.imaging

            def put() -> tuple[PreparedPage, str]:
                made = watermarked(imaging, prepared) if mark else prepared
                return made, files.put(made.improved_jpeg)

            def replaced(made: tuple[PreparedPage, str]) -> None:
                cut = made[0]
                copy = Copy(
                    len(cut.improved_jpeg),
                    cut.width,
                    cut.height,
                    cut.corners,
                    cut.rotation,
                    cut.thumbnail_jpeg,
                )
                self._replace(page, copy, made[1], mark, _findings(page, cut), refused)

            aside(self, self._services.signals, put, replaced, refused)

        files, digest = self._services.pages, page.original_digest
        aside(self, self._services.signals, lambda: files.get(digest), with_data, refused)

    def mark(self, page: StoredPage) -> None:
        """Put the watermark on the copy as it is: nothing is cut anew."""

        def refused(error: JilaiError) -> None:
            self.recut_failed.emit(page.id, error)

        files, imaging = self._services.pages, self._services.imaging

        def work() -> tuple[Copy, str]:
            jpeg = marked_copy(imaging, files.get(page.digest))
            copy = Copy(
                len(jpeg), page.width, page.height, _corners(page), page.rotation, thumbnail_of(jpeg)[1]
            )
            return copy, files.put(jpeg)

        def made(answer: tuple[Copy, str]) -> None:
            self._replace(page, answer[0], answer[1], True, page.findings, refused)

        aside(self, self._services.signals, work, made, refused)

    def _replace(
        self,
        page: StoredPage,
        cut: Copy,
        digest: str,
        marked: bool,
        findings: str,
        refused: Callable[[JilaiError], None],
    ) -> None:
        who, now = self._services.who, self._services.clock()

        def operation(db: Any) -> Changes:
            return operations.replace_page(
                db,
                who,
                now,
                page.id,
                digest,
                cut.size,
                cut.width,
                cut.height,
                cut.corners,
                cut.rotation,
                cut.thumbnail,
                findings=findings,
                marked=marked,
            )

        run(self, self._services, operation, lambda _: self.recut_done.emit(page.id), refused)


def _findings(page: StoredPage, cut: PreparedPage) -> str:
    """What the gate says of the new cut; a second sheet is seen in the whole picture only."""
    kept = [entry for entry in json.loads(page.findings) if entry.get("kind") == "doubled"]
    return json.dumps([*kept, *json.loads(findings_text(cut.findings))])


def _corners(page: StoredPage) -> Corners:
    first, second, third, fourth = page.corners
    return first, second, third, fourth
