"""The voice in a process of its own: speech services may answer after seconds, and Qt waits for them.

Lines of JSON in: {"say": text, "language": "zh"|"en"}, {"stop": true}. Out: {"languages": […]} once, then
{"speaking": true|false}. It ends with its input.
"""

from __future__ import annotations

import json
import os
import sys

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QSocketNotifier
from PySide6.QtTextToSpeech import QTextToSpeech

_SLOWER = -0.25  # of -1 to 1: the listener may be eighty
_MANDARIN = ("Mandarin", "普通话")  # eSpeak's voice has a language code that Qt does not know as Chinese
_LANGUAGES = {"zh": QLocale.Language.Chinese, "en": QLocale.Language.English}


class Speaker(QObject):
    """Speaker(engines): the first of the engines that speaks a language of ours."""

    def __init__(self, engines: list[str]) -> None:
        super().__init__()
        self._engine: QTextToSpeech | None = None
        self._waiting = b""
        self._told = False
        found: list[str] = []
        for name in engines or [name for name in QTextToSpeech.availableEngines() if name != "mock"]:
            engine = QTextToSpeech(name, self)
            found = [tongue for tongue in _LANGUAGES if tune(engine, tongue)]
            if engine.state() is not QTextToSpeech.State.Error and found:
                engine.setRate(_SLOWER)
                engine.stateChanged.connect(self._moved)
                self._engine = engine
                break
            found = []
        _tell({"languages": found})
        self._input = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._input.activated.connect(self._read)

    def _read(self) -> None:
        some = os.read(sys.stdin.fileno(), 65536)
        if not some:
            QCoreApplication.quit()
            return
        *lines, self._waiting = (self._waiting + some).split(b"\n")
        for line in lines:
            self._do(json.loads(line))

    def _do(self, wish: dict[str, object]) -> None:
        if self._engine is None:
            return
        if "say" in wish and tune(self._engine, str(wish["language"])):
            self._engine.say(str(wish["say"]))
        elif "stop" in wish:
            self._engine.stop()

    def _moved(self, state: QTextToSpeech.State) -> None:
        on = state in (QTextToSpeech.State.Speaking, QTextToSpeech.State.Synthesizing)
        if on != self._told:
            self._told = on
            _tell({"speaking": on})


def tune(engine: QTextToSpeech, tongue: str) -> bool:
    """Have an engine speak "zh" or "en"; False where it cannot."""
    wanted = _LANGUAGES[tongue]
    if engine.locale().language() == wanted:
        return True
    locales = engine.availableLocales()
    found = next((one for one in locales if one.language() == wanted), None)
    if found is not None:
        engine.setLocale(found)
        return True
    nameless = next((one for one in locales if one.language() == QLocale.Language.C), None)
    if tongue != "zh" or nameless is None:
        return False
    engine.setLocale(nameless)
    for voice in engine.availableVoices():
        if any(name in voice.name() for name in _MANDARIN):
            engine.setVoice(voice)
            return True
    return False


def _tell(value: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def main(engines: list[str]) -> int:
    app = QCoreApplication(["jilai-voice"])
    speaker = Speaker(engines)
    status = app.exec()
    speaker.deleteLater()
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
