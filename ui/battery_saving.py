"""When the battery is saved: by itself in a visit and below 20 %, by a key, and never on the mains."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtWidgets import QApplication

from ui.battery_watch import LOW
from ui.readiness import Battery
from ui.signals import Signals

translate = QCoreApplication.translate
_EFFECTS = (
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
)


class BatterySaving(QObject):
    """`hear(Battery or None)` after each look, `set_visit(bool)`, `turn()` for the key; the signals tell.

    What the key said holds until the machine is on the mains. A machine that says nothing of a battery is
    saved by the key alone.
    """

    def __init__(self, signals: Signals, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._signals = signals
        self.battery: Battery | None = None
        self._visit = False
        self._said: bool | None = None
        signals.saving_changed.connect(_set_still)

    def hear(self, found: Battery | None) -> None:
        self.battery = found
        if found is not None and found.charging:
            self._said = None
        self._decide()

    def set_visit(self, underway: bool) -> None:
        self._visit = underway
        self._decide()

    def turn(self) -> str:
        """Save, or save no more; return what is to be said of it."""
        if self.battery is not None and self.battery.charging:
            return translate("Battery", "On the mains there is nothing to save.")
        self._said = not self._signals.saving
        self._decide()
        if self._said:
            return translate(
                "Battery", "Saving the battery: an idle camera is shut, what can wait goes slower."
            )
        return translate("Battery", "The battery is saved no more.")

    def _decide(self) -> None:
        found = self.battery
        wanted = self._said
        if wanted is None:
            wanted = found is not None and not found.charging and (self._visit or found.percent < LOW)
        self._signals.set_saving(wanted)


def _set_still(still: bool) -> None:
    """Put the effects of the desktop and the blinking of the text cursor to rest, or bring them back."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        for effect in _EFFECTS:
            QApplication.setEffectEnabled(effect, not still)
        app.setCursorFlashTime(0 if still else _FLASH_MS)


_FLASH_MS = 1000  # Qt's own
