"""GET /v1/metrics: what a Prometheus server collects; counts and times, never a name."""

from __future__ import annotations

import hmac
import ipaddress
import os
import shutil

from fastapi import APIRouter, Request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Gauge,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector
from sqlalchemy import QueuePool, text
from starlette.responses import Response

from server.api.access import CentreHere
from server.centre import Centre
from server.errors import RefusedError
from server.store.database import transaction

router = APIRouter(prefix="/v1")


@router.get("/metrics", include_in_schema=False)
def get_metrics(request: Request, centre: CentreHere) -> Response:
    """Return everything in Prometheus' text form, of all workers; 403 for whoever may not see it."""
    if not _may_see(request, centre.settings.metrics_token):
        raise RefusedError(403, "forbidden")
    return Response(_counted() + generate_latest(_standing(centre)), media_type=CONTENT_TYPE_LATEST)


def _may_see(request: Request, token: str | None) -> bool:
    """Whoever knows the token; without one, callers on this machine that no proxy stands for."""
    if token:
        given = request.headers.get("authorization", "")
        return hmac.compare_digest(given.encode("utf-8"), f"Bearer {token}".encode())
    host = request.client.host if request.client else ""
    try:
        local = ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
    return local and not any(name in request.headers for name in ("x-forwarded-for", "forwarded", "via"))


def _counted() -> bytes:
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)


def _standing(centre: Centre) -> CollectorRegistry:
    """Return what is true now, whoever did it: from the database and the disk."""
    registry = CollectorRegistry()
    cases = Gauge("jilai_applications", "Cases by state.", ["state"], registry=registry)
    held = Gauge("jilai_pages_estimated", "Pages held, as the database estimates.", registry=registry)
    devices = Gauge("jilai_devices", "Devices by status.", ["status"], registry=registry)
    quarantined = Gauge(
        "jilai_quarantine", "Refused events kept for a person, by code.", ["code"], registry=registry
    )
    feed = Gauge("jilai_feed_head", "Number of the newest item of the feed.", registry=registry)
    busy = Gauge("jilai_database_connections_busy", "Of the answering worker.", registry=registry)
    free = Gauge("jilai_disk_free_bytes", "Where the centre keeps its things.", registry=registry)
    with transaction(centre.engine) as connection:
        for gauge, sql in (
            (cases, "SELECT state, count(*) FROM applications GROUP BY state"),
            (devices, "SELECT status, count(*) FROM devices GROUP BY status"),
            (quarantined, "SELECT code, count(*) FROM quarantine GROUP BY code"),
        ):
            for name, count in connection.execute(text(sql)):
                gauge.labels(name).set(count)
        estimated = "SELECT greatest(reltuples, 0) FROM pg_class WHERE oid = 'page_files'::regclass"
        held.set(connection.execute(text(estimated)).scalar_one())
        feed.set(connection.execute(text("SELECT value FROM counters WHERE name = 'feed'")).scalar_one())
    busy.set(pool.checkedout() if isinstance(pool := centre.engine.pool, QueuePool) else 0)
    free.set(shutil.disk_usage(centre.settings.data_dir).free)
    return registry
