"""How papers come out: a receipt printer on its own cable, the width of its roll, labels in two languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from registration.errors import JilaiError
from ui.messages import language
from ui.run import aside
from ui.settings import Preferences
from ui.theme import Tone
from ui.widgets.buttons import SecondaryButton
from ui.widgets.card import Card
from ui.widgets.check import Check, Choice
from ui.widgets.field import Field
from ui.widgets.problem import InlineProblem
from ui.widgets.segmented import Segmented
from ui.widgets.text import Text

if TYPE_CHECKING:
    from printing.escpos import Status
    from ui.services import Services


class PaperCard(Card):
    """Reads and changes `services.settings`; the button asks the receipt printer how it is."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__("·", parent=parent)
        self._services = services
        self.roll = Segmented()
        self.address = QLineEdit()
        self.own_code = Check()
        self.second = Choice()
        self._width_label = Text()
        self._address_field = Field("", self.address)
        self._second_field = Field("", self.second, line=False)
        self.ask = SecondaryButton("", icon="refresh-cw")
        self.said = Text("", "muted", wrap=True)
        self.problem = InlineProblem()
        row = QHBoxLayout()
        row.addWidget(self._width_label)
        row.addStretch(1)
        row.addWidget(self.roll)
        self.body.addLayout(row)
        below = QVBoxLayout()
        for widget in (self._address_field, self.own_code, self.said, self.problem, self._second_field):
            below.addWidget(widget)
        asked = QHBoxLayout()
        asked.addWidget(self.ask)
        asked.addStretch(1)
        below.insertLayout(2, asked)
        self.body.addLayout(below)
        settings = services.settings
        self.roll.chosen.connect(lambda value: settings.change(roll_width=int(value)))
        self.address.editingFinished.connect(self._keep_address)
        self.own_code.toggled.connect(lambda on: settings.change(roll_own_code=on))
        self.second.activated.connect(lambda _: settings.change(second_labels=self.second.currentData()))
        self.ask.clicked.connect(self.ask_printer)
        settings.changed.connect(self._show)
        self.said.hide()
        self.retranslate()

    def retranslate(self) -> None:
        self.set_title(self.tr("Receipts and papers"))
        self._width_label.set_text(self.tr("Width of the roll"))
        self.roll.set_options([("80", "80 mm"), ("58", "58 mm")])
        self.roll.setAccessibleName(self._width_label.text())
        self._address_field.set_label(self.tr("Receipt printer without a queue"))
        self._address_field.set_hint(self.tr("tcp://HOST, /dev/usb/lp0, serial:/dev/ttyUSB0; empty: none"))
        self.own_code.setText(self.tr("It draws the QR code itself"))
        self.ask.set_text(self.tr("Ask the printer"))
        self._second_field.set_label(self.tr("Labels beside the Chinese ones"))
        self._show(self._services.settings.value)

    def ask_printer(self) -> None:
        """Ask the receipt printer whether it has paper and its cover is shut."""
        address = self.address.text().strip()
        self.problem.clear()
        self._say("")
        if not address:
            return

        def work() -> Status:
            from printing import receipt_printer

            return receipt_printer.status(address)

        aside(self, self._services.signals, work, self._answered, self._failed)

    def _answered(self, status: Status) -> None:
        from printing.packs import shipped

        known = shipped("paper_wording")["printer_states"]["en" if language() == "en" else "zh"]
        if not status.ready:
            troubles = [known.get(trouble.value, known["failed"]) for trouble in status.troubles]
            self._say("、".join(troubles), Tone.AMBER)
        else:
            self._say(self.tr("Ready; the paper is running low") if status.paper_low else self.tr("Ready"))

    def _failed(self, error: JilaiError) -> None:
        self.problem.show_problem(error, tone=Tone.AMBER)

    def _say(self, text: str, tone: Tone | None = None) -> None:
        self.said.set_tone(tone)
        self.said.set_text(text)
        self.said.setVisible(bool(text))

    def _keep_address(self) -> None:
        self._services.settings.change(roll_address=self.address.text().strip())

    def _show(self, preferences: Preferences) -> None:
        from printing.packs import second_languages

        self.roll.set_value(str(preferences.roll_width))
        if not self.address.hasFocus():
            self.address.setText(preferences.roll_address)
        self.own_code.setChecked(preferences.roll_own_code)
        self.second.clear()
        self.second.addItem(self.tr("None"), "")
        for code, chinese, english in second_languages():
            self.second.addItem(english if language() == "en" else chinese, code)
        self.second.setCurrentIndex(max(self.second.findData(preferences.second_labels), 0))
