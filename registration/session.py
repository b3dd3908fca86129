"""A session (场次): one place, one evening, one team. The site belongs to it, not to the machine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Session:
    """An opened session; times are aware. `closed_at` None while it runs."""

    id: str
    compound_id: str
    compound_name: str
    division: str
    title: str  # what the top bar shows: 晚间场
    starts: str  # planned local time "18:30", may be empty
    ends: str
    operator_id: str
    operator_name: str
    helper_name: str
    opened_at: datetime
    closed_at: datetime | None = None
