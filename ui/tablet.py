"""The tablet layout: what a finger can hit and an old eye can read, while a visit lasts or a key says so."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QScroller, QWidget

from ui.theme import apply_look, look

PERCENT = 128  # a control of 44 px becomes one of 56


class TabletLayout:
    """`set_on(True)` puts it in force over the look as it is; `set_on(False)` brings the former size back.

    A change of the preferences meanwhile gives the ordinary look; `again()` puts the layout over that.
    """

    def __init__(self) -> None:
        self.on = False
        self._before = 100

    def set_on(self, on: bool, window: QWidget) -> None:
        app = QApplication.instance()
        if on == self.on or not isinstance(app, QApplication):
            return
        self.on = on
        if on:
            self._before = look().percent
        apply_look(
            app, replace(look(), percent=max(PERCENT, self._before) if on else self._before, one_column=on)
        )
        self.follow(window)

    def again(self) -> None:
        """Put the layout over a look that has just been put in force."""
        app = QApplication.instance()
        if self.on and isinstance(app, QApplication):
            self._before = look().percent
            apply_look(app, replace(look(), percent=max(PERCENT, self._before), one_column=True))

    def follow(self, window: QWidget) -> None:
        """Have what scrolls in the window do so by finger, also what was made since; or no more."""
        for area in window.findChildren(QAbstractScrollArea):
            if self.on:
                QScroller.grabGesture(area.viewport(), QScroller.ScrollerGestureType.TouchGesture)
            else:
                QScroller.ungrabGesture(area.viewport())
