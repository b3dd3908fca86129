"""What the centre holds of a session: its receipts by laptop, and how whole each of them is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class HeldReceipt:
    """A receipt that the centre has; `files` are the pages that its case refers to."""

    number: str
    device_code: str
    state: str  # a CaseState, or one that only a later centre knows
    files: int
    files_held: int
    voided: bool = False

    @property
    def whole(self) -> bool:
        return self.files_held >= self.files


def holdings_from_json(value: Mapping[str, Any]) -> tuple[HeldReceipt, ...]:
    """Return the receipts of the centre's answer, by laptop and number."""
    found = [
        HeldReceipt(
            str(one["receipt_number"]),
            str(one["device_code"]),
            str(one["state"]),
            int(one["files"]),
            int(one["files_held"]),
            bool(one["voided"]),
        )
        for one in value["receipts"]
    ]
    return tuple(sorted(found, key=lambda one: (one.device_code, one.number)))
