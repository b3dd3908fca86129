"""Which row a page seems to belong to: offered by a key; a drop of several files is sorted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from registration.page_reading import PageReading, reading_from_json
from storage.values import StoredPage
from ui.intake.adding import FileWork
from ui.intake.case import IntakeCase
from ui.intake.page_hand import PageHand
from ui.intake.reader import PageReader
from ui.messages import language
from ui.theme import Tone
from ui.widgets import Toast
from ui.widgets.materials_board import MaterialsBoard

LEAST_SURE = 0.6
Move = tuple[str, str, int]
"""A page, the row it was in, its place there."""


class RowGuess(QObject):
    """A page that was put on its row by hand is only offered its likely one; files dropped together go there
    by themselves, and one key takes that back."""

    def __init__(
        self, board: MaterialsBoard, hand: PageHand, reader: PageReader, toast: Toast, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._board, self._hand, self._toast = board, hand, toast
        self._case: IntakeCase | None = None
        self._batches: dict[str, set[str]] = {}  # drops of several files: the works still under way
        self._sorting: dict[str, str] = {}  # page -> its drop
        self._moved: dict[str, list[Move]] = {}
        self._offered = ""  # the page that was offered last
        reader.read.connect(self._read)

    def bind(self, case: IntakeCase) -> None:
        self._case = case
        self._offered = ""

    def watch(self, works: Sequence[FileWork]) -> None:
        """Several files came together: each of their pages goes to its own row."""
        if len(works) > 1:
            self._batches[works[0].batch] = {work.key for work in works}

    def arrived(self, work: FileWork, pages: Sequence[StoredPage]) -> None:
        """The pages of a file are stored, or it gave none."""
        waiting = self._batches.get(work.batch)
        if waiting is None:
            return
        self._sorting.update({page.id: work.batch for page in pages})
        waiting.discard(work.key)
        if not waiting:
            del self._batches[work.batch]

    def row_for(self, page: StoredPage) -> str:
        """Return the row that a page seems to belong to, "" where it is there or nothing is known."""
        reading = reading_from_json(page.reading)
        return self._row(page, reading) if reading is not None else ""

    def words_for(self, page: StoredPage) -> str:
        """Return what is offered for a page, "" where nothing is."""
        name = self._name(self.row_for(page))
        return self.tr("Looks like: {item}").format(item=name) if name else ""

    def accept(self) -> None:
        """Move the page in hand, or the one that was offered last, to its likely row."""
        case, page = self._case, self._board.current_page()
        if case is None:
            return
        if page is None or not self.row_for(page):
            page = next((each for each in case.pages if each.id == self._offered), None)
        code = self.row_for(page) if page is not None else ""
        if page is None or not code:
            self._toast.show_text(self.tr("This page is where it seems to belong"))
            return
        self._move(page, code)
        words = self.tr("Moved to: {item}").format(item=self._name(code))
        back = [(page.id, page.item_code, page.ordinal)]
        self._hand.offer_way_back(words, lambda: self._hand.actions.move_all(back))

    def _read(self, page: StoredPage, reading: PageReading) -> None:
        case = self._case
        batch = self._sorting.pop(page.id, "")
        if case is None or page.application_id != case.id:
            return
        code = self._row(page, reading)
        if not code:
            return
        if not batch:
            self._offered = page.id
            words = self.tr("Looks like: {item}. G moves it there").format(item=self._name(code))
            self._toast.show_text(words, Tone.AMBER)
            return
        moved = self._moved.setdefault(batch, [])
        moved.append((page.id, page.item_code, page.ordinal))
        self._move(page, code)
        words = self.tr("%n page(s) sorted into their rows", "", len(moved))
        back = list(reversed(moved))
        self._hand.offer_way_back(words, lambda: self._hand.actions.move_all(back))

    def _move(self, page: StoredPage, code: str) -> None:
        assert self._case is not None
        self._hand.actions.move(page.id, code, len(self._case.pages_of(code)) + 1)

    def _row(self, page: StoredPage, reading: PageReading) -> str:
        case = self._case
        if case is None or page.item_code in reading.rows or reading.confidence < LEAST_SURE:
            return ""
        shown = [row.item.code for row in case.board()]
        known = [item.code for item in case.checklist.items]
        return next((c for c in reading.rows if c in shown), "") or next(
            (c for c in reading.rows if c in known), ""
        )

    def _name(self, code: str) -> str:
        item = self._case.checklist.item(code) if self._case is not None and code else None
        return item.name(language()) if item is not None else ""
