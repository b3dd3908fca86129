"""Reading aloud by the system's own voice, where it has one for the language; nothing leaves the machine."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from contextlib import suppress

from PySide6.QtCore import QObject, QProcess, Signal

_GOODBYE_MS = 500


class Voice(QObject):
    """Voice(): `prepare()`, then `say(text, language)` and `stop()`; `close()` at the end.

    `languages_found()`: which of "zh" and "en" can be read is known. `speaking_changed(bool)`. The engine
    works in a process of its own (ui/resident/speaker.py): while it waits for a speech service the window
    goes on, and where it dies there is no voice, nothing more. `engines` names Qt's speech plug-ins, () for
    the system's.
    """

    languages_found = Signal()
    speaking_changed = Signal(bool)

    def __init__(self, engines: Sequence[str] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engines = tuple(engines)
        self._process: QProcess | None = None
        self._languages: frozenset[str] = frozenset()
        self._speaking = False

    def prepare(self) -> None:
        """Look for a voice, if nobody does yet."""
        if self._process is not None:
            return
        process = QProcess(self)
        process.setStandardErrorFile(QProcess.nullDevice())
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._gone)
        process.errorOccurred.connect(lambda _: self._gone())
        self._process = process
        process.start(sys.executable, ["-m", "ui.resident.speaker", *self._engines])

    def can_speak(self, language: str) -> bool:
        """Say whether a voice for "zh" or "en" was found."""
        return language in self._languages

    def say(self, text: str, language: str) -> None:
        """Begin to read a text instead of what is being read."""
        if self.can_speak(language):
            self._wish({"say": text, "language": language})

    def stop(self) -> None:
        if self._speaking:
            self._wish({"stop": True})

    def speaking(self) -> bool:
        return self._speaking

    def close(self) -> None:
        """Let the process end, or end it."""
        process, self._process = self._process, None
        if process is None:
            return
        for signal in (process.finished, process.errorOccurred, process.readyReadStandardOutput):
            signal.disconnect()
        if process.state() is not QProcess.ProcessState.NotRunning:
            process.kill()  # it keeps nothing
            process.waitForFinished(_GOODBYE_MS)
        process.deleteLater()
        self._gone()

    def _wish(self, value: dict[str, object]) -> None:
        if self._process is not None:
            self._process.write(json.dumps(value).encode() + b"\n")

    def _read(self) -> None:
        process = self._process
        while process is not None and process.canReadLine():
            with suppress(ValueError):
                self._hear(json.loads(bytes(process.readLine().data())))

    def _hear(self, said: dict[str, object]) -> None:
        languages = said.get("languages")
        if isinstance(languages, list):
            self._languages = frozenset(map(str, languages))
            self.languages_found.emit()
        elif "speaking" in said:
            self._move(bool(said["speaking"]))

    def _gone(self) -> None:
        """The process has ended by itself: there is no voice any more."""
        self._languages = frozenset()
        self._move(False)
        self.languages_found.emit()

    def _move(self, on: bool) -> None:
        if on != self._speaking:
            self._speaking = on
            self.speaking_changed.emit(on)
