"""The house that is typed beside a new number: which one is meant, and what is prepared for it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, QObject

from registration.queue import Slip
from registration.session import Session
from storage import appointments, line, reference
from storage.values import HouseholdCell
from ui.messages import language
from ui.run import read_aside
from ui.screens.line_form import LineForm
from ui.screens.line_reading import Known
from ui.services import Services
from ui.widgets.building_plan import find_households

translate = QCoreApplication.translate


class LineHome(QObject):
    """LineHome(form, services): `show_known(known)` after each reading; answers what the form asks."""

    def __init__(self, form: LineForm, services: Services) -> None:
        super().__init__(form)
        self._form, self._services = form, services
        self._known: Known | None = None
        self._session: Session | None = None
        self._cells: list[HouseholdCell] = []
        form.home_typed.connect(self._typed)

    def show_known(self, known: Known) -> None:
        """Read the houses of the session's compound, once for each session."""
        before, self._known = self._session, known
        self._session = known.session
        if known.session is not None and (before is None or before.id != known.session.id):
            compound_id = known.session.compound_id
            read_aside(self, self._services, lambda db: reference.households(db, compound_id), self._met)

    def _met(self, cells: list[HouseholdCell]) -> None:
        self._cells = cells
        self._typed(self._form.home.text())

    def _typed(self, text: str) -> None:
        found, known = find_households(self._cells, text), self._known
        if not found or known is None:
            none = translate("LineHome", "No such house: the number goes without one")
            self._form.show_home("", none if text.strip() else "")
            return
        home, today = found[0].household, known.at.date()
        self._form.show_home(home.id, home.label)

        def read(db: Any) -> tuple[bool, tuple[str, int] | None]:
            slip = Slip("", household_id=home.id)
            return bool(line.prepared(db, slip)), appointments.proposed_at_home(
                db, home.id, today, known.rules
            )

        read_aside(self, self._services, read, lambda said: self._say(home.id, home.label, *said))

    def _say(self, home: str, label: str, prepared: bool, proposed: tuple[str, int] | None) -> None:
        if self._form.household_id() != home or self._known is None:
            return  # another one is typed by now
        parts = [label, translate("LineHome", "prepared") if prepared else ""]
        reason = self._known.rules.reason(proposed[0]) if proposed else None
        if proposed and reason:
            asked = translate("LineHome", "{reason}? {age} years · Ctrl E")
            parts.append(asked.format(reason=reason.name(language()), age=proposed[1]))
        words = " · ".join(part for part in parts if part)
        self._form.show_home(home, words, proposed[0] if proposed and reason else "")
