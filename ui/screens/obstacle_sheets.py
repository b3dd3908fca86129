"""What is asked over the ledger: a new obstacle, whose task it is, its evidence, words for its history."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from registration.errors import JilaiError
from registration.evidence import Evidence, EvidenceKind
from registration.facts import Attachment
from registration.obstacles import MOST_ROWS, LedgerEntry, Obstruction, lead_of
from registration.packs import CATEGORIES, DEPARTMENTS, PackSet
from registration.property_unit import Compound
from storage import obstacles
from ui.messages import language
from ui.run import read_aside, run
from ui.screens.files_sheet import FilesSheet
from ui.widgets import Choice, Field, InlineProblem, PrimaryButton, SecondaryButton, Segmented, Sheet, Text
from ui.widgets.day_edit import DayEdit

if TYPE_CHECKING:
    from ui.services import Services

translate = QCoreApplication.translate


def entries(packs: PackSet, name: str) -> list[tuple[str, str]]:
    """Return (code, words) of the pack of categories or of departments, in its order."""
    body: Mapping[str, Any] = packs[name]["categories" if name == CATEGORIES else "departments"]
    return [(code, str(entry[language()])) for code, entry in body.items()]


def compound_choice(compounds: Sequence[Compound], compound_id: str) -> Choice:
    """Return a choice among compounds by name; the first one stands where `compound_id` is none of them."""
    choice = Choice()
    for one in compounds:
        choice.addItem(one.name, one.id)
    choice.setCurrentIndex(max(choice.findData(compound_id), 0))
    return choice


class NewSheet(Sheet):
    """One obstacle of a compound, of one household, or the same for many: words of the place choose them."""

    def __init__(
        self,
        host: QWidget,
        services: Services,
        packs: PackSet,
        compounds: Sequence[Compound],
        compound_id: str,
    ) -> None:
        super().__init__(host, translate("Ledger", "New obstacle"), width=680)
        self._services, self._packs = services, packs
        self._homes: list[str] = []
        self.compound, self.category, self.department = (
            compound_choice(compounds, compound_id),
            Choice(),
            Choice(),
        )
        self.place, self.court, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        self.due = DayEdit()
        for choice, name in ((self.category, CATEGORIES), (self.department, DEPARTMENTS)):
            for code, words in entries(packs, name):
                choice.addItem(f"{code} {words}" if name == CATEGORIES else words, code)
        for edit, longest in ((self.place, 60), (self.court, 60), (self.note, 300)):
            edit.setMaxLength(longest)
        self.place.setPlaceholderText(translate("Ledger", "2号楼 1单元 501; empty: the compound"))
        self._hit = Text("", "muted", wrap=True)
        self._court_field = Field(translate("Ledger", "Case number of the court"), self.court, line=False)
        where = QHBoxLayout()
        where.addWidget(Field(translate("Ledger", "Compound"), self.compound, line=False), 1)
        where.addWidget(Field(translate("Ledger", "Building, entrance, room"), self.place, line=False), 1)
        what = QHBoxLayout()
        what.addWidget(Field(translate("Ledger", "Category"), self.category, line=False), 1)
        what.addWidget(Field(translate("Ledger", "Department"), self.department, line=False), 1)
        until = QHBoxLayout()
        until.addWidget(Field(translate("Ledger", "To be done by"), self.due, line=False), 1)
        until.addWidget(self._court_field, 1)
        for choice in (self.compound, self.category, self.department):
            choice.setMinimumWidth(100)
        for part in (where, what, until):
            part.setSpacing(16)
        self.body.addLayout(where)
        self.body.addWidget(self._hit)
        self.body.addLayout(what)
        self.body.addLayout(until)
        self.body.addWidget(Field(translate("Ledger", "What is the matter"), self.note, line=False))
        self.problem = InlineProblem()
        self.body.addWidget(self.problem)
        self._go = finish(self, translate("Ledger", "Write down"), self._write)
        for edit in (self.place, self.due, self.court, self.note):
            edit.returnPressed.connect(self._write)
        self.compound.currentIndexChanged.connect(lambda _: self._find())
        self.place.textChanged.connect(lambda _: self._find())
        self.category.currentIndexChanged.connect(lambda _: self._lead())
        self._lead()
        self._find()
        self.open()
        self.place.setFocus()

    def _lead(self) -> None:
        lead = lead_of(str(self.category.currentData()), self._packs)
        self.department.setCurrentIndex(max(self.department.findData(lead), 0))
        self._court_field.setVisible(lead == "court")

    def _find(self) -> None:
        compound, words = str(self.compound.currentData() or ""), self.place.text().strip()
        self._homes = []
        self._go.setEnabled(not words and bool(compound))
        if not words:
            self._hit.set_text(translate("Ledger", "Stops the compound as a whole"))
            return

        def found(homes: list[str]) -> None:
            if (compound, words) == (str(self.compound.currentData()), self.place.text().strip()):
                self._homes = homes
                self._go.setEnabled(bool(homes))
                number = len(homes)
                said = self.tr("%n household(s)", "", number)
                self._hit.set_text(said if homes else translate("Ledger", "No such household here"))

        read_aside(self, self._services, lambda db: obstacles.homes(db, compound, words), found)

    def _write(self) -> None:
        if not self._go.isEnabled():
            return
        services = self._services
        who, now, compound = services.who, services.clock(), str(self.compound.currentData())
        texts = (self.due.day(), self.court.text(), self.note.text())
        codes = (str(self.category.currentData()), str(self.department.currentData()))
        if len(self._homes) < 2:
            given = Obstruction(*codes, self._homes[0] if self._homes else "", *texts)
            ids = {"fact_id": services.new_id(), "obstacle_id": services.new_id()}

            def do(db: Any) -> object:
                return obstacles.block(db, who, now, compound_id=compound, what=given, **ids)

        else:
            many = [(services.new_id(), Obstruction(*codes, home, *texts)) for home in self._homes]
            batch = services.new_id()
            facts = [services.new_id() for _ in range(0, len(many), MOST_ROWS)]

            def do(db: Any) -> object:
                return obstacles.block_many(
                    db, who, now, batch_id=batch, fact_ids=facts, compound_id=compound, given=many
                )

        keep_once(self, services, self._go, self.problem, do)


def ask_task(host: QWidget, services: Services, packs: PackSet, known: LedgerEntry) -> Sheet:
    """Ask which department has an obstacle as its task, and until when."""
    sheet = Sheet(host, translate("Ledger", "Whose task, and until when"))
    department, due, problem = Choice(), DayEdit(), InlineProblem()
    for code, words in entries(packs, DEPARTMENTS):
        department.addItem(words, code)
    department.setCurrentIndex(max(department.findData(known.what.department), 0))
    due.setText(known.what.due)
    sheet.body.addWidget(Field(translate("Ledger", "Department"), department, line=False))
    sheet.body.addWidget(Field(translate("Ledger", "To be done by"), due, line=False))
    sheet.body.addWidget(problem)

    def keep() -> None:
        who, now, fact = services.who, services.clock(), services.new_id()
        given = {"department": str(department.currentData()), "due": due.day()}
        keep_once(
            sheet,
            services,
            go,
            problem,
            lambda db: obstacles.assign(db, who, now, fact_id=fact, obstacle_id=known.id, **given),
        )

    go = finish(sheet, translate("Ledger", "Assign"), keep)
    due.returnPressed.connect(keep)
    sheet.open()
    department.setFocus()
    return sheet


def ask_evidence(host: QWidget, services: Services, title_words: str, do: Callable[..., Any]) -> Sheet:
    """Ask what something is ended on: a document or minutes by title and number, or a photo.

    `do` is an operation that takes (db, who, now, fact_id, evidence).
    """
    sheet = FilesSheet(host, services, title_words)
    kind = Segmented(
        [
            (EvidenceKind.DOCUMENT.value, translate("Ledger", "Document")),
            (EvidenceKind.MINUTES.value, translate("Ledger", "Minutes")),
            (EvidenceKind.PHOTO.value, translate("Ledger", "Photo")),
        ]
    )
    kind.set_value(EvidenceKind.DOCUMENT.value)
    title, number, problem = QLineEdit(), QLineEdit(), InlineProblem()
    sheet.body.addWidget(kind)
    for label, edit in (
        (translate("Ledger", "Title"), title),
        (translate("Ledger", "Number of the paper"), number),
    ):
        edit.setMaxLength(200)
        sheet.body.addWidget(Field(label, edit, line=False))
    sheet.add_files_row(translate("Ledger", "What shows that it is over: a paper, a place. Nobody's face."))
    sheet.body.addWidget(problem)

    def write(sealed: list[Attachment]) -> None:
        who, now, fact = services.who, services.clock(), services.new_id()
        given = Evidence(EvidenceKind(kind.value()), title.text(), number.text(), tuple(sealed))
        run(
            sheet,
            services,
            lambda db: do(db, who, now, fact_id=fact, evidence=given),
            lambda _: sheet.close_sheet(),
            refused,
        )

    def refused(error: JilaiError) -> None:
        go.setEnabled(True)
        problem.show_problem(error)

    def keep() -> None:
        if go.isEnabled():
            go.setEnabled(False)
            sheet.with_sealed(write, refused)

    def photographed() -> None:
        if not (title.text().strip() or number.text().strip()):
            kind.set_value(EvidenceKind.PHOTO.value)

    sheet.photographed.connect(photographed)
    go = finish(sheet, translate("Ledger", "Clear"), keep)
    title.returnPressed.connect(number.setFocus)
    number.returnPressed.connect(keep)
    sheet.open()
    title.setFocus()
    return sheet


def ask_words(host: QWidget, services: Services, title: str, go_on: str, do: Callable[..., Any]) -> Sheet:
    """Ask for a sentence and hand (db, who, now, fact_id, words) to `do`, an operation."""
    sheet = Sheet(host, title, width=560)
    words, problem = QLineEdit(), InlineProblem()
    words.setMaxLength(300)
    sheet.body.addWidget(Field(translate("Ledger", "In a sentence"), words, line=False))
    sheet.body.addWidget(problem)

    def keep() -> None:
        who, now, fact, said = services.who, services.clock(), services.new_id(), words.text()
        keep_once(sheet, services, go, problem, lambda db: do(db, who, now, fact_id=fact, words=said))

    go = finish(sheet, go_on, keep)
    words.returnPressed.connect(keep)
    sheet.open()
    words.setFocus()
    return sheet


def keep_once(
    sheet: Sheet, services: Services, go: PrimaryButton, problem: InlineProblem, do: Callable[[Any], Any]
) -> None:
    """Run what a sheet writes, once for however many presses; close it, or say why not and let go again."""
    if not go.isEnabled():
        return
    go.setEnabled(False)

    def refused(error: JilaiError) -> None:
        go.setEnabled(True)
        problem.show_problem(error)

    run(sheet, services, do, lambda _: sheet.close_sheet(), refused)


def finish(sheet: Sheet, words: str, keep: Callable[[], None]) -> PrimaryButton:
    """Put the buttons under a sheet: back, and the one that does it."""
    back, go = SecondaryButton(translate("Ledger", "Back"), "Esc"), PrimaryButton(words, "Enter")
    back.clicked.connect(sheet.close_sheet)
    go.clicked.connect(keep)
    sheet.buttons.addWidget(back)
    sheet.buttons.addWidget(go)
    return go
