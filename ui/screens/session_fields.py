"""The fields that a session and a plan of one share: compound, kind of place, name, times, team."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from registration.property_unit import Compound, ProjectRegistration
from registration.session_plan import Plan
from registration.session_team import SessionKinds, Setting
from ui.messages import language
from ui.theme import Tone
from ui.widgets import Chip, Choice, Field, Text
from ui.widgets.team_edit import TeamEdit

_TIME = "([01]?[0-9]|2[0-3]):[0-5][0-9]"
_LONGEST = 60


class SessionFields(QWidget):
    """`show_compounds`, `show_kinds`, `show_plan` in; `entered()` on Enter, `moved()` for another compound.

    The editors are public: their form connects and reads them.
    """

    entered = Signal()
    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._compounds: tuple[Compound, ...] = ()
        self._kinds: SessionKinds | None = None
        self._early: tuple[str, Plan] | None = None  # shown before the kinds were there
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.where, self.kind = Choice(), Choice()
        self.place, self.name, self.starts, self.ends = (QLineEdit() for _ in range(4))
        self.team = TeamEdit()
        self._where_field = Field("", self.where, line=False)
        column.addWidget(self._where_field)
        about = QHBoxLayout()
        self._about, self._chip = Text("", "small", elide=True), Chip()
        about.addWidget(self._about, 1)
        about.addWidget(self._chip)
        column.addLayout(about)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(12)
        self.grid.setVerticalSpacing(10)
        self._kind_field = Field("", self.kind, line=False)
        self._place_field = Field("", self.place, line=False)
        self._name_field = Field("", self.name, line=False)
        self._starts_field = Field("", self.starts, line=False)
        self._ends_field = Field("", self.ends, line=False)
        self.grid.addWidget(self._name_field, 0, 0, 1, 2)
        self.grid.addWidget(self._starts_field, 0, 2)
        self.grid.addWidget(self._ends_field, 0, 3)
        self.grid.addWidget(self._kind_field, 1, 0, 1, 2)
        self.grid.addWidget(self._place_field, 1, 2, 1, 2)
        for place in range(4):
            self.grid.setColumnStretch(place, 1)
        column.addLayout(self.grid)
        column.addWidget(self.team)
        self.team.entered.connect(self.entered)
        for edit in (self.place, self.name, self.starts, self.ends):
            edit.setMaxLength(_LONGEST)
            edit.returnPressed.connect(self.entered)
        for time in (self.starts, self.ends):
            time.setValidator(QRegularExpressionValidator(QRegularExpression(_TIME), time))
        self.where.currentIndexChanged.connect(lambda _: self._describe())
        self.where.activated.connect(lambda _: self.moved.emit())
        self.retranslate()

    def show_compounds(self, compounds: Sequence[Compound], last: str = "") -> None:
        """Offer these compounds; the one chosen stays so, else `last` is proposed."""
        chosen = self.where.currentData() or last
        self._compounds = tuple(compounds)
        self.where.blockSignals(True)
        self.where.clear()
        for compound in compounds:
            self.where.addItem(compound.name, compound.id)
        self.where.setCurrentIndex(max(self.where.findData(chosen), 0) if compounds else -1)
        self.where.blockSignals(False)
        self._describe()

    def show_kinds(self, kinds: SessionKinds) -> None:
        """Offer the kinds of place and the roles that are in force."""
        if kinds != self._kinds:
            self._kinds, early = kinds, self._early
            self._fill_kinds()
            if early is not None:
                self.show_plan(*early)

    def show_plan(self, compound_id: str, plan: Plan) -> None:
        """Fill every field from a plan."""
        self._early = (compound_id, plan) if self._kinds is None else None
        self.where.setCurrentIndex(max(self.where.findData(compound_id), 0))
        self.kind.setCurrentIndex(max(self.kind.findData(plan.kind), 0))
        for edit, text in (
            (self.place, plan.place),
            (self.name, plan.title),
            (self.starts, plan.starts),
            (self.ends, plan.ends),
        ):
            edit.setText(text)
        self.name.setModified(True)  # another language does not write over it
        self.team.set_team(plan.team)

    def compound_id(self) -> str:
        """Return the chosen compound, "" where there is none."""
        return str(self.where.currentData() or "")

    def setting(self) -> Setting:
        """Return kind of place, place and team as they stand."""
        return Setting(str(self.kind.currentData() or ""), self.place.text().strip(), self.team.team())

    def wrong_time(self) -> QLineEdit | None:
        """Return the first time that is none, None where both may stand."""
        wrong = (time for time in (self.starts, self.ends) if time.text() and not time.hasAcceptableInput())
        return next(wrong, None)

    def retranslate(self) -> None:
        self._where_field.set_label(self.tr("Compound"))
        self._kind_field.set_label(self.tr("Kind of place"))
        self._place_field.set_label(self.tr("Where exactly"))
        self._name_field.set_label(self.tr("Name of the session"))
        self._starts_field.set_label(self.tr("From"))
        self._ends_field.set_label(self.tr("To"))
        self.place.setPlaceholderText(self.tr("Building, room; may be left empty"))
        self._fill_kinds()
        self._describe()

    def _fill_kinds(self) -> None:
        kinds = self._kinds
        if kinds is None:
            return
        self.kind.set_entries(
            [(self.tr("Not said"), ""), *((one.name(language()), one.code) for one in kinds.places)]
        )
        self.team.set_roles(kinds.roles, language())

    def _describe(self) -> None:
        place = self.where.currentIndex()
        self._chip.setVisible(place >= 0)
        if place < 0:
            return
        compound = self._compounds[place]
        self._about.set_text(f"{compound.address}   {compound.developer}")
        words = {
            ProjectRegistration.REGISTERED: (self.tr("Project registered"), Tone.PRIMARY),
            ProjectRegistration.TOGETHER: (self.tr("Filed together"), Tone.BLUE),
            ProjectRegistration.MISSING: (self.tr("Project not registered"), Tone.SEAL),
        }
        self._chip.set_chip(*words[compound.project_registration])
