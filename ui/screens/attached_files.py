"""Files attached to a fact, shown over the window: decoded where nothing else is in reach, kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from registration.errors import JilaiError, MachineError
from registration.facts import Attachment
from ui.messages import words
from ui.run import aside
from ui.widgets.page_viewer import PageViewer

if TYPE_CHECKING:
    from ui.services import Services

_SIDE = 2400  # pixels of a page's longer side: small print of an A4 page, read at twice its size


def open_files(screen: QWidget, services: Services, title: str, attachments: Sequence[Attachment]) -> None:
    """Show every page of these files large over the window of `screen`, under `title`.

    What cannot be shown has a place that says why: not arrived yet, damaged, not what it says it is, or more
    than the imaging process's limits allow. The bytes are unsealed in memory and written nowhere.
    """

    def counted() -> list[tuple[str, int]]:
        found: list[tuple[str, int]] = []
        for one in attachments:
            try:
                data = services.pages.get(one.digest)
                pages = services.imaging.submit_inspect(data, title).result().pages
            except JilaiError:
                pages = 1  # its place says why
            found += [(one.digest, page) for page in range(pages)]
        return found

    def show(found: list[tuple[str, int]]) -> None:
        PageViewer(
            screen.window(),
            [(str(place), title) for place in range(len(found))],
            0,
            lambda place, done, refuse: aside(
                screen,
                services.signals,
                lambda: page_of(
                    services, unsealed(services, found[int(place)][0]), found[int(place)][1], title
                ),
                done,
                lambda error: refuse(_said(error)),
            ),
        )

    aside(screen, services.signals, counted, show)


def page_of(services: Services, data: bytes, page: int = 0, title: str = "") -> QImage:
    """Return a page of a file as a picture, decoded by the imaging process; slow, for `ui.run.aside`.

    CaptureError, under `title`, where it cannot be shown.
    """
    return QImage.fromData(services.imaging.submit_preview(data, page, _SIDE, title).result())


def unsealed(services: Services, digest: str) -> bytes:
    """Return the bytes of an attached file. MachineError attached_not_here, page_damaged."""
    try:
        return services.pages.get(digest)
    except MachineError as error:
        if error.code != "page_missing":
            raise
        raise MachineError("attached_not_here") from error  # another window's, and still on its way


def _said(error: JilaiError) -> str:
    said = words(error)
    return "\n".join((said.title, said.what, said.remedy))
