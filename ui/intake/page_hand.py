"""The hand on one page: turn, cut, keep, take again, split, join, mark, remove; and the ways back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from registration.errors import JilaiError
from storage import page_exchange
from storage.values import StoredPage
from ui.intake.adding import PageAdder
from ui.intake.case import IntakeCase
from ui.intake.exchange import PageExchange, card_sides
from ui.intake.page_actions import PageActions
from ui.intake.pictures import PagePictures, Pictures
from ui.messages import language
from ui.page_faults import fault_words, open_faults
from ui.run import read_aside
from ui.theme import Tone
from ui.widgets import Toast
from ui.widgets.materials_board import MaterialsBoard
from ui.widgets.page_choice import PageChoice
from ui.widgets.page_panel import PagePanel
from ui.widgets.quad import Quad
from ui.widgets.undo_bar import UndoBar

if TYPE_CHECKING:
    from ui.services import Services

_CARD_ROW = "identity"


class PageHand(QObject):
    """Works on the page that is chosen on the board, and shows it in the panel.

    `changed` after each committed change; `failed(JilaiError)`; `retake_wanted(StoredPage)`.
    """

    changed = Signal()
    failed = Signal(object)
    retake_wanted = Signal(object)

    def __init__(
        self,
        services: Services,
        board: MaterialsBoard,
        panel: PagePanel,
        adder: PageAdder,
        undo: UndoBar,
        toast: Toast,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._services, self._board, self._panel, self._adder = services, board, panel, adder
        self._undo, self._toast = undo, toast
        self._case: IntakeCase | None = None
        self._way_back: Callable[[], None] | None = None
        self.pictures = PagePictures(services, adder, self)
        self.actions = PageActions(services, self)
        self.exchange = PageExchange(services, adder, self)
        board.page_moved.connect(self.actions.move)
        board.remove_asked.connect(lambda _: self.remove())
        panel.corners_dropped.connect(lambda corners: self.recut(corners, 0))
        panel.turned.connect(lambda by: self.recut(None, by))
        panel.whole_asked.connect(self.take_whole)
        panel.remove_asked.connect(self.remove)
        panel.keep_asked.connect(self.keep)
        panel.retake_asked.connect(self.retake)
        self.pictures.ready.connect(self._show_pictures)
        self.pictures.failed.connect(self.failed)
        self.pictures.recut_done.connect(lambda _: self.changed.emit())
        self.pictures.recut_failed.connect(lambda _, error: self._not_recut(error))
        self.actions.done.connect(self.changed)
        self.actions.removed.connect(self._offer_undo)
        self.actions.failed.connect(self.failed)
        self.exchange.done.connect(self._exchanged)
        self.exchange.failed.connect(self.failed)
        undo.undone.connect(self._go_back)

    def bind(self, case: IntakeCase) -> None:
        self._case = case
        self._way_back = None
        self.actions.forget()
        self._undo.withdraw()

    def acts(self) -> dict[Qt.Key, Callable[[], None]]:
        """Return what a single key does to the page that is chosen."""
        return {
            Qt.Key.Key_L: lambda: self.recut(None, -90),
            Qt.Key.Key_R: lambda: self.recut(None, 90),
            Qt.Key.Key_W: self.take_whole,
            Qt.Key.Key_Z: lambda: self._panel.set_large(not self._panel.large()),
            Qt.Key.Key_C: lambda: self._panel.editor.setFocus(Qt.FocusReason.OtherFocusReason),
            Qt.Key.Key_K: self.keep,
            Qt.Key.Key_T: self.retake,
            Qt.Key.Key_S: self.split,
            Qt.Key.Key_J: self.join,
            Qt.Key.Key_A: self.card_sheet,
            Qt.Key.Key_Y: self.mark,
            Qt.Key.Key_B: self.bring_back,
            Qt.Key.Key_V: self.choose_pages,
        }

    # -- showing it ----------------------------------------------------------------------------------------

    def show_current(self) -> None:
        page = self._board.current_page()
        if page is None:
            self._panel.set_large(False)
            self._panel.show_nothing()
        else:
            self._panel.show_waiting(page)
        self.pictures.show(page)

    def _show_pictures(self, pictures: Pictures) -> None:
        self._panel.show_page(pictures.page, pictures.original, pictures.size, pictures.improved)

    # -- its cut -------------------------------------------------------------------------------------------

    def recut(self, corners: Quad | None, turn: int) -> None:
        page = self._board.current_page()
        if page is not None:
            self._panel.show_cutting()
            self.pictures.recut(page, corners or _quad(page), page.rotation + turn)

    def turn_upright(self, page: StoredPage, turn: int) -> None:
        """Turn a page by what its words say."""
        self.pictures.recut(page, _quad(page), page.rotation + turn)
        self._toast.show_text(self.tr("Turned upright by its words: {item}").format(item=self._name(page)))

    def take_whole(self) -> None:
        page = self._board.current_page()
        size = self._adder.original_size(page.id) if page is not None else None
        if size is not None:
            width, height = float(size[0]), float(size[1])
            self.recut(((0.0, 0.0), (width, 0.0), (width, height), (0.0, height)), 0)

    def mark(self) -> None:
        """Put the watermark on the copy, or take it off; the original has none."""
        page = self._board.current_page()
        if page is not None:
            self._panel.show_cutting()
            if page.marked:
                self.pictures.recut(page, _quad(page), page.rotation, marked=False)
            else:
                self.pictures.mark(page)

    def _not_recut(self, error: JilaiError) -> None:
        self.failed.emit(error)
        self.show_current()

    # -- the quality gate ----------------------------------------------------------------------------------

    def keep(self) -> None:
        """Keep the page in spite of what the gate says; recorded with reasons, person and time."""
        page = self._board.current_page()
        faults = open_faults(page) if page is not None else {}
        if page is not None and faults:
            self.actions.keep(page, tuple(faults))
            said = self.tr("Kept in spite of: {faults}")
            self._toast.show_text(said.format(faults=fault_words(next(iter(faults))).title))

    def retake(self) -> None:
        """Take another picture in this one's place; the former one stays in its history."""
        page = self._board.current_page()
        if page is not None:
            self.retake_wanted.emit(page)

    # -- pages for pages -----------------------------------------------------------------------------------

    def split(self) -> None:
        page = self._board.current_page()
        if page is not None:
            self._panel.show_cutting()
            self.exchange.split(page)

    def join(self) -> None:
        """Put this page and the next of its row on one sheet."""
        pages, page = self._board.pages_of_row(), self._board.current_page()
        at = pages.index(page) if page in pages else -1
        if page is None or at + 1 >= len(pages):
            self._toast.show_text(self.tr("There is no next page in this row to join with"), Tone.AMBER)
            return
        self._panel.show_cutting()
        self.exchange.join(page, pages[at + 1])

    def card_sheet(self) -> None:
        """Put both sides of an identity card in true size on one A4 page."""
        page = self._board.current_page()
        sides = card_sides(page, self._board.pages_of_row()) if page is not None else None
        if page is None or page.item_code != _CARD_ROW or sides is None:
            said = self.tr("Both sides of the card must be in the identity row first")
            self._toast.show_text(said, Tone.AMBER)
            return
        self._panel.show_cutting()
        self.exchange.card_sheet(*sides)

    def bring_back(self) -> None:
        """Bring the pages back whose place this one took."""
        page = self._board.current_page()
        if page is None:
            return

        def known(former: bool) -> None:
            if former:
                self.exchange.bring_back(page)
            else:
                self._toast.show_text(self.tr("This page took no other page's place"), Tone.AMBER)

        read_aside(self, self._services, lambda db: page_exchange.has_former(db, page.id), known)

    def _exchanged(self, pages: tuple[StoredPage, ...]) -> None:
        if self._case is not None and pages and pages[0].application_id == self._case.id:
            self._case.set_place(item=pages[0].item_code, page=pages[0].id)
        self.changed.emit()

    # -- taking out, and back --------------------------------------------------------------------------------

    def remove(self) -> None:
        page = self._board.current_page()
        if page is not None:
            self.actions.remove([page])

    def choose_pages(self) -> None:
        """Choose which pages of the file that this one came from are wanted; the others are removed."""
        page = self._board.current_page()
        pages = [p for p in self._board.pages_of_row() if page and p.original_digest == page.original_digest]
        if page is None or len(pages) < 2:
            self._toast.show_text(self.tr("The file of this page has no other pages in this row"), Tone.AMBER)
            return
        title = self.tr("Which pages of this file are wanted?")
        choice = PageChoice(self._board.window(), title, pages, pages.index(page), self._board.thumbnails)
        choice.left_out.connect(self.actions.remove)
        choice.open()

    def offer_way_back(self, words: str, act: Callable[[], None]) -> None:
        """Offer to undo something else that was done to pages, for as long as a second thought takes."""
        self._way_back = act
        self._undo.offer(words)

    def _offer_undo(self, pages: tuple[StoredPage, ...]) -> None:
        if len(pages) == 1:
            words = self.tr("{item}: page {number} removed")
            words = words.format(item=self._name(pages[0]), number=pages[0].ordinal)
        else:
            words = self.tr("%n page(s) removed", "", len(pages))
        self.offer_way_back(words, self._put_back)

    def _go_back(self) -> None:
        act, self._way_back = self._way_back, None
        if act is not None:
            act()

    def _put_back(self) -> None:
        page = self.actions.put_back()
        if page is not None and self._case is not None:
            self._case.set_place(item=page.item_code, page=page.id)

    def _name(self, page: StoredPage) -> str:
        item = self._case.checklist.item(page.item_code) if self._case is not None else None
        return item.name(language()) if item is not None else ""


def _quad(page: StoredPage) -> Quad:
    first, second, third, fourth = page.corners
    return first, second, third, fourth
