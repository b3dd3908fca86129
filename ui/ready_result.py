"""How the ready-to-go check ended last: kept beside the settings, because it is made before leaving."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from ui.messages import language
from ui.moments import day_and_time
from ui.theme import Tone

translate = QCoreApplication.translate

_log = logging.getLogger(__name__)
_FILE = "ready.json"
_NAMED = 3  # points, so that the line stays one line


class Point(StrEnum):
    """One line of the check, in its order."""

    CAMERA = "camera"
    SHARPNESS = "sharpness"
    SCANNER = "scanner"
    READER = "reader"
    PRINTER = "printer"
    CLOCK = "clock"
    DATA = "data"
    NUMBERS = "numbers"
    COPY = "copy"
    ROOM = "room"
    BATTERY = "battery"


@dataclass(frozen=True)
class ReadyResult:
    """When the check was made (aware), and which points were missing or to be looked at."""

    at: datetime
    missing: tuple[Point, ...] = ()
    doubtful: tuple[Point, ...] = ()


def point_name(point: Point) -> str:
    """Return a point's name in the language in force."""
    return {
        Point.CAMERA: translate("ReadyCheckScreen", "Camera"),
        Point.SHARPNESS: translate("ReadyCheckScreen", "Sharpness"),
        Point.SCANNER: translate("ReadyCheckScreen", "Scanner"),
        Point.READER: translate("ReadyCheckScreen", "Identity card reader"),
        Point.PRINTER: translate("ReadyCheckScreen", "Printer"),
        Point.CLOCK: translate("ReadyCheckScreen", "Clock"),
        Point.DATA: translate("ReadyCheckScreen", "Data"),
        Point.NUMBERS: translate("ReadyCheckScreen", "Numbers"),
        Point.ROOM: translate("ReadyCheckScreen", "Room on the disk"),
        Point.COPY: translate("ReadyCheckScreen", "Second copy"),
        Point.BATTERY: translate("ReadyCheckScreen", "Battery"),
    }[point]


def ready_words(result: ReadyResult | None, now: datetime) -> tuple[Tone, str, str]:
    """Return tone, word and line for how the check ended; one of another day counts as none of today."""
    if result is None:
        return (
            Tone.AMBER,
            translate("ReadyResult", "Not checked"),
            translate("ReadyResult", "Are the devices ready? Look before you begin"),
        )
    when = day_and_time(result.at, now)
    if result.at.astimezone().date() != now.astimezone().date():
        said = translate("ReadyResult", "Devices were looked at last on {when}: look again")
        return Tone.AMBER, translate("ReadyResult", "Not checked today"), said.format(when=when)
    wrong = [*result.missing, *result.doubtful]
    if not wrong:
        said = translate("ReadyResult", "Looked at {when}: everything is there")
        return Tone.PRIMARY, translate("ReadyResult", "Ready to go"), said.format(when=when)
    names = ("、" if language() == "zh" else ", ").join(point_name(point) for point in wrong[:_NAMED])
    if len(wrong) > _NAMED:
        names += "…"
    tone = Tone.SEAL if result.missing else Tone.AMBER
    word = translate("ReadyResult", "Missing") if result.missing else translate("ReadyResult", "Look at it")
    return tone, word, translate("ReadyResult", "Looked at {when}: {names}").format(when=when, names=names)


def keep_ready(folder: Path, result: ReadyResult) -> None:
    """Keep a result; a full disk costs the memory of it, not the check."""
    path = folder / _FILE
    text = json.dumps({"at": result.at.isoformat(), "missing": result.missing, "doubtful": result.doubtful})
    try:
        beside = path.with_suffix(".new")
        beside.write_text(text, "utf-8")
        beside.replace(path)
    except OSError as error:
        _log.warning("ready check not kept: %s", type(error).__name__)


def last_ready(folder: Path) -> ReadyResult | None:
    """Return the last result; None where there is none that can be read."""
    try:
        raw = json.loads((folder / _FILE).read_text("utf-8"))
        at = datetime.fromisoformat(raw["at"])
        missing, doubtful = (tuple(map(Point, raw[name])) for name in ("missing", "doubtful"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return None if at.tzinfo is None else ReadyResult(at, missing, doubtful)
