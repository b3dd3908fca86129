"""What is asked over the supervision log: an entry, an escalation, an end, what was seen at a door."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from registration.changes import Changes
from registration.errors import JilaiError
from registration.facts import Attachment
from registration.packs import DEPARTMENTS, PackSet
from registration.property_unit import Compound
from registration.supervision import Inspection, rules_from
from storage import supervision
from ui.messages import language
from ui.run import aside, run
from ui.screens.files_sheet import FilesSheet
from ui.screens.obstacle_sheets import compound_choice, entries, finish, keep_once
from ui.widgets import Choice, Field, InlineProblem, Segmented, Sheet

if TYPE_CHECKING:
    from printing.inspection_sheet import Sample
    from ui.services import Services

translate = QCoreApplication.translate


class EntrySheet(Sheet):
    """An entry of the log: of the matter `matter_id`, or with "" the first of a new one."""

    def __init__(
        self,
        host: QWidget,
        services: Services,
        packs: PackSet,
        compounds: Sequence[Compound],
        compound_id: str,
        matter_id: str = "",
    ) -> None:
        new = not matter_id
        title = translate("Supervision", "New matter") if new else translate("Supervision", "New entry")
        super().__init__(host, title, width=640)
        self._services, self._matter = services, matter_id
        self.compound, self.department, self.kind = (
            compound_choice(compounds, compound_id),
            Choice(),
            Choice(),
        )
        self.about, self.words = QLineEdit(), QLineEdit()
        for code, words in entries(packs, DEPARTMENTS):
            self.department.addItem(words, code)
        for code, zh, en in rules_from(packs).kinds:
            self.kind.addItem(en if language() == "en" else zh, code)
        for edit in (self.about, self.words):
            edit.setMaxLength(300)
        if new:
            self.body.addWidget(Field(translate("Supervision", "Compound"), self.compound, line=False))
            self.body.addWidget(Field(translate("Supervision", "Department"), self.department, line=False))
            self.body.addWidget(Field(translate("Supervision", "About what"), self.about, line=False))
        self.body.addWidget(Field(translate("Supervision", "How"), self.kind, line=False))
        self.body.addWidget(
            Field(translate("Supervision", "Who was asked, what came of it"), self.words, line=False)
        )
        self.problem = InlineProblem()
        self.body.addWidget(self.problem)
        self._go = finish(self, translate("Supervision", "Keep"), self.keep)
        self.about.returnPressed.connect(self.words.setFocus)
        self.words.returnPressed.connect(self.keep)
        self.open()
        (self.about if new else self.words).setFocus()

    def keep(self) -> None:
        services = self._services
        who, now, fact = services.who, services.clock(), services.new_id()
        matter = self._matter or services.new_id()
        given = {
            "kind": str(self.kind.currentData()),
            "words": self.words.text(),
            "department": str(self.department.currentData()),
            "about": self.about.text(),
        }
        compound = str(self.compound.currentData())
        keep_once(
            self,
            services,
            self._go,
            self.problem,
            lambda db: supervision.note_matter(
                db, who, now, fact_id=fact, matter_id=matter, compound_id=compound, **given
            ),
        )


def ask_seen(host: QWidget, services: Services, inspection: Inspection, places: Mapping[str, str]) -> Sheet:
    """Ask at which home of a sample somebody was, and what was found; a photo or a file may go with it.

    `places` are the homes by id. Those where nobody was yet come first; one that was seen can be noted anew.
    """
    sheet = FilesSheet(host, services, translate("Supervision", "Note what was seen"), width=560)
    home = Choice()
    seen = [one.household_id for one in inspection.seen]
    for key in (*inspection.left, *seen):
        home.addItem(places.get(key, key), key)
    sheet.body.addWidget(Field(translate("Supervision", "Home"), home, line=False))
    agrees = Segmented(
        [
            ("yes", translate("Supervision", "As it is claimed")),
            ("no", translate("Supervision", "It is different")),
        ]
    )
    agrees.set_value("yes")
    words, problem = QLineEdit(), InlineProblem()
    words.setMaxLength(300)
    sheet.body.addWidget(agrees)
    sheet.body.addWidget(Field(translate("Supervision", "What was seen"), words, line=False))
    sheet.add_files_row(translate("Supervision", "The building, the door, the papers. Nobody's face."))
    sheet.body.addWidget(problem)

    def write(sealed: list[Attachment]) -> None:
        who, now, fact = services.who, services.clock(), services.new_id()
        good, said, household_id = agrees.value() == "yes", words.text(), str(home.currentData())

        def note(db: Any) -> Changes:
            about = {"inspection_id": inspection.id, "household_id": household_id}
            return supervision.note_seen(
                db, who, now, fact_id=fact, agrees=good, words=said, photos=sealed, **about
            )

        run(sheet, services, note, lambda _: sheet.close_sheet(), refused)

    def refused(error: JilaiError) -> None:
        go.setEnabled(True)
        problem.show_problem(error)

    def keep() -> None:
        if go.isEnabled():
            go.setEnabled(False)
            sheet.with_sealed(write, refused)

    go = finish(sheet, translate("Supervision", "Keep"), keep)
    words.returnPressed.connect(keep)
    sheet.open()
    words.setFocus()
    return sheet


def ask_sample(host: QWidget, services: Services, compounds: Sequence[Compound], compound_id: str) -> Sheet:
    """Ask where a sample is drawn, since one that is drawn stays; its seed is the moment, kept with it."""
    sheet = Sheet(host, translate("Supervision", "Draw a sample of homes"), width=560)
    compound, problem = compound_choice(compounds, compound_id), InlineProblem()
    sheet.body.addWidget(Field(translate("Supervision", "Compound"), compound, line=False))
    sheet.body.addWidget(problem)

    def draw() -> None:
        who, now, fact, inspection = services.who, services.clock(), services.new_id(), services.new_id()
        given = {"compound_id": str(compound.currentData()), "seed": now.isoformat()}
        keep_once(
            sheet,
            services,
            go,
            problem,
            lambda db: supervision.draw_sample(db, who, now, fact_id=fact, inspection_id=inspection, **given),
        )

    go = finish(sheet, translate("Supervision", "Draw"), draw)
    sheet.open()
    go.setFocus()
    return sheet


def print_paper(
    owner: QWidget, services: Services, sample: Sample, refused: Callable[[JilaiError], None]
) -> None:
    """Send the sheet of an inspection to the printer, off the main thread."""
    printer, now, tongue = services.settings.value.a4_printer, services.clock(), language()
    title = translate("Supervision", "Inspection of homes")

    def send() -> None:
        from printing.inspection_sheet import render

        services.press.send(render(sample, language=tongue, printed_at=now), printer, title)

    aside(owner, services.signals, send, None, refused)
