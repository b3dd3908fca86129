"""How a case leaves the intake: submitted with its receipt, or discarded with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from registration.changes import Changes
from registration.errors import JilaiError
from registration.receipt import Receipt
from storage import operations
from ui.run import run
from ui.screens.intake_case import IntakeCase
from ui.screens.intake_submission import submission
from ui.screens.reason_sheet import ask_discard

if TYPE_CHECKING:
    from ui.services import Services


class CaseEnding(QObject):
    """`submit(case)` and `discard(case)`; `submitted(Receipt)`, `refused(JilaiError)`, `discarded(case)`."""

    submitted = Signal(object)
    refused = Signal(object)
    discarded = Signal(object)

    def __init__(self, services: Services, screen: QWidget) -> None:
        super().__init__(screen)
        self._services, self._screen = services, screen

    def submit(self, case: IntakeCase) -> None:
        """Submit the case: all rules, number, receipt and outbox in one transaction."""

        def taken(answer: tuple[Changes, Receipt]) -> None:
            self._services.courier.wake()
            self.submitted.emit(answer[1])

        def refused(error: JilaiError) -> None:
            self.refused.emit(error)

        run(self, self._services, submission(self._services, case), taken, refused)

    def discard(self, case: IntakeCase) -> None:
        """Ask why, then give the draft up."""

        def gone(reason: str) -> None:
            who, now = self._services.who, self._services.clock()
            case.end()
            run(
                self,
                self._services,
                lambda db: operations.discard_draft(db, who, now, case.id, reason),
                lambda _: self.discarded.emit(case),
            )

        ask_discard(self._screen.window(), gone)
