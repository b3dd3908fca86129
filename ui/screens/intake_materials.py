"""The materials: papers go to rows of the checklist, by dialog, by drop or by paste, each page seen large."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget

from registration.checklist import Material
from registration.errors import JilaiError
from storage.values import StoredPage
from ui.messages import language
from ui.screens.intake_adding import FileWork, PageAdder, Source, file_source
from ui.screens.intake_case import IntakeCase
from ui.screens.intake_materials_keys import key_list
from ui.screens.intake_page import StepPage
from ui.screens.intake_page_actions import PageActions
from ui.screens.intake_pictures import PagePictures, Pictures
from ui.screens.intake_sources import files_dialog, sources_of
from ui.screens.intake_steps import Step, entry_of, of_step
from ui.screens.intake_underway import FilesUnderway
from ui.theme import Tone
from ui.widgets import Chip, InlineProblem, QuietButton, SecondaryButton, Toast
from ui.widgets.materials_board import MaterialsBoard
from ui.widgets.page_panel import PagePanel
from ui.widgets.quad import Quad
from ui.widgets.thumbnails import Thumbnails
from ui.widgets.undo_bar import UndoBar

if TYPE_CHECKING:
    from ui.services import Services


class MaterialsPage(StepPage):
    """The fourth step. Enter adds to the next row that lacks its paper, and goes on when none does."""

    step = Step.MATERIALS

    def __init__(self, services: Services, adder: PageAdder, parent: QWidget | None = None) -> None:
        super().__init__(side_width=372, side_grows=True, parent=parent)
        self._services = services
        self._adder = adder
        self._files = FilesUnderway()
        self._folder = ""
        self._more = False  # rows that this case does not want by itself are shown too
        self.dialog: QFileDialog | None = None
        self.board = MaterialsBoard(Thumbnails(services, self))
        self.panel = PagePanel()
        self.pictures = PagePictures(services, adder, self)
        self.actions_on_pages = PageActions(services, self)
        self._chips = [Chip("", Tone.BLUE), Chip("", Tone.PRIMARY)]
        for chip in self._chips:
            self.card.header.addWidget(chip)
        self.card.header.addStretch(1)
        self.more_button = QuietButton("", "M")
        self.more_button.clicked.connect(self._turn_more)
        self.card.header.addWidget(self.more_button)
        self.content.setContentsMargins(1, 0, 1, 0)
        self.content.setSpacing(0)
        self.problem = InlineProblem()
        self.content.addWidget(self.problem)
        self.content.addWidget(self.board, 1)
        self.side.addWidget(self.panel, 1)
        self.second_button = SecondaryButton()
        self.foot.insertWidget(2, self.second_button)
        self.on_button.clicked.disconnect()
        self.on_button.clicked.connect(self._primary)
        self.second_button.clicked.connect(self._secondary)
        self._undo = UndoBar(self.card, above=96)
        self._toast = Toast(self)
        self._connect()
        for key, act in (
            (QKeySequence(QKeySequence.StandardKey.Paste), self.paste),
            (QKeySequence("Ctrl+O"), lambda: self.ask_files(self.board.current_row())),
            (QKeySequence(QKeySequence.StandardKey.Undo), self._undo.undo),
        ):
            shortcut = QShortcut(key, self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.retranslate()

    def _connect(self) -> None:
        board, panel = self.board, self.panel
        board.row_chosen.connect(self._row_chosen)
        board.page_chosen.connect(self._page_chosen)
        board.add_asked.connect(self.ask_files)
        board.dropped.connect(self._take)
        board.page_moved.connect(self.actions_on_pages.move)
        board.remove_asked.connect(lambda _: self._remove())
        board.material_changed.connect(self._material_changed)
        board.failure_dismissed.connect(self._dismiss)
        panel.corners_dropped.connect(lambda corners: self._recut(corners, 0))
        panel.turned.connect(lambda by: self._recut(None, by))
        panel.whole_asked.connect(self._take_whole)
        panel.remove_asked.connect(self._remove)
        panel.enlarged.connect(lambda _: self._share_room())
        board.page_opened.connect(lambda: panel.set_large(True))
        self._adder.started.connect(self._file_moved)
        self._adder.moved_on.connect(self._file_moved)
        self._adder.added.connect(self._file_added)
        self._adder.failed.connect(self._file_failed)
        self.pictures.ready.connect(self._show_pictures)
        self.pictures.failed.connect(self._show_problem)
        self.pictures.recut_done.connect(lambda _: self._reload())
        self.pictures.recut_failed.connect(lambda _, error: self._not_recut(error))
        self.actions_on_pages.done.connect(self._reload)
        self.actions_on_pages.removed.connect(self._offer_undo)
        self.actions_on_pages.failed.connect(self._show_problem)
        self._undo.undone.connect(self._put_back)

    # -- the case ------------------------------------------------------------------------------------------

    def bind(self, case: IntakeCase) -> None:
        super().bind(case)
        self.actions_on_pages.forget()
        self._undo.withdraw()
        self.problem.clear()
        case.pages_changed.connect(self._pages_changed)
        self._say_chips()
        self.refresh()
        self.board.choose(str(case.place.get("item") or self._target()), str(case.place.get("page", "")))

    def set_narrow(self, on: bool) -> None:
        self._share_room()

    def _share_room(self) -> None:
        """The page beside the list; or, where there is no room for both, one in place of the other."""
        large = self.panel.large()
        had = self.isAncestorOf(self.window().focusWidget() or self)
        self.card.setVisible(not large)
        self.beside.setVisible(large or not self.narrow)
        if had:  # what was hidden took the focus with it
            (self.panel if large else self.board).setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Show the rows as the case, the files under way and the failures stand now."""
        case = self.case
        if case is None:
            return
        found = {entry_of(problem): problem for problem in of_step(case.missing(), Step.MATERIALS)}
        codes = [row.item.code for row in case.board(whole=self._more)]
        self.more_button.setVisible(self._more or len(codes) < len(case.checklist.items))
        self.board.show_rows([self._files.content(case, code, found.get(code)) for code in codes])
        self._say_buttons()

    def busy(self) -> bool:
        """Say whether files are still on their way into this case."""
        return self.case is not None and bool(self._files.rows_taking(self.case.id))

    def focus_entry(self, entry: str) -> None:
        if entry:
            self.board.choose(entry)
        self.board.setFocus(Qt.FocusReason.OtherFocusReason)

    def give_up(self) -> bool:
        """Leave the corners, or the enlarged page; False where neither was."""
        if self.panel.editor.give_up() or self.panel.editor.hasFocus():
            self.board.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if self.panel.large():
            self.panel.set_large(False)
            self.board.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def entry_in_focus(self) -> str:
        return self.board.current_row() if self.board.hasFocus() else ""

    def retranslate(self) -> None:
        super().retranslate()
        self.card.set_title(self.tr("Materials"))
        self.board.retranslate()
        self.panel.retranslate()
        self._say_chips()
        self._say_buttons()
        self.refresh()

    def keys(self) -> list[tuple[str, str]]:
        return key_list()

    # -- going on ------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        acts: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_L: lambda: self._recut(None, -90),
            Qt.Key.Key_R: lambda: self._recut(None, 90),
            Qt.Key.Key_W: self._take_whole,
            Qt.Key.Key_Z: lambda: self.panel.set_large(not self.panel.large()),
            Qt.Key.Key_C: lambda: self.panel.editor.setFocus(Qt.FocusReason.OtherFocusReason),
        }
        if key == Qt.Key.Key_M and plain:
            self._turn_more()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            if not event.isAutoRepeat():
                self._primary()
        elif key in acts and plain and self.board.current_page() is not None:
            acts[key]()
        elif self.panel.large():
            self.board.keyPressEvent(event)  # the list is out of sight, its keys go on
        else:
            super().keyPressEvent(event)

    def _target(self) -> str:
        """Return the row to fill next: this one if it lacks its paper, else the next that does, or ""."""
        return self._files.next_row(self.case, self.board.current_row()) if self.case is not None else ""

    def _primary(self) -> None:
        target = self._target()
        if target:
            self.board.choose(target, "" if target != self.board.current_row() else self._page_id())
            self.ask_files(target)
        else:
            self.went_on.emit()

    def _secondary(self) -> None:
        if self._target():
            self.went_on.emit()
        else:
            self.ask_files(self.board.current_row())

    def _say_buttons(self) -> None:
        target = self._target()
        on, more = self.tr("Go on: inquiry"), self.tr("Add pages")
        self.more_button.set_text(self.tr("Fewer papers") if self._more else self.tr("Other papers"))
        here = target == self.board.current_row()
        self.on_button.set_text(on if not target else more if here else self.tr("Add to the next row"))
        self.second_button.set_text(on if target else more)
        self.second_button.set_key_hint("PgDn" if target else "Ctrl O")

    def _say_chips(self) -> None:
        if self.case is None:
            return
        self._chips[0].set_chip(self.case.checklist.name(language()))
        self._chips[1].set_chip(self.tr("Arrears apart from certificates"))
        self._chips[1].setVisible(self.case.compound.arrears_separation)

    def _turn_more(self) -> None:
        """Show every row of the checklist, or only those that this case wants."""
        self._more = not self._more
        self.refresh()

    # -- adding --------------------------------------------------------------------------------------------

    def ask_files(self, code: str) -> None:
        """Let the operator choose files for a row; the window stays alive meanwhile."""
        if self.case is None or not code or self.dialog is not None:
            return
        item = self.case.checklist.item(code)
        title = self.tr("Add to: {item}").format(item=item.name(language()) if item else "")
        self.dialog = files_dialog(self, title, self._folder)
        self.dialog.filesSelected.connect(lambda names: self._files_chosen(code, names))
        self.dialog.finished.connect(self._dialog_closed)
        self.dialog.open()

    def _files_chosen(self, code: str, names: Sequence[str]) -> None:
        self._folder = str(Path(names[0]).parent) if names else self._folder
        self.add(code, [file_source(Path(name)) for name in names])

    def _dialog_closed(self) -> None:
        self.dialog = None
        self.window().activateWindow()
        self.board.setFocus(Qt.FocusReason.OtherFocusReason)

    def paste(self) -> None:
        """Add what the clipboard holds, a picture or files, to the current row."""
        self._take(self.board.current_row(), QGuiApplication.clipboard().mimeData())

    def _take(self, code: str, mime: QMimeData) -> None:
        sources = sources_of(mime, self.tr("Pasted picture"))
        if sources:
            self.add(code, sources)
        else:
            self._toast.show_text(self.tr("Nothing to add: copy a picture or files first"), Tone.AMBER)

    def add(self, code: str, sources: Sequence[Source]) -> None:
        """Send sources on their way into a row; the row shows each of them until its pages are committed."""
        case = self.case
        if case is None or not code or not sources:
            return
        case.save()

        def begin() -> None:
            self._files.begin(self._adder.add(case.id, code, sources))
            self.refresh()

        case.when_stored(begin)

    def _file_moved(self, work: FileWork) -> None:
        self._files.move(work)
        self._refresh_of(work)

    def _file_added(self, work: FileWork, pages: tuple[StoredPage, ...]) -> None:
        self._files.end(work)
        if self.case is None or work.application_id != self.case.id:
            return
        if work.item_code == self.board.current_row() and pages:
            self.case.set_place(item=work.item_code, page=pages[-1].id)
        self._reload()

    def _file_failed(self, work: FileWork, error: JilaiError) -> None:
        self._files.fail(work, error)
        self._refresh_of(work)

    def _refresh_of(self, work: FileWork) -> None:
        if self.case is not None and work.application_id == self.case.id:
            self.refresh()

    def _dismiss(self, key: str) -> None:
        self._files.dismiss(key)
        self.refresh()

    # -- one page ------------------------------------------------------------------------------------------

    def _reload(self) -> None:
        if self.case is not None:
            self.case.reload_pages()

    def _pages_changed(self) -> None:
        case = self.sender()
        if case is not self.case or self.case is None:
            return
        self.refresh()
        wanted = str(self.case.place.get("page", ""))
        if wanted and any(p.id == wanted for p in self.board.pages_of_row()):
            self.board.choose(self.board.current_row(), wanted)
        self._show_current()

    def _row_chosen(self, code: str) -> None:
        if self.case is not None:
            self.case.set_place(item=code, page="")
        self._say_buttons()

    def _page_chosen(self, page_id: str) -> None:
        if self.case is not None:
            self.case.set_place(page=page_id)
        self._show_current()

    def _page_id(self) -> str:
        page = self.board.current_page()
        return page.id if page is not None else ""

    def _show_current(self) -> None:
        page = self.board.current_page()
        if page is None:
            self.panel.set_large(False)
            self.panel.show_nothing()
        else:
            self.panel.show_waiting(page)
        self.pictures.show(page)

    def _show_pictures(self, pictures: Pictures) -> None:
        self.panel.show_page(pictures.page, pictures.original, pictures.size, pictures.improved)

    def _recut(self, corners: Quad | None, turn: int) -> None:
        page = self.board.current_page()
        if page is None:
            return
        first, second, third, fourth = page.corners
        self.panel.show_cutting()
        self.pictures.recut(page, corners or (first, second, third, fourth), page.rotation + turn)

    def _take_whole(self) -> None:
        page = self.board.current_page()
        size = self._adder.original_size(page.id) if page is not None else None
        if size is not None:
            width, height = float(size[0]), float(size[1])
            self._recut(((0.0, 0.0), (width, 0.0), (width, height), (0.0, height)), 0)

    def _not_recut(self, error: JilaiError) -> None:
        self._show_problem(error)
        self._show_current()

    def _remove(self) -> None:
        page = self.board.current_page()
        if page is not None:
            self.actions_on_pages.remove(page)

    def _offer_undo(self, page: StoredPage) -> None:
        item = self.case.checklist.item(page.item_code) if self.case else None
        name = item.name(language()) if item else ""
        self._undo.offer(self.tr("{item}: page {number} removed").format(item=name, number=page.ordinal))

    def _put_back(self) -> None:
        page = self.actions_on_pages.put_back()
        if page is not None and self.case is not None:
            self.case.set_place(item=page.item_code, page=page.id)

    def _material_changed(self, material: Material) -> None:
        if self.case is not None:
            self.case.edit(lambda a: a.with_material(material))
            self.refresh()

    def _show_problem(self, error: JilaiError) -> None:
        self.problem.show_problem(error)
