"""What is asked over the supervision log: an entry, an escalation, an end, what was seen at a door."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from registration.packs import DEPARTMENTS, PackSet
from registration.property_unit import Compound
from registration.supervision import SupervisionRules
from storage import supervision
from ui.messages import language
from ui.run import run
from ui.screens.obstacle_sheets import entries
from ui.widgets import Choice, Field, InlineProblem, PrimaryButton, SecondaryButton, Segmented, Sheet

if TYPE_CHECKING:
    from ui.services import Services

translate = QCoreApplication.translate


class EntrySheet(Sheet):
    """An entry of the log: of the matter `matter_id`, or with "" the first of a new one."""

    def __init__(
        self,
        host: QWidget,
        services: Services,
        packs: PackSet,
        rules: SupervisionRules,
        compounds: Sequence[Compound],
        compound_id: str,
        matter_id: str = "",
    ) -> None:
        new = not matter_id
        title = translate("Supervision", "New matter") if new else translate("Supervision", "New entry")
        super().__init__(host, title, width=640)
        self._services, self._matter = services, matter_id
        self.compound, self.department, self.kind = Choice(), Choice(), Choice()
        self.about, self.words = QLineEdit(), QLineEdit()
        for one in compounds:
            self.compound.addItem(one.name, one.id)
        self.compound.setCurrentIndex(max(self.compound.findData(compound_id), 0))
        for code, words in entries(packs, DEPARTMENTS):
            self.department.addItem(words, code)
        for code, zh, en in rules.kinds:
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
        _finish(self, translate("Supervision", "Keep"), self.keep)
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
        run(
            self,
            services,
            lambda db: supervision.note_matter(
                db, who, now, fact_id=fact, matter_id=matter, compound_id=compound, **given
            ),
            lambda _: self.close_sheet(),
            self.problem.show_problem,
        )


def ask_words(host: QWidget, services: Services, title: str, go: str, do: Callable[..., Any]) -> Sheet:
    """Ask for words, and hand (db, who, now, fact_id, words) to `do`."""
    sheet = Sheet(host, title, width=560)
    words, problem = QLineEdit(), InlineProblem()
    words.setMaxLength(300)
    sheet.body.addWidget(Field(translate("Supervision", "In a sentence"), words, line=False))
    sheet.body.addWidget(problem)

    def keep() -> None:
        who, now, fact, said = services.who, services.clock(), services.new_id(), words.text()
        run(
            sheet,
            services,
            lambda db: do(db, who, now, fact_id=fact, words=said),
            lambda _: sheet.close_sheet(),
            problem.show_problem,
        )

    _finish(sheet, go, keep)
    words.returnPressed.connect(keep)
    sheet.open()
    words.setFocus()
    return sheet


def ask_seen(host: QWidget, services: Services, inspection_id: str, household_id: str, place: str) -> Sheet:
    """Ask what was found at a home of a sample."""
    sheet = Sheet(host, place, width=560)
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
    sheet.body.addWidget(problem)

    def keep() -> None:
        who, now, fact = services.who, services.clock(), services.new_id()
        good, said = agrees.value() == "yes", words.text()
        run(
            sheet,
            services,
            lambda db: supervision.note_seen(
                db,
                who,
                now,
                fact_id=fact,
                inspection_id=inspection_id,
                household_id=household_id,
                agrees=good,
                words=said,
            ),
            lambda _: sheet.close_sheet(),
            problem.show_problem,
        )

    _finish(sheet, translate("Supervision", "Keep"), keep)
    words.returnPressed.connect(keep)
    sheet.open()
    words.setFocus()
    return sheet


def _finish(sheet: Sheet, words: str, keep: Callable[[], None]) -> None:
    back, go = SecondaryButton(translate("Supervision", "Back"), "Esc"), PrimaryButton(words, "Enter")
    back.clicked.connect(sheet.close_sheet)
    go.clicked.connect(keep)
    sheet.buttons.addWidget(back)
    sheet.buttons.addWidget(go)
