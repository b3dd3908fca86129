"""What the eight parts of the intake share: a card with its foot, a column beside it, a way on and back."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.intake.case import IntakeCase
from ui.intake.steps import Step
from ui.theme import look
from ui.widgets import Card, Line, PrimaryButton, SecondaryButton
from ui.widgets.side_column import SideColumn


class Companion(Protocol):
    """What works beside a page, a reader or a camera: it gives up, names its keys and speaks as a page."""

    def give_up(self) -> bool: ...

    def keys(self) -> list[tuple[str, str]]: ...

    def retranslate(self) -> None: ...


class StepPage(QWidget):
    """One part of the intake. `content` is the card's inside, `side` the column beside it.

    `went_on` and `went_back` are wishes; the screen decides. `bind` gives the page a case; `focus_entry`
    brings the hand to an entry by its name, `entry_in_focus` tells where it is ("" for nowhere of note).
    """

    step: Step
    went_on = Signal()
    went_back = Signal()

    def __init__(
        self, *, side_width: int = 360, side_grows: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.case: IntakeCase | None = None
        self.companions: list[Companion] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        self.card = Card(" ", margins=0)
        row.addWidget(self.card, 3)
        inside = QWidget()
        self.content = QVBoxLayout(inside)
        self.content.setContentsMargins(20, 8, 20, 16)
        self.content.setSpacing(12)
        self.card.body.setSpacing(0)
        self.card.body.addWidget(inside, 1)
        self.card.body.addWidget(Line())
        self.foot = QHBoxLayout()
        self.foot.setContentsMargins(20, 12, 20, 12)
        self.foot.setSpacing(12)
        self.card.body.addLayout(self.foot)
        self.back_button = SecondaryButton("", "Esc", "arrow-left")
        self.back_button.clicked.connect(self.went_back)
        self.on_button = PrimaryButton("", "Enter")
        self.on_button.clicked.connect(self.went_on)
        self.foot.addWidget(self.back_button)
        self.foot.addStretch(1)
        self.foot.addWidget(self.on_button)
        self.beside = SideColumn(side_width, grows=side_grows)
        self.side = self.beside.column
        row.addWidget(self.beside, 2 if side_grows else 0)
        self.narrow = False

    def set_narrow(self, on: bool) -> None:
        """Do without the column beside the card, or with it again."""
        self.beside.setVisible(not on)

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(480), look().px(300))  # what does not fit beside the card is left out

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Decide anew whether there is room for the column beside the card."""
        need = self.card.minimumSizeHint().width() + 16 + self.beside.least_width()
        narrow = look().one_column or self.width() < need
        if narrow != self.narrow:
            self.narrow = narrow
            self.set_narrow(narrow)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:  # other words, or another text size
            self.fit()
        return done

    def bind(self, case: IntakeCase) -> None:
        """Show a case from now on. Subclasses fill their widgets and listen to its signals."""
        self.case = case

    def show_missing(self, on: bool) -> None:
        """Say on each empty entry that it is missing (after a look at the review), or wait for the hand."""

    def focus_entry(self, entry: str) -> None:
        """Bring the hand to an entry, or to the first where the name is "" or unknown."""

    def entry_in_focus(self) -> str:
        return ""

    def shown(self) -> None:
        """The page was turned to: read anew what others may have changed meanwhile."""

    def give_up(self) -> bool:
        """Leave what is half done on this page; False where nothing is, so that Esc goes a step back."""
        return False

    def retranslate(self) -> None:
        self.back_button.set_text(self.tr("Back"))

    def keys(self) -> list[tuple[str, str]]:
        """Return (key, what it does) for F1."""
        return []
