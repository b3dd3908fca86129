"""A warning where the same household or person has an open case already, with a way to look at it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from registration.application import Application
from registration.changes import Changes
from registration.identifiers import mask_name
from registration.person_key import people_of
from storage.duplicates import Duplicate, duplicates
from ui.intake.case import IntakeCase
from ui.run import read_aside
from ui.states import state_words
from ui.theme import Tone, look, pixmap
from ui.widgets import QuietButton, Text
from ui.widgets.layouts import clear

if TYPE_CHECKING:
    from ui.services import Services

Wanted = Callable[[Duplicate], bool]

_PAUSE_MS = 150  # a number is typed digit by digit; one look after the last is enough


class DuplicateWatch(QObject):
    """DuplicateWatch(services).bind(case): `found_changed` when other open cases of it appear or go.

    It looks again when the household, a party's number or another case changes; never on the main thread.
    """

    found_changed = Signal()
    open_wanted = Signal(str)  # the case that a person wants to see

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._case: IntakeCase | None = None
        self._asked: tuple[str, tuple[str, ...]] = ("", ())
        self.found: tuple[Duplicate, ...] = ()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE_MS)
        self._soon.timeout.connect(self._look)
        services.signals.changed.connect(self._changed)

    def bind(self, case: IntakeCase) -> None:
        """Watch a case from now on."""
        self._case = case
        self._asked = ("", ())
        self._tell(())
        case.facts_changed.connect(self._facts_changed)
        self._facts_changed()

    def _facts_changed(self) -> None:
        if self._case is not None and _matter(self._case.application) != self._asked:
            self._soon.start()

    def _changed(self, changes: Changes) -> None:
        if self._case is not None and (changes.reference or changes.applications - {self._case.id}):
            self._soon.start()

    def _look(self) -> None:
        case = self._case
        if case is None:
            return
        application = case.application
        self._asked = _matter(application)
        if not any(self._asked):
            self._tell(())
            return

        def arrived(found: tuple[Duplicate, ...]) -> None:
            if case is self._case and _matter(case.application) == _matter(application):
                self._tell(found)

        read_aside(self, self._services, lambda db: duplicates(db, application), arrived)

    def _tell(self, found: tuple[Duplicate, ...]) -> None:
        if found != self.found:
            self.found = found
            self.found_changed.emit()


class DuplicateNotice(QFrame):
    """DuplicateNotice(watch, wanted): an amber note, hidden while nothing found is `wanted`."""

    def __init__(
        self, watch: DuplicateWatch, wanted: Wanted = lambda _: True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("Problem")
        self.setProperty("tone", Tone.AMBER.value)
        self._watch, self._wanted = watch, wanted
        outer = QHBoxLayout(self)
        outer.setContentsMargins(14, 10, 14, 10)
        outer.setSpacing(12)
        self._icon = QLabel()
        column = QVBoxLayout()
        column.setSpacing(2)
        outer.addWidget(self._icon)
        outer.addLayout(column, 1)
        self._title = Text("", "strong", wrap=True)
        self._title.set_tone(Tone.AMBER)
        column.addWidget(self._title)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        column.addLayout(self._lines)
        self.buttons: list[QuietButton] = []
        watch.found_changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Say what is found in the language in force."""
        found = [duplicate for duplicate in self._watch.found if self._wanted(duplicate)]
        self._clear()
        if found:
            self._icon.setPixmap(pixmap("triangle-alert", look().ink(Tone.AMBER), look().px(20)))
            home = any(duplicate.same_household for duplicate in found)
            self._title.set_text(
                self.tr("This household has an open case already")
                if home
                else self.tr("This person has an open case already")
            )
            for duplicate in found:
                self._add(duplicate)
        self.setVisible(bool(found))

    def _add(self, duplicate: Duplicate) -> None:
        name = mask_name(duplicate.applicant_name) if duplicate.applicant_name else ""
        parts = [name, duplicate.property_label, state_words(duplicate.state)]
        if duplicate.receipt_number:
            parts.append(duplicate.receipt_number)
        if duplicate.elsewhere:
            parts.append(self.tr("taken in at window {code}").format(code=duplicate.elsewhere))
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Text(" · ".join(part for part in parts if part), "body", elide=True), 1)
        if not duplicate.elsewhere:
            button = QuietButton(self.tr("Look at it"))
            button.clicked.connect(lambda: self._watch.open_wanted.emit(duplicate.application_id))
            row.addWidget(button)
            self.buttons.append(button)
        self._lines.addWidget(line)

    def _clear(self) -> None:
        self.buttons.clear()
        clear(self._lines)


def _matter(application: Application) -> tuple[str, tuple[str, ...]]:
    return application.household_id, people_of(application)
