"""Every answer of 4xx and 5xx has the same body: a code, words in two languages, the centre's time."""

from __future__ import annotations

import errno
import logging
import time
import traceback
from collections.abc import Callable

import psycopg
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from server.errors import RefusedError
from server.store.database import is_unavailable
from server.store.page_files import PagesUnreachableError
from sync.contract import Refusal

log = logging.getLogger("jilai.centre.http")

_BY_STATUS = {400: "bad_request", 404: "not_found", 405: "method_not_allowed", 413: "too_large"}


def refusal_response(refused: RefusedError) -> Response:
    """Return the answer for a refusal."""
    body = Refusal(code=refused.code, zh=refused.zh, en=refused.en, server_time=time.time())
    return JSONResponse(body.model_dump(), status_code=refused.status, headers=refused.headers)


RefusalPage = Callable[[Request, RefusedError], Response]


def install(app: FastAPI, page: RefusalPage, *, pages_below: str) -> None:
    """Make the application answer every failure with a Refusal; below one path, with a page for a person."""
    app.state.refusal_page = page
    app.state.refusal_pages_below = pages_below
    app.add_exception_handler(RefusedError, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(DBAPIError, _database)
    app.add_exception_handler(PoolTimeout, _busy)
    app.add_exception_handler(OSError, _machine)
    app.add_exception_handler(PagesUnreachableError, _pages)
    app.add_exception_handler(ClientDisconnect, _gone)
    app.add_exception_handler(Exception, _bug)


def _noted(request: Request, refused: RefusedError) -> Response:
    request.state.code = refused.code
    if request.url.path.startswith(request.app.state.refusal_pages_below):
        page: Response = request.app.state.refusal_page(request, refused)
        return page
    return refusal_response(refused)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, RefusedError)
    return _noted(request, error)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    where = "; ".join(".".join(str(part) for part in found["loc"]) for found in error.errors()[:5])
    return _noted(
        request, RefusedError(400, "bad_request", en=f"The request is incomplete or malformed: {where}.")
    )


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = _BY_STATUS.get(error.status_code, "bad_request" if error.status_code < 500 else "centre_error")
    return _noted(request, RefusedError(error.status_code, code, headers=error.headers))


async def _database(request: Request, error: Exception) -> Response:
    assert isinstance(error, DBAPIError)
    state = getattr(error.orig, "sqlstate", None)
    if isinstance(error.orig, psycopg.DataError):  # what no column can hold: a NUL, a number too large
        return _noted(request, RefusedError(400, "bad_request"))
    if state == "53100":
        return _noted(request, RefusedError(507, "disk_full", headers={"Retry-After": "30"}))
    if is_unavailable(error):
        log.warning("database unavailable", extra={"fields": {"sqlstate": state}})
        return _noted(request, RefusedError(503, "too_busy", headers={"Retry-After": "2"}))
    return await _bug(request, error)


async def _busy(request: Request, _: Exception) -> Response:
    return _noted(request, RefusedError(503, "too_busy", headers={"Retry-After": "2"}))


async def _pages(request: Request, _: Exception) -> Response:
    log.warning("page store unreachable")
    return _noted(request, RefusedError(503, "too_busy", headers={"Retry-After": "5"}))


async def _machine(request: Request, error: Exception) -> Response:
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        log.error("disk full")
        return _noted(request, RefusedError(507, "disk_full", headers={"Retry-After": "30"}))
    return await _bug(request, error)


async def _gone(request: Request, _: Exception) -> Response:
    return _noted(request, RefusedError(400, "bad_request"))  # nobody reads this answer


async def _bug(request: Request, error: Exception) -> Response:
    """Log where it happened, never the message: it may quote what a person wrote."""
    frames = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-6:]]
    log.error("failed", extra={"fields": {"error": type(error).__name__, "at": frames}})
    return _noted(request, RefusedError(500, "centre_error"))
