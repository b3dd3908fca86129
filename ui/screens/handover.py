"""交房即交证: a developer's sheet is chosen, checked as a whole, and becomes one draft for each household."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget
from shiboken6 import isValid

from registration.changes import Changes
from registration.errors import JilaiError, Problem
from registration.packs import shipped
from registration.property_unit import Compound
from registration.session import Session
from storage import handover, packs, reference, sessions
from storage.handover import Batch
from ui.messages import language
from ui.run import aside, read_aside, run
from ui.screens import handover_check
from ui.screens.handover_card import HandoverCard
from ui.screens.handover_check import Checked
from ui.screens.handover_side import HandoverSide
from ui.screens.paper_saving import ask_where, write_whole
from ui.theme import Tone
from ui.widgets import DangerButton, Screen, SecondaryButton, Sheet, Text

if TYPE_CHECKING:
    from ui.services import Services


class HandoverScreen(Screen):
    """`show_compound(compound id)` in; `left()`, `queue_wanted()` out once the drafts are made."""

    left = Signal()
    queue_wanted = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._wanted = ""  # the compound that was asked for
        self._compound: Compound | None = None
        self._session: Session | None = None
        self._packs = shipped()
        self._path: Path | None = None
        self._checked: Checked | None = None
        self._batch: Batch | None = None  # the one before
        self._made: Batch | None = None  # the one of this sheet
        self._round = 0
        self._fresh = False  # just turned to
        self._working = ""
        self.setAcceptDrops(True)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(16)
        self.card = HandoverCard()
        outer.addWidget(self.card, 1)
        self.side = HandoverSide()
        outer.addWidget(self.side)
        for button, press in (
            (self.card.export, self.save_errors),
            (self.card.other, self.choose),
            (self.card.again, self.read_again),
            (self.card.go, self._go),
        ):
            button.clicked.connect(press)
        self.side.template_wanted.connect(self.save_template)
        self.side.undo_wanted.connect(self.ask_undo)
        services.signals.changed.connect(self._changed)
        for key, act in (
            ("O", self.choose),
            ("R", self.read_again),
            ("T", self.save_template),
            ("X", self.save_errors),
            ("Z", self.ask_undo),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.retranslate()

    # -- in and out ----------------------------------------------------------------------------------------

    def show_compound(self, compound_id: str) -> None:
        """Take in a sheet for a compound; what was shown of another one is forgotten."""
        if self._wanted != compound_id:
            self._forget()
            self._compound, self._wanted = None, compound_id
            self._show()
        self._reload()

    def shown(self) -> None:
        self._fresh = True
        self._reload()

    def back(self) -> bool:
        if self._working:
            return True  # neither a reading nor a batch is left half way
        if self._path is not None:
            self._forget()
            self._show()
        else:
            self.left.emit()
        return True

    def retranslate(self) -> None:
        self.card.retranslate()
        self.side.retranslate()
        self.side.show_columns(handover_check.columns_of(self._packs, language()))
        self._show()

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("Enter", self.tr("Choose a file; make the drafts")),
            ("O", self.tr("Choose another file")),
            ("R", self.tr("Read the same file again")),
            ("X", self.tr("Save the errors for the developer")),
            ("T", self.tr("Save a template for the developer")),
            ("Z", self.tr("Take the batch before back")),
        ]

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not self._working and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = next((u.toLocalFile() for u in event.mimeData().urls() if u.isLocalFile()), "")
        if path and not self._working:
            event.acceptProposedAction()
            self.read(path)

    # -- reading -------------------------------------------------------------------------------------------

    def choose(self) -> None:
        """Ask for the file."""
        if self._working or self._compound is None:
            return
        dialog = QFileDialog(self, self.tr("The developer's sheet"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [f"{self.tr('Spreadsheets')} (*.xlsx *.xlsm *.csv)", f"{self.tr('All files')} (*)"]
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.read)
        dialog.open()

    def read_again(self) -> None:
        """Read the same file once more, after it was mended."""
        if self._path is not None and self._made is None and not self._working:
            self.read(str(self._path))

    def read(self, name: str) -> None:
        """Read and check a file; nothing is stored."""
        compound, services = self._compound, self._services
        if compound is None or self._working:
            return
        self._forget()
        self._path = Path(name)
        self._round += 1
        today = services.clock().date()
        self._wait(self.tr("Reading {file}…").format(file=self._path.name))
        aside(
            self,
            services.signals,
            partial(handover_check.check, services, self._path, compound.id, today),
            partial(self._arrived, self._round),
            partial(self._not_read, self._round),
        )

    def _arrived(self, number: int, checked: Checked) -> None:
        if number == self._round:
            self._working, self._checked = "", checked
            self._show()
            (self.card.errors if checked.report.errors else self.card.go).setFocus(
                Qt.FocusReason.OtherFocusReason
            )

    def _not_read(self, number: int, error: JilaiError) -> None:
        if number == self._round:
            self._working = ""
            self._show()
            self.card.problem.show_problem(error)
            self.card.go.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- making the drafts ---------------------------------------------------------------------------------

    def _go(self) -> None:
        if self._made is not None:
            self.queue_wanted.emit()
        elif self._checked is not None and self._checked.report.cases:
            self.take_in()
        elif self._checked is not None and self._checked.report.errors:
            self.read_again()
        else:
            self.choose()

    def take_in(self) -> None:
        """Make one draft for each household of a sheet without errors, all of them or none."""
        checked, session, services = self._checked, self._session, self._services
        if checked is None or not checked.report.cases or self._working:
            return
        if session is None or session.compound_id != checked.compound.id:
            here = Problem("no_session") if session is None else self._elsewhere(session)
            self.card.problem.show_problem(here, tone=Tone.AMBER)
            return
        cases = checked.report.cases
        self._wait(self.tr("Making %n draft(s)…", "", len(cases)), len(cases))
        who, now, batch_id, number = services.who, services.clock(), services.new_id(), self._round
        run(
            self,
            services,
            lambda db: handover.start_batch(
                db,
                who,
                now,
                cases,
                batch_id=batch_id,
                session_id=session.id,
                new_id=services.new_id,
                progress=self._tell_progress,
            ),
            lambda made: self._done(made[1]),
            partial(self._not_read, number),
        )

    def _done(self, made: Batch) -> None:
        self._working, self._made = "", made
        self._show()
        self.card.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_progress(self, done: int) -> None:
        """Called on the store thread."""
        self._services.signals.post(lambda: self.card.progress.setValue(done) if isValid(self) else None)

    # -- taking back ---------------------------------------------------------------------------------------

    def ask_undo(self) -> None:
        """Ask once, then withdraw what nobody has touched of the batch before."""
        batch = self._batch
        if batch is None or not batch.untouched or self._working:
            return
        sheet = Sheet(self.window(), self.tr("Take this batch back?"))
        for line in (
            self.tr("%n draft(s) that nobody has touched are withdrawn.", "", batch.untouched),
            self.tr("What was worked on stays as it is."),
        ):
            sheet.body.addWidget(Text(line, wrap=True))
        stay = SecondaryButton(self.tr("Keep it"), "Esc")
        stay.clicked.connect(sheet.close_sheet)
        back = DangerButton(self.tr("Take back"), "Enter")
        back.clicked.connect(sheet.close_sheet)
        back.clicked.connect(lambda: self._undo(batch))
        sheet.buttons.addWidget(stay)
        sheet.buttons.addWidget(back)
        sheet.open()
        back.setFocus()

    def _undo(self, batch: Batch) -> None:
        services, number = self._services, self._round
        who, now, reason = services.who, services.clock(), self.tr("The batch was taken back")
        self._wait(self.tr("Taking %n draft(s) back…", "", batch.untouched), batch.untouched)
        run(
            self,
            services,
            lambda db: handover.undo_batch(db, who, now, batch.id, reason, self._tell_progress),
            lambda _: self._taken_back(),
            partial(self._not_read, number),
        )

    def _taken_back(self) -> None:
        self._working = ""
        self._forget()
        self._show()
        self.card.go.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- files for the developer ---------------------------------------------------------------------------

    def save_template(self) -> None:
        """Save an empty sheet with the right headings."""
        known, tongue = self._packs, language()
        self._save(self.tr("Handing over"), partial(handover_check.template_file, known, tongue))

    def save_errors(self) -> None:
        """Save what is wrong, by line and column."""
        checked = self._checked
        if checked is not None and checked.report.errors:
            self._save(self.tr("Errors"), partial(handover_check.errors_file, checked, language()))

    def _save(self, proposed: str, make: Any) -> None:
        def save(name: str) -> None:
            aside(
                self,
                self._services.signals,
                lambda: write_whole(name, make()),
                lambda _: self.card.note.set_text(self.tr("Saved: {file}").format(file=Path(name).name)),
                self.card.problem.show_problem,
            )

        ask_where(self, self.tr("Save as"), proposed, save, kind="xlsx")

    # -- what is shown -------------------------------------------------------------------------------------

    def _reload(self) -> None:
        if not self._wanted:
            return
        wanted, today = self._wanted, self._services.clock().date()

        def read(db: Any) -> tuple[Any, ...]:
            return (
                reference.compound(db, wanted),
                sessions.current(db),
                handover.latest_batch(db, wanted),
                packs.pack_set(db, today=today),
            )

        read_aside(self, self._services, read, partial(self._loaded, wanted))

    def _loaded(self, wanted: str, found: tuple[Any, ...]) -> None:
        if wanted != self._wanted:
            return
        self._compound, self._session, self._batch, self._packs = found
        self.side.show_batch(self._batch, self._services.clock())
        self.side.show_columns(handover_check.columns_of(self._packs, language()))
        self._show()
        if self._fresh:
            self._fresh = False
            self.card.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self, changes: Changes) -> None:
        if changes.sessions or changes.applications or changes.reference:
            self._reload()

    def _forget(self) -> None:
        self._path = self._checked = self._made = None
        self.card.problem.clear()
        self.card.note.set_text("")

    def _wait(self, words: str, count: int = 0) -> None:
        self._working = words
        self.card.problem.clear()
        self.card.progress.setRange(0, count)
        self.card.progress.setValue(0)
        self._show()

    def _elsewhere(self, session: Session) -> Problem:
        return Problem("batch_elsewhere", params={"compound": session.compound_name})

    def _show(self) -> None:
        name = self._compound.name if self._compound is not None else ""
        self.card.show_state(name, self._path is not None, self._checked, self._made, self._working)
        self.side.setEnabled(not self._working)
