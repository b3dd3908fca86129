"""Every page that the centre has for people, as one router."""

from __future__ import annotations

from fastapi import APIRouter

from server.desk import cases, entry, reports
from server.desk.access import refusal_page
from server.resident import pages as resident

__all__ = ["refusal_page", "router"]

router = APIRouter(include_in_schema=False)
for pages in (entry, reports, cases, resident):
    router.include_router(pages.router)
