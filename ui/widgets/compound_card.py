"""What a compound's circumstances mean for its households: first registration, arrears, categories."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from registration.property_unit import Compound, ProjectRegistration
from ui.theme import Tone
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.text import Text


class CompoundCard(Card):
    """CompoundCard().show_compound(compound): its name as the title, its flags with their meaning."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self._compound: Compound | None = None
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
        self._labels = [Text("", "muted") for _ in range(3)]
        self._values = [Text("", "body", wrap=True) for _ in range(3)]
        for row, (label, value) in enumerate(zip(self._labels, self._values, strict=True)):
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.retranslate()

    def show_compound(self, compound: Compound | None) -> None:
        self._compound = compound
        self._fill()

    def retranslate(self) -> None:
        words = (self.tr("Category"), self.tr("Developer"), self.tr("Address"))
        for label, text in zip(self._labels, words, strict=True):
            label.set_text(text)
        self._arrears.set_chip(self.tr("Arrears apart from certificates"))
        self._arrears_means.set_text(self.tr("What the developer owes does not hold up the households."))
        self._fill()

    def _fill(self) -> None:
        compound = self._compound
        self.setVisible(compound is not None)
        if compound is None:
            return
        self.set_title(compound.name)
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
                self.tr("Households have to wait for it; only appointments can be made."),
                Tone.SEAL,
            ),
        }[compound.project_registration]
        self._project.set_chip(chip, tone)
        self._project_means.set_text(means)
        self._arrears.setVisible(compound.arrears_separation)
        self._arrears_means.setVisible(compound.arrears_separation)
        values = ("、".join(compound.categories), compound.developer, compound.address)
        for label, value, text in zip(self._labels, self._values, values, strict=True):
            value.set_text(text)
            label.setVisible(bool(text))
            value.setVisible(bool(text))
