"""The web application: end points, what surrounds them, and what runs beside them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.types import Lifespan

from server import openapi
from server.api import (
    arrival,
    audit,
    cases,
    changes,
    enrolment,
    events,
    health,
    metrics,
    numbers,
    packages,
    pages,
    refusals,
    sessions,
)
from server.api.bodies import BodyReader
from server.centre import Centre
from server.desk import routes
from server.errors import RefusedError
from server.housekeeping import keep_house
from server.logs import RequestLog
from sync.contract import WIRE_VERSION


def wire(lifespan: Lifespan[FastAPI] | None = None) -> FastAPI:
    """Return an application with the end points of the wire, and their description."""
    app = FastAPI(
        title="Jilai centre",
        version=str(WIRE_VERSION),
        lifespan=lifespan,
        openapi_url=openapi.PATH,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    for module in (
        health,
        enrolment,
        events,
        pages,
        changes,
        numbers,
        arrival,
        packages,
        cases,
        sessions,
        audit,
    ):
        app.include_router(module.router)
    openapi.install(app)
    return app


def create_app(centre: Centre, *, chores: bool = True) -> FastAPI:
    """Return the application that serves one centre; one process of a centre does its chores."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        centre.bell.start(asyncio.get_running_loop())
        house = asyncio.create_task(keep_house(centre)) if chores else None
        try:
            yield
        finally:
            if house is not None:
                house.cancel()
            centre.bell.close()
            centre.bell.join()

    app = wire(lifespan)
    app.state.centre = centre
    app.include_router(metrics.router)
    app.include_router(routes.router, include_in_schema=False)

    def page(request: Request, refused: RefusedError) -> Response:
        return routes.refusal_page(request, refused, demo=centre.settings.demo)

    refusals.install(app, page, pages_below="/desk")
    app.add_middleware(BodyReader)
    app.add_middleware(GZipMiddleware, minimum_size=1024)
    app.add_middleware(RequestLog)
    return app
