"""The intake: one page, eight parts beside a rail that shows them all, from the first name to the receipt."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from registration.application import Application
from registration.changes import Changes
from registration.errors import JilaiError, Problem, RuleError
from registration.receipt import Receipt
from storage import applications, sessions
from ui.intake.adding import PageAdder
from ui.intake.case import IntakeCase, Keeping, new_case, stored_case
from ui.intake.ending import CaseEnding
from ui.intake.mending import MendingBar
from ui.intake.pages import IntakePages
from ui.intake.rail import StepRail
from ui.intake.reading import CardReading
from ui.intake.steps import Step, entry_of, step_of
from ui.theme import look
from ui.widgets import EmptyState, InlineProblem, Screen

if TYPE_CHECKING:
    from ui.services import Services


class IntakeScreen(Screen):
    """`start(household_id)`, `open_draft(id)`, `resume()` in; `submitted`, `case_requested`, `left` out.

    Everything typed is a stored draft within two seconds, on leaving an entry and on every change of step.
    """

    submitted, left, case_requested = Signal(object), Signal(), Signal(str)
    case_taken, step_turned = Signal(object), Signal(object)  # IntakeCase or None; Step

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._case: IntakeCase | None = None
        self._visited: set[Step] = set()
        self.adder = PageAdder(services, self)
        self.rail = StepRail()
        self.pages = IntakePages(services, self.adder)
        self.applicant_page, self.property_page = self.pages.applicant, self.pages.household
        self.type_page, self.materials_page = self.pages.type, self.pages.materials
        self.inquiry_page, self.signatures_page = self.pages.inquiry, self.pages.signatures
        self.fees_page, self.review_page = self.pages.fees, self.pages.review
        self.card_side, self.capture_side = self.pages.card_side, self.pages.capture_side
        self.reading = CardReading(self.materials_page.reader, self.card_side, self)
        self.ending = CaseEnding(services, self)
        self.mending = MendingBar(services, self.materials_page)
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(12)
        self.trouble = InlineProblem()
        outer.addWidget(self.trouble)
        outer.addWidget(self.mending)
        self._pile = QStackedWidget()
        outer.addWidget(self._pile, 1)
        self._empty = EmptyState("file-plus-2", key_hint="Ctrl N")
        self._pile.addWidget(self._empty)
        work = QWidget()
        row = QHBoxLayout(work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.rail)
        row.addWidget(self.pages, 1)
        self._pile.addWidget(work)

    def _connect(self) -> None:
        self.rail.step_wanted.connect(self.go)
        self.rail.aside_wanted.connect(self.put_aside)
        self.rail.discard_wanted.connect(self._discard)
        self.review_page.submit_wanted.connect(self.submit)
        self.review_page.jump_wanted.connect(self._jump)
        self.review_page.refuse_wanted.connect(self._refuse)
        self.ending.submitted.connect(self._submitted)
        self.ending.refused.connect(self._refused)
        self.ending.discarded.connect(self._discarded)
        self._empty.acted.connect(self.start)
        self.pages.case_requested.connect(self.case_requested)
        self.mending.item_wanted.connect(lambda code: self.go(Step.MATERIALS, code))
        self.pages.went_on.connect(lambda: self._step_by(1))
        self.pages.went_back.connect(self._go_back)
        keys: dict[str, Callable[[], object]] = {
            "PgDown": lambda: self._step_by(1),
            "PgUp": lambda: self._step_by(-1),
            "Ctrl+Shift+N": self.put_aside,
            "Ctrl+M": self.mending.go_on,
        }
        for step in Step:
            keys[f"Alt+{step.number}"] = partial(self.go, step)
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self._services.signals.changed.connect(self._changed)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
            app.aboutToQuit.connect(self.save)

    # -- which case ----------------------------------------------------------------------------------------

    def case(self) -> IntakeCase | None:
        """Return the case in hand."""
        return self._case

    def start(self, household_id: str = "") -> None:
        """Begin an intake, or go on with the one in hand; with a household, one about it."""
        case = self._case
        if case is not None and not household_id:
            self._focus_place()
            return
        if case is not None and case.household is not None and case.household.id == household_id:
            self._focus_place()
            return
        session = self._services.store.read(sessions.current)
        if session is not None:
            self._take(new_case(self._services, session, household_id), Step.APPLICANT)

    def open_draft(self, application_id: str) -> None:
        """Go on with a stored draft where it was left; nothing happens where it is no draft any more."""
        if self._case is not None and self._case.id == application_id:
            self._focus_place()
            return
        found = self._services.store.read(lambda db: applications.draft(db, application_id))
        if found is not None:
            self.restore(*found)

    def resume(self) -> None:
        """Go on with the draft of the open session that was worked on last."""
        found = self._services.store.read(applications.latest_draft)
        if found is not None:
            self.restore(*found)

    def restore(self, application: Application, screen: str) -> None:
        """Bring back a draft: its facts, its pages, and the place where the operator was."""
        case = stored_case(self._services, application.id, screen)
        step = str(case.place.get("step", ""))
        self._take(case, Step(step) if step in set(Step) else Step.APPLICANT)

    def put_aside(self) -> None:
        """Keep the draft as it is and begin the next case."""
        if self._case is not None and self._case.keeping is not Keeping.NEW:
            self._drop_case()
        self.start()

    def save(self) -> None:
        """Store what is unsaved now."""
        if self._case is not None:
            self._case.save()

    def _take(self, case: IntakeCase, step: Step) -> None:
        self._drop_case()
        case.setParent(self)
        self._case = case
        self._visited = {Step(s) for s in case.place.get("visited", []) if s in set(Step)}
        self.trouble.clear()
        case.facts_changed.connect(self._refresh)
        case.pages_changed.connect(self._refresh)
        case.keeping_changed.connect(lambda _: self._say_keeping())
        case.save_failed.connect(self._not_saved)
        self.pages.bind(case)
        self.mending.bind(case)
        self._pile.setCurrentIndex(1)
        self._refresh()
        self._say_keeping()
        self.case_taken.emit(case)
        self.go(step, str(case.place.get("field", "")))

    def _drop_case(self) -> None:
        case, self._case = self._case, None
        if case is not None:
            self.case_taken.emit(None)
            case.close()
            for signal in (case.facts_changed, case.pages_changed, case.keeping_changed, case.save_failed):
                signal.disconnect()
            case.deleteLater()
        self.mending.bind(None)
        self._pile.setCurrentIndex(0)

    # -- which step ----------------------------------------------------------------------------------------

    def go(self, step: Step, entry: str = "") -> None:
        """Turn to a step, and there to an entry by its name; what was typed is stored first."""
        if self._case is None:
            return
        before = self.step()
        if before is not step:
            self._visited.add(before)
        self._case.save()
        page = self.pages.page(step)
        page.show_missing(step in self._visited)
        self.pages.setCurrentWidget(page)
        self.rail.show_step(step)
        page.shown()
        if step is Step.REVIEW:
            self.review_page.refresh(adding=self.materials_page.busy())
        page.focus_entry(entry)
        self._case.set_place(step=step.value, field=entry, visited=sorted(self._visited))
        self._refresh()
        self.step_turned.emit(step)

    def step(self) -> Step:
        return self.pages.here().step

    def _step_by(self, by: int) -> None:
        to = self.step().neighbour(by)
        if to is not None:
            self.go(to)

    def _jump(self, problem: Problem) -> None:
        self._visited.add(step_of(problem))
        self.go(step_of(problem), entry_of(problem))

    def _go_back(self) -> None:
        if not self.back():
            self.save()
            self.left.emit()

    def _focus_place(self) -> None:
        if self._case is not None:
            self.pages.here().focus_entry(str(self._case.place.get("field", "")))

    # -- what the window asks ------------------------------------------------------------------------------

    def shown(self) -> None:
        self._focus_place()

    def back(self) -> bool:
        """Give up what is half done on this step, or go to the one before; False on the first."""
        if self._case is None:
            return False
        if self.pages.give_up():
            return True
        to = self.step().neighbour(-1)
        if to is None:
            self.save()
            return False
        self.go(to)
        return True

    def search(self) -> None:
        """Go to the house number, which is what one searches here; among the types, to their search."""
        if self._case is None:
            return
        if self.step() is Step.TYPE:
            self.type_page.take_search()
        else:
            self.go(Step.PROPERTY)
            self.property_page.picker.search.take_focus()

    def keys(self) -> list[tuple[str, str]]:
        return [
            *self.pages.keys(),
            ("Alt 1 … 8", self.tr("Go to a step")),
            ("Ctrl M", self.tr("Next row that the centre wants mended")),
            ("PgUp PgDn", self.tr("Former and next step")),
            ("Ctrl Shift N", self.tr("Put this case aside and take the next")),
        ]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rail.set_compact(self.width() < look().px(1180))

    def hideEvent(self, event: QHideEvent) -> None:
        self.save()
        super().hideEvent(event)

    # -- submitting ----------------------------------------------------------------------------------------

    def submit(self) -> None:
        """Submit the case: all rules, number, receipt and outbox in one transaction."""
        case = self._case
        if case is None or self.materials_page.busy() or self.review_page.waiting():
            return
        self.review_page.set_waiting(self.tr("Submitting…"))
        self.ending.submit(case)

    def _submitted(self, receipt: Receipt) -> None:
        self.review_page.set_waiting("")
        if self._case is not None and self._case.id == receipt.application_id:
            self._case.end()
            self._drop_case()
        self.submitted.emit(receipt)

    def _refused(self, error: JilaiError) -> None:
        problems = error.problems if isinstance(error, RuleError) else ()
        self._visited |= set(Step)
        self.review_page.refuse(error, problems)
        self._refresh()

    def _discard(self) -> None:
        if self._case is not None:
            self.ending.discard(self._case)

    def _refuse(self) -> None:
        case = self._case
        if case is None or case.application.revision > 1:  # it has its receipt; what it is the centre says
            return
        if not self.materials_page.busy() and not self.review_page.waiting():
            self.ending.refuse(case)

    def _discarded(self, case: IntakeCase) -> None:
        if case is self._case:
            self._drop_case()
            self.left.emit()

    # -- news ----------------------------------------------------------------------------------------------

    def _refresh(self) -> None:
        case = self._case
        if case is None:
            return
        self.rail.show_case(case, self._visited)
        if self.step() is Step.REVIEW:
            self.review_page.refresh(adding=self.materials_page.busy())
        elif self.step() is Step.MATERIALS:
            self.materials_page.refresh()

    def _say_keeping(self) -> None:
        keeping = self._case.keeping if self._case is not None else Keeping.NEW
        self.rail.show_keeping(keeping)
        if keeping is Keeping.KEPT:
            self.trouble.clear()

    def _not_saved(self, error: JilaiError) -> None:
        self.trouble.show_problem(error)

    def _changed(self, changes: Changes) -> None:
        mine = {self._case.id} if self._case is not None else set()
        # Out of sight it waits until it is shown, and reads then: a building may have three thousand homes
        if changes.reference or (changes.applications - mine and self.property_page.isVisible()):
            self.property_page.reload()

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        case = self._case
        if case is None or old is None or not self.isAncestorOf(old):
            return
        if new is not None and self.isAncestorOf(new):
            case.set_place(field=self.pages.here().entry_in_focus())
        case.save()

    def retranslate(self) -> None:
        self._empty.set_words(
            self.tr("No intake under way"),
            self.tr("Start one here, or choose a household in the building table."),
            self.tr("New intake"),
        )
        self.rail.retranslate()
        self.pages.retranslate()
        self._refresh()
        self._say_keeping()
