"""The program's log: JSON lines, rotated, and by its form unable to quote what a person typed."""

from __future__ import annotations

import faulthandler
import json
import logging
import resource
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from storage.redaction import redact, redact_value

_log = logging.getLogger("jilai")
_BYTES, _FILES = 1_000_000, 5
_NAME = "jilai.log"


class JsonLines(logging.Formatter):
    """One JSON object a line: at, level, thread, log, what; of an exception its type and its places.

    The literal message is ours and stays; each argument and each foreign message is redacted; an exception's
    message, which may hold personal data, is left out.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "thread": redact(record.threadName or ""),
            "log": record.name,
            "what": _message(record),
        }
        if record.exc_info and record.exc_info[0] is not None:
            kind, _value, trace = record.exc_info
            line |= {"error": kind.__name__, "places": _places(trace)}
        return json.dumps(line, ensure_ascii=True)


def _message(record: logging.LogRecord) -> str:
    template = redact(str(record.msg))
    if not record.args:
        return template
    args = record.args.values() if isinstance(record.args, dict) else record.args
    said = tuple(redact_value(value) for value in args)
    try:
        return template % said
    except (TypeError, ValueError):  # a number was expected where something else was put in its place
        return " ".join([template.replace("%", ""), *map(str, said)])


def _places(trace: TracebackType | None) -> list[str]:
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places


def keep_journal(folder: Path, *, on_surprise: Callable[[], None]) -> logging.Handler | None:
    """Log to `folder`/jilai.log, and send what nobody caught there and to `on_surprise` (any thread).

    Returns the handler, or None where the folder cannot be written: the window opens all the same.
    """
    handler: logging.Handler | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / _NAME, maxBytes=_BYTES, backupCount=_FILES, encoding="utf-8", delay=True
        )
        handler.setFormatter(JsonLines())
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


def leave_no_memory_behind() -> None:
    """Write no core dump when this process dies: memory holds keys and names. A child inherits the limit.

    The fault handler says where it was, by function names alone.
    """
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, ValueError, AttributeError, RuntimeError):  # no standard error: a window's start
        faulthandler.enable()


def last_lines(folder: Path, count: int) -> list[str]:
    """Return the newest `count` lines of the log, oldest first; [] where there is none."""
    lines: list[str] = []
    for path in (folder / _NAME, folder / f"{_NAME}.1"):
        with suppress(OSError):
            lines = path.read_text("utf-8", errors="replace").splitlines() + lines
        if len(lines) >= count:
            break
    return lines[-count:]
