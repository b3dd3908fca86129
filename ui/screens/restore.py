"""Taking over a second copy on a machine without a vault: which folder, whose password, how far it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from registration.errors import JilaiError, Problem
from storage.restore import CopyFound, Restored, look_at_copy
from ui import moments
from ui.run import aside
from ui.screens.gate import Gate, PasswordEdit
from ui.screens.package_progress import Progress, ProgressRow
from ui.settings import Settings
from ui.signals import Signals
from ui.widgets import Field, InlineProblem, PrimaryButton, QuietButton, SecondaryButton, Text

Restore = Callable[[Path, str, str, Progress], Restored | None]


class RestoreScreen(Gate):
    """`restored(account)` when the copy is this machine's data, `given_up()` for the way back."""

    restored = Signal(str)
    given_up = Signal()

    def __init__(
        self, settings: Settings, signals: Signals, restore: Restore, parent: QWidget | None = None
    ) -> None:
        super().__init__(settings, parent)
        self._signals, self._restore = signals, restore
        self._folder: Path | None = None
        self._found: CopyFound | None = None
        self._under_way: Progress | None = None
        self._done: Restored | None = None
        self._title, self._below = Text("", "title"), Text("", "muted", wrap=True)
        self._where = Text("", "strong", wrap=True, selectable=True)
        self._choose = SecondaryButton("", "", "search")
        self._choose.clicked.connect(self.ask_folder)
        self._account, self._password = QLineEdit(), PasswordEdit()
        self._account_field, self._password_field = Field("", self._account), Field("", self._password)
        self._account.returnPressed.connect(self._password.setFocus)
        self._password.returnPressed.connect(self.go)
        self._problem, self._progress = InlineProblem(), ProgressRow()
        self._progress.stopped.connect(self.back)
        self._go, self._back = PrimaryButton("", "Enter"), QuietButton("")
        self._go.clicked.connect(self.go)
        self._back.clicked.connect(self.back)
        row = QHBoxLayout()
        row.addWidget(self._choose)
        row.addStretch(1)
        for words in (self._title, self._below, self._where):
            self.form.addWidget(words)
        self.form.addLayout(row)
        person = QHBoxLayout()
        person.setSpacing(12)
        person.addWidget(self._account_field, 1)
        person.addWidget(self._password_field, 1)
        self.form.addLayout(person)
        below: tuple[QWidget, ...] = (self._problem, self._progress, self._go, self._back)
        for widget in below:
            self.form.addWidget(widget)
        esc = QShortcut(QKeySequence("Esc"), self)
        esc.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        esc.activated.connect(self.back)
        self.retranslate()

    def ask_folder(self) -> None:
        """Ask for the folder of the copy."""
        dialog = QFileDialog(self, self.tr("The folder of the second copy"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.look_at)
        dialog.open()

    def look_at(self, folder: str) -> None:
        """Look at what a folder holds; then an account and its password are asked for."""
        self._problem.clear()
        self._folder, self._found = Path(folder), None

        def found(copy: CopyFound) -> None:
            self._found = copy
            self.retranslate()
            self._account.setFocus()

        aside(self, self._signals, lambda: look_at_copy(Path(folder)), found, self._failed)
        self.retranslate()

    def go(self) -> None:
        """Take the copy over; once that is done, go to the unlock page."""
        if self._done is not None:
            self.restored.emit(self._account.text().strip())
            return
        folder, account, password = self._folder, self._account.text().strip(), self._password.text()
        if folder is None or self._found is None or self._under_way is not None:
            return
        self._account_field.show_problem(None if account else Problem("account_missing"))
        if not account:
            self._account.setFocus()
            return
        self._problem.clear()
        self._under_way = progress = Progress()
        self._progress.begin(self.tr("Copying and proving every page…"), progress)
        self.retranslate()

        def work() -> Restored | None:
            return self._restore(folder, account, password, progress)

        aside(self, self._signals, work, self._came, self._failed)

    def shown(self) -> None:
        self._choose.setFocus()

    def back(self) -> bool:
        if self._under_way is not None:
            self._under_way.stop()
        elif self._done is None:
            self.given_up.emit()
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        """The window was closed: nothing is copied that nobody sees; the next try goes on from there."""
        if self._under_way is not None and not event.spontaneous():
            self._under_way.stop()
        super().hideEvent(event)

    def keys(self) -> list[tuple[str, str]]:
        return [("Enter", self.tr("Go on")), ("Esc", self.tr("Back"))]

    def retranslate(self) -> None:
        super().retranslate()
        done, busy, found = self._done, self._under_way is not None, self._found
        self._title.set_text(self.tr("Open from a second copy"))
        self._below.set_text(
            self.tr(
                "This machine goes on where the other one stood. The other one must not be used any more: its"
                " receipt numbers that are left are given up."
            )
            if done is None
            else self._words_of(done)
        )
        self._choose.set_text(self.tr("Choose its folder…"))
        self._account_field.set_label(self.tr("Account"))
        self._password_field.set_label(self.tr("Password, or the recovery key"))
        self._password.set_eye_words(self.tr("Show or hide what is typed"))
        self._go.set_text(self.tr("Take over and go on") if done is None else self.tr("Unlock it"))
        self._back.set_text(self.tr("Back"))
        self._progress.retranslate()
        self._where.set_text(str(self._folder or "") if found is None else self._words_of_copy(found))
        self._where.setVisible(self._folder is not None)
        for field in (self._account_field, self._password_field):
            field.setVisible(found is not None and done is None)
        self._choose.setVisible(done is None)
        self._choose.setEnabled(not busy)
        self._back.setVisible(done is None and not busy)
        self._go.setEnabled(found is not None and not busy)

    def _words_of_copy(self, found: CopyFound) -> str:
        return self.tr("{folder}: as of {at}, {pages}, {size}").format(
            folder=self._folder,
            at=moments.full_time(found.at),
            pages=self.tr("%n page file(s)", "", found.pages),
            size=moments.size(found.bytes),
        )

    def _words_of(self, done: Restored) -> str:
        words = self.tr("Everything is here: %n page file(s) were opened.", "", done.pages)
        if done.bad:
            words += " " + self.tr("%n page file(s) of the copy were bad and are missing.", "", done.bad)
        return words

    def _came(self, restored: Restored | None) -> None:
        self._end()
        if restored is not None:
            self._done = restored
            self._password.clear()
        self.retranslate()
        self._go.setFocus()

    def _failed(self, error: JilaiError) -> None:
        self._end()
        self._problem.show_problem(error)  # whole: its remedy may be what to type instead
        self.retranslate()
        if error.problem.field == "password":
            self._password.setFocus()
            self._password.selectAll()

    def _end(self) -> None:
        self._under_way = None
        self._progress.end()
