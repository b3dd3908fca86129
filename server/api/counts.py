"""What is counted while the centre works; each worker counts for itself and all are read together."""

from __future__ import annotations

from prometheus_client import Counter, Histogram

REQUESTS = Counter("jilai_requests", "Answers by route and status.", ["method", "route", "status"])
SECONDS = Histogram(
    "jilai_request_seconds",
    "Time to the end of an answer; a waiting feed is left out.",
    ["method", "route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
EVENTS = Counter("jilai_events", "Events by what became of them.", ["result"])
GROUPS = Histogram(
    "jilai_delivery_group", "Deliveries that shared a transaction.", buckets=(1, 2, 4, 8, 16, 32, 48)
)
PAGE_BYTES = Counter("jilai_page_bytes", "Bytes of pages that arrived and were synced.")
PAGES = Counter("jilai_pages_held", "Pages that were proved and counted.")
