"""How far slow work with files has come: said by its thread, shown here, stopped from here."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ui import moments
from ui.widgets import SecondaryButton, Text

_STEPS = 1000


class Progress:
    """Called on the worker's thread with (bytes done, bytes in all); returns False once it was stopped."""

    def __init__(self) -> None:
        self.done, self.whole = 0, 0
        self._stopped = False

    def __call__(self, done: int, whole: int) -> bool:
        self.done, self.whole = done, whole
        return not self._stopped

    def stop(self) -> None:
        self._stopped = True


class ProgressRow(QWidget):
    """`begin(words, progress)` shows it and follows, `end()` hides it; `stopped()`: its button."""

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._progress: Progress | None = None
        self._files = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._words = Text("", "strong", wrap=True)
        self._amount = Text("", "muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, _STEPS)
        self._stop = SecondaryButton("", "Esc")
        self._stop.clicked.connect(self.stopped)
        row = QHBoxLayout()
        row.addWidget(self._amount, 1)
        row.addWidget(self._stop)
        column.addWidget(self._words)
        column.addWidget(self._bar)
        column.addLayout(row)
        self._timer = QTimer(self)
        self._timer.setInterval(100)
        self._timer.timeout.connect(self._look)
        self.hide()

    def begin(self, words: str, progress: Progress, *, files: bool = False) -> None:
        """Show how `progress` comes on; with `files` it counts files instead of bytes."""
        self._files = files
        self._progress = progress
        self._words.set_text(words)
        self._look()
        self._timer.start()
        self.show()

    def end(self) -> None:
        """The work is over."""
        self._timer.stop()
        self._progress = None
        self.hide()

    def retranslate(self) -> None:
        self._stop.set_text(self.tr("Stop"))

    def _look(self) -> None:
        if self._progress is None:
            return
        done, whole = self._progress.done, self._progress.whole
        self._bar.setValue(round(_STEPS * done / whole) if whole else 0)
        write = "{:,}".format if self._files else moments.size
        self._amount.set_text(f"{write(done)} / {write(whole)}" if whole else "")
