"""Brings in the modules of all screens while nobody waits: none is slower the first time."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterator
from contextlib import suppress

from PySide6.QtCore import QObject, QTimer, Signal

import ui.intake
import ui.screens
import ui.widgets

_FIRST, _NEXT = 2_000, 60  # milliseconds: the evening begins before them, and they leave the keys free


class Warming(QObject):
    """`start()` after the window is open; one module at a time, from the small to what is built of them.

    `warm()` once all are there. What cannot be brought in is left to whoever opens its screen.
    """

    warm = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._left = _modules()  # each is looked at once
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._step)

    def start(self) -> None:
        self._timer.start(_FIRST)

    def _step(self) -> None:
        name = next((name for name in self._left if name not in sys.modules), "")
        if not name:
            self.warm.emit()
            return
        with suppress(ImportError):  # a library that this machine lacks: whoever opens its screen is told
            importlib.import_module(name)
        self._timer.start(_NEXT)


def _modules() -> Iterator[str]:
    for package in (ui.widgets, ui.intake, ui.screens):
        for module in pkgutil.iter_modules(package.__path__):
            yield f"{package.__name__}.{module.name}"
