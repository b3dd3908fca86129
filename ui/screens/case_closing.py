"""Ending a case at the window: refused, withdrawn or given up, each with its paper in the queue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from registration.changes import Changes
from registration.missing import what_is_missing
from registration.outcomes import Outcome, anybody_applied
from registration.wording import say
from storage import applications, closing, line, packs, reference
from storage.print_queue import Wish
from ui.messages import language
from ui.papers import REFUSAL, WITHDRAWAL, case_facts
from ui.run import read_aside, run
from ui.screens.reason_sheet import ask_discard, ask_withdraw
from ui.screens.refusal_sheet import ask_refusal

if TYPE_CHECKING:
    from ui.services import Services

Operation = Callable[[Any], object]


@dataclass(frozen=True)
class _Ending:
    document: str
    outcome: str
    reason: str


class CaseClosing(QObject):
    """`refuse`, `withdraw` and `discard` ask why, then end a case.

    `ending(id)` as soon as that is said, `closed(id)` when it is done. What fails is told by the window.
    `keep` stores a draft as it stands on the screen in the same transaction, so that its paper says the same.
    """

    ending = Signal(str)
    closed = Signal(str)

    def __init__(self, services: Services, screen: QWidget) -> None:
        super().__init__(screen)
        self._services, self._screen = services, screen

    def refuse(self, application_id: str, keep: Operation | None = None) -> None:
        """Ask on which ground a draft is not accepted, show what its notice will list, and end it."""
        today, tongue = self._services.clock().date(), language()

        def read(db: Any) -> list[str]:
            return _open_points(db, application_id, today, tongue)

        def asked(points: list[str]) -> None:
            ask_refusal(self._screen.window(), points, chosen)

        def chosen(outcome: Outcome, reason: str) -> None:
            self._end(application_id, _Ending(REFUSAL, outcome.value, reason), keep)

        if keep is None:
            read_aside(self, self._services, read, asked)
        else:  # what is missing is judged by what stands on the screen, so that is stored first
            run(self, self._services, lambda db: (keep(db), read(db))[1], asked)

    def withdraw(self, application_id: str) -> None:
        """Ask why a submitted case is withdrawn, and withdraw it."""
        ask_withdraw(
            self._screen.window(),
            lambda reason: self._end(application_id, _Ending(WITHDRAWAL, "withdrawn", reason), None),
        )

    def discard(self, application_id: str, keep: Operation | None = None) -> None:
        """Ask why a draft is given up, and give it up."""
        ask_discard(
            self._screen.window(),
            lambda reason: self._end(application_id, _Ending(WITHDRAWAL, "discarded", reason), keep),
        )

    def _end(self, application_id: str, ending: _Ending, keep: Operation | None) -> None:
        operation = _with_slip(
            self._services, application_id, _operation(self._services, application_id, ending, keep)
        )
        self.ending.emit(application_id)

        def ended(_: Changes) -> None:
            self._services.print_room.wake()
            self._services.courier.wake()
            self.closed.emit(application_id)

        # A draft in hand keeps the evening from closing, on a full disk too.
        run(self, self._services, operation, ended, last_resort=True)


def _with_slip(
    services: Services, application_id: str, ends: Callable[[Any], Changes]
) -> Callable[[Any], Changes]:
    """Return the operation with the number served that the person was called by."""
    who, now, fact_id = services.who, services.clock(), services.new_id()

    def operation(db: Any) -> Changes:
        return ends(db) | line.end_with_case(db, who, now, fact_id=fact_id, application_id=application_id)

    return operation


def _operation(
    services: Services, application_id: str, ending: _Ending, keep: Operation | None
) -> Callable[[Any], Changes]:
    """Return the operation that makes the paper's facts, queues it and ends the case, in one transaction."""
    who, now, tongue = services.who, services.clock(), language()
    paper_id, event_id, second = services.new_id(), services.new_id(), services.settings.value.second_labels

    def operation(db: Any) -> Changes:
        if keep is not None:
            keep(db)
        facts = case_facts(
            db,
            ending.document,
            application_id,
            language=tongue,
            now=now,
            outcome=ending.outcome,
            reason=ending.reason,
        )
        wish = Wish(
            paper_id,
            ending.document,
            application_id=application_id,
            language=tongue,
            second=second,
            facts=facts,
        )
        if ending.document == REFUSAL:
            reason = ending.reason or "、".join(item["name"] for item in facts["items"])
            outcome = Outcome(ending.outcome)
            return closing.refuse_application(
                db, who, now, application_id, outcome=outcome, reason=reason, wish=wish
            )
        if ending.outcome == "withdrawn":
            return closing.withdraw_application(
                db, who, now, application_id, reason=ending.reason, wish=wish, event_id=event_id
            )
        detail = applications.detail(db, application_id)
        assert detail is not None  # its facts were read
        applied = anybody_applied(detail.application, len(detail.pages))
        return closing.discard_draft(db, who, now, application_id, ending.reason, wish if applied else None)

    return operation


def _open_points(db: Any, application_id: str, today: date, tongue: str) -> list[str]:
    """Return what stands in a draft's way, each in a few words."""
    detail = applications.detail(db, application_id)
    if detail is None:
        raise KeyError(application_id)
    application = detail.application
    own = packs.pack_set(db, application.pack_versions)
    missing = what_is_missing(
        application,
        reference.checklist(db, application.type_code, application.pack_versions.get(reference.TYPES_PACK)),
        [page.ref for page in detail.pages],
        detail.household,
        detail.compound,
        today=today,
        packs=own,
        file=reference.compound_file(db, detail.compound.id),
    )
    return [say(problem, tongue).title for problem in missing]
