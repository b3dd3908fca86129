"""Five levels to touch, and for a bad one the reason; nobody at the window sees which was touched."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from registration.rating import Choice, RatingScale
from ui.resident.big_button import BigButton, BigPrimaryButton
from ui.theme import look
from ui.widgets import Text
from ui.widgets.buttons import Paint
from ui.widgets.layouts import clear


class RatingView(QWidget):
    """RatingView().ask(scale, language): `rated(level, reasons)` once; `declined()`."""

    rated = Signal(str, object)
    declined = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale: RatingScale | None = None
        self._language = "zh"
        self._level = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 40, 48, 40)
        column.setSpacing(20)
        column.addStretch(1)
        self._title, self._note = Text("", "huge", wrap=True), Text("", "large", wrap=True)
        for text in (self._title, self._note):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(text)
        column.addSpacing(12)
        self._grid = QGridLayout()
        self._grid.setSpacing(16)
        column.addLayout(self._grid)
        column.addStretch(1)
        self.done_button = BigPrimaryButton(icon="check")
        self.done_button.clicked.connect(self._give)
        column.addWidget(self.done_button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.decline_button = BigButton()
        self.decline_button.clicked.connect(self.declined)
        column.addWidget(self.decline_button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.retranslate()

    def ask(self, scale: RatingScale, language: str) -> None:
        """Ask from the beginning."""
        self._scale, self._language, self._level = scale, language, ""
        self._ask_level()

    def choices(self) -> list[BigButton]:
        """Return what can be touched now: the levels, or the reasons."""
        found = [self._grid.itemAt(place) for place in range(self._grid.count())]
        widgets = [item.widget() for item in found if item is not None]
        return [widget for widget in widgets if isinstance(widget, BigButton)]

    def retranslate(self) -> None:
        self.done_button.set_text(self.tr("Done"))
        self.decline_button.set_text(self.tr("I would rather not say"))

    def _ask_level(self) -> None:
        scale = self._scale
        if scale is None:
            return
        self._title.set_text(self.tr("How was it here today?"))
        self._note.set_text(self.tr("The staff cannot see what you touch; it is not kept with your case."))
        self.done_button.hide()
        self._lay_out(scale.levels, across=5)
        for button, level in zip(self.choices(), scale.levels, strict=True):
            button.clicked.connect(lambda _=False, chosen=level: self._chose(chosen))

    def _chose(self, level: Choice) -> None:
        self._level = level.code
        if not level.asks:
            self._give()
            return
        assert self._scale is not None
        self._title.set_text(self.tr("We are sorry. What was it?"))
        self._note.set_text(self.tr("You may touch more than one."))
        self._lay_out(self._scale.reasons, across=3)
        for button in self.choices():
            button.setCheckable(True)
            button.toggled.connect(lambda _: self._may_give())
        self.done_button.show()
        self._may_give()

    def _lay_out(self, choices: Sequence[Choice], across: int) -> None:
        clear(self._grid)
        for place, choice in enumerate(choices):
            button = _ChoiceButton(choice)
            button.set_text(choice.name(self._language))
            self._grid.addWidget(button, *divmod(place, across))

    def _chosen(self) -> tuple[str, ...]:
        return tuple(
            button.choice.code
            for button in self.choices()
            if isinstance(button, _ChoiceButton) and button.isChecked()
        )

    def _may_give(self) -> None:
        self.done_button.setEnabled(bool(self._chosen()))

    def _give(self) -> None:
        self.rated.emit(self._level, self._chosen())


class _ChoiceButton(BigButton):
    def __init__(self, choice: Choice) -> None:
        super().__init__()
        self.choice = choice
        self.toggled.connect(self._mark)

    def _colors(self) -> Paint:
        t = look()
        if self.isChecked():
            return Paint(t.color("primary_soft"), t.color("primary"), t.color("ink"))
        return super()._colors()

    def _mark(self, on: bool) -> None:
        self._icon = "check" if on else ""
        self.updateGeometry()
        self.update()
