"""What is typed at a door and not kept: held in the store within a moment, whatever happens to the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from registration.changes import Changes
from registration.errors import JilaiError
from registration.survey import Answers
from storage import survey_drafts
from ui.run import run
from ui.services import Services

_SOON_MS = 300  # from the first keystroke that is not held, not the last: steady typing is held as well
_AGAIN_MS = 3000  # after the store refused


class DraftHolder(QObject):
    """`hold(household, answers)`; `hold_now()` before anything that could lose it; `failed(JilaiError)`."""

    failed = Signal(object)

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._typed: dict[str, Answers | None] = {}  # not known to be in the store yet
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self.hold_now)

    def hold(self, household_id: str, answers: Answers | None) -> None:
        """Hold what stands in a household's form; None where it is what was kept."""
        self._typed[household_id] = answers
        if not self._soon.isActive():
            self._soon.start(_SOON_MS)

    def hold_now(self) -> None:
        """Hand everything to the store, in front of whatever is asked of it next."""
        self._soon.stop()
        for household_id, answers in self._typed.items():
            self._write(household_id, answers)

    def drop(self, household_id: str) -> None:
        """Throw away what was typed at a door."""
        self._typed.pop(household_id, None)
        services, who, now = self._services, self._services.who, self._services.clock()
        run(
            self,
            services,
            lambda db: survey_drafts.drop(db, who, now, household_id=household_id),
            None,
            self.failed.emit,
        )

    def forget(self, household_id: str) -> None:
        """The answers of a door are kept: nothing of it is a draft any more."""
        self._typed.pop(household_id, None)

    def newest(self, household_id: str, stored: Answers | None) -> Answers | None:
        """Return what was typed at a door, which a reader of the store may not have seen yet."""
        return self._typed.get(household_id, stored)

    def among(self, stored: frozenset[str]) -> frozenset[str]:
        """Return the doors that have something typed and not kept; `stored` are those the store knew of."""
        here = {home for home, answers in self._typed.items() if answers is not None}
        return (stored - self._typed.keys()) | here

    def _write(self, household_id: str, answers: Answers | None) -> None:
        services, who, now = self._services, self._services.who, self._services.clock()

        def held(_: Changes) -> None:
            if household_id in self._typed and self._typed[household_id] is answers:
                del self._typed[household_id]

        def refused(error: JilaiError) -> None:
            self._soon.start(_AGAIN_MS)
            self.failed.emit(error)

        run(
            self,
            services,
            lambda db: survey_drafts.hold(db, who, now, household_id=household_id, answers=answers),
            held,
            refused,
        )
