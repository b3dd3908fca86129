"""The revisions of a case that were set aside, and its pages large: of the one in force and of any before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QWidget

from registration.checklist import Checklist
from storage import revisions
from storage.revisions import Revision, Why
from storage.values import StoredPage
from ui.messages import language, words
from ui.moments import day_and_time
from ui.run import aside, read_aside
from ui.screens.case_sections import Section
from ui.widgets import QuietButton, Text
from ui.widgets.layouts import clear
from ui.widgets.page_viewer import PageViewer

if TYPE_CHECKING:
    from ui.services import Services


class RevisionsSection(Section):
    """One line for each revision that was set aside, hidden without any; `revision_pressed(number)`."""

    revision_pressed = Signal(int)

    def show_revisions(self, former: Sequence[Revision], now: datetime) -> None:
        clear(self.rows)
        self.setVisible(bool(former))
        self.set_heading(self.tr("Revisions before"))
        for one in former:
            said = {
                Why.RETURNED: self.tr("Revision {n}, returned by the centre"),
                Why.REFUSED: self.tr("Revision {n}, not taken by the centre"),
                Why.CONFLICT: self.tr("Revision {n}, beside another one of the centre"),
                Why.SUPPLEMENT: self.tr("Revision {n}, supplemented"),
                Why.GIVEN_UP: self.tr("Revision {n}, given up as a draft"),
            }[one.why].format(n=one.number)
            line = QHBoxLayout()
            line.addWidget(Text(said, wrap=True), 1)
            line.addWidget(Text(day_and_time(one.set_aside_at.astimezone(now.tzinfo), now), "small"))
            look_at = QuietButton(self.tr("Pages"), icon="file-text")
            look_at.setAccessibleName(f"{said}: {self.tr('Pages')}")
            look_at.clicked.connect(lambda _=False, n=one.number: self.revision_pressed.emit(n))
            line.addWidget(look_at, 0, Qt.AlignmentFlag.AlignTop)
            self.rows.addLayout(line)


def view_revision(
    screen: QWidget, services: Services, application_id: str, number: int, checklist: Checklist
) -> None:
    """Show the pages of a revision that was set aside, large, over the window."""

    def arrived(pages: tuple[StoredPage, ...]) -> None:
        if pages:
            view_pages(screen, services, pages, checklist, pages[0].id)

    read_aside(screen, services, lambda db: revisions.pages_of(db, application_id, number), arrived)


def view_pages(
    screen: QWidget, services: Services, pages: Sequence[StoredPage], checklist: Checklist, page_id: str
) -> None:
    """Show pages large over the window, from one of them on."""
    captions = []
    for page in pages:
        item = checklist.item(page.item_code)
        captions.append((page.id, f"{item.name(language()) if item else ''} · {page.ordinal}"))
    digests = {page.id: page.digest for page in pages}
    PageViewer(
        screen.window(),
        captions,
        [page.id for page in pages].index(page_id),
        lambda shown, done, failed: aside(
            screen,
            services.signals,
            lambda: QImage.fromData(services.pages.get(digests[shown])),
            done,
            lambda error: failed(words(error).what),
        ),
    )
