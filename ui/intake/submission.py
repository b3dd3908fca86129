"""The submission of the case in hand: what was typed last and the receipt, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from registration.changes import Changes
from registration.receipt import Receipt
from storage import line, operations
from ui.intake.case import IntakeCase

if TYPE_CHECKING:
    from ui.services import Services


def submission(services: Services, case: IntakeCase) -> Callable[[Any], tuple[Changes, Receipt]]:
    """Return the operation that stores the draft as it stands on the screen and submits exactly that.

    The number that the person was called by is served with it.

    A save of its own before it could fail alone, and an older draft would be frozen.
    """
    keep, who, now = case.keeping_operation(), services.who, services.clock()
    sign, event_id, wall = services.sign_receipt, services.new_id(), services.guard.wall()
    slip_end = services.new_id()

    def operation(db: Any) -> tuple[Changes, Receipt]:
        kept, _ = keep(db)
        changes, receipt = operations.submit_application(
            db, who, now, case.id, sign=sign, event_id=event_id, wall=wall
        )
        ended = line.end_with_case(db, who, now, fact_id=slip_end, application_id=case.id)
        return kept | changes | ended, receipt

    return operation
