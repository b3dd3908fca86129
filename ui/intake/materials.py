"""The materials: papers go to rows of the checklist, by dialog, by drop or by paste, each page seen large."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget

from registration.checklist import Form, Material
from registration.errors import JilaiError
from storage.values import StoredPage
from ui.intake.adding import FileWork, PageAdder, Source, file_source
from ui.intake.case import IntakeCase
from ui.intake.materials_keys import key_list
from ui.intake.page import StepPage
from ui.intake.page_hand import PageHand
from ui.intake.reader import PageReader
from ui.intake.row_guess import RowGuess
from ui.intake.sources import files_dialog, sources_of
from ui.intake.steps import Step, entry_of, of_step
from ui.intake.underway import FilesUnderway
from ui.messages import language
from ui.theme import Tone
from ui.widgets import Chip, InlineProblem, QuietButton, SecondaryButton, Toast
from ui.widgets.materials_board import MaterialsBoard
from ui.widgets.page_panel import PagePanel
from ui.widgets.thumbnails import Thumbnails
from ui.widgets.undo_bar import UndoBar

if TYPE_CHECKING:
    from ui.services import Services


MANY_PAGES = 5  # of one file: more are hardly all wanted


class MaterialsPage(StepPage):
    """The fourth step. Enter adds to the next row that lacks its paper, and goes on when none does."""

    step = Step.MATERIALS
    pages_shown = Signal()  # the board shows the case's pages as they are now
    bound = Signal(object)  # the IntakeCase in hand from now on

    def __init__(self, services: Services, adder: PageAdder, parent: QWidget | None = None) -> None:
        super().__init__(side_width=360, side_grows=True, parent=parent)
        self._services = services
        self._adder = adder
        self._files = FilesUnderway()
        self._folder = ""
        self._more = False  # rows that this case does not want by itself are shown too
        self.said_of_row: Callable[[str], tuple[str, Tone | None]] = lambda _: ("", None)
        self.camera_on: Callable[[], bool] = lambda: False
        self._retaking = ""  # the page whose place the next picture takes
        self.shutter: Callable[[], bool] = lambda: False  # presses a camera's that is on; says whether it did
        self.dialog: QFileDialog | None = None
        self.board = MaterialsBoard(Thumbnails(services, self))
        self.panel = PagePanel()
        self.reader = PageReader(services, self)
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
        self.content.addWidget(self.board, 2)
        self.side.addWidget(self.panel, 1)
        self.second_button = SecondaryButton()
        self.foot.insertWidget(2, self.second_button)
        self.on_button.clicked.disconnect()
        self.on_button.clicked.connect(self._primary)
        self.second_button.clicked.connect(self._secondary)
        self._undo = UndoBar(self.card, above=96)
        self._toast = Toast(self)
        self.hand = PageHand(services, self.board, self.panel, adder, self._undo, self._toast, self)
        self.guess = RowGuess(self.board, self.hand, self.reader, self._toast, self)
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
        board.material_changed.connect(self._material_changed)
        board.failure_dismissed.connect(self._dismiss)
        panel.enlarged.connect(lambda _: self._share_room())
        board.page_opened.connect(lambda: panel.set_large(True))
        self._adder.started.connect(self._file_moved)
        self._adder.moved_on.connect(self._file_moved)
        self._adder.added.connect(self._file_added)
        self._adder.failed.connect(self._file_failed)
        panel.set_guess(self.guess.words_for)
        panel.guess_taken.connect(self.guess.accept)
        self.hand.changed.connect(self._reload)
        self.hand.failed.connect(self._show_problem)
        self.hand.retake_wanted.connect(self._retake)
        self.reader.kept.connect(self._reading_kept)
        self.reader.lies_wrong.connect(self.hand.turn_upright)

    # -- the case ------------------------------------------------------------------------------------------

    def bind(self, case: IntakeCase) -> None:
        super().bind(case)
        self.hand.bind(case)
        self.guess.bind(case)
        self.reader.bind(case)
        self._retaking = ""
        self.problem.clear()
        case.pages_changed.connect(self._pages_changed)
        self._say_chips()
        self.refresh()
        self.board.choose(str(case.place.get("item") or self._target()), str(case.place.get("page", "")))
        self.bound.emit(case)

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
        rows = [self._files.content(case, code, found.get(code)) for code in codes]
        self.board.show_rows([replace(row, said=self.said_of_row(row.item.code)) for row in rows])
        self.say_buttons()

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
        self.say_buttons()
        self.refresh()

    def keys(self) -> list[tuple[str, str]]:
        return key_list()

    # -- going on ------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        acts = self.hand.acts()
        if key == Qt.Key.Key_M and plain:
            self._turn_more()
        elif key == Qt.Key.Key_G and plain:
            self.guess.accept()
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
            if not self.shutter():  # a camera that is on takes the paper; without one, files are asked for
                self.ask_files(target)
        else:
            self.went_on.emit()

    def _secondary(self) -> None:
        if self._target():
            self.went_on.emit()
        else:
            self.ask_files(self.board.current_row())

    def say_buttons(self) -> None:
        """Name the buttons as the rows and the camera stand now."""
        target = self._target()
        on, more = self.tr("Go on: inquiry"), self.tr("Add pages")
        self.more_button.set_text(self.tr("Fewer papers") if self._more else self.tr("Other papers"))
        here = target == self.board.current_row()
        if target and self.camera_on():
            self.on_button.set_text(self.tr("Photograph") if here else self.tr("Photograph the next row"))
        else:
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
        self.dialog.rejected.connect(self._not_retaken)
        self.dialog.open()

    def _retake(self, page: StoredPage) -> None:
        """Have another picture take this page's place: from the camera if it is on, else from a file."""
        self._retaking = page.id
        if not self.shutter():
            self.ask_files(page.item_code)

    def _not_retaken(self) -> None:
        self._retaking = ""

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
        replaces, self._retaking = self._retaking, ""
        material, item = case.application.material(code), case.checklist.item(code)
        form = material.form if material is not None else item.form if item is not None else None
        watermark = self._services.settings.value.watermark_copies and form is Form.COPY

        def begin() -> None:
            works = self._adder.add(case.id, code, sources, replaces=replaces, watermark=watermark)
            self._files.begin(works)
            self.guess.watch(works)
            self.refresh()

        case.when_stored(begin)

    def _file_moved(self, work: FileWork) -> None:
        self._files.move(work)
        self._refresh_of(work)

    def _file_added(self, work: FileWork, pages: tuple[StoredPage, ...]) -> None:
        self._files.end(work)
        self.guess.arrived(work, pages)
        if self.case is None or work.application_id != self.case.id:
            return
        if len(pages) > MANY_PAGES:
            words = self.tr("%n page(s) added. V chooses which of them are wanted", "", len(pages))
            self._toast.show_text(words)
        if pages and work.item_code == self.board.current_row():
            self.case.set_place(item=work.item_code, page=pages[-1].id)
        self._reload()

    def _file_failed(self, work: FileWork, error: JilaiError) -> None:
        self._files.fail(work, error)
        self.guess.arrived(work, ())
        self._refresh_of(work)

    def _refresh_of(self, work: FileWork) -> None:
        if self.case is not None and work.application_id == self.case.id:
            self.refresh()

    def _dismiss(self, key: str) -> None:
        self._files.dismiss(key)
        self.refresh()

    # -- one page ------------------------------------------------------------------------------------------

    def _reading_kept(self, application_id: str) -> None:
        if self.case is not None and self.case.id == application_id:
            self.case.reload_pages()

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
        self.hand.show_current()
        self.pages_shown.emit()

    def _row_chosen(self, code: str) -> None:
        if self.case is not None:
            self.case.set_place(item=code, page="")
        self.say_buttons()

    def _page_chosen(self, page_id: str) -> None:
        if self.case is not None:
            self.case.set_place(page=page_id)
        self.hand.show_current()

    def _page_id(self) -> str:
        page = self.board.current_page()
        return page.id if page is not None else ""

    def _material_changed(self, material: Material) -> None:
        if self.case is not None:
            self.case.edit(lambda a: a.with_material(material))
            self.refresh()

    def say(self, words: str, tone: Tone = Tone.PRIMARY) -> None:
        """Say something in passing."""
        self._toast.show_text(words, tone)

    def _show_problem(self, error: JilaiError) -> None:
        self.problem.show_problem(error)
