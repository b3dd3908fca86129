"""The sections of a case: facts in two columns, papers with their pages, and what was done when by whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from registration.application import Application
from registration.checklist import Checklist, Form
from storage.values import HistoryRow, StoredPage
from ui.history_words import action_words
from ui.messages import language
from ui.moments import day_and_time
from ui.page_faults import kept_words
from ui.theme import Tone, look
from ui.widgets import Line, Text
from ui.widgets.layouts import clear
from ui.widgets.thumbnail import Thumbnail

_PER_ROW = 5


class Section(QWidget):
    """A heading under a hairline, then `rows`; `aside_heading` takes what stands right of the heading."""

    def __init__(self, *, line: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        if line:
            box.addWidget(Line())
        self.aside_heading = QHBoxLayout()
        self.aside_heading.setContentsMargins(0, 0, 0, 0)
        self._heading = Text("", "strong")
        self.aside_heading.addWidget(self._heading)
        self.aside_heading.addStretch(1)
        box.addLayout(self.aside_heading)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(8)
        box.addLayout(self.rows)

    def set_heading(self, text: str) -> None:
        self._heading.set_text(text)


class FactsSection(Section):
    """Names on the left, values on the right; values can be selected."""

    def show_facts(self, blocks: Sequence[Sequence[tuple[str, str]]]) -> None:
        clear(self.rows)
        for facts in blocks:
            grid = QGridLayout()
            grid.setHorizontalSpacing(16)
            grid.setVerticalSpacing(6)
            grid.setColumnMinimumWidth(0, look().px(104))
            grid.setColumnStretch(1, 1)
            for line, (name, value) in enumerate(facts):
                grid.addWidget(Text(name, "muted"), line, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(Text(value or "—", wrap=True, selectable=True), line, 1)
            self.rows.addLayout(grid)


class PapersSection(Section):
    """The checklist's rows that have pages; `page_pressed(page id)`."""

    page_pressed = Signal(str)

    def show_papers(
        self,
        application: Application,
        checklist: Checklist,
        pages: Sequence[StoredPage],
        images: Mapping[str, QImage],
    ) -> None:
        clear(self.rows)
        self.set_heading(self.tr("Papers · %n page(s)", "", len(pages)))
        for item in checklist.items:
            mine = [page for page in pages if page.item_code == item.code]
            if not mine:
                continue
            material = application.material(item.code)
            form = material.form if material else item.form
            kind = self.tr("Original") if form is Form.ORIGINAL else self.tr("Copy")
            line = QHBoxLayout()
            line.addWidget(Text(item.name(language()), elide=True), 1)
            line.addWidget(Text(f"{kind} · {len(mine)}", "small"))
            self.rows.addLayout(line)
            self.rows.addLayout(self._thumbnails(item.name(language()), mine, images))
            for page in mine:
                if page.kept:
                    said = self.tr("Page {number}: {words}").format(
                        number=page.ordinal, words=kept_words(page)
                    )
                    note = Text(said, "small", wrap=True)
                    note.set_tone(Tone.AMBER)
                    self.rows.addWidget(note)
        if not pages:
            self.rows.addWidget(Text(self.tr("No page yet."), "muted"))

    def _thumbnails(
        self, name: str, pages: Sequence[StoredPage], images: Mapping[str, QImage]
    ) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(8)
        for place, page in enumerate(pages):
            thumb = Thumbnail(images.get(page.id, QImage()))
            thumb.setAccessibleName(f"{name} {page.ordinal}")
            thumb.clicked.connect(lambda _=False, page_id=page.id: self.page_pressed.emit(page_id))
            grid.addWidget(thumb, place // _PER_ROW, place % _PER_ROW)
        grid.setColumnStretch(_PER_ROW, 1)
        return grid


class HistorySection(Section):
    """One line for each audited action, the newest first; a run of captured pages is one line."""

    def show_history(self, history: Sequence[HistoryRow], now: datetime) -> None:
        clear(self.rows)
        self.set_heading(self.tr("History"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for place, (row, times) in enumerate(_gathered(history)):
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(Text(day_and_time(row.at, now), "small"), place, 0, top)
            words = action_words(row.action, row.details) + (f" ×{times}" if times > 1 else "")
            grid.addWidget(Text(words, wrap=True), place, 1)
            grid.addWidget(Text(row.operator_name or self.tr("Centre"), "small"), place, 2, top)
        self.rows.addLayout(grid)


def _gathered(history: Sequence[HistoryRow]) -> list[tuple[HistoryRow, int]]:
    """Put neighbours of the same action by the same person together, keeping the newest's time."""
    found: list[tuple[HistoryRow, int]] = []
    for row in history:
        if found and found[-1][0].action == row.action and found[-1][0].operator_name == row.operator_name:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((row, 1))
    return found
