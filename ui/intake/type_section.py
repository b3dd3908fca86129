"""What the parts of the type step share: a heading, entries in their order, and whether they apply."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from registration.application import Application
from registration.checklist import Route
from registration.errors import Problem
from ui.intake.case import IntakeCase
from ui.widgets import Field, Text

Change = Callable[[Application], Application]


@dataclass(frozen=True)
class Line:
    """One line of text: its field, how it is read from the application, and how it is written into it."""

    field: Field
    read: Callable[[Application], str]
    write: Callable[[Application, str], Application]


class TypeSection(QWidget):
    """A part of the type step. Subclasses fill `body`, register entries, and implement `fill` and `applies`.

    `went_on` when Enter was pressed in one of its entries. An entry is named as problems name it, without the
    step: "subtype", "mortgage.amount"; several lines of one problem add a further part: "no_fault.basis".
    """

    went_on = Signal()
    left = Signal()  # the hand went from a line: what is wrong with it may be said now

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.case: IntakeCase | None = None
        self._entries: dict[str, QWidget] = {}
        self._lines: dict[str, Line] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        self.heading = Text("", "strong", wrap=True)
        box.addWidget(self.heading)
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        box.addLayout(self.body)
        self.complaint = Text("", "small", wrap=True)
        box.addWidget(self.complaint)
        self.complaint.hide()

    # -- for subclasses ------------------------------------------------------------------------------------

    def applies(self, case: IntakeCase) -> bool:
        """Say whether this part has anything to ask in a case."""
        return True

    def fill(self, case: IntakeCase) -> None:
        """Show what the case has; lines are filled already."""

    def retranslate(self) -> None:
        """Give every word in the language in force."""

    def add_entry(self, name: str, widget: QWidget) -> None:
        self._entries[name] = widget

    def add_line(self, name: str, line: Line) -> Field:
        """Register a line of text as an entry; the caller puts the field into a layout."""
        editor = line.field.editor
        assert isinstance(editor, QLineEdit)
        self._entries[name], self._lines[name] = editor, line
        editor.textEdited.connect(lambda text: self.change(lambda a: line.write(a, text)))
        editor.returnPressed.connect(self.went_on)
        editor.editingFinished.connect(self.left)
        return line.field

    def change(self, change: Change) -> None:
        if self.case is not None:
            self.case.edit(change)

    # -- for the page --------------------------------------------------------------------------------------

    def show_case(self, case: IntakeCase) -> None:
        """Show the case, or hide where this part asks nothing of it."""
        self.case = case
        self.setVisible(self.applies(case))
        if self.isHidden():
            return
        for line in self._lines.values():
            editor, text = line.field.editor, line.read(case.application)
            assert isinstance(editor, QLineEdit)
            if editor.text() != text:
                editor.setText(text)
        self.fill(case)

    def entries(self) -> dict[str, QWidget]:
        """Return its entries by name in their order, those that are shown."""
        if self.isHidden():
            return {}
        return {name: w for name, w in self._entries.items() if w.isVisibleTo(self) and w.isEnabled()}

    def lacking(self, found: Mapping[str, Problem]) -> Iterable[str]:
        """Yield the entries that a problem concerns; of several lines with one problem, the empty ones."""
        for name, widget in self.entries().items():
            if name in found:
                yield name
            elif (shared := name.partition(".")[0]) in found and shared != name:
                line = self._lines.get(name)
                if line is None or not _text(widget) or line.field.problem() is not None:
                    yield name

    def show_problems(self, found: Mapping[str, Problem], *, strict: bool) -> None:
        """Say under each entry what is wrong; empty ones wait until `strict`, or until there is text."""
        for name, line in self._lines.items():
            problem = found.get(name)
            empty = not _text(line.field.editor)
            waiting = not strict and (empty or line.field.editor.hasFocus())
            line.field.show_problem(None if waiting else problem)

    def say(self, problem: str) -> None:
        """Show a complaint under the whole part, or none."""
        self.complaint.set_text(problem)
        self.complaint.setVisible(bool(problem))

    def focus(self, name: str) -> bool:
        """Bring the hand to an entry; False where this part has none of the name."""
        entries = self.entries()
        widget = entries.get(name)
        if widget is None:  # the problem of several lines: its first
            widget = next((w for n, w in entries.items() if n.partition(".")[0] == name), None)
        if widget is None:
            return False
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        return True


def taken_in(case: IntakeCase) -> bool:
    """Say whether this window takes the case's type in at all; where not, there is nothing to fill in."""
    return case.checklist.route in (Route.WINDOW, Route.HALL)


def _text(widget: QWidget) -> str:
    return widget.text().strip() if isinstance(widget, QLineEdit) else ""
