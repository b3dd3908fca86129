"""The sheet that accounts for a paper that is not there: promised for later, or replaced by an opinion."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from registration.application import Application
from registration.checklist import ChecklistItem
from registration.deferral import (
    Deferral,
    Flaw,
    may_defer,
    open_deferrals,
    policy_from,
    problems_of_deferrals,
)
from registration.errors import Problem
from registration.legacy import Substitution, categories_of, problems_of_substitutions
from registration.packs import CATEGORIES, DEPARTMENTS
from ui.intake.case import IntakeCase
from ui.messages import language
from ui.widgets import Field, PrimaryButton, SecondaryButton, Sheet, Text
from ui.widgets.day_edit import DayEdit
from ui.widgets.pills import Pill, Pills

_UNSIGNED = "deferral_unsigned"  # the promise is signed once all papers that it names are known


@dataclass(frozen=True)
class Ways:
    """How a row's paper may be accounted for: by a promise, and by the opinions that its categories offer.

    `opinions` has category -> departments that may give the opinion.
    """

    promise: bool
    opinions: Mapping[str, Sequence[str]]

    def __bool__(self) -> bool:
        return self.promise or bool(self.opinions)


def ways_of(case: IntakeCase, item: ChecklistItem) -> Ways:
    """Return what the packs of a case allow for one row of its checklist."""
    known: Mapping[str, Any] = case.packs[CATEGORIES]["categories"]
    opinions: dict[str, list[str]] = {}
    for category in categories_of(case.file, case.application.categories):
        for offered in known.get(category, {}).get("replaces", ()):
            if offered["item"] == item.code:
                opinions.setdefault(category, []).extend(offered["departments"])
    return Ways(may_defer(item), opinions)


class PromiseSheet(Sheet):
    """PromiseSheet(host, case, item, ways): Enter goes through its lines and stores, Esc leaves it as it was.

    `changed(application -> application)` is called with what was decided; taking it back is a decision too.
    """

    def __init__(
        self,
        host: QWidget,
        case: IntakeCase,
        item: ChecklistItem,
        ways: Ways,
        changed: Callable[[Callable[[Application], Application]], None],
    ) -> None:
        super().__init__(host, item.name(language()), width=560)
        self._case, self._item, self._ways, self._changed = case, item, ways, changed
        facts = case.application
        self._deferral = next((d for d in open_deferrals(facts.deferrals) if d.item_code == item.code), None)
        self._opinion = next((s for s in facts.substitutions if s.item_code == item.code), None)
        self.way = Pills()
        self._why = Text("", "muted", wrap=True)
        self._make_promise()
        self._make_opinion()
        self._build()
        self.way.chosen.connect(lambda _: self._show_way())
        self.way.confirmed.connect(lambda: self._step(self.way))
        first = "opinion" if self._opinion is not None or not ways.promise else "promise"
        pills = [Pill("promise", self.tr("Promised for later"))] if ways.promise else []
        if ways.opinions:
            pills.append(Pill("opinion", self.tr("Opinion in its place")))
        self.way.show_pills(pills, [first])
        self.way.setVisible(len(pills) > 1)
        self._show_way()

    def open(self) -> None:
        super().open()
        first = self.due if self.way.values() == ("promise",) else self.category
        (self.way if self.way.isVisibleTo(self) else first).setFocus(Qt.FocusReason.OtherFocusReason)

    # -- its parts -----------------------------------------------------------------------------------------

    def _make_promise(self) -> None:
        policy, today = policy_from(self._case.packs), self._case.today()
        last = policy.last_day(today).isoformat()
        self.flaw = Pills()
        flaw = self._deferral.flaw if self._deferral is not None else Flaw.MISSING
        names = {Flaw.MISSING: self.tr("Not there"), Flaw.FLAWED: self.tr("There, but not in due form")}
        self.flaw.show_pills([Pill(f.value, names[f]) for f in Flaw], [flaw.value])
        self.due = DayEdit()
        self.due.setText(self._deferral.due if self._deferral is not None else last)
        self.due_field = Field(self.tr("To be handed in by"), self.due)
        self.due_field.set_hint(
            self.tr("At the latest {last}: {days} days").format(last=last, days=policy.max_days)
        )
        self.flaw.confirmed.connect(lambda: self._step(self.flaw))
        self.due.returnPressed.connect(lambda: self._step(self.due))

    def _make_opinion(self) -> None:
        given = self._opinion
        self.category, self.department = Pills(), Pills()
        word = "en" if language() == "en" else "zh"
        known = self._case.packs[CATEGORIES]["categories"]
        category = given.category if given is not None else next(iter(self._ways.opinions), "")
        pills = [Pill(code, f"{code} {known.get(code, {}).get(word, '')}") for code in self._ways.opinions]
        self.category.show_pills(pills, [category])
        self._show_departments(given.department if given is not None else "")
        self.lines = {name: QLineEdit() for name in ("document", "number")}
        self.lines["dated"] = DayEdit()
        texts = (given.document, given.number, given.dated) if given is not None else ("", "", "")
        for editor, text in zip(self.lines.values(), texts, strict=True):
            editor.setText(text)
        self.lines["document"].setMaxLength(120)
        self.lines["number"].setMaxLength(60)
        self.fields = {
            "document": Field(self.tr("Opinion or minutes: title"), self.lines["document"], line=False),
            "number": Field(self.tr("Number"), self.lines["number"], line=False),
            "dated": Field(self.tr("Date"), self.lines["dated"]),
        }
        self.category.chosen.connect(lambda _: self._show_departments(""))
        self.category.confirmed.connect(lambda: self._step(self.category))
        self.department.confirmed.connect(lambda: self._step(self.department))
        for editor in self.lines.values():
            editor.returnPressed.connect(lambda editor=editor: self._step(editor))

    def _show_departments(self, chosen: str) -> None:
        word = "en" if language() == "en" else "zh"
        known = self._case.packs[DEPARTMENTS]["departments"]
        offered = dict.fromkeys(self._ways.opinions.get(next(iter(self.category.values()), ""), ()))
        pills = [Pill(code, str(known.get(code, {}).get(word, code))) for code in offered]
        self.department.show_pills(pills, [chosen if chosen in offered else next(iter(offered), "")])

    def _build(self) -> None:
        self.body.addWidget(self.way)
        self.body.addWidget(self._why)
        self._category_words = Text(self.tr("Because of category"), "strong")
        self._department_words = Text(self.tr("Opinion of"), "strong")
        self._of_promise: tuple[QWidget, ...] = (self.flaw, self.due_field)
        self._of_opinion: tuple[QWidget, ...] = (
            self._category_words,
            self.category,
            self._department_words,
            self.department,
            *self.fields.values(),
        )
        for widget in (*self._of_promise, *self._of_opinion):
            self.body.addWidget(widget)
        self.trouble = Text("", "small", wrap=True)
        self.trouble.setProperty("tone", "seal")
        self.body.addWidget(self.trouble)
        keep = SecondaryButton(self.tr("Back"), "Esc")
        keep.clicked.connect(self.close_sheet)
        if self._deferral is not None or self._opinion is not None:
            self.take_back_button = SecondaryButton(self.tr("Take it back"), "Ctrl Del")
            self.take_back_button.clicked.connect(self.take_back)
            self.buttons.insertWidget(0, self.take_back_button)
        self.save_button = PrimaryButton(self.tr("Store"), "Enter")
        self.save_button.clicked.connect(self.store)
        self.buttons.addWidget(keep)
        self.buttons.addWidget(self.save_button)

    def _show_way(self) -> None:
        promise = self.way.values() == ("promise",)
        for widget in self._of_promise:
            widget.setVisible(promise)
        for widget in self._of_opinion:
            widget.setVisible(not promise)
        self._why.set_text(
            self.tr(
                "The case is taken in without this paper; nothing is registered before it comes. "
                "The promise is printed, signed, and captured in its own row."
            )
            if promise
            else self.tr(
                "A department's opinion stands in for a paper that can no longer be had; nothing comes later."
            )
        )
        self.trouble.hide()

    # -- keys ----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.take_back()
            event.accept()
            return
        super().keyPressEvent(event)

    def _step(self, here: QWidget) -> None:
        """Go to the next part after `here`; store after the last."""
        parts: list[QWidget] = [self.way]
        if self.way.values() == ("promise",):
            parts += [self.flaw, self.due]
        else:
            parts += [self.category, self.department, *self.lines.values()]
        following = parts[parts.index(here) + 1 :]
        if following:
            following[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.store()

    # -- deciding ------------------------------------------------------------------------------------------

    def store(self) -> None:
        """Store what was decided, unless a rule says that it does not hold."""
        if self.way.values() == ("promise",):
            self._store_promise()
        else:
            self._store_opinion()

    def take_back(self) -> None:
        """Undo what was decided for this row: the paper is wanted again."""
        code = self._item.code
        self._decide(lambda a: _without(a, code))

    def _store_promise(self) -> None:
        case, code = self._case, self._item.code
        today = case.today()
        given = Deferral(
            code,
            Flaw(self.flaw.values()[0]),
            self._deferral.promised_on if self._deferral is not None else today.isoformat(),
            self.due.day(),
            self._deferral.promise if self._deferral is not None else "",
        )
        new = _without(case.application, code)
        found = problems_of_deferrals(
            [*new.deferrals, given], case.checklist, policy_from(case.packs), today=today
        )
        if self._refused(found, self.due_field):
            return
        self._decide(lambda a: _with_deferral(_without(a, code), given))

    def _store_opinion(self) -> None:
        case, code = self._case, self._item.code
        given = Substitution(
            code,
            next(iter(self.category.values()), ""),
            next(iter(self.department.values()), ""),
            self.lines["document"].text().strip(),
            self.lines["number"].text().strip(),
            self.lines["dated"].day() if isinstance(self.lines["dated"], DayEdit) else "",
        )
        categories = categories_of(case.file, case.application.categories)
        found = problems_of_substitutions([given], case.checklist, categories, case.packs, today=case.today())
        if self._refused(found, self.fields["dated"]):
            return
        self._decide(lambda a: _with_substitution(_without(a, code), given))

    def _refused(self, found: Sequence[Problem], field: Field) -> bool:
        mine = (f"materials.{self._item.code}", "materials")
        problem = next((p for p in found if p.field in mine and p.code != _UNSIGNED), None)
        field.show_problem(problem)
        return problem is not None

    def _decide(self, change: Callable[[Application], Application]) -> None:
        self.close_sheet()
        self._changed(change)


def _without(application: Application, item_code: str) -> Application:
    return replace(
        application,
        deferrals=tuple(d for d in application.deferrals if d.item_code != item_code or d.delivered_on),
        substitutions=tuple(s for s in application.substitutions if s.item_code != item_code),
    )


def _with_deferral(application: Application, given: Deferral) -> Application:
    return replace(application, deferrals=(*application.deferrals, given))


def _with_substitution(application: Application, given: Substitution) -> Application:
    return replace(application, substitutions=(*application.substitutions, given))
