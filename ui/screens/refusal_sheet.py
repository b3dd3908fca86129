"""On which ground an application is not accepted: what is missing, or another body that registers it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from registration.outcomes import Outcome
from ui.widgets import DangerButton, Field, SecondaryButton, Segmented, Sheet, Text

_SHOWN = 6


def ask_refusal(host: QWidget, points: Sequence[str], refuse: Callable[[Outcome, str], None]) -> Sheet:
    """Ask over `host`; call `refuse(outcome, reason)` once that is said.

    `points` are what stands in the case's way; the notice lists the papers among them, so a reason may be
    left out where there are any. For another body its name is the reason.
    """
    return RefusalSheet(host, points, refuse)


class _Line(QLineEdit):
    """A line that hands the keys of the grounds on."""

    ground_wanted = Signal(object)

    def __init__(self, longest: int) -> None:
        super().__init__()
        self.setMaxLength(longest)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ground = {Qt.Key.Key_1: Outcome.REFUSE, Qt.Key.Key_2: Outcome.ELSEWHERE}.get(Qt.Key(event.key()))
        if ground is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.ground_wanted.emit(ground)
            return
        super().keyPressEvent(event)


class RefusalSheet(Sheet):
    """Alt 1 and Alt 2 choose the ground, Enter makes the notice."""

    def __init__(self, host: QWidget, points: Sequence[str], refuse: Callable[[Outcome, str], None]) -> None:
        title = QCoreApplication.translate("RefusalSheet", "Not accepted?")
        super().__init__(host, title, width=560)
        self._points, self._refuse = points, refuse
        self.body.addWidget(
            Text(
                self.tr(
                    "The case ends with a notice of refusal that tells everything that is missing, once. "
                    "The notice goes into the print queue; entries and pages stay on this disk."
                ),
                "muted",
                wrap=True,
            )
        )
        self.ground = Segmented(
            [
                (Outcome.REFUSE.value, self.tr("Something is missing") + "  Alt 1"),
                (Outcome.ELSEWHERE.value, self.tr("Another body registers it") + "  Alt 2"),
            ]
        )
        self.body.addWidget(self.ground)
        self._listed = Text(self._list(), wrap=True)
        self.body.addWidget(self._listed)
        self.reason, self.body_name = _Line(120), _Line(60)
        self._reason_field = Field(self.tr("Reason, beside what is listed"), self.reason, line=False)
        self._body_field = Field(self.tr("Which body registers it"), self.body_name, line=False)
        self.body.addWidget(self._reason_field)
        self.body.addWidget(self._body_field)
        back = SecondaryButton(self.tr("Back"), "Esc")
        self._go = DangerButton(self.tr("Refuse and print the notice"), "Enter", "printer")
        self.buttons.addWidget(back)
        self.buttons.addWidget(self._go)
        back.clicked.connect(self.close_sheet)
        self._go.clicked.connect(self._confirm)
        self.ground.chosen.connect(lambda _: self._turn())
        for line in (self.reason, self.body_name):
            line.ground_wanted.connect(self._choose)
            line.returnPressed.connect(self._confirm)
            line.textChanged.connect(lambda _: self._judge())
        self.open()
        self._turn()

    def _list(self) -> str:
        shown = [f"· {point}" for point in self._points[:_SHOWN]]
        left = len(self._points) - len(shown)
        if left > 0:
            shown.append(self.tr("and {n} more").format(n=left))
        return "\n".join(shown) or self.tr("Nothing is missing in this case.")

    def _choose(self, outcome: Outcome) -> None:
        self.ground.set_value(outcome.value)
        self._turn()

    def _turn(self) -> None:
        elsewhere = self.ground.value() == Outcome.ELSEWHERE
        self._listed.setVisible(not elsewhere)
        self._reason_field.setVisible(not elsewhere)
        self._body_field.setVisible(elsewhere)
        (self.body_name if elsewhere else self.reason).setFocus()
        self._judge()

    def _said(self) -> tuple[Outcome, str]:
        outcome = Outcome(self.ground.value())
        line = self.body_name if outcome is Outcome.ELSEWHERE else self.reason
        return outcome, line.text().strip()

    def _whole(self) -> bool:
        outcome, reason = self._said()
        return bool(reason) or (outcome is Outcome.REFUSE and bool(self._points))

    def _judge(self) -> None:
        self._go.setEnabled(self._whole())

    def _confirm(self) -> None:
        if self._whole():
            outcome, reason = self._said()
            self.close_sheet()
            self._refuse(outcome, reason)
