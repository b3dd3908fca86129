"""The program's log: rotated, and by its form unable to quote what a person typed."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

_log = logging.getLogger("jilai")
_BYTES, _FILES = 1_000_000, 5


class PlacesOnly(logging.Formatter):
    """Writes an exception as its type and the places it passed: its message may hold personal data."""

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        kind, _value, trace = ei
        lines = []
        while trace is not None:
            code = trace.tb_frame.f_code
            lines.append(f"  {Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        return "\n".join([*lines, f"  {kind.__name__ if kind else 'unknown'}"])


def keep_journal(folder: Path, *, on_surprise: Callable[[], None]) -> logging.Handler | None:
    """Log to `folder`/jilai.log, and send what nobody caught there and to `on_surprise` (any thread).

    Returns the handler, or None where the folder cannot be written: the window opens all the same.
    """
    handler: logging.Handler | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "jilai.log", maxBytes=_BYTES, backupCount=_FILES, encoding="utf-8", delay=True
        )
        handler.setFormatter(PlacesOnly("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"))
        root = logging.getLogger()
        root.addHandler(handler)
        root.setLevel(logging.INFO)
        logging.getLogger("httpx2").setLevel(logging.WARNING)
    except OSError:
        handler = None

    def surprised(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        _log.critical("nobody caught this", exc_info=(kind, error, trace))
        on_surprise()

    sys.excepthook = surprised
    threading.excepthook = lambda args: surprised(
        args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
    )
    return handler
