"""A ledger's spreadsheet at the window: chosen, judged as a whole, taken in with one key, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget
from shiboken6 import isValid

from registration.changes import Changes
from registration.errors import JilaiError, Problem
from registration.ledger_sheet import LedgerReport, column_name
from registration.packs import PackSet
from registration.wording import say
from storage import ledger_batches, ledger_import
from storage.ledger_import import LedgerBatch
from ui.messages import language
from ui.moments import day_and_time
from ui.run import aside, read_aside, run
from ui.screens.handover_check import error_headings
from ui.screens.paper_saving import ask_where, write_whole
from ui.services import Services
from ui.theme import look
from ui.widgets import InlineProblem, PrimaryButton, SecondaryButton, Sheet, Text
from ui.widgets.plain_table import PlainTable

translate = QCoreApplication.translate
ErrorLine = tuple[str, str, str, str]


@dataclass(frozen=True)
class Judged:
    """The dry run of a file, and its errors in words: line, column, what is wrong, what to do."""

    report: LedgerReport
    errors: list[ErrorLine]


class LedgerImportSheet(Sheet):
    """Opens by itself over `host`; Esc stops what is being written, else it closes."""

    def __init__(self, host: QWidget, services: Services) -> None:
        super().__init__(host, translate("LedgerImport", "Take in a ledger's spreadsheet"), width=960)
        self._services = services
        self._path: Path | None = None
        self._judged: Judged | None = None
        self._batch: LedgerBatch | None = None
        self._busy = False
        self._writing = False
        self._stop = Event()
        self.said, self.before = Text("", wrap=True), Text("", "muted", wrap=True)
        self.table = PlainTable((0.7, 1.2, 4.0, 3.4), strong=(0, 2), height=54)
        self.table.setMinimumHeight(look().px(260))
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.problem = InlineProblem()
        for part in (self.said, self.problem, self.progress, self.table, self.before):
            self.body.addWidget(part)
        self.leave = SecondaryButton(translate("LedgerImport", "Close"), "Esc")
        self.undo = SecondaryButton(translate("LedgerImport", "Take back"), "Z")
        self.export = SecondaryButton(translate("LedgerImport", "Save the errors…"), "X", "save")
        self.other = SecondaryButton(translate("LedgerImport", "Another file"), "O")
        self.go = PrimaryButton("", "Enter")
        for button, press in (
            (self.leave, self.close_sheet),
            (self.undo, self.take_back),
            (self.export, self.save_errors),
            (self.other, self.choose),
            (self.go, self.act),
        ):
            button.clicked.connect(press)
            self.buttons.addWidget(button)
        self._show()
        self._reload()
        self.open()
        self.go.setFocus()

    def close_sheet(self) -> None:
        if self._writing:
            self._stop.set()  # nothing is left half way: what was written unseen goes again
        else:
            super().close_sheet()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts = {
            Qt.Key.Key_Return: (self.go, self.act),
            Qt.Key.Key_Enter: (self.go, self.act),
            Qt.Key.Key_O: (self.other, self.choose),
            Qt.Key.Key_X: (self.export, self.save_errors),
            Qt.Key.Key_Z: (self.undo, self.take_back),
        }
        button, act = acts.get(Qt.Key(event.key()), (None, None))
        if button is not None and act is not None and button.isVisible() and button.isEnabled():
            act()
        super().keyPressEvent(event)

    def act(self) -> None:
        """Choose a file; take in what is in order; read what was mended once more."""
        if self._judged is not None and self._judged.report.entries:
            self.take_in()
        elif self._path is not None:
            self.read(str(self._path))
        else:
            self.choose()

    def choose(self) -> None:
        """Ask for the file."""
        dialog = QFileDialog(self, translate("LedgerImport", "The ledger's spreadsheet"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([f"{translate('LedgerImport', 'Spreadsheets')} (*.xlsx *.xlsm *.csv)"])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.read)
        dialog.open()

    def read(self, name: str) -> None:
        """Read and judge a file; nothing is stored."""
        self._path, self._judged = Path(name), None
        self._begin(translate("LedgerImport", "Reading {file}…").format(file=self._path.name))
        judge = partial(_judge, self._services, self._path, language())
        aside(self, self._services.signals, judge, self._arrived, self._failed)

    def take_in(self) -> None:
        """Write all of it down, or nothing."""
        judged, services = self._judged, self._services
        if judged is None or not judged.report.entries or self._busy:
            return
        entries, who, now = judged.report.entries, services.who, services.clock()
        batch_id, stop = services.new_id(), self._stop
        stop.clear()
        self._writing = True
        count = len(entries)
        self._begin(self.tr("Taking in %n obstacle(s)…", "", count), count)

        def work() -> LedgerBatch:
            return ledger_import.take_in(
                services.store,
                who,
                now,
                entries,
                batch_id=batch_id,
                new_id=services.new_id,
                progress=self._tell,
                stopped=stop.is_set,
            )

        def done(_: LedgerBatch) -> None:
            self._done(self.tr("%n obstacle(s) taken in", "", count))

        aside(self, services.signals, work, done, self._refused)

    def take_back(self) -> None:
        """Take the batch before back, but for what somebody has worked on since."""
        batch, services = self._batch, self._services
        if batch is None or batch.taken_back or self._busy:
            return
        who, now = services.who, services.clock()
        self._begin(self.tr("Taking %n obstacle(s) back…", "", batch.count))
        words = translate("LedgerImport", "Taken back; what was worked on stays in the ledger.")

        def tell() -> None:
            ledger_batches.tell_all(services.store, services.clock)

        def hide(_: None) -> None:
            run(self, services, back, hidden, self._failed)

        def back(db: Any) -> Changes:
            return ledger_import.take_back(db, who, now, batch.id, new_id=services.new_id)

        def hidden(_: Changes) -> None:
            self._done(words)

        aside(self, services.signals, tell, hide, self._failed)  # first what is still on its way out

    def save_errors(self) -> None:
        """Save what is wrong as a table, by line and column."""
        judged = self._judged
        if judged is None or not judged.errors:
            return
        title, heads = translate("LedgerImport", "Errors"), list(error_headings())

        def save(name: str) -> None:
            from capture.spreadsheet_writing import table_file

            def write() -> None:
                write_whole(name, table_file(title, heads, judged.errors, (8, 20, 60, 50)))

            saved = translate("LedgerImport", "Saved: {file}").format(file=Path(name).name)
            show = self.problem.show_problem
            aside(self, self._services.signals, write, lambda _: self.before.set_text(saved), show)

        ask_where(self, title, title, save, kind="xlsx")

    def _tell(self, done: int) -> None:
        """Called on the thread that writes."""
        self._services.signals.post(lambda: self.progress.setValue(done) if isValid(self) else None)

    def _begin(self, words: str, count: int = 0) -> None:
        self._busy = True
        self.problem.clear()
        self.progress.setRange(0, count)
        self.progress.setValue(0)
        self.said.set_text(words)
        self._show(words)

    def _arrived(self, judged: Judged) -> None:
        self._busy, self._judged = False, judged
        self.table.show_lines(error_headings(), judged.errors)
        self._show()
        (self.table if judged.errors else self.go).setFocus()

    def _failed(self, error: JilaiError) -> None:
        self._busy = self._writing = False
        self._show()
        self.problem.show_problem(error)
        self.go.setFocus()

    def _refused(self, error: JilaiError) -> None:
        if error.code == "ledger_sheet_overtaken":
            self._judged = None  # of a ledger that was; the sheet is to be read again
        self._failed(error)

    def _done(self, words: str) -> None:
        self._busy = self._writing = False
        self._judged = self._path = None
        self._show(words)
        self._reload()
        self.go.setFocus()

    def _reload(self) -> None:
        def found(batch: LedgerBatch | None) -> None:
            self._batch = batch
            self._show(self.said.text())

        read_aside(self, self._services, ledger_import.latest, found)

    def _show(self, words: str = "") -> None:
        report = self._judged.report if self._judged is not None else None
        errors, ready = len(report.errors) if report else 0, len(report.entries) if report else 0
        if errors and report:
            words = self.tr("%n error(s), nothing taken in", "", errors)
        elif ready:
            words = self.tr("%n obstacle(s), no error", "", ready)
        self.said.set_text(words or _help())
        batch = self._batch
        if batch is not None and not batch.taken_back:
            said = self.tr("Taken in before: %n obstacle(s), {at}", "", batch.count)
            self.before.set_text(said.format(at=day_and_time(batch.at, self._services.clock())))
        elif not self._busy:
            self.before.set_text("")
        self.progress.setVisible(self._busy)
        self.table.setVisible(bool(errors) and not self._busy)
        self.export.setVisible(bool(errors) and not self._busy)
        self.other.setVisible(self._path is not None and not self._busy)
        self.undo.setVisible(batch is not None and not batch.taken_back and report is None and not self._busy)
        self.go.setEnabled(not self._busy)
        self.go.set_text(
            self.tr("Take in %n obstacle(s)", "", ready)
            if ready
            else translate("LedgerImport", "Read again")
            if self._path is not None
            else translate("LedgerImport", "Choose a file…")
        )
        stop = translate("LedgerImport", "Stop")
        self.leave.set_text(stop if self._writing else translate("LedgerImport", "Close"))


def _help() -> str:
    return translate(
        "LedgerImport",
        "An xlsx or csv file. It is checked as a whole: nothing is taken in before every row is in order.",
    )


def _judge(services: Services, path: Path, tongue: str) -> Judged:
    """Raises SheetError and CaptureError for the file."""
    from capture.spreadsheet import read_spreadsheet

    sheet = read_spreadsheet(path)
    report, known = services.store.read(lambda db: ledger_import.judge(db, sheet))
    return Judged(report, [_line(problem, known, tongue) for problem in report.errors])


def _line(problem: Problem, known: PackSet, tongue: str) -> ErrorLine:
    said, parts = say(problem, tongue), problem.field.split(".")
    if len(parts) < 3:
        return ("—", "—", f"{said.title}: {said.what}", said.remedy)
    return (parts[1], column_name(parts[2], known, tongue), said.what, said.remedy)
