"""What an operator prefers on this machine; a small file beside the vault, without personal data."""

from __future__ import annotations

import json
import logging
import os
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from ui.theme.tokens import ThemeName

_log = logging.getLogger(__name__)
TEXT_SIZES = (100, 125, 150)
ROLL_WIDTHS = (80, 58)
LOCK_MINUTES = (2, 5, 15, 0)


@dataclass(frozen=True)
class Preferences:
    """The values of settings.json. Printers by the system's queue name, "" for its default."""

    language: str = "zh"  # or "en"
    theme: ThemeName = ThemeName.LIGHT
    text_percent: int = 100
    a4_printer: str = ""
    roll_printer: str = ""
    roll_width: int = 80  # mm, or 58
    roll_address: str = ""  # of a receipt printer without a system queue: tcp://…, a device, serial:…
    roll_own_code: bool = False  # that printer draws the QR code itself
    second_labels: str = ""  # a language for labels beside the Chinese, "" for none
    centre_url: str = ""
    camera: str = ""  # by its stable id, "" for the first that there is; likewise the scanner
    camera_on: bool = False
    scanner: str = ""
    scanner_address: str = ""  # of a network scanner that does not announce itself
    watched_folder: str = ""
    watermark_copies: bool = False  # pages of a copy carry the words that say what it may be used for
    lock_minutes: int = 5  # until an untouched window locks, 0 for never
    pedal_key: str = ""  # what a foot pedal types, beside Space; "" where there is none


class Settings(QObject):
    """Reads settings.json once, writes it whole on each change; `changed(Preferences)` says so.

    A missing or unreadable file gives the defaults: preferences never keep the window from opening.
    """

    changed = Signal(object)

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._value = _read(path)

    @property
    def value(self) -> Preferences:
        return self._value

    def change(self, **values: Any) -> None:
        """Change some preferences, keep them, and say so; a full disk costs the memory, not the change."""
        new = replace(self._value, **values)
        if new == self._value:
            return
        self._value = new
        try:
            _write(self._path, new)
        except OSError as error:
            _log.warning("settings not kept: %s", type(error).__name__)
        self.changed.emit(new)


def _read(path: Path) -> Preferences:
    try:
        raw = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return Preferences()
    if not isinstance(raw, dict):
        return Preferences()
    known = {f.name: raw[f.name] for f in fields(Preferences) if f.name in raw}
    base = Preferences()
    if known.get("language") not in ("zh", "en"):
        known.pop("language", None)
    if known.get("text_percent") not in TEXT_SIZES:
        known.pop("text_percent", None)
    if known.get("roll_width") not in ROLL_WIDTHS:
        known.pop("roll_width", None)
    if known.get("lock_minutes") not in LOCK_MINUTES:
        known.pop("lock_minutes", None)
    known["theme"] = next((name for name in ThemeName if name == raw.get("theme")), base.theme)
    return replace(base, **{k: v for k, v in known.items() if isinstance(v, type(getattr(base, k)))})


def _write(path: Path, value: Preferences) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    with beside.open("w", encoding="utf-8") as file:
        json.dump(asdict(value), file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
