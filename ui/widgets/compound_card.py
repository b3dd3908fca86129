"""What a compound's circumstances mean for its households: first registration, arrears, categories, stops."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from registration.compound_file import CompoundFile, Land
from registration.property_unit import Compound, ProjectRegistration
from ui.messages import language
from ui.theme import Tone
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.text import Text

_ROWS = 7


class CompoundCard(Card):
    """CompoundCard().show_compound(compound, file, aliases): its name as the title, its flags with meaning.

    `file` is what is known of its project beyond the building table; None shows the compound alone.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self._compound: Compound | None = None
        self._file: CompoundFile | None = None
        self._aliases: tuple[str, ...] = ()
        self._project = Chip()
        self._project_means = Text("", "muted", wrap=True)
        self._arrears = Chip("", Tone.PRIMARY)
        self._arrears_means = Text("", "muted", wrap=True)
        for chip, means in ((self._project, self._project_means), (self._arrears, self._arrears_means)):
            self.body.addWidget(chip)
            self.body.addWidget(means)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        self._labels = [Text("", "muted") for _ in range(_ROWS)]
        self._values = [Text("", "body", wrap=True) for _ in range(_ROWS)]
        for row, (label, value) in enumerate(zip(self._labels, self._values, strict=True)):
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.retranslate()

    def show_compound(
        self, compound: Compound | None, file: CompoundFile | None = None, aliases: Sequence[str] = ()
    ) -> None:
        self._compound, self._file, self._aliases = compound, file, tuple(aliases)
        self._fill()

    def retranslate(self) -> None:
        self._arrears.set_chip(self.tr("Arrears apart from certificates"))
        self._fill()

    def _fill(self) -> None:
        compound = self._compound
        self.setVisible(compound is not None)
        if compound is None:
            return
        self.set_title(compound.name)
        project = self._file.project_registration if self._file else compound.project_registration
        chip, means, tone = {
            ProjectRegistration.REGISTERED: (
                self.tr("Project registered"),
                self.tr("The first registration is there; households can be taken in."),
                Tone.PRIMARY,
            ),
            ProjectRegistration.TOGETHER: (
                self.tr("Filed together"),
                self.tr("First registration and transfer are filed together."),
                Tone.BLUE,
            ),
            ProjectRegistration.MISSING: (
                self.tr("No first registration"),
                self.tr(
                    "Households wait for it, but for advance notices, queries and the first registration."
                ),
                Tone.SEAL,
            ),
        }[project]
        self._project.set_chip(chip, tone)
        self._project_means.set_text(means)
        apart = self._file.arrears_separation if self._file else compound.arrears_separation
        basis = self._file.arrears_basis if self._file else ""
        self._arrears_means.set_text(
            " ".join((self.tr("What the developer owes does not hold up the households."), basis)).strip()
        )
        self._arrears.setVisible(apart)
        self._arrears_means.setVisible(apart)
        for label, value, (name, text) in zip(self._labels, self._values, self._facts(compound), strict=True):
            label.set_text(name)
            value.set_text(text)
            label.setVisible(bool(text))
            value.setVisible(bool(text))

    def _facts(self, compound: Compound) -> list[tuple[str, str]]:
        file = self._file
        developer = file.developer if file and file.developer else compound.developer
        gone = file is not None and file.developer_gone
        land = {
            Land.STATE: self.tr("State-owned"),
            Land.COLLECTIVE: self.tr("Collective: outside of what can be registered"),
            Land.UNKNOWN: "",
        }[file.land if file else Land.UNKNOWN]
        listed = ""
        if file is not None and file.listed is not None:
            listed = self.tr("On it") if file.listed else self.tr("Not on it")
        between = ", " if language() == "en" else "、"
        return [
            (self.tr("Also called"), between.join(self._aliases)),
            (self.tr("Category"), between.join(file.categories if file else compound.categories)),
            (
                self.tr("Developer"),
                self.tr("{developer} (gone)").format(developer=developer)
                if gone and developer
                else developer,
            ),
            (self.tr("In its place"), file.substitute_applicant if file else ""),
            (self.tr("Land"), land),
            (self.tr("Task list"), listed),
            (self.tr("Address"), compound.address),
        ]
