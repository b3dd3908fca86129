"""Structured logs, one JSON object a line on standard error; ids and codes, never a person's data."""

from __future__ import annotations

import json
import logging
import sys
import time
import warnings
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.api.counts import REQUESTS, SECONDS

log = logging.getLogger("jilai.centre.http")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "OPTIONS"})
_WAITING = "/v1/changes"  # a long poll takes as long as there is no news


class JsonLines(logging.Formatter):
    """Only the literal message and the `fields` given with it; arguments and exception texts stay out."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "log": record.name,
            "what": str(record.msg) if record.name.startswith("jilai.") else record.getMessage(),
            **getattr(record, "fields", {}),
        }
        return json.dumps(line, ensure_ascii=False, default=str)


def configure() -> None:
    """Send the centre's logs and others' warnings to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("jilai").setLevel(logging.INFO)
    warnings.showwarning = _warned


def _warned(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """Log where a library's warning was raised; its words may quote a value, so they stay out."""
    del message, file, line
    fields = {"kind": category.__name__, "where": f"{Path(filename).name}:{lineno}"}
    logging.getLogger("jilai.centre.warnings").warning("warned", extra={"fields": fields})


class RequestLog:
    """One line per request: method, route, status, device code, milliseconds."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 0

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            state = scope.get("state", {})
            route = scope.get("route")
            name = getattr(route, "path", "-")
            seconds = time.perf_counter() - began
            method = scope["method"] if scope["method"] in _METHODS else "other"  # a label names few things
            REQUESTS.labels(method, name, str(status)).inc()
            if name != _WAITING:
                SECONDS.labels(method, name).observe(seconds)
            log.info(
                "request",
                extra={
                    "fields": {
                        "method": scope["method"],
                        "route": name,
                        "status": status,
                        "code": state.get("code", ""),
                        "device": state.get("device_code", ""),
                        "ms": round(seconds * 1000, 1),
                    }
                },
            )
