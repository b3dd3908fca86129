"""The text face: Noto Sans SC as bundled for print, the system's Chinese sans where it is missing."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFontDatabase

from printing.fonts import font_files
from registration.errors import MachineError

FAMILIES = ("Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "sans-serif")


@lru_cache(maxsize=1)
def load_fonts() -> tuple[str, ...]:
    """Register the bundled faces with Qt, once per process; return the families that came in."""
    try:
        files = font_files()
    except MachineError:
        return ()
    families: list[str] = []
    for file in files:
        number = QFontDatabase.addApplicationFont(str(file))
        families += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return tuple(dict.fromkeys(families))
