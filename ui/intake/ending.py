"""How a case leaves the intake: submitted with its receipt, refused with a notice, or given up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from registration.changes import Changes
from registration.errors import JilaiError, MachineError
from registration.receipt import Receipt
from storage import operations
from ui.intake.case import IntakeCase
from ui.intake.mending import ask_give_up
from ui.intake.submission import submission
from ui.run import run
from ui.screens.case_closing import CaseClosing

if TYPE_CHECKING:
    from ui.services import Services


class CaseEnding(QObject):
    """`submit`, `refuse`, `discard` a case; `submitted(Receipt)`, `refused(JilaiError)`, `discarded(case)`.

    `refused`: the submission was not taken; `discarded`: the case is a draft no more.
    """

    submitted = Signal(object)
    refused = Signal(object)
    discarded = Signal(object)

    def __init__(self, services: Services, screen: QWidget) -> None:
        super().__init__(screen)
        self._services, self._screen = services, screen
        self._case: IntakeCase | None = None
        self._doubted: set[str] = set()  # cases whose time was said to be a guess
        self._closing = CaseClosing(services, screen)
        self._closing.ending.connect(self._ends)
        self._closing.closed.connect(self._closed)

    def submit(self, case: IntakeCase) -> None:
        """Submit the case: all rules, number, receipt and outbox in one transaction.

        Where the time is only a guess, that is said first, once for each case.
        """
        doubt = self._services.guard.doubt()
        if doubt is not None and case.id not in self._doubted:
            self._doubted.add(case.id)  # said once; whoever presses again has read it
            self.refused.emit(MachineError(doubt.code, **doubt.params))
            return

        def taken(answer: tuple[Changes, Receipt]) -> None:
            self._services.courier.wake()
            self.submitted.emit(answer[1])

        def refused(error: JilaiError) -> None:
            self.refused.emit(error)

        run(self, self._services, submission(self._services, case), taken, refused)

    def discard(self, case: IntakeCase) -> None:
        """Ask why, then give the draft up, with the paper that the applicant takes home.

        A correction is given up without a paper: the case goes back to what it was.
        """
        self._case = case
        if case.application.revision > 1:
            ask_give_up(self._screen, lambda: self._give_up(case))
            return
        self._closing.discard(case.id, case.keeping_operation())

    def refuse(self, case: IntakeCase) -> None:
        """Ask on which ground, then end the draft as not accepted, with its notice."""
        self._case = case
        self._closing.refuse(case.id, case.keeping_operation())

    def _give_up(self, case: IntakeCase) -> None:
        keep, who, now = case.keeping_operation(), self._services.who, self._services.clock()

        def operation(db: Any) -> Changes:
            kept, _ = keep(db)
            return kept | operations.give_up_revision(db, who, now, case.id)

        case.hold()
        run(self, self._services, operation, lambda _: self._closed(case.id))

    def _ends(self, application_id: str) -> None:
        if self._case is not None and self._case.id == application_id:
            self._case.hold()

    def _closed(self, application_id: str) -> None:
        case, self._case = self._case, None
        if case is not None and case.id == application_id:
            case.end()
            self.discarded.emit(case)
