"""Everything that a case's view shows, read in one go beside the window."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtGui import QImage

from registration.application import CaseState
from registration.checklist import Checklist
from storage import applications, collecting, packs, reference
from storage.collecting import ToHandOver
from storage.values import ApplicationDetail

Loaded = tuple[ApplicationDetail, Checklist, dict[str, QImage], dict[str, tuple[str, str]], ToHandOver | None]
"""The case, its checklist, its thumbnails by page, which packs in force are newer than a draft's, and how far
its certificate is from its owner's hand, None before there is one."""


def load_case(db: Any, application_id: str, today: date) -> Loaded | None:
    """Return a case as its view shows it; None where there is none."""
    detail = applications.detail(db, application_id)
    if detail is None:
        return None
    version = detail.application.pack_versions.get(reference.TYPES_PACK)
    checklist = reference.checklist(db, detail.application.type_code, version)
    images = {page.id: QImage.fromData(applications.thumbnail(db, page.id)) for page in detail.pages}
    draft = detail.state is CaseState.DRAFT
    newer = packs.newer_versions(db, detail.application, today) if draft else {}
    return detail, checklist, images, newer, collecting.of_application(db, application_id)
