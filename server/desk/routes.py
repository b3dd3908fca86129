"""Every page that the centre has for people, as one router."""

from __future__ import annotations

from fastapi import APIRouter

from server.desk import (
    cases,
    entry,
    office_audit,
    office_devices,
    office_evenings,
    office_ledgers,
    office_packs,
    office_people,
    reports,
)
from server.desk.access import refusal_page
from server.resident import pages as resident

__all__ = ["refusal_page", "router"]

router = APIRouter(include_in_schema=False)
_PAGES = (
    entry,
    reports,
    office_evenings,
    office_devices,
    office_people,
    office_packs,
    office_ledgers,
    office_audit,
    cases,
    resident,
)
for pages in _PAGES:
    router.include_router(pages.router)
