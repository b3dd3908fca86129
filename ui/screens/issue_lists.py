"""Issue lists of departments over the ledger: one or all of them, printed or saved as PDF."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from registration.errors import JilaiError
from registration.packs import DEPARTMENTS, PackSet
from storage import issue_lists, obstacles
from storage.obstacles import Wanted
from ui.issue_papers import Asked, issue_pdf, issue_table
from ui.obstacle_words import department_words
from ui.run import aside, read_aside, run
from ui.screens.paper_saving import ask_where, write_whole
from ui.widgets import Choice, Field, InlineProblem, PrimaryButton, SecondaryButton, Sheet, Text

if TYPE_CHECKING:
    from ui.services import Services

translate = QCoreApplication.translate


class IssueListsSheet(Sheet):
    """Opens by itself over `host`; `wanted` is what the ledger shows, `scope` its words for the paper.

    Enter prints, S saves PDF and T tables: one department's list as a file, all of them as a file each in a
    folder. That a list leaves is audited before it does.
    """

    def __init__(self, host: QWidget, services: Services, packs: PackSet, wanted: Wanted, scope: str) -> None:
        super().__init__(host, translate("Ledger", "Issue lists of the departments"), width=720)
        self._services, self._wanted, self._scope = services, replace(wanted, department=""), scope
        self._codes = tuple(packs[DEPARTMENTS]["departments"])
        self._counts: dict[str, int] = {}
        self._busy = True
        self.which = Choice()
        self.said, self.problem = Text("", "muted", wrap=True), InlineProblem()
        self.body.addWidget(Field(translate("Ledger", "Department"), self.which, line=False))
        for part in (self.said, self.problem):
            self.body.addWidget(part)
        self.leave = SecondaryButton(translate("Ledger", "Back"), "Esc")
        self.save = SecondaryButton(translate("Ledger", "Save as PDF…"), "S", "save")
        self.table = SecondaryButton(translate("Ledger", "Save as tables…"), "T", "save")
        self.go = PrimaryButton(translate("Ledger", "Print"), "Enter", "printer")
        for button, act in (
            (self.leave, self.close_sheet),
            (self.table, lambda: self.keep("xlsx")),
            (self.save, self.keep),
            (self.go, self.print_it),
        ):
            button.clicked.connect(act)
            self.buttons.addWidget(button)
        self.which.currentIndexChanged.connect(lambda _: self._tell())
        today, shown = services.clock().date(), self._wanted
        self._let(False)
        self.said.set_text(translate("Ledger", "Counting…"))
        read_aside(
            self,
            services,
            lambda db: issue_lists.counts(db, shown, today),
            lambda found: self._known(found, wanted.department),
            self._failed,
        )
        self.open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.print_it()
        elif event.key() == Qt.Key.Key_S:
            self.keep()
        elif event.key() == Qt.Key.Key_T:
            self.keep("xlsx")
        super().keyPressEvent(event)

    def print_it(self) -> None:
        """Send what is chosen to the printer as one job."""
        services, asked = self._services, self._asked()
        if not asked.departments or self._busy:
            return
        printer, title = services.settings.value.a4_printer, translate("Ledger", "Issue lists")

        def send() -> None:
            services.press.send(issue_pdf(services, asked), printer, title)

        self._audited(asked, lambda: self._work(send, translate("Ledger", "Sent to the printer.")))

    def keep(self, kind: str = "pdf") -> None:
        """Ask where, and save what is chosen as "pdf" or "xlsx"."""
        asked = self._asked()
        if not asked.departments or self._busy:
            return
        title = translate("Ledger", "Issue lists")
        if self._chosen():
            name = self._name(self._chosen())
            ask_where(self, title, name, lambda file: self._save(asked, [file], kind), kind=kind)
            return
        dialog = QFileDialog(self, title)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        files = [f"{self._name(code)}.{kind}" for code in asked.departments]
        dialog.fileSelected.connect(
            lambda folder: self._save(asked, [str(Path(folder) / file) for file in files], kind)
        )
        dialog.open()

    def _save(self, asked: Asked, files: list[str], kind: str) -> None:
        """Write one file for each department that is asked for."""
        services, make = self._services, issue_table if kind == "xlsx" else issue_pdf

        def save() -> None:
            for code, file in zip(asked.departments, files, strict=True):
                write_whole(file, make(services, replace(asked, departments=(code,))))

        number = len(files)
        said = self.tr("%n list(s) saved", "", number)
        self._audited(asked, lambda: self._work(save, said))

    def _audited(self, asked: Asked, then: Any) -> None:
        who, now, department = self._services.who, asked.at, self._chosen()
        lines = sum(self._counts[code] for code in asked.departments)
        self._let(False)
        run(
            self,
            self._services,
            lambda db: obstacles.note_export(db, who, now, department=department, lines=lines),
            lambda _: then(),
            self._failed,
        )

    def _work(self, work: Any, said: str) -> None:
        self.problem.clear()
        self.said.set_text(translate("Ledger", "Making the lists…"))

        def done(_: object) -> None:
            self._let(True)
            self.said.set_text(said)

        aside(self, self._services.signals, work, done, self._failed)

    def _failed(self, error: JilaiError) -> None:
        self._let(bool(self._counts))
        self._tell()
        self.problem.show_problem(error)

    def _known(self, counts: dict[str, int], department: str) -> None:
        self._counts = {code: counts[code] for code in self._codes if code in counts}  # as in the pack
        every = translate("Ledger", "All departments with something to do")
        some = [(f"{department_words(code)} · {number}", code) for code, number in self._counts.items()]
        self.which.set_entries([(every, ""), *some])
        self.which.setCurrentIndex(max(self.which.findData(department), 0))
        self._let(bool(counts))
        self._tell()
        (self.go if counts else self.leave).setFocus()  # in the list of choices letters search

    def _tell(self) -> None:
        asked = self._asked()
        if not asked.departments:
            self.said.set_text(translate("Ledger", "Nothing of this kind is in the ledger."))
            return
        number, all_lines = len(asked.departments), sum(self._counts[code] for code in asked.departments)
        lists = self.tr("%n list(s)", "", number)
        lines = self.tr("%n line(s)", "", all_lines)
        self.said.set_text(" · ".join((lists, lines, self._scope)))

    def _chosen(self) -> str:
        return str(self.which.currentData() or "")

    def _asked(self) -> Asked:
        services, chosen = self._services, self._chosen()
        codes = (chosen,) if chosen else tuple(self._counts)
        who = services.who
        return Asked(self._wanted, codes, self._scope, services.clock(), who.device_code, who.operator_name)

    def _name(self, code: str) -> str:
        day = self._services.clock().date().isoformat()
        title = translate("Ledger", "Issue list")
        return f"{title} {department_words(code)} {day}"

    def _let(self, on: bool) -> None:
        self._busy = not on
        for button in (self.table, self.save, self.go):
            button.setEnabled(on)
