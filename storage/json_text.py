"""The one text form of a JSON value, for everything that is hashed, compared or kept."""

from __future__ import annotations

import json
from typing import Any


def compact_json(value: Any) -> str:
    """Return the one text form of a JSON value: sorted keys, no spaces, characters as they are."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
