"""The middle of the batch screen: where a sheet is dropped, then its errors or its households."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from storage.handover import Batch
from ui.messages import language
from ui.screens import handover_check
from ui.screens.handover_check import Checked
from ui.theme import Tone
from ui.widgets import Card, Chip, EmptyState, InlineProblem, PrimaryButton, SecondaryButton, Text
from ui.widgets.plain_table import PlainTable

_CHOOSE, _WAIT, _ERRORS, _CASES = range(4)


class HandoverCard(Card):
    """`show_state` says everything; its buttons are the screen's to connect."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", margins=0, parent=parent)
        self.summary = Chip("", Tone.PLAIN)
        self.header.addStretch(1)
        self.header.addWidget(self.summary)
        self.errors = PlainTable((0.8, 1.3, 4.0, 3.6), strong=(0, 2), height=54, narrow_height=76)
        self.cases = PlainTable((2.4, 2.2, 2.0, 1.8, 0.9))
        self._empty = EmptyState("file-text")
        self._pile = QStackedWidget()
        for page in (self._empty, self._build_wait(), self.errors, self.cases):
            self._pile.addWidget(page)
        self.problem = InlineProblem()
        above = QVBoxLayout()
        above.setContentsMargins(20, 0, 20, 8)
        above.addWidget(self.problem)
        self.body.addLayout(above)
        self.body.setSpacing(0)
        self.body.addWidget(self._pile, 1)
        self.go = PrimaryButton("", "Enter")
        self.again = SecondaryButton("", "R", "refresh-cw")
        self.other = SecondaryButton("", "O", "file-plus-2")
        self.export = SecondaryButton("", "X", "save")
        self.note = Text("", "muted", wrap=True)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 12, 20, 16)
        foot.setSpacing(12)
        foot.addWidget(self.note, 1)
        for button in (self.export, self.other, self.again, self.go):
            foot.addWidget(button)
        self.body.addLayout(foot)

    def _build_wait(self) -> QWidget:
        wait = QWidget()
        column = QVBoxLayout(wait)
        column.setContentsMargins(80, 0, 80, 0)
        column.setSpacing(14)
        self._doing = Text("", "heading", wrap=True)
        self._doing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        column.addStretch(1)
        column.addWidget(self._doing)
        column.addWidget(self.progress)
        column.addStretch(1)
        return wait

    def retranslate(self) -> None:
        self._empty.set_words(
            self.tr("Choose the developer's sheet"),
            self.tr(
                "An xlsx or csv file, chosen or dropped here. It is checked as a whole: nothing is taken in"
                " before every line is in order."
            ),
        )
        self.again.set_text(self.tr("Read again"))
        self.other.set_text(self.tr("Another file"))
        self.export.set_text(self.tr("Save the errors…"))

    def show_state(
        self, compound: str, chosen: bool, checked: Checked | None, made: Batch | None, working: str
    ) -> None:
        """Show what is known: a compound ("": none yet), whether a file is chosen, its dry run, the batch
        that was made of it, and in words what is being done ("": nothing)."""
        title = self.tr("Certificates at the handing over of keys")
        self.set_title(f"{title} · {compound}" if compound else title)
        errors = len(checked.report.errors) if checked is not None else 0
        cases = len(checked.report.cases) if checked is not None else 0
        self._doing.set_text(working)
        if checked is not None:
            self._fill(checked)
        page = _WAIT if working else _ERRORS if errors else _CASES if cases else _CHOOSE
        self._pile.setCurrentIndex(page)
        self._say_summary(errors, cases, made)
        self.summary.setVisible(bool(errors or cases) and not working)
        self.go.setEnabled(not working and bool(compound))
        self.export.setVisible(bool(errors) and not working)
        self.again.setVisible(chosen and checked is None and not working)
        self.other.setVisible(bool(cases) and not working)

    def _fill(self, checked: Checked) -> None:
        if checked.report.errors:
            lines = handover_check.error_lines(checked, language())
            self.errors.show_lines(handover_check.error_headings(), lines)
            return
        headings = (
            self.tr("Household"),
            self.tr("Buyers"),
            self.tr("Co-ownership"),
            self.tr("Contract"),
            self.tr("Lines"),
        )
        self.cases.show_lines(headings, handover_check.case_lines(checked, language()))

    def _say_summary(self, errors: int, cases: int, made: Batch | None) -> None:
        self.go.set_text(self.tr("Choose a file…"))
        if made is not None:
            self.summary.set_chip(self.tr("%n draft(s) made", "", made.drafts), Tone.PRIMARY, "check")
            self.go.set_text(self.tr("To the queue"))
        elif errors:
            said = self.tr("%n error(s), nothing taken in", "", errors)
            self.summary.set_chip(said, Tone.SEAL, "circle-alert")
            self.go.set_text(self.tr("Read again"))
        elif cases:
            self.summary.set_chip(self.tr("%n household(s), no error", "", cases), Tone.PRIMARY, "check")
            self.go.set_text(self.tr("Make %n draft(s)", "", cases))
