"""The right half of the sealed packages: those written here and their answers, those carried for others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storage.packages import PackageCarried, PackageMade
from ui import moments
from ui.widgets import Card, EmptyState, SecondaryButton, Text
from ui.widgets.plain_table import PlainTable


class PackagesBack(Card):
    """`show_packages` says everything; `chosen(line)` of the carried ones; its buttons are the screen's."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("·", margins=0, parent=parent)
        self._made_title, self._carried_title = Text("", "strong"), Text("", "strong")
        self.made = PlainTable((1.9, 1.0, 1.3, 2.3))
        self.carried = PlainTable((0.9, 2.0, 1.1, 2.3))
        self.carried.chosen.connect(self.chosen)
        for title, table in ((self._made_title, self.made), (self._carried_title, self.carried)):
            box = QVBoxLayout()
            box.setContentsMargins(20, 4, 20, 0)
            box.addWidget(title)
            self.body.addLayout(box)
            self.body.addWidget(table, 1)
        self._nothing = EmptyState("inbox")
        self.body.addWidget(self._nothing, 1)
        self.take = SecondaryButton("", "O", "inbox")
        self.hand = SecondaryButton("", "H", "copy")
        self.send = SecondaryButton("", "S", "cloud-upload")
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 12, 20, 16)
        foot.setSpacing(12)
        for button in (self.take, self.hand, self.send):
            foot.addWidget(button)
        foot.addStretch(1)
        self.body.addLayout(foot)

    def retranslate(self) -> None:
        self.set_title(self.tr("Back from the centre, and carried for others"))
        self._nothing.set_words(
            self.tr("Nothing has been written or taken in"),
            self.tr(
                "The centre's answer to a package is taken in here. So are packages of other laptops that you"
                " carry to the centre for them; nobody on the way can read them."
            ),
        )
        self.take.set_text(self.tr("Take in files…"))
        self.hand.set_text(self.tr("Hand on…"))
        self.send.set_text(self.tr("Send now"))
        self._made_title.set_text(self.tr("Written here"))
        self._carried_title.set_text(self.tr("Carried for others"))

    def show_packages(
        self, made: Sequence[PackageMade], carried: Sequence[PackageCarried], now: datetime
    ) -> None:
        """Show both lists; `now` is the window's clock."""
        for lines, title, table in (
            (made, self._made_title, self.made),
            (carried, self._carried_title, self.carried),
        ):
            title.setVisible(bool(lines))
            table.setVisible(bool(lines))
        self._nothing.setVisible(not made and not carried)
        self.made.show_lines(
            (self.tr("Package"), self.tr("Written"), self.tr("Contents"), self.tr("State")),
            [
                (
                    package.id[:12],
                    moments.day_and_time(package.made_at, now),
                    self.tr("%n case event(s)", "", len(package.events)),
                    self._state_of(package, now),
                )
                for package in made
            ],
        )
        self.carried.show_lines(
            (self.tr("Device"), self.tr("Package"), self.tr("Size"), self.tr("State")),
            [
                (
                    package.device_code,
                    package.id[:12],
                    moments.size(package.bytes),
                    self._state_of_carried(package),
                )
                for package in carried
            ],
        )

    def _state_of(self, package: PackageMade, now: datetime) -> str:
        if package.answered_at is not None:
            return self.tr("Answered {at}").format(at=moments.day_and_time(package.answered_at, now))
        return self.tr("Waits for the centre's answer") if package.written_at else self.tr("Not finished")

    def _state_of_carried(self, package: PackageCarried) -> str:
        if not package.whole:
            return self.tr("%n part(s) still lacking", "", package.parts - len(package.have))
        if package.handed_on_at is not None:
            return self.tr("Handed on")
        if package.kind == "acknowledgement":
            return self.tr("Answer for {device}").format(device=package.device_code)
        return self.tr("For the centre")
